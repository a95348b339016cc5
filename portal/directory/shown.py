"""What the pages of the directory say about an entry: how near it is, when it is open, how long one waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.directory.hsds.values import WEEK
from portal.directory.near import Nearness
from portal.language import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.directory.models import Hours, Place, Service
    from portal.programs.schema import Profile


@dataclass(frozen=True, slots=True)
class Near:
    """Entries of one step, under its name."""

    name: str
    entries: list[Service]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of an entry, with its hours as sentences."""

    place: Place
    where: str
    hours: list[str]


def region_name(profile: Profile, region: str) -> str:
    return next((one.name for one in profile.regions if one.id == region), "")


def by_step(entries: Iterable[Service], profile: Profile, region: str) -> list[Near]:
    """In the order given: `access.directory.nearest_first` has put each entry's step on it."""
    found: dict[int, list[Service]] = {}
    for entry in entries:
        found.setdefault(entry.step, []).append(entry)  # type: ignore[attr-defined]
    name = region_name(profile, region)
    return [Near(step_name(Nearness(step), name), entries) for step, entries in found.items()]


def step_name(step: Nearness, region: str) -> str:
    """ "In Jefferson"; without a region nothing is nearer than another."""
    if not region:
        return ""
    names = {
        Nearness.HERE: _("In %(region)s"),
        Nearness.NEXT: _("Right next to %(region)s"),
        Nearness.AREA: _("In the area around %(region)s"),
        Nearness.STATE: _("For the whole state"),
        Nearness.FARTHER: _("Farther away, or we do not know how far"),
    }
    return names[step] % {"region": region}


def spots(entry: Service, language: str) -> list[Spot]:
    return [
        Spot(place, _where(place), [text for one in place.hours.all() if (text := hours_said(one, language))])
        for place in entry.places.all()
    ]


def _where(place: Place) -> str:
    if place.is_statewide:
        return _("For the whole state")
    return _("Serves %(region)s") % {"region": place.region_called} if place.region and not place.address else ""


def hours_said(hours: Hours, language: str) -> str:
    """ "Mon, Tue: 9 am to 5 pm", and the directory's own words beside it."""
    names = formats.short_days(language)
    days = ", ".join(names[WEEK.index(code)] for code in hours.days.split(",") if code in WEEK)
    times = ""
    if hours.opens_at is not None and hours.closes_at is not None:
        between = {
            "opens": formats.clock_time(hours.opens_at, language),
            "closes": formats.clock_time(hours.closes_at, language),
        }
        times = _("%(opens)s to %(closes)s") % between
    return ". ".join(part for part in (_(": ").join(part for part in (days, times) if part), hours.words) if part)
