"""The one way in which a clock's row changes: counted, written, and noted in its history with what follows from it.

Used by actions, which ask who may, and by firing, which asks what time it is. Every function runs in its caller's transaction,
on a row its caller has locked.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal import consequences
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks import rules
from portal.clocks.calendar import Calendar, Counted, calendar_of
from portal.clocks.models import APART, Clock, ClockEvent, Closure, Happening
from portal.clocks.rules import Due
from portal.clocks.working import Says

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.accounts.models import Person
    from portal.programs.models import Program
    from portal.programs.schema import Rule

Kind = ClockEvent.Kind
State = Clock.State
COMES_ROUND = ("window", "recurring")
NOW_IS = {  # the record's word for each kind of event
    Kind.STARTED: Entry.Verb.CREATED,
    Kind.MET: Entry.Verb.ENDED,
    Kind.EXCUSED: Entry.Verb.ENDED,
    Kind.CANCELLED: Entry.Verb.ENDED,
}


# -- counting ------------------------------------------------------------------------------------------------------------


def closures_for(program: Program, region: str) -> list[Closure]:
    found = Closure.objects.filter(program=program).order_by("first_on", "pk")
    return [closure for closure in found if closure.is_in(region)]


def calendar_for(program: Program, region: str) -> Calendar:
    """The calendar a clock of that region counts by today."""
    added = {day: closure.name for closure in closures_for(program, region) for day in closure.days()}
    return calendar_of(program.profile, region=region or None, added=added)


def recounted(clock: Clock) -> Due:
    """When it is due by its own rule, with what was added since: closings, pauses, more time, the rule's other date."""
    return rules.due_at(
        clock.rule,
        clock.started_at,
        _calendar_it_kept(clock),
        effective_at=clock.effective_at,
        extensions=clock.extensions,
        pauses=clock.stood_still,
        multiple=clock.multiple,
    )


def _calendar_it_kept(clock: Clock) -> Calendar:
    """Over the days it has counted, the closings it counted with; beyond them today's list."""
    calendar = replace(calendar_for(clock.program, clock.region), zone=clock.tzinfo)
    if clock.due_on is None:
        return calendar
    start = clock.started_at.astimezone(clock.tzinfo).date()
    end = (clock.effective_at or clock.started_at).astimezone(clock.tzinfo).date()
    closed = {
        dt.date.fromisoformat(step.values["on"]): step.values["name"]
        for step in clock.steps
        if step.says is Says.CLOSED
    }
    last = end if clock.kind == "backward" else clock.due_on
    counted = Counted(min(start, end, clock.due_on), max(start, clock.due_on, last), closed)
    return replace(calendar, counted=counted)


def next_fire_after(clock: Clock, after: dt.datetime) -> dt.datetime | None:
    """When something is to happen by itself: the next warning, or the first moment that is too late."""
    if clock.due_at is None:
        return None
    due = Due(clock.due_at, clock.due_on, clock.opens_at, clock.steps)
    ahead = [moment for moment in rules.warnings(clock.rule, due, clock.tzinfo) if moment > after]
    return min(ahead, default=clock.ends_at)


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name)


# -- holding -------------------------------------------------------------------------------------------------------------
# Who acts on a case holds the case and then its clocks. Whoever begins with the clock does the same, so that no two wait for
# each other: PostgreSQL would end one of them, and what somebody had just written would be lost.


def hold_case_of(pk: int) -> None:
    """The case whose clock is about to fire, if it is one of a case."""
    clock = Clock.objects.filter(pk=pk, subject__in=APART).first()
    if clock is not None:
        consequences.hold_case(clock)


def hold_cases_of(clocks: QuerySet[Clock]) -> None:
    """Those whose clocks are about to move, many at once."""
    consequences.hold_cases(list(clocks.filter(subject__in=APART).values_list("subject_id", flat=True).distinct()))


# -- writing -------------------------------------------------------------------------------------------------------------


