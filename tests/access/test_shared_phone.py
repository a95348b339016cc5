"""A phone that others use: its lock. What a page leaves behind on one is asked of every route in `test_walk.py`."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import World, signed_in

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
