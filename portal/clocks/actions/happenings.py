"""What starts and settles clocks: something happened, and it is written down once. `actor=None`: the house itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks import ledger
from portal.clocks.actions.single import locked
from portal.clocks.models import APART, Clock, ClockEvent, Happening, Matter
from portal.clocks.refusals import NoSuchPromise, NotYet
from portal.families.models import Family
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles
from portal.programs.schema import Rule
from portal.programs.vocabulary import Event

# What may be known before its day comes. Anything else dated ahead is a slip of the pen.
PLANNED = frozenset(
    {
        *(Event.ENROLLED, Event.ENROLLMENT_ENDED, Event.CHANGE_EFFECTIVE, Event.DISCHARGED, Event.FISCAL_YEAR_STARTED),
        *(Event.ADVERSE_NOTICE_DATED, Event.RESOLUTION_NOTICE_DATED),
    }
)
OF_THE_PROGRAM = Matter()
SLACK = dt.timedelta(minutes=5)  # clocks of two machines
FIRST_MONTH = 7  # of a fiscal year, where the profile names none
OPEN_STATES = (Clock.State.OPEN, Clock.State.PAUSED, Clock.State.MISSED)


@transaction.atomic
def start_clock(
    *,
    actor: Person | None,
    program: Program,
    rule_id: str,
    started_at: dt.datetime,
    trigger_key: str,
    matter: Matter = OF_THE_PROGRAM,
    effective_at: dt.datetime | None = None,
) -> Clock:
    """Start the clock of one rule, as it is in force on the day of the trigger; the same key again gives the same clock.

    `effective_at`: the rule's other date, where it has one. A trigger of last year starts a clock that is late already,
    and the next pass says so. Raises NoSuchPromise and NotYet.
    """
    rule = _rules(program, matter, started_at).get(rule_id)
    if rule is None:
        raise NoSuchPromise
    require(actor is None or access.may_record(actor, program, matter.family, rule.trigger))
    _check_date(rule.trigger, started_at)
    hold(program, matter.family)
    return _start(program, rule, trigger_key, started_at, actor, matter, effective_at)


@transaction.atomic
def record_happening(
    *,
    actor: Person | None,
    program: Program,
    event: Event,
    at: dt.datetime,
    key: str,
    matter: Matter = OF_THE_PROGRAM,
    starts: Collection[str] | None = None,
) -> list[Clock]:
    """Write down once that something happened, and start, date and settle what it starts, dates and settles.

    The order in which we hear of things does not matter: what was done before its clock was started meets it as of then.
    `starts` names the rules to start where one event may start several of which only some fit (an appeal is standard or
    expedited); without it all. Gives the clocks it started, also when it is told again. Raises NotYet.
    """
    require(actor is None or access.may_record(actor, program, matter.family, event))
    _check_date(event, at)
    hold(program, matter.family)
    about = {"family": matter.family, "subject": matter.subject, "subject_id": matter.subject_id}
    happening, is_new = Happening.objects.get_or_create(
        program=program, key=key, defaults={"event": event, "at": at, "recorded_by": actor, **about}
    )
    if is_new:
        for rule in _triggered(program, matter, event, at):
            if starts is None or rule.id in starts:
                _start(program, rule, key, at, actor, matter, None)
        _give_date(happening, actor)
        for clock in _same_matter(happening).filter(satisfied_by=event).order_by("pk"):
            ledger.settle(locked(clock), actor=actor)
    return list(Clock.objects.filter(program=program, trigger_key=key).order_by("pk"))


def _start(
    program: Program,
    rule: Rule,
    key: str,
    at: dt.datetime,
    actor: Person | None,
    matter: Matter,
    effective_at: dt.datetime | None,
) -> Clock:
    clock, is_new = ledger.begin(
        program=program,
        rule=rule,
        trigger_key=key,
        started_at=at,
        actor=actor,
        effective_at=effective_at or _other_date(program, rule, matter),
        region=matter.region,
        **{field.name: getattr(matter, field.name) for field in fields(matter)},
    )
    if is_new:
        ledger.settle(clock, actor=actor)
    return clock


def _rules(program: Program, matter: Matter, at: dt.datetime) -> dict[str, Rule]:
    """Those in force on that day, where the family lives."""
    zone = ledger.zone_of(program.profile.time_zone_of(matter.region or None))
    return program.profile.rules(plan=matter.plan or None, on=at.astimezone(zone).date())


def _triggered(program: Program, matter: Matter, event: Event, at: dt.datetime) -> list[Rule]:
    bound = _rules(program, matter, at)
    # The longer clock of an extension is no second one: extend_clock makes it of the first.
    longer = {rule.extension.rule for rule in bound.values() if rule.extension is not None}
    return [rule for rule in bound.values() if rule.trigger == event and rule.id not in longer]


def _other_event(rule: Rule) -> str | None:
    """The event whose date the rule needs beside its trigger's."""
    if rule.later_of is not None:
        return rule.later_of
    return rule.anchor if rule.anchor != rule.trigger else None