def begin(
    *, program: Program, rule: Rule, trigger_key: str, started_at: dt.datetime, actor: Person | None, **fields: Any
) -> tuple[Clock, bool]:
    """The clock of that trigger, and whether it is new: the same trigger told twice, or by two at once, starts one."""
    period = fields.get("period", 1)
    known = Clock.objects.filter(program=program, rule_id=rule.id, trigger_key=trigger_key, period=period)
    if (clock := known.first()) is not None:
        return clock, False
    clock = _made(program, rule, trigger_key, started_at, fields)
    try:
        with transaction.atomic():
            clock.save()
    except IntegrityError:
        return known.get(), False
    note(clock, Kind.STARTED, actor=actor, at=started_at)
    return clock, True


def _made(program: Program, rule: Rule, trigger_key: str, started_at: dt.datetime, fields: dict[str, Any]) -> Clock:
    clock = Clock(
        program=program,
        rule_id=rule.id,
        rule_version=rule.version,
        terms=rule.model_dump(mode="json"),
        kind=rule.kind,
        unit=rule.unit or "",
        owner=rule.owner,
        duty_of=rule.duty_of,
        satisfied_by=rule.satisfied_by or "",
        trigger_key=trigger_key,
        started_at=started_at,
        opens_at=started_at,
        zone=program.profile.time_zone_of(fields.get("region") or None),
        **fields,
    )
    clock.pauses = [*clock.pauses, *_disasters(clock)]
    clock.take(recounted(clock))
    clock.next_fire_at = next_fire_after(clock, timezone.now())
    return clock


def _disasters(clock: Clock) -> list[dict[str, str]]:
    """The disasters it already waits for when it begins, where the profile says that such a duty waits."""
    if not waits_in_disasters(clock):
        return []
    known = {pause["start"] for pause in clock.pauses}
    spans = [disaster_span(clock, closure) for closure in closures_for(clock.program, clock.region)]
    return [span for span in spans if span is not None and span["start"] not in known]


def waits_in_disasters(clock: Clock) -> bool:
    policy = clock.program.profile.disaster
    return policy is not None and clock.duty_of in policy.waits_for and clock.kind not in {"standing", "backward"}


def disaster_span(clock: Clock, closure: Closure) -> dict[str, str] | None:
    """The days of a disaster as a pause. None: it was no disaster, or it was over before the clock began."""
    start = dt.datetime.combine(closure.first_on, dt.time(), tzinfo=clock.tzinfo)
    until = dt.datetime.combine(closure.last_on + rules.DAY, dt.time(), tzinfo=clock.tzinfo)
    if closure.kind != Closure.Kind.DISASTER or until <= clock.started_at:
        return None
    return {"start": start.isoformat(), "until": until.isoformat(), "reason": closure.name}


def move(clock: Clock, kind: ClockEvent.Kind, *, actor: Person | None, at: dt.datetime, reason: str) -> bool:
    """Count again and write the new date beside the old one. Whether it moved; where it did not, nothing is noted
    except that it goes on or got more time. One that was late only for want of its other date is open again."""
    old = (clock.due_at, clock.due_on)
    clock.take(recounted(clock))
    if clock.state == State.MISSED and clock.ends_at is not None and clock.ends_at > timezone.now():
        clock.state = State.OPEN
    if clock.state == State.OPEN or _waits_for_its_end(clock):  # one that stands still waits for the end of its pause
        clock.next_fire_at = next_fire_after(clock, timezone.now())
    clock.save()
    if kind == Kind.RECOMPUTED and old == (clock.due_at, clock.due_on):
        return False
    note(clock, kind, actor=actor, at=at, reason=reason, old=old)
    return True


def _waits_for_its_end(clock: Clock) -> bool:
    """A window that is kept, or excused, and has not been followed by the next one yet."""
    return clock.state in {State.MET, State.EXCUSED} and clock.next_fire_at is not None


