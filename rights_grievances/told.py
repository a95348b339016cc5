"""What somebody is telling us, as it stands in a draft: every field as typed, and which page said it last. No database."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

Typed = dict[str, str | list[str]]

MOST = 50_000  # letters of what is told in one case
KEPT = 400_000  # of a draft: too long is said, not cut
KEPT_LINE = 4_000
# For whom somebody speaks.
SELF, CHILD, ASKED, WORK, OTHER = "self", "child", "asked", "work", "other"


@dataclass(frozen=True, slots=True)
class Call:
    """What a caller says, as somebody writes it down."""

    words: str
    name: str = ""
    family_name: str = ""
    who: str = CHILD
    reach: str = ""
    language: str = ""
    needs_interpreter: bool = False
    about_names: str = ""
    wish: str = ""
    at: dt.datetime | None = None

    @property
    def called(self) -> str:
        return " ".join(part for part in (self.name.strip(), self.family_name.strip()) if part)


def plain(text: str, limit: int = KEPT) -> str:
    """What a person typed, without the characters nobody types. Spaces and empty lines stay as they are."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})[:limit]


def too_long(words: str) -> str:
    why = _(
        "This has %(has)s letters, and %(most)s fit in one. Nothing is lost: all of it is kept here. "
        "Move the rest to a second one, and send both."
    )
    return str(why) % {"has": f"{len(words):,}", "most": f"{MOST:,}"}


@dataclass
class Kept:
    """What a draft holds, opened."""

    fields: Typed = field(default_factory=dict)
    page: str = ""  # the open page that saved last, and the number of its save
    seq: int = 0
    # Words of pages that were older than the last save: they overwrite nothing and are not lost.
    beside: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def several(self, name: str) -> list[str]:
        value = self.fields.get(name, [])
        return value if isinstance(value, list) else []

    @property
    def others(self) -> list[str]:
        """What was written on another open page and stands in no box yet."""
        words = self.text("words")
        return [text for text in self.beside.values() if text.strip() and text.strip() not in words]

    @property
    def words(self) -> str:
        """All that is told, what another page wrote below the rest."""
        return "\n\n".join([self.text("words"), *self.others]) if self.others else self.text("words")

    def as_text(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False)


def opened(text: str) -> Kept:
    """What `as_text` has made."""
    return Kept(**json.loads(text)) if text else Kept()
