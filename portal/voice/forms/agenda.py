"""What comes in about the agenda and the record of a meeting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.care.kinds import TEXT
from portal.families.forms import PlainForm
from portal.voice.forms.fields import words


class AgendaItemForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = words(rows=3, label=_("What I want to talk about"), help_text=_("Everyone who is asked to come reads this."))


class MoveForm(forms.Form):
    past = forms.UUIDField()


class MeetingNoteForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = words(
        label=_("What should stand in the record, too"),
        rows=5,
        max_length=2 * TEXT,
        help_text=_("Everyone who was there reads this, and everyone who reads the plan. It stays as you write it."),
    )
