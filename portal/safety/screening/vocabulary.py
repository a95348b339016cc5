"""Every word that means something here, in all languages at once, and what a word never seen before may be a form of."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portal.safety.screening import morphology
from portal.safety.screening.ideographs import IDEOGRAPH, Ideographs
from portal.safety.screening.lexicons.usual import USUAL
from portal.safety.screening.normal import bare, has_repeats, is_vietnamese, normal, squeezed, toned
from portal.safety.screening.patterns import END, WORD
from portal.safety.screening.phrases import Phrase, Phrases

Code = tuple[frozenset[str], ...]  # for each word it stands for: the symbols of its concepts

_MOST_REMEMBERED = 60_000
_LONGEST_REMEMBERED_PASSAGE = 4  # ideographs: about two words
_FIRST_SYMBOL = 0xE000  # a private area that no text needs
_IDEOGRAPH = re.compile(f"[{IDEOGRAPH}]")
_ENDS = frozenset("!?.\n。؟؛")
_AROUND = "'*@$!|%#"
_NEVER = r"(?!)"
_ARABIC = re.compile("[\u0620-\u06ff]")
_LEET = str.maketrans(
    {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i", "8": "b"}
)
_LEET_I, _LEET_L = str.maketrans({"1": "i"}), str.maketrans({"1": "l"})
# Only words that hold one of these are looked at as several run together: anything else would be found in "depends" too.
_GLUED = re.compile(
    "kill|mys[ea]l|suicid|wantto|wanna|todie|hurt|touye|matarm|morir|mourir|anymore|tellany|tellyour|mouri|vivir|vivre"
)
_STAR = re.compile(r"[*#%!]")
_ELIDED = re.compile(r"^(j|l|d|n|m|t|s|c|qu|jusqu|lorsqu|puisqu|w|y|k|p|ou|li|nou)'(.+)$")


class Vocabulary(dict[str, str]):
    """From a word as `tokens` cuts it to its code, from a passage to its signs. What is missing is worked out once and
    remembered, up to a bound."""

    def __init__(self) -> None:
        super().__init__()
        self._symbols: dict[str, str] = {}
        self._plain: dict[str, Code] = {}
        self._harmless: dict[str, Code] = {}  # usual words of one language, forms of harm in another
        self._exact: dict[str, Code] = {}  # Vietnamese, tones and all
        self._stems: dict[str, Code] = {}
        self._near: dict[str, Code] = {}
        self._arabic: dict[str, Code] = {}
        self._phrases = Phrases(bare)
        self._exact_phrases = Phrases(toned)
        self._ideographs: dict[str, Code] = {}
        self.passages = Ideographs({})
        self._runs_in_phrases = re.compile(_NEVER)
        self._kept_in = frozenset(map(self.symbol, ("NEG", "FICTION", "LAUGH", "FILL")))
        # "Anh" may be I, "anh ấy" is he.
        self._others, self._speaker = (
            frozenset(map(self.symbol, names)) for names in (("HIM", "HER"), ("I", "ME", "MY", "YOU", "YOUR"))
        )
        self.begins, self.goes_on = self.symbol("begins a phrase"), self.symbol("goes on with a phrase")
        self.usual: Counter[str] = Counter()

    def symbol(self, name: str) -> str:
        """The symbol of a concept; a word in small letters is a concept of its own."""
        found = self._symbols.get(name)
        if found is None:
            found = self._symbols[name] = chr(_FIRST_SYMBOL + len(self._symbols))
        return found

    # Filling it

    def add_words(self, language: str, words: dict[str, str]) -> None:
        """Single words first: phrases are made of them."""
        given = [(name, entry) for name, entries in words.items() for entry in entries.split()]
        for name, entry in sorted(given, key=lambda one: "_" in one[1]):
            if name == "OURS":
                self._harmless[entry] = (frozenset(),)
                continue
            concepts = () if name == "EVERYDAY" else tuple(self.symbol(one) for one in name.split("+"))
            self._add(language, entry, frozenset(concepts))

    def add_literals(self, language: str, names: Iterable[str]) -> None:
        """The small words of that language's patterns."""
        for name in names:
            if not name.isupper():
                self._add(language, name, frozenset(self.symbol(name)))

    def _add(self, language: str, entry: str, symbols: frozenset[str]) -> None:
        if "_" in entry:
            self._add_phrase(language, entry, symbols)
            return
        also_bare, entry = entry.startswith("+"), entry.lstrip("+")
        is_stem, is_near = entry.endswith("*"), entry.endswith("~")
        for form, hanging in morphology.forms(entry.rstrip("*~"), language):
            code: Code = (symbols, frozenset(self.symbol(hanging))) if hanging else (symbols,)
            for key, words in self._places(language, normal(form), also_bare):
                _merge(self._stems if is_stem else words, key, code)
                if is_near:
                    for variant in _one_letter_off(key):
                        _merge(self._near, variant, code)

    def _places(self, language: str, form: str, also_bare: bool) -> Iterator[tuple[str, dict[str, Code]]]:
        if _IDEOGRAPH.search(form):
            yield form, self._ideographs
        elif language == "vi":
            yield toned(form), self._exact
            if also_bare:
                yield bare(form), self._exact
        else:
            yield bare(form), self._plain
            if _ARABIC.search(form):
                yield bare(form), self._arabic

    def _add_phrase(self, language: str, entry: str, symbols: frozenset[str]) -> None:
        given = itertools.product(*(part.split("|") for part in normal(entry.lstrip("+")).split("_")))
        for words in given:
            if language == "vi":
                for phrase in {tuple(map(toned, words)), tuple(map(bare, words))}:
                    self._exact_phrases.add(phrase, self._phrase_code(phrase, self._exact, symbols))
            else:
                phrase = tuple(map(bare, words))
                self._phrases.add(phrase, self._phrase_code(phrase, self._plain, symbols))

    def _phrase_code(self, phrase: tuple[str, ...], words: dict[str, Code], symbols: frozenset[str]) -> str:
        """What it stands for and, so that patterns with its words still see them, what its words do; but never a "no" inside it."""
        if symbols:
            kept_in = self._kept_in if self._others.isdisjoint(symbols) else self._kept_in | self._speaker
            symbols |= frozenset().union(*(words[word][0] for word in phrase if word in words)) - kept_in
        return _written((symbols,))

    def weigh(self) -> None:
        """Counts how many usual words stand for each concept. A phrase makes its concept a little usual, too."""
        for words in (self._plain, self._exact):
            for word in USUAL.intersection(words):
                self.usual.update(itertools.chain.from_iterable(words[word]))
        # Chinese patterns are made of such words themselves. Its concepts stay as rare as they are where spaces part words.
        self.usual.update(self._symbols[word] for word in USUAL.intersection(self._ideographs) if word in self._symbols)

    def finish(self) -> None:
        """After the last word: what is looked up all the time is put in order."""
        self._plain |= self._harmless
        self._phrases.finish()
        self._exact_phrases.finish()
        self.passages = Ideographs({word: _written(code) for word, code in self._ideographs.items()})
        runs = [word for word in self._phrases.words if _IDEOGRAPH.match(word)]
        self._runs_in_phrases = re.compile(f"(?:{'|'.join(runs) or _NEVER})(?![{IDEOGRAPH}])")

    # Asking it

    def __missing__(self, word: str) -> str:
        """A longer passage is a sentence, not worth remembering."""
        if not is_chinese(word):
            code = self._marked(word, self._work_out(word))
        elif word in self._phrases.words:
            code = self._marked(word, self.passages.written(self.passages.signs(word)))
        else:
            code = self.passages.signs(word)
            if len(word) > _LONGEST_REMEMBERED_PASSAGE:
                return code
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = code
        return code

    def may_hold_run_of_phrase(self, text: str) -> bool:
        """Whether some ideographs between two signs could be a "word" of a phrase, so that they must not stay in a passage."""
        return self._runs_in_phrases.search(text) is not None

    def knows(self, word: str) -> bool:
        return word in self._plain or word in self._exact

    def any_of(self, name: str) -> re.Pattern[str]:
        """What finds a concept in codes, or in signs that stand for it."""
        symbol = self.symbol(name)
        return re.compile(f"[{symbol}{''.join(sorted(self.passages.standing_for[symbol]))}]")

    def phrase(self, words: Sequence[str], at: int) -> Phrase | None:
        """The longest phrase that begins at that word; with tones, if it has any, before without."""
        return self._exact_phrases.at(words, at) or self._phrases.at(words, at)

    def _work_out(self, word: str) -> str:
        if word[0] in _ENDS:
            return END
        if word[-1] in _AROUND or word[0] in _AROUND:
            word = word.strip(_AROUND)
            return self[word] if word else ""
        return self._form(word)

    def _marked(self, word: str, code: str) -> str:
        """With a sign on the first and on the second words of phrases, so that others need not be asked for them."""
        signs = self.begins if self._phrases.begin_with(word) or self._exact_phrases.begin_with(word) else ""
        if self._phrases.go_on_with(word) or self._exact_phrases.go_on_with(word):
            signs += self.goes_on
        return code[:1] + signs + code[1:] if signs else code

    def _form(self, word: str) -> str:
        if not word.isascii():
            return self._foreign(word)
        if "'" in word:
            return self._with_apostrophe(word)
        return self._looked_up(word) or self._disguised(word) or WORD

    def _foreign(self, word: str) -> str:
        exact = self._exact.get(toned(word))
        if exact:
            return _written(exact)
        if _ARABIC.search(word):
            return self._arabic_form(squeezed(word))
        if is_vietnamese(word):
            return WORD
        plain = bare(word)
        if "'" in plain:
            return self._with_apostrophe(plain)
        return self._looked_up(plain, is_foreign=True) or self._disguised(plain) or WORD

    def _looked_up(self, word: str, *, is_foreign: bool = False) -> str:
        """Known as it is, or by its beginning. A word that had marks is not looked for among bare Vietnamese ones."""
        known, other = self._plain.get(word), None if is_foreign else self._exact.get(word)
        if known or other:
            return _written(_joined(known, other) if known and other else known or other or ())
        for length in range(min(len(word), 12), 3, -1):
            stem = self._stems.get(word[:length])
            if stem:
                return _written(stem)
        return ""

    def _with_apostrophe(self, word: str) -> str:
        together = word.replace("'", "")
        elided = _ELIDED.match(word)
        if elided:
            return self[elided[1]] + self[elided[2].replace("'", "")]
        found = self._looked_up(together)
        if found:
            return found
        if word.endswith("'s"):
            return self[word[:-2].replace("'", "")]
        return self[together]

    def _disguised(self, word: str) -> str:
        """Letters repeated, replaced by digits or stars, run together, or one of them wrong."""
        for guess in _undisguised(word):
            found = self._looked_up(guess)
            if found:
                return found
        if len(word) >= 6:
            near = self._near.get(word) or next((self._near[one] for one in _shorter(word) if one in self._near), None)
            if near:
                return _written(near)
        if word[:1] == "j" and len(word) > 4 and word[1:] in self._plain:  # French without its apostrophe: jarrete
            return self["j"] + self[word[1:]]
        return self.apart(word) if 7 <= len(word) <= 60 and _GLUED.search(word) else ""

    def apart(self, word: str) -> str:
        """Words run together (killmyself): the whole must be words known here, or it is left alone."""
        reached: dict[int, str] = {0: ""}
        for start in range(len(word)):
            if start not in reached:
                continue
            for end in range(start + 1, min(start + 14, len(word)) + 1):
                piece = word[start:end]
                if end not in reached and (len(piece) > 1 or piece == "i") and self.knows(piece):
                    reached[end] = reached[start] + self[piece]
        return reached.get(len(word), "")

    def _arabic_form(self, word: str) -> str:
        known = self._plain.get(word)
        if known:
            return _written(known)
        for before in ("", *morphology.AR_PREFIXES):
            if not word.startswith(before) or len(word) - len(before) < 2:
                continue
            rest = word[len(before) :]
            if rest in self._arabic:
                return _written(self._arabic[rest])
            for after, concept in morphology.AR_SUFFIXES.items():
                stem = rest[: -len(after)]
                if rest.endswith(after) and len(stem) >= 2 and stem in self._arabic:
                    return _written(self._arabic[stem]) + (WORD + self.symbol(concept) if concept else "")
        return WORD


def is_chinese(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def _written(code: Code) -> str:
    return "".join(WORD + "".join(sorted(one)) for one in code)


def _merge(words: dict[str, Code], key: str, code: Code) -> None:
    words[key] = _joined(words.get(key), code)


def _joined(one: Code | None, other: Code) -> Code:
    if one is None:
        return other
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return (longer[0] | shorter[0], *longer[1:])


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_letter_off(word: str) -> set[str]:
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return {word, *_shorter(word), *swapped}


def _undisguised(word: str) -> Iterator[str]:
    if has_repeats(word):
        yield squeezed(word)
        yield re.sub(r"(.)\1{2,}", r"\1\1", word)
    if not word.isalpha() and not word.isdigit():
        plain = word.translate(_LEET)
        yield plain.translate(_LEET_I)
        yield plain.translate(_LEET_L)
        if 1 <= len(_STAR.findall(word)) <= 2:
            for letters in itertools.product("iuaeo", repeat=len(_STAR.findall(word))):
                yield "".join(itertools.chain(*itertools.zip_longest(_STAR.split(word), letters, fillvalue="")))
