"""Forms of words: endings of verbs in English, Spanish and French, and what Arabic writes before and after a word.

A form is a word and, where something hangs on it (matar*me*), the concept of that: (("matarme", "ME"), ...).
"""

from __future__ import annotations

from collections.abc import Iterator

Form = tuple[str, str]

_ES_OBJECTS = {
    "me": "ME", "te": "YOU", "se": "SELF", "lo": "HIM", "la": "HER", "le": "HIM", "los": "THEM", "las": "THEM",
    "les": "THEM", "nos": "WE", "melo": "ME", "mela": "ME", "telo": "YOU", "tela": "YOU", "selo": "HIM", "tele": "YOU",
}  # fmt: skip
_ES_AR = "o as a amos ais an e aste o aron aba abas aban abamos ara aras aran aria arias arian es en emos ase aramos ada ado adas ados are".split()
_ES_ER = "o es e emos eis en i iste io ieron ia ias ian iamos era eras eran eria erias erian a as an amos iera iese ida ido idas idos eremos".split()
_ES_IR = "o es e imos en i iste io ieron ia ias ian ira iras iran iria irias a as an amos iera iese ida ido idos iremos".split()
_ES = {"ar": (_ES_AR, "ar", "ando"), "er": (_ES_ER, "er", "iendo"), "ir": (_ES_IR, "ir", "iendo")}
_FR = {
    "er": "e es ons ez ent er ais ait aient ai as a erai eras era eront erais erait ee ees es ant erons erez eriez ions".split(),
    "ir": "is it issons issez issent ir issais issait irai iras ira iront irais irait i ie ies isse issant".split(),
    "re": "s e ons ez ent re ais ait aient rai ras ra ront rais rait u ue us ues ant d".split(),
}
_EN_VOWELS = frozenset("aeiou")

AR_PREFIXES = tuple(
    sorted(
        "و ف ب ل ك ال وال بال لل فال ه ح س رح وب وح وس هي ها هن بي بت با بن ا ي ت ن وي وت وا ون سي ست سا سن حي حت حا حن لي لت لا لن م "
        "تن ين ست يت نت ات عم متل بدي ولا وما ما فل ولل كال".split(),
        key=len,
        reverse=True,
    )
)
AR_SUFFIXES = {
    "وني": "ME", "ونني": "ME", "تني": "ME", "ني": "ME", "نا": "WE", "ي": "MY", "ك": "YOU", "كي": "YOU", "كم": "YOU", "وه": "HIM", "ه": "HIM",
    "ها": "HER", "هم": "THEM", "هن": "THEM", "وا": "", "ون": "", "ين": "", "ات": "", "ت": "", "و": "", "ا": "", "ته": "HIM", "تي": "MY",
    "تك": "YOU", "يت": "", "يني": "ME", "لي": "ME", "لك": "YOU", "له": "HIM", "لها": "HER", "نه": "HIM", "نك": "YOU", "ان": "", "ش": "",
    "نيش": "ME", "وك": "YOU", "وهم": "THEM", "تها": "HER", "كش": "YOU",
}  # fmt: skip


def english(stem: str) -> Iterator[Form]:
    """Regular endings, also where a letter is doubled or an e dropped; what comes out too much is no word and hurts nobody."""
    yield stem, ""
    for ending in ("s", "es", "ed", "d", "ing", "in"):
        yield stem + ending, ""
    if stem.endswith("e"):
        yield stem[:-1] + "ing", ""
        yield stem[:-1] + "in", ""
    elif len(stem) > 2 and stem[-1] not in _EN_VOWELS and stem[-2] in _EN_VOWELS:
        for ending in ("ed", "ing", "in"):
            yield stem + stem[-1] + ending, ""


def spanish(stem: str, kind: str) -> Iterator[Form]:
    """Finite forms alone; infinitive, gerund and command also with what hangs on them. Accents are gone by now."""
    endings, infinitive, gerund = _ES[kind]
    for ending in endings:
        yield stem + ending, ""
    for base in (stem + infinitive, stem + gerund, stem + ("a" if kind == "ar" else "e"), stem + infinitive[:-1]):
        yield base, ""
        for clitic, concept in _ES_OBJECTS.items():
            yield base + clitic, concept


def french(stem: str, kind: str) -> Iterator[Form]:
    for ending in _FR[kind]:
        yield stem + ending, ""


def forms(entry: str, language: str) -> Iterator[Form]:
    """`kill/v` in English, `mat/ar` in Spanish, `tu/er` in French, anything else as it stands."""
    stem, _, kind = entry.partition("/")
    if not kind:
        yield stem, ""
    elif language == "es":
        yield from spanish(stem, kind)
    elif language == "fr":
        yield from french(stem, kind)
    else:
        yield from english(stem)
