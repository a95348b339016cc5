"""What a screening can say: codes for people to look at, never a verdict and never a reason to hold a young person's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CRISIS_KINDS = ("self_harm", "suicide", "abuse", "violence", "running_away", "trafficking")
BOUNDARY_KINDS = ("contact_details", "other_apps", "secret_meeting", "gifts", "money", "secrecy", "romance")


class Level(StrEnum):
    NONE = "none"
    CONCERN = "concern"
    CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class Finding:
    """How urgent, and the sorted codes of everything found; `boundaries` are those that an adult should not write to a youth."""

    level: Level
    matched: tuple[str, ...]
    boundaries: tuple[str, ...]


NOTHING = Finding(Level.NONE, (), ())


def finding(levels: dict[str, Level]) -> Finding:
    """From the level of each kind found."""
    if not levels:
        return NOTHING
    level = Level.CRISIS if Level.CRISIS in levels.values() else Level.CONCERN
    matched = tuple(sorted(levels))
    return Finding(level, matched, tuple(kind for kind in matched if kind in BOUNDARY_KINDS))
