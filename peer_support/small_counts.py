"""Hiding small numbers: what is shown tells of no group smaller than the least, neither by itself nor by a subtraction.

After the cell size policy of the Centers for Medicare & Medicaid Services, which shows no number from 1 to 10 and none
from which one could be worked out. Pure: rows of counts go in, what may be shown comes out.

A row is a group cut into parts that do not overlap, such as (18 with somebody, 6 without); its whole is their sum, and each
part may be read from the others. A row is shown with all its parts or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`total` is None where even all of them together are too few; a row that is not in `rows` is hidden."""

    rows: dict[str, Parts]
    total: Parts | None


def safe(parts: Iterable[int], least: int) -> bool:
    """Nobody, or so many that no one of them can be told."""
    return all(part == 0 or part >= least for part in parts)


def added(rows: Iterable[Parts], width: int) -> Parts:
    total = [0] * width
    for row in rows:
        total = [one + other for one, other in zip(total, row, strict=True)]
    return tuple(total)


def protect(rows: Mapping[str, Parts], least: int) -> Shown:
    """Rows that do not overlap, with their total.

    Who knows the total and the shown rows knows the sum of the hidden ones. So where one is hidden, others are hidden with
    it, the smallest first, until that sum is no small number and leaves each small number open.
    """
    width = len(next(iter(rows.values()), ()))
    total = added(rows.values(), width)
    hidden = {name for name, parts in rows.items() if not safe(parts, least)}
    while hidden and not _stays_hidden([rows[name] for name in hidden], least):
        left = [name for name in rows if name not in hidden and any(rows[name])]
        if not left:  # nothing is shown beside the total, if anything
            return Shown({}, total if safe(total, least) and _stays_hidden(list(rows.values()), least) else None)
        hidden.add(min(left, key=lambda name: (sum(rows[name]), name)))
    return Shown({name: parts for name, parts in rows.items() if name not in hidden}, total)


def _stays_hidden(rows: Sequence[Parts], least: int) -> bool:
    """Whether the sum of these rows is safe and pins none of their small numbers."""
    columns = list(zip(*rows, strict=True))
    return all(safe([sum(column)], least) and not _pinned(column, least) for column in columns)


def _pinned(column: Sequence[int], least: int) -> bool:
    """Whether somebody could work a small number out who knows the sum and, at the worst, which of these are nobody, few or many.

    Two fews that add up to twenty can only be ten and ten.
    """
    ranges = [(0, 0) if one == 0 else (1, least - 1) if one < least else (least, sum(column)) for one in column]
    low, high = sum(low for low, _high in ranges), sum(high for _low, high in ranges)
    return any(
        max(first, sum(column) - (high - last)) == min(last, sum(column) - (low - first))
        for one, (first, last) in zip(column, ranges, strict=True)
        if 0 < one < least
    )


def protect_overlapping(rows: Mapping[str, Parts], total: Parts | None, least: int) -> Shown:
    """Rows that may overlap, as where one family is in several: each is shown for itself where neither it nor all that are
    not in it are too few. None is the rest of the others, so nothing can be subtracted but from the total."""
    if total is None:
        return Shown({}, None)
    rest = {name: tuple(all_of - one for all_of, one in zip(total, parts, strict=True)) for name, parts in rows.items()}
    kept = {name: parts for name, parts in rows.items() if safe(parts, least) and safe(rest[name], least)}
    return Shown(kept, total)


def finest(levels: Sequence[Parts], least: int) -> int | None:
    """Of the same people cut ever more coarsely, the first cut that may be shown; None: none of them."""
    return next((level for level, parts in enumerate(levels) if sum(parts) and safe(parts, least)), None)
