"""A shift, a pattern of shifts, the number of a rota and one's own hours, as they are written on the page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import phone_of
from portal.families.forms import PlainForm
from portal.safety import words
from portal.safety.actions import MOST_WEEKS, Local
from portal.safety.forms.of_one import OfOneForm
from portal.safety.gaps import DAY

if TYPE_CHECKING:
    pass


MOST_YEARS = 20  # a year further away was typed wrong


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


def _every_day() -> list[tuple[str, str]]:
    return [(str(day), words.weekday(day)) for day in words.EVERY_DAY]


def _weekdays() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=_("Days"), coerce=int, choices=_every_day, widget=forms.CheckboxSelectMultiple
    )


class ShiftForm(OfOneForm):
    on = _date(label=_("Day"))
    starts = _time(label=_("From"))
    ends = _time(label=_("Until"))
    ends_on = _date(
        label=_("Last day"),
        label_suffix="",
        required=False,
        help_text=_("Leave it blank if it ends on the same day or the next morning."),
    )

    def clean(self) -> dict[str, Any]:
        """A year by a slip of the pen: no clock shows the end of the last day there is."""
        said: dict[str, Any] = super().clean() or {}
        for name in ("on", "ends_on"):
            day = said.get(name)
            if day is not None and abs(day.year - timezone.now().year) > MOST_YEARS:
                self.add_error(name, self.fields[name].error_messages["invalid"])
        return said

    def span(self) -> dict[str, Local]:
        """An end earlier than the beginning is on the day after, if no day is named for it."""
        said = self.cleaned_data
        last: dt.date = said["ends_on"] or (said["on"] + DAY * (said["ends"] < said["starts"]))
        return {"starts": Local(said["on"], said["starts"]), "ends": Local(last, said["ends"])}


class FillForm(OfOneForm):
    weekdays = _weekdays()
    starts = _time(label=_("From"))
    ends = _time(label=_("Until"), help_text=_("If this is earlier, it ends on the next day."))
    first_on = _date(label=_("First day"))
    weeks = forms.IntegerField(
        label=_("For how many weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("Please write a number from 1 to 26.")
        self.fields["weeks"].error_messages |= {"min_value": said, "max_value": said, "invalid": said}


class HoursForm(OfOneForm):
    weekdays = _weekdays()
    starts = _time(label=_("From"))
    ends = _time(label=_("Until"), help_text=_("If this is earlier, it ends on the next day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["role"])
        field.label = _("For which job")
        field.choices = [(key, f"{one.get_role_display()}, {one.organization}") for key, one in self.roles.items()]
        field.initial = next(iter(self.roles), None)
        if len(self.roles) == 1:
            field.widget = forms.HiddenInput()


class LineForm(PlainForm):
    phone = forms.CharField(
        label=_("Number that reaches whoever is on call"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr", "autocomplete": "off"}),
        help_text=_(
            "Call it first. Families see it while somebody is on call, until it has not been checked for long."
        ),
    )

    def clean_phone(self) -> str:
        number = phone_of(self.cleaned_data["phone"])
        if number is None or not number.startswith("+1"):
            raise forms.ValidationError(_("This does not look like a phone number. It has 10 digits."))
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
