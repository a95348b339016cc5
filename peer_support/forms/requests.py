"""What a family asks for, with as little to fill in as there can be, and what a liaison answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.language.formats import language_name
from portal.text import one_line

if TYPE_CHECKING:
    from portal.families.models import Member
    from portal.programs.models import Organization, StaffRole

MOST_PLACES = 500


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def _text(**options: Any) -> forms.CharField:
    options = {"max_length": 1000} | options
    return forms.CharField(widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}), **options)


class OwnPlaceForm(PlainForm):
    """Whoever belongs to two families says for which one; everybody else is not asked."""

    family = forms.ChoiceField(label=_("For which family?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.family.public_id): one for one in members}
        if len(self.members) == 1:
            del self.fields["family"]
        else:
            self.choose_from("family", [(key, one.family.name) for key, one in self.members.items()])

    def said(self) -> tuple[Member, dict[str, Any]]:
        """The place chosen, and everything else; once the form is in order."""
        told = dict(self.cleaned_data)
        return self.members[told.pop("family", next(iter(self.members)))], told


class AskForm(OwnPlaceForm):
    """One tap is enough; the words are up to the family."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = _text(
        label=_("Anything we should know"),
        required=False,
        help_text=_("Your liaison reads it. Nobody in your family does."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)


class HelperForm(AskForm):
    """With somebody to name, if they like."""

    helper = forms.ChoiceField(label=_("Who"), required=False, widget=forms.RadioSelect)
    anybody = _("Whoever fits best")

    def __init__(self, *args: Any, helpers: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helpers = {str(one.public_id): one for one in helpers}
        self.choose_from("helper", [*((key, _name(one)) for key, one in self.helpers.items()), ("", self.anybody)])

    def clean_helper(self) -> StaffRole | None:
        return self.helpers.get(self.cleaned_data["helper"])


class LiaisonForm(HelperForm):
    field_order = ("family", "helper", "words")


class MeetingForm(HelperForm):
    anybody = _("Whoever can come")
    field_order = ("family", "meets_on", "meets_at", "place", "helper", "words")

    meets_on = _date(label=_("Day of the meeting"))
    meets_at = _time(label=_("Time"), required=False)
    place = _line(label=_("Where"), max_length=160, required=False)


class TakeUpForm(PlainForm):
    words = _text(label=_("What you tell them"), help_text=_("They read it as you write it."))
    next_on = _date(label=_("They hear more by"))


class ArrangeForm(PlainForm):
    on = _date(label=_("Day"))
    at_time = _time(label=_("Time"), required=False)
    words = _text(label=_("What you tell them"), required=False, help_text=_("They read it as you write it."))


class DeclineForm(PlainForm):
    words = _text(label=_("Why it could not be done"), help_text=_("They read it as you write it."))
    instead = _text(
        label=_("What there is instead"), help_text=_("Something they can do or have now. Nobody is left with a no.")
    )


class ClassForm(PlainForm):
    organization = forms.ChoiceField(label=_("Who holds it"), widget=forms.RadioSelect)
    title = _line(label=_("What it is called"), max_length=120)
    about = _text(label=_("What families learn there"), max_length=600)
    language = forms.ChoiceField(label=_("Language"))
    held_on = _date(label=_("Day"), help_text=_("The first day, if there are several."))
    begins_at = _time(label=_("Time"), required=False)
    place = _line(label=_("Where, or how to join from home"), max_length=160)
    places = forms.IntegerField(label=_("How many families can come"), min_value=1, max_value=MOST_PLACES)

    def __init__(self, *args: Any, organizations: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(organizations)
        self.organizations = {one.slug: one for one in known}
        reader = get_language() or settings.LANGUAGE_CODE
        spoken = dict.fromkeys(one.code for held in known for one in held.program.profile.languages)
        self.choose_from("language", [(code, language_name(code, reader)) for code in spoken])
        self.choose_from("organization", [(slug, one.name) for slug, one in self.organizations.items()])
        if len(known) == 1:
            del self.fields["organization"]
        number = self.fields["places"].error_messages
        number["min_value"] = number["max_value"] = _("Please give a number from 1 to 500.")

    def said(self) -> tuple[Organization, dict[str, Any]]:
        """Who holds it, and everything else; once the form is in order."""
        told = dict(self.cleaned_data)
        return self.organizations[told.pop("organization", next(iter(self.organizations)))], told

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"], 120)

    def clean_place(self) -> str:
        return one_line(self.cleaned_data["place"], 160)


def _name(role: StaffRole) -> str:
    return f"{role.person.display_name} ({role.get_role_display()})"
