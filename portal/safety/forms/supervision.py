"""What who watches over a conversation may say: its shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.safety.models import Freeze, LegalException


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=_("Why you stop it"),
        help_text=_("For those who look at it. Neither of the two reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiftForm(PlainForm):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Freeze.Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your words to both of them"),
        help_text=_("They read this in their conversation."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettleForm(forms.Form):
    what = forms.ChoiceField(choices=[("as_is", ""), ("without", ""), ("stop", "")])


class TieForm(PlainForm):
    one = forms.ChoiceField(label=_("One of the two"))
    other = forms.ChoiceField(label=_("The other"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("one", choices)
        self.choose_from("other", choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", _("These are the same person. Please choose two."))
        return cleaned


class ExceptionForm(PlainForm):
    ground = forms.ChoiceField(
        label=_("What the law asks"), choices=LegalException.Ground.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What you have in writing"),
        help_text=_("Who sent it, its date and its number."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("On the last day the people of this conversation are told. 90 days at most."),
        min_value=1,
        max_value=LegalException.LONGEST.days,
    )
