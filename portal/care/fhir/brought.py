"""What a reading of FHIR files found, in our words, before anything of it is written down."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from portal.care.fhir.reading import Key
from portal.care.kinds import Data

# What stands under something, or refers to it, comes after it.
ORDER = (
    *("words", "strength", "domain", "need", "goal", "service", "strategy", "support", "task", "crisis"),
    *("benefit", "level", "view", "status", "wellbeing", "reading"),
)


STANDINGS = frozenset({"suggested", "agreed", "declined"})  # of an item, in a system like ours


@dataclass(slots=True)
class Youth:
    keys: list[Key]  # every identifier, then the resource itself
    name: str
    where: str
    digest: str = ""  # "": only named by others, not in the files
    born_on: dt.date | None = None
    language: str = ""
    pronouns: str = ""
    address: str = ""
    family: str = ""  # what a system like ours calls the family: brothers and sisters come into one


@dataclass(slots=True)
class Relative:
    key: Key
    youth: Key
    name: str
    where: str
    digest: str
    relation: str = ""
    is_raising: bool = True
    born_on: dt.date | None = None
    language: str = ""
    address: str = ""


@dataclass(slots=True)
class SaidPlan:
    """A plan of another system that is like ours: only ours say when they are looked at again and why they ended."""

    key: Key
    youth: Key
    digest: str
    where: str
    opened_on: dt.date | None = None
    next_on: dt.date | None = None
    closed_for: str = ""
    closed_on: dt.date | None = None
    basis: str = "parent"


@dataclass(slots=True)
class SaidItem:
    key: Key
    youth: Key
    kind: str
    data: Data
    where: str
    digest: str
    basis: str = "parent"
    by: Key | None = None
    parent: Key | None = None
    standing: str = ""  # what the family says to it, where a system like ours says so
    refers: dict[str, list[Key]] = field(default_factory=dict)


@dataclass(slots=True)
class SaidSeat:
    key: Key
    youth: Key
    role: str
    where: str
    digest: str
    who: Key | None = None  # one of the family
    name: str = ""
    agency: str = ""
    reach: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(slots=True)
class SaidMeeting:
    key: Key
    youth: Key
    where: str
    digest: str
    starts_at: dt.datetime
    minutes: int
    how: str
    place: str
    about: str = ""
    notes: str = ""
    status: str = ""
    agreed_at: dt.datetime | None = None


@dataclass(slots=True)
class SaidRelease:
    key: Key
    youth: Key
    where: str
    digest: str
    signed_by: Key
    signed_at: dt.date  # or a moment, where an hour is named
    fields: dict[str, object]
    categories: list[str]


@dataclass(slots=True)
class Brought:
    youths: list[Youth] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    authors: dict[Key, str] = field(default_factory=dict)  # who works elsewhere and said something: their names
    plans: list[SaidPlan] = field(default_factory=list)
    items: list[SaidItem] = field(default_factory=list)
    seats: list[SaidSeat] = field(default_factory=list)
    meetings: list[SaidMeeting] = field(default_factory=list)
    releases: list[SaidRelease] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)  # by resource type, and why where that is not plain
    not_kept: Counter[str] = field(default_factory=Counter)  # by path, of what was taken
    missing: Counter[str] = field(default_factory=Counter)  # by path and target: refers to what is nowhere
    refused: list[dict[str, str]] = field(default_factory=list)  # single resources, each with the reason
