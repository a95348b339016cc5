"""Whom we ask how a meeting was, who reads an answer, and who counts all of them.

An answer is read by whom its writer chose, and by nobody else of the family. All are counted; the counts are nameless and
leave out what is too small (`portal.voice.results`). Results are for who leads the programme, and once they are published,
for everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from portal.access import clocks, meetings, moment, people, preparing
from portal.access.meetings import Standing
from portal.accounts.models import Person
from portal.care.models import Guest, TeamMeeting, TeamRole
from portal.clocks.models import Clock
from portal.families.models import Member
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from portal.voice.models import MeetingResult, Pulse, PulseAnswer
from portal.voice.results import Record

Heard, Reader = PulseAnswer.Heard, PulseAnswer.Reader
HELD = TeamMeeting.State.HELD


# -- who is asked ------------------------------------------------------------------------------------------------------------


def unasked_meetings(since: dt.datetime) -> QuerySet[TeamMeeting]:
    """Held since then, with nobody asked about it yet."""
    rows = TeamMeeting.objects.filter(state=HELD, ended_at__gte=since, pulses__isnull=True)
    return rows.select_related("plan__family__program", "plan__youth__person", "plan__youth__family__program")


def asked_about(meeting: TeamMeeting) -> list[Member]:
    """The young person and who raises them, where the meeting is for them: there or not, which is theirs to say."""
    rows = Member.objects.filter(
        Member.in_force(moment.now()),
        family=meeting.plan.family_id,
        role__in=people.AT_HOME,
        person__is_active=True,
    )
    told = {person.pk for person in meetings.told_of(meeting)}
    return [one for one in rows.select_related("person").order_by("pk") if one.person_id in told]


# -- one's own -----------------------------------------------------------------------------------------------------------------


def own_pulses(person: Person) -> QuerySet[Pulse]:
    rows = Pulse.objects.filter(person=person, person__is_active=True)
    return rows.select_related("meeting__plan__family__program", "person").order_by("-pk")


def waiting_pulses(person: Person) -> QuerySet[Pulse]:
    """Not answered, not skipped, and still open."""
    return own_pulses(person).filter(skipped_at=None, answers__isnull=True, closes_at__gt=moment.now())


def answer_of(pulse: Pulse) -> PulseAnswer | None:
    """The newest, which is the one that counts."""
    return PulseAnswer.objects.filter(pulse=pulse).select_related("pulse").order_by("-pk").first()


def unscreened() -> QuerySet[PulseAnswer]:
    """Answers not yet looked at for words of danger."""
    rows = PulseAnswer.objects.filter(screened_at=None)
    return rows.select_related("pulse__person", "pulse__meeting__plan").order_by("pk")


def may_answer(person: Person, pulse: Pulse) -> bool:
    return pulse.person_id == person.pk and person.is_active and pulse.is_open


# -- who reads one ---------------------------------------------------------------------------------------------------------------


def _newest() -> QuerySet[PulseAnswer]:
    newest = PulseAnswer.objects.filter(pulse=OuterRef("pulse")).order_by("-pk").values("pk")[:1]
    return PulseAnswer.objects.filter(pk=Subquery(newest)).select_related("pulse__person", "pulse__meeting__plan")


def read_by_team(who: Standing, meeting: TeamMeeting) -> list[PulseAnswer]:
    """What people let the staff of their team read; the staff who keep the meeting, and nobody of the family."""
    if not who.keeps or meeting.state != HELD:
        return []
    return list(_newest().filter(pulse__meeting=meeting, reader=Reader.TEAM).order_by("pk"))


def read_by_peer(beside: preparing.Beside) -> list[PulseAnswer]:
    """What these people let the one beside them read (`preparing.stands_beside`)."""
    found = _newest().filter(pulse__person__in=[writer for writer, _family in beside], reader=Reader.PEER)
    rows = found.order_by("-pk")
    return [one for one in rows if (one.pulse.person_id, one.pulse.meeting.plan.family_id) in beside]


def readers_for(person: Person, meeting: TeamMeeting) -> list[PulseAnswer.Reader]:
    """Whom this person can let read it now."""
    pairing = preparing.peer_beside(person, meeting)
    return [one for one in Reader if one != Reader.PEER or pairing is not None]


# -- counting ------------------------------------------------------------------------------------------------------------------


def led_programs(person: Person) -> QuerySet[Program]:
    """The programmes whose results this person reads and publishes."""
    return clocks.led_programs(person).order_by("name", "pk")


def may_publish(person: Person, program: Program) -> bool:
    return led_programs(person).filter(pk=program.pk).exists()


def answers_in(program: Program, first: dt.date, end: dt.date) -> list[Record]:
    """Nameless: the day on which it was asked, a number for whoever answered, and what they said; the oldest first.

    By the day of the question, and only once the answer can be changed no more: a count that still moves tells who moved it.
    """
    rows = (
        _newest()
        .filter(
            pulse__meeting__plan__family__program=program,
            pulse__asked_at__gte=_begin(program, first),
            pulse__asked_at__lt=_begin(program, end),
            pulse__closes_at__lte=moment.now(),
        )
        .exclude(heard=Heard.AWAY)
        .order_by("pulse__asked_at", "pk")
    )
    values = rows.values_list("pulse__asked_at", "pulse__person", "pulse__side", "heard", "changed", "survey")
    return [
        Record(_day(program, at), who, {"side": side, "heard": heard, "changed": changed, **_of_survey(survey)})
        for at, who, side, heard, changed, survey in values
    ]


def _of_survey(answers: list[int]) -> dict[str, str]:
    return {f"survey-{place}": str(answer) for place, answer in enumerate(answers)}


def presence_in(program: Program, first: dt.date, end: dt.date) -> list[Record]:
    """Of each meeting that was written down as held in that time: who was there, by its own list of who came."""
    held = TeamMeeting.objects.filter(
        plan__family__program=program,
        state=HELD,
        ended_at__gte=_begin(program, first),
        ended_at__lt=_begin(program, end),
    )
    rows = [(pk, at) for pk, at in held.order_by("ended_at", "pk").values_list("pk", "ended_at") if at is not None]
    there = Guest.objects.filter(meeting__in=held, came=True).values_list("meeting", "seat__role")
    roles: dict[int, set[str]] = {}
    for meeting, role in there:
        roles.setdefault(meeting, set()).add(role)
    return [Record(_day(program, at), pk, _presence(roles.get(pk, set()))) for pk, at in rows]


def _presence(roles: set[str]) -> dict[str, str]:
    family = "young" if TeamRole.YOUTH in roles else "raising" if TeamRole.CAREGIVER in roles else "none"
    return {"family": family, "peer": "there" if TeamRole.PEER in roles else "away"}


def _begin(program: Program, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=program.zone)


def _day(program: Program, at: dt.datetime) -> dt.date:
    return at.astimezone(program.zone).date()


# -- what is published ---------------------------------------------------------------------------------------------------------


def published(program: Program) -> QuerySet[MeetingResult]:
    """For everybody, the newest first."""
    return MeetingResult.objects.filter(program=program).select_related("program").order_by("-first_on")


def result_clocks(program: Program) -> list[Clock]:
    """The yearly date by which it is promised, the newest first; none where this programme promises none."""
    found = Clock.objects.filter(program=program, family=None, satisfied_by=Event.TEAM_DATA_REPORTED)
    return list(found.exclude(state=Clock.State.CANCELLED).order_by("-period", "-pk"))


def overdue(promised: Iterable[Clock], done: Collection[dt.date]) -> list[Clock]:
    """Of these years those that went by without a result and still have none. `done`: the first days of those that have one."""
    missed = [one for one in promised if one.state == Clock.State.MISSED]
    return [one for one in missed if one.opens_at.astimezone(one.tzinfo).date() not in done]


def every_program() -> QuerySet[Program]:
    """What is published is for everybody."""
    return Program.objects.order_by("name", "pk")


def any_program(slug: str) -> Program | None:
    return every_program().filter(slug=slug).first()


def program_of(person: Person | None) -> Program | None:
    return people.program_of(person) if person is not None else None
