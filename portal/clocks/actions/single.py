"""What moves or ends one clock. `actor=None`: the house itself, as part of an action that asked who may."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks import ledger
from portal.clocks.models import Clock, ClockEvent
from portal.clocks.refusals import AlreadyExtended, AlreadyOver, NotInTheRule, ReasonMissing

Kind = ClockEvent.Kind
State = Clock.State


@transaction.atomic
def meet_clock(*, actor: Person | None, clock: Clock, at: dt.datetime | None = None) -> Clock:
    """What was owed is done, in time or late. Saying so twice changes nothing. Raises AlreadyOver."""
    require(actor is None or access.may_act(actor, clock))
    clock = locked(clock)
    if clock.state == State.MET:
        return clock
    if not clock.is_unmet:
        raise AlreadyOver
    ledger.finish(clock, State.MET, actor=actor, at=at or timezone.now())
    return clock


@transaction.atomic
def break_promise(*, clock: Clock, at: dt.datetime | None = None) -> Clock:
    """By the house alone: what always holds has not held since then. It is late until what satisfies it happens.

    Saying so twice changes nothing. Raises NotInTheRule for a promise with a date, which is late by itself.
    """
    clock = locked(clock)
    if not clock.always_holds:
        raise NotInTheRule
    if clock.state == State.OPEN:
        ledger.miss(clock, at=at or timezone.now())
    return clock


@transaction.atomic
def excuse_clock(*, actor: Person | None, clock: Clock, exception: str, reason: str) -> Clock:
    """It could not be done, for one of the reasons the rule names. Raises NotInTheRule, ReasonMissing, AlreadyOver."""
    require(actor is None or access.may_act(actor, clock))
    clock = locked(clock)
    if not clock.is_unmet:
        raise AlreadyOver
    if exception not in clock.rule.exceptions:
        raise NotInTheRule
    if not reason.strip():
        raise ReasonMissing
    ledger.finish(clock, State.EXCUSED, actor=actor, at=timezone.now(), reason=f"{exception}: {reason.strip()}")
    return clock


@transaction.atomic
def cancel_clock(*, actor: Person | None, clock: Clock, reason: str) -> Clock:
    """It is no longer owed, and why. Its history stays. Raises ReasonMissing, AlreadyOver."""
    require(actor is None or access.may_act(actor, clock))
    clock = locked(clock)
    if not clock.is_unmet:
        raise AlreadyOver
    if not reason.strip():
        raise ReasonMissing
    ledger.finish(clock, State.CANCELLED, actor=actor, at=timezone.now(), reason=reason.strip())
    return clock


@transaction.atomic
def cancel_all_about(*, subject: str, subject_id: str, reason: str) -> None:
    """Whatever is still owed about that one thing is owed no longer. `reason`: a code, such as "taken_back"."""
    for clock in Clock.objects.filter(subject=subject, subject_id=subject_id, state__in=Clock.UNMET):
        cancel_clock(actor=None, clock=clock, reason=reason)


@transaction.atomic
def extend_clock(*, actor: Person | None, clock: Clock, reason: str, at: dt.datetime | None = None) -> Clock:
    """More time, as long and as often as the rule says: once (42 CFR 438.408(c)), decided before the date has passed.

    Raises NotInTheRule, AlreadyExtended, AlreadyOver, ReasonMissing.
    """
    require(actor is None or access.may_act(actor, clock))
    clock, at = locked(clock), at or timezone.now()
    more = clock.rule.extension
    if more is None:
        raise NotInTheRule
    if clock.extensions >= more.at_most:
        raise AlreadyExtended
    if clock.state != State.OPEN or clock.ends_at is None or at >= clock.ends_at:
        raise AlreadyOver
    if not reason.strip():
        raise ReasonMissing
    clock.extensions += 1
    ledger.move(clock, Kind.EXTENDED, actor=actor, at=at, reason=reason.strip())
    return clock


@transaction.atomic
def pause_clock(
    *,
    actor: Person | None,
    clock: Clock,
    reason: str,
    at: dt.datetime | None = None,
    until: dt.datetime | None = None,
    words: str = "",
) -> Clock:
    """Let it stand still for a reason the rule names; with `until` it goes on by itself. `words`: what was said to it.

    Raises NotInTheRule, AlreadyOver.
    """
    require(actor is None or access.may_pause(actor, clock, reason))
    clock, at = locked(clock), at or timezone.now()
    if clock.state != State.OPEN or clock.ends_at is None or at >= clock.ends_at:
        raise AlreadyOver
    if reason not in clock.rule.pause or (until is not None and until <= at):
        raise NotInTheRule
    clock.pauses = [*clock.pauses, {"start": max(at, clock.started_at).isoformat(), "reason": reason}]
    clock.state = State.PAUSED
    clock.next_fire_at = until
    clock.save()
    said = words.strip()
    ledger.note(clock, Kind.PAUSED, actor=actor, at=at, reason=f"{reason}: {said}" if said else reason)
    return clock


@transaction.atomic
def resume_clock(*, actor: Person | None, clock: Clock, at: dt.datetime | None = None) -> Clock:
    """It goes on, and its date moves by as long as it stood still. Raises AlreadyOver if it did not stand still."""
    require(actor is None or access.may_resume(actor, clock))
    clock = locked(clock)
    if clock.state != State.PAUSED:
        raise AlreadyOver
    ledger.go_on(clock, actor=actor, at=at or timezone.now())
    return clock


@transaction.atomic
def hold_window(
    *, actor: Person | None, clock: Clock, reason: str, until: dt.datetime, at: dt.datetime | None = None
) -> Clock:
    """What is left of a window that is kept already does not count until then, so that the next one begins later.

    Raises NotInTheRule, AlreadyOver.
    """
    require(actor is None or access.may_pause(actor, clock, reason))
    clock, at = locked(clock), at or timezone.now()
    if clock.state != State.MET or clock.kind != "window" or clock.ends_at is None or at >= clock.ends_at:
        raise AlreadyOver
    if reason not in clock.rule.pause or until <= at:
        raise NotInTheRule
    clock.pauses = [*clock.pauses, {"start": at.isoformat(), "until": until.isoformat(), "reason": reason}]
    ledger.move(clock, Kind.PAUSED, actor=actor, at=at, reason=reason)
    return clock


@transaction.atomic
def release_window(*, actor: Person | None, clock: Clock, reason: str, at: dt.datetime | None = None) -> Clock:
    """Days that were to be left out for that reason count again, from now on. Raises AlreadyOver if none were."""
    require(actor is None or access.may_act(actor, clock))
    clock, at = locked(clock), at or timezone.now()
    ahead = [
        one
        for one in clock.pauses
        if one["reason"] == reason and dt.datetime.fromisoformat(one.get("until") or one["start"]) > at
    ]
    if clock.state != State.MET or not ahead:
        raise AlreadyOver
    clock.pauses = [
        {**one, "until": max(one["start"], at.isoformat(), key=dt.datetime.fromisoformat)} if one in ahead else one
        for one in clock.pauses
    ]
    ledger.move(clock, Kind.RESUMED, actor=actor, at=at, reason=reason)
    return clock


def locked(clock: Clock) -> Clock:
    """The row as it is now, held to the end of the transaction: two people at once act one after the other."""
    return Clock.objects.select_for_update(of=("self",)).select_related("program", "family").get(pk=clock.pk)
