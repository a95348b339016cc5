"""A letter as it is written: what only a person knows. Everything else comes from the case and its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.text import one_line
from rights_grievances.letters.contents import WRITTEN
from rights_grievances.models.letters import Letter

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LONGEST = 4_000
LINE = 200


def _words(label: _StrOrPromise, help_text: _StrOrPromise = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"dir": "auto", "rows": 5})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, required=False, widget=widget)


def _line(label: _StrOrPromise, help_text: _StrOrPromise = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, max_length=LINE, required=False, widget=widget)


class LetterForm(PlainForm):
    """Nothing has to be filled in to keep it; to send it, all of it does."""

    to = _line(_("Who gets this letter"))
    reason = _words(_("The reason"), _("In plain words, as you would say it to the family."))
    answer = _words(_("Why it was decided so"), _("In plain words, as you would say it to the family."))
    changed = _words(_("What we learned and changed"))
    service = _line(_("The service it is about"), _("As the family calls it."))
    answer_by = forms.DateField(
        label=_("The day by which they get an answer now"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hearing_how = _words(
        _("How to ask for the hearing"),
        _("The form, the address, the phone and the fax of the office that holds it."),
    )
    phone = _line(_("The number families call for free help"))
    tty = _line(_("The number for people who use a TTY"), _("711 works from everywhere in the country."))
    signed = forms.CharField(
        label=_("Your name and job, as they stand below the letter"),
        max_length=LINE,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )
    language = forms.ChoiceField(label=_("The language of the letter"), required=False)
    translator = _line(
        _("Who put your own words into that language"),
        _("A qualified translator, by name. Leave it empty for a letter in English."),
    )

    def __init__(self, *args: Any, asked: Collection[str], languages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WRITTEN:
            if name not in asked:
                del self.fields[name]
        for field in self.fields.values():
            field.label_suffix = ""  # what may stay empty here may not stay empty in the letter
        self.choose_from("language", languages)

    def clean_answer_by(self) -> str:
        day: dt.date | None = self.cleaned_data["answer_by"]
        return day.isoformat() if day is not None else ""

    def clean(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().clean() or {}
        for name in ("to", "service", "phone", "tty", "translator"):
            if fields.get(name):
                fields[name] = one_line(fields[name], LINE)
        return fields

    @property
    def written(self) -> Mapping[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in WRITTEN if name in self.fields}


class SendForm(PlainForm):
    way = forms.ChoiceField(label=_("How it goes"), choices=Letter.Way.choices, widget=forms.RadioSelect)


class ReturnForm(PlainForm):
    on = forms.DateField(
        label=_("The day it came back"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.now().date() + dt.timedelta(days=1):
            raise forms.ValidationError(_("This day is still to come."))
        return day
