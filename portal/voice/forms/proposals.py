"""What a family says to a suggestion, to the plan as a whole, and at each part of the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.forms.fields import day, words
from portal.voice.models import Phase, Preference, ProposalAnswer

Says = ProposalAnswer.Says


class AnswerForm(PlainForm):
    says = forms.ChoiceField(
        label=_("What you say to it"),
        choices=[
            (Says.YES, _("Yes")),
            (Says.CHANGE, _("Yes, but in our own words")),
            (Says.NO, _("No")),
            (Says.LATER, _("I need time")),
        ],
        widget=forms.RadioSelect,
    )
    words = words(
        label=_("Your words"),
        required=False,
        help_text=_("How you want it to say, or why not. For a no you need no reason."),
    )
    until_on = day(
        label=_("If you need time: until when"),
        required=False,
        help_text=_("Without a day, it is two weeks from now."),
    )

    def __init__(self, *args: Any, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides:
            self.choose_from("says", [(Says.THINKS, _("This is what I think"))])
            self.fields["says"].initial = Says.THINKS
            self.fields["words"].help_text = _(
                "You do not decide about this. Everyone who reads it sees what you think."
            )
            del self.fields["until_on"]


class WordsForm(PlainForm):
    words = words(label=_("In your words"))


class PhaseForm(PlainForm):
    phase = forms.ChoiceField(label=_("About"), choices=Phase.choices, widget=forms.RadioSelect)
    words = words(
        label=_("In your words"),
        required=False,
        help_text=_("What went well? What should be different? Everyone who reads the whole plan sees it."),
    )
    rather_not = forms.BooleanField(label=_("We would rather not say anything about it"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("words")) == bool(said.get("rather_not")):
            self.refuse("words", _("Please write something, or tick that you would rather not."))
        return said


class PreferenceForm(PlainForm):
    kind = forms.ChoiceField(label=_("What kind"), choices=Preference.Kind.choices, widget=forms.RadioSelect)
    words = words(
        label=_("What we ask of everyone"), help_text=_("For example: please do not talk about me over my head.")
    )
    is_for_staff_alone = forms.BooleanField(label=_("Only my team sees this, not those who raise me"), required=False)

    def __init__(self, *args: Any, is_young: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_young:
            del self.fields["is_for_staff_alone"]
