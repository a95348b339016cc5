"""What is proposed to a whole team, and what each says to it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.forms.proposals import words


class RoundForm(PlainForm):
    words = words(_("What you propose"), help_text=_("One thing, in plain words. Everyone on the team reads it."))
    answer_by_on = forms.DateField(
        label=_("Until when everybody can answer"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AmendForm(PlainForm):
    words = words(_("What you propose now"), help_text=_("Everybody is asked anew."))
