"""Who qualifies as a peer: days counted by hand, every edge of a year, and random lives against the plain count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_support.qualification import (
    Held,
    Lived,
    Needed,
    Thresholds,
    days_lived,
    judge,
    problem_with_days,
    problems_with_papers,
)
from portal.programs.registry import profile_of

SEED = Thresholds(systems=2, days=365)
TODAY = dt.date(2027, 2, 5)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def lived(system: str, first: str, last: str | None = None) -> Lived:
    return Lived(system, day(first), day(last) if last else None)


def verdict_of(
    *systems: Lived, thresholds: Thresholds = SEED, today: dt.date = TODAY
) -> tuple[int, int, tuple[str, ...]]:
    verdict = judge(systems, True, "Ruth", today, thresholds, today)
    return verdict.systems, verdict.days, verdict.problems


# -- the seed's definition -----------------------------------------------------------------------------------------------


def test_louisiana_asks_for_two_systems_and_a_year_and_not_that_they_overlap() -> None:
    settings = profile_of("louisiana-csoc").settings
    assert settings.qualification_systems is not None
    assert settings.qualification_days is not None
    assert settings.qualification_overlap is not None
    assert (settings.qualification_systems.value, settings.qualification_days.value) == (2, 365)
    assert not settings.qualification_overlap.on


@pytest.mark.promise("FSO-12")
@pytest.mark.parametrize(
    ("systems", "days", "problems"),
    [
        # 2025 has 365 days: from its first to its last day, both counted.
        ([("courts", "2025-01-01", "2025-12-31"), ("medicaid", "2025-01-01", "2025-12-31")], 365, ()),
        ([("courts", "2025-01-01", "2025-12-30"), ("medicaid", "2025-01-01", "2025-12-30")], 364, ("too_few_days",)),
        ([("courts", "2025-01-01", "2025-12-31"), ("courts", "2025-01-01", "2025-12-31")], 365, ("too_few_systems",)),
        ([("courts", "2025-01-01", "2026-12-31")], 730, ("too_few_systems",)),
        ([("courts", "2025-01-01", "2025-12-30")], 364, ("too_few_systems", "too_few_days")),
    ],
)
def test_364_days_or_one_system_fails_and_365_and_two_pass_with_who_verified(
    systems: list[tuple[str, str, str]], days: int, problems: tuple[str, ...]
) -> None:
    verdict = judge([lived(*one) for one in systems], True, "Ruth Castille", day("2027-02-01"), SEED, TODAY)
    assert (verdict.days, verdict.problems) == (days, problems)
    assert verdict.passes is (not problems)
    assert (verdict.verified_by, verdict.verified_on) == ("Ruth Castille", day("2027-02-01"))


def test_two_systems_one_after_the_other_make_a_year_together() -> None:
    first, then = lived("courts", "2024-01-01", "2024-06-30"), lived("medicaid", "2025-01-01", "2025-07-02")
    assert verdict_of(first, then) == (2, 182 + 183, ())


def test_a_gap_between_two_systems_does_not_count() -> None:
    assert (
        days_lived([lived("courts", "2025-01-01", "2025-01-10"), lived("medicaid", "2025-03-01", "2025-03-01")], TODAY)
        == 11
    )


def test_a_day_with_several_systems_counts_once() -> None:
    first, then = lived("courts", "2025-01-01", "2025-01-10"), lived("medicaid", "2025-01-05", "2025-01-12")
    assert days_lived([first, then], TODAY) == 12


def test_a_leap_day_is_a_day() -> None:
    assert days_lived([lived("courts", "2024-01-01", "2024-12-31")], TODAY) == 366
    assert days_lived([lived("courts", "2024-02-29", "2024-02-29")], TODAY) == 1
    # From a leap day to the day before its next birthday: a whole year.
    assert verdict_of(lived("courts", "2024-02-29", "2025-02-27"), lived("medicaid", "2025-02-27"))[1] > 365
    assert days_lived([lived("courts", "2024-02-29", "2025-02-27")], TODAY) == 365


def test_what_goes_on_counts_to_today_and_today_counts() -> None:
    start = TODAY - dt.timedelta(days=364)
    going_on = [Lived("courts", start), Lived("medicaid", start)]
    assert verdict_of(*going_on) == (2, 365, ())
    yesterday = TODAY - dt.timedelta(days=1)
    assert verdict_of(*going_on, today=yesterday) == (2, 364, ("too_few_days",))


def test_what_has_not_come_counts_neither_as_days_nor_as_a_system() -> None:
    ahead = Lived("medicaid", TODAY + dt.timedelta(days=1))
    assert verdict_of(lived("courts", "2020-01-01"), ahead)[0] == 1
    ends_ahead = Lived("courts", TODAY, TODAY + dt.timedelta(days=900))
    assert days_lived([ends_ahead], TODAY) == 1


def test_where_a_programme_asks_for_it_only_days_with_both_at_once_count() -> None:
    first, then = lived("courts", "2024-01-01", "2025-06-30"), lived("medicaid", "2025-01-01", "2026-06-30")
    both = Thresholds(systems=2, days=365, must_overlap=True)
    assert verdict_of(first, then) == (2, 912, ())
    assert verdict_of(first, then, thresholds=both) == (2, 181, ("too_few_days",))
    longer = lived("medicaid", "2024-07-01", "2026-06-30")
    assert verdict_of(first, longer, thresholds=both) == (2, 365, ())


def test_the_same_system_twice_is_not_two_at_once() -> None:
    twice = [lived("courts", "2024-01-01", "2025-12-31"), lived("courts", "2024-03-01", "2025-03-31")]
    assert days_lived(twice, TODAY, at_least=2) == 0


def test_where_a_programme_names_no_numbers_the_word_and_the_check_are_what_is_asked_for() -> None:
    assert judge([], True, "Ruth", TODAY, Thresholds(), TODAY).passes
    assert judge([], False, None, None, Thresholds(), TODAY).problems == ("not_attested", "not_verified")


def test_nobody_qualifies_without_their_word_and_somebody_elses_check() -> None:
    years = [lived("courts", "2020-01-01"), lived("medicaid", "2020-01-01")]
    assert judge(years, False, "Ruth", TODAY, SEED, TODAY).problems == ("not_attested",)
    assert judge(years, True, None, None, SEED, TODAY).problems == ("not_verified",)
    assert judge(years, True, "Ruth", TODAY + dt.timedelta(days=1), SEED, TODAY).problems == ("not_verified",)
    assert judge(years, True, None, None, SEED, TODAY).has_lived_enough


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("2027-02-05", None, ""),
        ("2027-02-06", None, "ahead"),
        ("1926-12-31", None, "too_old"),
        ("2027-01-01", "2027-02-05", ""),
        ("2027-01-01", "2027-02-06", "until_ahead"),
        ("2027-01-02", "2027-01-01", "reversed"),
        ("2027-01-01", "2027-01-01", ""),
    ],
)
def test_days_that_cannot_be_are_named(first: str, last: str | None, problem: str) -> None:
    assert problem_with_days(day(first), day(last) if last else None, TODAY) == problem


# -- random lives --------------------------------------------------------------------------------------------------------

DAYS = st.integers(min_value=0, max_value=900).map(lambda ago: TODAY - dt.timedelta(days=ago))


@st.composite
def lives(draw: st.DrawFn) -> list[Lived]:
    spans = draw(st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.none() | DAYS), max_size=6))
    return [
        Lived(system, min(first, last or first), max(first, last) if last else None) for system, first, last in spans
    ]


def counted_by_hand(systems: list[Lived], today: dt.date, at_least: int) -> int:
    there: dict[dt.date, set[str]] = {}
    for one in systems:
        when = one.from_on
        while when <= min(one.until_on or today, today):
            there.setdefault(when, set()).add(one.system)
            when += dt.timedelta(days=1)
    return sum(len(names) >= at_least for names in there.values())


@given(lives(), st.integers(min_value=1, max_value=3))
def test_the_count_is_that_of_whoever_ticks_days_on_a_calendar(systems: list[Lived], at_least: int) -> None:
    assert days_lived(systems, TODAY, at_least=at_least) == counted_by_hand(systems, TODAY, at_least)


@given(lives(), lives())
def test_more_lived_never_qualifies_less_and_order_does_not_matter(some: list[Lived], more: list[Lived]) -> None:
    def fails(systems: list[Lived]) -> set[str]:
        return set(judge(systems, True, "Ruth", TODAY, SEED, TODAY).problems)

    assert fails(some + more) <= fails(some)
    assert fails(some + more) == fails(more + some)


@given(lives())
def test_both_at_once_is_never_more_than_either(systems: list[Lived]) -> None:
    counts = [days_lived(systems, TODAY, at_least=number) for number in (1, 2, 3)]
    assert counts == sorted(counts, reverse=True)


# -- papers ----------------------------------------------------------------------------------------------------------------


def paper(kind: str, requirement: str, expires: int | None, *, title: str = "", issued: int = 100) -> Held:
    ends = None if expires is None else TODAY + dt.timedelta(days=expires)
    return Held(kind, requirement, title, TODAY - dt.timedelta(days=issued), ends)


NEEDED = [Needed("clearance", "background-check"), Needed("training", "core")]


def test_a_paper_holds_on_its_last_day_and_not_on_the_day_after() -> None:
    for days, problems in ((1, ()), (0, ()), (-1, ("clearance_expired",))):
        held = [paper("clearance", "background-check", days), paper("training", "core", None)]
        assert problems_with_papers(held, NEEDED, TODAY) == problems


def test_what_was_never_there_is_missing_and_what_ran_out_has_expired() -> None:
    assert problems_with_papers([], NEEDED, TODAY) == ("clearance_missing", "training_missing")
    ran_out = [paper("training", "core", -3)]
    assert problems_with_papers(ran_out, NEEDED, TODAY) == ("clearance_missing", "training_expired")


def test_a_renewal_takes_the_place_of_what_ran_out() -> None:
    held = [paper("training", "", -3, title="First Aid"), paper("training", "", 300, title=" first  aid")]
    assert problems_with_papers(held, [], TODAY) == ()
    assert problems_with_papers(held[:1], [], TODAY) == ("training_expired",)


def test_a_paper_from_tomorrow_does_not_count_today() -> None:
    held = [paper("training", "core", None, issued=-1), paper("clearance", "background-check", None)]
    assert problems_with_papers(held, NEEDED, TODAY) == ("training_missing",)
