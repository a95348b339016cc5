"""Where a rota has nobody, and what its local times mean: pure, so that it can be tried on any rota and any clock change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment up to another, which no longer belongs to it. Both in UTC: in a zone Python compares what clocks show."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def holds(self, moment: dt.datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


def uncovered(covered: Iterable[Span], since: dt.datetime, until: dt.datetime) -> list[Span]:
    """The stretches of [since, until) that none of the spans covers, in order.

    Spans may overlap, touch, lie outside or, like a shift that ended before it began, hold nothing.
    """
    gaps, reached = [], since
    for span in sorted(covered):
        if span.starts_at >= until:
            break
        if span.ends_at <= max(reached, span.starts_at):
            continue
        if span.starts_at > reached:
            gaps.append(Span(reached, span.starts_at))
        reached = span.ends_at
    return [*gaps, Span(reached, until)] if reached < until else gaps


def moment_of(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """When clocks there show that time, in UTC.

    Where they show it twice, the first of the two; where they skip it, as many minutes after the skip. So what ends at
    such a time and what begins at it always meet.
    """
    return dt.datetime.combine(day, time, tzinfo=zone).astimezone(dt.UTC)


def span_of(day: dt.date, starts: dt.time, ends: dt.time, zone: dt.tzinfo) -> Span:
    """What begins on that day; an end that is not later than the beginning is on the day after."""
    last = day if ends > starts else day + DAY
    return Span(moment_of(day, starts, zone), moment_of(last, ends, zone))


def weekly(
    weekdays: Collection[int], starts: dt.time, ends: dt.time, first_on: dt.date, weeks: int, zone: dt.tzinfo
) -> list[Span]:
    """The same times on these days of so many weeks, counted from that day, by the clocks of the place.

    A stretch that a clock change leaves nothing of is left out.
    """
    days = [first_on + DAY * ahead for ahead in range(7 * weeks)]
    spans = [span_of(day, starts, ends, zone) for day in days if day.weekday() in weekdays]
    return [span for span in spans if span.starts_at < span.ends_at]
