"""What any page leaves behind on a phone that others use: nothing in a cache, nobody's name in the list of places visited."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import routes
from tests.access.routes import COLUMNS, expected
from tests.access.test_walk import alone, ask, client_of
from tests.world import World, signed_in

# Made to be kept: they are the same for everybody and say nothing of anybody.
KEPT = {"manifest", "service_worker", "healthz", "readyz", "metrics"}
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.mark.parametrize("viewer", ["care", "liai"])
def test_no_answer_stays_in_a_cache_or_tells_where_somebody_came_from(world: World, viewer: str) -> None:
    client, wrong = client_of(world, COLUMNS[viewer]), []
    for route, method in expected():
        if route in routes.COMMITS or (method == "POST" and route not in {"phone_lock", "signout"}):
            continue
        with alone(route, world) as request:
            answer = ask(client, method, route, request)
        said = answer.headers.get("Cache-Control", "")
        if route not in KEPT and "no-store" not in said:
            wrong.append((route, "Cache-Control", said))
        if answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
            wrong.append((route, "Referrer-Policy", answer.headers.get("Referrer-Policy", "")))
        if "frame-ancestors 'none'" not in answer.headers.get("Content-Security-Policy", ""):
            wrong.append((route, "Content-Security-Policy", ""))
    assert wrong == []


@pytest.mark.parametrize("viewer", ["care", "yout"])
def test_no_title_of_a_familys_page_names_anybody(world: World, viewer: str) -> None:
    """The title stays in the phone's history, where whoever has the phone reads it."""
    client, wrong = client_of(world, COLUMNS[viewer]), []
    people = [world.caregiver, world.second_caregiver, world.youth, world.child, world.peer, world.second_peer]
    people += [world.mentor, world.liaison, world.facilitator, world.natural_support]
    names = {world.family.name, *(name for one in people for name in one.display_name.split())}
    for (route, method), words in expected().items():
        if method != "GET" or words[viewer] != "200" or route in routes.COMMITS or route == "invitation_show":
            continue
        with alone(route, world) as request:
            page = ask(client, "GET", route, request).content.decode(errors="replace")
        title = TITLE.search(page)
        found = [name for name in names if title and re.search(rf"\b{name}\b", title[1])]
        wrong += [(route, title[1])] if title and found else []
    assert wrong == []


# -- the lock ----------------------------------------------------------------------------------------------------------------


def test_a_lock_closes_at_once_and_leads_back_to_where_one_was(world: World) -> None:
    client = signed_in(None, world.youth)
    page = client.get("/owed/").content.decode()
    assert 'form="lock"' in page
    assert '<input type="hidden" name="next" value="/owed/">' in page
    answer = client.post(reverse("phone_lock"), {"next": "/owed/"})
    assert answer["Location"] == "/sign-in/?next=%2Fowed%2F"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/owed/").status_code == 302
    assert "Locked" in client.get(answer["Location"]).content.decode()


def test_a_shared_phone_forgets_even_the_place(world: World) -> None:
    client = signed_in(None, world.youth)
    client.post("/this-phone/", {"shared": "yes"})
    assert client.post(reverse("phone_lock"), {"next": "/owed/"})["Location"] == "/sign-in/"


def test_a_lock_leads_to_no_other_site(world: World) -> None:
    answer = signed_in(None, world.youth).post(reverse("phone_lock"), {"next": "https://example.org/"})
    assert answer["Location"] == "/sign-in/"


@pytest.mark.parametrize("who", ["caregiver", "youth", "natural_support"])
def test_every_familys_page_has_the_lock(world: World, who: str) -> None:
    client = signed_in(None, getattr(world, who))
    for path in ("/", "/help/", "/me/", "/messages/"):
        assert 'form="lock"' in client.get(path).content.decode(), path
    assert 'form="lock"' not in Client().get("/help/").content.decode()
