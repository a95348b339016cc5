"""What is written about a case: by who told us, and by who works on it. Times are those of the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from rights_grievances import codes
from rights_grievances.models import Case

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole

NOON = dt.time(12)
LONGEST = 20_000
NO_PLAN = "-"
YES, NO = "yes", "no"
KINDS = [(kind.value, kind.label) for kind in Case.Kind if kind != Case.Kind.UNSORTED]


def _words(*, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"dir": "auto", "rows": rows})
    return forms.CharField(max_length=LONGEST, widget=widget, **options)


class CaseForm(PlainForm):
    """Every form of this room is made for one case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class MomentForm(CaseForm):
    """When it was. A day alone is enough; where hours count, the time as well."""

    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at_time = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now().astimezone(self.case.program.zone)
        self.fields["on"].initial, self.fields["at_time"].initial = now.date(), now.time().replace(second=0)

    @property
    def moment(self) -> dt.datetime:
        """As it was where the programme is; of today without a time: now, and never after now by the minutes."""
        on, at_time = self.cleaned_data["on"], self.cleaned_data.get("at_time")
        now = timezone.now()
        is_today = on == now.astimezone(self.case.program.zone).date()
        if at_time is None and is_today:
            return now
        return dt.datetime.combine(on, at_time or NOON, tzinfo=self.case.program.zone)


class SortForm(CaseForm):
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Why"),
        required=False,
        choices=list(codes.REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("More than one can be right."),
    )
    services = forms.MultipleChoiceField(
        label=_("What care or help it is about"),
        required=False,
        choices=list(codes.SERVICES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    is_clinical = forms.BooleanField(
        label=_("It is about care itself: somebody with clinical training decides it"), required=False
    )
    plan = forms.ChoiceField(label=_("Whose rules bind it"), required=False)
    mark = _words(label=_("A note for who works on it"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.case
        if case.received_by_plan_at is None:
            self.choose_from("plan", [*_plans(case), (NO_PLAN, _("no health plan or agency"))])
        else:
            del self.fields["plan"]
        if case.kind != Case.Kind.UNSORTED:
            self.fields["kind"].initial = case.kind
        self.fields["reasons"].initial, self.fields["services"].initial = case.reasons, case.services
        self.fields["is_clinical"].initial = case.is_clinical
        if "plan" in self.fields:
            self.fields["plan"].initial = case.plan or NO_PLAN

    @property
    def chosen_plan(self) -> str | None:
        chosen = self.cleaned_data.get("plan")
        return None if not chosen else "" if chosen == NO_PLAN else str(chosen)


def _plans(case: Case) -> list[tuple[str, str]]:
    return [(key, plan.name) for key, plan in case.program.profile.plans.items()]


class ForwardForm(MomentForm):
    plan = forms.ChoiceField(label=_("To which plan or agency"))

    field_order = ("plan", "on", "at_time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("plan", _plans(self.case), takes_the_only=True)
        if self.case.plan:
            self.fields["plan"].initial = self.case.plan


class AcknowledgeForm(MomentForm):
    text = _words(label=_("What you told them"), required=False, rows=3)


class TryForm(MomentForm):
    reached = forms.BooleanField(label=_("I reached them"), required=False)
    text = _words(label=_("What you said, or where you tried"), required=False, rows=3)


class AssignForm(CaseForm):
    decider = forms.ChoiceField(label=_("Who decides it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, deciders: Sequence[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deciders = {str(role.public_id): role for role in deciders}
        if not self.deciders:
            del self.fields["decider"]
            return
        self.choose_from("decider", [(key, _called(role)) for key, role in self.deciders.items()])

    @property
    def chosen(self) -> StaffRole | None:
        return self.deciders.get(self.cleaned_data.get("decider", ""))


def _called(role: StaffRole) -> str:
    return f"{role.person.display_name} ({role.get_role_display()}, {role.organization.name})"


class OutsideForm(CaseForm):
    to = forms.ChoiceField(label=_("To whom it goes"))

    def __init__(self, *args: Any, named: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = set(named)
        known = self.case.program.profile.organizations
        self.choose_from("to", [(one.id, one.name) for one in known if one.id not in kept])


class NoteForm(CaseForm):
    text = _words(label=_("What was done or found"))
    is_review = forms.BooleanField(
        label=_("It was looked into: who told us reads this, too"),
        required=False,
        help_text=_("Without it only those who work on it read the note."),
    )
    is_looked_into = forms.BooleanField(label=_("Everything has been looked into now"), required=False)


class ExtendForm(CaseForm):
    reason = _words(
        label=_("Why it takes longer, and how that helps the family"), help_text=_("Who told us reads this.")
    )


class ReferForm(CaseForm):
    to = forms.CharField(
        label=_("Who can answer it"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    text = _words(label=_("How to reach them, and what was agreed"), required=False)


class ResolveForm(CaseForm):
    outcome = forms.ChoiceField(label=_("What came out of it"), choices=Case.Outcome.choices, widget=forms.RadioSelect)
    answer = _words(label=_("The answer, in plain words"), rows=8)
    changed = _words(label=_("What we learned and changed"), required=False)
    is_carried = forms.BooleanField(label=_("What was decided is done already"), required=False)


class NamedForm(CaseForm):
    person = forms.ChoiceField(label=_("Who works here"), required=False)
    name = forms.CharField(
        label=_("Or a name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in colleagues}
        choices = [("", _("Choose a person")), *((key, one.display_name) for key, one in self.people.items())]
        self.choose_from("person", choices)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("person") and not said.get("name"):
            self.add_error("person", _("Choose somebody, or write a name."))
        return said

    @property
    def named(self) -> Person | str:
        return self.people.get(self.cleaned_data["person"]) or str(self.cleaned_data["name"])


class ConsentForm(CaseForm):
    given = forms.ChoiceField(
        label=_("May this person speak for the family here?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    text = _words(label=_("Anything you want to say about it"), required=False, rows=2)


class WordsForm(CaseForm):
    text = _words(label=_("What you want to add"), rows=6)


class WithdrawForm(CaseForm):
    was_pressed = forms.ChoiceField(
        label=_("Did somebody ask you or press you to take it back?"),
        choices=[(NO, _("No, I want this myself")), (YES, _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
        help_text=_("Nobody may press you. If somebody did, it stays open and we ask how you are."),
    )
    text = _words(label=_("Why, in your own words"), required=False, rows=3)


class AnsweredForm(CaseForm):
    text = _words(label=_("What they told you"))
