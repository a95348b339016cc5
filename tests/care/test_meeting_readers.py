"""Who learns of a meeting, of its time and its place: and who does not, by whatever way they look."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from portal.access import Refused
from portal.access import care as care_access
from portal.access import meetings as access
from portal.accounts.models import Person
from portal.care import actions, refusals
from portal.care.models import Guest, Seat, TeamMeeting
from portal.families import actions as families
from portal.families.models import AccessBasis, LegalAuthority
from portal.notices.models import Notice
from tests.care.conftest import StopTime
from tests.care.meetings import WHERE, confirmed, guest, over, proposed, seated, teacher
from tests.care.plans import opened
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def sees(person: Person, meeting: TeamMeeting) -> bool:
    found = access.visible_meetings(person).filter(pk=meeting.pk).exists()
    assert (access.standing(person, meeting) is not None) is found
    return found


def paper(world: World, scope: LegalAuthority.Scope) -> None:
    """What the second caregiver's paper says from today on."""
    today = world.program.today()
    LegalAuthority.objects.filter(adult=world.second_caregiver_member).update(ends_on=today - dt.timedelta(days=2))
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=scope,
        evidence="Court order seen",
        starts_on=today - dt.timedelta(days=1),
    )


def test_who_reads_the_plan_as_a_whole_sees_its_meetings_and_nobody_else(world: World) -> None:
    meeting = proposed(world.facilitator, opened(world))
    seeing = {name for name in ("caregiver", "youth", "facilitator", "liaison") if sees(getattr(world, name), meeting)}
    assert seeing == {"caregiver", "youth", "facilitator", "liaison"}
    for name in ("second_caregiver", "natural_support", "peer", "mentor", "lead", "coordinator", "stranger_caregiver"):
        assert not sees(getattr(world, name), meeting), name


def test_a_caregiver_who_decides_about_school_comes_as_a_guest(world: World) -> None:
    plan = opened(world)
    before = proposed(world.facilitator, plan)
    seated(world, plan, world.second_caregiver, "caregiver")
    meeting = proposed(world.facilitator, plan, place="The school")
    assert not sees(world.second_caregiver, before)
    assert sees(world.second_caregiver, meeting)
    standing = access.standing(world.second_caregiver, meeting)
    assert standing is not None
    assert (standing.decides, standing.keeps, standing.is_inside) == (False, False, False)
    for act in (actions.agree_to_meeting, actions.confirm_meeting):
        with pytest.raises(Refused):
            act(actor=world.second_caregiver, meeting=meeting, mark="0")


def test_who_is_kept_away_learns_neither_when_nor_where_whatever_else_they_read(world: World) -> None:
    plan = opened(world)
    paper(world, LegalAuthority.Scope.FULL)
    seated(world, plan, world.second_caregiver, "caregiver")
    meeting = confirmed(world, plan)
    assert sees(world.second_caregiver, meeting)
    address = _calendar_of(world.second_caregiver)
    assert len(_entries(address)) == 1
    world.keep_apart()
    assert care_access.reader_of(world.second_caregiver, plan) is not None, "the plan itself he may still read"
    assert not sees(world.second_caregiver, meeting)
    assert _entries(address) == []
    browser = signed_in(None, world.second_caregiver)
    assert browser.get(f"/meetings/{meeting.public_id}/").status_code == 404
    assert browser.get(f"/meetings/{meeting.public_id}/date.ics").status_code == 404
    assert WHERE not in browser.get(f"/plans/{plan.public_id}/meetings/").content.decode()
    assert browser.get(f"/plans/{plan.public_id}/meetings/new/").status_code == 404
    Notice.objects.all().delete()
    TeamMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + dt.timedelta(hours=9))
    actions.remind_of_meetings()
    later = proposed(world.caregiver, plan, place="Elsewhere")
    assert not Notice.objects.filter(person=world.second_caregiver).exists()
    assert not Guest.objects.filter(meeting=later, seat__person=world.second_caregiver).exists()


