"""How meetings went, counted without names: nothing that is too small, and nothing from which it could be worked out.

Pure: nameless rows go in, what may be shown comes out (`peer_support.small_counts`). Each person counts once in a quarter, with
the last thing they said in it, so that one person's many answers never look like many people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from peer_support.reach import Period, quarters_before
from peer_support.small_counts import Parts, protect, safe

QUARTERS = 4
ALL = "all"


@dataclass(frozen=True, slots=True)
class Record:
    """One answer, or one meeting: its day, a number for whose it is, and what was said, by question."""

    on: dt.date
    who: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cut:
    """One question and how finely its answers are shown: the finest first, for fewer people ever more coarsely."""

    name: str
    levels: tuple[tuple[tuple[str, ...], ...], ...]


HEARD = Cut("heard", ((("yes",), ("partly",), ("no",)), (("yes",), ("partly", "no")), (("yes", "partly", "no"),)))
CHANGED = Cut("changed", ((("yes",), ("no",), ("unsure",)), (("yes",), ("no", "unsure")), (("yes", "no", "unsure"),)))
# Young people are of the family: their number and the family's are two cuts of one, so that neither tells of the other.
FAMILY = Cut("family", ((("young",), ("raising",), ("none",)), (("young", "raising"), ("none",))))
PEER = Cut("peer", ((("there",), ("away",)),))
SIDE = Cut("side", ((("young",), ("raising",)), (("young", "raising"),)))
PULSE, PRESENCE = (HEARD, CHANGED, SIDE), (FAMILY, PEER)


def of_survey(place: int, answers: int) -> Cut:
    """The cut of a licensed survey's question: each of its answers, or only how many there are."""
    each = tuple((str(one),) for one in range(answers))
    return Cut(f"survey-{place}", (each, (tuple(code for (code,) in each),)))


@dataclass(frozen=True, slots=True)
class Line:
    """One quarter, or all of them. `parts` is None where it is too small to show, or would tell of another that is."""

    code: str
    parts: Parts | None

    @property
    def percent(self) -> int | None:
        """The share of the first part; None where there is nobody, or no second part to compare it with."""
        return (
            round(100 * self.parts[0] / sum(self.parts))
            if self.parts and len(self.parts) > 1 and sum(self.parts)
            else None
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One question: how finely it is shown (the level of its cut; None: nothing of it), by quarter and all together."""

    name: str
    level: int | None
    lines: list[Line]
    total: Line

    @property
    def is_empty(self) -> bool:
        return self.level is None

    def as_numbers(self) -> dict[str, Any]:
        return asdict(self)


def from_numbers(numbers: Mapping[str, Any]) -> Table:
    """A table as it was published."""
    lines, total = ([_line(one) for one in numbers["lines"]], _line(numbers["total"]))
    return Table(numbers["name"], numbers["level"], lines, total)


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(kept["code"], None if kept["parts"] is None else tuple(kept["parts"]))


@dataclass(frozen=True, slots=True)
class Year:
    """The year a result is about, by the programme's own reporting year."""

    first: dt.date

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        return self.first.replace(year=self.first.year + 1)

    @property
    def last(self) -> dt.date:
        return self.end - dt.timedelta(days=1)

    @property
    def before(self) -> Year:
        return Year(self.first.replace(year=self.first.year - 1))


def year_of(today: dt.date, first_month: int) -> Year:
    """The reporting year in which that day is; it begins on the first of `first_month` (1 to 12)."""
    return Year(dt.date(today.year - (today.month < first_month), first_month, 1))


def settled_quarters(today: dt.date, days: int, count: int = QUARTERS) -> list[Period]:
    """The last quarters of which no answer can change any more: those over for `days` already. The oldest first."""
    return quarters_before(today - dt.timedelta(days=days), count)[::-1]


def quarters_of(year: Year, today: dt.date, days: int) -> list[Period]:
    """Those of that year, the oldest first."""
    found = settled_quarters(today, days, 3 * QUARTERS)
    return [one for one in found if year.first <= one.first and one.end <= year.end]


def tables(records: Iterable[Record], quarters: Sequence[Period], cuts: Iterable[Cut], least: int) -> list[Table]:
    """For each question what may be shown by quarter, and all quarters together. `records` are the oldest first."""
    kept = _last_words(records, quarters)
    return [_table(cut, kept, [one.code for one in quarters], least) for cut in cuts]


Said = dict[str, dict[int, Mapping[str, str]]]  # by quarter and person


def _last_words(records: Iterable[Record], quarters: Sequence[Period]) -> Said:
    said: Said = {one.code: {} for one in quarters}
    for record in records:
        code = next((one.code for one in quarters if one.first <= record.on < one.end), None)
        if code is not None:
            said[code][record.who] = record.said
    return said


def _table(cut: Cut, said: Said, codes: Sequence[str], least: int) -> Table:
    """One level for all of it: two levels beside each other could be subtracted."""
    for level, parts in enumerate(cut.levels):
        people = {code: _people(cut.name, said[code], parts) for code in codes}
        shown = protect({code: tuple(map(len, one)) for code, one in people.items()}, least)
        hidden = [people[code] for code in codes if code not in shown.rows]
        total = shown.total if _may_add_up(hidden, len(parts), least) else None
        rows = {code: one for code, one in shown.rows.items() if any(one)}
        if rows or (total is not None and any(total)):
            lines = [Line(code, shown.rows.get(code)) for code in codes]
            return Table(cut.name, level, lines, Line(ALL, total))
    return Table(cut.name, None, [], Line(ALL, None))


def _people(name: str, said: Mapping[int, Mapping[str, str]], parts: Sequence[Collection[str]]) -> list[set[int]]:
    return [{who for who, one in said.items() if one.get(name) in part} for part in parts]


def _may_add_up(hidden: Sequence[Sequence[set[int]]], width: int, least: int) -> bool:
    """What the total says of the hidden quarters is said of enough people: one person in four quarters is no four people."""
    columns: list[set[int]] = [set() for _part in range(width)]
    for row in hidden:
        for column, people in zip(columns, row, strict=True):
            column.update(people)
    return safe(map(len, columns), least)
