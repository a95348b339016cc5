"""The screener: wakes on words of interest, sets everyday talk aside, and looks for patterns in what is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from portal.safety.screening import details
from portal.safety.screening.findings import BOUNDARY_KINDS, NOTHING, Finding, Level, finding
from portal.safety.screening.lexicons import Lexicon, all_lexicons
from portal.safety.screening.normal import bare_lines, normal
from portal.safety.screening.patterns import END, WORD, Pattern, holds, read
from portal.safety.screening.tokens import full_code, may_be_spelled, quick_words, words_of
from portal.safety.screening.vocabulary import Vocabulary

_EVERYDAY = "everyday"
_SHORT = 7  # words; a message as short as this may be one piece of a longer one


class _Screener:
    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.vocabulary = Vocabulary()
        patterns: list[Pattern] = []
        for lexicon in lexicons:
            patterns += self._read(lexicon)
            self.vocabulary.add_words(lexicon.language, lexicon.words)
        self.vocabulary.weigh()
        self._everyday = self._indexed(one for one in patterns if one.kind == _EVERYDAY)
        self._patterns = self._indexed(one for one in patterns if one.kind != _EVERYDAY)
        # What each of them asks at least, once: many patterns ask the same.
        self._needs = {
            symbol: tuple(dict.fromkeys(one.required for one in ones)) for symbol, ones in self._patterns.items()
        }
        self.vocabulary.finish()
        self._anchors = frozenset(self._patterns)
        self._marks = frozenset(self.vocabulary.promised)
        promised = self.vocabulary.promised.items()
        promising = {mark for mark, kept in promised if any(symbols & self._patterns.keys() for _, symbols in kept)}
        self._wakes = frozenset(self._patterns) | promising
        self._no = frozenset(map(self._symbol, ("NEG", "NEVER")))
        self._fiction, self._laugh = self._symbol("FICTION"), self._symbol("LAUGH")
        self._self = frozenset(map(self._symbol, ("I", "ME", "MY", "MYSELF", "WE")))
        self._number = self._symbol("NUMERAL")

    def _symbol(self, name: str) -> str:
        return self.vocabulary.symbol(name)

    def _read(self, lexicon: Lexicon) -> list[Pattern]:
        without_tones = bare_lines if lexicon.language == "vi" else str
        patterns = read(without_tones(lexicon.everyday), _EVERYDAY, Level.NONE, self._symbol)
        for level, groups in ((Level.CRISIS, lexicon.crisis), (Level.CONCERN, lexicon.concern)):
            for kind, lines in groups.items():
                patterns += read(without_tones(lines), kind, level, self._symbol)
        self.vocabulary.add_literals(
            lexicon.language, {name for one in patterns for part in one.elements for name in part.names}
        )
        return patterns

    def _indexed(self, patterns: Iterable[Pattern]) -> dict[str, list[Pattern]]:
        index: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            for anchor in pattern.anchors(self.vocabulary.usual):
                index[anchor].append(pattern)
        return dict(index)

    def levels(self, text: str) -> dict[str, Level]:
        """The level of each kind found in a normalised text."""
        words = quick_words(text)
        code = "".join([self.vocabulary[word] for word in words])
        found: dict[str, Level] = {}
        if details.are_in(text, numbers=code.count(self._number)):
            found["contact_details"] = Level.CONCERN
        if not self._may_matter(code) and not may_be_spelled(text, words):
            return found
        code = full_code(text, self.vocabulary)
        laughs = self._laugh in code
        for sentence in dict.fromkeys(code.split(END)):
            if not self._wakes.isdisjoint(sentence):
                self._look(self._without_everyday(sentence), laughs, found)
        return found

    def _look(self, sentence: str, laughs: bool, found: dict[str, Level]) -> None:
        for pattern in self._candidates(self._patterns, sentence):
            if found.get(pattern.kind) in {Level.CRISIS, pattern.level}:
                continue
            level = self._level(pattern, sentence, laughs)
            if level is not Level.NONE:
                found[pattern.kind] = level

    def _may_matter(self, code: str) -> bool:
        """Whether any pattern could be found, once phrases are put together: most messages end here."""
        return any(self._could_hold(sentence) for sentence in code.split(END) if not self._wakes.isdisjoint(sentence))

    def _could_hold(self, sentence: str) -> bool:
        there = frozenset(sentence)
        present = there
        for mark in there & self._marks:
            for other, symbols in self.vocabulary.promised[mark]:
                if other in there:
                    present |= symbols
        needs = self._needs
        # Written out, for this is where a harmless message spends its time.
        return any(
            [
                True
                for symbol in present & self._anchors
                for every, some in needs[symbol]
                if every <= present and holds(some, present)
            ]
        )

    def _candidates(self, index: dict[str, list[Pattern]], code: str) -> Iterator[Pattern]:
        present = set(code)
        seen: set[int] = set()
        for symbol in present & index.keys():
            for pattern in index[symbol]:
                if id(pattern) not in seen and pattern.possible(present):
                    seen.add(id(pattern))
                    yield pattern

    def _without_everyday(self, code: str) -> str:
        """A sentence in which words that mean something else together (dying of laughter, kill time) mean nothing any more."""
        longest_first = sorted(self._candidates(self._everyday, code), key=lambda one: -len(one.parts))
        for pattern in longest_first:
            code = pattern.expression.sub(lambda found: WORD * found[0].count(WORD), code)
        return code

    def _level(self, pattern: Pattern, sentence: str, laughs: bool) -> Level:
        best = Level.NONE
        for match in pattern.expression.finditer(sentence):
            level = self._weighed(pattern, match, sentence, laughs)
            if level is pattern.level:
                return level
            best = level if level is not Level.NONE else best
        return best

    def _weighed(self, pattern: Pattern, match: re.Match[str], sentence: str, laughs: bool) -> Level:
        if not pattern.says_no and self._denied(sentence[: match.start()]):
            return Level.NONE
        if pattern.kind in BOUNDARY_KINDS:
            return pattern.level
        if self._fiction in sentence and self._self.isdisjoint(match[0]):
            return Level.NONE
        if laughs and pattern.level is Level.CRISIS:
            return Level.NONE if pattern.kind == "violence" else Level.CONCERN
        return pattern.level

    def _denied(self, before: str) -> bool:
        """A "no" among the two words before: "I would never hurt myself"."""
        return any(not self._no.isdisjoint(word) for word in before.split(WORD)[-2:])


@cache
def _screener() -> _Screener:
    return _Screener(all_lexicons())


def screen(text: str, language: str = "") -> Finding:
    """What is found in one message.

    `language` is only a hint and changes nothing today: people mix languages inside a sentence, so all are always looked for.
    """
    levels = _screener().levels(normal(text))
    return finding(levels) if levels else NOTHING


def screen_several(texts: Sequence[str]) -> Finding:
    """The boundary kinds of messages one adult wrote one after the other, oldest first, read as one.

    Finds a number or a name given in pieces. Long messages keep apart, so that two harmless sentences do not become one.
    """
    parts = [normal(text) for text in texts]
    levels = _screener().levels(_as_one(parts))
    found = {kind: level for kind, level in levels.items() if kind in BOUNDARY_KINDS}
    if details.in_pieces([words_of(part) for part in parts]):
        found["contact_details"] = Level.CONCERN
    return finding(found)


def _as_one(parts: list[str]) -> str:
    joined = ""
    for part in parts:
        short = len(words_of(part)) <= _SHORT
        joined += (part.rstrip(" .!?\n") + " ") if short else f"\n{part}\n"
    return joined


def without_details(text: str) -> str:
    """The text with numbers, addresses, links and handles replaced by "[...]": what a supervisor may let through."""
    left = details.removed(text)
    if "contact_details" in _screener().levels(normal(left)):
        return details.GONE
    return left
