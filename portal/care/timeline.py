"""What happened around a plan, and what is to come, on its days: from rows that a reader sees. Asks the database nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.care.kinds import Area, Nights

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.care.models import TeamMeeting
    from portal.care.shown import Row, Sheet
    from portal.clocks.shown import Shown

COUNTED = 90  # days that are looked back on


class Lane(models.TextChoices):
    HOME = "home", _("home")
    SCHOOL = "school", _("school")
    SYSTEMS = "systems", _("courts and agencies")
    SERVICES = "services", _("services")
    DATES = "dates", _("dates")
    MEETINGS = "meetings", _("team meetings")
    GOALS = "goals", _("goals")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on one day. `lead` is ours, `text` somebody's own words, `who` said or does it."""

    on: dt.date
    lane: Lane
    lead: _StrOrPromise = ""
    text: str = ""
    who: str = ""
    look: str = "open"  # as dates look: open, late, kept
    is_english: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts; without an end it still does."""

    lane: Lane
    begins: dt.date
    ends: dt.date | None


@dataclass(frozen=True, slots=True)
class Home:
    """How many of the last days were days at home."""

    days: int
    of: int


class Timeline:
    def __init__(self, sheet: Sheet, clocks: Iterable[Shown], meetings: Iterable[TeamMeeting], *, counts: bool) -> None:
        """`counts`: the reader sees all there is to count."""
        self.today = sheet.today
        events = [*_standing(sheet), *_services(sheet), *_dates(clocks), *_meetings(meetings), *_goals(sheet)]
        self.events = sorted(events, key=lambda one: one.on, reverse=True)
        self.spans = [
            Span(Lane.SERVICES, row.started, row.ends)
            for row in sheet.services
            if row.started and row.started <= sheet.today
        ]
        self.home = days_at_home(sheet) if counts else None

    @property
    def ahead(self) -> list[Event]:
        """What is to come, the nearest first."""
        return [one for one in reversed(self.events) if one.on > self.today]

    @property
    def so_far(self) -> list[Event]:
        return [one for one in self.events if one.on <= self.today]


def _standing(sheet: Sheet) -> list[Event]:
    return [
        Event(row.on, Lane(area.value), text=row.data["text"], who=row.said_by.display_name)
        for area, rows in sheet.standing
        for row in rows
        if row.on
    ]


def _services(sheet: Sheet) -> list[Event]:
    found: list[Event] = []
    for row in sheet.services:
        name, who = row.data["name"], row.data["provider"]
        if row.started:
            found.append(Event(row.started, Lane.SERVICES, _("Began:"), name, who, "kept"))
        elif row.start_by:
            lead = _("Promised for this day and not begun:") if sheet.is_missed(row) else _("Begins by this day:")
            found.append(
                Event(row.start_by, Lane.SERVICES, lead, name, who, "late" if sheet.is_missed(row) else "open")
            )
        if row.ends:
            found.append(Event(row.ends, Lane.SERVICES, _("Last day:"), name, who))
    return found


def _dates(clocks: Iterable[Shown]) -> list[Event]:
    looks = {"late": "late", "kept": "kept"}
    return [
        Event(
            one.clock.due_on, Lane.DATES, text=one.title, who=one.who,
            look=looks.get(one.look, "open"), is_english=one.is_english,
        )
        for one in clocks
        if one.clock.due_on
    ]  # fmt: skip


def _meetings(meetings: Iterable[TeamMeeting]) -> list[Event]:
    return [
        Event(
            one.starts_at.astimezone(one.tzinfo).date(),
            Lane.MEETINGS,
            _("The team met.") if one.state == "held" else _("The team meets."),
            who=one.proposed_by.display_name,
            look="kept" if one.state == "held" else "open",
        )
        for one in meetings
    ]


def _goals(sheet: Sheet) -> list[Event]:
    return [
        Event(row.reached, Lane.GOALS, _("Reached:"), row.data["text"], row.said_by.display_name, "kept")
        for row in sheet.goals
        if row.reached
    ]


def days_at_home(sheet: Sheet) -> Home | None:
    """Of the last 90 days, from the first on which it is known; None where on one of them nobody knows.

    Known is what somebody said about the nights. A service away from home ends that from its first day on; when its last planned
    day is over, nobody knows until somebody says.
    """
    turns = _turns(sheet)
    days = [sheet.today - dt.timedelta(days=back) for back in reversed(range(COUNTED))]
    nights = [_night(turns, day) for day in days]
    known = nights[next((place for place, night in enumerate(nights) if night), COUNTED) :]
    if not known or "" in known:
        return None
    return Home(days=known.count(Nights.HOME), of=len(known))


def _turns(sheet: Sheet) -> list[tuple[dt.date, int, str]]:
    """From which day on the nights are where; what a person said comes after what a service says of the same day."""
    found: list[tuple[dt.date, int, str]] = []
    for row in sheet.of("status"):
        if row.data["area"] == Area.HOME and row.on:
            found.append((row.on, row.item.pk, row.data.get("nights") or ""))
    for row in sheet.services:
        if row.is_away and row.started:
            found.append((row.started, -1, Nights.AWAY))
            if row.ends and not _is_said_between(sheet, row):
                found.append((row.ends + dt.timedelta(days=1), -1, ""))
    return sorted(found)


def _is_said_between(sheet: Sheet, service: Row) -> bool:
    """They came home, or went elsewhere, before its planned last day: somebody said so."""
    began, ends = service.started, service.ends
    said = [row.on for row in sheet.of("status") if row.data["area"] == Area.HOME and row.on]
    return any(began < on <= ends for on in said if began and ends)


def _night(turns: list[tuple[dt.date, int, str]], day: dt.date) -> str:
    return next((where for on, _pk, where in reversed(turns) if on <= day), "")
