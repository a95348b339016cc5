"""Content texts: rights, notices, consents and crisis words, their translations, and which of those may be shown.

English is the source. A translation names the hash of the English it was made from. It is a draft until a qualified
person has reviewed exactly these words of exactly that source (45 CFR 92.201(c)(3)); until then, and from the moment
either changes by one letter, the reader gets English and how to get a free interpreter, in their own language.
What the sources themselves say in that language (988's own words, the offer of an interpreter) is always shown.

The house's own texts are in `content/<language>.toml`. What a programme's profile says to families (its rights, the limits
of confidentiality, when a young person may agree alone) is a source as well, under `rights.<programme>.<id>`,
`limits.<programme>.<id>`, `ages.<programme>.<id>` and `own_consent.<programme>.<id>`. The sentence of a rule is the same text
wherever it stands, and stays so on a date that was counted by an earlier version: `rules.<mark of the sentence>`.
"""

from __future__ import annotations

import hashlib
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.language.models import Review
from portal.programs.registry import profiles

FOLDER = Path(__file__).with_name("content")
REVIEWS_KEPT = 30.0  # seconds for which a process trusts its list of reviews; a review only ever adds a text
SOURCE = "en"


class Status(StrEnum):
    SOURCE = "source"
    DRAFT = "draft"
    HUMAN_REVIEWED = "human_reviewed"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language. `made_from` is the hash of the English it translates; the English has none."""

    title: str
    text: str
    source: str = ""
    made_from: str = ""
    is_always: bool = False

    @property
    def hash(self) -> str:
        return hashlib.sha256(f"{self.title}\n\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets. `language` is the language of `text`; `version` the hash of the English, whatever is shown."""

    text: str
    language: str
    is_fallback: bool
    version: str
    title: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")


class UnknownText(KeyError):
    """There is no content text of that key."""


def show(key: str, language: str) -> Shown:
    """The text in that language where it may be shown, else in English. Raises UnknownText."""
    source = source_of(key)
    text = _showable(key, language)
    if text is None:
        return Shown(source.text, SOURCE, _plain(language) != SOURCE, source.hash, source.title)
    return Shown(text.text, _plain(language), False, source.hash, text.title)


def rule_sentence(plain: str, language: str) -> Shown:
    """What a rule says in a profile's own words; as it is in English where no profile says it any more."""
    key = _rule_key(plain)
    if key in _sources():
        return show(key, language)
    return Shown(plain, SOURCE, _plain(language) != SOURCE, Text("", plain).hash)


def may_be_shown(key: str, language: str) -> bool:
    return _showable(key, language) is not None


def _showable(key: str, language: str) -> Text | None:
    """The translation, if it is reviewed, or official words of the English as it stands now."""
    text = translation_of(key, language) if _plain(language) != SOURCE else None
    if text is not None and text.is_always and text.made_from == source_of(key).hash:
        return text
    return text if status(key, language) == Status.HUMAN_REVIEWED else None


def status(key: str, language: str) -> Status:
    """What that text is worth in that language, by the hashes of this very moment. Raises UnknownText."""
    source = source_of(key)
    language = _plain(language)
    if language == SOURCE:
        return Status.SOURCE
    text = translation_of(key, language)
    if text is None:
        return Status.MISSING
    if text.made_from != source.hash:
        return Status.STALE
    return Status.HUMAN_REVIEWED if (key, language, source.hash, text.hash) in _reviews() else Status.DRAFT


def offer_interpreter(language: str, phone: str = "") -> str:
    """That a free interpreter is theirs (45 CFR 92.11), in that language or, where we lack it, in English. Always shown."""
    key = "interpreter.free_by_phone" if phone else "interpreter.free"
    return show(key, language).text.replace("{phone}", phone)


def every_key() -> tuple[str, ...]:
    """Every content text, the house's own first."""
    return tuple(_sources())


