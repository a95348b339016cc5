"""What a check of the catalogs finds, beyond a word that is missing."""

from __future__ import annotations

from babel.messages.catalog import Catalog

from portal.language import catalogs


def catalog(language: str, **said: str) -> Catalog:
    made = Catalog(locale=language)
    for english, text in said.items():
        made.add(english.replace("_", " "), text)
    return made


def test_no_sentence_of_one_language_stands_in_the_file_of_another() -> None:
    assert catalogs.in_the_wrong_file({one: catalogs.load(one) for one in catalogs.languages()}) == []


def test_a_sentence_in_the_wrong_file_is_named_and_a_name_is_not() -> None:
    spanish = catalog("es", You_told_us="Usted nos lo dijo", Medicaid="Medicaid", Today="Hoy")
    arabic = catalog("ar", You_told_us="Usted nos lo dijo", Medicaid="Medicaid", Today="اليوم")
    assert catalogs.in_the_wrong_file({"es": spanish, "ar": arabic}) == ["es and ar say the same: 'Usted nos lo dijo'"]
