"""A meeting as a calendar reads it (RFC 5545): a neutral title and the time, and the place only for who asks for it.

A phone is shared, and a calendar is read over a shoulder: no name, no link, no word of what it is about.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.care.wall_time import comes_twice

if TYPE_CHECKING:
    from portal.care.models import TeamMeeting

STATUS = {"proposed": "TENTATIVE", "confirmed": "CONFIRMED", "held": "CONFIRMED", "called_off": "CANCELLED"}


def file_of(meeting: TeamMeeting, salt: str, *, with_place: bool = False) -> bytes:
    """One meeting as a file: taken in again, it moves or takes off what came before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Porch//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.state == "called_off" else "PUBLISH")
    calendar.add_component(entry_of(meeting, salt, with_place=with_place))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def entry_of(meeting: TeamMeeting, salt: str, *, with_place: bool = False) -> Event:
    """`salt`: the reader's own, so that two calendars side by side do not tell that it is one meeting."""
    entry = Event()
    entry.add("uid", f"{uuid.uuid5(meeting.public_id, salt)}@porch")
    entry.add("dtstamp", _changed_at(meeting))
    entry.add("sequence", meeting.sequence)
    entry.add("summary", _("Date to remember"))
    entry.add("dtstart", _local(meeting, meeting.starts_at))
    entry.add("dtend", _local(meeting, meeting.ends_at))
    entry.add("status", STATUS[meeting.state])
    entry.add("class", "PRIVATE")
    if with_place:
        entry.add("location", meeting.place)
    return entry


def _local(meeting: TeamMeeting, at: dt.datetime) -> dt.datetime:
    """By the clock of the place; in UTC where that clock says the same twice, since a calendar would take the first."""
    local = at.astimezone(meeting.tzinfo)
    return at.astimezone(dt.UTC) if comes_twice(local) else local


def _changed_at(meeting: TeamMeeting) -> dt.datetime:
    known = (meeting.proposed_at, meeting.place_agreed_at, meeting.confirmed_at, meeting.ended_at)
    return max(at for at in known if at is not None).astimezone(dt.UTC)
