"""Matching without a database: limits that nothing outweighs, reasons, and plans that are the best there are."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.matching import (
    Ages,
    Helper,
    Placing,
    Seeker,
    Spoken,
    Weights,
    allowed,
    assign,
    limits,
    outcome,
    score,
)
from tests.peer_support import crowds
from tests.peer_support.crowds import AGES

WEIGHTS = Weights(30, 15, 15, 20, 10, 10, 5, 5, 1)
SEEKER = Seeker(key="s", job="peer_partner", languages=frozenset({"es"}))
HELPER = Helper(key="h", job="peer_partner", languages=(Spoken("es", "good"),), room=1)
YOUNG = Seeker(key="s", job="youth_mentor", languages=frozenset({"es"}), age=15)
MENTOR = Helper(key="h", job="youth_mentor", languages=(Spoken("es", "good"),), room=1)
sizes = st.tuples(st.integers(0, 2**32), st.integers(0, 14), st.integers(0, 9))


def some(seed: int, seekers: int, helpers: int) -> tuple[list[Seeker], list[Helper]]:
    return crowds.crowd(random.Random(seed), seekers, helpers)


# -- plans ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@given(sizes)
@settings(max_examples=300, deadline=None)
def test_no_plan_ever_breaks_a_hard_limit_or_takes_a_place_twice(size: tuple[int, int, int]) -> None:
    seekers, helpers = some(*size)
    plan = assign(seekers, helpers, WEIGHTS, AGES)
    assert [one.seeker.key for one in plan] == sorted(one.key for one in seekers)
    placed = [one for one in plan if one.helper]
    assert all(one.helper and limits(one.seeker, one.helper, AGES) == () for one in placed)
    for helper in helpers:
        assert sum(one.helper == helper for one in placed) <= helper.room


@pytest.mark.slow
@given(sizes)
@settings(max_examples=300, deadline=None)
def test_the_plan_is_never_worse_than_taking_the_best_pair_first(size: tuple[int, int, int]) -> None:
    seekers, helpers = some(*size)
    plan = assign(seekers, helpers, WEIGHTS, AGES)
    assert crowds.worth_of(plan, WEIGHTS) >= crowds.greedy(seekers, helpers, WEIGHTS)


@pytest.mark.slow
@given(sizes, st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_same_people_give_the_same_plan_in_whatever_order_they_come(
    size: tuple[int, int, int], order: random.Random
) -> None:
    seekers, helpers = some(*size)
    plan = assign(seekers, helpers, WEIGHTS, AGES)
    order.shuffle(seekers)
    order.shuffle(helpers)
    assert assign(seekers, helpers, WEIGHTS, AGES) == plan


@given(st.tuples(st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 3)))
@settings(max_examples=100, deadline=None)
def test_no_other_plan_is_better(size: tuple[int, int, int]) -> None:
    """Against every plan there is, for few people."""
    seekers, helpers = some(*size)
    plan = assign(seekers, helpers, WEIGHTS, AGES)
    every = itertools.product([None, *helpers], repeat=len(seekers))
    best = max(
        crowds.worth_of([Placing(*pair) for pair in zip(seekers, chosen, strict=True)], WEIGHTS)
        for chosen in every
        if all(one is None or allowed(seeker, one, AGES) for seeker, one in zip(seekers, chosen, strict=True))
        and all(chosen.count(helper) <= helper.room for helper in helpers)
    )
    assert crowds.worth_of(plan, WEIGHTS) == best


def test_one_more_person_with_someone_outweighs_the_best_of_fits() -> None:
    """The peer who fits the first best is the only one whom the second can talk with."""
    twin = replace(HELPER, key="h1", systems=frozenset({"courts"}), free_at=frozenset({"weekend_day"}))
    other = replace(HELPER, key="h2", languages=(Spoken("en", "native"),))
    first = replace(SEEKER, key="s1", languages=frozenset({"en", "es"}), systems=twin.systems, free_at=twin.free_at)
    plan = assign([first, replace(SEEKER, key="s2")], [twin, other], WEIGHTS, AGES)
    assert [one.helper and one.helper.key for one in plan] == ["h2", "h1"]


def test_of_two_who_are_alike_the_longer_wait_comes_first() -> None:
    early, late = replace(SEEKER, key="s1", days=3), replace(SEEKER, key="s2", days=40)
    plan = assign([early, late], [HELPER], WEIGHTS, AGES)
    assert [one.helper for one in plan] == [None, HELPER]


def test_nobody_to_place_and_nobody_free_are_plans_too() -> None:
    assert assign([], [HELPER], WEIGHTS, AGES) == []
    assert assign([SEEKER], [], WEIGHTS, AGES) == [Placing(SEEKER)]
    assert assign([SEEKER], [replace(HELPER, room=0)], WEIGHTS, AGES) == [Placing(SEEKER)]


# -- limits -------------------------------------------------------------------------------------------------------------


@given(sizes)
@settings(max_examples=100, deadline=None)
def test_the_quick_answer_and_the_long_one_agree(size: tuple[int, int, int]) -> None:
    seekers, helpers = some(*size)
    for seeker, helper in itertools.product(seekers, helpers):
        assert allowed(seeker, helper, AGES) == (limits(seeker, helper, AGES) == ())


@pytest.mark.parametrize(
    ("seeker", "helper", "broken"),
    [
        (SEEKER, HELPER, ()),
        (SEEKER, replace(MENTOR, age=25), ("job",)),
        (SEEKER, replace(HELPER, closed=("clearance_expired", "not_taking")), ("clearance_expired", "not_taking")),
        (SEEKER, replace(HELPER, room=0), ("full",)),
        (SEEKER, replace(HELPER, languages=(Spoken("en", "native"),)), ("language",)),
        (SEEKER, replace(HELPER, languages=(Spoken("es", "basic"),)), ("language",)),
        (replace(SEEKER, interpreter_is_fine=True), replace(HELPER, languages=(Spoken("en", "native"),)), ()),
        (replace(SEEKER, apart=frozenset({"h"})), HELPER, ("conflict",)),
        (replace(SEEKER, said_no=frozenset({"h"})), HELPER, ("said_no",)),
        (replace(SEEKER, must=frozenset({"woman"})), replace(HELPER, gender="woman"), ()),
        (replace(SEEKER, must=frozenset({"woman"})), HELPER, ("must_woman",)),
        (replace(SEEKER, must=frozenset({"man"})), replace(HELPER, gender="woman"), ("must_man",)),
        (replace(SEEKER, must_not=frozenset({"man"})), HELPER, ()),
        (replace(SEEKER, must_not=frozenset({"near"}), region="a"), replace(HELPER, region="a"), ("must_not_near",)),
        (replace(SEEKER, must=frozenset({"near"})), HELPER, ("must_near",)),
        (replace(SEEKER, must=frozenset({"visit"})), replace(HELPER, ways=frozenset({"visit"})), ()),
        (replace(SEEKER, must=frozenset({"same_relation"}), relation="kin"), replace(HELPER, relation="kin"), ()),
        (replace(SEEKER, must=frozenset({"same_system"})), HELPER, ("must_same_system",)),
        (YOUNG, MENTOR, ()),
        (YOUNG, replace(MENTOR, age=18), ()),
        (YOUNG, replace(MENTOR, age=29), ()),
        (YOUNG, replace(MENTOR, age=30), ("age",)),
        (YOUNG, replace(MENTOR, is_adult=False, age=17), ("age",)),
        (YOUNG, replace(MENTOR, is_adult=False), ("age",)),
        (replace(YOUNG, age=12), MENTOR, ("age",)),
        (replace(YOUNG, age=None), MENTOR, ("age",)),
    ],
)
def test_each_limit_holds_at_its_edge(seeker: Seeker, helper: Helper, broken: tuple[str, ...]) -> None:
    assert limits(seeker, helper, AGES) == broken
    assert allowed(seeker, helper, AGES) == (not broken)


def test_without_ages_of_the_programme_no_young_person_has_a_mentor() -> None:
    assert limits(YOUNG, MENTOR, None) == ("age",)
    assert limits(SEEKER, HELPER, None) == ()


def test_race_is_not_something_that_matching_can_know() -> None:
    known = {*Seeker.__dataclass_fields__, *Helper.__dataclass_fields__, *Weights.__dataclass_fields__}
    assert not [name for name in known if any(word in name for word in ("race", "ethnic", "color", "skin", "origin"))]


# -- reasons --------------------------------------------------------------------------------------------------------------


def test_reasons_say_what_two_people_share_and_what_matters_most_counts_more() -> None:
    seeker = replace(
        SEEKER,
        systems=frozenset({"juvenile_justice", "education"}),
        relation="kin",
        free_at=frozenset({"weekday_evening", "weekend_day"}),
        region="jefferson",
        child_bands=frozenset({"13-17"}),
        interests=frozenset({"fishing"}),
        ways=frozenset({"phone"}),
    )
    helper = replace(
        HELPER,
        systems=frozenset({"juvenile_justice", "medicaid"}),
        relation="kin",
        free_at=frozenset({"weekday_evening"}),
        region="jefferson",
        child_bands=frozenset({"13-17"}),
        interests=frozenset({"fishing", "music"}),
        ways=frozenset({"phone", "visit"}),
    )
    fit = score(seeker, helper, WEIGHTS)
    assert fit.shares_experience is True
    assert fit.reasons == (
        {"code": "same_systems", "systems": ["juvenile_justice"], "relation": "kin"},
        {"code": "same_relation", "relation": "kin"},
        {"code": "child_age", "values": ["13-17"]},
        {"code": "language", "values": ["es"]},
        {"code": "free_at", "values": ["weekday_evening"]},
        {"code": "ways", "values": ["phone"]},
        {"code": "interests", "values": ["fishing"]},
        {"code": "near"},
    )
    assert fit.points == 30 * 500 + 15 * 1000 + 15 * 1000 + 20 * 800 + 10 * 500 + 10 * 1000 + 5 * 1000 + 5 * 1000
    more = score(replace(seeker, matters=frozenset({"near"})), helper, WEIGHTS)
    assert more.points == fit.points + 10 * 1000


def test_a_peer_who_lived_through_nothing_of_the_same_is_known_as_such_and_so_is_not_knowing() -> None:
    lived = replace(SEEKER, systems=frozenset({"courts"}))
    assert score(lived, replace(HELPER, systems=frozenset({"medicaid"})), WEIGHTS).shares_experience is False
    assert score(SEEKER, HELPER, WEIGHTS).shares_experience is None


def test_an_interpreter_is_said_and_earns_nothing() -> None:
    helper = replace(HELPER, languages=(Spoken("en", "native"), Spoken("es", "basic")))
    fit = score(replace(SEEKER, interpreter_is_fine=True), helper, WEIGHTS)
    assert fit.reasons == ({"code": "interpreter"},)
    assert fit.points == 0


def test_the_language_spoken_since_childhood_is_named_first() -> None:
    seeker = replace(SEEKER, languages=frozenset({"en", "es"}))
    helper = replace(HELPER, languages=(Spoken("en", "good"), Spoken("es", "native")))
    assert score(seeker, helper, WEIGHTS).reasons == ({"code": "language", "values": ["es", "en"]},)


# -- never a dead end: what is said when nobody is there -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seeker", "helpers", "said"),
    [
        (SEEKER, [HELPER], "some"),
        (SEEKER, [], "nobody_here"),
        (SEEKER, [replace(MENTOR, age=20)], "nobody_here"),
        (SEEKER, [replace(HELPER, closed=("not_verified",))], "nobody_qualified"),
        (SEEKER, [replace(HELPER, languages=(Spoken("en", "native"),))], "no_language"),
        (replace(YOUNG, age=30), [MENTOR], "age"),
        (replace(SEEKER, apart=frozenset({"h"})), [HELPER], "only_known"),
        (replace(SEEKER, said_no=frozenset({"h"})), [HELPER], "declined_all"),
        (replace(SEEKER, must=frozenset({"woman"})), [HELPER], "wishes"),
        # The only one who speaks Spanish has no place; somebody else has one but cannot talk with them.
        (SEEKER, [replace(HELPER, room=0), replace(HELPER, key="i", languages=(Spoken("en", "good"),))], "full"),
    ],
)
def test_why_nobody_is_there_is_told_as_it_is(seeker: Seeker, helpers: list[Helper], said: str) -> None:
    assert outcome(seeker, helpers, AGES) == said


@given(sizes)
@settings(max_examples=100, deadline=None)
def test_some_means_some_and_nothing_else_does(size: tuple[int, int, int]) -> None:
    seekers, helpers = some(*size)
    for seeker in seekers:
        there = any(allowed(seeker, helper, AGES) for helper in helpers)
        assert (outcome(seeker, helpers, AGES) == "some") == there


def test_ages_count_at_both_ends() -> None:
    narrow = Ages(young_from=15, young_until=15, mentor_from=20, mentor_until=20)
    assert limits(YOUNG, replace(MENTOR, age=20), narrow) == ()
    assert limits(YOUNG, replace(MENTOR, age=19), narrow) == ("age",)