def finish(clock: Clock, state: Clock.State, *, actor: Person | None, at: dt.datetime, reason: str = "") -> None:
    """Met, excused or cancelled. A promise that comes round begins anew; a window does so when it ends."""
    if clock.state == State.PAUSED and state != State.CANCELLED:
        _leave_pause(clock, state, actor=actor, at=at)
    clock.state = state
    clock.met_at = at if state == State.MET else None
    if state == State.CANCELLED or clock.kind != "window":
        clock.next_fire_at = None
    clock.save()
    note(clock, Kind(state.value), actor=actor, at=at, reason=reason)
    if clock.kind == "recurring" and state != State.CANCELLED:
        come_round(clock, from_at=at)


def _leave_pause(clock: Clock, state: Clock.State, *, actor: Person | None, at: dt.datetime) -> None:
    """The days it stood still count for nobody, also not against whoever kept it. A window that is kept while it waits for
    a day waits for it all the same: what was said about the days until then still holds, and the next one begins after it.
    """
    until = clock.next_fire_at
    if state != State.MET or clock.kind != "window" or until is None:
        go_on(clock, actor=actor, at=at)
        return
    clock.pauses = [one if one.get("until") else {**one, "until": until.isoformat()} for one in clock.pauses]
    clock.take(recounted(clock))
    clock.next_fire_at = clock.ends_at


def go_on(clock: Clock, *, actor: Person | None, at: dt.datetime) -> None:
    """End the pause that runs, not before it began, and count again."""
    running = next(one for one in clock.pauses if not one.get("until"))
    until = max(at, dt.datetime.fromisoformat(running["start"]))
    clock.pauses = [{**one, "until": until.isoformat()} if one is running else one for one in clock.pauses]
    clock.state = State.OPEN
    move(clock, Kind.RESUMED, actor=actor, at=until, reason=running["reason"])


def miss(clock: Clock, *, at: dt.datetime | None = None) -> None:
    """Its date has passed or, without one, it did not hold at that moment. What is owed is still owed, and can be met late."""
    clock.state = State.MISSED
    clock.save(update_fields=["state"])
    note(clock, Kind.MISSED, actor=None, at=at or clock.ends_at or timezone.now())
    if clock.kind in COMES_ROUND:
        come_round(clock)


def come_round(clock: Clock, *, from_at: dt.datetime | None = None) -> None:
    """The next window, or the next round: from when it was kept, else from when it should have been.

    A promise without end takes up the rule as it is by then; a set number of windows stays one promise.
    """
    rule = clock.rule
    if rule.window_count is not None and clock.period >= rule.window_count:
        return
    started_at, multiple = clock.started_at, clock.multiple + 1
    ended_at = from_at or clock.due_at or clock.started_at
    if from_at is not None:
        started_at, multiple = from_at, 1
    if rule.window_count is None:
        on = (ended_at + rules.SECOND).astimezone(clock.tzinfo).date()
        newest = clock.program.profile.rule(rule.id, plan=clock.plan or None, on=on)
        if newest is None:
            return
        if newest.version != clock.rule_version:
            rule, started_at, multiple = newest, ended_at + rules.SECOND * (from_at is None), 1
    is_elsewhere = rule.anchor not in {None, rule.trigger}
    following, is_new = begin(
        program=clock.program,
        rule=rule,
        trigger_key=clock.trigger_key,
        started_at=started_at,
        actor=None,
        period=clock.period + 1,
        multiple=multiple,
        # A round of its own is counted from its own start, also where the first one was counted from another date.
        effective_at=started_at if is_elsewhere and multiple == 1 else clock.effective_at,
        pauses=list(clock.pauses) if multiple > 1 else [],
        **{name: getattr(clock, name) for name in _GOES_ON},
    )
    if is_new:
        settle(following, actor=None)


_GOES_ON = ("family", "matter_of", "youth", "access_basis", "responsible", "region", "plan", "subject", "subject_id")


