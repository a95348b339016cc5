"""What there is to take part in, the seats, and what came of somebody's interest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.community.actions.opportunities import Offer
from portal.community.forms.words import Words, date, line
from portal.families.forms import PlainForm
from portal.language.formats import language_name
from portal.text import one_line

if TYPE_CHECKING:
    from portal.programs.models import Organization, Program

KINDS = [
    ("board", _("A board")),
    ("work_group", _("A work group")),
    ("survey", _("A survey")),
    ("training", _("A training")),
]


class OpportunityForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    title = line(label=_("What it is called"), max_length=120)
    about = Words(label=_("What people do there"), most=2000, rows=4)
    meets = line(label=_("When and where"), max_length=160, help_text=_("Also how to join from home."))
    stipend = line(label=_("Money for taking part"), max_length=120, required=False)
    childcare = line(label=_("Childcare"), max_length=120, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    mentoring = line(label=_("Somebody at their side"), max_length=120, required=False)
    register_by = date(label=_("Last day to say yes"), required=False)

    def __init__(self, *args: Any, program: Program, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()} | (initial or {}), **kwargs)
        reader = get_language() or settings.LANGUAGE_CODE
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 declared so above
        field.choices = [(one.code, language_name(one.code, reader)) for one in program.profile.languages]

    def clean_title(self) -> str:
        return self._line("title", 120)

    def clean_meets(self) -> str:
        return self._line("meets", 160)

    def _line(self, name: str, most: int) -> str:
        text = one_line(self.cleaned_data[name], most)
        if not text:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return text

    def offer(self) -> Offer:
        told = dict(self.cleaned_data)
        told.pop("key")
        for name in ("stipend", "childcare", "mentoring"):
            told[name] = one_line(told[name], 120)
        return Offer(**told)


class OutcomeForm(PlainForm):
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    body = Words(
        label=_("What you tell them"),
        most=2000,
        rows=3,
        required=False,
        help_text=_("They read it as you write it. If it could not be, say why and what there is instead."),
    )

    def __init__(self, *args: Any, has_seat: bool, is_of_seat: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [("came", _("They came and took part"))] if not is_of_seat else []
        outcomes += [("took_seat", _("They took the seat"))] if has_seat else []
        self.choose_from("outcome", [*outcomes, ("could_not", _("It could not be this time"))])


class SeatForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    organization = forms.ChoiceField(label=_("Of which body"), widget=forms.RadioSelect)
    title = line(label=_("What the seat is called"), max_length=80, help_text=_("Such as: second seat for families."))
    kind = forms.ChoiceField(
        label=_("For whom it is"),
        choices=[
            ("family", _("for families")),
            ("youth", _("for young people")),
            ("other", _("for agencies and others")),
        ],
        widget=forms.RadioSelect,
    )
    held_since = date(
        label=_("Somebody has it since"), required=False, help_text=_("Leave it blank if the seat is open.")
    )

    def __init__(self, *args: Any, organizations: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        self.organizations = {one.slug: one for one in organizations}
        self.choose_from(
            "organization", [(slug, one.name) for slug, one in self.organizations.items()], takes_the_only=True
        )

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"], 80)
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return told | {"organization": self.organizations[told["organization"]]}
