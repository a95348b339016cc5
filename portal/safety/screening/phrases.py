"""Phrases of several words that mean something together: found by their first two words, the longest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

Phrase = tuple[tuple[str, ...], str]  # its words and its code

_MOST_REMEMBERED = 20_000


class Phrases:
    def __init__(self, spelling: Callable[[str], str]) -> None:
        """`spelling` brings a word of a text to the spelling that phrases are kept in."""
        self._spelling = lru_cache(_MOST_REMEMBERED)(spelling)
        self._begun: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        self._seconds: set[str] = set()
        self.words: set[str] = set()

    def add(self, words: tuple[str, ...], code: str) -> None:
        self._begun[words[0]][words[1]].append((words, code))
        self._seconds.add(words[1])
        self.words.update(words)

    def finish(self) -> None:
        for begun in self._begun.values():
            for found in begun.values():
                found.sort(key=lambda one: -len(one[0]))

    def begin_with(self, word: str) -> bool:
        return self._spelling(word) in self._begun

    def go_on_with(self, word: str) -> bool:
        """Whether it is the second word of any."""
        return self._spelling(word) in self._seconds

    def at(self, words: Sequence[str], at: int) -> Phrase | None:
        """The longest phrase that begins with that word of a text."""
        begun = self._begun.get(self._spelling(words[at]))
        if begun is None or at + 1 == len(words):
            return None
        for phrase in begun.get(self._spelling(words[at + 1]), ()):
            if phrase[0][2:] == tuple(map(self._spelling, words[at + 2 : at + len(phrase[0])])):
                return phrase
        return None
