"""How meetings went, counted: nobody can be told from a number, or from the difference of two."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.reach import Period
from portal.voice.results import (
    CHANGED,
    HEARD,
    PRESENCE,
    PULSE,
    Record,
    Year,
    from_numbers,
    quarters_of,
    settled_quarters,
    tables,
    year_of,
)

LEAST = 11
QUARTERS = [Period(2026, 1), Period(2026, 2), Period(2026, 3), Period(2026, 4)]


def said(quarter: int, heard: str, who: int) -> Record:
    day = QUARTERS[quarter].first + dt.timedelta(days=10)
    return Record(day, who, {"heard": heard, "changed": "yes", "side": "young"})


def many(quarter: int, heard: str, count: int, start: int = 0) -> list[Record]:
    return [said(quarter, heard, start + one) for one in range(count)]


@pytest.mark.promise("NC-12")
def test_a_pulse_answered_by_one_person_only_shows_nothing() -> None:
    for table in tables([said(0, "no", 1)], QUARTERS, PULSE, LEAST):
        assert table.is_empty
        assert table.lines == []
        assert table.total.parts is None


@pytest.mark.promise("NC-12")
def test_nothing_is_shown_below_the_minimum_group_size_and_all_of_it_from_there_on() -> None:
    ten, eleven = many(0, "yes", 10), many(0, "yes", 11)
    assert tables(ten, QUARTERS, [HEARD], LEAST)[0].is_empty
    shown = tables(eleven, QUARTERS, [HEARD], LEAST)[0]
    assert (shown.level, shown.lines[0].parts, shown.total.parts) == (0, (11, 0, 0), (11, 0, 0))
    assert shown.lines[0].percent == 100


def test_where_few_say_no_it_is_shown_more_coarsely() -> None:
    few = [*many(0, "yes", 20), *many(0, "partly", 8, 100), *many(0, "no", 4, 200)]
    shown = tables(few, QUARTERS, [HEARD], LEAST)[0]
    assert (shown.level, shown.total.parts) == (1, (20, 12))
    fewer = [*many(0, "yes", 20), *many(0, "no", 4, 200)]
    shown = tables(fewer, QUARTERS, [HEARD], LEAST)[0]
    assert (shown.level, shown.total.parts, shown.total.percent) == (2, (24,), None)


def test_the_difference_of_two_totals_tells_of_nobody() -> None:
    """One quarter is large, one has a single answer: without more the total minus the first would be that answer."""
    records = [*many(0, "yes", 30), *many(1, "yes", 1, 500)]
    shown = tables(records, QUARTERS, [HEARD], LEAST)[0]
    told = [one.parts for one in shown.lines if one.parts is not None]
    assert shown.total.parts is None or sum(map(sum, told)) != sum(shown.total.parts) - 1
    assert shown.lines[1].parts is None


def test_one_person_in_four_quarters_is_no_four_people() -> None:
    """Three people who say no in each quarter: twelve answers, three people."""
    records = [said(quarter, "no", who) for quarter, who in product(range(4), range(3))]
    records += [said(quarter, "yes", 100 + who) for quarter, who in product(range(4), range(30))]
    shown = tables(sorted(records, key=lambda one: one.on), QUARTERS, [HEARD], LEAST)[0]
    assert shown.level == 2
    by_heart = tables([said(quarter, "no", who) for quarter, who in product(range(4), range(3))], QUARTERS, [HEARD], 11)
    assert by_heart[0].is_empty


def test_who_answers_about_several_meetings_counts_once_with_the_last_word() -> None:
    records = [*many(0, "no", 11), *many(0, "yes", 11)]
    assert tables(records, QUARTERS, [HEARD], LEAST)[0].lines[0].parts == (11, 0, 0)


def test_what_is_published_is_read_back_as_it_was() -> None:
    for table in tables(many(0, "yes", 12), QUARTERS, [HEARD, CHANGED], LEAST):
        assert from_numbers(table.as_numbers()) == table


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 25)), max_size=12))
def test_no_shown_number_and_no_sum_of_hidden_ones_is_small(groups: list[tuple[int, int, int]]) -> None:
    records: list[Record] = []
    for place, (quarter, answer, count) in enumerate(groups):
        records += many(quarter, ("yes", "partly", "no")[answer], count, 1000 * place)
    (table,) = tables(sorted(records, key=lambda one: one.on), QUARTERS, [HEARD], LEAST)
    shown = [one.parts for one in table.lines if one.parts is not None]
    for parts in shown:
        assert all(part == 0 or part >= LEAST for part in parts)
    if table.total.parts is not None:
        for column, total in enumerate(table.total.parts):
            rest = total - sum(parts[column] for parts in shown)
            assert rest == 0 or rest >= LEAST


def test_young_people_and_family_are_cuts_of_one() -> None:
    """Ten meetings without the young person and one of them with a caregiver: no two numbers give the one."""
    day = QUARTERS[0].first
    rows = [Record(day, one, {"family": "young", "peer": "there"}) for one in range(20)]
    rows += [Record(day, 100 + one, {"family": "none", "peer": "away"}) for one in range(11)]
    rows += [Record(day, 200, {"family": "raising", "peer": "away"})]
    family = tables(rows, QUARTERS, PRESENCE, LEAST)[0]
    assert (family.level, family.total.parts) == (1, (21, 11))


def test_the_year_is_the_programmes_own_and_only_settled_quarters_count() -> None:
    year = year_of(dt.date(2026, 11, 23), 7)
    assert (year.first, year.last, year.before) == (
        dt.date(2026, 7, 1),
        dt.date(2027, 6, 30),
        Year(dt.date(2025, 7, 1)),
    )
    assert year_of(dt.date(2026, 6, 30), 7) == year.before
    assert [one.code for one in quarters_of(year, dt.date(2026, 11, 23), 14)] == ["2026-q3"]
    assert quarters_of(year, dt.date(2026, 10, 10), 14) == [], "answers of the quarter can still change"
    assert [one.code for one in quarters_of(year.before, dt.date(2026, 11, 23), 14)] == [
        *("2025-q3", "2025-q4", "2026-q1", "2026-q2")
    ]
    assert [one.code for one in settled_quarters(dt.date(2026, 11, 23), 14, 2)] == ["2026-q2", "2026-q3"]
