"""Which patterns a sentence could hold at all: asked of every sentence, so it has to cost little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from portal.safety.screening.patterns import WORD, Pattern


class Index:
    """Patterns by the rarest concept each of them asks for.

    A sentence without that concept never comes to the pattern. One with it must hold the next rarest as well before
    anything is looked at one by one: "walk" alone is in many patterns, and in most sentences in none of them.
    """

    def __init__(self, patterns: Iterable[Pattern], usual: Mapping[str, int]) -> None:
        found: dict[str, dict[tuple[frozenset[str], ...], list[Pattern]]] = defaultdict(lambda: defaultdict(list))
        for pattern in patterns:
            rarest_first = sorted(pattern.required, key=lambda one: sum(usual.get(symbol, 0) for symbol in one))
            for symbol in rarest_first[0]:
                others = tuple(one for one in rarest_first[1:] if symbol not in one)
                found[symbol][others].append(pattern)
        self._demands = {symbol: list(demands.items()) for symbol, demands in found.items()}
        self._seconds = {symbol: _seconds(demands) for symbol, demands in found.items()}
        self._rare = frozenset(found)

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


def _seconds(demands: Iterable[tuple[frozenset[str], ...]]) -> frozenset[str]:
    """Concepts one of which must stand beside the rarest; where some pattern asks for no other, any word will do."""
    demands = list(demands)
    return frozenset[str]().union(*(others[0] for others in demands)) if all(demands) else frozenset({WORD})
