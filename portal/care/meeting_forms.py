"""What comes in about a meeting: a day and a time as people write them, where, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.care.actions.meetings import LONGEST, SHORTEST
from portal.care.kinds import LINE, TEXT
from portal.care.models import Guest, TeamMeeting
from portal.care.wall_time import ComesTwice, Skipped, moment_of
from portal.families.forms import PlainForm
from portal.language import formats

# The clocks of the country; a region's own comes first.
US_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico"),
)
# What people here speak most, beside what the programme names: interpreting is free in every language (42 CFR 438.10(d)).
SPOKEN = ("es", "vi", "ar", "ht", "fr", "zh", "ase", "pt", "ru", "ko", "tl", "bs", "de", "fa", "ur", "hmn", "am")


def _words(**options: Any) -> forms.CharField:
    rows = options.pop("rows", 3)
    return forms.CharField(
        max_length=options.pop("max_length", TEXT),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": rows, "autocomplete": "off"}),
        **options,
    )


class MeetingForm(PlainForm):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("By whose clock"))
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=SHORTEST, max_value=LONGEST, widget=forms.NumberInput(attrs={"step": 5})
    )
    how = forms.ChoiceField(label=_("How you meet"), choices=TeamMeeting.How.choices, widget=forms.RadioSelect)
    place = _words(label=_("Where, or how to call in"), rows=2)
    about = _words(label=_("What you want to talk about"), required=False)

    def __init__(self, *args: Any, zone: str, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        zones = dict.fromkeys([zone, *US_ZONES])
        self.choose_from("zone", [(name, formats.zone_name(ZoneInfo(name), language)) for name in zones])
        for name, initial in (("zone", zone), ("minutes", 60), ("how", TeamMeeting.How.PLACE)):
            self.fields[name].initial = initial
        self.fields["about"].help_text = _("Everyone who is asked to come reads this.")
        if is_staff:
            self.fields["place"].help_text = _("It is a proposal until the family says yes to it.")
        for limit in ("min_value", "max_value"):
            self.fields["minutes"].error_messages[limit] = _("Please choose between 15 minutes and 8 hours.")
        if self._comes_twice(zones):
            self.fields["which"] = forms.ChoiceField(
                label=_("Which of the two"),
                choices=[("first", _("the first one")), ("second", _("the second one, an hour later"))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _(
                        "The clocks are set back that night, so this time comes twice. Which one do you mean?"
                    )
                },
            )
            self.order_fields(["day", "time", "which"])

    def _comes_twice(self, zones: Iterable[str]) -> bool:
        """Of what was sent, or of the meeting that is shown."""
        day, time, zone = (self._now(name) for name in ("day", "time", "zone"))
        try:
            read_day = day if isinstance(day, dt.date) else parse_date(str(day or ""))
            read_time = time if isinstance(time, dt.time) else parse_time(str(time or ""))
            if read_day is not None and read_time is not None and zone in zones:
                moment_of(read_day, read_time, ZoneInfo(str(zone)))
        except ComesTwice:
            return True
        except (ValueError, OverflowError, Skipped):
            pass
        return False

    def _now(self, name: str) -> Any:
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if all(kept.get(name) is not None for name in ("day", "time", "zone")) and "which" not in self.errors:
            which = kept.get("which")
            try:
                kept["starts_at"] = moment_of(
                    kept["day"], kept["time"], ZoneInfo(kept["zone"]), is_second=which == "second" if which else None
                )
            except Skipped as gap:
                kept_time, instead = (
                    formats.clock_time(time, get_language() or "en") for time in (kept["time"], gap.instead)
                )
                words = _("The clocks are set forward that night: there is no %(time)s. Did you mean %(instead)s?")
                self.add_error("time", words % {"time": kept_time, "instead": instead})
            except OverflowError:
                self.add_error("day", _("We cannot read this date."))
        return kept

    @property
    def said(self) -> dict[str, Any]:
        """As an action takes it."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "minutes", "zone", "how", "place", "about")}


def as_written(meeting: TeamMeeting) -> dict[str, Any]:
    """What a form about a meeting shows to begin with."""
    local = meeting.starts_at.astimezone(meeting.tzinfo)
    return {
        "day": local.date(),
        "time": local.time(),
        "which": "second" if local.fold else "first",
        "zone": meeting.zone,
        "minutes": meeting.minutes,
        "how": meeting.how,
        "place": meeting.place,
        "about": meeting.about,
    }


class OtherForm(PlainForm):
    text = _words(label=_("What would be better for you"))


class CallOffForm(PlainForm):
    why = _words(label=_("Why"), rows=2, help_text=_("Everyone who is asked to come reads this."))


class HoldForm(PlainForm):
    came = forms.MultipleChoiceField(label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False)
    notes = _words(
        label=_("What you talked about and agreed on"),
        rows=6,
        max_length=2 * TEXT,
        help_text=_("Everyone who was there reads this, and everyone who reads the plan."),
    )

    without = _words(
        label=_("If nobody of the family was there: why you met without them"),
        rows=2,
        required=False,
        help_text=_("The family reads it, and their liaison is told."),
    )

    def __init__(self, *args: Any, guests: Iterable[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["came", "without"])
        asked = [guest for guest in guests if guest.kept_out_at is None]
        self.choose_from("came", [(str(guest.pk), guest.seat.called) for guest in asked])
        self.fields["came"].initial = [str(guest.pk) for guest in asked if guest.says == Guest.Says.YES]

    @property
    def who_came(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["came"]}


class LanguageForm(PlainForm):
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, spoken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        codes = dict.fromkeys(code for code in [*spoken, *SPOKEN] if not code.startswith("en"))
        names = sorted(((code, formats.language_name(code, reader)) for code in codes), key=lambda one: one[1])
        self.choose_from("language", names)


class HelperForm(PlainForm):
    helper = forms.CharField(
        label=_("Who interprets"),
        max_length=LINE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Somebody trained for it, never a child of the family."),
    )
