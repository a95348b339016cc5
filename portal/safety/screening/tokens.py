"""From a text to its code: cut into words, each looked up, and phrases of several words put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.safety.screening.ideographs import IDEOGRAPH, PASSAGE
from portal.safety.screening.vocabulary import Vocabulary

_SENTENCE = r"[!?]+(?![a-z0-9*])|(?<!\.)\.(?![.a-z0-9])|\n"
_ASCII = re.compile(rf"[a-z0-9]+(?:['*@$!|%#]+[a-z0-9]+)*|{_SENTENCE}|<3")
_LETTERS = "a-z0-9\u0300-\u036f\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af"
_WORD = rf"[{_LETTERS}]+(?:['*@$!|%#]+[{_LETTERS}]+)*"
_OTHER = rf"{_SENTENCE}|[。؟؛]|<3|[\u2190-\u2bff\U0001f000-\U0001faff]"
_ANY = re.compile(rf"{_WORD}|[{IDEOGRAPH}]+|{_OTHER}")
_WITH_PASSAGES = re.compile(rf"{_WORD}|{PASSAGE}|{_OTHER}")
_MARK = "[\u0300-\u036f]"  # belongs to its letter and parts nothing
_ALONE = rf"[^\W\d_](?![^\W_]|{_MARK})"
_SPELLED = re.compile(rf"(?<![^\W_])(?<!{_MARK}){_ALONE}(?:(?:(?!{_MARK})[\W_]){{1,3}}{_ALONE}){{2,}}")


def words_of(text: str) -> list[str]:
    """The words of a normalised text, sentence ends among them."""
    return (_ASCII if text.isascii() else _ANY).findall(text)


def words_and_passages_of(text: str) -> list[str]:
    """The same, but ideographs stay together with the signs among them, which would cost more to part than to read."""
    return (_ASCII if text.isascii() else _WITH_PASSAGES).findall(text)


def unspelled(text: str, vocabulary: Vocabulary) -> str:
    """k y s, k.m.s, k i l l m y s e l f: letters standing alone, if together they are words known here."""

    def together(found: re.Match[str]) -> str:
        word = re.sub(r"[\W_]+", "", found[0])
        return word if vocabulary.knows(word) or vocabulary.apart(word) else found[0]

    return _SPELLED.sub(together, text)


def with_phrases(words: Sequence[str], codes: Sequence[str], vocabulary: Vocabulary) -> str:
    """The code of a text, phrases of several words put together; `codes` are those of its words."""
    pieces, reached = list(codes), 0
    goes_on = vocabulary.goes_on
    for at in [after - 1 for after, code in enumerate(codes) if goes_on in code]:
        phrase = vocabulary.phrase(words, at) if at >= reached and vocabulary.begins in codes[at] else None
        if phrase:
            reached = at + len(phrase[0])
            pieces[at:reached] = [phrase[1], *[""] * (len(phrase[0]) - 1)]
    return "".join(pieces)
