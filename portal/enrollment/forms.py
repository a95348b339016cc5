"""What comes in about a case: read and checked, with what was typed kept. What it may lead to is for the actions to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.enrollment.models import Discharge, Milestone, Position
from portal.families.forms import PlainForm, override_reason_field
from portal.families.models import AccessBasis

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import Organization, StaffRole

Part = Milestone.Part
YES_NO: list[tuple[str, _StrOrPromise]] = [("yes", _("Yes")), ("no", _("No"))]


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}), **options)


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _one_of(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(widget=forms.RadioSelect, **options)


class CaseForm(PlainForm):
    """A form some of whose choices are rows: `offered` holds them by field and public id."""

    offered: dict[str, dict[str, Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {}

    def offer(self, name: str, rows: Iterable[tuple[UUID, Any, str]]) -> None:
        """`rows`: the public id, what is chosen by it, and its name. The only one there is chosen already."""
        known = list(rows)
        self.offered[name] = {str(key): row for key, row, _label in known}
        self.choose_from(name, [(str(key), label) for key, _row, label in known], takes_the_only=True)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name, rows in self.offered.items():
            if name in kept:
                kept[name] = rows.get(kept[name])
        return kept


def _by_role(roles: Iterable[StaffRole]) -> list[tuple[UUID, StaffRole, str]]:
    return [(role.public_id, role, f"{role.person}, {role.organization}") for role in roles]


def _basis() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who agreed to this help"),
        choices=AccessBasis.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "It decides who of the family sees the case. When you are not sure, ask the young person alone first. "
            "Parents still see who stands beside the family."
        ),
    )


def _offer_bases(form: CaseForm, bases: Sequence[AccessBasis]) -> None:
    form.choose_from("access_basis", [(one.value, one.label) for one in bases], takes_the_only=True)


class DecisionForm(CaseForm):
    youth = _one_of(label=_("For whom"))
    access_basis = _basis()
    referred_on = _date(label=_("Day of the referral"))
    meets_on = _date(label=_("Next meeting of the team"))

    def __init__(self, *args: Any, young: Sequence[Member], bases: Sequence[AccessBasis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_bases(self, bases)
        self.offer("youth", ((one.person.public_id, one, str(one.person)) for one in young))


class MeetingForm(CaseForm):
    next_on = _date(
        label=_("Next meeting of the team"),
        label_suffix="",
        required=False,
        help_text=_("Needed when not everyone agrees yet. Whoever may see the case reads it."),
    )


class MoveForm(CaseForm):
    meets_on = _date(label=_("Next meeting of the team"))


class StanceForm(CaseForm):
    """The family's own word."""

    stance = _one_of(label=_("What you say"), choices=Position.Stance.choices)
    reason = _text(
        label=_("Why"),
        label_suffix="",
        max_length=500,
        required=False,
        help_text=_("Needed when you do not agree. Everyone in this decision can read it."),
    )


class PositionForm(StanceForm):
    """What an agency said, or what one of the family told staff."""

    voice = _one_of(label=_("Who says it"))
    spoken_by = _line(label=_("Who spoke for the agency"), max_length=120, required=False)

    field_order: Sequence[str] = ["voice", "stance", "reason", "spoken_by"]

    def __init__(self, *args: Any, agencies: Sequence[Organization], family: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].label = _("What they say")
        self.fields["reason"].help_text = _("Needed when they do not agree. Whoever may see the case reads it.")
        self.voices: dict[str, dict[str, Any]] = {f"agency-{one.slug}": {"agency": one} for one in agencies}
        self.voices |= {f"person-{one.public_id}": {"person": one} for one in family}
        names = [*(one.name for one in agencies), *(str(one) for one in family)]
        self.choose_from("voice", zip(self.voices, names, strict=True))


def _offer_managers(form: CaseForm, care_managers: Sequence[StaffRole], untrained: Collection[int]) -> None:
    """Who is not trained yet is named so, and asked a reason for; without any such, nobody reads about it."""
    rows = [
        (key, role, gettext("%(name)s (training not finished)") % {"name": label} if role.pk in untrained else label)
        for key, role, label in _by_role(care_managers)
    ]
    form.offer("care_manager", rows)
    if not untrained:
        del form.fields["override_reason"]


