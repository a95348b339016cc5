"""Chinese, which no spaces cut: from the left, always the longest word known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from portal.safety.screening.patterns import END, WORD

IDEOGRAPH = "\u3400-\u9fff"
# Korean letters, which no passage holds; sets of signs are searched fastest below 0x10000.
_FIRST_SIGN, _LAST_SIGN = "\uac00", "\ud7a3"
_IDEOGRAPH = re.compile(f"[{IDEOGRAPH}]")
_ENDING = "。!?\n"
_PARTING = ",:、()~—·“”「」『』《》【】"
# Ideographs and the signs among them. A "!" before a letter ends nothing (`tokens`), so it is left to those who see the letter.
PASSAGE = rf"[{IDEOGRAPH}][{IDEOGRAPH}{_ENDING}{_PARTING}]*(?:(?<![!?])|(?![a-z0-9*]))"
_APART, _UNKNOWN = ",", "\0"
_SIGN = re.compile(f"[{IDEOGRAPH}{_FIRST_SIGN}-{_LAST_SIGN}{_APART}]")
_NEVER = r"(?!)"
_GROUPS = 6  # of first ideographs; measured: fewer are slower, and so are more


class _Codes(dict[str, str]):
    """From each sign to its code; there are 27,000 ideographs at most."""

    def __missing__(self, sign: str) -> str:
        code = self[sign] = _UNKNOWN if _IDEOGRAPH.match(sign) else sign
        return code


class Ideographs:
    """Passages in two steps: into signs, one for each word, and these into codes.

    Signs say what a passage is about. The second step is as dear as the first, and most sentences never need it, so a
    text keeps its signs among the codes of its other words until a sentence is looked at.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        """From each word to its code."""
        several = [word for word in words if len(word) > 1]
        self._several = re.compile(_any_of(several) if several else _NEVER)
        self._signs = {word: chr(ord(_FIRST_SIGN) + number) for number, word in enumerate(several)}
        codes = {self._signs.get(word, word): code for word, code in words.items()}
        self._codes = _Codes(codes | dict.fromkeys(_PARTING, _APART))
        self.standing_for: dict[str, set[str]] = defaultdict(set)
        """From each symbol to the signs of words that hold it."""
        for sign, code in codes.items():
            for symbol in code:
                self.standing_for[symbol].add(sign)

    def signs(self, passage: str) -> str:
        """One for each word known, ideographs for the others, and what parts them; set apart from what comes after it."""
        for ending in _ENDING:
            passage = passage.replace(ending, END)
        return self._several.sub(self._sign, passage) + _APART

    def _sign(self, found: re.Match[str]) -> str:
        return self._signs[found[0]]

    def written(self, signs: str) -> str:
        """As codes. Two unknown ideographs, one after the other, count as one word."""
        if not _SIGN.search(signs):  # the codes of other languages' words stay as they are
            return signs
        code = "".join(map(self._codes.__getitem__, signs))
        return code.replace(_UNKNOWN * 2, WORD).replace(_UNKNOWN, WORD).replace(_APART, "")


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
