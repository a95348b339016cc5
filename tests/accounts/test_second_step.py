"""The second step of those who work here: set up, taken, throttled, recovered."""

from __future__ import annotations

import re
from base64 import b32decode
from binascii import hexlify
from typing import Any
from unittest.mock import Mock

import pytest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import actions, qr
from portal.accounts.models import Person
from portal.audit.models import Entry
from tests.accounts.conftest import code_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_welcomed")]

SHOW, SETUP = "/second-step/", "/second-step/set-up/"


def secret_on(page: str) -> bytes:
    found = re.search(r'<b class="code" dir="ltr">([A-Z2-7 ]+)</b>', page)
    assert found
    return b32decode(found[1].replace(" ", ""))


def codes_on(page: str) -> list[str]:
    return re.findall(r'<bdi dir="ltr">([a-z2-7]{4} [a-z2-7]{4})</bdi>', page)


def test_setting_up_shows_a_picture_a_secret_and_then_ten_codes_once(worker: Person) -> None:
    client = signed_in(worker)
    page = client.get(SETUP + "?next=/me/").content.decode()
    assert '<svg role="img"' in page
    assert "style=" not in page
    key = secret_on(page)
    assert (
        client.get(SETUP).content.decode().count(page[page.index('<path d="M4') : page.index('<path d="M4') + 60]) == 1
    )
    before = client.session.session_key

    page = client.post(SETUP, {"code": code_of(key), "next": "/me/"}).content.decode()
    assert len(set(codes_on(page))) == 10
    assert 'href="/me/"' in page
    device = TOTPDevice.objects.get(user=worker)
    assert device.key == hexlify(key).decode()
    assert client.session.session_key != before
    assert client.session["otp_device_id"] == device.persistent_id
    assert "authenticator_key" not in client.session
    assert client.get("/me/").status_code == 200
    assert Entry.objects.filter(subject="second_step", verb=Entry.Verb.CREATED).exists()


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "", "\u0661"])
def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(worker: Person, code: str) -> None:
    client = signed_in(worker)
    key = secret_on(client.get(SETUP).content.decode())
    response = client.post(SETUP, {"code": code})
    if code_of(key) != code:
        assert response.status_code == 422
        assert secret_on(response.content.decode()) == key
        assert not TOTPDevice.objects.exists()


def test_a_code_without_the_page_sets_nothing_up(worker: Person) -> None:
    assert signed_in(worker).post(SETUP, {"code": "123456"}).status_code == 200
    assert not TOTPDevice.objects.exists()


def test_the_first_step_alone_cannot_put_another_app_in_place(worker: Person, app: TOTPDevice) -> None:
    client = signed_in(worker, authenticator_key="00" * 20)
    response = client.post(SETUP, {"code": code_of(bytes(20))})
    assert response.url.startswith(SHOW)
    assert TOTPDevice.objects.get(user=worker).key == app.key


def test_the_code_of_the_app_opens_the_rooms(worker: Person, app: TOTPDevice) -> None:
    client = signed_in(worker)
    before = client.session.session_key
    code = code_of(app.bin_key)
    response = client.post(SHOW, {"code": f"{code[:3]} {code[3:]}", "next": "/me/"})
    assert response.url == "/me/"
    assert client.get("/me/").status_code == 200
    assert client.session.session_key != before


def test_a_code_works_once(worker: Person, app: TOTPDevice) -> None:
    code = code_of(app.bin_key)
    assert signed_in(worker).post(SHOW, {"code": code}).status_code == 302
    assert signed_in(worker).post(SHOW, {"code": code}).status_code == 422


def test_the_code_that_set_it_up_does_not_open_a_second_session(worker: Person) -> None:
    client = signed_in(worker)
    key = secret_on(client.get(SETUP).content.decode())
    code = code_of(key)
    client.post(SETUP, {"code": code})
    assert signed_in(worker).post(SHOW, {"code": code}).status_code == 422


