"""Where a programme works, and when its offices are closed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

import holidays
from pydantic import Field, model_validator

from portal.programs.facts import Fact, Name, ProblemsError, Slug, Text, TimeZone

RegionKind = Literal["parish", "county", "region"]


class Region(Fact):
    """One parish, county or region. Made from a `RegionGroup`; its id is its name in lower case with hyphens."""

    id: Slug
    name: Name
    kind: RegionKind
    time_zone: str
    plain: Text | None = None


class RegionGroup(Fact):
    """Regions that share their kind, their time zone (the programme's, unless told) and their source."""

    kind: RegionKind
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    time_zone: TimeZone | None = None
    plain: Text | None = None

    def regions(self, time_zone: str) -> tuple[Region, ...]:
        shared = self.model_dump(include={"kind", "plain", "source", "certainty", "caution"})
        zone = self.time_zone or time_zone
        return tuple(Region(id=region_id(name), name=name, time_zone=zone, **shared) for name in self.names)


class Neighbors(Fact):
    """Which regions touch one region. Said once, it holds for both of two."""

    region: Slug
    next_to: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Area(Fact):
    """Regions that belong together, as families know them: a city and the parishes around it."""

    name: Name
    regions: Annotated[tuple[Slug, ...], Field(min_length=2)]


def region_id(name: str) -> str:
    """`St. John the Baptist` is `st-john-the-baptist`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


class RemovedHoliday(Fact):
    """A day the `holidays` package lists on which this state's offices are open."""

    name: Name


class AddedHoliday(Fact):
    """A closing on a fixed date that the package does not list."""

    name: Name
    month: Annotated[int, Field(strict=True, ge=1, le=12)]
    day: Annotated[int, Field(strict=True, ge=1, le=31)]

    @model_validator(mode="after")
    def _exists(self) -> Self:
        try:
            dt.date(2027, self.month, self.day)  # a common year: a closing on 29 February would be lost in most
        except ValueError as error:
            raise ProblemsError(
                [(("day",), f"is {self.day}, but month {self.month} has no such day every year")]
            ) from error
        return self


class HolidaySeed(Fact):
    """Where the programme's editable list of closings starts."""

    country: Literal["US"]
    subdivision: Name
    observed: Literal["weekday_only", "both"]
    plain: Text
    remove: tuple[RemovedHoliday, ...] = ()
    add: tuple[AddedHoliday, ...] = ()

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.subdivision not in holidays.country_holidays(self.country).subdivisions:
            why = f'names "{self.subdivision}", which the holidays package does not know'
            raise ProblemsError([(("subdivision",), why)])
        return self
