"""The screener: wakes on words of interest, sets everyday talk aside, and looks for patterns in what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from portal.safety.screening import details
from portal.safety.screening.findings import BOUNDARY_KINDS, NOTHING, Finding, Level, finding
from portal.safety.screening.index import Index
from portal.safety.screening.lexicons import Lexicon, all_lexicons
from portal.safety.screening.normal import bare_lines, normal
from portal.safety.screening.patterns import END, WORD, Pattern, read
from portal.safety.screening.pieces import Pieces, may_be_spelled
from portal.safety.screening.tokens import unspelled, with_phrases, words_of
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
        self.vocabulary.finish()
        usual, signs = self.vocabulary.usual, self.vocabulary.passages.standing_for
        self._everyday = Index([one for one in patterns if one.kind == _EVERYDAY], usual, signs)
        self._patterns = Index([one for one in patterns if one.kind != _EVERYDAY], usual, signs)
        self._pieces = Pieces(self.vocabulary)
        self._no = frozenset(map(self._symbol, ("NEG", "NEVER")))
        self._fiction = self._symbol("FICTION")
        self._self = frozenset(map(self._symbol, ("I", "ME", "MY", "MYSELF", "WE")))
        self._laughs = self.vocabulary.any_of("LAUGH")

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

    def levels(self, text: str) -> dict[str, Level]:
        """The level of each kind found in a normalised text."""
        whole = self._pieces.whole(text)
        found: dict[str, Level] = {}
        if details.are_in(text, signs=whole.signs, numbers=whole.numbers):
            found["contact_details"] = Level.CONCERN
        if may_be_spelled(whole.runs):
            whole = self._pieces.whole(unspelled(text, self.vocabulary))
        code = with_phrases(whole.words, whole.codes, self.vocabulary)
        suspect = [sentence for sentence in dict.fromkeys(code.split(END)) if self._patterns.may_be_in(sentence)]
        laughs = bool(suspect) and self._laughs.search(code) is not None
        for sentence in suspect:  # most messages have none
            self._look(self.vocabulary.passages.written(sentence), laughs, found)
        return found

    def _look(self, sentence: str, laughs: bool, found: dict[str, Level]) -> None:
        patterns = self._patterns.possible(sentence)
        if not patterns:  # most sentences end here
            return
        sentence = self._without_everyday(sentence)
        for pattern in patterns:
            if found.get(pattern.kind) in {Level.CRISIS, pattern.level}:
                continue
            level = self._level(pattern, sentence, laughs)
            if level is not Level.NONE:
                found[pattern.kind] = level

    def _without_everyday(self, code: str) -> str:
        """A sentence in which words that mean something else together (dying of laughter, kill time) mean nothing any more."""
        # Of two as long, always the same first: a text is judged alike in every process.
        longest_first = sorted(self._everyday.possible(code), key=lambda one: (-len(one.parts), one.line))
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
