"""Which patterns a sentence could hold at all: asked of every sentence, so it has to cost little."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set

from portal.safety.screening.patterns import WORD, Pattern

_Search = Callable[[str], re.Match[str] | None]


class Index:
    """Patterns by the rarest concept each of them asks for.

    A sentence without that concept never comes to the pattern. One with it must hold the next rarest as well before
    anything is looked at one by one: "walk" alone is in many patterns, and in most sentences in none of them.
    """

    def __init__(
        self, patterns: Iterable[Pattern], usual: Mapping[str, int], standing_for: Mapping[str, Set[str]]
    ) -> None:
        """`standing_for`: from the symbol of a concept to the signs of Chinese words that hold it."""
        found: dict[str, dict[tuple[frozenset[str], ...], list[Pattern]]] = defaultdict(lambda: defaultdict(list))
        for pattern in patterns:
            rarest_first = sorted(pattern.required, key=lambda one: sum(usual.get(symbol, 0) for symbol in one))
            for symbol in rarest_first[0]:
                others = tuple(one for one in rarest_first[1:] if symbol not in one)
                found[symbol][others].append(pattern)
        self._demands = {symbol: list(demands.items()) for symbol, demands in found.items()}
        self._seconds = {symbol: _seconds(demands) for symbol, demands in found.items()}
        self._rare = frozenset(found)
        self._beside = _Beside(self._seconds, standing_for)
        self._rare_signs = re.compile(_any_of(self._beside.rare)).findall

    def may_be_in(self, sentence: str) -> bool:
        """Whether a rare concept has one to stand beside; the sentence may still hold signs of Chinese words.

        Most sentences end here. No set of all their signs is made: to look a sentence through two or three times costs less.
        """
        for sign in set(self._rare_signs(sentence)):  # noqa: SIM110 - a generator would cost as much as the search
            if self._beside[sign](sentence):
                return True
        return False

    def possible(self, sentence: str) -> list[Pattern]:
        """Those for which each concept is there."""
        there = frozenset(sentence)
        found: dict[Pattern, None] = {}
        for symbol in there & self._rare:
            if there.isdisjoint(self._seconds[symbol]):
                continue
            for others, patterns in self._demands[symbol]:
                for one in others:
                    if there.isdisjoint(one):
                        break
                else:
                    found |= dict.fromkeys(patterns)
        return list(found)


class _Beside(dict[str, _Search]):
    """From a rare symbol, or a sign that holds one, to what looks for the next rarest beside it; compiled when first asked for."""

    def __init__(self, seconds: Mapping[str, frozenset[str]], standing_for: Mapping[str, Set[str]]) -> None:
        super().__init__()
        self._seconds, self._standing_for = seconds, standing_for
        self.rare: dict[str, set[str]] = defaultdict(set)
        """From each sign of a text to the rare symbols it holds."""
        for symbol in seconds:
            for sign in self._signs(symbol):
                self.rare[sign].add(symbol)

    def _signs(self, symbol: str) -> Set[str]:
        return {symbol} | self._standing_for.get(symbol, set())

    def __missing__(self, sign: str) -> _Search:
        seconds = frozenset[str]().union(*(self._seconds[symbol] for symbol in self.rare[sign]))
        # Where any word will do, the rare one itself is one.
        signs = {sign} if WORD in seconds else set[str]().union(*map(self._signs, seconds))
        search = self[sign] = re.compile(_any_of(signs)).search
        return search


def _any_of(signs: Iterable[str]) -> str:
    return f"[{''.join(sorted(signs))}]" if signs else r"(?!)"


def _seconds(demands: Iterable[tuple[frozenset[str], ...]]) -> frozenset[str]:
    """Concepts one of which must stand beside the rarest; where some pattern asks for no other, any word will do."""
    demands = list(demands)
    return frozenset[str]().union(*(others[0] for others in demands)) if all(demands) else frozenset({WORD})
