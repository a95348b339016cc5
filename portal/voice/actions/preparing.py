"""Getting ready for a meeting: written by one person for themselves, and given on by them alone, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import preparing as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.meetings import held, page_of, words_of
from portal.care.kinds import TEXT
from portal.care.models import TeamMeeting
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.voice.actions.agenda import add_agenda_item, remove_agenda_item
from portal.voice.actions.danger import look_at_point
from portal.voice.models import PrepNote, PrepPoint
from portal.voice.refusals import TakenBackMeanwhile, WithOthersNow

Fate = PrepPoint.Fate
AS_ITEM = UUID("0f9f4a53-5a3c-4a53-9a55-7b8a4f0c8d11")  # so that what is brought twice is one item


@dataclass(frozen=True, slots=True)
class Words:
    """One thing to write down. `key`: made with the form; sent twice it is one point."""

    key: UUID
    kind: str
    text: str


@transaction.atomic
def write_down(*, actor: Person, meeting: TeamMeeting, points: Iterable[Words]) -> list[PrepPoint]:
    """For the writer alone: nobody can read it until they choose, and nobody is told but of words of danger. Raises NotGood."""
    meeting, _who = held(actor, meeting)
    require(access.may_prepare(actor, meeting))
    return [_written(actor, meeting, one) for one in points]


def _written(actor: Person, meeting: TeamMeeting, words: Words) -> PrepPoint:
    there = PrepPoint.objects.filter(public_id=words.key).first()
    if there is not None:
        require((there.by_id, there.meeting_id) == (actor.pk, meeting.pk))
        return there
    require(words.kind in PrepPoint.Kind.values)
    point = PrepPoint(public_id=words.key, meeting=meeting, by=actor, kind=words.kind)
    point.text = words_of(words.kind, words.text, TEXT)
    point.save()
    look_at_point(point)
    _note(actor, point, "written")
    return point


@transaction.atomic
def choose_for_point(*, actor: Person, point: PrepPoint, fate: str, text: str = "") -> None:
    """What becomes of one thing: kept, brought as an item of the agenda, given to the one beside them, told to who leads the
    meeting. Each choice replaces the one before; what was brought is taken off again.

    `text`: its words now; blank: as they are. Raises NotGood, WithOthersNow, TakenBackMeanwhile, MeetingOver.
    """
    meeting, point = _held(actor, point)
    pairing = access.peer_beside(actor, meeting)
    require(fate in access.fates_for(point, pairing))
    _reword(point, text)
    if point.fate == fate:
        return
    _leave(actor, point)
    point.fate, point.fate_at = Fate(fate), timezone.now()
    if point.fate == Fate.MEETING:
        key = uuid5(AS_ITEM, f"{point.public_id} {point.fate_at.isoformat()}")
        point.item = add_agenda_item(actor=actor, meeting=meeting, key=key, text=point.text)
    point.save()
    _note(actor, point, "given")
    if point.fate in PrepPoint.TO_PEER and pairing is not None:
        _tell_peer(pairing.peer.person)
    if point.fate in PrepPoint.TO_KEEPER:
        for person in access.keepers(meeting):
            notices.notify(
                person=person,
                kind=Notice.Kind.MEETING,
                path=page_of(meeting),
                about=f"meeting:{meeting.public_id}",
            )


def _reword(point: PrepPoint, text: str) -> None:
    text = text.strip()
    if not text or text == point.text:
        return
    if not point.is_mine_alone:
        raise WithOthersNow
    point.text = words_of("text", text, TEXT)
    point.save(update_fields=["sealed_text"])
    look_at_point(point)


def _leave(actor: Person, point: PrepPoint) -> None:
    """Nobody reads it by the choice before."""
    item, point.item = point.item, None
    point.fate = Fate.KEEP
    point.save(update_fields=["item", "fate"])
    if item is not None and item.removed_at is None:
        remove_agenda_item(actor=actor, item=item)


@transaction.atomic
def put_away(*, actor: Person, point: PrepPoint) -> None:
    """Off the list, for good: also off the agenda, and out of sight of who was given it. Twice is once."""
    meeting, _who = held(actor, point.meeting)
    point = PrepPoint.objects.select_for_update(of=("self",)).select_related("item").get(pk=point.pk)
    require(point.by_id == actor.pk)
    if point.removed_at is not None:
        return
    if meeting.is_planned:
        _leave(actor, point)
    point.fate, point.item, point.removed_at = Fate.KEEP, None, timezone.now()
    point.save(update_fields=["fate", "item", "removed_at"])
    _note(actor, point, "removed")


@transaction.atomic
def bring_along(*, actor: Person, meeting: TeamMeeting) -> int:
    """What was ready for a meeting that was called off is used for this one; how many. Each is the writer's alone again."""
    meeting, _who = held(actor, meeting)
    require(access.may_prepare(actor, meeting))
    left = access.left_from_before(access.points_of(actor, meeting.plan), meeting)
    rows = PrepPoint.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in left])
    moved = list(rows.order_by("pk"))
    for point in moved:
        point.meeting, point.fate, point.fate_at, point.item = meeting, Fate.KEEP, None, None
        point.save(update_fields=["meeting", "fate", "fate_at", "item"])
        _note(actor, point, "brought_along")
    return len(moved)


@transaction.atomic
def write_beside(*, actor: Person, point: PrepPoint, key: UUID, text: str) -> PrepNote:
    """A peer partner's word beside what they were given; what was given stays as it is. Raises NotGood, TakenBackMeanwhile."""
    there = PrepNote.objects.filter(public_id=key).first()
    if there is not None:
        require((there.by_id, there.point_id) == (actor.pk, point.pk))
        return there
    point = PrepPoint.objects.select_for_update(of=("self",)).select_related("by", "meeting").get(pk=point.pk)
    if not point.meeting.is_planned or point.fate not in PrepPoint.TO_PEER:
        raise TakenBackMeanwhile
    require(access.may_note(actor, point))
    note = PrepNote(public_id=key, point=point, by=actor)
    note.text = words_of("text", text, TEXT)
    note.save()
    _note(actor, point, "note")
    path = reverse("prep_show", args=[point.meeting.public_id])
    notices.notify(person=point.by, kind=Notice.Kind.VOICE, path=path, about=about_notes(point.meeting))
    return note


def see_prepared(*, actor: Person, meeting: TeamMeeting) -> None:
    """They have their own list open: what told them of a word beside it is read."""
    notices.mark_read(person=actor, about=about_notes(meeting))


def see_given(*, actor: Person) -> None:
    """A peer has what they were given before them."""
    notices.mark_read(person=actor, about="prep-given")


def about_notes(meeting: TeamMeeting) -> str:
    return f"prep-notes:{meeting.public_id}"


def _tell_peer(person: Person) -> None:
    notices.notify(person=person, kind=Notice.Kind.SUPPORT_ASKED, path=reverse("given_list"), about="prep-given")


def _held(actor: Person, point: PrepPoint) -> tuple[TeamMeeting, PrepPoint]:
    meeting, _who = held(actor, point.meeting)
    rows = PrepPoint.objects.select_for_update(of=("self",)).select_related("item")
    point = rows.get(pk=point.pk)
    require(point.by_id == actor.pk)
    point.meeting = meeting
    if point.removed_at is not None or not access.may_prepare(actor, meeting):
        raise TakenBackMeanwhile
    return meeting, point


def _note(actor: Person, point: PrepPoint, step: str) -> None:
    """On no family's record: what one person prepares is nobody else's to know of."""
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="prep", subject_id=point.public_id, step=step)
