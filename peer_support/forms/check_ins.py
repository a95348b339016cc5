"""One question with four answers, and room for what would help."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from peer_support.models import CheckIn
from portal.families.forms import PlainForm


class CheckInForm(PlainForm):
    answer = forms.ChoiceField(
        label=_("Do you feel less alone?"), choices=CheckIn.Answer.choices, widget=forms.RadioSelect
    )
    help = forms.CharField(
        label=_("Is there something that would help?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("A ride, a form, food for the week, an hour to yourself: anything you need."),
    )
