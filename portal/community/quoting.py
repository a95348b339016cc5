"""Whether somebody's own words stand in a text that everybody will read. Pure: texts go in, a yes or no comes out.

So many words in a row, the same in both, are a quote; in writing without spaces, so many signs. Fewer are how people talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WORDS_IN_A_ROW = 6
SIGNS_IN_A_ROW = 12
# Chinese and Japanese signs, which stand for words or parts of them.
_SIGNS = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]")


def quotes(text: str, sources: Iterable[str]) -> bool:
    """Whether `text` repeats one of `sources` word by word; a source shorter than a quote is one when it stands there whole."""
    said, signs = _runs(text, WORDS_IN_A_ROW), _sign_runs(text)
    whole = f" {' '.join(_words(text))} "
    return any(
        bool(said & _runs(source, WORDS_IN_A_ROW)) or bool(signs & _sign_runs(source)) or _is_whole(source, whole)
        for source in sources
    )


def _is_whole(source: str, whole: str) -> bool:
    """Three words say little enough that anybody might say them."""
    words = _words(source)
    return 3 < len(words) < WORDS_IN_A_ROW and f" {' '.join(words)} " in whole


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}


def _sign_runs(text: str) -> set[str]:
    signs = "".join(_SIGNS.findall(text))
    return {signs[place : place + SIGNS_IN_A_ROW] for place in range(len(signs) - SIGNS_IN_A_ROW + 1)}
