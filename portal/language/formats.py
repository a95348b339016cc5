"""Dates, times and names of languages as a reader expects them: in the reader's language, in the programme's time zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from babel import Locale, UnknownLocaleError, dates
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Pattern:
    """CLDR patterns. Digits stay Latin in every language: dates of notices must read the same on every page.

    Arabic says the part of the day in words, as people do.
    """

    locale: str
    day: str
    day_and_year: str
    time: str


_PATTERNS = {
    "en": Pattern("en_US", "EEEE d MMMM", "EEEE d MMMM y", "h:mm\u00a0a"),
    "es": Pattern("es_US", "EEEE d 'de' MMMM", "EEEE d 'de' MMMM 'de' y", "h:mm\u00a0a"),
    "vi": Pattern("vi", "EEEE, d MMMM", "EEEE, d MMMM, y", "HH:mm"),
    "ar": Pattern("ar", "EEEE، d MMMM", "EEEE، d MMMM y", "h:mm\u00a0bbbb"),
    "fr": Pattern("fr", "EEEE d MMMM", "EEEE d MMMM y", "HH:mm"),
    "zh": Pattern("zh_Hans", "M月d日EEEE", "y年M月d日EEEE", "HH:mm"),
}


def day(date: dt.date, language: str, zone: dt.tzinfo | None = None) -> str:
    """ "Tuesday 16 February"; with the year when it is not this one."""
    if isinstance(date, dt.datetime):
        date = date.astimezone(zone)
    pattern = _pattern(language)
    this_year = timezone.now().astimezone(zone).year
    form = pattern.day if date.year == this_year else pattern.day_and_year
    return cast(str, dates.format_date(date, form, locale=_locale(pattern.locale)))


def full_day(date: dt.date, language: str) -> str:
    """ "Tuesday 16 February 2027", whatever year it is: for what is kept and read again later."""
    pattern = _pattern(language)
    return cast(str, dates.format_date(date, pattern.day_and_year, locale=_locale(pattern.locale)))


def clock_time(moment: dt.datetime | dt.time, language: str, zone: dt.tzinfo | None = None) -> str:
    """ "5:40 pm". A time of day stays as it is; a whole hour of it is "8 am" in English."""
    pattern = _pattern(language)
    is_english = pattern is _PATTERNS["en"]
    form = pattern.time
    if isinstance(moment, dt.datetime):
        moment = moment.astimezone(zone).time()
    elif is_english and moment.minute == 0:
        form = "h\u00a0a"
    text = cast(str, dates.format_time(moment, form, locale=_locale(pattern.locale)))
    return text.lower() if is_english else text


def moment(at: dt.datetime, language: str, zone: dt.tzinfo | None = None) -> str:
    """ "today 5:40 pm", "yesterday 5:40 pm", "Tuesday 16 February 5:40 pm"."""
    time = clock_time(at, language, zone)
    ago = (timezone.now().astimezone(zone).date() - at.astimezone(zone).date()).days
    if ago == 0:
        return _("today %(time)s") % {"time": time}
    if ago == 1:
        return _("yesterday %(time)s") % {"time": time}
    return _("%(day)s %(time)s") % {"day": day(at, language, zone), "time": time}


def short_days(language: str) -> dict[int, str]:
    """ "Mon", "Tue" by number, Monday first."""
    names: dict[int, str] = _locale(_pattern(language).locale).days["format"]["abbreviated"]
    return names


def language_name(code: str, language: str) -> str:
    """The name of a language in the reader's own: for sentences about a person. The picker has own names instead."""
    try:
        known = Locale.parse(code, sep="-").get_display_name(_locale(_pattern(language).locale))
    except (ValueError, UnknownLocaleError):  # of some we have the name alone, as of sign languages
        known = _locale(_pattern(language).locale).languages.get(code)
        known = known or _locale("en").languages.get(code, code)
    return cast(str, known)


def zone_name(zone: dt.tzinfo, language: str) -> str:
    """By whose clock a time is meant: "Central Time (Chicago)"."""
    locale = _locale(_pattern(language).locale)
    name = dates.get_timezone_name(zone, width="long", zone_variant="generic", locale=locale)
    return f"{name} ({dates.get_timezone_location(zone, locale=locale, return_city=True)})"


def direction(code: str) -> str:
    return "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def _pattern(language: str) -> Pattern:
    """A language without patterns of its own, and the pseudo-locale, read English ones."""
    return _PATTERNS.get(language.partition("-")[0], _PATTERNS["en"])


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)
