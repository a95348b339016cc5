"""One spelling for what is written in many: width, case, accents that mean nothing, look-alikes, hidden and repeated letters.

The result may still hold combining marks: Vietnamese needs them to tell words apart (`tokens.keys` decides).
"""

from __future__ import annotations

import re
import unicodedata

from portal.safety.screening.scripts import CHANGED

_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_MARKS = re.compile("[\u0300-\u036f]+")
# The five tones, which may stand on either vowel of a Vietnamese syllable; what makes another letter stays in place.
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE = re.compile("[\u0306\u0309\u031b\u0323\u0335]|\u0302[\u0300\u0301\u0303]")

# Every Chinese message holds some of these. Alone they would make the whole text be taken apart and put together again,
# which costs more than all the rest; each becomes what that would make of it.
_WIDE = [(sign, unicodedata.normalize("NFKC", sign)) for sign in "，！？：；（）～…"]
# Few letters need a change: to look for those costs less than to ask for each.
_CHANGED = re.compile(f"[{''.join(map(chr, sorted(CHANGED)))}]")


def normal(text: str) -> str:
    """Lower case, decomposed, without what cannot be seen; ASCII, the usual case, costs almost nothing."""
    if text.isascii():
        return text.lower()
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _CHANGED.sub(_change, folded)


def _change(found: re.Match[str]) -> str:
    return CHANGED[ord(found[0])] or ""


def bare(word: str) -> str:
    """Without combining marks."""
    return word if word.isascii() else _MARKS.sub("", word)


def toned(word: str) -> str:
    """A Vietnamese syllable with its tone last, so that both habits of placing it are one word."""
    return word if word.isascii() else _TONES.sub("", word) + "".join(sorted(_TONES.findall(word)))


def is_vietnamese(word: str) -> bool:
    """Whether its marks belong to no other language here."""
    return _VIETNAMESE.search(word) is not None


def squeezed(word: str) -> str:
    """Letters written three times or more, once: sooo, killlll."""
    return _REPEATED.sub(r"\1", word)


def has_repeats(word: str) -> bool:
    return _REPEATED.search(word) is not None


def bare_lines(lines: str) -> str:
    """Each line, and again as it is written by somebody who leaves the marks out."""
    return f"{lines}\n{bare(unicodedata.normalize('NFKD', lines).translate(CHANGED))}"
