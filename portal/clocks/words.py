"""The working in words that a family can read, in the reader's language. Dates are written out, with the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.clocks.working import Says, Step
from portal.language import formats

Values = dict[str, Any]


def sentences(working: Iterable[Step], language: str) -> list[str]:
    """One sentence or two for each step. The caller has switched the language on; it is asked for to write dates."""
    return [_SENTENCES[step.says](_in_words(step.values, language)) for step in working]


def _in_words(values: Values, language: str) -> Values:
    """Dates and times as readers expect them; numbers as they are."""
    return {key: _written(value, language) if isinstance(value, str) else value for key, value in values.items()}


def _written(value: str, language: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return value  # the name of a closing
    if "T" not in value:
        return formats.full_day(moment.date(), language)
    local = moment.replace(tzinfo=None)
    return _("%(day)s %(time)s") % {
        "day": formats.full_day(local.date(), language),
        "time": formats.clock_time(local.time(), language),
    }


def _more_from_start(values: Values) -> str:
    if values["unit"] == "months":
        return _("%(added)s months were added. All %(length)s months are counted from the start.") % values
    return _("More time was added. The first time and the added time are counted together from the start.")


def _window(values: Values) -> str:
    return (
        ngettext(
            "Part %(number)s goes from %(first)s to %(last)s: at least %(count)s time.",
            "Part %(number)s goes from %(first)s to %(last)s: at least %(count)s times.",
            values["count"],
        )
        % values
    )


def _clock_change(values: Values) -> str:
    if values["minutes"] > 0:
        return _("In between, clocks are set one hour ahead. So the time of day is one hour later.")
    return _("In between, clocks are set one hour back. So the time of day is one hour earlier.")


def _stood_still(values: Values) -> str:
    text = _("The count stood still from %(start)s. It went on on %(until)s.")
    if "to" in values:
        text = _("The count stood still from %(start)s. It went on on %(until)s. That moves the date to %(to)s.")
    return text % values


_SENTENCES: dict[Says, Callable[[Values], str]] = {
    Says.HOLDS_ALWAYS: lambda _values: _("This holds all the time. It has no last day."),
    Says.WAITS: lambda _values: _("This is counted from another date. We do not know that date yet."),
    Says.FROM_DAY: lambda values: _("We count from %(on)s.") % values,
    Says.FROM_MOMENT: lambda values: _("We count from %(at)s.") % values,
    Says.DAYS: lambda values: (
        ngettext(
            "The day after is day %(length)s: %(to)s.",
            "The day after is day 1. Day %(length)s is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.BUSINESS_DAYS: lambda values: (
        ngettext(
            "Saturdays and Sundays do not count. The next working day is %(to)s.",
            "Saturdays and Sundays do not count. Working day %(length)s is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.HOURS: lambda values: (
        ngettext(
            "%(length)s hour runs by day and night. It ends on %(to)s.",
            "%(length)s hours run by day and night, on weekends too. They end on %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MONTHS: lambda values: (
        ngettext(
            "%(length)s month later is %(to)s.",
            "%(length)s months later is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.DAYS_BEFORE: lambda values: (
        ngettext(
            "%(length)s day before is %(to)s.",
            "%(length)s days before is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.BUSINESS_DAYS_BEFORE: lambda values: (
        ngettext(
            "Saturdays and Sundays do not count. The working day before is %(to)s.",
            "Saturdays and Sundays do not count. %(length)s working days before is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.HOURS_BEFORE: lambda values: (
        ngettext(
            "%(length)s hour before is %(to)s.",
            "%(length)s hours before is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MONTHS_BEFORE: lambda values: (
        ngettext(
            "%(length)s month before is %(to)s.",
            "%(length)s months before is %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.CLOSED: lambda values: _("%(on)s does not count: %(name)s.") % values,
    Says.STOOD_STILL: _stood_still,
    Says.MONTH_END: lambda values: _("That month has no day %(day)s, so its last day counts.") % values,
    Says.CLOCK_CHANGE: _clock_change,
    Says.LATER_DAY: lambda values: _("The change starts on %(on)s. That is later, so that day counts.") % values,
    Says.NOT_LATER: lambda values: _("The change starts on %(on)s. That is not later, so the date stays.") % values,
    Says.LATER_UNKNOWN: lambda _values: _("If the change starts later than that, you have until the day it starts."),
    Says.MORE_DAYS: lambda values: (
        ngettext(
            "%(length)s more day was added: %(to)s.",
            "%(length)s more days were added: %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MORE_BUSINESS_DAYS: lambda values: (
        ngettext(
            "%(length)s more working day was added: %(to)s.",
            "%(length)s more working days were added: %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MORE_HOURS: lambda values: (
        ngettext(
            "%(length)s more hour was added: %(to)s.",
            "%(length)s more hours were added: %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MORE_MONTHS: lambda values: (
        ngettext(
            "%(length)s more month was added: %(to)s.",
            "%(length)s more months were added: %(to)s.",
            values["length"],
        )
        % values
    ),
    Says.MORE_FROM_START: _more_from_start,
    Says.STAYS_ON_WEEKEND: lambda _values: _("That is a weekend. The date is not moved for that."),
    Says.STAYS_ON_CLOSING: lambda values: _("That is a day off (%(name)s). The date is not moved for that.") % values,
    Says.WINDOW: _window,
    Says.NO_MINIMUM: lambda values: _("From %(first)s to %(last)s there is no number to reach.") % values,
    Says.AGAIN: lambda _values: _("Then it starts again."),
    Says.END_OF_DAY: lambda _values: _("It is due by the end of that day."),
}
