"""Gaps of a rota, counted with nothing but times: held against a count minute by minute, and over both clock changes."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.safety.gaps import DAY, Span, moment_of, span_of, uncovered, weekly

EASTERN = ZoneInfo("America/New_York")
QUARTER = dt.timedelta(minutes=15)
START = dt.datetime(2027, 3, 13, tzinfo=dt.UTC)
SPRING, AUTUMN = dt.date(2027, 3, 14), dt.date(2027, 11, 7)
QUARTERS = 4 * 24 * 4

spans = st.lists(
    st.tuples(st.integers(-40, QUARTERS + 40), st.integers(-4, 110)).map(
        lambda one: Span(START + one[0] * QUARTER, START + (one[0] + one[1]) * QUARTER)
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(spans, st.integers(0, 60), st.integers(61, QUARTERS))
def test_gaps_are_what_a_count_quarter_by_quarter_finds(rota: list[Span], first: int, last: int) -> None:
    since, until = START + first * QUARTER, START + last * QUARTER
    gaps = uncovered(rota, since, until)
    for number in range(first, last):
        moment = START + number * QUARTER
        assert any(gap.holds(moment) for gap in gaps) != any(span.holds(moment) for span in rota)
    assert all(since <= gap.starts_at < gap.ends_at <= until for gap in gaps)
    # Apart from each other: a gap is said once, whole.
    assert all(one.ends_at < other.starts_at for one, other in pairwise(gaps))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([SPRING, AUTUMN]), st.lists(st.integers(0, 95), min_size=1, max_size=5, unique=True))
def test_a_pattern_around_the_clock_has_no_gap_over_a_clock_change(change: dt.date, quarters: list[int]) -> None:
    """Whatever the times at which people take over: what ends at a time and what begins at it always meet."""
    times = sorted(dt.time(number // 4, number % 4 * 15) for number in quarters)
    first, every = change - 3 * DAY, range(7)
    rota = [
        span
        for starts, ends in zip(times, times[1:] + times[:1], strict=True)
        for span in (
            weekly(every, starts, ends, first, 1, EASTERN)
            if starts != ends
            else [Span(moment_of(day, starts, EASTERN), moment_of(day + DAY, starts, EASTERN)) for day in _days(first)]
        )
    ]
    assert not uncovered(rota, moment_of(first + DAY, times[0], EASTERN), moment_of(first + 6 * DAY, times[0], EASTERN))


def _days(first: dt.date) -> list[dt.date]:
    return [first + DAY * ahead for ahead in range(7)]


def test_a_gap_over_a_clock_change_is_as_long_as_it_really_is() -> None:
    evening, morning = dt.time(20), dt.time(8)
    for change, hours in ((SPRING, 11), (AUTUMN, 13)):
        day = span_of(change - DAY, morning, evening, EASTERN)
        next_day = span_of(change, morning, evening, EASTERN)
        (gap,) = uncovered([day, next_day], day.starts_at, next_day.ends_at)
        assert gap.ends_at - gap.starts_at == dt.timedelta(hours=hours)


def test_the_hour_that_is_skipped_makes_no_shift_and_the_one_that_comes_twice_leaves_no_hole() -> None:
    half_past, three = dt.time(2, 30), dt.time(3)
    assert weekly([6], half_past, three, SPRING, 1, EASTERN) == []
    assert len(weekly([6], half_past, three, SPRING + 7 * DAY, 1, EASTERN)) == 1
    night = span_of(AUTUMN - DAY, dt.time(22), dt.time(1, 30), EASTERN)
    early = span_of(AUTUMN, dt.time(1, 30), dt.time(9), EASTERN)
    assert night.ends_at == early.starts_at
    assert early.ends_at - early.starts_at == dt.timedelta(hours=8, minutes=30)


def test_a_night_shift_ends_on_the_next_day_at_the_same_time_by_the_clock() -> None:
    two_weeks = weekly([5, 6], dt.time(20), dt.time(8), SPRING - DAY, 2, EASTERN)
    shown = [(one.starts_at.astimezone(EASTERN), one.ends_at.astimezone(EASTERN)) for one in two_weeks]
    assert [f"{starts:%d %H:%M}-{ends:%d %H:%M}" for starts, ends in shown] == [
        "13 20:00-14 08:00",
        "14 20:00-15 08:00",
        "20 20:00-21 08:00",
        "21 20:00-22 08:00",
    ]
    assert [(one.ends_at - one.starts_at) // dt.timedelta(hours=1) for one in two_weeks] == [11, 12, 12, 12]
