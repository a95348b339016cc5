"""Staff say that what was owed is done, and on which day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.actions.happenings import record_happening
from portal.clocks.actions.single import locked, meet_clock
from portal.clocks.models import Clock, Matter
from portal.clocks.refusals import AlreadyOver, BeforeItBegan, NotInTheRule, NotYet
from portal.clocks.rules import SECOND
from portal.programs.vocabulary import Event

NOON = dt.time(12)


@transaction.atomic
def record_done(*, actor: Person, clock: Clock, on: dt.date, at_time: dt.time | None = None) -> Clock:
    """Write down that it was done on that day, and meet every clock that this satisfies; gives the clock as it is then.

    A promise of several times may need more of them. Without a time of day, an earlier day is taken at noon. Raises
    AlreadyOver, NotYet, BeforeItBegan; NotInTheRule for what only the page of a case can say.
    """
    require(access.may_act(actor, clock))
    if clock.is_kept_by_its_case:
        raise NotInTheRule
    clock = locked(clock)
    if not clock.is_unmet:
        raise AlreadyOver
    at = _moment(clock, on, at_time)
    if not clock.satisfied_by or not access.may_record(actor, clock.program, clock.family, clock.satisfied_by):
        return meet_clock(actor=actor, clock=clock, at=at)
    record_happening(
        actor=actor,
        program=clock.program,
        event=Event(clock.satisfied_by),
        at=at,
        key=f"done:{clock.public_id}:{at.isoformat()}",
        matter=Matter(
            family=clock.family,
            subject=clock.subject,
            subject_id=clock.subject_id,
            plan=clock.plan,
            matter_of=clock.matter_of,
            youth=clock.youth,
            access_basis=clock.access_basis,
            responsible=clock.responsible,
        ),
    )
    return locked(clock)


def _moment(clock: Clock, on: dt.date, at_time: dt.time | None) -> dt.datetime:
    now = timezone.now()
    today = now.astimezone(clock.tzinfo).date()
    at = dt.datetime.combine(on, at_time or NOON, tzinfo=clock.tzinfo)
    if on > today or (at_time is not None and at > now):
        raise NotYet
    if at_time is None:
        at = min(at, now) if on < today else now
    began = clock.opens_at.astimezone(clock.tzinfo)
    if clock.kind == "backward":
        return at
    if on < began.date() or (at_time is not None and at < began):
        raise BeforeItBegan
    return max(at, began + SECOND)  # the day it began counts whole
