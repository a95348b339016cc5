"""Single cells of an HSDS directory: made clean, or refused as `ValueError` with a sentence that says what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import holidays
from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.directory.finding import fold
from portal.programs.vocabulary import LATER_LANGUAGES, SHIPPED_LANGUAGES
from portal.text import one_line

if TYPE_CHECKING:
    from portal.programs.schema import Profile

LONGEST_TEXT = 5_000
EARLIEST = 1990
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAYS = {name: code for code, name in zip(WEEK, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True)}
_WAIT = re.compile(r"(\d{1,3}) (day|week|month)s?")
_IN_DAYS = {"day": 1, "week": 7, "month": 30}
_WHOLE_STATE = frozenset(
    {"statewide", "whole state", "entire state", "the whole state", "all parishes", "all counties", "all regions"}
)
# How directories write what the standard calls by one code.
_CODES = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "cmn": "zh-hans", "chinese": "zh-hans"}
_NAMES = {"haitian": "ht", "haitian kreyol": "ht", "kreyol": "ht", "creole": "ht", "mandarin": "zh-hans"}


def text(cell: str) -> str:
    """Lines of plain text; markup in it stays letters, which pages show as written."""
    lines = [one_line(line, LONGEST_TEXT) for line in cell.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def website(cell: str) -> str:
    address = one_line(cell, 400)
    if not address:
        return ""
    full = address if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address) else f"https://{address}"
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError("is not an address of a page") from error
    if parts.scheme not in {"http", "https"} or "." not in host or " " in full or len(full) > 300:
        raise ValueError("is not an address of a page")
    return full


def email(cell: str) -> str:
    address = one_line(cell, 300)
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise ValueError("is not an e-mail address") from error
    if len(address) > 254:
        raise ValueError("is not an e-mail address")
    return address


def phone(cell: str) -> str:
    number = one_line(cell.strip("\"' "), 60)
    if number and (len(number) > 40 or len(re.sub(r"\D", "", number)) < 3):
        raise ValueError("is not a phone number")
    return number


def date(cell: str, today: dt.date, *, is_past: bool = True) -> dt.date | None:
    if not cell:
        return None
    try:
        day = dt.date.fromisoformat(cell[:10])
    except ValueError as error:
        raise ValueError("is not a date like 2027-02-05") from error
    if day.year < EARLIEST or (is_past and day > today):
        raise ValueError("has not come yet" if day > today else "is too long ago to be true")
    return day


def time(cell: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(cell).replace(tzinfo=None, second=0, microsecond=0) if cell else None
    except ValueError as error:
        raise ValueError("is not a time like 09:00") from error


def days(cell: str) -> str:
    """ "TH,FR", "1TH" or "Thursday" as "TH,FR", in the order of the week."""
    found = set()
    for part in re.split(r"[,;/ ]+", cell):
        word = re.sub(r"^[+-]?\d+", "", part.strip())
        code = word.upper() if word.upper() in WEEK else _WEEKDAYS.get(word.lower()[:3], "")
        found.add(code)
    return ",".join(code for code in WEEK if code in found)


def wait(cell: str) -> int | None:
    """ "3 weeks" is 21. Anything less plain stays words."""
    told = _WAIT.fullmatch(fold(cell))
    return int(told[1]) * _IN_DAYS[told[2]] if told else None


def language(code: str, name: str) -> str:
    """A code of ours: "es" for es, es-MX, spa or Spanish. A language we have no word for raises ValueError."""
    for told in (code.strip().lower().replace("_", "-"), name.strip().lower()):
        found = _known_language(told)
        if found:
            return found
    if code or name:
        raise ValueError("is a language we do not know")
    return ""


def _known_language(told: str) -> str:
    ours = {*SHIPPED_LANGUAGES, *LATER_LANGUAGES}
    first = told.partition("-")[0]
    aliases = get_global("language_aliases")
    tried = (told, _CODES.get(told), aliases.get(first), first, _CODES.get(first), _language_names().get(fold(told)))
    return next((one for one in tried if one in ours), "")


@cache
def _language_names() -> dict[str, str]:
    ours = (*SHIPPED_LANGUAGES, *LATER_LANGUAGES)
    english = Locale("en").languages
    return {fold(english[code]): code for code in ours if code in english} | _CODES | _NAMES


def region(names: list[str], profile: Profile) -> str:
    """The first of these that is a region of the profile by its own name. A city says nothing of it: nothing is guessed."""
    known = {fold(one.name): one.id for one in profile.regions}
    for name in names:
        plain = re.sub(r" (parish|county|region)$", "", fold(name))
        if plain in known:
            return known[plain]
    return ""


def is_whole_state(name: str, profile: Profile) -> bool:
    plain = re.sub(r"^(state of|all of|the state of) ", "", fold(name))
    return plain in _WHOLE_STATE or plain in _state_names(profile.state)


def is_elsewhere(state: str, profile: Profile) -> bool:
    """An address in another state. Without a state it is taken for ours."""
    return bool(state) and fold(state) not in _state_names(profile.state)


@cache
def _state_names(code: str) -> frozenset[str]:
    called = holidays.country_holidays("US").subdivisions_aliases
    return frozenset({code.casefold(), *(fold(name) for name, short in called.items() if short == code)})


def category(names: list[str], profile: Profile) -> str:
    """A service of the profile, by its id or name; else the directory's own first word for it."""
    known = {fold(one.name): one.id for one in profile.services} | {one.id: one.id for one in profile.services}
    plain = [one_line(name, 120) for name in names if name]
    return next((known[fold(name)] for name in plain if fold(name) in known), plain[0] if plain else "")
