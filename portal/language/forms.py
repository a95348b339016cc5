from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewForm(forms.Form):
    key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    language = forms.CharField(max_length=10, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    qualification = forms.CharField(
        label=_("Who read it, and what qualifies them"),
        help_text=_("For example: Ana Reyes, court interpreter for Spanish, certified 2019."),
        min_length=10,
        max_length=200,
        error_messages={
            "required": _("Write who read it, and what qualifies them."),
            "min_length": _("Write their name and what qualifies them."),
        },
    )
