"""A meeting without the family is the exception: it needs a reason, and who speaks for families hears of it."""

from __future__ import annotations

import pytest

from portal.access import pulse as access
from portal.care import actions as care
from portal.care.models import Guest, Seat, TeamMeeting, TeamRole
from portal.care.refusals import NobodyOfTheFamily
from portal.families.models import AccessBasis
from portal.notices.models import Notice
from tests.care.meetings import again, confirmed, over, proposed, seated
from tests.care.plans import NEXT, opened
from tests.voice.meetings import held
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases


@pytest.mark.promise("FSO-15")
def test_a_meeting_without_any_family_present_needs_a_reason_and_alerts_the_family_organization(world: World) -> None:
    meeting = over(confirmed(world, opened(world)))
    Notice.objects.all().delete()
    staff, path = signed_in(None, world.facilitator), f"/meetings/{meeting.public_id}/held/"
    came = [str(Guest.objects.get(meeting=meeting, seat__person=world.facilitator).pk)]
    refused = staff.post(path, {"came": came, "notes": "We talked about school."})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "Please write why you met without them" in shown
    assert "We talked about school." in shown, "nothing typed is lost"
    assert again(meeting).state == "confirmed"
    assert not Guest.objects.filter(meeting=meeting).exclude(came=None).exists()
    form = {"came": came, "notes": "We talked about school.", "without": "Their car broke down."}
    assert staff.post(path, form).status_code == 302
    alert = Notice.objects.get(about=f"meeting-alone:{meeting.public_id}")
    assert (alert.person, alert.path) == (world.liaison, f"/meetings/{meeting.public_id}/")
    for who in ("caregiver", "youth", "liaison"):
        page = signed_in(None, getattr(world, who)).get(f"/meetings/{meeting.public_id}/").content.decode()
        assert "Their car broke down." in page, who
    alert.refresh_from_db()
    assert alert.read_at is not None


def test_where_one_of_the_family_was_there_no_reason_is_asked_or_kept(world: World) -> None:
    plan = opened(world)
    for person in (world.caregiver, world.youth):
        meeting = held(world, plan, person, minutes=30 + person.pk)
        assert not Notice.objects.filter(about=f"meeting-alone:{meeting.public_id}").exists()
    meeting = over(confirmed(world, plan))
    there = {Guest.objects.get(meeting=meeting, seat__person=world.youth).pk}
    care.hold_meeting(actor=world.facilitator, meeting=meeting, came=there, notes="We met.", without="They were late")
    assert again(meeting).without == ""


def test_a_neighbor_at_the_table_is_not_the_family(world: World) -> None:
    plan = opened(world)
    seat = seated(world, plan, None, name="Aunt Bea")
    meeting = over(confirmed(world, plan))
    there = {Guest.objects.get(meeting=meeting, seat=seat).pk}
    with pytest.raises(NobodyOfTheFamily):
        care.hold_meeting(actor=world.facilitator, meeting=meeting, came=there, notes="We met.", without="  ")


def test_of_a_meeting_about_alcohol_or_drugs_no_liaison_learns(world: World) -> None:
    plan = care.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=world.program.today() + NEXT,
        access_basis=AccessBasis.SUBSTANCE,
    )
    meeting = proposed(world.facilitator, plan)
    care.agree_to_meeting(actor=world.youth, meeting=meeting, mark="0")
    care.hold_meeting(actor=world.facilitator, meeting=over(meeting), came=set(), notes="Alone.", without="Ill")
    assert not Notice.objects.filter(person=world.liaison).filter(about__contains=str(meeting.public_id)).exists()


@pytest.mark.promise("FSO-15")
def test_the_share_of_meetings_with_family_youth_and_peer_is_computed_from_who_came(world: World) -> None:
    plan = opened(world)
    seated(world, plan, world.peer, TeamRole.PEER)
    held(world, plan, world.caregiver, world.youth, world.peer, minutes=31)
    held(world, plan, world.caregiver, minutes=32)
    held(world, plan, minutes=33)
    care.call_off_meeting(actor=world.caregiver, meeting=proposed(world.caregiver, plan, minutes=34), why="Ill")
    today = world.program.today()
    rows = access.presence_in(world.program, today.replace(day=1), today.replace(year=today.year + 1))
    assert [dict(one.said) for one in rows] == [
        {"family": "young", "peer": "there"},
        {"family": "raising", "peer": "away"},
        {"family": "none", "peer": "away"},
    ]
    assert access.presence_in(world.other_program, today.replace(day=1), today.replace(year=today.year + 1)) == []
    assert TeamMeeting.objects.filter(state="held").count() == 3
    assert Seat.objects.filter(plan=plan, role=TeamRole.PEER).exists()
