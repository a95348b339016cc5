"""A root: what follows, elsewhere in the house, from what happened to a clock.

Clocks know nothing of notices or of the rooms above them; this table does. It runs in the transaction that wrote the event, so
that either both stand or neither.
"""

from __future__ import annotations

from django.urls import reverse

from portal.access import clocks as access
from portal.clocks.models import APART, Clock, ClockEvent
from portal.notices import actions as notices
from portal.notices.models import Notice

Kind = ClockEvent.Kind

TELLS: dict[str, Notice.Kind] = {
    Kind.STARTED: Notice.Kind.CLOCK_STARTED,
    Kind.NEAR: Notice.Kind.CLOCK_NEAR,
    Kind.MISSED: Notice.Kind.CLOCK_MISSED,
    Kind.MET: Notice.Kind.CLOCK_MET,
    Kind.PAUSED: Notice.Kind.CLOCK_MOVED,
    Kind.RESUMED: Notice.Kind.CLOCK_MOVED,
    Kind.EXTENDED: Notice.Kind.CLOCK_MOVED,
    Kind.RECOMPUTED: Notice.Kind.CLOCK_MOVED,
}


def hold_case(clock: Clock) -> None:
    from rights_grievances.actions.consequences import hold_case_of  # it imports the clocks' own actions

    hold_case_of(clock)


def hold_cases(public_ids: list[str]) -> None:
    from rights_grievances.actions.consequences import hold_cases as hold  # it imports the clocks' own actions

    hold(public_ids)


def of_clock(clock: Clock, event: ClockEvent) -> None:
    """Tell both sides, each once. What one trigger started, and what comes round again, is told as one thing."""
    if clock.subject == "statement":
        from portal.voice.actions.statements.consequences import clock_fired as answer_fired  # as below

        answer_fired(clock, event)
        return
    if clock.subject in APART:
        from rights_grievances.actions.consequences import clock_fired  # it imports the clocks' own actions

        clock_fired(clock, event)
        return
    kind = TELLS.get(event.kind)
    if kind is None or _goes_without_saying(clock, event):
        return
    # Nobody is told that they are late with what they were free to leave; the warning came before.
    is_their_own_day = clock.is_theirs and event.kind == Kind.MISSED
    told = [
        (one.person, _path(clock, one, event)) for one in access.told_of(clock) if not (one.is_own and is_their_own_day)
    ]
    notices.notify_all(told=told, kind=kind, about=_about(clock, event))


def _goes_without_saying(clock: Clock, event: ClockEvent) -> bool:
    """The next round of a promise, a promise without a date, a date that stayed where it was, or that of what is done."""
    if event.kind == Kind.STARTED:
        return clock.period > 1 or clock.due_at is None
    is_settled = clock.state == Clock.State.MET and event.kind == Kind.RECOMPUTED
    return is_settled or (event.kind in {Kind.RESUMED, Kind.RECOMPUTED} and event.old_due_at == event.new_due_at)


def _about(clock: Clock, event: ClockEvent) -> str:
    if event.kind == Kind.STARTED:
        return clock.began_as
    return f"{clock.told_as}:{event.pk}"


def _path(clock: Clock, told: access.Told, event: ClockEvent) -> str:
    """The page of that clock; where one trigger may have started several, the page of all of them."""
    if not told.is_own:
        return reverse("work_list")
    return reverse("owed_list") if event.kind == Kind.STARTED else reverse("owed_show", args=[clock.public_id])
