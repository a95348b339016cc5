"""A person's dates as their own calendar reads them (RFC 5545): a neutral title and the day, and nothing else.

Whoever looks over a shoulder, and whoever runs that calendar, learns no name, no office, no rule and no link.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from portal.clocks.models import Clock

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_text(clocks: Iterable[Clock], salt: str, others: Iterable[Event] = ()) -> bytes:
    """One entry for each clock that has a date. `salt` keeps an entry's name from telling which clock it is.

    `others`: entries that other rooms made, as neutral as these.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Porch//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Dates"))
    for clock in clocks:
        if clock.due_at is not None and clock.due_on is not None:
            calendar.add_component(_entry(clock, clock.due_at, clock.due_on, salt))
    for entry in others:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _entry(clock: Clock, due_at: dt.datetime, due_on: dt.date, salt: str) -> Event:
    entry = Event()
    entry.add("uid", f"{uuid.uuid5(clock.public_id, salt)}@porch")
    entry.add("dtstamp", clock.recorded_at.astimezone(dt.UTC))
    entry.add("summary", _("Date to remember"))
    if clock.is_by_the_day:  # a day is that day wherever the calendar is read
        entry.add("dtstart", due_on)
        entry.add("dtend", due_on + dt.timedelta(days=1))
    else:
        entry.add("dtstart", due_at.astimezone(clock.tzinfo))
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry
