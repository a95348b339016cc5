"""A text cut at its spaces, and what each piece holds: people write the same words again and again, so it is asked once.

A space parts words, the ends of sentences, and letters that stand alone. So what is true of the pieces is true of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal.safety.screening import details
from portal.safety.screening.tokens import words_of
from portal.safety.screening.vocabulary import Vocabulary

_LONGEST_REMEMBERED = 24  # letters; what is longer is hardly a word, and seldom written twice
_MOST_REMEMBERED = 20_000
_RUN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_SPELLABLE = re.compile("[a-z\u0621-\u064a]")  # no word known here, other than a Chinese one, is without these
_LONE, _LONGER = "1", "x"


class Piece(NamedTuple):
    words: list[str]
    codes: list[str]
    runs: str
    """For each run of letters or digits whether it is one letter alone."""
    signs: int
    """As `details.signs` counts them."""


class Pieces(dict[str, Piece]):
    """From a piece as it is written, in its normal form, to what it holds; remembered up to a bound."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, text: str) -> Piece:
        words = words_of(text)
        piece = Piece(words, self._vocabulary.codes(words), _runs(text), details.signs(text))
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[text] = piece
        return piece

    def cut(self, text: str) -> list[Piece]:
        return [self[piece] for piece in text.split(" ")]


def words_in(pieces: Iterable[Piece]) -> list[str]:
    return [word for piece in pieces for word in piece.words]


def codes_in(pieces: Iterable[Piece]) -> list[str]:
    return [code for piece in pieces for code in piece.codes]


def signs_in(pieces: Iterable[Piece]) -> int:
    return sum([piece.signs for piece in pieces])


def may_be_spelled(pieces: Sequence[Piece]) -> bool:
    """Whether three letters stand alone, one after the other."""
    return _LONE * 3 in "".join([piece.runs for piece in pieces])


def _runs(text: str) -> str:
    if not _SPELLABLE.search(text):
        return _LONGER if _RUN.search(text) else ""
    return "".join([_LONE if len(run) == 1 and not run.isdecimal() else _LONGER for run in _RUN.findall(text)])
