"""That language help is free, said in each of the programme's languages on every letter (45 CFR 92.11; 42 CFR 438.10(d)(2))."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.programs.schema import Profile

FILE = Path(__file__).with_name("taglines.toml")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})


@dataclass(frozen=True, slots=True)
class Tagline:
    language: str
    name: str  # of the language, in itself
    text: str

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


def taglines(profile: Profile, *, phone: str, tty: str) -> list[Tagline]:
    """One for each language the programme lists, in its order. Raises KeyError for a language without a sentence."""
    return [_line(one.code, phone, tty) for one in profile.languages]


def _line(code: str, phone: str, tty: str) -> Tagline:
    name, text = _read()[code]["name"], _read()[code]["text"]
    if code in RIGHT_TO_LEFT:
        phone, tty = held_together(phone), held_together(tty)
    return Tagline(code, name, text.replace("{phone}", phone).replace("{tty}", tty))


def held_together(number: str) -> str:
    """A number with brackets keeps its order where words run from right to left (Unicode isolates)."""
    return f"\u2066{number}\u2069"


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
