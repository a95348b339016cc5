"""You said, we did, as it is written before everyone reads it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.community.forms.words import Words
from portal.families.forms import PlainForm


class SaidDoneForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    said = Words(
        label=_("You said"),
        most=600,
        rows=3,
        help_text=_("What families said, in your own words. Nobody is named or quoted who did not agree."),
    )
    did = Words(label=_("We did"), most=600, rows=3, help_text=_("What is different now, and since when."))
    source = forms.ChoiceField(
        label=_("Where it came from"),
        choices=[
            ("suggestion", _("Suggestions")),
            ("comments", _("Comments on a draft")),
            ("pulse", _("Questions after meetings")),
            ("other", _("Something else")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, source: str = "suggestion", **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "source": source}, **kwargs)
