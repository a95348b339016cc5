"""Contact details: numbers in digits and in words, addresses, links, handles. Finding them, and taking them out.

Numbers that help (988, 911, 741741, toll-free lines, the office's own), dates, times, prices and identifiers are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.safety.screening.lexicons.numbers import CONNECTORS, CONTEXT, DIGITS, EXEMPT, MINE
from portal.safety.screening.normal import bare, normal
from portal.safety.screening.tokens import words_of

GONE = "[...]"
FEWEST, _MOST = 7, 15  # digits of a telephone number
_SIGNS = (
    "@",
    "://",
    "www.",
    "(at)",
    "dot com",
    "dot net",
    "dot org",
    "arroba",
    "arobase",
    "gmail",
    "hotmail",
    "yahoo",
    "icloud",
    "艾特",
    "جيميل",
    "ياهو",
)
_CHINESE = "零〇一二三四五六七八九幺两"
_IN_CHINESE = rf"{_CHINESE}0-9\s\-,，"
_PIECES_OF_SIGNS = tuple(dict.fromkeys(sign.split(" ")[0] for sign in _SIGNS))
_LETTER_OR_SIGN = re.compile(f"[a-z{''.join({sign[0] for sign in _PIECES_OF_SIGNS})}]")
# An ideograph counts where its neighbour, in this piece or the next, could go on with the number: not in "Tuesday" (周二).
_DIGIT = re.compile(rf"[0-9{_CHINESE}](?:(?<=[0-9])|(?<![^{_IN_CHINESE}].)|(?![^{_IN_CHINESE}]))")
_DOTTED = re.compile(r"\.(?<=[a-z0-9]\.)[a-z]{2}")  # the point first: to look for one sign costs least
_DOMAIN = r"(?:com|net|org|edu|io|me|gg|app|ly|tv|co|link|info|fr|es|mx|vn|cn|ht|us|ca|ee)"
_DOT = r"\s{0,2}(?:\.|\(dot\)|\[dot\]|\bdot\b|\bpunto\b|\bpoint\b|\bpwen\b|\bcha\u0302?\u0301?m\b|点|دوت|نقطه)\s{0,2}"
_AT = r"\s{0,2}(?:@|\(at\)|\[at\]|\bat\b|\barroba\b|\barobase\b|\bat sign\b|\ba co\u0300?ng\b|艾特|圈|(?<!\w)ات(?!\w))\s{0,2}"
_MAILERS = r"(?:g ?mail|hotmail|yahoo|outlook|icloud|proton(?:mail)?|aol|qq|163|جيميل|هوتميل|ياهو)"
_EMAIL = re.compile(
    rf"[\w.+\-]{{1,64}}{_AT}(?:[\w\-]{{1,40}}{_DOT}{_DOMAIN}(?!\w)|{_MAILERS}(?!\w)(?:{_DOT}{_DOMAIN})?)|[\w.+\-]{{1,64}}\s?{_MAILERS}{_DOT}{_DOMAIN}"
)
_LINK = re.compile(
    rf"https?://\S+|www\.\S+|(?<![\w@.])[a-z0-9\-]{{2,40}}(?:\.[a-z0-9\-]{{2,40}})?\.{_DOMAIN}(?![\w.])(?:/\S*)?"
)
_PUBLIC = re.compile(r"(?:\.gov|\.edu|\.mil|\.org|\.us)(?:[/:?#]|$)|988lifeline|crisistextline")
_HANDLE = re.compile(
    r"(?<![\w.@])@(?!home\b|school\b|work\b|noon\b|the\b|everyone\b|all\b|here\b)[a-z0-9_.\-]{0,29}[a-z_][a-z0-9_.\-]{0,29}"
)
_DIGIT_RUN = re.compile(r"(?<![\w.$€£#])\+?\(?\d(?:[\s().\-_/·•,*~|]{0,4}\d){5,17}(?![\d%])")
_GROUPS = re.compile(r"\d+")
_SHAPES = frozenset(
    {
        (10,),
        (11,),
        (3, 3, 4),
        (1, 3, 3, 4),
        (3, 4),
        (3, 7),
        (6, 4),
        (3, 3, 2, 2),
        (3, 2, 2),
        (4, 4),
        (1, 10),
        (4, 3, 3),
        (3, 4, 4),
        (4, 3, 4),
        (4, 3, 2),
        (5, 5),
        (4, 6),
        (3, 5),
        (3, 6),
        (2, 4, 4),
    }
)
_HELP = re.compile(r"^(?:1?8(?:00|33|44|55|66|77|88)\d{7}|741741|988|911|211)$")
_DATE = re.compile(r"^(?:19|20)\d\d[\-/. ][01]?\d[\-/. ][0-3]?\d\b|^[0-3]?\d[\-/.][0-3]?\d[\-/.](?:19|20)?\d\d\b")
_WORD = re.compile(r"[^\W_]+|[\u3400-\u9fff]")
_IDEOGRAPHS = re.compile(rf"[{_IN_CHINESE}]{{{FEWEST},40}}")


def signs(piece: str) -> int:
    """How many digits a piece of a normalised text holds; any other sign of a detail counts as a whole number.

    Whoever adds up the pieces of a text to less than `FEWEST` need not look any further.
    """
    if not _LETTER_OR_SIGN.search(piece):
        return len(_DIGIT.findall(piece))
    other = any([sign in piece for sign in _PIECES_OF_SIGNS]) or _is_dotted(piece)
    return len(_DIGIT.findall(piece)) + FEWEST * other


def are_in(text: str, *, signs: int, numbers: int) -> bool:
    """Whether a normalised text holds any; `signs` is the sum of its pieces', `numbers` how many of its words are number words."""
    if numbers >= 4 and _spelled(words_of(text)):
        return True
    if signs < FEWEST:  # most messages end here
        return False
    return (not text.isascii() and _in_ideographs(text)) or next(_spans(text), None) is not None