@pytest.mark.parametrize("scope", [LegalAuthority.Scope.NONE, LegalAuthority.Scope.INFORMATION])
def test_a_barred_parent_is_no_guest_and_one_who_is_told_decides_nothing(
    world: World, scope: LegalAuthority.Scope
) -> None:
    plan = opened(world)
    paper(world, scope)
    seated(world, plan, world.second_caregiver, "caregiver")
    meeting = proposed(world.facilitator, plan)
    is_told = scope == LegalAuthority.Scope.INFORMATION
    assert sees(world.second_caregiver, meeting) is is_told
    assert Guest.objects.filter(meeting=meeting, seat__person=world.second_caregiver).exists() is is_told
    with pytest.raises(Refused):
        actions.agree_to_meeting(actor=world.second_caregiver, meeting=meeting, mark="0")


def test_a_natural_support_sees_what_they_are_asked_to_and_what_was_said_only_where_they_were(world: World) -> None:
    plan = opened(world)
    Person.objects.filter(pk=world.natural_support.pk).update(language="en")
    neighbour = Person.objects.get(pk=world.natural_support.pk)
    seat = seated(world, plan, neighbour)
    meeting = confirmed(world, plan)
    browser, path = signed_in(None, neighbour), f"/meetings/{meeting.public_id}/"
    shown = browser.get(path).content.decode()
    assert WHERE in shown
    assert "Abel Nwosu" not in shown.replace("Who proposed it", "").split('id="who"')[1], (
        "who else comes is not hers to read"
    )
    assert path in browser.get("/meetings/").content.decode()
    assert browser.get(f"/plans/{plan.public_id}/meetings/").status_code == 404
    meeting = over(meeting)
    actions.hold_meeting(
        actor=world.facilitator, meeting=meeting, came=set(), notes="We spoke of the night of May.", without="Ill."
    )
    assert "night of May" not in browser.get(path).content.decode()
    Guest.objects.filter(meeting=meeting, seat=seat).update(came=True)
    assert "night of May" in browser.get(path).content.decode()
    Seat.objects.filter(pk=seat.pk).update(state="left", ended_at=timezone.now())
    assert browser.get(path).status_code == 404, "off the team"


def test_not_in_the_room_for_this_takes_time_place_and_notes_away(world: World) -> None:
    plan = opened(world)
    person, seat = teacher(world, plan)
    meeting = confirmed(world, plan)
    browser, path = signed_in(None, person), f"/meetings/{meeting.public_id}/"
    assert WHERE in browser.get(path).content.decode()
    room = f"{path}guests/{seat.public_id}/room/"
    assert browser.post(room, {"room": "out"}).status_code == 404
    assert signed_in(None, world.facilitator).post(room, {"room": "out"}).status_code == 404, (
        "it is the family's to say"
    )
    assert signed_in(None, world.youth).post(room, {"room": "out"}).status_code == 302
    for gone in ("", "date.ics"):
        assert browser.get(f"{path}{gone}").status_code == 404
    assert not Notice.objects.filter(person=person, path=path).exists()
    told = browser.get("/meetings/").content.decode()
    assert "The family of Theo meets without you for once." in told
    assert WHERE not in told
    assert str(meeting.public_id) not in told
    assert "Not in the room for this." in signed_in(None, world.caregiver).get(path).content.decode()
    TeamMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + dt.timedelta(hours=9))
    actions.remind_of_meetings()
    assert not Notice.objects.filter(person=person, about__startswith="meeting-soon").exists()
    assert signed_in(None, world.caregiver).post(room, {"room": "in"}).status_code == 302
    assert browser.get(path).status_code == 200
    assert "meets without you" not in browser.get("/meetings/").content.decode()


