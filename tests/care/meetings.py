"""Meetings of the Marchand family's team, made by the same actions that pages use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.care import actions
from portal.care.models import Guest, Plan, Seat, TeamMeeting, TeamRole
from portal.programs.models import StaffRole
from tests.world import World

SOON = dt.timedelta(days=3)
WHERE = "The library on Fourth Street"


def proposed(actor: Person, plan: Plan, **changed: Any) -> TeamMeeting:
    said: dict[str, Any] = {
        "starts_at": (timezone.now() + SOON).replace(microsecond=0),
        "minutes": 60,
        "how": "place",
        "place": WHERE,
        "about": "How the mornings go",
    }
    return actions.propose_meeting(actor=actor, plan=plan, **said | changed)


def confirmed(world: World, plan: Plan, **changed: Any) -> TeamMeeting:
    """Staff propose, the mother says yes, staff confirm."""
    meeting = proposed(world.facilitator, plan, **changed)
    actions.agree_to_meeting(actor=world.caregiver, meeting=meeting, mark=mark(meeting))
    actions.confirm_meeting(actor=world.facilitator, meeting=meeting, mark=mark(meeting))
    return again(meeting)


def over(meeting: TeamMeeting) -> TeamMeeting:
    """Its time has passed."""
    TeamMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - dt.timedelta(hours=2))
    return again(meeting)


def again(meeting: TeamMeeting) -> TeamMeeting:
    return TeamMeeting.objects.get(pk=meeting.pk)


def mark(meeting: TeamMeeting) -> str:
    return str(again(meeting).sequence)


def seated(world: World, plan: Plan, person: Person | None, role: str = TeamRole.NEIGHBOR, **more: Any) -> Seat:
    """On the team, as the family wants it: asked in, though somebody may have been on it by themselves."""
    name = more.pop("name", "")
    if person is not None:
        Seat.objects.filter(plan=plan, person=person, by_itself=True).delete()
    seat = Seat(plan=plan, person=person, role=role, asked_by=more.pop("asked_by", world.caregiver), **more)
    seat.name = name
    seat.joined_at = timezone.now()
    seat.save()
    return seat


def guest(meeting: TeamMeeting, person: Person | None) -> Guest:
    return Guest.objects.select_related("meeting", "seat__person").get(meeting=meeting, seat__person=person)


def teacher(world: World, plan: Plan) -> tuple[Person, Seat]:
    """Somebody who works for one of the agencies and does not stand beside the family."""
    person = create_person(display_name="Ada Reed", email="ada.reed@example.org", is_adult_confirmed=True)
    StaffRole.objects.create(
        person=person, organization=world.liaison_role.organization, role=StaffRole.Role.GRIEVANCE_COORDINATOR
    )
    return person, seated(world, plan, person, TeamRole.SCHOOL, agency="Gretna Middle School")