def _many_digits(text: str) -> bool:
    return sum(map(text.count, "0123456789")) >= FEWEST


def _is_dotted(text: str) -> bool:
    return _DOTTED.search(text) is not None


def in_pieces(messages: Sequence[Sequence[str]]) -> bool:
    """Whether messages that are mostly digits or number words make a telephone number together."""
    pieces = [(len(words), _digits_of(words)) for words in messages]
    given = [digits for length, digits in pieces if digits and length <= 2 * len(_GROUPS.findall(" ".join(digits))) + 4]
    together = "".join("".join(one) for one in given)
    return (
        len(given) > 1 and FEWEST <= len(together) <= 4 * _MOST and not _HELP.match(together) and not _counts(together)
    )


def removed(text: str) -> str:
    """Every detail replaced. Works on the text as written: what is found in its normal form is taken out there."""
    shown, places = _with_places(text)
    marks = [*_spans(shown), *_spelled_spans(shown)]
    marks += [found.span() for found in _IDEOGRAPHS.finditer(shown) if _in_ideographs(found[0])]
    if not marks:
        return text
    pieces, reached = [], 0
    for start, end in sorted(marks):
        if places[start] >= reached:
            pieces += [text[reached : places[start]], GONE]
        reached = max(reached, places[end - 1] + 1)
    return "".join([*pieces, text[reached:]])


def _with_places(text: str) -> tuple[str, list[int]]:
    """The normal form letter by letter, and where in the text each of its characters comes from."""
    shown, places = [], []
    for at, letter in enumerate(text):
        changed = normal(letter)
        shown.append(changed)
        places += [at] * len(changed)
    return "".join(shown), places


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where details stand. Each search runs only where its signs are: most messages hold none."""
    is_dotted = _is_dotted(text)
    if is_dotted or any(sign in text for sign in _SIGNS):
        yield from (found.span() for found in _EMAIL.finditer(text))
    if is_dotted or "://" in text:
        yield from (found.span() for found in _LINK.finditer(text) if not _PUBLIC.search(found[0]))
    if "@" in text:
        yield from (found.span() for found in _HANDLE.finditer(text))
    if _many_digits(text):
        for found in _DIGIT_RUN.finditer(text):
            if _is_number(found[0].strip(), text[max(0, found.start() - 60) : found.start()]):
                yield found.span()


def _is_number(run: str, before: str) -> bool:
    groups = tuple(map(len, _GROUPS.findall(run)))
    digits = "".join(_GROUPS.findall(run))
    if not FEWEST <= len(digits) <= _MOST or _HELP.match(digits) or _DATE.match(run) or _counts(digits):
        return False
    words = _WORD.findall(bare(before))[-7:]
    if EXEMPT.intersection(words) and not MINE.intersection(words):
        return False
    looks_so = (
        groups in _SHAPES
        or run.startswith("+")
        or set(groups) == {1}
        or (digits[0] == "0" and len(digits) in {9, 10, 11})
    )
    return looks_so or bool(CONTEXT.intersection(words))


def _counts(digits: str) -> bool:
    """One, two, three, four, five: somebody counts, or plays."""
    pairs = list(pairwise(digits))
    steps = sum((int(after) - int(before)) % 10 == 1 for before, after in pairs)
    down = sum((int(before) - int(after)) % 10 == 1 for before, after in pairs)
    return max(steps, down) >= len(pairs) - 1 or len(set(digits)) == 1


def _digits_of(words: Sequence[str]) -> list[str]:
    plain = (bare(word) for word in words)
    return [DIGITS.get(word, word if word.isdigit() else "") for word in plain if word in DIGITS or word.isdigit()]


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of number words and digits: where they begin and end, and their digits."""
    begin, last, digits = 0, -1, ""
    for at, written in enumerate([*words, "."]):
        word = bare(written)
        value = word if word.isdigit() else DIGITS.get(word, "")
        if value:
            begin = begin if digits else at
            digits, last = digits + value, at
        elif digits and (word not in CONNECTORS or at - last > 2):
            yield begin, last + 1, digits
            digits = ""


def _spelled(words: Sequence[str]) -> list[tuple[int, int]]:
    """Which words are telephone numbers said in words, or in words and digits mixed."""
    found = []
    for begin, end, digits in _runs(words):
        said = sum(not word.isdigit() for word in words[begin:end])
        if said >= 2 and FEWEST <= len(digits) <= 2 * _MOST and not _HELP.match(digits) and not _counts(digits):
            found.append((begin, end))
    return found


def _spelled_spans(text: str) -> Iterator[tuple[int, int]]:
    places = list(re.finditer(r"[^\W_]+[\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f])*|[!?.]", text))
    for begin, end in _spelled([place[0] for place in places]):
        yield places[begin].start(), places[end - 1].end()


def _in_ideographs(text: str) -> bool:
    for found in _IDEOGRAPHS.finditer(text):
        digits = "".join(DIGITS.get(sign, sign if sign.isdigit() else "") for sign in found[0])
        written = sum(not sign.isdigit() for sign in found[0] if not sign.isspace())
        if written >= 3 and FEWEST <= len(digits) <= _MOST and not _HELP.match(digits) and not _counts(digits):
            return True
    return False
