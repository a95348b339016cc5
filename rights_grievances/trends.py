"""What families told us by month and by reason, with small numbers hidden so that no single story shows through. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peer_support.small_counts import Parts, protect, protect_overlapping, safe

MONTHS = 12
OTHER = "k"
ANSWERS = ("yes", "no", "unsure")


@dataclass(frozen=True, slots=True)
class Month:
    first: dt.date
    count: int | None  # None: too few to show


@dataclass(frozen=True, slots=True)
class Trend:
    total: int | None
    months: list[Month]
    reasons: dict[str, int]  # those that may be shown, the most frequent first
    hides_reasons: bool


def first_month(today: dt.date) -> dt.date:
    """The first day of the twelve months before this one: a month that still runs is not counted."""
    return dt.date(today.year - 1, today.month, 1)


def months(today: dt.date) -> list[dt.date]:
    start = first_month(today)
    return [
        dt.date(start.year + (start.month - 1 + step) // 12, (start.month - 1 + step) % 12 + 1, 1)
        for step in range(MONTHS)
    ]


def trend(cases: Iterable[tuple[dt.date, frozenset[str]]], today: dt.date, least: int) -> Trend:
    spans = months(today)
    end = today.replace(day=1)
    counted = [(day, reasons) for day, reasons in cases if spans[0] <= day < end]
    by_month = Counter(day.replace(day=1) for day, _reasons in counted)
    shown = protect({str(span): (by_month[span],) for span in spans}, least)
    by_reason = Counter(code for _day, reasons in counted for code in reasons or {OTHER})
    rows: dict[str, Parts] = {code: (count,) for code, count in by_reason.items()}
    kept = protect_overlapping(rows, shown.total, least).rows
    return Trend(
        total=shown.total[0] if shown.total is not None and safe(shown.total, least) else None,
        months=[Month(span, shown.rows.get(str(span), (None,))[0]) for span in spans],
        reasons={code: kept[code][0] for code, _count in by_reason.most_common() if code in kept},
        hides_reasons=len(kept) < len(rows),
    )


def respected(words: Iterable[tuple[str, str]], rights: Sequence[str], least: int) -> dict[str, Parts | None]:
    """By right how many said yes, no and not sure; None where that would tell of too few."""
    found = Counter(words)
    rows = {right: tuple(found[right, answer] for answer in ANSWERS) for right in rights}
    return {right: parts if sum(parts) and safe(parts, least) else None for right, parts in rows.items()}
