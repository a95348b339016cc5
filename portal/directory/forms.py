"""What somebody looks for in the directory, and what staff heard of an entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm

LONGEST_WAIT = 730  # days
FARTHEST = 100_000  # entries


class FindForm(PlainForm):
    """Everything may be left open. What there is to choose from is what the directory holds."""

    words = forms.CharField(
        label=_("What do you look for?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "dir": "auto", "autocomplete": "off", "enterkeyhint": "search"}
        ),
        help_text=_("Capital letters and accents do not matter. We do not keep what you look for."),
    )
    category = forms.ChoiceField(label=_("Kind of help"), required=False)
    language = forms.ChoiceField(label=_("Language spoken there"), required=False)
    region = forms.ChoiceField(label=_("Near"), required=False)
    start = forms.IntegerField(required=False, min_value=0, max_value=FARTHEST, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        categories: Iterable[tuple[str, Any]],
        languages: Iterable[tuple[str, Any]],
        regions: Iterable[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("category", categories), ("language", languages)):
            self.choose_from(name, [("", _("Any")), *choices])
            self.fields[name].label_suffix = ""
        self.choose_from("region", [("", _("Anywhere")), *regions])
        for name in ("words", "region"):
            self.fields[name].label_suffix = ""


class NoteForm(PlainForm):
    wait_days = forms.IntegerField(
        label=_("How many days does a new family wait?"),
        required=False,
        min_value=0,
        max_value=LONGEST_WAIT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("As they told you today. 0 means: no wait."),
    )
    is_checked = forms.BooleanField(
        label=_("I looked at the phone number, the address and the hours today. They are right."), required=False
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and told.get("wait_days") is None and not told.get("is_checked"):
            self.add_error("wait_days", _("Please fill in one of the two."))
        return told
