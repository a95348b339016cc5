"""`{% content "notice.privacy" %}`: a content text, marked with its own language; in English, with the way to an interpreter."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from portal.language import content as texts
from portal.language.formats import direction

register = template.Library()


@register.inclusion_tag("language/_content.html", takes_context=True)
def content(context: template.Context, key: str) -> dict[str, Any]:
    reader = get_language() or texts.SOURCE
    return {"shown": [_part(key, reader)], **_interpreter(context, reader, [key])}


@register.inclusion_tag("language/_content.html", takes_context=True)
def contents(context: template.Context, keys: list[str]) -> dict[str, Any]:
    """Several texts after one another, with the interpreter's line once."""
    reader = get_language() or texts.SOURCE
    return {"shown": [_part(key, reader) for key in keys], **_interpreter(context, reader, keys)}


@register.inclusion_tag("language/_interpreter.html", takes_context=True)
def interpreter(context: template.Context, keys: list[str]) -> dict[str, Any]:
    """The way to an interpreter, where a page lays out the texts itself and one of them is in English only."""
    return _interpreter(context, get_language() or texts.SOURCE, keys)


def _part(key: str, reader: str) -> dict[str, Any]:
    shown = texts.show(key, reader)
    return {"text": shown, "direction": direction(shown.language)}


def _interpreter(context: template.Context, reader: str, keys: list[str]) -> dict[str, Any]:
    if not any(texts.show(key, reader).is_fallback for key in keys):
        return {}
    desk = context.get("desk")
    phone = (desk.contact.phone or "") if desk and desk.contact else ""
    return {"offer": texts.offer_interpreter(reader, phone), "reader": reader, "reader_direction": direction(reader)}
