"""What a peer says about themselves, the years they lived through, and the checks and trainings somebody has seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peer_support.models import Credential, LivedSystem, PeerProfile, SpokenLanguage
from portal.families.forms import PlainForm
from portal.language.formats import language_name
from portal.safety import screening
from portal.text import one_line

if TYPE_CHECKING:
    from portal.programs.schema import Region, Requirement

OTHER = "other"
MOST_FAMILIES = 99


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _several(**options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **options)


def _leads_elsewhere(said: str | list[str]) -> bool:
    """Words by which a young person could be led to where nobody watches: held in a message, and left out of a page."""
    return bool(screening.screen(said if isinstance(said, str) else ", ".join(said)).boundaries)


class ProfileForm(PlainForm):
    """Families read most of it: how to say it is the peer's own affair."""

    about = forms.CharField(
        label=_("How you tell new families about yourself"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("One line in your own words. Leave out what is not yours to tell."),
    )
    relation = forms.ChoiceField(label=_("What you lived through"), widget=forms.RadioSelect)
    child_age_bands = _several(label=_("Ages you know well"), choices=PeerProfile.AgeBand.choices)
    ways = _several(label=_("How you can meet"), choices=PeerProfile.Way.choices)
    free_at = _several(label=_("When you are free"), choices=PeerProfile.FreeAt.choices)
    interests = forms.CharField(
        label=_("What you like"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("A few words, with commas between them: cooking, basketball, church choir."),
    )
    region = forms.ChoiceField(label=_("Where you live or work"), required=False)
    capacity = forms.IntegerField(
        label=_("How many families you have room for at the same time"), min_value=0, max_value=MOST_FAMILIES
    )
    is_taking = forms.BooleanField(label=_("I can take a new family now"), required=False)
    gender = forms.CharField(
        label=_("Your gender, in your own words"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("No family sees it. We look at it only when a family says that it matters to them."),
    )

    def __init__(
        self, *args: Any, is_mentor: bool, regions: Iterable[Region], languages: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        relations = [one for one in PeerProfile.Relation.choices if is_mentor == (one[0] == "lived_it")]
        self.choose_from("relation", relations, takes_the_only=True)
        self.is_mentor = is_mentor
        self.choose_from("region", [("", _("Not said")), *((region.id, region.name) for region in regions)])
        reader = get_language() or settings.LANGUAGE_CODE
        self.spoken = {f"language_{code}": code for code in languages}
        for name, code in self.spoken.items():
            self.fields[name] = forms.ChoiceField(
                label=_("I speak %(language)s") % {"language": language_name(code, reader)},
                required=False,
                label_suffix="",
                choices=[("", _("no")), *SpokenLanguage.Level.choices],
            )

    def clean_interests(self) -> list[str]:
        typed = re.split(r"[,;،、]", self.cleaned_data["interests"])
        return [one_line(one, 40) for one in typed if one.strip()]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name in ("about", "interests"):
            if self.is_mentor and _leads_elsewhere(kept.get(name, "")):
                self.add_error(
                    name, _("Young people read this. Please leave out numbers, other apps and where to find you.")
                )
        kept["languages"] = [(code, level) for name, code in self.spoken.items() if (level := kept.pop(name, ""))]
        if not (kept["languages"] or any(name in self.errors for name in self.spoken)):
            self.add_error(next(iter(self.spoken)), _("Please choose at least one language."))
        return kept


class LivedForm(PlainForm):
    system = forms.ChoiceField(
        label=_("Who helped or decided"), choices=LivedSystem.System.choices, widget=forms.RadioSelect
    )
    from_on = _date(label=_("From"), help_text=_("The first day, as well as you know it."))
    until_on = _date(label=_("Last day"), required=False, help_text=_("Leave it blank while it still goes on."))


class LastDayForm(PlainForm):
    until_on = _date(label=_("Last day"))


class CredentialForm(PlainForm):
    """What the programme asks of this job, or something else by its name."""

    requirement = forms.ChoiceField(label=_("What you saw on paper"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("If it is something else: what it is"),
        choices=Credential.Kind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(
        label=_("If it is something else: its name"),
        label_suffix="",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    hours = forms.IntegerField(
        label=_("Hours of the training"), label_suffix="", min_value=1, max_value=9_999, required=False
    )
    issued_on = _date(label=_("Day on the paper"))
    expires_on = _date(label=_("Last day it holds"), required=False, help_text=_("Leave it blank if it has no end."))

    def __init__(self, *args: Any, required: Iterable[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("requirement", [*((one.id, one.title) for one in required), (OTHER, _("Something else"))])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("requirement") == OTHER:
            kept["requirement"] = ""
            kept["title"] = one_line(kept.get("title", ""), 120)
            for name in ("kind", "title"):
                if not kept.get(name) and not self.has_error(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        return kept
