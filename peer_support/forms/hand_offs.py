"""What comes in about a hand-off and about who answers for a family: read and checked, with what was typed kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peer_support.models import HandOff
from portal.enrollment.forms import CaseForm

if TYPE_CHECKING:
    from uuid import UUID

    from peer_support.models import Pairing
    from portal.families.models import Member
    from portal.programs.models import StaffRole


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _one_of(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(widget=forms.RadioSelect, **options)


def _where() -> forms.CharField:
    return forms.CharField(
        label=_("Where exactly"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("Why there is no meeting"),
        max_length=300,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("The family reads these words as you write them."),
    )


def _by_role(roles: Iterable[StaffRole]) -> list[tuple[UUID, StaffRole, str]]:
    return [(role.public_id, role, f"{role.person}, {role.organization}") for role in roles]


class MeetForm(CaseForm):
    """Where the three meet: in the setting the family is in now."""

    way = _one_of(label=_("How"), choices=HandOff.Way.choices)
    setting = forms.ChoiceField(label=_("Where they are then"), choices=HandOff.Setting.choices)
    place = _where()


class PlanForm(MeetForm):
    """Between coordinators: who takes over, and who of the family meets the two."""

    receiver = _one_of(label=_("Who takes over"))
    member = _one_of(label=_("Who of the family meets them"))
    meets_on = _date(label=_("Day of the meeting"))

    field_order = ("receiver", "member", "meets_on", "way", "setting", "place")

    def __init__(self, *args: Any, receivers: Iterable[StaffRole], members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("receiver", _by_role(receivers))
        self.offer("member", [(one.person.public_id, one, str(one.person)) for one in members])


class PeerPlanForm(MeetForm):
    """Between peer partners: who brings in the next one."""

    old = _one_of(label=_("Who hands over"))
    meets_on = _date(label=_("Day of the meeting"))

    field_order = ("old", "meets_on", "way", "setting", "place")

    def __init__(self, *args: Any, earlier: Iterable[Pairing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("old", [(one.public_id, one, str(one.peer.person)) for one in earlier])


class MeetingForm(MeetForm):
    """How it was, as one of the two says."""

    met_on = _date(label=_("Day you met"))
    family_present = _one_of(
        label=_("Was the family there?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )

    field_order = ("met_on", "way", "setting", "place", "family_present")

    def clean_family_present(self) -> bool:
        return bool(self.cleaned_data["family_present"] == "yes")


class WordsForm(CaseForm):
    words = forms.CharField(
        label=_("What we want you to know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 6}),
        help_text=_("Only the person who takes over reads this. You can change it or take it back."),
    )


class CoordinatorForm(CaseForm):
    coordinator = _one_of(label=_("Who answers for this family"))

    def __init__(self, *args: Any, coordinators: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("coordinator", _by_role(coordinators))


class OverrideForm(CaseForm):
    receiver = _one_of(label=_("Who takes over"))
    reason = _why()

    def __init__(self, *args: Any, receivers: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("receiver", _by_role(receivers))


class PeerOverrideForm(CaseForm):
    old = _one_of(label=_("Who hands over"))
    reason = _why()

    def __init__(self, *args: Any, earlier: Iterable[Pairing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("old", [(one.public_id, one, str(one.peer.person)) for one in earlier])
