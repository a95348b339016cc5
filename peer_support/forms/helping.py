""" "I want to help others", and what a liaison writes down about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peer_support.asked import STAGES
from peer_support.forms.requests import OwnPlaceForm
from peer_support.models import HelpingPath
from portal.families.forms import PlainForm

Stage = HelpingPath.Stage


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False, **options)


class OfferForm(OwnPlaceForm):
    field_order = ("family", "words")

    words = forms.CharField(
        label=_("Why you would like to"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("Your liaison reads it. Nobody in your family does."),
    )


class HelpingForm(PlainForm):
    stage = forms.ChoiceField(label=_("Where you two are"), widget=forms.RadioSelect)
    talked_on = _date(label=_("The day you talked"))
    next_on = _date(label=_("The day you go on"))
    words = forms.CharField(
        label=_("What you tell them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("They read it as you write it."),
    )

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("stage", [(code, STAGES[code]) for code in HelpingPath.NEXT[Stage(stage)]])

    def clean(self) -> dict[str, Any]:
        """A talk has a day; and unless they are ready, there is a day on which you two go on."""
        told: dict[str, Any] = super().clean() or {}
        missing = _("Please fill this in.")
        if told.get("stage") == Stage.TALK_HELD and told.get("talked_on") is None:
            self.add_error("talked_on", missing)
        if told.get("stage") != Stage.READY and told.get("next_on") is None and "next_on" not in self.errors:
            self.add_error("next_on", missing)
        return told