def test_a_wrong_code_is_said_plainly_and_the_next_try_has_to_wait(worker: Person, app: TOTPDevice) -> None:
    client = signed_in(worker)
    response = client.post(SHOW, {"code": "000000"})
    assert response.status_code == 422
    assert "This code does not match." in response.content.decode()
    response = client.post(SHOW, {"code": code_of(app.bin_key)})
    assert re.search(r"Wait 1 second, then try again", response.content.decode())
    TOTPDevice.objects.filter(pk=app.pk).update(throttling_failure_count=9)
    assert re.search(r"Wait \d minutes, then try again", client.post(SHOW, {"code": "000000"}).content.decode())
    assert Entry.objects.filter(subject="second_step", verb=Entry.Verb.REFUSED).count() == 1


def test_an_empty_code_is_no_try(worker: Person, app: TOTPDevice) -> None:
    assert signed_in(worker).post(SHOW, {"code": " "}).status_code == 422
    app.refresh_from_db()
    assert app.throttling_failure_count == 0


def test_a_recovery_code_works_once_and_only_for_its_owner(worker: Person, app: TOTPDevice, person: Person) -> None:
    codes = actions.renew_recovery_codes(person=worker)
    theirs = actions.renew_recovery_codes(person=person)
    assert signed_in(worker).post(SHOW, {"code": theirs[0]}).status_code == 422
    StaticDevice.objects.filter(user=worker).update(throttling_failure_count=0)
    client = signed_in(worker)
    assert client.post(SHOW, {"code": f"{codes[0][:4].upper()} {codes[0][4:]}"}).url == "/"
    assert client.get("/me/").status_code == 200
    assert actions.recovery_codes_left(worker) == 9
    assert signed_in(worker).post(SHOW, {"code": codes[0]}).status_code == 422


def test_without_recovery_codes_there_is_nothing_to_match(worker: Person, app: TOTPDevice) -> None:
    assert signed_in(worker).post(SHOW, {"code": "abcd efgh"}).status_code == 422


def test_new_recovery_codes_end_the_old_ones(worker: Person, app: TOTPDevice) -> None:
    old = actions.renew_recovery_codes(person=worker)
    client = signed_in(worker)
    client.post(SHOW, {"code": code_of(app.bin_key)})
    assert "You have 10 recovery codes left" in client.get("/me/").content.decode()
    new = codes_on(client.post("/second-step/codes/").content.decode())
    assert len(new) == 10
    assert not {code.replace(" ", "") for code in new} & set(old)
    assert actions.check_second_step(person=worker, code=old[0]) is None


def test_taking_another_app_ends_the_sessions_of_the_old_one(worker: Person, app: TOTPDevice) -> None:
    other = signed_in(worker, otp_device_id=app.persistent_id)
    client = signed_in(worker)
    client.post(SHOW, {"code": code_of(app.bin_key)})
    key = secret_on(client.get(SETUP).content.decode())
    client.post(SETUP, {"code": code_of(key)})
    assert TOTPDevice.objects.filter(user=worker).count() == 1
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").url.startswith(SHOW)


def test_these_pages_are_for_those_who_work_here(person: Person, client: Any) -> None:
    family = signed_in(person)
    assert family.get(SHOW).url == "/"
    assert family.get(SETUP).url == "/"
    assert family.post("/second-step/codes/").url == "/me/"
    assert client.get(SHOW).url.startswith("/sign-in/")


def test_without_an_app_the_page_leads_to_the_set_up(worker: Person) -> None:
    assert signed_in(worker).get(SHOW).url == SETUP


def test_a_picture_says_what_it_is_and_has_no_style() -> None:
    picture = qr.svg("https://porch.example/come-in/x/", 'A "link"')
    assert picture.startswith('<svg role="img" aria-label="A &quot;link&quot;" viewBox="0 0 ')
    assert "style" not in picture


def test_checking_a_code_locks_the_device(worker: Person, app: TOTPDevice, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Mock(wraps=TOTPDevice.objects.select_for_update)
    monkeypatch.setattr(TOTPDevice.objects, "select_for_update", lock)
    actions.check_second_step(person=worker, code=code_of(app.bin_key))
    lock.assert_called_once_with()
