"""Asking the family how a meeting was, keeping what they say, and publishing once a year what all of them said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import pulse as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.meetings import words_of
from portal.care.kinds import TEXT
from portal.care.models import TeamMeeting
from portal.clocks.actions import record_happening
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from portal.voice import yearly
from portal.voice.actions.danger import look_at_pulse
from portal.voice.models import MeetingResult, Pulse, PulseAnswer
from portal.voice.refusals import PublishedAlready, PulseOver
from portal.voice.results import Year

Side = Pulse.Side
OLD = dt.timedelta(days=30)  # after an outage nobody is asked about a meeting they have long forgotten


def ask_pulses() -> int:
    """Each of the family is asked once about each meeting that took place; gives how many were. For any number of workers."""
    found = access.unasked_meetings(timezone.now() - OLD)
    return one_by_one(found.order_by("ended_at", "pk"), _ask, "The family could not be asked how a meeting was")


@transaction.atomic
def _ask(meeting: TeamMeeting) -> int:
    TeamMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if Pulse.objects.filter(meeting=meeting).exists():
        return 0
    days = meeting.plan.family.program.profile.settings.pulse_days.value
    now = timezone.now()
    members = access.asked_about(meeting)
    for member in members:
        side = Side.YOUNG if member.role == Member.Role.YOUTH else Side.RAISING
        pulse = Pulse.objects.create(
            meeting=meeting, person=member.person, side=side, asked_at=now, closes_at=now + dt.timedelta(days=days)
        )
        path = reverse("pulse_show", args=[pulse.public_id])
        notices.notify(person=member.person, kind=Notice.Kind.PULSE, path=path, about=_about(pulse))
    return len(members)


@transaction.atomic
def answer_pulse(
    *,
    actor: Person,
    pulse: Pulse,
    heard: str,
    changed: str,
    words: str,
    reader: str,
    survey: Sequence[int] = (),
) -> PulseAnswer:
    """Say how it was; until its last day as often as they like, the newest counts. The same sent twice is one answer.

    `reader`: who may read it. Raises NotGood, PulseOver.
    """
    pulse = _held(actor, pulse)
    require(heard in PulseAnswer.Heard.values and changed in PulseAnswer.Changed.values)
    before = access.answer_of(pulse)
    kept = before.reader if before is not None else PulseAnswer.Reader.NOBODY
    require(reader == kept or reader in access.readers_for(actor, pulse.meeting))
    answer = PulseAnswer(pulse=pulse, heard=heard, changed=changed, reader=reader, survey=list(survey))
    answer.words = words_of("words", words, TEXT, required=False)
    if before is not None and _said(before) == _said(answer):
        return before
    answer.save()
    look_at_pulse(answer)
    Pulse.objects.filter(pk=pulse.pk).update(skipped_at=None)
    notices.mark_read(person=actor, about=_about(pulse))
    _note(actor, pulse, "answered")
    return answer


def _said(answer: PulseAnswer) -> tuple[Any, ...]:
    return answer.heard, answer.changed, answer.words, answer.reader, answer.survey


@transaction.atomic
def skip_pulse(*, actor: Person, pulse: Pulse) -> None:
    """Not this time: nobody is told, and it is not asked again. What was answered already stays. Raises PulseOver."""
    pulse = _held(actor, pulse)
    if pulse.skipped_at is None and access.answer_of(pulse) is None:
        Pulse.objects.filter(pk=pulse.pk).update(skipped_at=timezone.now())
        _note(actor, pulse, "skipped")
    notices.mark_read(person=actor, about=_about(pulse))


@transaction.atomic
def publish_result(*, actor: Person, program: Program, year: Year, words: str) -> MeetingResult:
    """Let everybody read how the meetings of one year went. Once a year; what is out stays as it is.

    Within its year it keeps the promise that the collaborative hears of it (S3:31). What comes after its year stays late: it
    does not count for the year that runs. Raises NotGood, PublishedAlready.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    require(access.may_publish(actor, program) and year in yearly.open_years(program))
    if MeetingResult.objects.filter(program=program, first_on=year.first).exists():
        raise PublishedAlready
    counted = yearly.count(program, year)
    result = MeetingResult(
        program=program,
        first_on=year.first,
        last_on=year.last,
        counted_until=counted.until,
        words=words_of("words", words, 2 * TEXT),
        numbers=counted.numbers,
        published_by=actor,
        published_at=timezone.now(),
    )
    result.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject="meeting_result", subject_id=result.public_id)
    if not result.is_late:
        record_happening(
            actor=actor,
            program=program,
            event=Event.TEAM_DATA_REPORTED,
            at=result.published_at,
            key=f"meeting_result:{result.public_id}",
        )
    return result


def _held(actor: Person, pulse: Pulse) -> Pulse:
    rows = Pulse.objects.select_for_update(of=("self",)).select_related("meeting__plan__family__program")
    pulse = rows.get(pk=pulse.pk)
    require(pulse.person_id == actor.pk and actor.is_active)
    if not pulse.is_open:
        raise PulseOver
    return pulse


def _about(pulse: Pulse) -> str:
    return f"pulse:{pulse.public_id}"


def _note(actor: Person, pulse: Pulse, step: str) -> None:
    """On no family's record: whether somebody answered is theirs alone."""
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="pulse", subject_id=pulse.public_id, step=step)
