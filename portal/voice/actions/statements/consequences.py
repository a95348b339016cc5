"""What follows from what happened to the clock of an answer: called by portal/consequences.py, in the clock's own transaction."""

from __future__ import annotations

from portal.access import statements as access
from portal.clocks.models import Clock, ClockEvent
from portal.voice.actions.statements.common import State, tell_author, tell_staff
from portal.voice.models import Statement

TELLS_STAFF = frozenset({ClockEvent.Kind.NEAR, ClockEvent.Kind.MISSED})
MOVED = frozenset({ClockEvent.Kind.RECOMPUTED, ClockEvent.Kind.PAUSED, ClockEvent.Kind.RESUMED})


def clock_fired(clock: Clock, event: ClockEvent) -> None:
    """Most of it is said by the step that made it happen. A date that comes near is told to the staff, one that passes to both."""
    rows = Statement.objects.filter(public_id=clock.subject_id, state=State.HEARD)
    if event.kind in MOVED:
        rows.update(due_at=clock.due_at)
    if event.kind not in TELLS_STAFF:
        return
    statement = rows.select_related(*access.WITH).first()
    if statement is None:
        return
    tell_staff(statement)
    if event.kind == ClockEvent.Kind.MISSED:
        tell_author(statement)
