"""When a promise is due, and how one gets there: pure arithmetic, without a database and without asking what time it is.

Conventions, each of which shows as a step of the working:

- Calendar days count from the day after the event (day 1). The date is due at the end of that day where the programme is,
  and is never moved off a weekend or a holiday: 42 CFR 438.408 gives no such roll.
- Business days leave out Saturdays, Sundays and the closings of the calendar.
- Hours are elapsed hours, counted in UTC, through nights, weekends and clock changes.
- Months are calendar months, held back to the last day of a shorter month, and always counted from the start.
- Windows begin with the day of the event itself: days 1 to 7 are that day and the six after it.
- A day on which the clock stood still is not counted.
- More time is counted from the due date or, where the rule says so, together with the first length from the start.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from portal.clocks.calendar import Calendar, is_weekend
from portal.clocks.working import Says, Step

if TYPE_CHECKING:
    from portal.programs.schema import Rule

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
END_OF_DAY = dt.time(23, 59, 59)
# Without a rule's own warnings: when a quarter of the time is left, at most a week ahead, in the morning.
WARN_SHARE = 4
WARN_AT_MOST = 7
WARN_AT = dt.time(8)


@dataclass(frozen=True, slots=True)
class Pause:
    """From when until when a clock stood still. Days are counted from the one to before the other."""

    start: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Due:
    """`due_at` in UTC, `due_on` in the calendar's zone, both None where there is none. What happens from `opens_at` on counts."""

    due_at: dt.datetime | None
    due_on: dt.date | None
    opens_at: dt.datetime
    working: tuple[Step, ...]

    @property
    def is_exact(self) -> bool:
        """Whether it is due at a time of day, and not at the end of one."""
        return self.due_at is not None and all(step.says is not Says.END_OF_DAY for step in self.working)


def due_at(
    rule: Rule,
    started_at: dt.datetime,
    calendar: Calendar,
    *,
    effective_at: dt.datetime | None = None,
    extensions: int = 0,
    pauses: Sequence[Pause] = (),
    multiple: int = 1,
) -> Due:
    """When a rule that started then is due, with the working.

    `effective_at` is when the rule's other event is: the anchor it is counted from, or the one it may be as late as.
    `multiple` is the number of the window, or of lengths since a recurring promise was last kept. Aware times only.
    """
    return _Counting(rule, started_at, calendar, effective_at, extensions, tuple(pauses), multiple).due()


def windows(rule: Rule, started_at: dt.datetime, calendar: Calendar) -> tuple[Step, ...]:
    """The working of all windows of a window rule together, as far as it says how many."""
    steps = list(due_at(rule, started_at, calendar).working[:1])
    for number in range(1, (rule.window_count or 1) + 1):
        steps += due_at(rule, started_at, calendar, multiple=number).working[1:]
    steps = [step for step in steps if step.says not in _ENDS]
    if rule.window_count is None:
        return (*steps, Step(Says.AGAIN))
    first = started_at.astimezone(calendar.zone).date()
    counted = rule.window_count * (rule.length or 0)
    if rule.unit == "calendar_days" and rule.period is not None and rule.period > counted:
        last = first + (rule.period - 1) * DAY
        return (*steps, Step(Says.NO_MINIMUM, {"first": _iso(first + counted * DAY), "last": _iso(last)}))
    return tuple(steps)


_WHAT_DOES_NOT_COUNT = frozenset({Says.CLOSED, Says.STOOD_STILL})
_ENDS = frozenset({Says.END_OF_DAY, Says.STAYS_ON_WEEKEND, Says.STAYS_ON_CLOSING})