def _other_date(program: Program, rule: Rule, matter: Matter) -> dt.datetime | None:
    other = _other_event(rule)
    if other is None:
        return None
    known = Happening.objects.filter(program=program, family=matter.family, event=other)
    if matter.subject:
        known = known.filter(Q(subject="") | Q(subject=matter.subject, subject_id=matter.subject_id))
    return known.order_by("-at").values_list("at", flat=True).first()


def _give_date(happening: Happening, actor: Person | None) -> None:
    """Clocks that waited for this event's date get theirs, in whatever order we hear of things."""
    running = Q(state__in=[Clock.State.OPEN, Clock.State.PAUSED])
    # What was counted as late or kept while half of the rule's dates were not known is counted again, of the same matter.
    settled = Q(
        effective_at=None,
        state__in=[Clock.State.MISSED, Clock.State.MET],
        subject=happening.subject,
        subject_id=happening.subject_id,
    )
    needs = Q(terms__anchor=happening.event) | Q(terms__later_of=happening.event)
    for found in _of_this_matter(happening).filter(needs, running | settled).order_by("pk"):
        if _takes_date(found, happening):
            clock = locked(found)
            clock.effective_at = happening.at
            ledger.move(clock, ClockEvent.Kind.RECOMPUTED, actor=actor, at=happening.at, reason=happening.event)


def _takes_date(clock: Clock, happening: Happening) -> bool:
    """It has no other date yet; or it may be due as late as the latest one told, and this one is later."""
    rule = clock.rule
    if _other_event(rule) != happening.event:
        return False
    return clock.effective_at is None or (rule.later_of is not None and clock.effective_at < happening.at)


def _same_matter(happening: Happening) -> Any:
    return _of_this_matter(happening).filter(state__in=OPEN_STATES)


def _of_this_matter(happening: Happening) -> Any:
    clocks = Clock.objects.filter(program=happening.program_id, family=happening.family_id)
    if happening.subject or happening.family_id is None:
        same = Q(subject=happening.subject, subject_id=happening.subject_id)
        clocks = clocks.filter(same | Q(subject="") if happening.family_id else same)
    return clocks


def _check_date(event: str, at: dt.datetime) -> None:
    if event not in PLANNED and at > timezone.now() + SLACK:
        raise NotYet


def hold(program: Program, family: Family | None) -> None:
    """A trigger and what satisfies it, told by two people at once, are taken one after the other. Before any other row is held.

    Held so that a worker can still begin the next round of this family's promise (its row points here): it holds the
    promise's own row by then, which we may be about to ask for.
    """
    if family is not None:
        Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    else:
        Program.objects.select_for_update(no_key=True).get(pk=program.pk)


@transaction.atomic
def set_aside(*, subject: str, subject_id: str, event: Event, turn: int) -> int:
    """It is taken up again: what was done before settles nothing that starts from now on, though it was the same day.

    By the house alone. What was met by it stays met; `turn` tells one time from the next.
    """
    done = Happening.objects.filter(subject=subject, subject_id=subject_id, event=event)
    return done.update(subject_id=f"{subject_id}:{turn}")


