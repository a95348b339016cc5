"""Coming in by a link or a square code: once, not by looking, and never in somebody else's place."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.access import Refused, families
from portal.accounts import actions
from portal.accounts.models import Invitation, Person
from portal.audit.models import Entry
from tests.accounts.conftest import new_browser, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(person: Person, worker: Person, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(families, "may_invite", lambda actor, invited: actor == worker and invited != worker)
    return actions.invite(actor=worker, person=person)


def link(token: str) -> str:
    return f"/come-in/{token}/"


def who(client: Any) -> Any:
    return client.session.get("_auth_user_id")


def test_only_the_hash_of_the_link_is_kept(token: str) -> None:
    invitation = Invitation.objects.get()
    assert invitation.token_hash == Invitation.hash_of(token)
    assert token not in str(Entry.objects.values_list("detail", "subject_id"))
    assert invitation.expires_at - invitation.created_at == dt.timedelta(days=7)


def test_opening_the_link_shows_a_first_name_and_changes_nothing(client: Any, token: str) -> None:
    for _ in range(3):
        assert client.head(link(token)).status_code == 200
    page = client.get(link(token)).content.decode()
    assert "Hello, Rosa. Come in." in page
    assert "Melancon" not in page
    assert "rosa@" not in page
    assert who(client) is None
    assert Invitation.objects.get().used_at is None


def test_the_button_lets_the_person_in_and_asks_how_they_come_back(client: Any, token: str, person: Person) -> None:
    response = client.post(link(token), {"shared": "on"})
    assert response.url == "/me/"
    assert who(client) == str(person.pk)
    assert client.session["shared"] is True
    assert Invitation.objects.get().used_at is not None
    entry = Entry.objects.get(verb=Entry.Verb.SIGNED_IN)
    assert entry.detail == {"how": "invitation"}


def test_how_to_come_back_is_said_where_it_is_shown_and_only_once(client: Any, token: str) -> None:
    assert client.post(link(token), follow=True).redirect_chain == [("/me/", 302), ("/welcome/?next=%2Fme%2F", 302)]
    while (page := client.get("/welcome/?next=%2Fme%2F")).status_code == 200:
        assert "Below is how you come back" not in page.content.decode()
        step = page.context["step"]
        answer = {"step": step.name, "answer": step.answers[-1], "next": "/me/", "version": step.version}
        assert client.post("/welcome/", answer).status_code == 302
    said = [b"Below is how you come back" in client.get("/me/").content for _ in range(2)]
    assert said == [True, False]


@pytest.mark.parametrize("why", ["used", "expired", "revoked", "unknown", "inactive"])
def test_a_link_that_does_not_work_looks_the_same_whatever_the_reason(
    client: Any, token: str, person: Person, why: str
) -> None:
    now = timezone.now()
    match why:
        case "used":
            new_browser().post(link(token))
        case "expired":
            Invitation.objects.update(expires_at=now)
        case "revoked":
            Invitation.objects.update(revoked_at=now)
        case "unknown":
            token = "x" * 32
        case "inactive":
            Person.objects.filter(pk=person.pk).update(is_active=False)
    for response in (client.get(link(token)), client.post(link(token))):
        page = response.content.decode()
        assert response.status_code == 404
        assert "Each link works once and only for some days." in page
        assert "Ask the person who gave you the link for a new one." in page
    assert who(client) is None


def test_a_second_press_lets_nobody_in(token: str) -> None:
    assert new_browser().post(link(token)).status_code == 302
    second = new_browser()
    assert second.post(link(token)).status_code == 404
    assert who(second) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_comes_in(token: str) -> None:
    together = Barrier(4)

    def press() -> bool:
        try:
            together.wait()
            return actions.use_invitation(token=token) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        let_in = [press.result() for press in [threads.submit(press) for _ in range(4)]]
    assert sum(let_in) == 1


def test_a_link_used_between_looking_and_pressing_lets_nobody_in(
    token: str, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = actions.open_invitation(token)
    Invitation.objects.update(used_at=timezone.now())
    monkeypatch.setattr(actions, "open_invitation", lambda _token: seen)
    assert client.post(link(token)).status_code == 404
    assert who(client) is None


def test_a_newer_link_ends_the_older_one(token: str, worker: Person, person: Person, client: Any) -> None:
    newer = actions.invite(actor=worker, person=person)
    assert client.get(link(token)).status_code == 404
    assert client.get(link(newer)).status_code == 200


def test_whoever_came_in_otherwise_leaves_no_link_behind(token: str, person: Person, client: Any) -> None:
    actions.record_sign_in(person=person, how="code")
    assert client.get(link(token)).status_code == 404


def test_nobody_is_invited_who_has_been_here_and_can_come_back(token: str, worker: Person, person: Person) -> None:
    """Such a link would let staff come in as that person."""
    person.last_login = timezone.now()
    person.save()
    with pytest.raises(Refused):
        actions.invite(actor=worker, person=person)
    person.email = person.phone = None
    person.save()
    assert actions.invite(actor=worker, person=person)


def test_only_who_may_invites(token: str, worker: Person, person: Person) -> None:
    with pytest.raises(Refused):
        actions.invite(actor=person, person=worker)


def test_someone_else_who_is_signed_in_is_signed_out_wholly_first(token: str, person: Person, worker: Person) -> None:
    client = signed_in(worker, private="of the one before")
    before = client.session.session_key
    response = client.post(link(token))
    assert who(client) == str(person.pk)
    assert "private" not in client.session
    assert client.session.session_key != before
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert Entry.objects.get(verb=Entry.Verb.SIGNED_OUT).actor == worker
