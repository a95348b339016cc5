"""What moves many clocks at once: a closing nobody knew of, a disaster. `actor=None`: a command of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks import ledger
from portal.clocks.models import Clock, ClockEvent, Closure
from portal.clocks.refusals import EndsBeforeItBegins, ReasonMissing, UnknownRegion
from portal.programs.models import Program

STILL_RUNNING = (Clock.State.OPEN, Clock.State.PAUSED)


@transaction.atomic
def add_closure(
    *,
    actor: Person | None,
    program: Program,
    name: str,
    first_on: dt.date,
    last_on: dt.date | None = None,
    regions: Sequence[str] = (),
) -> list[Clock]:
    """Offices close on these days: open business-day clocks that count one of them move, and nothing else does.

    Days that have passed count, too, for clocks that still run; a clock whose date has passed stays as it is. The old
    date stays in the history, and both sides are told. Gives the clocks that moved. Raises UnknownRegion,
    EndsBeforeItBegins, ReasonMissing.
    """
    closure, is_new = _declare(actor, program, Closure.Kind.CLOSURE, name, first_on, last_on or first_on, regions)
    return _move_business_days(closure, actor) if is_new else []


@transaction.atomic
def declare_disaster(
    *,
    actor: Person | None,
    program: Program,
    name: str,
    first_on: dt.date,
    last_on: dt.date,
    regions: Sequence[str] = (),
) -> list[Clock]:
    """A storm or another disaster, for some parishes or all: offices are closed, and the duties wait that the profile lets wait.

    Gives the clocks that moved. Raises as `add_closure`.
    """
    closure, is_new = _declare(actor, program, Closure.Kind.DISASTER, name, first_on, last_on, regions)
    if not is_new:
        return []
    waiting = _let_wait(closure, actor)
    return waiting + _move_business_days(closure, actor)


def _declare(
    actor: Person | None,
    program: Program,
    kind: Closure.Kind,
    name: str,
    first_on: dt.date,
    last_on: dt.date,
    regions: Sequence[str],
) -> tuple[Closure, bool]:
    require(actor is None or access.may_close_offices(actor, program))
    if not name.strip():
        raise ReasonMissing
    if last_on < first_on:
        raise EndsBeforeItBegins
    if not set(regions) <= {region.id for region in program.profile.regions}:
        raise UnknownRegion
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    said = {"kind": kind, "name": name.strip(), "first_on": first_on, "last_on": last_on}
    for known in Closure.objects.filter(program=program, **said):
        if set(known.regions) == set(regions):
            return known, False
    closure = Closure.objects.create(program=program, declared_by=actor, regions=sorted(regions), **said)
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="closure",
        subject_id=closure.pk,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
        regions=closure.regions,
    )
    return closure, True


def _move_business_days(closure: Closure, actor: Person | None) -> list[Clock]:
    """A clock that stands still is counted again when it goes on, with every closing known by then."""
    counting = Q(unit="business_days") | Q(extensions__gt=0)  # more time may be given in business days
    found = _spanning(closure).filter(counting, state=Clock.State.OPEN)
    return [clock for clock in _each(found, closure) if _recount(clock, closure, actor)]


def _let_wait(closure: Closure, actor: Person | None) -> list[Clock]:
    policy = closure.program.profile.disaster
    if policy is None or not policy.waits_for:
        return []
    moved = []
    for clock in _each(_spanning(closure).filter(duty_of__in=policy.waits_for), closure):
        span = ledger.disaster_span(clock, closure)
        if span is None or not ledger.waits_in_disasters(clock):
            continue
        clock.pauses = [*clock.pauses, span]
        if _recount(clock, closure, actor):
            moved.append(clock)
    return moved


def _recount(clock: Clock, closure: Closure, actor: Person | None) -> bool:
    kind = ClockEvent.Kind.RECOMPUTED
    return ledger.move(clock, kind, actor=actor, at=timezone.now(), reason=closure.name)


def _spanning(closure: Closure) -> QuerySet[Clock]:
    """Running clocks whose count may hold a day of it. One whose date has passed is late, though no pass has said so yet."""
    ahead = Q(due_on__gte=closure.first_on, started_at__date__lte=closure.last_on + dt.timedelta(days=1))
    back = Q(kind="backward", due_on__lte=closure.last_on)
    return Clock.objects.filter(
        ahead | back, program=closure.program, state__in=STILL_RUNNING, due_at__gte=timezone.now()
    )


def _each(found: QuerySet[Clock], closure: Closure) -> list[Clock]:
    """Held until the end of the transaction, as they are then: what is met meanwhile is no longer among them."""
    seen = list(found.values_list("pk", flat=True))  # no other: the case of one that is begun meanwhile is not held
    ledger.hold_cases_of(Clock.objects.filter(pk__in=seen))
    found = found.filter(pk__in=seen)
    held = found.select_for_update(of=("self",)).select_related("program", "family").order_by("pk")
    return [clock for clock in held if closure.is_in(clock.region)]
