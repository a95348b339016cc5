"""Who answers what families say, who is counted on to, where nobody is, and how many answers come in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal.access import care, families, moment
from portal.access.statements import (
    PEERS,
    READS_TEAM,
    Audience,
    Job,
    State,
    facilitators,
    said_to_staff,
    staff_of_team,
    still_paired,
    with_all,
)
from portal.accounts.models import Person
from portal.care.models import Item, Plan
from portal.programs.models import Program, StaffRole
from portal.voice.models import Statement, StatementStep

# -- who answers -----------------------------------------------------------------------------------------------------------


def statements_to_answer(person: Person) -> QuerySet[Statement]:
    """What this person reads as staff, the longest waiting first."""
    if not person.is_active:
        return Statement.objects.none()
    return with_all(Statement.objects.filter(said_to_staff(person))).order_by("said_at", "pk")


def owed(person: Person) -> QuerySet[Statement]:
    """Of these what waits."""
    return statements_to_answer(person).filter(state=State.HEARD)


def answers_families(roles: Iterable[StaffRole]) -> bool:
    """Has a job in which families say something to them. `roles`: those a person holds now."""
    return any(role.role in (*families.SEES_THE_FAMILY, *PEERS) for role in roles)


def hears_alone(roles: Iterable[StaffRole]) -> bool:
    """A peer partner or mentor and nothing else: families say something to them alone."""
    jobs = {role.role for role in roles}
    return bool(jobs & set(PEERS)) and not jobs & set(families.SEES_THE_FAMILY)


def leads(roles: Iterable[StaffRole]) -> list[Program]:
    """The programmes whose numbers are theirs to see."""
    led = [role.organization.program for role in roles if role.role == Job.PROGRAMME_LEAD]
    return list({program.pk: program for program in led}.values())


@dataclass(frozen=True, slots=True)
class Heard:
    """A family from whom something waits, in how many statements, and how many of them are late."""

    public_id: UUID
    name: str
    program: str  # its slug
    waiting: int
    late: int
    late_open: int  # of these, without what was said to one person alone


def families_heard(person: Person) -> list[Heard]:
    """By name, in one question."""
    is_late = Q(due_at__lt=moment.now())
    rows = owed(person).order_by("family__name", "family")
    found = rows.values_list("family__public_id", "family__name", "family__program__slug").annotate(
        waiting=Count("pk"),
        late=Count("pk", filter=is_late),
        late_open=Count("pk", filter=is_late & ~Q(audience=Audience.ONE)),
    )
    return [Heard(*row) for row in found]


def count_owed(person: Person) -> tuple[int, int]:
    """How many statements wait for this person's answer, and how many of them are late."""
    found = owed(person).order_by().aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=moment.now())))
    return found["waiting"], found["late"]


def may_answer(person: Person, statement: Statement) -> bool:
    return not statement.is_taken_back and statements_to_answer(person).filter(pk=statement.pk).exists()


def answering_role(person: Person, statement: Statement) -> StaffRole | None:
    """The job in which this person answers it."""
    if not may_answer(person, statement):
        return None
    own = [role for role in answering(statement) if role.person_id == person.pk]
    return own[0] if own else None


def answering(statement: Statement) -> list[StaffRole]:
    """Everybody who may answer it now, who is counted on first."""
    found: list[StaffRole] = []
    if statement.told_to is not None and still_paired().filter(pk=statement.pk).exists():
        found = [statement.told_to]
    if statement.audience == Audience.ONE:
        return found
    team = staff_of_team(statement.family)
    if statement.audience == Audience.FACILITATOR:
        team = facilitators(team)
    return list({role.pk: role for role in [*team, *found]}.values())


def counted_on(statement: Statement) -> StaffRole | None:
    """Who owes the answer: whoever has it, while they may; else the facilitator, the liaison, or the one it was said to alone."""
    leading = _leading(statement)
    return next((role for role in leading if role.pk == statement.owed_by_id), leading[0] if leading else None)


def told_of(statement: Statement) -> list[Person]:
    """Who hears that something waits."""
    return list({role.person_id: role.person for role in _leading(statement)}.values())


def _leading(statement: Statement) -> list[StaffRole]:
    roles = answering(statement)
    return facilitators(roles) or roles


