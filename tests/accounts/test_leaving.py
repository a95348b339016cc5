"""Signing out and switching: nothing of the one before is left."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from portal import live
from portal.accounts import actions
from portal.accounts.models import Person
from portal.audit.models import Entry
from tests.accounts.conftest import Mailbox, new_browser, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_welcomed")]


@pytest.mark.parametrize(("path", "goal"), [("/sign-out/", "/sign-in/"), ("/switch/", "/sign-in/?who")])
def test_leaving_ends_session_open_pages_and_what_the_browser_kept(
    person: Person, path: str, goal: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    ended: list[str] = []
    monkeypatch.setattr(live, "end_session", ended.append)
    client = signed_in(person, private="words")
    key = client.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path)
    assert response.url == goal
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert ended == [key]
    assert not Session.objects.filter(session_key=key).exists()
    assert "private" not in client.session
    entry = Entry.objects.get(verb=Entry.Verb.SIGNED_OUT)
    assert entry.actor == person
    assert client.get("/me/").url.startswith("/sign-in/")


def test_leaving_in_haste_locks_and_keeps_what_was_not_sent_on_the_phone(person: Person) -> None:
    client = signed_in(person)
    response = client.post("/sign-out/", {"fast": "1"})
    assert response["Clear-Site-Data"] == '"cache"'
    assert client.get("/me/").url.startswith("/sign-in/")


def test_after_a_switch_the_page_asks_who_is_here_and_shows_nobody(person: Person) -> None:
    client = signed_in(person)
    page = client.post("/switch/", follow=True).content.decode()
    assert "Who is here now?" in page
    for trace in ("Rosa", "Melancon", "rosa@", "0142", "/me/"):
        assert trace not in page


def test_the_next_person_gets_another_session(person: Person, mailbox: Mailbox) -> None:
    other = actions.create_person(display_name="Other", email="other@example.org", is_adult_confirmed=True)
    client = signed_in(person)
    keys = {client.session.session_key}
    client.post("/switch/")
    client.post("/sign-in/", {"address": "other@example.org"})
    keys.add(client.session.session_key)
    client.post("/sign-in/code/", {"code": mailbox.code})
    keys.add(client.session.session_key)
    assert len(keys) == 3
    assert client.session["_auth_user_id"] == str(other.pk)
    assert "Rosa" not in client.get("/me/").content.decode()


def test_a_code_typed_while_someone_else_is_signed_in_signs_them_out(person: Person, mailbox: Mailbox) -> None:
    other = actions.create_person(display_name="Other", email="other@example.org", is_adult_confirmed=True)
    client = new_browser()
    client.post("/sign-in/", {"address": "other@example.org"})
    asked = dict(client.session.items())
    client = signed_in(person, **asked, private="words")
    response = client.post("/sign-in/code/", {"code": mailbox.code})
    assert client.session["_auth_user_id"] == str(other.pk)
    assert "private" not in client.session
    assert response["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("path", ["/sign-out/", "/switch/", "/this-phone/"])
def test_a_link_cannot_do_it(person: Person, path: str) -> None:
    client = signed_in(person)
    assert client.get(path).status_code == 405
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("path", ["/sign-out/", "/switch/"])
def test_another_site_cannot_do_it(person: Person, path: str) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(path).status_code == 403
    assert client.session["_auth_user_id"] == str(person.pk)


def test_whoever_is_not_signed_in_can_leave_too(client: Any, db: None) -> None:
    assert client.post("/sign-out/").url == "/sign-in/"
    assert not Entry.objects.exists()


def test_a_phone_becomes_shared_and_ones_own_again(person: Person) -> None:
    client = signed_in(person)
    response = client.post("/this-phone/", {"back": "/me/passkeys/"})
    assert response.url == "/me/passkeys/"
    assert client.session["shared"]
    assert client.session.get_expire_at_browser_close()
    assert "It is mine alone" in client.get("/me/").content.decode()
    assert client.post("/this-phone/", {"shared": "no"}).url == "/me/"
    assert not client.session["shared"]
    assert not client.session.get_expire_at_browser_close()
