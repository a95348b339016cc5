"""What two people share, as points that order the choices, and as reasons that a family can read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from peer_support.matching.people import Codes, Helper, Seeker

Reason = dict[str, Any]  # {"code": ..., and the values its sentence needs}, as it is stored with a pairing

WHOLE = 1000  # a part that fits wholly; whole numbers, so that sums are exact and the same on every machine
MATTERS = 2  # a part the family says matters most counts this many times
LEVELS = {"native": WHOLE, "good": WHOLE * 4 // 5}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts: a programme's own numbers. `waiting` is for each day someone has waited, up to 90."""

    same_systems: int
    same_relation: int
    child_age: int
    language: int
    hours: int
    near: int
    ways: int
    interests: int
    waiting: int


PARTS = tuple(one.name for one in fields(Weights) if one.name != "waiting")


@dataclass(frozen=True, slots=True)
class Fit:
    points: int  # orders the choices; shown to nobody
    reasons: tuple[Reason, ...]
    # Whether the two lived through the same system. None: the family has not said what it lived through.
    shares_experience: bool | None


def points(seeker: Seeker, helper: Helper, weights: Weights) -> int:
    """The points of a pair that breaks no limit; never below zero."""
    total = (
        weights.same_systems * _share(seeker.systems, helper.systems)
        + weights.child_age * _share(seeker.child_bands, helper.child_bands)
        + weights.hours * _share(seeker.free_at, helper.free_at)
        + weights.ways * _share(seeker.ways, helper.ways)
        + weights.interests * _share(seeker.interests, helper.interests)
        + weights.language * max(map(LEVELS.__getitem__, _levels(seeker, helper)), default=0)
    )
    if seeker.relation and seeker.relation == helper.relation:
        total += weights.same_relation * WHOLE
    if seeker.region and seeker.region == helper.region:
        total += weights.near * WHOLE
    return total


def score(seeker: Seeker, helper: Helper, weights: Weights) -> Fit:
    """Points with the reasons in words' order: what was lived through first."""
    return Fit(
        points(seeker, helper, weighed(seeker, weights)), tuple(_reasons(seeker, helper)), _shares(seeker, helper)
    )


def weighed(seeker: Seeker, weights: Weights) -> Weights:
    """The programme's weights, those parts counted more which the family says matter most."""
    if seeker.matters.isdisjoint(PARTS):
        return weights
    more = {part: getattr(weights, part) * (MATTERS if part in seeker.matters else 1) for part in PARTS}
    return Weights(**more, waiting=weights.waiting)


def _share(wanted: Codes, there: Codes) -> int:
    """How much of what one side named the other has. Nothing named: nothing to share."""
    return WHOLE * len(wanted & there) // len(wanted) if wanted and not wanted.isdisjoint(there) else 0


def _levels(seeker: Seeker, helper: Helper) -> list[str]:
    """How well the helper speaks the languages they share; none where an interpreter is needed."""
    return [helper.levels[code] for code in seeker.languages & helper.spoken_well]


def _shares(seeker: Seeker, helper: Helper) -> bool | None:
    return None if not seeker.systems else not seeker.systems.isdisjoint(helper.systems)


def _reasons(seeker: Seeker, helper: Helper) -> list[Reason]:
    """In a fixed order, the same for everybody who is compared."""
    found: list[Reason] = []
    systems = sorted(seeker.systems & helper.systems)
    if systems:
        found.append({"code": "same_systems", "systems": systems, "relation": helper.relation})
    if seeker.relation and seeker.relation == helper.relation:
        found.append({"code": "same_relation", "relation": helper.relation})
    found += _age_reason(seeker, helper)
    found.append(_language_reason(seeker, helper))
    for code in ("free_at", "ways", "interests"):
        both = sorted(getattr(seeker, code) & getattr(helper, code))
        if both:
            found.append({"code": code, "values": both})
    if seeker.region and seeker.region == helper.region:
        found.append({"code": "near"})
    return found


def _age_reason(seeker: Seeker, helper: Helper) -> list[Reason]:
    both = sorted(seeker.child_bands & helper.child_bands)
    return [{"code": "child_age", "values": both}] if both else []


def _language_reason(seeker: Seeker, helper: Helper) -> Reason:
    """The languages they share, those spoken from childhood first; or that somebody would interpret."""
    both = sorted(seeker.languages & helper.spoken_well, key=lambda code: (-LEVELS[helper.levels[code]], code))
    return {"code": "language", "values": both} if both else {"code": "interpreter"}