def astray() -> QuerySet[Statement]:
    """What waits for somebody who is not counted on any more, where there is somebody who could be."""
    beside = families.standing_beside(moment.now()).filter(family=OuterRef("family"))
    leading = beside.filter(staff_role__role=Job.FACILITATOR)
    has_it = Q(staff_role=OuterRef("owed_by"))
    to_facilitator = Q(Exists(leading)) & ~Q(Exists(leading.filter(has_it)))
    to_liaison = ~Q(Exists(leading)) & Q(Exists(beside)) & ~Q(Exists(beside.filter(has_it)))
    lost = (Q(audience__in=READS_TEAM) & (to_facilitator | to_liaison)) | (
        Q(audience=Audience.FACILITATOR) & to_facilitator
    )
    return with_all(Statement.objects.filter(lost, state=State.HEARD, family__closed_at=None))


def left_alone() -> QuerySet[Statement]:
    """What was said to one person alone, waits, and has nobody who reads it; of this, where nobody was told so yet."""
    told = StatementStep.objects.filter(statement=OuterRef("pk"), kind=StatementStep.Kind.LEFT_ALONE)
    rows = Statement.objects.filter(audience=Audience.ONE, state=State.HEARD).exclude(
        pk__in=still_paired().values("pk")
    )
    return with_all(rows.filter(~Exists(told)))


def reads_language(roles: Iterable[StaffRole], language: str) -> list[StaffRole]:
    """Who of these reads words in that language."""
    wanted = language.partition("-")[0]
    return [
        role
        for role in roles
        if wanted in {code.partition("-")[0] for code in (role.person.language, *map(str, role.languages))}
    ]


def places_to_link(person: Person, statement: Statement) -> tuple[list[Item], list[Plan]]:
    """Where in the plan somebody who stands beside the family can say it is: goals, steps and tasks they read there, and
    each such plan, for what went into it as a whole.
    """
    plans = care.asked_plans(person).filter(family=statement.family_id, closed_at=None)
    if statement.youth is not None:
        plans = plans.filter(youth=statement.youth)
    kept = [(plan, reader) for plan, reader in care.read_plans(person, plans) if reader.part == care.Part.STAFF]
    items = [
        item
        for plan, reader in kept
        for item in care.visible_items(reader, plan)
        if item.kind in {"goal", "strategy", "task", "need", "service", "crisis"}
    ]
    return items, [plan for plan, _reader in kept]


# -- nobody answers ----------------------------------------------------------------------------------------------------------


def without_anybody(program: Program) -> QuerySet[Statement]:
    """What waits for an answer where nobody is there to give it. What was said to one person alone is nobody's to count."""
    beside = families.standing_beside(moment.now()).filter(family=OuterRef("family"))
    leading = beside.filter(staff_role__role=Job.FACILITATOR)
    nobody = (Q(audience__in=READS_TEAM) & ~Exists(beside)) | (Q(audience=Audience.FACILITATOR) & ~Exists(leading))
    return Statement.objects.filter(nobody, state=State.HEARD, family__program=program, family__closed_at=None)


# -- kept in time ------------------------------------------------------------------------------------------------------------


def kept_and_late(statements: QuerySet[Statement], since: dt.datetime, waiting: int) -> tuple[int, int]:
    """Of what these were owed since then: how many answers came in time, how many late or not yet. From what happened alone.

    An answer counts by the date that was owed when it was given; `waiting`: those whose date has passed without one. What was
    said to one person alone is in no count.
    """
    steps = StatementStep.objects.filter(
        statement__in=statements.exclude(audience=Audience.ONE).order_by().values("pk"),
        kind__in=Statement.ANSWERS,
        due_at__isnull=False,
        at__gte=since,
    )
    told = steps.aggregate(
        kept=Count("pk", filter=Q(at__lte=F("due_at"))), late=Count("pk", filter=Q(at__gt=F("due_at")))
    )
    return told["kept"], told["late"] + waiting


def late_in(program: Program) -> int:
    """What waits past its date anywhere in the programme, without what was said to one person alone."""
    rows = of_program(program).filter(state=State.HEARD, due_at__lt=moment.now())
    return rows.exclude(audience=Audience.ONE).count()


def of_program(program: Program) -> QuerySet[Statement]:
    return Statement.objects.filter(family__program=program)
