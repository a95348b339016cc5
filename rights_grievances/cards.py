"""The rights of a programme as cards: each with its text in the language in which it may be shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from portal.language import content
from portal.language.formats import direction
from portal.programs.schema import Profile

A_PAGE = 4  # cards on one printed page


@dataclass(frozen=True, slots=True)
class Card:
    """One right as a reader sees it."""

    id: str
    key: str  # of the content text
    text: content.Shown
    answer: str = ""  # the reader's last word to "was this respected?"

    @property
    def direction(self) -> str:
        return direction(self.text.language)

    @property
    def version(self) -> str:
        """The hash of the very words that are shown, in whatever language."""
        return hashlib.sha256(f"{self.text.title}\n\n{self.text.text}".encode()).hexdigest()


def key_of(profile: Profile, right: str) -> str:
    return f"rights.{profile.slug}.{right}"


def cards(profile: Profile, language: str, answers: dict[str, str] | None = None) -> list[Card]:
    """In the order of the profile. What no qualified person has read in that language is in English."""
    said = answers or {}
    return [
        Card(one.id, key_of(profile, one.id), content.show(key_of(profile, one.id), language), said.get(one.id, ""))
        for one in profile.rights
    ]


def pages(profile: Profile, language: str) -> list[list[Card]]:
    """A few on each page of the booklet."""
    every = cards(profile, language)
    return [every[start : start + A_PAGE] for start in range(0, len(every), A_PAGE)]


def taglines(reader: str, phone: str) -> list[tuple[str, str, str]]:
    """That an interpreter is free, in every language of the site but the reader's: language, direction, words (45 CFR 92.11)."""
    others = [
        code for code in (content.SOURCE, *content.languages()) if code.partition("-")[0] != reader.partition("-")[0]
    ]
    found = [(content.show(_tagline(phone), code).language, content.offer_interpreter(code, phone)) for code in others]
    return [(code, direction(code), words) for code, words in dict(found).items()]


def _tagline(phone: str) -> str:
    return "interpreter.free_by_phone" if phone else "interpreter.free"
