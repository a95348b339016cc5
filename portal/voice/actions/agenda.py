"""The agenda of a meeting: added to by everybody, ordered by the family, confirmed by who keeps the meeting; and notes of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.access import agenda as access
from portal.access import granted, require
from portal.accounts.models import Person
from portal.care import refusals as care_refusals
from portal.care.actions.meetings import held, tell, words_of
from portal.care.kinds import TEXT
from portal.care.models import TeamMeeting
from portal.voice.actions.plan_steps import note_on_plan
from portal.voice.models import AgendaConfirmation, AgendaItem, MeetingNote
from portal.voice.refusals import OrderChanged

LONGEST_NOTE = 2 * TEXT


@transaction.atomic
def add_agenda_item(*, actor: Person, meeting: TeamMeeting, key: UUID, text: str) -> AgendaItem:
    """One more thing to talk about, after what is there on its side. `key`: made with the form; sent twice it is one item.

    Raises NotGood, MeetingOver, PlanClosed.
    """
    meeting, who = held(actor, meeting)
    side = granted(access.side_of(who))
    there = AgendaItem.objects.filter(public_id=key).first()
    if there is not None:
        require((there.by_id, there.meeting_id) == (actor.pk, meeting.pk))
        return there
    _check(meeting)
    last = AgendaItem.objects.filter(meeting=meeting, side=side).aggregate(last=Max("place"))["last"]
    item = AgendaItem(public_id=key, meeting=meeting, side=side, by=actor, place=(last or 0) + 1)
    item.text = words_of("text", text, TEXT)
    item.save()
    note_on_plan(actor, meeting.plan, step="agenda")
    tell(meeting, but=actor)
    return item


@transaction.atomic
def move_agenda_item(*, actor: Person, item: AgendaItem, past: UUID) -> None:
    """The family's own order: the item changes places with its neighbor `past`, as both stood on the page.

    Families lead their planning (S3:25), so nobody else moves anything. Where the two are no neighbors any more, somebody
    was quicker and nothing moves. Raises OrderChanged, MeetingOver, PlanClosed.
    """
    meeting, who = held(actor, item.meeting)
    require(who.decides)
    _check(meeting)
    items = [one for one in access.items_of(meeting).select_for_update() if one.side == item.side]
    ids = [one.public_id for one in items]
    if item.public_id not in ids or past not in ids:
        raise OrderChanged
    first, second = sorted((ids.index(item.public_id), ids.index(past)))
    if second - first != 1:
        raise OrderChanged
    one, other = items[first], items[second]
    one.place, other.place = other.place, one.place
    for moved in (one, other):
        moved.save(update_fields=["place"])
    note_on_plan(actor, meeting.plan, step="agenda")


@transaction.atomic
def remove_agenda_item(*, actor: Person, item: AgendaItem) -> None:
    """Taken off by who brought it; by the family also what others brought. Doing it twice is doing it once."""
    meeting, who = held(actor, item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    require(item.by_id == actor.pk or (item.side == AgendaItem.Side.TEAM and who.decides))
    if item.removed_at is not None:
        return
    _check(meeting)
    item.removed_by, item.removed_at = actor, timezone.now()
    item.save(update_fields=["removed_by", "removed_at"])
    note_on_plan(actor, meeting.plan, step="agenda")


@transaction.atomic
def confirm_agenda(*, actor: Person, meeting: TeamMeeting, mark: str) -> None:
    """Who keeps the meeting says that this agenda stands. `mark`: the one they had before them.

    Raises OrderChanged, MeetingOver, PlanClosed.
    """
    meeting, who = held(actor, meeting)
    require(who.keeps)
    _check(meeting)
    if mark != access.mark_of(access.items_of(meeting)):
        raise OrderChanged
    AgendaConfirmation.objects.update_or_create(
        meeting=meeting, defaults={"by": actor, "at": timezone.now(), "mark": mark}
    )
    note_on_plan(actor, meeting.plan, step="agenda")


@transaction.atomic
def add_meeting_note(*, actor: Person, meeting: TeamMeeting, key: UUID, text: str) -> MeetingNote:
    """What one of the family, a peer or staff adds to the record: all alike, read by whoever reads the record (S1:87).

    Raises NotGood.
    """
    meeting, who = held(actor, meeting)
    require(access.may_add_note(who, meeting))
    there = MeetingNote.objects.filter(public_id=key).first()
    if there is not None:
        require((there.by_id, there.meeting_id) == (actor.pk, meeting.pk))
        return there
    note = MeetingNote(public_id=key, meeting=meeting, by=actor)
    note.text = words_of("text", text, LONGEST_NOTE)
    note.save()
    note_on_plan(actor, meeting.plan, step="meeting_note")
    tell(meeting, but=actor)
    return note


def _check(meeting: TeamMeeting) -> None:
    if not meeting.is_planned:
        raise care_refusals.MeetingOver
    if not meeting.plan.is_open:
        raise care_refusals.PlanClosed
