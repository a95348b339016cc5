"""Whether a service goes on while an appeal runs: every condition by itself, as a table of decisions (42 CFR 438.420)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights_grievances import continuation
from rights_grievances.continuation import AskedBy, Check, Condition, Facts, Since, Stop

ASKED = dt.date(2027, 1, 12)
LAST = dt.date(2027, 1, 20)  # sent 2027-01-04, the change holds from 2027-01-20: the later of the two
DAY = dt.timedelta(days=1)
ALL_WELL = Facts(
    asked_on=ASKED,
    last_day_to_ask=LAST,
    appealed_on=ASKED,
    last_day_to_appeal=dt.date(2027, 3, 5),
    what="b",
    was_authorized=True,
    ordered_by_provider=True,
    authorized_until=dt.date(2027, 6, 30),
)


def found(**changed: Any) -> dict[Condition, Check]:
    return {one.id: one for one in continuation.check(replace(ALL_WELL, **changed))}


def test_when_all_of_it_holds_the_service_goes_on() -> None:
    checks = continuation.check(ALL_WELL)
    assert [one.id for one in checks] == list(Condition)
    assert all(one.holds for one in checks)
    assert continuation.verdict(checks) is True


@pytest.mark.parametrize(
    ("changed", "condition", "holds", "reason"),
    [
        ({"asked_on": LAST}, Condition.ASKED_IN_TIME, True, "in_time"),
        ({"asked_on": LAST + DAY}, Condition.ASKED_IN_TIME, False, "late"),
        ({"last_day_to_ask": None}, Condition.ASKED_IN_TIME, None, "last_day_unknown"),
        ({"appealed_on": dt.date(2027, 3, 5)}, Condition.APPEALED_IN_TIME, True, "in_time"),
        ({"appealed_on": dt.date(2027, 3, 6)}, Condition.APPEALED_IN_TIME, False, "late"),
        ({"appealed_on": None}, Condition.APPEALED_IN_TIME, None, "no_appeal_yet"),
        ({"last_day_to_appeal": None}, Condition.APPEALED_IN_TIME, None, "last_day_unknown"),
        *(({"what": what}, Condition.CUTS_AUTHORIZED, False, "nothing_cut") for what in "acdefg"),
        ({"was_authorized": False}, Condition.CUTS_AUTHORIZED, False, "not_approved_before"),
        ({"was_authorized": None}, Condition.CUTS_AUTHORIZED, None, "approved_unknown"),
        ({"ordered_by_provider": False}, Condition.ORDERED, False, "not_ordered"),
        ({"ordered_by_provider": None}, Condition.ORDERED, None, "order_unknown"),
        ({"authorized_until": ASKED}, Condition.STILL_AUTHORIZED, True, "period_runs"),
        ({"authorized_until": ASKED - DAY}, Condition.STILL_AUTHORIZED, False, "period_over"),
        ({"authorized_until": None}, Condition.STILL_AUTHORIZED, None, "period_unknown"),
        ({"asked_by": AskedBy.PROVIDER}, Condition.ASKED_BY_FAMILY, False, "provider"),
        ({"asked_by": AskedBy.PROVIDER, "has_family_word": False}, Condition.ASKED_BY_FAMILY, False, "provider"),
        ({"asked_by": AskedBy.PROVIDER, "has_family_word": True}, Condition.ASKED_BY_FAMILY, True, "with_word"),
        ({"asked_by": AskedBy.REPRESENTATIVE}, Condition.ASKED_BY_FAMILY, None, "word_missing"),
        (
            {"asked_by": AskedBy.REPRESENTATIVE, "has_family_word": True},
            Condition.ASKED_BY_FAMILY,
            True,
            "with_word",
        ),
        (
            {"asked_by": AskedBy.REPRESENTATIVE, "has_family_word": False},
            Condition.ASKED_BY_FAMILY,
            False,
            "word_refused",
        ),
    ],
)
def test_each_condition_is_decided_by_itself_and_says_why(
    changed: dict[str, Any], condition: Condition, holds: bool | None, reason: str
) -> None:
    checks = found(**changed)
    assert (checks[condition].holds, checks[condition].reason) == (holds, reason)
    assert continuation.verdict(checks.values()) is holds
    assert str(checks[condition].why)
    assert str(checks[condition].asks)


facts = st.builds(
    Facts,
    asked_on=st.dates(dt.date(2027, 1, 1), dt.date(2027, 4, 1)),
    last_day_to_ask=st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2027, 4, 1)),
    appealed_on=st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2027, 4, 1)),
    last_day_to_appeal=st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2027, 4, 1)),
    what=st.sampled_from("abcdefg"),
    was_authorized=st.none() | st.booleans(),
    ordered_by_provider=st.none() | st.booleans(),
    authorized_until=st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2027, 4, 1)),
    asked_by=st.sampled_from(AskedBy),
    has_family_word=st.none() | st.booleans(),
)


@given(facts=facts, said=st.dictionaries(st.sampled_from([one.value for one in Condition]), st.booleans()))
def test_a_person_decides_what_is_not_known_and_nothing_else(facts: Facts, said: dict[str, bool]) -> None:
    before = continuation.check(facts)
    after = continuation.judged(before, said)
    for one, other in zip(before, after, strict=True):
        assert other.holds == (one.holds if one.holds is not None else said.get(one.id.value))
        assert Check.from_json(other.as_json()) == other
    everything = dict.fromkeys((one.value for one in Condition), True)
    assert continuation.verdict(continuation.judged(before, everything)) is not None


ANSWERED = Since(is_adverse=True, last_day_after_answer=dt.date(2027, 4, 11))
IN_TIME: dict[str, Any] = {"hearing_asked_on": dt.date(2027, 4, 11), "asked_again_on": dt.date(2027, 4, 10)}


@pytest.mark.parametrize(
    ("since", "today", "stop"),
    [
        (Since(), dt.date(2027, 4, 1), None),
        (Since(is_withdrawn=True), dt.date(2027, 4, 1), Stop.WITHDRAWN),
        (ANSWERED, dt.date(2027, 4, 11), None),
        (ANSWERED, dt.date(2027, 4, 12), Stop.NOT_ASKED_AGAIN),
        (replace(ANSWERED, **IN_TIME), dt.date(2027, 6, 1), None),
        (replace(ANSWERED, hearing_asked_on=dt.date(2027, 4, 5)), dt.date(2027, 4, 12), Stop.NOT_ASKED_AGAIN),
        (replace(ANSWERED, asked_again_on=dt.date(2027, 4, 5)), dt.date(2027, 4, 12), Stop.NOT_ASKED_AGAIN),
        (
            replace(ANSWERED, hearing_asked_on=dt.date(2027, 4, 12), asked_again_on=dt.date(2027, 4, 12)),
            dt.date(2027, 4, 12),
            Stop.NOT_ASKED_AGAIN,
        ),
        (replace(ANSWERED, **IN_TIME, is_hearing_lost=True), dt.date(2027, 6, 1), Stop.HEARING_LOST),
        (Since(is_adverse=True), dt.date(2027, 6, 1), None),  # the letter was never sent: no day has passed
    ],
)
def test_it_stops_for_three_reasons_and_no_other(since: Since, today: dt.date, stop: Stop | None) -> None:
    assert continuation.stops(since, today) is stop
    assert set(continuation.STOPS) == set(Stop)
