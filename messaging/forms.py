"""What a browser or program may send about messages: its shape only. Whether a text is too long the writer says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MOST_SEQ = 2**53  # the highest number JavaScript counts to exactly


class Unreadable(Exception):
    """What came is not a form and not a JSON object, or one of its fields is missing or of another type."""


class WordsField(forms.Field):
    """A person's own words, exactly as sent: nothing trimmed, nothing replaced, any character of any script."""

    def to_python(self, value: Any) -> str:
        if not isinstance(value, str):
            raise forms.ValidationError("not text")
        return value


class TextsField(forms.Field):
    """Several of them, as a JSON list: a form field holds one."""

    def to_python(self, value: Any) -> list[str] | None:
        if value is None:
            return None
        try:
            texts = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise forms.ValidationError("not JSON") from error
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise forms.ValidationError("not a list of texts")
        return texts


class KeyField(forms.Field):
    def to_python(self, value: Any) -> UUID:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise forms.ValidationError("not a UUID")
        return UUID(value)


class SeqField(forms.Field):
    def to_python(self, value: Any) -> int | None:
        if value is None and not self.required:
            return None
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST_SEQ:
            raise forms.ValidationError("not a message number")
        return value


class MessageForm(forms.Form):
    key = KeyField()
    body = WordsField(required=False)


class ChangeForm(forms.Form):
    body = WordsField(required=False)


class DraftForm(forms.Form):
    """What is written, and what the page knows to be kept of it."""

    body = WordsField(required=False)
    was = TextsField(required=False)


class ShareForm(PlainForm):
    """To whom an entry of the directory goes: one of the conversations given as `talks`."""

    conversation = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, talks: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("conversation", talks, takes_the_only=True)


class ReadForm(forms.Form):
    seq = SeqField()


class PlaceForm(forms.Form):
    """Where in a conversation to read on: above one number or below another."""

    after = SeqField(required=False)
    before = SeqField(required=False)


class SearchForm(forms.Form):
    """What to look for, and the number below which to look on."""

    query = WordsField(required=False)
    below = SeqField(required=False)


def sent(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form or of a JSON object. Raises Unreadable."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        fields = orjson.loads(request.body)
    except (orjson.JSONDecodeError, RequestDataTooBig) as error:
        raise Unreadable from error
    if not isinstance(fields, dict):
        raise Unreadable
    return fields


def parsed(form: type[forms.Form], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that form wants, each in its type. Raises Unreadable."""
    filled = form(fields)
    if not filled.is_valid():
        raise Unreadable
    return filled.cleaned_data