def languages() -> tuple[str, ...]:
    """The languages content is translated into, as the site offers them."""
    return tuple(code for code, _name in settings.LANGUAGES if _plain(code) != SOURCE)


def source_of(key: str) -> Text:
    try:
        return _sources()[key]
    except KeyError as error:
        raise UnknownText(key) from error


def translation_of(key: str, language: str) -> Text | None:
    return _translations(_plain(language)).get(key)


@lru_cache(maxsize=1)
def edition() -> str:
    """Changes when any English text changes."""
    return hashlib.sha256("".join(f"{key}{text.hash}" for key, text in _sources().items()).encode()).hexdigest()


def version_of(*versions: str) -> str:
    """One version for several texts shown on one page."""
    return versions[0] if len(versions) == 1 else hashlib.sha256("".join(versions).encode()).hexdigest()


def _plain(language: str) -> str:
    """`es-us` reads Spanish; English of any kind, the pseudo-locale included, reads the source."""
    return language.partition("-")[0] if language.startswith(("en-", "es-", "vi-", "ar-")) else language


@lru_cache(maxsize=1)
def _sources() -> dict[str, Text]:
    return _read(SOURCE) | dict(_profile_texts()) | dict(_rule_texts())


@lru_cache(maxsize=32)
def _translations(language: str) -> dict[str, Text]:
    return _read(language)


def _read(language: str) -> dict[str, Text]:
    path = FOLDER / f"{language}.toml"
    if language not in dict(settings.LANGUAGES) or not path.is_file():
        return {}
    texts: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["texts"]
    return {key: _text(**fields) for key, fields in texts.items()}


def _text(*, text: str, title: str = "", source: str = "", source_hash: str = "", always: bool = False) -> Text:
    """A paragraph may stand on several lines of its file; a blank line ends it."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    return Text(title, "\n\n".join(paragraphs), source, source_hash, always)


def _profile_texts() -> Iterator[tuple[str, Text]]:
    for slug, profile in profiles().items():
        for right in profile.rights:
            yield f"rights.{slug}.{right.id}", Text(right.title, right.plain, right.source)
        for limit in profile.confidentiality_limits:
            yield f"limits.{slug}.{limit.id}", Text(limit.title, limit.plain, limit.source)
        for mark in profile.minor_consent.ages:
            yield f"ages.{slug}.{mark.id}", Text("", mark.plain, mark.source)
        for criterion in profile.target_population:
            if criterion.maximum_age is not None:
                yield f"ages.{slug}.{criterion.id}", Text("", criterion.plain, criterion.source)
        for rule in profile.minor_consent.rules:
            yield f"own_consent.{slug}.{rule.id}", Text("", rule.plain, rule.source)


def _rule_texts() -> Iterator[tuple[str, Text]]:
    for profile in profiles().values():
        for rule in (*profile.clocks, *(rule for plan in profile.plans.values() for rule in plan.clocks)):
            yield _rule_key(rule.plain), Text("", rule.plain, rule.source)


def _rule_key(plain: str) -> str:
    return f"rules.{hashlib.sha256(plain.encode()).hexdigest()[:10]}"


_kept: tuple[float, frozenset[tuple[str, str, str, str]]] | None = None


def _reviews() -> frozenset[tuple[str, str, str, str]]:
    """Every review as (key, language, hash of the English, hash of the translation).

    Kept for seconds: rows are only ever added, and each names both texts by hash, so an old list can hold a text back
    but never let a changed one through.
    """
    global _kept  # noqa: PLW0603
    if _kept is None or time.monotonic() - _kept[0] > REVIEWS_KEPT:
        rows = Review.objects.values_list("key", "language", "source_hash", "text_hash")
        _kept = (time.monotonic(), frozenset(rows))
    return _kept[1]


def forget_reviews() -> None:
    """Read them anew at the next question."""
    global _kept  # noqa: PLW0603
    _kept = None
