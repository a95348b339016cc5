"""The pages of families in policy at full weight: few questions to the database, small, and plain about what is missing.

Counted is a second visit within the same minute: once a minute the door writes down that the session is in use.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from portal.access import community, policy_suggestions
from portal.accounts import stay
from portal.community.waiting import desk_of
from tests.community.stage import (
    answer,
    closed_period,
    get,
    interest,
    open_period,
    own_seat,
    said_done,
    seat,
    suggest,
    text,
)
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 30_000


@pytest.fixture(autouse=True)
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the door alone."""
    now = time.time()
    monkeypatch.setattr(stay, "time", SimpleNamespace(time=lambda: now))


def fill(world: World) -> None:
    """A programme in which much is said."""
    for number in range(40):
        found = suggest(world.caregiver, world.program, f"{number}. " + "The office is closed when I am free. " * 5)
        if number % 3 == 0:
            answer(world, found)
    for _one in range(6):
        open_period(world)
    closed_period(world)
    own_seat(world)
    for number in range(12):
        seat(world, title=f"Seat {number}", kind="other" if number % 2 else "youth")
    for person in (world.caregiver, world.youth, world.peer, world.stranger_caregiver):
        interest(world, person)
    for number in range(10):
        said_done(world, said=f"Form {number} was long.", did="It is short now.")


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("caregiver", "/community/"),
        (None, "/community/?program=louisiana-csoc"),
        ("lead", "/community/desk/"),
        ("supervisor", "/community/desk/"),
        ("caregiver", "/community/seats/"),
        ("lead", "/community/seats/"),
        ("caregiver", "/community/said-done/"),
        ("caregiver", "/community/suggestions/add/"),
    ],
)
def test_a_full_page_is_light(
    world: World, django_assert_max_num_queries: Callable[[int], Any], who: str | None, path: str
) -> None:
    fill(world)
    browser = signed_in(None, getattr(world, who)) if who is not None else signed_in(None, world.youth)
    if who is None:
        browser.logout()
    browser.get(path)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(path)
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) <= MOST_BYTES


def test_what_one_reads_and_answers_is_light(world: World, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    fill(world)
    found = policy_suggestions.own_suggestions(world.caregiver).filter(state="working")[0]
    period = open_period(world)
    paths = {
        "caregiver": [f"/community/suggestions/{found.public_id}/", f"/community/comments/{period.public_id}/"],
        "lead": [f"/community/suggestions/{found.public_id}/", f"/community/comments/{period.public_id}/read/"],
    }
    for who, each in paths.items():
        browser = signed_in(None, getattr(world, who))
        for path in each:
            browser.get(path)
            with django_assert_max_num_queries(MOST_QUERIES):
                assert browser.get(path).status_code == 200


def test_an_empty_desk_says_what_will_be_there(world: World) -> None:
    page = text(get(world.lead, "/community/desk/"))
    for sentence in ("Nothing waits.", "None yet. Everyone can comment on a draft"):
        assert sentence in page
    assert "Nobody waits. Who says yes to something" in text(get(world.supervisor, "/community/desk/"))
    assert "Nothing waits for you there." in text(get(world.lead, "/"))
    assert desk_of(world.caregiver) is None
    assert desk_of(world.liaison) is None


def test_who_has_left_answers_and_takes_part_in_nothing(world: World) -> None:
    suggest(world.caregiver, world.program)
    for person in (world.caregiver, world.lead):
        person.is_active = False
        person.save(update_fields=["is_active"])
        assert not community.programs_of(person)
        assert not community.taking_part_in(person)
        assert not community.answered_programs(person)
        assert not policy_suggestions.visible_suggestions(person).exists()
