"""A contact written down in a few taps, one planned ahead, and a "not now"."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peer_support.models import Contact, ContactFelt
from peer_support.models.contacts import Setting, Way
from portal.families.forms import PlainForm

WEEK = 7
MOST_YEARS = 20  # a year further away was typed wrong
LENGTHS = ((str(WEEK), _("One week")), (str(2 * WEEK), _("Two weeks")), ("30", _("30 days")), ("", _("Another day")))


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


class MomentForm(PlainForm):
    """A day and a time where the programme is."""

    def __init__(self, *args: Any, zone: dt.tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if abs(day.year - timezone.now().year) > MOST_YEARS:
            raise forms.ValidationError(self.fields["on"].error_messages["invalid"])
        return day

    def moment(self) -> dt.datetime:
        return dt.datetime.combine(self.cleaned_data["on"], self.cleaned_data["time"], tzinfo=self.zone)


class ContactForm(MomentForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Contact.Outcome.choices, widget=forms.RadioSelect)
    is_two_way = forms.BooleanField(
        label=_("Both of us spoke or wrote"),
        required=False,
        help_text=_("Only then it counts as a contact. A message without an answer does not."),
    )
    on = _date(label=_("Day"))
    time = _time(label=_("Time"))
    setting = forms.ChoiceField(
        label=_("Where they were"),
        choices=[("", _("Not said")), *Setting.choices],
        required=False,
        help_text=_("Needed for the first contact with a family."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("They read it, too."),
    )
    comes_back_on = _date(
        label=_("If they said not now: ask again on"),
        required=False,
    )

    def __init__(self, *args: Any, zone: dt.tzinfo, way: str = "", with_note: bool = True, **kwargs: Any) -> None:
        now = timezone.now().astimezone(zone)
        initial = {"key": uuid4(), "outcome": "reached", "is_two_way": True, "on": now.date(), "time": now.time()}
        super().__init__(*args, zone=zone, initial=initial | {"way": way if way in Way.values else ""}, **kwargs)
        if not with_note:
            del self.fields["note"], self.fields["place"]

    def moment(self) -> dt.datetime:
        """Minutes are what is typed: one in this minute is now, and not a contact of the future."""
        typed = super().moment()
        now = timezone.now()
        return now if now < typed < now + dt.timedelta(minutes=1) else typed


class PlanForm(MomentForm):
    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)
    on = _date(label=_("Day"))
    time = _time(label=_("Time"))
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, with_place: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_place:
            del self.fields["place"]


class BeginForm(PlainForm):
    on = _date(label=_("The day they said yes"))


class NotNowForm(PlainForm):
    """For how long, in one tap; why, only if they like."""

    how_long = forms.ChoiceField(label=_("For how long"), choices=LENGTHS, required=False, widget=forms.RadioSelect)
    comes_back_on = _date(label=_("Or until this day"), required=False)
    reason = forms.CharField(
        label=_("Why"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("The people who work with you read it."),
    )

    def until(self, today: dt.date) -> dt.date | None:
        typed: dt.date | None = self.cleaned_data["comes_back_on"]
        days = self.cleaned_data["how_long"]
        return typed or (today + dt.timedelta(days=int(days)) if days else None)


class FeltForm(forms.Form):
    answer = forms.ChoiceField(choices=ContactFelt.Answer.choices)
