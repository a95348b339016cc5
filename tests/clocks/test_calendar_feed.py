"""A person's own calendar reads their days from a secret address, and learns nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal.access import Refused
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks import actions
from portal.clocks.models import CalendarFeed, Clock, Matter
from portal.families.models import Family
from tests.clocks.conftest import SetTime
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def owed(world: World, rule_id: str = "LA-PLAN", started_at: dt.datetime | None = None, **matter: Any) -> Clock:
    return actions.start_clock(
        actor=None,
        program=world.program,
        rule_id=rule_id,
        started_at=started_at or timezone.now(),
        trigger_key=f"{rule_id}:{matter}",
        matter=Matter(family=world.family, **matter),
    )


def address_of(person: Person) -> str:
    """Made on the page, as a person does, and shown there once."""
    page: Any = signed_in(None, person).post("/calendar/")
    found = re.search(r"/calendar/[\w-]{43}\.ics", page.content.decode())
    assert found is not None
    return found.group()


def read(address: str) -> list[Any]:
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_days_stand_in_the_calendar_with_a_neutral_title_and_nothing_else(world: World) -> None:
    clock = owed(world, responsible=world.facilitator_role)
    address = address_of(world.caregiver)
    (event,) = read(address)
    assert str(event["SUMMARY"]) == "Date to remember"
    assert event["DTSTART"].dt == clock.due_on
    text = Client().get(address).content.decode()
    names = [world.family.name, "Odette", "Abel", "Nwosu", "plan", "LA-", "Porchlight", "Louisiana", "http", "owed"]
    assert [name for name in names if name.lower() in text.lower()] == []
    assert str(clock.public_id) not in text
    assert not {"DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE"} & set(event)


def test_the_title_is_in_the_owners_language(world: World) -> None:
    owed(world)
    address = address_of(world.caregiver)
    Person.objects.filter(pk=world.caregiver.pk).update(language="en-xa")
    (event,) = read(address)
    assert str(event["SUMMARY"]) != "Date to remember"


def test_an_hour_is_given_in_the_familys_own_zone_also_over_a_clock_change(world: World, at: SetTime) -> None:
    """72 hours from 12 March 2027, 8 pm Central: 15 March, 9 pm, since clocks are set ahead in between."""
    at("2027-03-12T20:00:00-06:00")
    owed(world, "APPEAL-EXPEDITED", plan="csoc-contractor")
    (event,) = read(address_of(world.caregiver))
    start = event["DTSTART"].dt
    assert start.astimezone(dt.UTC) == dt.datetime(2027, 3, 16, 2, 0, tzinfo=dt.UTC)
    assert event["DTSTART"].params["TZID"] == "America/Chicago"
    assert (start.hour, start.minute) == (21, 0)


def test_only_what_the_owner_may_see_now_and_what_is_still_owed(world: World) -> None:
    kept = owed(world)
    owed(world, matter_of=world.youth)
    address, stranger = address_of(world.caregiver), address_of(world.stranger_caregiver)
    assert len(read(address)) == 1
    assert read(stranger) == []
    actions.meet_clock(actor=None, clock=kept)
    assert read(address) == []


def test_a_new_address_ends_the_old_one_and_turning_it_off_ends_both(world: World) -> None:
    first, second = address_of(world.caregiver), address_of(world.caregiver)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    browser = signed_in(None, world.caregiver)
    assert "Your calendar is on" in browser.get("/calendar/").content.decode()
    assert browser.post("/calendar/end/").status_code == 302
    assert Client().get(second).status_code == 404
    assert "Your calendar is off" in browser.get("/calendar/").content.decode()
    assert list(Entry.objects.filter(subject="calendar").order_by("pk").values_list("verb", flat=True)) == [
        "created",
        "created",
        "ended",
    ]


def test_who_has_no_account_or_no_family_any_more_has_no_calendar(world: World) -> None:
    one, other = address_of(world.caregiver), address_of(world.stranger_caregiver)
    Person.objects.filter(pk=world.caregiver.pk).update(is_active=False)
    Family.objects.filter(pk=world.stranger_family.pk).update(closed_at=timezone.now())
    assert Client().get(one).status_code == 404
    assert Client().get(other).status_code == 404


def test_only_a_hash_is_kept_and_the_secret_is_shown_once(world: World) -> None:
    address = address_of(world.caregiver)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    kept = CalendarFeed.objects.get()
    assert kept.token_hash == CalendarFeed.hash_of(token)
    assert token not in repr(vars(kept))
    assert token not in signed_in(None, world.caregiver).get("/calendar/").content.decode()
    assert not Entry.objects.filter(detail__icontains=token).exists()


def test_a_guess_finds_nothing_and_asking_too_often_is_slowed_down(world: World) -> None:
    address = address_of(world.caregiver)
    assert Client().get("/calendar/guess.ics").status_code == 404
    cache.clear()
    answers = [Client().get(address).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_the_address_opens_nothing_else(world: World) -> None:
    address = address_of(world.caregiver)
    client = Client()
    client.get(address)
    assert not client.cookies
    assert client.get("/owed/").status_code == 302


def test_a_natural_support_has_no_page_of_dates_and_no_calendar(world: World) -> None:
    with pytest.raises(Refused):
        actions.make_calendar(actor=world.natural_support)
