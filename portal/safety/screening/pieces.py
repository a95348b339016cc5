"""A text cut at its spaces, and what each piece holds: people write the same words again and again, so it is asked once.

A space parts words, the ends of sentences, and letters that stand alone. So what is true of the pieces is true of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from portal.safety.screening import details
from portal.safety.screening.tokens import words_and_passages_of, words_of
from portal.safety.screening.vocabulary import Vocabulary, is_chinese

_LONGEST_REMEMBERED = 24  # letters; what is longer is hardly a word, and seldom written twice
_MOST_REMEMBERED = 20_000
_RUN = re.compile(r"(?:[^\W_]+|[\u0300-\u036f]+)+")
_SPELLABLE = re.compile("[a-z\u0621-\u064a]")  # no word known here, other than a Chinese one, is without these
_LONE, _LONGER = "1", "x"


class Piece(NamedTuple):
    words: list[str]
    """Passages of ideographs are not cut, unless a phrase could hold some of them."""
    codes: list[str]
    """Of passages, their signs: `Ideographs` says why."""
    runs: str
    """For each run of letters or digits whether it is one letter alone."""
    numbers: int
    """How many of its words are number words."""
    signs: int
    """As `details.signs` counts them."""


class Pieces(dict[str, Piece]):
    """From a piece as it is written, in its normal form, to what it holds; remembered up to a bound."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._numbers = vocabulary.any_of("NUMERAL")

    def __missing__(self, text: str) -> Piece:
        words = self._words_of(text)
        runs = _LONGER if words == [text] and is_chinese(text) else _runs(text)
        codes = [self._vocabulary[word] for word in words]
        piece = Piece(words, codes, runs, len(self._numbers.findall("".join(codes))), details.signs(text))
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[text] = piece
        return piece

    def _words_of(self, text: str) -> list[str]:
        return words_of(text) if self._vocabulary.may_hold_run_of_phrase(text) else words_and_passages_of(text)

    def whole(self, text: str) -> Piece:
        """What a text holds: what its pieces do, one after the other."""
        pieces: list[tuple[Any, ...]] = [self[piece] for piece in text.split(" ")]
        # All pieces are taken apart at once, for to ask each of them for each of these costs twice as much.
        words, codes, runs, numbers, signs = zip(*pieces, strict=True)
        return Piece(_chained(words), _chained(codes), "".join(runs), sum(numbers), sum(signs))


def may_be_spelled(runs: str) -> bool:
    """Whether three letters stand alone, one after the other."""
    return _LONE * 3 in runs


def _chained(lists: Iterable[list[str]]) -> list[str]:
    return list(chain.from_iterable(lists))


def _runs(text: str) -> str:
    if not _SPELLABLE.search(text):
        return _LONGER if _RUN.search(text) else ""
    return "".join([_LONE if len(run) == 1 and not run.isdecimal() else _LONGER for run in _RUN.findall(text)])
