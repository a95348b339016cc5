"""What comes in for the lead family partner, and what they answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.forms.fields import words


class PartnerAskForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    words = words(
        label=_("What you would like help with"),
        max_length=2_000,
        rows=5,
        help_text=_("Only the lead family partner reads it. Nobody else in your family sees that you asked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)


class PartnerAnswerForm(PlainForm):
    words = words(
        label=_("Your answer"),
        max_length=2_000,
        rows=5,
        help_text=_("They read it as you write it."),
    )
