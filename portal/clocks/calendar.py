"""On which days the offices of a programme are open: its profile's list of closings, and what was added later.

Pure: it reads no database and no clock.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.programs.profiles import seed_holidays

if TYPE_CHECKING:
    from portal.programs.schema import Profile

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """The stretch a running clock has counted already, both ends included, with the closings it left out.

    A profile or a package that lists other holidays since then changes nothing there.
    """

    first: dt.date
    last: dt.date
    closed: Mapping[dt.date, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    zone: zoneinfo.ZoneInfo
    profile: Profile
    added: Mapping[dt.date, str] = field(default_factory=dict)  # closings added later, with their names
    counted: Counted | None = None
    _years: dict[int, dict[dt.date, str]] = field(default_factory=dict, repr=False, compare=False)

    def closing(self, day: dt.date) -> str | None:
        """The name of the closing on that day, or None. Says nothing about weekends."""
        if day in self.added:
            return self.added[day]
        if self.counted is not None and self.counted.first <= day <= self.counted.last:
            return self.counted.closed.get(day)
        if day.year not in self._years:
            self._years[day.year] = seed_holidays(self.profile, day.year)
        return self._years[day.year].get(day)


def is_weekend(day: dt.date) -> bool:
    return day.weekday() >= SATURDAY


def calendar_of(profile: Profile, *, region: str | None = None, added: Mapping[dt.date, str] | None = None) -> Calendar:
    """The programme's calendar, in the time zone of the region where one is named."""
    return Calendar(zoneinfo.ZoneInfo(profile.time_zone_of(region)), profile, added or {})
