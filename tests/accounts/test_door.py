"""Who may pass the door, page by page and at the socket."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import live
from portal.accounts import door, stay
from portal.accounts.backends import PersonBackend
from portal.accounts.models import Person
from portal.accounts.welcome import steps
from portal.programs.models import StaffRole
from tests.accounts.conftest import in_session, new_browser, signed_in

pytestmark = pytest.mark.django_db


def minutes_ago(count: float) -> int:
    return int(time.time() - 60 * count)


def second_step(device: Any) -> dict[str, Any]:
    return {"otp_device_id": device.persistent_id, "second_step_at": int(time.time())}


@pytest.mark.usefixtures("_welcomed")
class TestTheTable:
    """`may_pass`, line by line."""

    def test_nobody(self) -> None:
        nobody: Any = AnonymousUser()
        assert door.may_pass(nobody, {}) == "signin_show"
        assert door.may_pass(nobody, {}) is not None

    def test_a_family_member(self, person: Person) -> None:
        assert door.may_pass(person, {"seen_at": minutes_ago(0)}) is None
        assert door.may_pass(person, {}) is None

    @pytest.mark.parametrize(("minutes", "goal"), [(29, None), (31, "signin_show")])
    def test_a_family_member_after_some_minutes(self, person: Person, minutes: int, goal: str | None) -> None:
        assert door.may_pass(person, {"seen_at": minutes_ago(minutes)}) == goal

    @pytest.mark.parametrize(("minutes", "goal"), [(4, None), (6, "signin_show")])
    def test_a_family_member_on_a_shared_phone(self, person: Person, minutes: int, goal: str | None) -> None:
        assert door.may_pass(person, {"seen_at": minutes_ago(minutes), "shared": True}) == goal

    def test_someone_who_works_here_without_an_app(self, worker: Person) -> None:
        assert door.may_pass(worker, {}) == "second_step_setup"
        assert door.may_pass(worker, {}) is not None

    def test_someone_who_works_here_before_the_second_step(self, worker: Person, app: TOTPDevice) -> None:
        assert door.may_pass(worker, {}) == "second_step_show"

    def test_someone_who_works_here_after_it(self, worker: Person, app: TOTPDevice) -> None:
        assert door.may_pass(worker, second_step(app)) is None
        assert door.may_pass(worker, second_step(app)) is None

    @pytest.mark.parametrize(("minutes", "goal"), [(14, None), (16, "signin_show")])
    def test_someone_who_works_here_after_some_minutes(
        self, worker: Person, app: TOTPDevice, minutes: int, goal: str | None
    ) -> None:
        assert door.may_pass(worker, {**second_step(app), "seen_at": minutes_ago(minutes)}) == goal

    def test_another_persons_app_opens_nothing(self, worker: Person, app: TOTPDevice, person: Person) -> None:
        theirs = TOTPDevice.objects.create(user=person, name="app")
        assert door.may_pass(worker, second_step(theirs)) == "second_step_show"

    def test_an_app_not_confirmed_opens_nothing(self, worker: Person, app: TOTPDevice) -> None:
        TOTPDevice.objects.filter(pk=app.pk).update(confirmed=False)
        assert door.may_pass(worker, second_step(app)) == "second_step_setup"

    def test_a_lost_app_taken_away_closes_what_it_opened(self, worker: Person, app: TOTPDevice) -> None:
        session = second_step(app)
        app.delete()
        assert door.may_pass(worker, session) == "second_step_setup"

    @pytest.mark.parametrize("device_id", ["", "x", "otp_totp.totpdevice/x", "no.thing/1", 7, None])
    def test_nonsense_in_place_of_a_device_opens_nothing(self, worker: Person, app: TOTPDevice, device_id: Any) -> None:
        assert door.may_pass(worker, {"otp_device_id": device_id}) == "second_step_show"

    def test_a_recovery_code_opens_as_well(self, worker: Person, app: TOTPDevice) -> None:
        codes = StaticDevice.objects.create(user=worker, name="recovery")
        assert door.may_pass(worker, second_step(codes)) is None

    def test_a_role_that_has_ended_asks_for_nothing(self, worker: Person) -> None:
        StaffRole.objects.filter(person=worker).update(ended_at="2020-01-01T00:00Z", started_at="2019-01-01T00:00Z")
        assert door.may_pass(worker, {}) is None

    def test_a_role_that_begins_tomorrow_asks_for_nothing_yet(self, worker: Person) -> None:
        StaffRole.objects.filter(person=worker).update(started_at="2099-01-01T00:00Z")
        assert door.may_pass(worker, {}) is None


def test_a_first_sign_in_goes_to_the_welcome_first_and_that_is_kept(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[object] = ["a step"]
    ask = Mock(return_value=left)
    monkeypatch.setattr(steps, "open_steps", ask)
    session: dict[str, Any] = {}
    assert door.may_pass(person, session) == "welcome_show"
    left.clear()
    assert door.may_pass(person, session) is None
    assert door.may_pass(person, session) is None
    assert ask.call_count == 2
    monkeypatch.setattr(steps, "version", lambda _person: "new words")
    left.append("again")
    assert door.may_pass(person, session) == "welcome_show"


def test_the_second_step_comes_before_the_welcome(worker: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "open_steps", lambda _person: ["a step"])
    assert door.may_pass(worker, {}) == "second_step_setup"
    assert signed_in(worker).get("/welcome/").url == "/second-step/set-up/?next=%2Fwelcome%2F"


@pytest.mark.usefixtures("_welcomed")
def test_the_person_of_a_session_is_loaded_in_one_query(
    person: Person, worker: Person, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        loaded = PersonBackend().get_user(worker.pk)
        assert loaded is not None
        assert loaded.works_here  # type: ignore[attr-defined]
    with django_assert_num_queries(1):
        family = PersonBackend().get_user(person.pk)
        assert family is not None
        assert (
            door.may_pass(family, {"seen_at": minutes_ago(1), "welcomed": f"{person.pk} {steps.version(person)}"})
            is None
        )


def test_an_inactive_person_is_not_loaded(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert PersonBackend().get_user(person.pk) is None
    assert PersonBackend().get_user(0) is None


# -- the middleware ---------------------------------------------------------------------------------------------------


def test_a_page_sends_whoever_is_not_signed_in_to_the_sign_in(client: Any, db: None) -> None:
    assert client.get("/me/?a=b").url == "/sign-in/?next=/me/%3Fa%3Db"


@pytest.mark.usefixtures("_welcomed")
class TestIdle:
    def test_who_was_away_is_signed_out_and_told(self, person: Person) -> None:
        client = signed_in(person, seen_at=minutes_ago(31))
        response = client.get("/me/?a=b")
        assert response.url == "/sign-in/?next=%2Fme%2F%3Fa%3Db"
        assert "_auth_user_id" not in client.session
        assert "You were away for a while, so we signed you out. What you wrote is saved." in (
            client.get(response.url).content.decode()
        )

    def test_on_a_shared_phone_not_even_the_place_is_kept(self, person: Person) -> None:
        response = signed_in(person, seen_at=minutes_ago(6), shared=True).get("/me/")
        assert response.url == "/sign-in/"
        assert response["Clear-Site-Data"] == '"cache", "storage"'

    def test_what_was_being_sent_is_shown_back(self, person: Person) -> None:
        client = signed_in(person, seen_at=minutes_ago(31))
        response = client.post("/me/", {"display_name": "<b>My</b> words", "key": "not mine", "pronouns": " "})
        page = response.content.decode()
        assert response.status_code == 403
        assert "&lt;b&gt;My&lt;/b&gt; words" in page
        assert "not mine" not in page
        assert "was not sent" in page
        person.refresh_from_db()
        assert person.display_name == "Rosa Melancon"

    def test_what_was_sent_from_a_shared_phone_is_dropped_by_the_browser(self, person: Person) -> None:
        response = signed_in(person, seen_at=minutes_ago(6), shared=True).post("/me/", {})
        assert response["Clear-Site-Data"] == '"cache", "storage"'

    def test_a_script_gets_an_answer_it_can_read(self, person: Person) -> None:
        response = signed_in(person, seen_at=minutes_ago(31)).get(
            "/me/passkeys/add/", headers={"accept": "application/json"}
        )
        assert (response.status_code, response.json()) == (401, {"code": "signed_out", "go": "/sign-in/"})

    def test_home_is_theirs_and_tells_them_too(self, person: Person) -> None:
        assert signed_in(person, seen_at=minutes_ago(31)).get("/").url == "/sign-in/?next=%2F"

    def test_a_public_page_opens_all_the_same_without_them(self, person: Person) -> None:
        client = signed_in(person, seen_at=minutes_ago(31))
        assert client.get("/sign-in/").status_code == 200
        assert "_auth_user_id" not in client.session

    def test_its_open_pages_are_ended_too(
        self, person: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        ended: list[str] = []
        monkeypatch.setattr(live, "end_session", ended.append)
        client = signed_in(person, seen_at=minutes_ago(31))
        key = client.session.session_key
        with django_capture_on_commit_callbacks(execute=True):
            client.get("/me/")
        assert ended == [key]


@pytest.mark.usefixtures("_welcomed")
def test_use_is_noted_at_most_once_a_minute_and_never_by_a_script_that_asks_for_news(person: Person) -> None:
    client = signed_in(person, seen_at=minutes_ago(0.5))
    kept = client.session["seen_at"]
    client.get("/me/")
    assert client.session["seen_at"] == kept
    in_session(client, seen_at=minutes_ago(2))
    client.get("/me/passkeys/add/", headers={"accept": "application/json"})
    assert client.session["seen_at"] < minutes_ago(1)
    client.get("/me/")
    assert client.session["seen_at"] > minutes_ago(1)


def test_pages_wait_for_the_second_step_and_the_way_out_is_open(worker: Person, app: TOTPDevice) -> None:
    client = signed_in(worker)
    assert client.get("/me/").url == "/second-step/?next=%2Fme%2F"
    assert client.post("/me/", {}).url == "/second-step/"
    assert client.get("/second-step/").status_code == 200
    assert client.get("/second-step/set-up/").url == "/second-step/?next=/second-step/set-up/"
    response = client.get("/me/passkeys/add/", headers={"accept": "application/json"})
    assert (response.status_code, response.json()["go"]) == (401, "/second-step/")
    assert client.get("/sign-in/").url == "/"
    assert client.post("/sign-out/").url == "/sign-in/"


def test_pages_wait_for_the_welcome(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "open_steps", lambda _person: ["a step"])
    client = signed_in(person)
    assert client.get("/me/").url == "/welcome/?next=%2Fme%2F"
    assert client.get("/welcome/").status_code == 200
    assert client.post("/this-phone/").status_code == 302


# -- sockets ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_welcomed")
class TestSessionHolds:
    def test_while_the_session_is_there_and_used(self, person: Person) -> None:
        key = signed_in(person).session.session_key
        assert door.session_holds(person.pk, key)

    def test_not_after_signing_out(self, person: Person) -> None:
        client = signed_in(person)
        key = client.session.session_key
        client.post("/sign-out/")
        assert not door.session_holds(person.pk, key)

    def test_not_for_somebody_else(self, person: Person, worker: Person) -> None:
        assert not door.session_holds(worker.pk, signed_in(person).session.session_key)

    def test_not_when_idle_until_something_comes_through_the_socket(self, person: Person) -> None:
        key = signed_in(person, seen_at=minutes_ago(31)).session.session_key
        assert not door.session_holds(person.pk, key)
        key = signed_in(person, seen_at=minutes_ago(29)).session.session_key
        door.note_socket_use(key)
        client = new_browser()
        client.cookies["porch"] = key
        assert client.session["seen_at"] > minutes_ago(1)

    def test_not_when_the_person_was_made_inactive(self, person: Person) -> None:
        key = signed_in(person).session.session_key
        Person.objects.filter(pk=person.pk).update(is_active=False)
        assert not door.session_holds(person.pk, key)

    def test_a_session_that_is_gone_is_not_made_anew(self, db: None) -> None:
        from django.contrib.sessions.models import Session

        door.note_socket_use("nosuchkeynosuchkeynosuchkeynosuc")
        assert not Session.objects.exists()


# -- before a sensitive act -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_welcomed")
class TestRecentProof:
    def test_a_family_member_signs_in_again_after_ten_minutes(self, person: Person) -> None:
        client = signed_in(person, signed_in_at=minutes_ago(11))
        response = client.post("/me/passkeys/remove/", {"passkey": "1"})
        assert response.status_code == 403
        assert "Sign in once more" in response.content.decode()
        assert client.get("/me/passkeys/add/", headers={"accept": "application/json"}).status_code == 401
        assert "Sign in once more" in client.get("/me/passkeys/").content.decode()
        response = client.post("/sign-out/", {"next": "/me/passkeys/"})
        assert response.url == "/sign-in/?next=%2Fme%2Fpasskeys%2F"

    def test_someone_who_works_here_takes_the_second_step_again(self, worker: Person, app: TOTPDevice) -> None:
        client = signed_in(worker, otp_device_id=app.persistent_id, second_step_at=minutes_ago(11))
        assert client.post("/me/passkeys/remove/", {"passkey": "1"}).url == "/second-step/"
        assert client.post("/second-step/codes/").url == "/second-step/"
        assert client.get("/second-step/set-up/").url == "/second-step/?next=/second-step/set-up/"
        assert "do your second step once more" in client.get("/me/passkeys/").content.decode()
        in_session(client, second_step_at=minutes_ago(1))
        assert client.post("/me/passkeys/remove/", {"passkey": "1"}).url == "/me/passkeys/"


def test_stay_begins_with_both_marks(person: Person) -> None:
    session: Any = {}
    stay.begin(session)
    assert session["seen_at"] == session["signed_in_at"]
    assert stay.is_fresh(person, session)