def test_the_family_itself_is_always_in_the_room_and_somebody_keeps_the_meeting(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.facilitator, plan)
    with pytest.raises(Refused):
        actions.keep_out(actor=world.caregiver, guest=guest(meeting, world.youth))
    with pytest.raises(Refused):
        actions.keep_out(actor=world.youth, guest=guest(meeting, world.caregiver))
    actions.keep_out(actor=world.youth, guest=guest(meeting, world.liaison))
    assert not sees(world.liaison, meeting)
    with pytest.raises(refusals.KeeperNeeded):
        actions.keep_out(actor=world.youth, guest=guest(meeting, world.facilitator))


def test_a_grown_up_decides_alone_and_who_raised_them_is_no_guest(world: World) -> None:
    plan = opened(world)
    meeting = proposed(world.facilitator, plan)
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 19, day=1))
    grown = Person.objects.get(pk=world.youth.pk)
    assert not sees(world.caregiver, meeting)
    with pytest.raises(Refused):
        actions.agree_to_meeting(actor=world.caregiver, meeting=meeting, mark="0")
    actions.agree_to_meeting(actor=grown, meeting=meeting, mark="0")
    later = proposed(grown, plan, place="My own room")
    assert not Guest.objects.filter(meeting=later, seat__person=world.caregiver).exists()


def test_what_rests_on_the_young_persons_word_leaves_its_meetings_with_them(world: World) -> None:
    plan = actions.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=world.program.today() + dt.timedelta(days=9),
        access_basis=AccessBasis.SUBSTANCE,
    )
    seated(world, plan, world.caregiver, "caregiver", asked_by=world.facilitator)
    meeting = proposed(world.facilitator, plan)
    assert sees(world.youth, meeting)
    assert sees(world.facilitator, meeting)
    assert not sees(world.caregiver, meeting)
    assert not sees(world.liaison, meeting), "about alcohol or drugs: who wrote it down, and nobody else of the staff"
    assert not Notice.objects.filter(kind="meeting").exclude(person=world.youth).exists()


def test_a_place_fewer_people_may_know_of_than_of_the_plan_is_no_guest(world: World) -> None:
    plan = opened(world)
    seated(world, plan, None, "provider", name="A clinic", access_basis="minor")
    meeting = proposed(world.facilitator, plan)
    assert not Guest.objects.filter(meeting=meeting, seat__access_basis="minor").exists()


def test_the_calendar_of_a_guest_holds_the_time_and_no_word_more(world: World) -> None:
    plan = opened(world)
    meeting = confirmed(world, plan)
    address = _calendar_of(world.caregiver)
    (entry,) = _entries(address)
    assert str(entry["SUMMARY"]) == "Date to remember"
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert entry["DTSTART"].dt == meeting.starts_at
    assert entry["DTSTART"].params["TZID"] == "America/Chicago"
    assert not {"DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE"} & set(entry)
    actions.call_off_meeting(actor=world.youth, meeting=meeting, why="No")
    (gone,) = _entries(address)
    assert (str(gone["STATUS"]), gone["UID"]) == ("CANCELLED", entry["UID"])
    assert int(gone["SEQUENCE"]) == int(entry["SEQUENCE"]) + 1


def test_the_plan_and_the_list_ask_no_more_than_they_may(world: World, stop_time: StopTime) -> None:
    plan = opened(world)
    for days in range(1, 8):
        confirmed(world, plan, starts_at=timezone.now() + dt.timedelta(days=days))
    stop_time(timezone.now())
    for who in ("caregiver", "youth", "facilitator"):
        browser = signed_in(None, getattr(world, who))
        browser.get(f"/plans/{plan.public_id}/")
        for path in (f"/plans/{plan.public_id}/", f"/plans/{plan.public_id}/meetings/"):
            with CaptureQueriesContext(connection) as asked:
                browser.get(path)
            assert len(asked) <= 12, (who, path, len(asked), [one["sql"][:120] for one in asked.captured_queries])


def _calendar_of(person: Person) -> str:
    found = re.search(r"/calendar/[\w-]{43}\.ics", signed_in(None, person).post("/calendar/").content.decode())
    assert found is not None
    return found.group()


def _entries(address: str) -> list[Any]:
    return list(Calendar.from_ical(Client().get(address).content).walk("VEVENT"))
