"""A meeting in a calendar is at the same moment in every zone of the country, whatever the clocks do that night."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.care import ics
from portal.care.meeting_forms import US_ZONES
from portal.care.models import TeamMeeting
from portal.care.wall_time import ComesTwice, Skipped, comes_twice, moment_of

# Those we offer, and those which have or had rules of their own.
ZONES = (
    *US_ZONES,
    *("America/Detroit", "America/Boise", "America/Indiana/Indianapolis", "America/Indiana/Knox", "America/Adak"),
    *("America/Kentucky/Louisville", "America/Menominee", "America/North_Dakota/Center", "America/Juneau"),
    *("America/Nome", "Pacific/Guam", "Pacific/Pago_Pago", "America/St_Thomas"),
)
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2035, 12, 31)).map(  # noqa: DTZ001 - made aware below
    lambda at: at.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)


def meeting_at(at: dt.datetime, zone: str, **more: object) -> TeamMeeting:
    meeting = TeamMeeting(
        starts_at=at, zone=zone, minutes=75, proposed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), **more
    )
    meeting.place = "The library; 4th Street, Gretna\nroom 2"
    return meeting


@settings(max_examples=120, deadline=None)
@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_what_is_written_is_read_at_the_same_moment(at: dt.datetime, zone: str) -> None:
    meeting = meeting_at(at, zone)
    calendar = Calendar.from_ical(ics.file_of(meeting, "salt"))
    (entry,) = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt.astimezone(dt.UTC) == at
    assert entry["DTEND"].dt.astimezone(dt.UTC) == at + dt.timedelta(minutes=75)
    if not comes_twice(at.astimezone(ZoneInfo(zone))):
        assert entry["DTSTART"].params["TZID"] == zone
        assert zone in {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")}


@settings(max_examples=200, deadline=None)
@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_what_a_clock_on_the_wall_says_leads_back_to_the_same_moment(at: dt.datetime, zone: str) -> None:
    local = at.astimezone(ZoneInfo(zone))
    if comes_twice(local):
        with pytest.raises(ComesTwice):
            moment_of(local.date(), local.time(), ZoneInfo(zone))
    assert moment_of(local.date(), local.time(), ZoneInfo(zone), is_second=bool(local.fold)) == at


@pytest.mark.parametrize("zone", US_ZONES)
def test_each_clock_change_of_a_year_is_asked_about(zone: str) -> None:
    changes = 0
    for days in range(365):
        day = dt.date(2027, 1, 1) + dt.timedelta(days=days)
        for time in (dt.time(1, 30), dt.time(2, 30)):
            try:
                moment_of(day, time, ZoneInfo(zone))
            except (Skipped, ComesTwice):
                changes += 1
    assert changes == (0 if zone in {"America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico"} else 2)


def test_the_file_is_neutral_and_tells_the_place_to_who_asks() -> None:
    at = dt.datetime(2027, 3, 13, 23, 30, tzinfo=dt.UTC)
    meeting = meeting_at(at, "America/Chicago", state="confirmed", sequence=3)
    calendar = Calendar.from_ical(ics.file_of(meeting, "one"))
    (entry,) = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(entry["SUMMARY"])) == ("PUBLISH", "Date to remember")
    assert (int(entry["SEQUENCE"]), str(entry["STATUS"]), str(entry["CLASS"])) == (3, "CONFIRMED", "PRIVATE")
    assert not {"DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE"} & set(entry)
    (told,) = Calendar.from_ical(ics.file_of(meeting, "one", with_place=True)).walk("VEVENT")
    assert str(told["LOCATION"]) == "The library; 4th Street, Gretna\nroom 2"
    assert told["UID"] == entry["UID"]
    (other,) = Calendar.from_ical(ics.file_of(meeting, "two")).walk("VEVENT")
    assert other["UID"] != entry["UID"], "two calendars side by side do not tell that it is one meeting"
    meeting.state, meeting.sequence = "called_off", 4
    off = Calendar.from_ical(ics.file_of(meeting, "one"))
    (gone,) = off.walk("VEVENT")
    assert (str(off["METHOD"]), str(gone["STATUS"]), gone["UID"]) == ("CANCEL", "CANCELLED", entry["UID"])
