"""Message catalogs with Babel: extracting what pages say, compiling translations, and a pseudo-locale to find unmarked text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.encoding import force_str
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PSEUDO = "en-xa"
ROOMS = ("portal", "messaging", "peer_support", "rights_grievances", "templates")
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
MANY_WORDS = 3  # names and numbers may be the same in two languages, sentences are not
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")
_LETTERS = str.maketrans("aceginorstuyACEGINORSTUY", "åçéğîñôŕšťûýÅÇÉĞÎÑÔŔŠŤÛÝ")


def extract_template(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's way into Django templates: Django turns a template into Python-like source, Babel reads that."""
    lines = templatize(force_str(fileobj.read())).splitlines()
    source = "\n".join(line.lstrip() for line in lines)  # a template's indentation is not Python's
    return extract_python(io.BytesIO(source.encode()), keywords, comment_tags, {"encoding": "utf-8"})  # type: ignore[no-any-return]


def source_catalog() -> Catalog:
    """Everything the pages, mails and refusals say, in English, from the code as it is now."""
    catalog = Catalog(project="porchlight", charset="utf-8", header_comment="# Words of Porchlight.")
    methods = [
        ("**/migrations/**", "ignore"),
        ("**.py", "python"),
        ("**.html", extract_template),
        ("**.txt", extract_template),
    ]
    for room in ROOMS:
        found = extract_from_dir(settings.BASE_DIR / room, methods, {}, KEYWORDS, ("Translators:",))
        for filename, line, message, comments, context in found:
            catalog.add(message, None, [(f"{room}/{filename}", line)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """The languages with a catalog on file: all but English, which is the source, and the pseudo-locale, which is made."""
    return [code for code, _name in settings.LANGUAGES if code not in {settings.LANGUAGE_CODE, PSEUDO}]


def load(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=to_locale(language), charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language), charset="utf-8")


def update(language: str, source: Catalog) -> Catalog:
    """Bring a language's catalog up to date with the source: new words come in empty, changed ones are marked fuzzy."""
    catalog = load(language)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False, ignore_obsolete=True
        )
    return catalog


def compile_all() -> None:
    """Write the .mo files, the pseudo-locale's included."""
    for language in languages():
        _write(language, load(language))
    _write(PSEUDO, pseudo(source_catalog()))


def _write(language: str, catalog: Catalog) -> None:
    # A plural nobody translated would be written in English by this language's count: "1 new messages" in Arabic.
    for message in [message for message in catalog if message.id and not _is_filled(message)]:
        catalog.delete(message.id, message.context)
    path = path_of(language).with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, catalog)
    part.replace(path)


def pseudo(source: Catalog) -> Catalog:
    """English in accents and brackets, a third longer: what is not marked for translation shows, what has no room breaks."""
    catalog = Catalog(locale="en", charset="utf-8")
    for message in source:
        if message.id:
            forms = message.id if isinstance(message.id, list | tuple) else [message.id]
            changed = tuple(_stretch(form) for form in forms)
            catalog.add(message.id, changed if len(changed) > 1 else changed[0], context=message.context)
    return catalog


def _stretch(text: str) -> str:
    parts = _PLACEHOLDER.split(text)
    held = _PLACEHOLDER.findall(text)
    words = "".join(
        part.translate(_LETTERS) + (held[place] if place < len(held) else "") for place, part in enumerate(parts)
    )
    return f"[{words}{' ~' * (len(text) // 12)}]"


def problems(language: str, catalog: Catalog, source: Catalog) -> list[str]:
    """What is missing or broken in a translation, a sentence each; placeholders must be the same set as in English."""
    found = []
    for message in source:
        if not message.id:
            continue
        translated = catalog.get(message.id, context=message.context)
        first = message.id if isinstance(message.id, str) else message.id[0]
        if translated is None or not _is_filled(translated):
            found.append(f"{language}: not translated: {first!r}")
        elif bad := _misplaced(message, translated):
            found.append(f"{language}: {first!r} and its translation do not hold the same placeholders: {bad!r}")
    return found


def in_the_wrong_file(loaded: dict[str, Catalog]) -> list[str]:
    """Words of one language that stand in another's file, a sentence each: nothing else would see Spanish among the Arabic."""
    said: dict[str, dict[str, str]] = {language: {} for language in loaded}
    found: list[str] = []
    for language, catalog in loaded.items():
        for message in catalog:
            text = message.string if isinstance(message.string, str) else " ".join(message.string or ())
            if message.id and len(_PLACEHOLDER.sub(" ", text).split()) >= MANY_WORDS:
                said[language][f"{message.context}\x04{message.id}"] = text
    for one, other in combinations(said, 2):
        same = [text for key, text in said[one].items() if said[other].get(key) == text]
        found += [f"{one} and {other} say the same: {text!r}" for text in same]
    return found


def _is_filled(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(strings) and all(strings)


def _misplaced(source: Message, translated: Message) -> str:
    """The first form whose placeholders are not those of one of the English forms, or an empty text."""
    sources = [source.id] if isinstance(source.id, str) else list(source.id)
    allowed = [_held(text) for text in sources]
    strings = [translated.string] if isinstance(translated.string, str) else list(translated.string)
    for text in strings:
        # A plural form for exactly one, or for none, may say the number in words.
        held = _held(text)
        if held not in allowed and not (len(strings) > 1 and any(held < one for one in allowed)):
            return str(text)
    return ""


def _held(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))