def warnings(rule: Rule, due: Due, zone: dt.tzinfo) -> tuple[dt.datetime, ...]:
    """The moments, before it is due, at which both sides are told that it comes near; in UTC, in order."""
    if due.due_at is None or due.due_on is None:
        return ()
    if rule.warn_days:
        days = sorted(rule.warn_days, reverse=True)
    elif due.is_exact:
        return (due.due_at - (due.due_at - due.opens_at) / WARN_SHARE,)
    else:
        span = (due.due_on - due.opens_at.astimezone(zone).date()).days
        days = [max(1, min(WARN_AT_MOST, span // WARN_SHARE))]
    moments = [_moment(due.due_on - ahead * DAY, WARN_AT, zone) for ahead in days]
    return tuple(moment for moment in moments if rule.kind == "backward" or moment > due.opens_at)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of the month, `count` months on (or back), held back to the month's last day."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@dataclass
class _Counting:
    """One sum on paper: where it has got to, and the lines written so far."""

    rule: Rule
    started_at: dt.datetime
    calendar: Calendar
    effective_at: dt.datetime | None
    extensions: int
    pauses: tuple[Pause, ...]
    multiple: int
    steps: list[Step] = field(default_factory=list)

    def due(self) -> Due:
        if self.rule.kind == "standing":
            return Due(None, None, self.started_at.astimezone(dt.UTC), (Step(Says.HOLDS_ALWAYS),))
        base = self._base()
        if base is None:
            return Due(None, None, self.started_at.astimezone(dt.UTC), (Step(Says.WAITS),))
        base = base.astimezone(self.calendar.zone)
        if self.rule.unit == "hours":
            self._say(Says.FROM_MOMENT, at=_iso(base))
        else:
            self._say(Says.FROM_DAY, on=_iso(base.date()))
        if self.rule.kind == "backward":
            return self._ended(self._backward(base), self.started_at)
        if self.rule.kind == "window":
            return self._window(base)
        reached = self._later(self._forward(base))
        return self._ended(self._extended(reached), self._opening(base))

    def _base(self) -> dt.datetime | None:
        """What it is counted from. None: the anchor's own date is not known yet."""
        if self.rule.later_of is not None:
            return self.started_at
        is_elsewhere = self.rule.anchor not in {None, self.rule.trigger}
        if is_elsewhere or self.rule.kind == "backward":
            return self.effective_at if is_elsewhere or self.effective_at is not None else self.started_at
        return self.started_at

    def _opening(self, base: dt.datetime) -> dt.datetime:
        """From when on what happens counts for this round of a recurring promise: the end of the round before."""
        if self.multiple == 1:
            return base
        before = _Counting(self.rule, base, self.calendar, None, 0, self.pauses, 1)
        length = (self.rule.length or 0) * (self.multiple - 1)
        return self._as_moment(before._count(self.rule.unit or "", base, length, ""))

    # -- ahead and back ----------------------------------------------------------------------------------------------

    def _forward(self, base: dt.datetime) -> dt.date | dt.datetime:
        more = self.rule.extension
        length = (self.rule.length or 0) * self.multiple
        if more is not None and self.extensions and self._counts_together():
            added = more.length * self.extensions
            self._say(Says.MORE_FROM_START, added=added, unit=more.unit, length=length + added)
            length += added
        return self._count(self.rule.unit or "", base, length, "")

    def _counts_together(self) -> bool:
        more = self.rule.extension
        return more is not None and more.anchor == "trigger" and more.unit == self.rule.unit

    def _extended(self, reached: dt.date | dt.datetime) -> dt.date | dt.datetime:
        more = self.rule.extension
        if more is None or not self.extensions or self._counts_together():
            return reached
        length = more.length * self.extensions
        if more.unit == "hours":
            return self._count("hours", self._as_moment(reached), length, "more_")
        if not isinstance(reached, dt.datetime):
            return self._count(more.unit, self._as_moment(reached), length, "more_")
        # Hours and then days: the same time of day on a later day (42 CFR 438.408(c) on an expedited appeal).
        local = reached.astimezone(self.calendar.zone)
        day = self._count(more.unit, local, length, "more_")
        moment = dt.datetime.combine(day, local.time(), tzinfo=self.calendar.zone)
        self.steps[-1].values["to"] = _iso(moment)
        return moment

    def _count(self, unit: str, base: dt.datetime, length: int, prefix: str) -> dt.date | dt.datetime:
        counts: dict[str, Callable[[dt.datetime, int, str], dt.date | dt.datetime]] = {
            "calendar_days": self._days,
            "business_days": self._business_days,
            "hours": self._hours,
            "months": self._months,
        }
        return counts[unit](base, length, prefix)

    def _days(self, base: dt.datetime, length: int, prefix: str) -> dt.date:
        start = base.date()
        day = self._walk(start, length, lambda day: not self._stood_still(day))
        self._say_still(start, day)
        self._say(Says(f"{prefix}days"), length=length, start=_iso(start), to=_iso(day))
        return day

    def _business_days(self, base: dt.datetime, length: int, prefix: str) -> dt.date:
        start = base.date()
        day = self._walk(start, length, lambda day: self._is_working(day) and not self._stood_still(day))
        self._say_still(start, day)
        self._say_closings(start, day)
        self._say(Says(f"{prefix}business_days"), length=length, start=_iso(start), to=_iso(day))
        return day

    def _hours(self, base: dt.datetime, length: int, prefix: str) -> dt.datetime:
        end = base.astimezone(dt.UTC) + dt.timedelta(hours=length)
        counted_to = base
        for pause in sorted(self.pauses, key=lambda pause: pause.start):
            start = max(pause.start, counted_to)
            if start < end and pause.until > start:
                end += pause.until - start
                counted_to = pause.until
                self._say(Says.STOOD_STILL, start=self._local(start), until=self._local(pause.until))
        local = end.astimezone(self.calendar.zone)
        shift = (local.utcoffset() or dt.timedelta()) - (base.utcoffset() or dt.timedelta())
        if shift:
            self._say(Says.CLOCK_CHANGE, minutes=int(shift.total_seconds() // 60))
        self._say(Says(f"{prefix}hours"), length=length, start=self._local(base), to=_iso(local))
        return local

    def _months(self, base: dt.datetime, length: int, prefix: str) -> dt.date:
        start = base.date()
        day = add_months(start, length)
        if day.day != start.day:
            self._say(Says.MONTH_END, day=start.day, to=_iso(day))
        self._say(Says(f"{prefix}months"), length=length, start=_iso(start), to=_iso(day))
        return self._moved_by_pauses(start, day)

    def _moved_by_pauses(self, start: dt.date, day: dt.date) -> dt.date:
        """Whole months hold no single days to leave out: the days it stood still are added at the end."""
        counted_to = start
        for pause_start, until in self._still_days():
            first = max(pause_start, counted_to)
            if first <= day and until > first:
                day += until - first
                counted_to = until
                self._say(Says.STOOD_STILL, start=_iso(first), until=_iso(until), to=_iso(day))
        return day

    def _backward(self, base: dt.datetime) -> dt.date | dt.datetime:
        length, start = self.rule.length or 0, base.date()
        if self.rule.unit == "hours":
            moment = (base.astimezone(dt.UTC) - dt.timedelta(hours=length)).astimezone(self.calendar.zone)
            self._say(Says.HOURS_BEFORE, length=length, start=self._local(base), to=_iso(moment))
            return moment
        says, day = Says.DAYS_BEFORE, start - length * DAY
        if self.rule.unit == "business_days":
            says, day = Says.BUSINESS_DAYS_BEFORE, self._walk(start, length, self._is_working, -DAY)
            self._say_closings(day, start - DAY)
        elif self.rule.unit == "months":
            says, day = Says.MONTHS_BEFORE, add_months(start, -length)
        self._say(says, length=length, start=_iso(start), to=_iso(day))
        return day

    # -- windows -----------------------------------------------------------------------------------------------------

    def _window(self, base: dt.datetime) -> Due:
        opens, _lines = self._window_end(base, self.multiple - 1)
        ends, lines = self._window_end(base, self.multiple)
        self.steps += [step for step in lines if step.says in _WHAT_DOES_NOT_COUNT]
        if isinstance(opens, dt.datetime) and isinstance(ends, dt.datetime):
            self._say_window(_iso(opens), _iso(ends))
            return self._ended(ends, opens)
        first = opens + DAY
        self._say_window(_iso(first), _iso(ends))
        return self._ended(ends, _moment(first, dt.time(), self.calendar.zone))

    def _say_window(self, first: str, last: str) -> None:
        rule, number = self.rule, self.multiple
        size = {"length": rule.length, "unit": rule.unit}
        self._say(Says.WINDOW, number=number, count=rule.count, first=first, last=last, **size)

    def _window_end(self, base: dt.datetime, number: int) -> tuple[dt.date | dt.datetime, list[Step]]:
        """When that window ends, and the lines of that sum. The end of window 0 is what lies before the first."""
        paper = _Counting(self.rule, base, self.calendar, None, 0, self.pauses, number)
        length = (self.rule.length or 0) * number
        if self.rule.unit == "hours":
            return paper._hours(base, length, ""), paper.steps
        if self.rule.unit == "months":
            last = add_months(base.date(), length) - DAY
            return (paper._moved_by_pauses(base.date(), last) if number else last), paper.steps
        return paper._count(self.rule.unit or "", base - DAY, length, ""), paper.steps

    # -- the end -----------------------------------------------------------------------------------------------------

    def _later(self, reached: dt.date | dt.datetime) -> dt.date | dt.datetime:
        if self.rule.later_of is None:
            return reached
        if self.effective_at is None:
            self._say(Says.LATER_UNKNOWN)
            return reached
        day = self.effective_at.astimezone(self.calendar.zone).date()
        so_far = reached.date() if isinstance(reached, dt.datetime) else reached
        self._say(Says.LATER_DAY if day > so_far else Says.NOT_LATER, on=_iso(day))
        return day if day > so_far else reached

    def _ended(self, reached: dt.date | dt.datetime, opens_at: dt.datetime) -> Due:
        opens_at = opens_at.astimezone(dt.UTC)
        if isinstance(reached, dt.datetime):
            return Due(reached.astimezone(dt.UTC), reached.date(), opens_at, tuple(self.steps))
        self._say_not_moved(reached)
        self._say(Says.END_OF_DAY, on=_iso(reached))
        return Due(_moment(reached, END_OF_DAY, self.calendar.zone), reached, opens_at, tuple(self.steps))

    def _say_not_moved(self, day: dt.date) -> None:
        if self.rule.unit == "business_days":
            return
        if is_weekend(day):
            self._say(Says.STAYS_ON_WEEKEND, on=_iso(day))
        elif (name := self.calendar.closing(day)) is not None:
            self._say(Says.STAYS_ON_CLOSING, on=_iso(day), name=name)

    # -- days --------------------------------------------------------------------------------------------------------

    def _walk(
        self, start: dt.date, length: int, counts: Callable[[dt.date], bool], step: dt.timedelta = DAY
    ) -> dt.date:
        day = start
        while length:
            day += step
            length -= counts(day)
        return day

    def _is_working(self, day: dt.date) -> bool:
        return not is_weekend(day) and self.calendar.closing(day) is None

    def _still_days(self) -> list[tuple[dt.date, dt.date]]:
        zone = self.calendar.zone
        spans = [(pause.start.astimezone(zone).date(), pause.until.astimezone(zone).date()) for pause in self.pauses]
        return sorted(spans)

    def _stood_still(self, day: dt.date) -> bool:
        return any(first <= day < until for first, until in self._still_days())

    def _say_still(self, start: dt.date, end: dt.date) -> None:
        for first, until in self._still_days():
            if max(first, start + DAY) < min(until, end + DAY):
                self._say(Says.STOOD_STILL, start=_iso(first), until=_iso(until))

    def _say_closings(self, start: dt.date, end: dt.date) -> None:
        for ahead in range(1, (end - start).days + 1):
            day = start + ahead * DAY
            name = None if is_weekend(day) or self._stood_still(day) else self.calendar.closing(day)
            if name is not None:
                self._say(Says.CLOSED, on=_iso(day), name=name)

    def _say(self, says: Says, **values: Any) -> None:
        self.steps.append(Step(says, values))

    def _local(self, moment: dt.datetime) -> str:
        return _iso(moment.astimezone(self.calendar.zone))

    def _as_moment(self, reached: dt.date | dt.datetime) -> dt.datetime:
        if isinstance(reached, dt.datetime):
            return reached
        return dt.datetime.combine(reached, END_OF_DAY, tzinfo=self.calendar.zone)


def _moment(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=zone).astimezone(dt.UTC)


def _iso(value: dt.date | dt.datetime) -> str:
    return value.isoformat()
