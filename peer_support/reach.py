"""Whom a family organization reaches: who asked, who has somebody, who was given somebody else, who is spoken with.

Pure counting. Families come in without a name, numbers that are too small stay out (`small_counts`). Race is nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from peer_support.small_counts import Parts, Shown, finest, protect, protect_overlapping

QUARTERS = 4
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter or a year of the calendar that is over: a number that still moves could tell who came today."""

    year: int
    quarter: int = 0  # 0: the whole year

    @property
    def code(self) -> str:
        return f"{self.year}-q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, MONTHS * (self.quarter - 1) + 1 if self.quarter else 1, 1)

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        if self.quarter in {0, QUARTERS}:
            return dt.date(self.year + 1, 1, 1)
        return dt.date(self.year, MONTHS * self.quarter + 1, 1)

    @property
    def last(self) -> dt.date:
        return self.end - dt.timedelta(days=1)


def quarters_before(day: dt.date, count: int = QUARTERS) -> list[Period]:
    """The last quarters that were over on that day, the newest first."""
    number = day.year * QUARTERS + (day.month - 1) // MONTHS  # of the one that runs
    return [Period(one // QUARTERS, one % QUARTERS + 1) for one in range(number - 1, number - 1 - count, -1)]


def periods(today: dt.date) -> list[Period]:
    """What can be chosen: four quarters and two years, the newest quarter first."""
    return [*quarters_before(today), Period(today.year - 1), Period(today.year - 2)]


@dataclass(frozen=True, slots=True)
class Reached:
    """One family that asked for somebody, or had somebody or an offer, at some time in the period."""

    language: str
    region: str
    systems: frozenset[str]
    has_peer: bool = False
    is_rematched: bool = False  # said yes to another one than before
    was_in_touch: bool = False
    days: int | None = None  # from asking to the yes, where that was in the period


@dataclass(frozen=True, slots=True)
class Line:
    """One group. None stands where the number is too small to show, or could be worked out from others."""

    name: str
    asked: int | None
    has_peer: int | None
    rematched: int | None
    in_touch: int | None
    days: int | None  # half of those who said yes had waited so long at most

    @property
    def percent(self) -> int | None:
        return round(100 * self.has_peer / self.asked) if self.asked and self.has_peer is not None else None

    @property
    def is_hidden(self) -> bool:
        return self.asked is None


@dataclass(frozen=True, slots=True)
class Table:
    """The groups of which anything may be shown. Of the others not even the name stands here: it would say that they are there."""

    lines: list[Line]
    hides_some: bool


@dataclass(frozen=True, slots=True)
class Report:
    total: Line
    languages: Table
    regions: Table
    systems: Table


# What is counted, each cut into those who and those who not.
CUTS: dict[str, tuple[Callable[[Reached], bool], Callable[[Reached], bool]]] = {
    "has_peer": (lambda one: one.has_peer, lambda one: not one.has_peer),
    "rematched": (lambda one: one.is_rematched, lambda one: one.has_peer and not one.is_rematched),
    "in_touch": (lambda one: one.was_in_touch, lambda one: not one.was_in_touch),
}
Groups = Mapping[str, Sequence[Reached]]


def report(families: Sequence[Reached], least: int) -> Report:
    """By language, region and system lived through. A family that went through several systems is in each of them."""
    by_system = _grouped(families, lambda one: one.systems or {""})
    totals = {cut: protect({"": _parts(families, cut)}, least).total for cut in CUTS}
    return Report(
        total=_total(families, totals, least),
        languages=_apart(_grouped(families, lambda one: {one.language}), least),
        regions=_apart(_grouped(families, lambda one: {one.region}), least),
        systems=_table(
            by_system,
            {cut: protect_overlapping(_rows(by_system, cut), totals[cut], least) for cut in CUTS},
            least,
        ),
    )


def _total(families: Sequence[Reached], totals: Mapping[str, Parts | None], least: int) -> Line:
    """How many asked is shown also where it cannot be said how many of them have somebody."""
    line = _line("", families, totals, least)
    return line if line.asked is not None or len(families) < least else replace(line, asked=len(families))


def _apart(groups: Groups, least: int) -> Table:
    return _table(groups, {cut: protect(_rows(groups, cut), least) for cut in CUTS}, least)


def _table(groups: Groups, shown: Mapping[str, Shown], least: int) -> Table:
    lines = [
        _line(name, members, {cut: one.rows.get(name) for cut, one in shown.items()}, least)
        for name, members in sorted(groups.items())
    ]
    kept = [line for line in lines if not line.is_hidden]
    return Table(kept, hides_some=len(kept) < len(lines))


def _line(name: str, members: Sequence[Reached], cuts: Mapping[str, Parts | None], least: int) -> Line:
    """Without the first number nothing is shown: the others could tell of it."""
    split, rematched, in_touch = cuts["has_peer"], cuts["rematched"], cuts["in_touch"]
    if split is None:
        return Line(name, asked=None, has_peer=None, rematched=None, in_touch=None, days=None)
    days = [one.days for one in members if one.days is not None]
    return Line(
        name=name,
        asked=sum(split),
        has_peer=split[0],
        rematched=rematched[0] if rematched else None,
        in_touch=in_touch[0] if in_touch else None,
        days=median_low(days) if len(days) >= least else None,
    )


def _grouped(families: Iterable[Reached], groups_of: Callable[[Reached], Iterable[str]]) -> dict[str, list[Reached]]:
    groups: dict[str, list[Reached]] = defaultdict(list)
    for one in families:
        for name in groups_of(one):
            groups[name].append(one)
    return groups


def _rows(groups: Groups, cut: str) -> dict[str, Parts]:
    return {name: _parts(members, cut) for name, members in groups.items()}


def _parts(families: Iterable[Reached], cut: str) -> Parts:
    families = list(families)
    return tuple(sum(map(part, families)) for part in CUTS[cut])


# -- do people feel less alone? ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What people said in one quarter: all four answers, or fewer words where these would be too few. None: too few at all."""

    period: Period
    people: int | None = None
    a_lot: int | None = None
    a_little: int | None = None
    less_alone: int | None = None  # a lot or a little
    not_yet: int | None = None
    unsaid: int | None = None


def trend(answers: Iterable[tuple[dt.date, int, str]], quarters: Sequence[Period], least: int) -> list[Told]:
    """By quarter, each person once with the last thing they said in it. `answers` are (day, person, answer), oldest first."""
    answers = list(answers)
    return [
        _told(quarter, [one for one in answers if quarter.first <= one[0] < quarter.end], least) for quarter in quarters
    ]


def _told(quarter: Period, answers: Iterable[tuple[dt.date, int, str]], least: int) -> Told:
    counted = Counter({person: answer for _day, person, answer in answers}.values())
    a_lot, a_little, not_yet, unsaid = (counted[code] for code in ("a_lot", "a_little", "not_yet", "unsaid"))
    less_alone = a_lot + a_little
    level = finest(
        [(a_lot, a_little, not_yet, unsaid), (less_alone, not_yet, unsaid), (less_alone + not_yet + unsaid,)], least
    )
    people = less_alone + not_yet + unsaid
    if level is None:
        return Told(quarter)
    if level == 0:
        return Told(quarter, people, a_lot, a_little, less_alone, not_yet, unsaid)
    if level == 1:
        return Told(quarter, people, less_alone=less_alone, not_yet=not_yet, unsaid=unsaid)
    return Told(quarter, people)
