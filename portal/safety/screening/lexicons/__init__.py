"""One file for each language, for its speakers to correct, and `shared` for what holds in all of them.

WORDS gives concepts their words: `run_away` several words, `(a|b)` by `a|b_c`, `suicid*` anything that begins so, `suicide~` also
with one letter wrong, `kill/v` with its endings, `A+B` words that are both. `EVERYDAY` in WORDS are words that only look alike,
`OURS` usual words that would be a form of harm in another language (Creole maten, morning; Spanish maten, they kill).
How the patterns are written is said in `portal.safety.screening.patterns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

CODES = ("en", "es", "vi", "ht", "fr", "ar", "zh-hans")


@dataclass(frozen=True, slots=True)
class Lexicon:
    language: str
    words: dict[str, str]
    crisis: dict[str, str]
    concern: dict[str, str]
    everyday: str


def all_lexicons() -> list[Lexicon]:
    return [_lexicon(code) for code in ("shared", *CODES)]


def _lexicon(code: str) -> Lexicon:
    file = import_module(f"{__name__}.{code.replace('-', '_')}")
    return Lexicon(code, file.WORDS, file.CRISIS, file.CONCERN, file.EVERYDAY)
