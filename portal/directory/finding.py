"""Finding by words, the same on every database: small letters, no accents."""

from __future__ import annotations

import unicodedata

MOST_WORDS = 8


def fold(text: str) -> str:
    """ "Crisis de Métairie" is found as "crisis de metairie"."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).split())


def words_of(text: str) -> list[str]:
    """What is looked for: each of the words has to be there, wherever."""
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]
