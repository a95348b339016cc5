"""The two sides of a match, as far as matching needs to know them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Job = Literal["peer_partner", "youth_mentor"]
Level = Literal["basic", "good", "native"]
Codes = frozenset[str]
NONE: Codes = frozenset()


@dataclass(frozen=True, slots=True)
class Spoken:
    language: str
    level: Level


@dataclass(frozen=True, slots=True)
class Seeker:
    """One person of a family who waits for someone, with what they told us. All but the languages may be unknown."""

    key: (
        str  # stands for the person; also the last word between equals, so that a plan never hangs on the order of rows
    )
    job: Job
    languages: Codes
    interpreter_is_fine: bool = False
    age: int | None = None  # counts for a young person only
    region: str = ""
    relation: str = ""
    systems: Codes = NONE
    child_bands: Codes = NONE
    free_at: Codes = NONE
    ways: Codes = NONE
    interests: Codes = NONE
    must: Codes = NONE
    must_not: Codes = NONE
    matters: Codes = NONE  # the parts of the score that this family says count most
    apart: Codes = NONE  # keys of helpers who must not be matched: relative, neighbour, former case, own people, ...
    said_no: Codes = NONE  # keys of helpers this person has said no to, or has left
    days: int = 0  # since when they wait


@dataclass(frozen=True, slots=True)
class Helper:
    """A peer partner or youth mentor who could stand by somebody."""

    key: str
    job: Job
    languages: tuple[Spoken, ...]
    room: int  # how many more families they can take
    closed: tuple[
        str, ...
    ] = ()  # why they may take nobody new, whatever the room: not verified, clearance expired, ...
    is_adult: bool = True
    age: int | None = None
    region: str = ""
    relation: str = ""
    gender: str = ""
    systems: Codes = NONE
    child_bands: Codes = NONE
    free_at: Codes = NONE
    ways: Codes = NONE
    interests: Codes = NONE
    levels: dict[str, Level] = field(init=False, repr=False, compare=False, hash=False)  # by language
    spoken_well: Codes = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        levels = {one.language: one.level for one in self.languages}
        object.__setattr__(self, "levels", levels)
        object.__setattr__(self, "spoken_well", frozenset(code for code, level in levels.items() if level != "basic"))
