"""Who could stand by whom: hard limits, a score of what two people share, and the best plan for everybody who waits.

Pure: it knows neither the database nor a page. Points are of a *pair*, never of a family, and nobody is shown them. Race is
not a field of anything here, so it cannot be used.
"""

from __future__ import annotations

from peer_support.matching.limits import Ages, allowed, limits
from peer_support.matching.outcome import Outcome, outcome
from peer_support.matching.people import Helper, Seeker, Spoken
from peer_support.matching.plan import Placing, assign
from peer_support.matching.score import Fit, Reason, Weights, points, score

__all__ = [
    "Ages",
    "Fit",
    "Helper",
    "Outcome",
    "Placing",
    "Reason",
    "Seeker",
    "Spoken",
    "Weights",
    "allowed",
    "assign",
    "limits",
    "outcome",
    "points",
    "score",
]
