"""What somebody wrote on a page whose time was over: it goes along to the page that asks for the code, and on to its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from portal.referrals.forms import PAGES, plain

WRITE, ASK = "write", "ask"
# The pages whose words are kept, by the name of their route.
KEPT = {"referral_write": WRITE, "referral_ask": ASK}


def page_of(posted: Mapping[str, Any]) -> str:
    wanted = str(posted.get("at", ""))
    return wanted if wanted in PAGES else next(iter(PAGES))


def of_page(request: HttpRequest) -> dict[str, str]:
    """What was sent to this page, to be carried on; nothing where nothing was written."""
    match = request.resolver_match
    return _of(request.POST, KEPT.get((match.url_name if match else None) or ""))


def of_return(request: HttpRequest) -> dict[str, str]:
    """What the page that asks for the code has carried."""
    return _of(request.POST, request.POST.get("to"))


def _of(posted: Mapping[str, Any], to: str | None) -> dict[str, str]:
    if to == WRITE:
        at = page_of(posted)
        typed = PAGES[at].typed(posted)
        return {"to": WRITE, "at": at} | typed if any(typed.values()) else {}
    if to == ASK and plain(str(posted.get("words", ""))):
        return {"to": ASK} | {name: str(posted.get(name, "")) for name in ("about", "key", "words")}
    return {}


def texts(carried: Mapping[str, str]) -> list[str]:
    """What of it is a person's own words, to be shown."""
    if carried.get("to") == ASK:
        return [carried["words"]]
    fields = PAGES[page_of(carried)].base_fields
    return [carried[name] for name, field in fields.items() if _is_words(field) and carried.get(name)]


def not_sent(typed: Mapping[str, str], answers: Mapping[str, str]) -> str:
    """What was written after everything had been sent: those of a page's own words that are not with us yet."""
    fields = PAGES[page_of(typed)].base_fields
    words = [typed[name] for name, field in fields.items() if _is_words(field) and typed.get(name)]
    return "\n\n".join(text for text in words if not any(text in str(known) for known in answers.values()))


def _is_words(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea | forms.TextInput)
