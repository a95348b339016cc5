"""What an import brings: entries as plain values, whoever read them from wherever. No database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LONGEST_ID = 100
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class HoursRow:
    days: str = ""  # "MO,TU"
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """`id` is unique within its service. A region, or the whole state, or neither where nobody knows."""

    id: str = ""
    name: str = ""
    region: str = ""
    is_statewide: bool = False
    address: str = ""
    phone: str = ""
    extension: str = ""
    access: str = ""
    directions: str = ""
    hours: tuple[HoursRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """`id` is unique within the programme. A wait in days counts with the day it was said, and only then."""

    id: str
    name: str
    places: tuple[PlaceRow, ...]
    description: str = ""
    category: str = ""
    languages: tuple[str, ...] = ()
    who_for: str = ""
    how_to_get_in: str = ""
    what_to_bring: str = ""
    fees: str = ""
    interpreter: str = ""
    alert: str = ""
    website: str = ""
    email: str = ""
    setting: str = ""
    wait_words: str = ""
    wait_days: int | None = None
    wait_said_on: dt.date | None = None
    checked_on: dt.date | None = None
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """`id` is unique within the programme."""

    id: str
    name: str
    services: tuple[ServiceRow, ...] = ()
    description: str = ""
    website: str = ""
    email: str = ""
