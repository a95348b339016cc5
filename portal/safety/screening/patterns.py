"""What is looked for: short lines over concepts, compiled to regular expressions over a message's *code*.

A message's code is one `;` for every word, followed by the symbols of the concepts that word stands for, and `|` where a
sentence ends; a pattern is looked for in one sentence at a time. A pattern is a line of elements:

    WANT DIE            capital letters: a concept; words that add nothing (FILL) may stand between two elements
    HERE|LIVE           one of these
    worth living        small letters: this very word
    TIRED? NOT?         may be missing
    ..  ...             up to three, up to six words between, none of which says no
    WANT & DIE          both, at most eight words apart, in either order
    ! NOT WANT LIVE     a pattern that starts with "!" says no itself, so a "no" before it does not end it

Every repetition is bounded, so a search is linear in the length of the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from portal.safety.screening.findings import Level

WORD, END = ";", "|"
Symbols = Callable[[str], str]
# Sets of symbols; one of each must be there.
Required = tuple[frozenset[str], ...]


@dataclass(slots=True, frozen=True)
class _Element:
    names: tuple[str, ...]
    may_miss: bool


@dataclass(eq=False)
class Pattern:
    kind: str
    level: Level
    line: str
    symbols: Symbols
    says_no: bool = field(init=False)
    parts: list[_Element | str] = field(init=False)

    def __post_init__(self) -> None:
        self.says_no = self.line.startswith("!")
        self.parts = [_part(one) for one in self.line.lstrip("! ").split()]
        for element in self.elements:
            for name in element.names:
                self.symbols(name)

    @property
    def elements(self) -> list[_Element]:
        return [one for one in self.parts if isinstance(one, _Element)]

    @cached_property
    def required(self) -> Required:
        """What a message must hold at least; checked before the expression is even compiled."""
        sets = (frozenset(self.symbols(name) for name in one.names) for one in self.elements if not one.may_miss)
        return tuple(dict.fromkeys(sets))

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(_expression(self.parts, self.symbols))


def _part(text: str) -> _Element | str:
    if text in {"..", "...", "&"}:
        return text
    may_miss = text.endswith("?")
    return _Element(tuple(text.rstrip("?").split("|")), may_miss)


def read(lines: str, kind: str, level: Level, symbols: Symbols) -> list[Pattern]:
    """The patterns of a text with one on each line; `#` begins a remark."""
    cleaned = (line.split("#")[0].strip() for line in lines.splitlines())
    return [Pattern(kind, level, line, symbols) for line in dict.fromkeys(cleaned) if line]


def _expression(parts: list[_Element | str], symbols: Symbols) -> str:
    if "&" not in parts:
        return _sequence(parts, symbols)
    at = parts.index("&")
    one, other = _sequence(parts[:at], symbols), _sequence(parts[at + 1 :], symbols)
    apart = rf"(?:{WORD}[^;|]*){{0,8}}?"
    return f"{one}{apart}{other}|{other}{apart}{one}"


def _sequence(parts: Iterable[_Element | str], symbols: Symbols) -> str:
    fill, no = symbols("FILL"), symbols("NEG")
    loose = f"(?:;[^;|{no}]*{fill}[^;|]*){{0,3}}?"
    gaps = {"..": rf"(?:;[^;|{no}]*(?=[;|]|$)){{0,3}}?", "...": rf"(?:;[^;|{no}]*(?=[;|]|$)){{0,6}}?"}
    pieces: list[str] = []
    given = list(parts)
    for before, part in zip([None, *given[:-1]], given, strict=True):
        if isinstance(part, str):
            pieces.append(gaps[part])
            continue
        choice = "[" + "".join(symbols(name) for name in part.names) + "]"
        joint = loose if isinstance(before, _Element) else ""
        word = f"{joint};[^;|]*{choice}[^;|]*"
        pieces.append(f"(?:{word})?" if part.may_miss else word)
    return "".join(pieces)
