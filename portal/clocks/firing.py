"""What happens to clocks by itself: a date comes near, passes, or a pause ends. Any number of workers, after any outage."""

from __future__ import annotations

import datetime as dt
import logging
import random

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.clocks import ledger
from portal.clocks.models import Clock, ClockEvent

logger = logging.getLogger(__name__)

BATCH = 200
State = Clock.State


def due_rows(now: dt.datetime) -> QuerySet[Clock, tuple[int, dt.datetime | None]]:
    """Every row that should have fired by now, however long ago: read from the index alone."""
    due = Clock.objects.filter(next_fire_at__lte=now)
    return due.order_by("next_fire_at", "pk").values_list("pk", "next_fire_at")


def fire_due() -> int:
    """One pass: fire until nothing is due, and say how many fired. Not atomic: each clock is claimed and fired by itself.

    A row is claimed by a conditional update in the transaction that writes what follows, so a worker that dies leaves it
    as it was and another one fires it, once. A row that cannot be fired is logged and left for the next pass; it holds up no other.
    """
    now = timezone.now()
    fired, stuck = 0, set[int]()
    while rows := list(due_rows(now).exclude(pk__in=stuck)[:BATCH]):
        random.shuffle(rows)  # workers at the same rows do not queue for each in turn
        for pk, seen in rows:
            try:
                fired += fire_one(pk, seen, now)
            except (OperationalError, InterfaceError):  # the database is away, or busy: no row's fault
                raise
            except Exception:
                logger.exception("Clock %s could not be fired", pk)
                stuck.add(pk)
    return fired


@transaction.atomic
def fire_one(pk: int, seen: dt.datetime | None, now: dt.datetime) -> bool:
    """Fire the row if it is still as it was seen; whether it was this call that did."""
    ledger.hold_case_of(pk)
    if not Clock.objects.filter(pk=pk, next_fire_at=seen).update(next_fire_at=None):
        return False  # another worker fired it, or it was settled meanwhile
    clock = Clock.objects.select_related("program", "family").get(pk=pk)
    if clock.state == State.PAUSED:
        ledger.go_on(clock, actor=None, at=seen or now)
    elif clock.state == State.OPEN:
        _look(clock, now)
    if clock.state in {State.MET, State.EXCUSED} and clock.kind == "window":
        _wait_for_the_end(clock, now)
    return True


def _look(clock: Clock, now: dt.datetime) -> None:
    """Open, and its moment has come: what is on record may have met it, else it is late or near."""
    if ledger.settle(clock, actor=None):
        return
    if clock.ends_at is not None and clock.ends_at <= now:
        ledger.miss(clock)
        return
    clock.next_fire_at = ledger.next_fire_after(clock, now)
    clock.save(update_fields=["next_fire_at"])
    ledger.note(clock, ClockEvent.Kind.NEAR, actor=None, at=now)


def _wait_for_the_end(clock: Clock, now: dt.datetime) -> None:
    """A window that was met or excused begins anew only when it ends."""
    if clock.ends_at is not None and clock.ends_at > now:
        Clock.objects.filter(pk=clock.pk).update(next_fire_at=clock.ends_at)
    else:
        Clock.objects.filter(pk=clock.pk).update(next_fire_at=None)
        ledger.come_round(clock)