class BasisForm(CaseForm):
    access_basis = _basis()
    reason = _line(
        label=_("How you know"),
        max_length=300,
        help_text=_("The young person reads it. For example: they told me so today, alone."),
    )

    def __init__(self, *args: Any, bases: Sequence[AccessBasis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_bases(self, bases)


class EnrollForm(CaseForm):
    youth = _one_of(label=_("For whom"))
    access_basis = _basis()
    care_manager = _one_of(label=_("Who answers for their care"))
    override_reason = override_reason_field()
    enrolled_on = _date(
        label=_("First day in the program"), help_text=_("From this day on the program answers for care.")
    )
    lead_reason = _text(
        label=_("Why there is less time than usual before the first day"),
        label_suffix="",
        max_length=300,
        required=False,
        help_text=_(
            "Needed only when there are fewer days than the program promises. Whoever may see the case reads it."
        ),
    )
    next_on = _date(label=_("Day to look at the plan again"), help_text=_("A case always has a next date."))

    def __init__(
        self,
        *args: Any,
        young: Sequence[Member],
        bases: Sequence[AccessBasis],
        care_managers: Sequence[StaffRole],
        untrained: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer_bases(self, bases)
        self.offer("youth", ((one.person.public_id, one, str(one.person)) for one in young))
        _offer_managers(self, care_managers, untrained)


class OnForm(CaseForm):
    """A day on which something was done."""

    on = _date(label=_("On which day"))


class PartsForm(OnForm):
    """What was done, and what it covered."""

    parts = forms.MultipleChoiceField(
        label=_("What it covers"), widget=forms.CheckboxSelectMultiple, required=False, choices=[]
    )

    def __init__(self, *args: Any, parts: Sequence[Milestone.Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("parts", [(one.value, one.label) for one in parts])
        self.fields["parts"].help_text = _("It counts only when all of these are in it.")


class ReviewForm(OnForm):
    next_on = _date(label=_("Day to look at the plan again"), help_text=_("A case always has a next date."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("You looked at the plan together on")


class ObjectiveForm(CaseForm):
    text = _line(label=_("The goal, in the family’s words"), max_length=300)


class WordsForm(CaseForm):
    """The family asks for more time."""

    words = _text(label=_("What you want to say"), max_length=500, required=False)


class ReasonForm(CaseForm):
    reason = _text(label=_("Why"), max_length=300, help_text=_("Whoever may see the case reads it."))


class RecommendationForm(CaseForm):
    met_on = _date(label=_("The team met on"))
    who_met = _line(label=_("Who was there"), max_length=300)
    approves = _one_of(label=_("Does the team say yes to ending?"), choices=YES_NO)
    person = _one_of(label=_("Who spoke for the family"))
    agrees = _one_of(label=_("Do they agree that it ends?"), choices=YES_NO)
    family_words = _text(
        label=_("What the family said, in their words"),
        max_length=500,
        required=False,
        help_text=_("If they do not agree, the interagency team meets with them first."),
    )

    def __init__(self, *args: Any, family: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", ((one.public_id, one, str(one)) for one in family))


class AnswerForm(CaseForm):
    agrees = _one_of(label=_("Do you agree that it ends?"), choices=YES_NO)
    words = _text(label=_("What you want to say"), max_length=500, required=False)


class WithdrawForm(CaseForm):
    words = _text(
        label=_("What you want to say"),
        max_length=500,
        required=False,
        help_text=_("Whoever may see the case reads it."),
    )


class OwnerForm(CaseForm):
    care_manager = _one_of(label=_("Who answers for the case from now on"))
    override_reason = override_reason_field()

    def __init__(
        self, *args: Any, care_managers: Sequence[StaffRole], untrained: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer_managers(self, care_managers, untrained)


class DischargeForm(OnForm):
    medicine = _one_of(label=_("Is medicine needed?"), choices=YES_NO)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Day they left the hospital or unit")


class ExceptionForm(CaseForm):
    exception = _one_of(label=_("Why it could not be done"), choices=Discharge.Excuse.choices)
    words = _text(label=_("What happened"), max_length=300, help_text=_("Whoever may see the case reads it."))
    notice_sent_on = _date(
        label=_("Day you told the Managing Entity"),
        label_suffix="",
        required=False,
        help_text=_("Needed when no appointment was free."),
    )