def note(
    clock: Clock,
    kind: ClockEvent.Kind,
    *,
    actor: Person | None,
    at: dt.datetime,
    reason: str = "",
    old: tuple[dt.datetime | None, dt.date | None] | None = None,
) -> ClockEvent:
    """Add to the history and to the record, and let follow what follows."""
    before = old if old is not None else (clock.due_at, clock.due_on)
    event = ClockEvent.objects.create(
        clock=clock,
        kind=kind,
        at=at,
        actor=actor,
        reason=reason[:300],
        old_due_at=before[0] if kind != Kind.STARTED else None,
        old_due_on=before[1] if kind != Kind.STARTED else None,
        new_due_at=clock.due_at,
        new_due_on=clock.due_on,
        working=clock.working,
    )
    if kind != Kind.NEAR:  # a warning changes nothing
        _record(clock, kind, actor)
    consequences.of_clock(clock, event)
    return event


def _record(clock: Clock, kind: ClockEvent.Kind, actor: Person | None) -> None:
    record(
        actor=actor,
        verb=NOW_IS.get(kind, Entry.Verb.CHANGED),
        subject="clock",
        subject_id=clock.public_id,
        # One person's own matter stays out of what the rest of the family reads.
        family=clock.family if clock.matter_of_id is None and clock.subject not in APART else None,
        rule=clock.rule_id,
        event=kind.value,
    )


# -- what happened -------------------------------------------------------------------------------------------------------


def settle(clock: Clock, *, actor: Person | None) -> bool:
    """Meet the clock if what is on record satisfies it, as of when that happened; whether it did."""
    if not clock.is_unmet or not clock.satisfied_by:
        return False
    if clock.always_holds:
        return _holds_again(clock, actor)
    found = satisfying(clock)
    needed = clock.rule.count or 1
    if len(found) < needed:
        return False
    finish(clock, State.MET, actor=actor, at=found[needed - 1])
    return True


def _holds_again(clock: Clock, actor: Person | None) -> bool:
    """Kept all the time, never once and for all: what happened after it broke mends it, and at once it holds anew."""
    if clock.state != State.MISSED:
        return False
    broke = clock.events.filter(kind=Kind.MISSED).latest("at")
    mended = next((at for at in satisfying(clock) if at >= broke.at), None)
    if mended is None:
        return False
    finish(clock, State.MET, actor=actor, at=mended)
    come_round(clock, from_at=mended)
    return True


def satisfying(clock: Clock) -> list[dt.datetime]:
    """When what satisfies this clock happened, in order. Before it began nothing counts, save for notice given ahead."""
    happened = _same_matter(clock).order_by("at").values_list("at", flat=True)
    if clock.kind == "backward":
        return list(happened)
    if clock.kind == "recurring":  # what was done at the start of a round belongs to the one before
        return list(happened.filter(at__gt=clock.opens_at))
    if clock.kind == "window":  # one that waits for its date is not open yet
        return list(happened.filter(at__gte=clock.opens_at, at__lt=clock.ends_at)) if clock.ends_at is not None else []
    return list(happened.filter(at__gte=_first_moment(clock)))


def _same_matter(clock: Clock) -> Any:
    found = Happening.objects.filter(program=clock.program_id, family=clock.family_id, event=clock.satisfied_by)
    if clock.subject or clock.family_id is None:
        found = found.filter(
            subject__in={clock.subject, *([""] if clock.family_id else [])},
            subject_id__in={clock.subject_id, *([""] if clock.family_id else [])},
        )
    return found


def _first_moment(clock: Clock) -> dt.datetime:
    """Days are counted whole: what happened earlier on the day of the trigger counts, too."""
    if clock.due_at is not None and not clock.is_by_the_day:
        return clock.opens_at
    local = clock.opens_at.astimezone(clock.tzinfo)
    return dt.datetime.combine(local.date(), dt.time(), tzinfo=clock.tzinfo)
