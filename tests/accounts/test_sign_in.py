"""Signing in by a code, as families do: right, wrong, late, too often, unknown."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest.mock import Mock

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from portal.accounts import actions, adapter
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.notices import channels
from tests.accounts.conftest import Mailbox, in_session, new_browser, signed_in

pytestmark = pytest.mark.django_db

SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"


def ask(client: Any, address: str = "rosa@example.org", **more: str) -> Any:
    return client.post(SIGN_IN, {"address": address, **more})


def who(client: Any) -> Any:
    return client.session.get("_auth_user_id")


def words(response: Any) -> str:
    """The page without what is new in each answer anyway."""
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", text)


@pytest.mark.parametrize("address", ["rosa@example.org", "Rosa@Example.org ", "(504) 555-0142", "+1 504 555 0142"])
def test_a_code_signs_in_by_e_mail_and_by_phone(client: Any, person: Person, mailbox: Mailbox, address: str) -> None:
    response = ask(client, address)
    assert (response.status_code, response.url) == (302, CODE)
    assert 'autocomplete="one-time-code"' in client.get(CODE).content.decode()
    response = client.post(CODE, {"code": f" {mailbox.code[:3]} {mailbox.code[3:]}"})
    assert (response.status_code, response.url) == (302, reverse("home_show"))
    assert who(client) == str(person.pk)
    entry = Entry.objects.get(verb=Entry.Verb.SIGNED_IN)
    assert (entry.actor_id, entry.detail) == (person.pk, {"how": "code"})


def test_the_code_leaves_by_the_way_it_was_asked_and_says_nothing_else(
    client: Any, person: Person, mailbox: Mailbox
) -> None:
    ask(client, "504-555-0142")
    to, text = mailbox.texts[0]
    assert to == "+15045550142"
    assert re.fullmatch(r"\d{6} is your code\. It works for 10 minutes\.", text)


def test_the_code_comes_in_the_persons_own_language(
    client: Any, person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=person.pk).update(language="en-xa")
    text = Mock(side_effect=lambda code: f"{translation.get_language()} {code}")
    monkeypatch.setattr(adapter, "_text", text)
    ask(client)
    assert mailbox.texts[0][1].startswith("en-xa ")


def test_a_new_session_key_comes_with_the_sign_in(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    before = client.session.session_key
    client.post(CODE, {"code": mailbox.code})
    assert client.session.session_key != before
    assert "account_login" not in client.session
    assert "sign_in_address" not in client.session


@pytest.mark.parametrize("address", ["", "rosa", "rosa@", "12", "\x00"])
def test_what_is_no_address_gets_a_plain_sentence_and_stays_in_the_field(client: Any, db: None, address: str) -> None:
    response = ask(client, address)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'class="error"' in page
    assert "nvalid" not in page.replace("aria-invalid", "")
    if address.isprintable():
        assert f'value="{address}"' in page or not address


def test_an_unknown_address_sees_the_same_pages_and_nothing_is_sent(person: Person, mailbox: Mailbox) -> None:
    pages = []
    for address in ("rosa@example.org", "nobody@example.org"):
        client = new_browser()
        answers = [ask(client, address), client.get(CODE), client.post(CODE, {"code": "000000"})]
        answers += [client.post(CODE, {"again": "same"}), client.post(CODE, {"again": "other"}), client.get(CODE)]
        pages.append(
            [(one.status_code, words(one).replace(address, "@"), one.headers.get("location")) for one in answers]
        )
    assert pages[0] == pages[1]
    assert {to for to, _text in mailbox.texts} == {"rosa@example.org", "+15045550142"}


def test_an_unknown_phone_sees_the_same_pages_and_nothing_is_sent(person: Person, mailbox: Mailbox) -> None:
    pages = []
    for address in ("504 555 0142", "504 555 0942"):
        client = new_browser()
        answers = [ask(client, address), client.get(CODE), client.post(CODE, {"again": "same"})]
        answers += [client.post(CODE, {"code": "000000"}) for _ in range(5)]
        pages.append([(one.status_code, words(one), one.headers.get("location")) for one in answers])
    assert pages[0] == pages[1]
    assert {to for to, _text in mailbox.texts} == {"+15045550142"}


def test_an_unknown_address_costs_the_same_questions_to_the_database(person: Person, mailbox: Mailbox) -> None:
    counts = []
    for address in ("rosa@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(new_browser(), address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_inactive_person_is_like_an_unknown_one(client: Any, person: Person, mailbox: Mailbox) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(client).url == CODE
    assert mailbox.texts == []


def test_a_person_made_inactive_after_the_code_left_does_not_come_in(
    client: Any, person: Person, mailbox: Mailbox
) -> None:
    ask(client)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    response = client.post(CODE, {"code": mailbox.code}, follow=True)
    assert who(client) is None
    assert "ask the person who invited you" in response.content.decode()


def test_a_wrong_code_says_so_and_the_right_one_still_works(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    wrong = "111111" if mailbox.code != "111111" else "222222"
    response = client.post(CODE, {"code": wrong, "shared": "on"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "This code does not match the one we sent." in page
    assert f'value="{wrong}"' in page
    assert 'name="shared" checked' in page
    client.post(CODE, {"code": mailbox.code})
    assert who(client) == str(person.pk)


def test_an_empty_code_is_no_try(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    for _ in range(9):
        assert client.post(CODE, {"code": ""}).status_code == 422
    client.post(CODE, {"code": mailbox.code})
    assert who(client) == str(person.pk)


def test_after_five_wrong_codes_even_the_right_one_does_not_work(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    answers = [client.post(CODE, {"code": "xxxxxx"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 302]
    page = client.get(SIGN_IN).content.decode()
    assert "did not match too many times" in page
    assert client.post(CODE, {"code": mailbox.code}).url == SIGN_IN
    assert who(client) is None
    assert Entry.objects.filter(verb=Entry.Verb.REFUSED, subject="sign_in").count() == 1


def test_tries_at_the_same_moment_are_counted_too(client: Any, person: Person, mailbox: Mailbox) -> None:
    """Requests that each load the session before another has counted its try all see a count of none."""
    ask(client)
    asked = dict(client.session.items())
    for _ in range(5):
        client.post(CODE, {"code": "xxxxxx"})
        in_session(client, **asked)
    response = client.post(CODE, {"code": mailbox.code})
    assert response.url == SIGN_IN
    assert who(client) is None


def test_a_code_older_than_ten_minutes_does_not_work(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    login = client.session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] = time.time() - 601
    in_session(client, account_login=login)
    response = client.post(CODE, {"code": mailbox.code}, follow=True)
    assert "too old now" in response.content.decode()
    assert who(client) is None


def test_too_many_codes_get_an_honest_sentence(client: Any, person: Person, mailbox: Mailbox) -> None:
    answers = [ask(client) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "many codes in a short time" in answers[3].content.decode()
    assert 'value="rosa@example.org"' in answers[3].content.decode()
    assert len(mailbox.texts) == 3
    again = client.post(CODE, {"again": "same"})
    assert again.status_code == 429
    assert "many codes in a short time" in again.content.decode()


def test_only_the_newest_code_works(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    first = mailbox.code
    response = client.post(CODE, {"again": "same"}, follow=True)
    assert "Only the newest one works" in response.content.decode()
    if first != mailbox.code:
        assert client.post(CODE, {"code": first}).status_code == 422
    client.post(CODE, {"code": mailbox.code})
    assert who(client) == str(person.pk)


@pytest.mark.parametrize(
    ("typed", "other"), [("504-555-0142", "rosa@example.org"), ("rosa@example.org", "+15045550142")]
)
def test_the_code_can_come_by_the_other_way_and_back(
    client: Any, person: Person, mailbox: Mailbox, typed: str, other: str
) -> None:
    ask(client, typed)
    response = client.post(CODE, {"again": "other"}, follow=True)
    assert mailbox.texts[-1][0] == other
    assert other not in response.content.decode()
    client.post(CODE, {"again": "typed"})
    assert mailbox.texts[-1][0] == mailbox.texts[0][0]
    client.post(CODE, {"code": mailbox.code})
    assert who(client) == str(person.pk)


def test_without_the_other_way_nothing_leaves_and_nothing_tells(client: Any, person: Person, mailbox: Mailbox) -> None:
    Person.objects.filter(pk=person.pk).update(phone=None)
    ask(client)
    page = client.post(CODE, {"again": "other"}, follow=True).content.decode()
    assert "to your phone, if we know it" in page
    assert len(mailbox.texts) == 1


def test_the_code_page_without_a_code_asked_for_leads_back(client: Any, db: None) -> None:
    assert client.get(CODE).url == SIGN_IN
    assert client.post(CODE, {"code": "123456"}).url == SIGN_IN


@pytest.mark.usefixtures("_welcomed")
def test_whoever_is_signed_in_need_not_sign_in(person: Person) -> None:
    assert signed_in(person).get(SIGN_IN + "?next=/me/").url == "/me/"


def test_the_page_one_wanted_comes_after_the_code(client: Any, person: Person, mailbox: Mailbox) -> None:
    page = client.get(SIGN_IN + "?next=/me/%3Fa=b").content.decode()
    assert 'name="next" value="/me/?a=b"' in page
    response = ask(client, next="/me/?a=b")
    assert response.url == f"{CODE}?next=%2Fme%2F%3Fa%3Db"
    assert 'name="next" value="/me/?a=b"' in client.get(response.url).content.decode()
    assert client.post(CODE, {"code": mailbox.code, "next": "/me/?a=b"}).url == "/me/?a=b"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "me"]
)
def test_no_other_place_comes_after_the_code(client: Any, person: Person, mailbox: Mailbox, wanted: str) -> None:
    assert ask(client, next=wanted).url == CODE
    assert client.post(CODE, {"code": mailbox.code, "next": wanted}).url == reverse("home_show")


def test_on_a_shared_phone_the_session_ends_with_the_browser(client: Any, person: Person, mailbox: Mailbox) -> None:
    ask(client)
    response = client.post(CODE, {"code": mailbox.code, "shared": "on"})
    assert client.session["shared"] is True
    assert response.cookies["porch"]["max-age"] == ""


def test_a_parent_with_a_passkey_is_not_asked_for_it_after_the_code(
    client: Any, person: Person, mailbox: Mailbox
) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "lost"})
    ask(client)
    assert client.post(CODE, {"code": mailbox.code}).url == reverse("home_show")
    assert who(client) == str(person.pk)


def test_trying_many_addresses_does_not_wipe_out_the_tries_already_counted(db: None) -> None:
    cache.set("0-first-of-all", [1], 3_600)
    for n in range(400):
        cache.set(f"address-{n}", [1], 3_600)
    assert cache.get("0-first-of-all") == [1]


def test_a_code_that_cannot_leave_is_logged_without_address_or_code(
    client: Any, person: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: str) -> None:
        try:
            raise OSError("550 rosa@example.org: no such mailbox")  # as a mail server answers
        except OSError as error:
            raise channels.CannotSend("EMAIL_URL (smtp) did not take the message: OSError.") from error

    monkeypatch.setattr(channels, "send_email", fail)
    assert ask(client).url == CODE
    assert "could not be sent" in caplog.text
    assert "rosa@" not in caplog.text


def test_nothing_of_allauths_own_pages_is_reachable(client: Any, db: None) -> None:
    for name in ("account_signup", "account_login", "account_email", "account_reset_password", "mfa_index"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_nobody_is_let_in_by_a_password(person: Person) -> None:
    assert authenticate(email="rosa@example.org", password="") is None
    assert authenticate(email="rosa@example.org", password="!") is None


def test_every_address_is_kept_in_one_spelling_only(person: Person) -> None:
    assert (person.email, person.phone) == ("rosa@example.org", "+15045550142")
    with pytest.raises(ValueError, match="neither"):
        actions.create_person(display_name="X", phone="12")
    with pytest.raises(ValueError, match="name"):
        actions.create_person(display_name="\u202e ")