@transaction.atomic
def give_to_family(*, actor: Person | None, subject: str, subject_id: str, family: Family) -> int:
    """What ran for somebody without a record here, such as a referral, is that family's from now on; how many clocks."""
    require(actor is None or access.may_record(actor, family.program, family, Event.ENROLLED))
    hold(family.program, None)
    matter = {"program": family.program, "family": None, "subject": subject, "subject_id": subject_id}
    Happening.objects.filter(**matter).update(family=family)
    given = Clock.objects.filter(**matter).update(family=family)
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="clock", family=family, given=given, of=subject)
    return given


@transaction.atomic
def give_to_role(*, actor: Person | None, subject: str, subject_id: str, role: StaffRole) -> int:
    """Whoever takes something on, such as a referral, has to act on its clocks from now on; how many that is."""
    require((actor is None or role.person_id == actor.pk) and role.is_in_force(timezone.now()))
    running = Clock.objects.filter(subject=subject, subject_id=subject_id, state__in=OPEN_STATES)
    given = running.filter(program=role.organization.program_id).update(responsible=role)
    record(actor=actor, verb=Entry.Verb.CHANGED, subject="clock", role=role.role, given=given, of=subject)
    return given


@transaction.atomic
def leave_program(*, actor: Person | None, family: Family, program: Program, reason: str) -> int:
    """The family goes to another programme: what this one's own people owe it ends; what a plan or a state owes runs on.

    A complaint is handed over, never dropped: its clock keeps its rule and its date.
    """
    require(actor is None or access.may_record(actor, program, family, Event.ENROLLMENT_ENDED))
    hold(program, family)
    of_its_own = Clock.objects.filter(program=program, family=family, duty_of="programme", state__in=OPEN_STATES)
    of_its_own = of_its_own.exclude(subject__in=APART)
    owed = list(of_its_own.order_by("pk"))
    for clock in owed:
        ledger.finish(locked(clock), Clock.State.CANCELLED, actor=actor, at=timezone.now(), reason=reason)
    return len(owed)


def keep_program_clocks() -> int:
    """Start what each programme promises as long as it runs, and what begins with its fiscal year; how many are new."""
    own = Clock.objects.filter(family=None, owner="programme", subject="")
    running = set(own.values_list("program_id", "rule_id", "trigger_key").distinct())
    known = Program.objects.filter(slug__in=profiles()).order_by("pk")
    return sum(_keep(program, running) for program in known)


def _keep(program: Program, running: set[tuple[int, str, str]]) -> int:
    today = program.today()
    begins = {Event.ALWAYS: today, Event.FISCAL_YEAR_STARTED: _fiscal_year(program, today)}
    rules = [
        rule
        for rule in program.profile.rules(on=today).values()
        if rule.owner == "programme"
        and rule.trigger in begins
        and (program.pk, rule.id, _key(rule, begins)) not in running
    ]
    for rule in rules:
        at = dt.datetime.combine(begins[rule.trigger], dt.time(), tzinfo=program.zone)
        start_clock(actor=None, program=program, rule_id=rule.id, started_at=at, trigger_key=_key(rule, begins))
    return len(rules)


def _key(rule: Rule, begins: dict[Event, dt.date]) -> str:
    """What comes round goes on by itself; a single date of the fiscal year is owed again in each."""
    is_yearly = rule.kind == "deadline" and rule.trigger == Event.FISCAL_YEAR_STARTED
    return f"{rule.trigger.value}:{begins[rule.trigger]}" if is_yearly else rule.trigger.value


def _fiscal_year(program: Program, today: dt.date) -> dt.date:
    """The first day of the fiscal year that is running."""
    setting = program.profile.settings.fiscal_year_start_month
    month = setting.value if setting is not None else FIRST_MONTH
    return dt.date(today.year - (today.month < month), month, 1)
