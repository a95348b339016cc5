"""When something goes wrong: whose fault, what is safe, what to do, and the person's own words kept on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.test import Client, RequestFactory

from portal.home import views
from tests.world import World, signed_in

WORDS = "The ride did not come <again>."


def test_a_page_that_is_not_there_says_so_kindly(world: World) -> None:
    response = signed_in(None, world.caregiver).get("/families/nothing/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "This page is not here" in page
    assert "Nothing of yours is lost" in page


def test_a_form_that_was_open_too_long_keeps_the_words(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"body": WORDS})
    assert response.status_code == 403
    page = response.content.decode()
    assert "not your fault" in page
    assert "The ride did not come &lt;again&gt;." in page


def _away(*_args: Any, **_kwargs: Any) -> Any:
    raise DatabaseError("away")


def test_a_fault_of_ours_is_ours_and_needs_no_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(None, world.caregiver)
    client.raise_request_exception = False
    monkeypatch.setattr(views, "update_account", _away)
    monkeypatch.setattr("portal.access.people.staff_roles", _away)
    response = client.post("/language/", {"language": "es", "body": WORDS})
    assert response.status_code == 500
    page = response.content.decode()
    assert "It is our fault, not yours" in page
    assert "The ride did not come &lt;again&gt;." in page
    assert "Odette" not in page


def test_the_fault_page_comes_in_the_readers_language_when_the_database_is_away(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.cookies["porch_language"] = "es"
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-of-long-ago"
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _away)
    response = client.get("/")
    assert response.status_code == 500
    assert response.headers["Content-Language"] == "es"


def test_a_request_that_cannot_be_read_is_answered_all_the_same(rf: RequestFactory, db: None) -> None:
    class Broken(WSGIRequest):
        @property
        def POST(self) -> Any:  # type: ignore[override]
            raise SuspiciousOperation

    response = views.bad_request(Broken(rf.post("/somewhere/").environ), SuspiciousOperation())
    assert response.status_code == 400
    assert "came to us broken or too large" in response.content.decode()


def test_too_many_fields_are_a_bad_request(client: Client, db: None) -> None:
    response = client.post("/language/", {f"field{number}": "x" for number in range(2000)})
    assert response.status_code == 400


@pytest.mark.parametrize("view", [views.not_found, views.bad_request])
def test_words_are_kept_on_these_pages_too(rf: RequestFactory, db: None, view: Callable[..., Any]) -> None:
    response = view(rf.post("/somewhere/", {"body": WORDS}), SuspiciousOperation())
    assert "The ride did not come &lt;again&gt;." in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/help/", "/healthz", "/nowhere/"])
def test_a_name_we_do_not_answer_to_gets_no_page(client: Client, db: None, path: str) -> None:
    """Else a stranger's name that points here could show our pages as its own."""
    response = client.get(path, headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere.example" not in response.content.decode()
