"""Words of worry and of broken boundaries in what people write, in seven languages and mixtures of them.

Pure: no database, no settings, nothing of the rest of the house. It returns codes; people decide. It never blocks and never labels.
"""

from __future__ import annotations

from portal.safety.screening.findings import BOUNDARY_KINDS, CRISIS_KINDS, NOTHING, Finding, Level
from portal.safety.screening.judge import screen, screen_several, without_details

__all__ = [
    "BOUNDARY_KINDS",
    "CRISIS_KINDS",
    "NOTHING",
    "Finding",
    "Level",
    "screen",
    "screen_several",
    "without_details",
]
