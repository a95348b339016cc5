"""Finding words in one conversation: decrypted newest first, a bounded piece at a time.

There is no index of words: kept beside encrypted messages it would say what is in them. Letters match whatever their case and
marks, so "manana" finds "Mañana", "dau" finds "đầu", and Arabic is found with or without its vowel signs.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from messaging.history import MOST, Shown, messages_before

if TYPE_CHECKING:
    from messaging.models import Conversation

# What one request looks at, at most, and shows, at most.
LOOKED_AT = 2_000
LETTERS = 1_000_000
HITS = 20
LONGEST = 200  # letters of what is looked for
BEFORE, AFTER, WORD = 60, 140, 20  # letters of an excerpt, and how far its ends may move to fall between words

# What people type for these, or see as the same, and Unicode keeps apart.
SAME = {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ى": "ي", "ة": "ه", "‘": "'", "’": "'", "“": '"', "”": '"'}
TATWEEL = "\u0640"  # stretches an Arabic word, and is no letter
VARIANTS = range(0xFE00, 0xFE10)  # how an emoji is to be drawn
IDEOGRAPHS = "\u2e80"  # from here on one sign can be a word


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    message: Shown
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Found:
    """`below` is the number to go on below, None where the conversation begins; `reached` is when that message was sent."""

    hits: list[Hit]
    below: int | None
    reached: dt.datetime | None


def words_of(query: str) -> list[str]:
    """What has to be in a message, in any order."""
    return list(dict.fromkeys(fold(query).split()))


def is_too_short(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) == 1 and words[0] < IDEOGRAPHS


def look(conversation: Conversation, words: Sequence[str], below: int | None = None) -> Found:
    """The newest messages with all these words below a number. Stops at a page of hits or after a bounded piece of work."""
    hits: list[Hit] = []
    letters = 0
    last: Shown | None = None
    for looked, last in enumerate(_backwards(conversation, below), start=1):
        letters += len(last.body)
        if parts := excerpt(last.body, words):
            hits.append(Hit(last, parts))
        if len(hits) == HITS or looked == LOOKED_AT or letters >= LETTERS:
            break
    if last is None:
        return Found(hits, None, None)
    return Found(hits, last.seq if last.seq > conversation.floor + 1 else None, last.sent_at)


def _backwards(conversation: Conversation, below: int | None) -> Iterator[Shown]:
    while messages := messages_before(conversation, below, MOST):
        yield from reversed(messages)
        below = messages[0].seq


# -- letters ------------------------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """The letters alone: small, without marks. Letter by letter it gives the same as all at once."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", small).translate(_plain())


@cache
def _plain() -> dict[int, str | None]:
    """What becomes of a character once letters and marks are apart: marks and invisible signs are dropped."""
    table: dict[int, str | None] = {
        code: None
        for code in range(0x20000)
        if unicodedata.combining(chr(code)) or unicodedata.category(chr(code)) == "Cf" or code in VARIANTS
    }
    return table | {ord(TATWEEL): None} | {ord(one): other for one, other in SAME.items()}


def excerpt(body: str, words: Sequence[str]) -> list[Part]:
    """The place where the words stand, each marked; nothing where one of them is missing."""
    folded = fold(body)
    if not all(word in folded for word in words):
        return []
    spans = _spans(body, words)
    start, end = _ends(body, *spans[0])
    parts = [Part("…")] if start else []
    at = start
    for first, last in spans:
        if last > end:
            break
        parts += [Part(body[at:first]), Part(body[first:last], is_hit=True)]
        at = last
    parts += [Part(body[at:end]), Part("…" if end < len(body) else "")]
    return [part for part in parts if part.text]


def _spans(body: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in the text as written the words stand, in order; what overlaps is one."""
    folded, places = "", []
    for at, letter in enumerate(body):
        letters = fold(letter)
        folded += letters
        places += [at] * len(letters)
    found = sorted(
        (places[at], _whole(body, places[at + len(word) - 1] + 1)) for word in words for at in _every(word, folded)
    )
    spans = found[:1]
    for start, end in found[1:]:
        if start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _every(word: str, folded: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + len(word))


def _whole(body: str, end: int) -> int:
    """A mark belongs to the letter before it."""
    while end < len(body) and not fold(body[end]):
        end += 1
    return end


def _ends(body: str, first: int, last: int) -> tuple[int, int]:
    """An excerpt around the first hit that does not cut a word in two, where that can be had."""
    start, end = max(0, first - BEFORE), min(len(body), last + AFTER)
    if start:
        start = next((at for at in range(start, min(first, start + WORD)) if body[at - 1].isspace()), start)
    if end < len(body):
        end = next((at for at in range(end, max(last, end - WORD), -1) if body[at].isspace()), end)
    return _whole(body, start), _whole(body, end)
