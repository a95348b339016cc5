"""How near a place is to a family, from the regions of the programme's profile alone: no map, no address, no database.

A step that the profile does not know (which regions touch, which belong together) is left out: nothing is nearer by a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portal.programs.schema import Profile


class Nearness(IntEnum):
    """The nearest first."""

    HERE = 1  # the same parish, county or region
    NEXT = 2  # one that touches it
    AREA = 3  # one that belongs to the same area
    STATE = 4  # for the whole state
    FARTHER = 5  # elsewhere, or nobody knows


class Spot(NamedTuple):
    region: str
    is_statewide: bool


def around(profile: Profile, region: str) -> dict[Nearness, frozenset[str]]:
    """The regions of each step; a step is empty where the profile says nothing."""
    here = frozenset({region} & {one.id for one in profile.regions})
    touching = profile.next_to(region) - here
    return {
        Nearness.HERE: here,
        Nearness.NEXT: touching,
        Nearness.AREA: profile.in_area_with(region) - here - touching,
    }


def nearness(spots: Iterable[Spot], profile: Profile, region: str) -> Nearness:
    """Of the nearest of these places."""
    steps = around(profile, region)
    return min((_of_one(spot, steps) for spot in spots), default=Nearness.FARTHER)


def _of_one(spot: Spot, steps: dict[Nearness, frozenset[str]]) -> Nearness:
    if spot.is_statewide:
        return Nearness.STATE
    return next((step for step, regions in steps.items() if spot.region in regions), Nearness.FARTHER)
