"""What a reader of a plan sees of the time around it: dates that are owed, and meetings of the team."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import care, clocks, meetings, people
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.models import Guest, Plan, TeamMeeting
from portal.clocks.models import Clock
from portal.families.models import AccessBasis

LONG_AGO = dt.timedelta(days=366)


def sees_whole(reader: Reader) -> bool:
    """All that rests on a parent's consent: only then does a count over the whole plan say what is so."""
    return reader.part not in {Part.SCHOOL, Part.SUPPORT} and not reader.is_apart


def clocks_around(reader: Reader, plan: Plan) -> QuerySet[Clock]:
    """Of the family or of this young person, as far as the reader sees them at all; nobody's own private matter."""
    found = clocks.visible_clocks(reader.person).filter(
        Q(youth=None) | Q(youth=plan.youth_id),
        family=plan.family_id,
        matter_of=None,
        due_at__isnull=False,
        due_at__gte=timezone.now() - LONG_AGO,
    )
    return found.exclude(state__in=["cancelled", "excused"]).select_related("responsible__person")


def meetings_around(reader: Reader, plan: Plan) -> list[TeamMeeting]:
    """Those that took place or are agreed: the day alone, never the place.

    As `meetings.visible_meetings` says it of who reads the plan as a whole, in one question.
    """
    if not sees_whole(reader):
        return []
    states = [TeamMeeting.State.CONFIRMED, TeamMeeting.State.HELD]
    if plan.access_basis != AccessBasis.PARENT or not people.is_minor(plan.youth.person, plan.family.program):
        return [one for one in meetings.meetings_of(reader, plan) if one.state in states]
    kept_out = Guest.objects.filter(meeting=OuterRef("pk"), seat__person=reader.person, kept_out_at__isnull=False)
    found = TeamMeeting.objects.filter(~Exists(kept_out), plan=plan, state__in=states).select_related("proposed_by")
    return list(found.order_by("starts_at", "pk"))


def plans_read(person: Person) -> list[tuple[Plan, Reader]]:
    """The open plans that are for that person, each with the part in which they stand to it."""
    return care.read_open_plans(person)


def meetings_to_answer(reader: Reader, plan: Plan) -> list[TeamMeeting]:
    """Those still to come whose time and place wait for the family's yes, for whoever may give it."""
    if reader.part not in {Part.YOUNG, Part.RAISING} or reader.is_apart:
        return []
    waiting = Q(state=TeamMeeting.State.PROPOSED, place_agreed_at=None, starts_at__gt=timezone.now())
    if not TeamMeeting.objects.filter(waiting, plan=plan).exists():  # nearly always; the rest asks more
        return []
    found = meetings.visible_meetings(reader.person).filter(waiting, plan=plan)
    return [one for one in found if meetings.standing_in(reader.person, one).decides]
