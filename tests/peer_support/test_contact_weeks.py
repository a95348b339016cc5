"""Whatever is written down in whatever order, the weeks are those that somebody with a calendar and a pencil would count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_support import actions, weeks
from peer_support.models import ContactPause
from portal.access import contacts as access
from portal.clocks.firing import fire_due
from tests.clocks.conftest import SetTime, at
from tests.peer_support.florida import START, Florida, moment

__all__ = ["at"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LAST_DAY = 44
LONG_AFTER = 120
COUNTED_WAYS = {"visit", "call", "text", "video"}


@dataclass(frozen=True)
class Made:
    day: int
    hour: int
    way: str
    outcome: str
    is_two_way: bool
    late: int  # by how many days it is written down later

    @property
    def counts(self) -> bool:
        answered = self.is_two_way or self.way == "visit"
        return self.outcome == "reached" and answered and self.way in COUNTED_WAYS


@dataclass(frozen=True)
class Break:
    """From that day on, until the day named or, where they come back earlier, until then."""

    day: int
    length: int
    early: int | None

    @property
    def back(self) -> int:
        return self.day + self.length

    @property
    def ends(self) -> int:
        return self.back if self.early is None else min(self.back, self.day + self.early)


made = st.builds(
    Made,
    day=st.integers(1, LAST_DAY),
    hour=st.integers(9, 20),
    way=st.sampled_from(["visit", "call", "call", "text", "video", "chat"]),
    outcome=st.sampled_from(["reached", "reached", "reached", "attempt"]),
    is_two_way=st.sampled_from([True, True, True, False]),
    late=st.sampled_from([0, 0, 0, 1, 4, 12]),
)
breaks = st.builds(Break, day=st.integers(1, 30), length=st.integers(1, 16), early=st.none() | st.integers(1, 10))


@given(
    contacts=st.lists(made, max_size=28, unique_by=lambda one: (one.day, one.hour)),
    pauses=st.lists(breaks, max_size=2, unique_by=lambda one: one.day),
    is_worker_behind=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_weeks_are_what_an_independent_count_says(
    florida: Florida, at: SetTime, contacts: list[Made], pauses: list[Break], is_worker_behind: bool
) -> None:
    at(START)
    with transaction.atomic():
        play(florida, at, contacts, pauses, is_worker_behind)
        found = weeks.weeks_of(florida.people["mother"], florida.mother)
        expected = recount(contacts, left_out(pauses))
        assert [(week.last, week.done, week.is_kept, week.is_red) for week in found] == [
            (moment(last).date(), done, done >= 3, done < 3) for last, done in expected
        ]
        transaction.set_rollback(True)


@pytest.fixture
def florida(db: None, at: SetTime) -> Florida:
    at(START)
    return Florida()


def play(florida: Florida, at: SetTime, contacts: list[Made], pauses: list[Break], is_worker_behind: bool) -> None:
    """What happens, in the order of the days on which it is said."""
    florida.begin()
    todo: list[tuple[int, int, Made | Break | str]] = [
        (one.day + one.late, 21 if one.late else one.hour, one) for one in contacts
    ]
    todo += [(pause.day, 22, pause) for pause in pauses]
    todo += [(pause.ends, 8, "again") for pause in pauses if pause.ends < pause.back]
    for day, hour, what in sorted(todo, key=lambda one: one[:2]):
        at(moment(day, hour).isoformat())
        if not is_worker_behind:
            fire_due()
        if isinstance(what, Made):
            florida.log(moment(what.day, what.hour), way=what.way, outcome=what.outcome, is_two_way=what.is_two_way)
        elif isinstance(what, Break):
            not_now(florida, what)
        else:
            come_again(florida, day)
    at(moment(LONG_AFTER).isoformat())
    fire_due()


def not_now(florida: Florida, pause: Break) -> None:
    mother = florida.people["mother"]
    back: dt.date = moment(pause.back).date()
    actions.say_not_now(actor=mother, member=florida.mother, channel="page", comes_back_on=back)


def come_again(florida: Florida, day: int) -> None:
    """The earlier of two breaks has no say once another took its place."""
    pause = ContactPause.objects.filter(ended_at=None).first()
    if pause is not None and pause.said_at < moment(day) and access.pause_of(florida.mother):
        actions.come_again(actor=florida.people["mother"], pause=pause)


# -- the count with calendar and pencil ----------------------------------------------------------------------------------


def left_out(pauses: Iterable[Break]) -> set[int]:
    """The days on which nobody was to be in touch. A second break takes the place of the first; who comes back, is back."""
    said = {pause.day: pause for pause in pauses}
    back_again = {pause.ends for pause in pauses if pause.ends < pause.back}
    days, until = set[int](), 0
    for day in range(1, LONG_AFTER):
        if day in back_again:  # in the morning
            until = min(until, day)
        if day in said:  # in the evening
            until = said[day].back
        if day < until:
            days.add(day)
    return days


def recount(contacts: Iterable[Made], skipped: set[int]) -> list[tuple[int, int]]:
    """(last day, how many contacts count) of each of the four weeks of seven days."""
    counted, day = list[tuple[int, int]](), 0
    for _number in range(4):
        first, left = day + 1, 7
        while left:
            day += 1
            left -= day not in skipped
        counted.append((day, sum(one.counts and first <= one.day <= day for one in contacts)))
    return counted
