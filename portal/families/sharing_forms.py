"""What comes in about consents to share: a page that somebody signs, and what staff hand over by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.families.actions import Consent
from portal.families.forms import PlainForm
from portal.families.models import Category
from portal.language.middleware import PSEUDO
from portal.text import one_line

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Release
    from portal.programs.models import Organization

NAME, WORDS = 120, 600  # characters
A_YEAR = dt.timedelta(days=365)
BY_NAME = "name"


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}), max_length=WORDS, **options)


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def labels(categories: Iterable[str]) -> list[str]:
    """In the order in which they stand on the page."""
    ticked = set(categories)
    return [str(one.label) for one in Category if one in ticked]


def _ticks(**options: Any) -> forms.MultipleChoiceField:
    field = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **options)
    field.error_messages["required"] = _("Please tick at least one.")
    return field


class ReleaseForm(PlainForm):
    """`offered`: what can stand on this page; one thing alone needs no tick."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    categories = _ticks(label=_("What they may know"))
    what = _text(
        label=_("In your own words"),
        required=False,
        help_text=_("If only a part of it: which one? For example: the letters of this school year."),
    )
    to = forms.ChoiceField(label=_("Who may know it"), widget=forms.RadioSelect)
    to_name = _line(
        label=_("Name, if it is somebody else"), label_suffix="", max_length=NAME, required=False,
        help_text=_("A person or an office. For example: Dr. Reed, Gulf Clinic."),
    )  # fmt: skip
    discloser = forms.ChoiceField(
        label=_("Who may tell them"),
        widget=forms.RadioSelect,
        help_text=_("Choose the whole program, if they are to see it here in the plan."),
    )
    why = _text(label=_("What for"), help_text=_("For example: so that school and home do the same."))
    starts_on = _day(label=_("From"))
    ends_on = _day(label=_("Last day"), label_suffix="", required=False)
    event = _line(
        label=_("Or until this happens"),
        label_suffix="",
        max_length=200,
        required=False,
        help_text=_("For example: until the school year ends. Then leave the last day blank."),
    )
    language = forms.ChoiceField(label=_("Language in which you read this"))
    interpreter = _line(label=_("Interpreter"), max_length=NAME, required=False)
    explained_by = _line(label=_("Who explained it to you"), max_length=NAME, required=False)
    witness = _line(label=_("Witness"), max_length=NAME, required=False)
    has_read = forms.BooleanField(label=_("I have read this page, or somebody has read it to me."))
    signed_as = _line(label=_("Your name, as you sign"), max_length=NAME)

    def __init__(
        self,
        *args: Any,
        offered: frozenset[str],
        disclosers: Sequence[str],
        people: Sequence[Person],
        organizations: Iterable[Organization],
        today: dt.date,
        language: str,
        **kwargs: Any,
    ) -> None:
        now = {"key": uuid4(), "starts_on": today, "ends_on": today + A_YEAR, "language": language}
        super().__init__(*args, initial=now, **kwargs)
        self.fields["has_read"].error_messages["required"] = _("Please tick this once you have read it.")
        self.offered = offered
        if len(offered) == 1:
            del self.fields["categories"]
        else:
            self.choose_from("categories", [(one.value, _capital(one.label)) for one in Category if one in offered])
        self.people = {f"person-{one.public_id}": one for one in people}
        self.organizations = {f"office-{one.slug}": one for one in organizations}
        known = {**self.people, **self.organizations}
        self.choose_from("to", [*((key, str(one)) for key, one in known.items()), (BY_NAME, _("somebody else"))])
        self.choose_from("discloser", [(name, name) for name in disclosers])
        self.fields["discloser"].initial = disclosers[0]
        self.choose_from("language", [(code, name) for code, name in settings.LANGUAGES if code != PSEUDO])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("to") == BY_NAME and not kept.get("to_name", "").strip():
            self.add_error("to_name", _("Please write their name."))
        starts_on, ends_on = kept.get("starts_on"), kept.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first one."))
        if "ends_on" not in self.errors and not ends_on and not kept.get("event", "").strip():
            self.add_error("ends_on", _("Please choose a last day, or write what ends it."))
        return kept

    @property
    def consent(self) -> Consent:
        kept = self.cleaned_data
        ticked = frozenset(kept.get("categories") or self.offered)
        same = ("discloser", "why", "signed_as", "starts_on", "ends_on", "event", "language", "interpreter", "witness")
        return Consent(
            categories=ticked,
            what=kept["what"].strip() or gettext(", ").join(labels(ticked)),
            to_person=self.people.get(kept["to"]),
            to_organization=self.organizations.get(kept["to"]),
            to_name=one_line(kept["to_name"], NAME) if kept["to"] == BY_NAME else "",
            explained_by=kept["explained_by"],
            **{name: kept[name] for name in same},
        )


class ShareForm(PlainForm):
    """What staff hand over. Whom no consent names they can write down, too: that is refused, and on record."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("By which consent"), widget=forms.RadioSelect)
    to_name = _line(label=_("Name, if it is somebody else"), label_suffix="", max_length=NAME, required=False)
    categories = _ticks(label=_("What you share"), choices=[(one.value, one.label) for one in Category])
    what = _text(
        label=_("In your own words"), help_text=_("The family reads it. For example: goals and steps, on paper.")
    )

    def __init__(self, *args: Any, releases: Sequence[tuple[Release, str, frozenset[str]]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.releases = {str(release.public_id): release for release, _name, _ticked in releases}
        self.names = {str(release.public_id): name for release, name, _ticked in releases}
        known = [
            (str(release.public_id), f"{name}: {gettext(', ').join(labels(ticked))}")
            for release, name, ticked in releases
        ]
        self.choose_from("to", [*known, (BY_NAME, _("somebody else"))])
        self.choose_from("categories", [(one.value, _capital(one.label)) for one in Category])

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("to") == BY_NAME and not kept.get("to_name", "").strip():
            self.add_error("to_name", _("Please write their name."))
        return kept

    @property
    def release(self) -> Release | None:
        return self.releases.get(self.cleaned_data["to"])

    @property
    def recipient(self) -> str:
        return self.names.get(self.cleaned_data["to"]) or one_line(self.cleaned_data["to_name"], NAME)


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
