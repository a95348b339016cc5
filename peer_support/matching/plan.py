"""The best plan for everybody who waits: as many as possible get someone, and together they share the most.

Found as an assignment problem (one row for each who waits, one column for each free place) by SciPy's solver, which runs in
cubic time and is exact. All numbers are whole and below 2**53, so that its floating point loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peer_support.matching.limits import Ages, allowed
from peer_support.matching.people import Helper, Seeker
from peer_support.matching.score import MATTERS, PARTS, WHOLE, Fit, Weights, points, score, weighed

MOST_DAYS = 90  # a longer wait counts no more than this in points; it is shown to staff in full


@dataclass(frozen=True, slots=True)
class Placing:
    """Who waits, and whom the plan has for them; None where no place is left that breaks no limit."""

    seeker: Seeker
    helper: Helper | None = None
    fit: Fit | None = None


def assign(seekers: Iterable[Seeker], helpers: Iterable[Helper], weights: Weights, ages: Ages | None) -> list[Placing]:
    """One placing for each who waits, by key. The same people give the same plan, in whatever order they come.

    First as many as possible are placed, then the sum of points and of days waited is the largest there is.
    """
    waiting = sorted(seekers, key=lambda one: one.key)
    free = sorted((one for one in helpers if one.room > 0), key=lambda one: one.key)
    chosen = _solve(worths(waiting, free, weights, ages), [min(one.room, len(waiting)) for one in free])
    return [
        _placing(seeker, free[chosen[row]] if row in chosen else None, weights) for row, seeker in enumerate(waiting)
    ]


def worths(waiting: Sequence[Seeker], free: Sequence[Helper], weights: Weights, ages: Ages | None) -> list[list[int]]:
    """What each pair is worth in a plan; 0 where a limit forbids it. Placing one more outweighs any sum of points."""
    placed = _most(weights) * max(len(waiting), 1) + 1
    rows = []
    for seeker in waiting:
        own = weighed(seeker, weights)
        base = placed + weights.waiting * WHOLE * min(seeker.days, MOST_DAYS)
        rows.append([base + points(seeker, helper, own) if allowed(seeker, helper, ages) else 0 for helper in free])
    return rows


def _most(weights: Weights) -> int:
    """No pair, with its days, has more points than this."""
    parts: int = sum(getattr(weights, part) for part in PARTS)
    return WHOLE * (MATTERS * parts + weights.waiting * MOST_DAYS)


def _placing(seeker: Seeker, helper: Helper | None, weights: Weights) -> Placing:
    return Placing(seeker, helper, score(seeker, helper, weights)) if helper else Placing(seeker)


def _solve(worth: list[list[int]], rooms: list[int]) -> dict[int, int]:
    """The column for each row that gets one. A helper with room for several has a column for each place."""
    if not worth or not rooms:
        return {}
    import numpy as np  # both are large: only who looks for a plan waits for them
    from scipy.optimize import linear_sum_assignment

    owner = np.repeat(np.arange(len(rooms)), rooms)
    matrix = np.asarray(worth, dtype=np.float64)[:, owner]
    rows, places = linear_sum_assignment(matrix, maximize=True)
    return {
        int(row): int(owner[place])
        for row, place in zip(rows, places, strict=True)
        if worth[int(row)][int(owner[place])]
    }
