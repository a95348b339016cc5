"""What happened to the complaints of a programme, without names: for the yearly count, and for the coordinator's own look."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from portal.access import grievances, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.families.models import Member
from portal.programs.models import Program, StaffRole
from portal.programs.vocabulary import Event
from rights_grievances.mcpar import Told, Turn
from rights_grievances.models import SUBJECT, Appeal, Case, CaseStep, Lesson, RightAnswer

READERS = (StaffRole.Role.GRIEVANCE_COORDINATOR, StaffRole.Role.PROGRAMME_LEAD)
TURNS: dict[str, Turn] = {
    CaseStep.Kind.RESOLVED: "resolved",
    CaseStep.Kind.CLOSED: "ended",
    CaseStep.Kind.WITHDRAWN: "ended",
    CaseStep.Kind.REOPENED: "reopened",
}
ANSWERS = (Event.GRIEVANCE_RESOLVED, Event.APPEAL_RESOLVED)
COUNTED = (Case.Kind.GRIEVANCE, Case.Kind.APPEAL)


def counted_programs(person: Person) -> QuerySet[Program]:
    """The programmes whose complaints this person may read as numbers: coordinators and leads."""
    led = people.staff_roles(person).filter(role__in=READERS).values("organization__program")
    programs = Program.objects.filter(pk__in=led) if person.is_active else Program.objects.none()
    return programs.order_by("name", "pk")


def told_cases(program: Program, plan: str = "") -> list[Told]:
    """Every complaint and appeal of the programme that binds a health plan, in four questions however many there are."""
    steps = CaseStep.objects.filter(kind__in=TURNS).order_by("at", "pk")
    cases = (
        Case.objects.filter(program=program, kind__in=COUNTED)
        .exclude(plan="")
        .select_related("appeal__notice")
        .prefetch_related(Prefetch("steps", steps, to_attr="turns"))
        .order_by("pk")
    )
    if plan:
        cases = cases.filter(plan=plan)
    clocks = _clocks(program)
    return [_told(case, clocks[str(case.public_id)], program) for case in cases]


def _clocks(program: Program) -> dict[str, list[Clock]]:
    """By case, the dates of the law for its answer."""
    owed = Clock.objects.filter(program=program, subject=SUBJECT, satisfied_by__in=ANSWERS, duty_of="plan")
    found = defaultdict(list)
    for clock in owed.exclude(state=Clock.State.CANCELLED).order_by("pk"):
        found[clock.subject_id].append(clock)
    return found


def _told(case: Case, clocks: Iterable[Clock], program: Program) -> Told:
    turns: list[CaseStep] = case.turns  # type: ignore[attr-defined]
    clocks = list(clocks)
    days = [(_day(one.at, program), TURNS[one.kind], _is_in_time(one.at, clocks)) for one in turns]
    appeal = getattr(case, "appeal", None)
    if case.kind != Case.Kind.APPEAL or appeal is None:
        return Told(
            is_appeal=case.kind == Case.Kind.APPEAL,
            filed_on=_day(case.filed_at, program),
            turns=days,
            reasons=frozenset(case.reasons),
            services=frozenset(case.services),
            about=_first(case),
        )
    return Told(
        is_appeal=True,
        filed_on=_day(case.filed_at, program),
        turns=days,
        services=frozenset(case.services),
        about=appeal.notice.what if appeal.notice is not None else _first(case),
        result=appeal.result,
        is_fast=appeal.speed == Appeal.Speed.GRANTED,
        hearing_asked_on=_day_or_none(appeal.hearing_requested_at, program),
        hearing_over_on=_day_or_none(appeal.hearing_decided_at, program),
        hearing=appeal.hearing,
    )


def _first(case: Case) -> str:
    """The one reason of an appeal that has no letter behind it."""
    return str(case.reasons[0]) if case.reasons else ""


def _is_in_time(at: dt.datetime, clocks: list[Clock]) -> bool:
    """By the dates of the law, as they were moved. Where none ran, nobody can say that it was in time."""
    begun = [clock for clock in clocks if clock.started_at <= at]
    return bool(begun) and not any(_is_late(at, clock) for clock in begun)


def _is_late(at: dt.datetime, clock: Clock) -> bool:
    return clock.ends_at is not None and (clock.met_at or at) >= clock.ends_at


def _day(at: dt.datetime, program: Program) -> dt.date:
    return at.astimezone(program.zone).date()


def _day_or_none(at: dt.datetime | None, program: Program) -> dt.date | None:
    return _day(at, program) if at is not None else None


# -- the coordinator's own look: months, reasons, what was learned -----------------------------------------------------


def trend_cases(person: Person, program: Program, since: dt.datetime) -> list[tuple[dt.date, frozenset[str]]]:
    """Day and reasons of each complaint told since then, without those that this reader may not learn of by any number."""
    hidden = grievances.hidden_cases(person)
    kinds = (Case.Kind.GRIEVANCE, Case.Kind.APPEAL, Case.Kind.UNSORTED)
    cases = Case.objects.filter(program=program, filed_at__gte=since, kind__in=kinds).exclude(
        pk__in=hidden.values("pk")
    )
    rows = cases.order_by("filed_at", "pk").values_list("filed_at", "kind", "reasons")
    return [
        (_day(at, program), frozenset(reasons) if kind == Case.Kind.GRIEVANCE else frozenset())
        for at, kind, reasons in rows
    ]


def last_words(program: Program, since: dt.datetime) -> list[tuple[str, str]]:
    """Right and answer, of each person only the last one: nobody is told whose it is."""
    rows = RightAnswer.objects.filter(program=program, at__gte=since).order_by("at", "pk")
    said = {(person, right): answer for person, right, answer in rows.values_list("person", "right", "answer")}
    return [(right, answer) for (_person, right), answer in said.items()]


def may_publish(person: Person, program: Program) -> bool:
    """Say to everyone what was learned."""
    return counted_programs(person).filter(pk=program.pk).exists()


def lessons(program: Program) -> QuerySet[Lesson]:
    """What everyone may read, the newest first."""
    return Lesson.objects.filter(program=program, withdrawn_at=None).order_by("-published_at", "-pk")


def own_lessons(person: Person) -> QuerySet[Lesson]:
    """Those this person may take back."""
    held = Lesson.objects.filter(program__in=counted_programs(person), withdrawn_at=None)
    return held.select_related("program").order_by("-published_at", "-pk")


def names_somebody(program: Program, text: str) -> bool:
    """Whether the whole name of somebody of the programme stands in it. Other traces a person has to find."""
    staff = StaffRole.objects.filter(organization__program=program).values("person")
    kin = Member.objects.filter(family__program=program).values("person")
    return bool(people.named_in(text, Person.objects.filter(Q(pk__in=staff) | Q(pk__in=kin))))
