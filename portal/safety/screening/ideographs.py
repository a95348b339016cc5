"""Chinese, which no spaces cut: from the left, always the longest word known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from portal.safety.screening.patterns import WORD

_FIRST_SIGN = 0xF0000  # a private area that no text needs
_APART, _UNKNOWN = "\1", "\0"
_NEVER = r"(?!)"
_GROUPS = 6  # of first ideographs; measured: fewer are slower, and so are more


class _Codes(dict[str, str]):
    """From each ideograph to its code; there are 27,000 at most."""

    def __missing__(self, sign: str) -> str:
        self[sign] = _UNKNOWN
        return _UNKNOWN


class Ideographs:
    """Codes for runs of ideographs. All runs of a text at once, and each step over the whole of it: this is the price of Chinese."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """From each word to its code."""
        several = [word for word in words if len(word) > 1]
        self._several = re.compile(_any_of(several) if several else _NEVER)
        self._signs = {word: chr(_FIRST_SIGN + number) for number, word in enumerate(several)}
        self._codes = _Codes({self._signs.get(word, word): code for word, code in words.items()} | {_APART: _APART})

    def codes(self, runs: Sequence[str]) -> list[str]:
        """Two unknown ideographs, one after the other, count as one word."""
        signs = self._several.sub(self._sign, _APART.join(runs))
        code = "".join(map(self._codes.__getitem__, signs))
        return code.replace(_UNKNOWN * 2, WORD).replace(_UNKNOWN, WORD).split(_APART)

    def _sign(self, found: re.Match[str]) -> str:
        return self._signs[found[0]]


def _any_of(words: Iterable[str]) -> str:
    """An expression for the longest of these words of two ideographs or more.

    A choice between hundreds is tried one by one. So two ideographs are first compared with all that begin any word, and
    then with all that begin one of a group, before the words of that group are tried.
    """
    after: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        after[word[0]].append(word[1:])
    firsts = list(after)
    groups = [{first: after[first] for first in firsts[start::_GROUPS]} for start in range(_GROUPS)]
    return f"(?={_beginnings(after)})(?:{'|'.join(map(_any_of_group, groups))})"


def _any_of_group(after: Mapping[str, Sequence[str]]) -> str:
    words = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in after.items())
    return f"(?={_beginnings(after)})(?:{words})"


def _beginnings(after: Mapping[str, Sequence[str]]) -> str:
    seconds = {rest[0] for rests in after.values() for rest in rests}
    return f"[{''.join(after)}][{''.join(sorted(seconds))}]"
