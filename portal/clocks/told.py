"""What happened to clocks, in the family's words: the same rows for both sides, newest first where they are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.clocks import names
from portal.clocks.rules import END_OF_DAY
from portal.clocks.shown import day_words, moment_words
from portal.language import formats

if TYPE_CHECKING:
    from portal.clocks.models import Clock, ClockEvent


@dataclass(frozen=True, slots=True)
class Line:
    event: ClockEvent
    title: str
    is_english: bool
    day: str
    text: str
    reason: str
    mark: str  # "late" or "kept", where it says that a promise was broken or kept


def lines_of(events: Iterable[ClockEvent], language: str) -> list[Line]:
    return [_line(event, language) for event in events]


def _line(event: ClockEvent, language: str) -> Line:
    clock = event.clock
    return Line(
        event,
        names.title(clock),
        not names.has_title(clock),
        day_words(event.at, clock.tzinfo),
        _text(event, clock, language),
        names.reason(event.reason),
        "" if _is_their_own_day(event, clock) else {"missed": "late", "met": "kept"}.get(event.kind, ""),
    )


def _text(event: ClockEvent, clock: Clock, language: str) -> str:
    dates = _dates(event, clock, language)
    if _is_their_own_day(event, clock):
        return _("The last day was %(due)s.") % {"due": dates["new"]}
    return _TEXTS[event.kind](dates)


def _is_their_own_day(event: ClockEvent, clock: Clock) -> bool:
    return event.kind == "missed" and clock.is_theirs


def _dates(event: ClockEvent, clock: Clock, language: str) -> dict[str, str]:
    return {
        "old": _date(event.old_due_at, event.old_due_on, clock, language),
        "new": _date(event.new_due_at, event.new_due_on, clock, language),
    }


def _date(due_at: dt.datetime | None, due_on: dt.date | None, clock: Clock, language: str) -> str:
    if due_at is None or due_on is None:
        return ""
    is_whole_day = due_at.astimezone(clock.tzinfo).time() == END_OF_DAY
    return formats.day(due_on, language, clock.tzinfo) if is_whole_day else moment_words(due_at, clock.tzinfo)


def _started(dates: dict[str, str]) -> str:
    return _("It began. It was due %(new)s.") % dates if dates["new"] else _("It began.")


def _moved(dates: dict[str, str]) -> str:
    if not dates["old"]:
        return _("Now it has a date: %(new)s.") % dates
    return _("The date moved from %(old)s to %(new)s.") % dates


def _resumed(dates: dict[str, str]) -> str:
    return _("It went on.") if dates["old"] == dates["new"] else f"{_('It went on.')} {_moved(dates)}"


_TEXTS: dict[str, Callable[[dict[str, str]], str]] = {
    "started": _started,
    "near": lambda _dates: _("We told both sides that it is due soon."),
    "met": lambda _dates: _("It was done."),
    "missed": lambda dates: _("It was not done by %(new)s.") % dates,
    "paused": lambda _dates: _("It stands still from here on."),
    "resumed": _resumed,
    "extended": lambda dates: f"{_('More time was added.')} {_moved(dates)}",
    "recomputed": _moved,
    "excused": lambda _dates: _("It could not be done."),
    "cancelled": lambda _dates: _("It is no longer owed."),
}
