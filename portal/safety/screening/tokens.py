"""From a text to its code: cut into words, each looked up, and phrases of several words put together."""

from __future__ import annotations

import re

from portal.safety.screening.normal import bare, toned
from portal.safety.screening.vocabulary import Phrase, Vocabulary

_SENTENCE = r"[!?]+(?![a-z0-9*])|(?<!\.)\.(?![.a-z0-9])|\n"
_ASCII = re.compile(rf"[a-z0-9]+(?:['*@$!|%#]+[a-z0-9]+)*|{_SENTENCE}|<3")
_LETTERS = "a-z0-9\u0300-\u036f\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af"
_ANY = re.compile(
    rf"[{_LETTERS}]+(?:['*@$!|%#]+[{_LETTERS}]+)*|[\u3400-\u9fff]+|{_SENTENCE}|[。؟؛]|<3|[\u2190-\u2bff\U0001f000-\U0001faff]"
)
# Everything that parts words, as a space; as bytes, which is ten times as quick as by characters.
_SPACED = bytes(code if chr(code).isalnum() or chr(code) in "'*@$!|%#." else 32 for code in range(128)) + bytes(
    range(128, 256)
)
_MARK = "[\u0300-\u036f]"  # belongs to its letter and parts nothing
_ALONE = rf"[^\W\d_](?![^\W_]|{_MARK})"
SPELLED = re.compile(rf"(?<![^\W_])(?<!{_MARK}){_ALONE}(?:(?:(?!{_MARK})[\W_]){{1,3}}{_ALONE}){{2,}}")


def words_of(text: str) -> list[str]:
    """The words of a normalised text, sentence ends among them."""
    return (_ASCII if text.isascii() else _ANY).findall(text)


def quick_words(text: str) -> list[str]:
    """The words of a normalised text, roughly; where a sentence ends stands a full stop."""
    if not text.isascii():
        return words_of(text)
    for end in "?\n":
        text = text.replace(end, ".")
    return text.replace(".", " . ").encode().translate(_SPACED).decode().split()


def may_be_spelled(text: str, words: list[str]) -> bool:
    """Three letters or more that stand alone: looked for among the words first, which costs less."""
    return (not text.isascii() or sum([len(word) == 1 for word in words]) > 2) and SPELLED.search(text) is not None


def full_code(text: str, vocabulary: Vocabulary) -> str:
    """The code of a normalised text, with phrases, ideographs cut into words, and letters spelled one by one."""
    words = words_of(_unspelled(text, vocabulary))
    exact = words if text.isascii() else [toned(word) for word in words]
    plain = words if text.isascii() else [bare(word) for word in words]
    pieces: list[str] = []
    at = 0
    while at < len(words):
        phrase = None
        if exact[at] in vocabulary.exact_phrases:
            phrase = _phrase(exact, at, vocabulary.exact_phrases)
        if phrase is None and plain[at] in vocabulary.phrases:
            phrase = _phrase(plain, at, vocabulary.phrases)
        pieces.append(phrase[1] if phrase else vocabulary[words[at]])
        at += len(phrase[0]) if phrase else 1
    return "".join(pieces)


def _phrase(words: list[str], at: int, phrases: dict[str, list[Phrase]]) -> Phrase | None:
    for phrase in phrases[words[at]]:
        if tuple(words[at : at + len(phrase[0])]) == phrase[0]:
            return phrase
    return None


def _unspelled(text: str, vocabulary: Vocabulary) -> str:
    """k y s, k.m.s, k i l l m y s e l f: letters standing alone, if together they are words known here."""

    def together(found: re.Match[str]) -> str:
        word = re.sub(r"[\W_]+", "", found[0])
        return word if vocabulary.knows(word) or vocabulary.apart(word) else found[0]

    return SPELLED.sub(together, text)
