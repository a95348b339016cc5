"""What people write and what pages show of it: the only importer of the HTML sanitiser."""

from __future__ import annotations

import re
import unicodedata

import bleach
import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Direction controls can make a name read as another one, or turn the line around it.
_DIRECTION = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Letters that are drawn as nothing: fillers of Hangul, and an empty pattern of Braille.
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TAGS = frozenset({"p", "strong", "em", "ul", "li", "a", "br"})
_ATTRIBUTES = {"a": ["href"]}
_SCHEMES = frozenset({"https", "tel", "sms", "mailto"})


def one_line(text: str, limit: int = 80) -> str:
    """A name or label safe to stand anywhere: one line, no control or direction characters, at most `limit` characters."""
    text = text.translate(_DIRECTION)
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return re.sub(r"\s+", " ", text).strip()[:limit]


def says_nothing(text: str) -> bool:
    """No letter, sign or picture of it can be seen: spaces, and what only looks as if something were there."""
    return all(char.isspace() or char in _UNSEEN or unicodedata.category(char) in {"Cc", "Cf"} for char in text)


def paragraphs(text: str) -> SafeString:
    """Plain text with blank lines between paragraphs as HTML; any markup in it is shown as written, never run."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return clean_html("".join(f"<p>{conditional_escape(part)}</p>" for part in parts))


def clean_html(html: str) -> SafeString:
    """A small safe subset of HTML. Two sanitisers of different make must both let a thing through."""
    once = bleach.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, protocols=_SCHEMES, strip=True)
    twice = nh3.clean(
        once, tags=set(_TAGS), attributes={"a": {"href"}}, url_schemes=set(_SCHEMES), link_rel="noreferrer"
    )
    return mark_safe(twice)  # noqa: S308 - the last gate is the line above
