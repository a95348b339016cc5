"""What becomes of a meeting: it took place, with what was said and who does what, or it was called off; and the word before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.access import meetings as access
from portal.access import require
from portal.access.enrollment import NARROWER
from portal.accounts.models import Person
from portal.care import refusals
from portal.care.actions.attending import alone, late, soon, wanted
from portal.care.actions.items import add_item
from portal.care.actions.meetings import about_of, held, note, page_of, tell, words_of
from portal.care.kinds import TEXT
from portal.care.models import Guest, Item, MeetingTask, TeamMeeting
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.enrollment.actions.enrolling import matter_of
from portal.enrollment.models import Enrollment
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.vocabulary import Event

State = TeamMeeting.State
BEFORE = dt.timedelta(hours=24)


@transaction.atomic
def hold_meeting(*, actor: Person, meeting: TeamMeeting, came: Collection[int], notes: str, without: str = "") -> None:
    """It took place: who came (ids of guests), and what was said. The promise that the team meets is kept with it.

    `without`: why nobody of the family was there, where nobody was; the family organization is told of that.
    Raises NotYetHeld, NotAgreed, MeetingOver, NobodyOfTheFamily.
    """
    meeting, who = held(actor, meeting)
    require(who.keeps)
    _check(meeting)
    if meeting.starts_at > timezone.now():
        raise refusals.NotYetHeld
    if meeting.place_agreed_at is None:
        raise refusals.NotAgreed
    guests = list(Guest.objects.filter(meeting=meeting).select_related("seat"))
    for guest in guests:
        guest.came = guest.pk in came and guest.kept_out_at is None
        guest.save(update_fields=["came"])
    is_alone = not any(guest.came and access.is_one_of_them(guest) for guest in guests)
    if is_alone and not without.strip():
        raise refusals.NobodyOfTheFamily
    meeting.notes = words_of("notes", notes, TEXT * 2)
    meeting.without = words_of("without", without, TEXT, required=False) if is_alone else ""
    _end(actor, meeting, State.HELD)
    if is_alone:
        for person in access.told_when_alone(meeting):
            notices.notify(person=person, kind=Notice.Kind.MEETING, path=page_of(meeting), about=alone(meeting))
    record_happening(
        actor=actor,
        program=meeting.plan.family.program,
        event=Event.TEAM_MET,
        at=meeting.starts_at,
        key=f"team_met:{meeting.public_id}",
        matter=_matter(meeting),
    )


@transaction.atomic
def call_off_meeting(*, actor: Person, meeting: TeamMeeting, why: str) -> None:
    """It does not take place, for a reason everybody asked to come reads. Calendars take it off. Raises MeetingOver."""
    meeting, who = held(actor, meeting)
    require(who.keeps or who.decides)
    _check(meeting)
    meeting.notes = words_of("why", why, TEXT)
    for about in (about_of(meeting), late(meeting)):  # what was told before is no more so: it is told anew
        notices.take_back(about=about)
    meeting.sequence += 1
    _end(actor, meeting, State.CALLED_OFF)


@transaction.atomic
def add_meeting_task(*, actor: Person, meeting: TeamMeeting, data: Mapping[str, Any], access_basis: str) -> Item:
    """What came out of it: a task of the plan, with who does it and by when. Raises NotGood, PlanClosed."""
    require(access.visible_meetings(actor).filter(pk=meeting.pk, state=State.HELD).exists())
    item = add_item(actor=actor, plan=meeting.plan, kind="task", data=data, access_basis=access_basis)
    MeetingTask.objects.create(meeting=meeting, item=item)
    return item


def remind_of_meetings() -> int:
    """Who comes is told once, about a day before; gives how many meetings that were. For any number of workers."""
    now = timezone.now()
    near = TeamMeeting.objects.filter(
        state=State.CONFIRMED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE
    )
    return one_by_one(near.order_by("starts_at", "pk"), _remind, "Who comes to a meeting could not be reminded")


@transaction.atomic
def _remind(meeting: TeamMeeting) -> bool:
    now = timezone.now()
    still = TeamMeeting.objects.filter(pk=meeting.pk, sequence=meeting.sequence, state=State.CONFIRMED)
    if not still.filter(reminded_at=None).update(reminded_at=now):
        return False
    absent = set(Guest.objects.filter(meeting=meeting, says=Guest.Says.NO).values_list("seat__person", flat=True))
    asked = set(Guest.objects.filter(meeting=meeting).values_list("seat__person", flat=True))
    for person in access.told_of(meeting):
        if person.pk in asked - absent:
            notices.notify(person=person, kind=Notice.Kind.MEETING, path=page_of(meeting), about=soon(meeting))
    return True


def name_unended() -> int:
    """Meetings whose time is over, and of which nobody has said what became of them: told once to who keeps them."""
    over = access.unended(TeamMeeting.objects.filter(state__in=access.PLANNED, starts_at__lt=timezone.now()))
    told = set(Notice.objects.filter(about__in=[late(one) for one in over]).values_list("about", flat=True))
    return one_by_one(
        [one for one in over if late(one) not in told], _name, "A meeting without an end could not be named"
    )


@transaction.atomic
def _name(meeting: TeamMeeting) -> bool:
    keepers = access.keepers(meeting)
    for person in access.told_of(meeting):
        if person.pk in keepers:
            notices.notify(person=person, kind=Notice.Kind.MEETING, path=page_of(meeting), about=late(meeting))
    return bool(keepers)


def _check(meeting: TeamMeeting) -> None:
    if not meeting.is_planned:
        raise refusals.MeetingOver


def _end(actor: Person, meeting: TeamMeeting, state: TeamMeeting.State) -> None:
    meeting.state, meeting.ended_by, meeting.ended_at = state, actor, timezone.now()
    meeting.save()
    for about in (soon(meeting), late(meeting), wanted(meeting)):
        notices.take_back(about=about)
    note(actor, meeting)
    tell(meeting, but=actor)


def _matter(meeting: TeamMeeting) -> Matter:
    """The time inside whose promise it keeps. Where the plan is closed to more people than that, its dates tell nothing of it."""
    plan = meeting.plan
    case = Enrollment.objects.filter(youth=plan.youth_id, ended_at=None).select_related(
        "family", "youth", "care_manager"
    )
    found = case.order_by("-pk").first()
    basis = AccessBasis(plan.access_basis)
    if found is not None and NARROWER.index(basis) <= NARROWER.index(AccessBasis(found.access_basis)):
        return matter_of(found)
    return Matter(
        family=plan.family, subject="plan", subject_id=str(plan.public_id), youth=plan.youth, access_basis=basis
    )
