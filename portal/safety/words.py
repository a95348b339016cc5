"""How shifts, gaps and hours read: days and times as people say them, where the organization is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from babel.dates import get_day_names
from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.language import formats
from portal.safety.gaps import DAY

if TYPE_CHECKING:
    from portal.safety.gaps import Span
    from portal.safety.models import DutyHours

EVERY_DAY = tuple(range(7))
WEEKDAYS = tuple(range(5))


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def moment(at: dt.datetime, zone: dt.tzinfo) -> str:
    """ "Tuesday 16 February 8:00 pm"."""
    parts = {"day": formats.day(at, language(), zone), "time": formats.clock_time(at, language(), zone)}
    return _("%(day)s %(time)s") % parts


def stretch(starts_at: dt.datetime, ends_at: dt.datetime | None, zone: dt.tzinfo) -> str:
    """ "Tuesday 16 February 8:00 pm to Wednesday 17 February 8:00 am"; the day once where both are on it."""
    if ends_at is None:
        return _("from %(from)s on") % {"from": moment(starts_at, zone)}
    is_one_day = starts_at.astimezone(zone).date() == ends_at.astimezone(zone).date()
    until = formats.clock_time(ends_at, language(), zone) if is_one_day else moment(ends_at, zone)
    return _("%(from)s to %(until)s") % {"from": moment(starts_at, zone), "until": until}


def times(starts: dt.time, ends: dt.time) -> str:
    said = {"from": formats.clock_time(starts, language()), "until": formats.clock_time(ends, language())}
    return _("%(from)s to %(until)s") % said


def days(weekdays: Sequence[int]) -> str:
    """ "every day", "weekdays", "Monday and Friday"."""
    chosen = tuple(sorted(weekdays))
    if chosen == EVERY_DAY:
        return _("every day")
    if chosen == WEEKDAYS:
        return _("weekdays")
    joined: str = format_list([weekday(day) for day in chosen], locale=_locale())
    return joined


def weekday(day: int) -> str:
    """ "Monday" is 0, as Python counts."""
    name: str = get_day_names("wide", context="stand-alone", locale=_locale())[day]
    return name


def _locale() -> str:
    """CLDR knows no pseudo-locale."""
    code = language().partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def week(hours: Sequence[DutyHours]) -> list[str]:
    """The hours of a week, those that are the same on several days as one: "weekdays, 9 am to 5 pm"."""
    by_times: dict[tuple[dt.time, dt.time], list[int]] = {}
    for one in hours:
        by_times.setdefault((one.starts, one.ends), []).append(one.weekday)
    return [days(weekdays) + _(", ") + times(*when) for when, weekdays in by_times.items()]


def answers(name: str, hours: Sequence[DutyHours], around: Span | None, now: dt.datetime, zone: dt.tzinfo) -> list[str]:
    """When somebody answers, in whole sentences: in a usual week and, outside of it, next."""
    if around is None:  # somebody who does not work here any more
        return []
    usual = [_("%(name)s answers: %(hours)s.") % {"name": name, "hours": said} for said in week(hours)]
    if around.starts_at <= now:
        until = formats.clock_time(around.ends_at, language(), zone)
        return [_("%(name)s answers now, until %(until)s.") % {"name": name, "until": until}]
    said = {"name": name, "from": formats.clock_time(around.starts_at, language(), zone)}
    ahead = around.starts_at.astimezone(zone).date() - now.astimezone(zone).date()
    if not ahead:
        return [_("%(name)s answers from %(from)s today.") % said]
    if ahead == DAY:
        return [_("%(name)s answers again tomorrow from %(from)s.") % said]
    return [*usual[:2], _("Next on %(day)s.") % {"day": moment(around.starts_at, zone)}]
