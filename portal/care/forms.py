"""What comes in about a plan: one form for every kind of item, made from what the kind says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.care.actions.plans import SETBACK
from portal.care.kinds import KINDS, LINE, TEXT, Kind, NotGood, Part, check
from portal.care.models import Plan
from portal.families.forms import PlainForm
from portal.families.models import AccessBasis

if TYPE_CHECKING:
    from portal.families.models import Member

WHY = 300


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _why(*, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=WHY,
        required=required,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=help_text,
    )


def _field(part: Part, items: Sequence[tuple[str, str]]) -> forms.Field:
    options: dict[str, Any] = {"label": part.label, "required": part.required, "help_text": part.help}
    if part.sort == "items":
        return forms.MultipleChoiceField(choices=list(items), widget=forms.CheckboxSelectMultiple, **options)
    if part.choices is not None:
        known = part.choices.choices if part.required else [("", _("Not said")), *part.choices.choices]
        return forms.ChoiceField(choices=known, widget=forms.RadioSelect, **options)
    return _MADE[part.sort](**options)


_WORDS = {"dir": "auto", "autocomplete": "off"}
_MADE: dict[str, Callable[..., forms.Field]] = {
    "line": partial(forms.CharField, max_length=LINE, widget=forms.TextInput(attrs=_WORDS)),
    "text": partial(forms.CharField, max_length=TEXT, widget=forms.Textarea(attrs={"dir": "auto", "rows": 4})),
    "day": _day,
    "number": partial(forms.FloatField, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})),
    "yes": forms.BooleanField,
}


class ItemForm(PlainForm):
    """`known`: by kind, the items of the plan one may refer to, each with its words."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        known: Mapping[str, Sequence[tuple[str, str]]],
        bases: Iterable[AccessBasis] = (),
        asks_why: bool = False,
        **kwargs: Any,
    ) -> None:
        self.kind: Kind = KINDS[kind]
        super().__init__(*args, **kwargs)
        for part in self.kind.parts:
            if part.is_carried:
                continue
            if part.sort != "items" or known.get(part.of):
                self.fields[part.name] = _field(part, known.get(part.of, ()))
        offered = [(one.value, one.label) for one in bases]
        if len(offered) > 1:
            self.fields["access_basis"] = forms.ChoiceField(
                label=_("Who agreed to this help"),
                choices=offered,
                widget=forms.RadioSelect,
                required=False,  # nothing chosen: as it is
                initial=offered[0][0],
                help_text=_("It decides who of the family sees it."),
            )
        if asks_why:
            self.fields["why"] = _why(required=False, help_text=_("Everyone who reads the plan sees it."))
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
            field.error_messages["invalid"] = _("We cannot read this. Please look at it again.")
            field.error_messages["invalid_choice"] = _("Please choose one of these.")

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if not self.errors:
            try:
                check(self.kind.name, kept)
            except NotGood as problem:
                self.refuse(problem.field, problem.message)
        return kept

    @property
    def said(self) -> dict[str, Any]:
        return {part.name: self.cleaned_data.get(part.name) for part in self.kind.parts if not part.is_carried}


class RemoveForm(PlainForm):
    why = _why(required=True, help_text=_("Everyone who reads the plan sees it."))


class OpenForm(PlainForm):
    """A plan for an open case is as closed as that; nobody chooses it here."""

    youth = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    next_on = _day(label=_("Day to look at the plan again"))

    def __init__(self, *args: Any, young: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.young = {str(one.person.public_id): one for one in young}
        self.choose_from("youth", [(key, str(one.person)) for key, one in self.young.items()], takes_the_only=True)

    def clean_youth(self) -> Member:
        return self.young[self.cleaned_data["youth"]]


class NextForm(PlainForm):
    next_on = _day(label=_("Day to look at the plan again"))


class CloseForm(PlainForm):
    reason = forms.ChoiceField(
        label=_("Why it ends"),
        choices=[*Plan.Closing.choices, (SETBACK, _("something went wrong"))],
        widget=forms.RadioSelect,
    )
