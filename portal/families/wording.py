"""The words somebody signs when they let others know something: which texts they are, and which version of them it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from portal.families.models import Category
from portal.language import content

LABEL = "1"  # raised when what is asked on the form changes, not only the words around it
GENERAL, SUBSTANCE, SCHOOL = "consent.release", "consent.release_substance", "consent.release_school"
PASSED_ON = "consent.passed_on"  # the statement that goes with what is handed over (42 CFR 2.32)


def texts_for(categories: Iterable[str]) -> list[str]:
    """The content texts above the signature, by what is shared."""
    ticked = set(categories)
    about = ((SUBSTANCE, Category.SUBSTANCE), (SCHOOL, Category.SCHOOL))
    return [GENERAL, *(key for key, category in about if category in ticked)]


def text_version(categories: Iterable[str]) -> str:
    """Which English words they were: a translation that is shown is one of exactly these."""
    words = "\n\n".join(content.source_of(key).hash for key in texts_for(categories))
    return f"{LABEL}-{hashlib.sha256(words.encode()).hexdigest()[:40]}"


def is_guarded(categories: Iterable[str]) -> bool:
    """Whether that statement has to go with it."""
    return Category.SUBSTANCE in set(categories)
