"""The small pictures of clocks: every state has a shape of its own, and nothing falls off the edge."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.clocks import picture

TODAY = dt.date(2027, 2, 16)


def shown(look: str, ahead: int) -> Any:
    return SimpleNamespace(look=look, clock=SimpleNamespace(due_on=TODAY + dt.timedelta(days=ahead)))


def test_each_state_has_a_shape_of_its_own() -> None:
    drawn = {look: picture.dial(look, 4, 30) for look in ("late", "open", "kept", "still", "undated")}
    assert len(set(drawn.values())) == len(drawn)
    shapes = {look: re.sub(r'class="[^"]*"', "", svg) for look, svg in drawn.items()}
    assert len(set(shapes.values())) == len(drawn)  # also to who sees no colour
    assert ">4</text>" in drawn["late"]
    assert ">4</text>" in drawn["open"]


def test_the_light_left_is_the_days_left() -> None:
    assert 'pathLength="30"' in picture.dial("open", 19, 30)
    assert 'stroke-dasharray="19 11" stroke-dashoffset="-11"' in picture.dial("open", 19, 30)
    assert 'pathLength="60"' in picture.dial("open", 180, 180)


def test_without_a_date_there_is_no_line() -> None:
    none = SimpleNamespace(look="undated", clock=SimpleNamespace(due_on=None))
    assert picture.line_of_days([none], TODAY, "Today", is_mirrored=False) == ""  # type: ignore[list-item]
    assert picture.line_of_days([], TODAY, "Today", is_mirrored=False) == ""


def test_a_page_from_right_to_left_has_the_line_the_other_way_round() -> None:
    rows = [shown("late", -4), shown("open", 10)]
    plain = numbers_at(picture.line_of_days(rows, TODAY, "Today", is_mirrored=False))
    mirrored = numbers_at(picture.line_of_days(rows, TODAY, "Today", is_mirrored=True))
    assert plain[1] < plain[2]
    assert mirrored[1] > mirrored[2]


def numbers_at(svg: str) -> dict[int, int]:
    return {int(number): int(x) for x, number in re.findall(r'<text[^>]* x="(-?\d+)" y="\d+">(\d+)</text>', svg)}


@pytest.mark.parametrize("is_mirrored", [False, True])
@settings(deadline=None)  # a busy machine is not what is tested
@given(days=st.lists(st.integers(-400, 400), min_size=1, max_size=8))
def test_every_number_is_on_the_line_once_within_its_edges_and_readable(is_mirrored: bool, days: list[int]) -> None:
    rows = [shown("late" if ahead < 0 else "open", ahead) for ahead in days]
    found = numbers_at(picture.line_of_days(rows, TODAY, "Today", is_mirrored=is_mirrored))
    assert sorted(found) == list(range(1, len(days) + 1))
    along = sorted(found.values())
    assert along[0] >= 12
    assert along[-1] <= picture.WIDTH - 12
    assert all(after - before >= 24 for before, after in itertools.pairwise(along))
