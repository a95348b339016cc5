"""A day to come back, and what the next peer partner may know."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm


class PauseForm(PlainForm):
    until = forms.DateField(
        label=_("Day to come back"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("You both see this day. You can choose another one later."),
    )


class SummaryForm(PlainForm):
    summary = forms.CharField(
        label=_("What the next person may know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5}),
        help_text=_("In your own words. For example: what helped, what did not, what you do not want to tell again."),
    )
    shares_history = forms.BooleanField(
        label=_("My next peer partner may read this"),
        required=False,
        help_text=_("Without the check nobody reads it but you. You can change it at any time."),
    )
