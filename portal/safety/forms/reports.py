"""A report of abuse as it is written: few questions, none of them a must, so that nobody is kept from the number to call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.programs.vocabulary import Suspect, Work
from portal.safety.models import ReportCall
from portal.safety.routing import Answers

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import StaffRole
    from portal.programs.schema import Profile

SURE = (("yes", _("Yes")), ("no", _("No")), ("", _("I am not sure")))
SUSPECTS = (
    (Suspect.PARENT, _("A parent")),
    (Suspect.CARETAKER, _("Someone who cares for the child like a parent: a guardian, a foster parent")),
    (Suspect.HOUSEHOLD, _("Someone else who lives in the child’s home")),
    (Suspect.PROFESSIONAL, _("Staff of a school, a day care or another place for children")),
    (Suspect.OTHER_ADULT, _("Another adult")),
    (Suspect.OTHER_CHILD, _("Another child or young person")),
    (Suspect.UNKNOWN, _("I do not know")),
)
WORKS = (
    (Work.COUNSELS, _("I counsel or help children or families")),
    (Work.LEADS_YOUTH, _("I lead activities for young people")),
    (Work.OTHER, _("Something else")),
)


def _words(most: int = 4_000, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"dir": "auto", "rows": 4, "autocomplete": "off"})
    return forms.CharField(widget=area, max_length=most, required=False, label_suffix="", **options)


def _line(most: int = 200, **options: Any) -> forms.CharField:
    line = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(widget=line, max_length=most, required=False, label_suffix="", **options)


def _asked(label: Any, choices: Iterable[tuple[Any, Any]] = SURE, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **options)


class ReportForm(PlainForm):
    """Asks only what changes whom this state's law says to call, and what they will ask on the phone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    conversation = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    role = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    danger = _asked(_("Is somebody in danger right now?"))
    suspect = _asked(_("Who may have done it?"), SUSPECTS)
    trafficking = _asked(_("May someone be selling or using the child for sex or work?"))
    in_care = _asked(_("Did it happen where the child is looked after: a school, a day care, a foster home?"))
    work = _asked(_("What do you do here?"), WORKS)
    region = forms.ChoiceField(label=_("Where does the child live?"), required=False, label_suffix="")
    child = _asked(_("Which child is it about?"), ())
    child_name = _line(label=_("Name of the child, if it is not in the list"))
    age = _line(40, label=_("Age of the child"))
    address = _line(label=_("Where the child is or lives"))
    what = _words(
        label=_("What you saw or heard, in the child’s own words if you can"),
        help_text=_("You do not need proof, and you do not have to find out more. One line is enough."),
    )
    when = _line(label=_("When it was"))
    who = _words(
        2_000,
        label=_("Who may have done it, by name if you know it"),
        help_text=_("Staff whose name stands here never see this report, nor that there is one."),
    )
    named = forms.MultipleChoiceField(
        label=_("Is it about one of these people?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever you tick never sees this report, nor that there is one. Nor does anyone close to them."),
    )
    safe = forms.ChoiceField(
        label=_("Is it safe to tell the family that you report this?"),
        choices=(("no", _("No, or I am not sure")), ("yes", _("Yes"))),
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, profile: Profile, children: Iterable[Member], people: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ask_what_matters(profile)
        known = [(str(one.person.public_id), one.person.display_name) for one in children]
        self._offer("child", [*known, ("", _("Another child"))] if known else [])
        self._offer("named", [(str(one.public_id), one.display_name) for one in people])

    def _ask_what_matters(self, profile: Profile) -> None:
        routes = profile.reporting.routes
        asked = {
            "suspect": any(one.suspects for one in routes),
            "trafficking": any(one.trafficking for one in routes),
            "in_care": any(one.in_care is not None for one in routes),
            "work": not profile.reporting.any_person,
            "region": any(one.local for one in routes),
        }
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]
        if asked["region"]:
            self._offer("region", [("", _("I am not sure")), *((one.id, one.name) for one in profile.regions)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        if choices:
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        else:
            del self.fields[name]

    def typed(self) -> dict[str, Any]:
        """What was typed and chosen, also where something of it does not fit: nothing is lost by a slip."""
        found: dict[str, Any] = {}
        for name in set(self.fields) - {"key", "seen", "conversation", "role"}:
            value = self[name].value()
            found[name] = list(value or []) if name == "named" else str(value or "").strip()
        return found


def answers_of(said: Mapping[str, Any]) -> Answers:
    """What was chosen, for the state's table; anything else is "not sure"."""
    return Answers(
        suspect=_one_of(Suspect, said.get("suspect")) or Suspect.UNKNOWN,
        is_danger=_sure(said.get("danger")),
        is_trafficking=_sure(said.get("trafficking")),
        is_in_care=_sure(said.get("in_care")),
        work=_one_of(Work, said.get("work")),
        region=str(said.get("region", "")),
    )


def _sure(answer: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer))


def _one_of(kind: Any, answer: Any) -> Any:
    return kind(answer) if answer in {one.value for one in kind} else None


class CallForm(PlainForm):
    """A call that was made: the button says whether they took the report."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    whom = _line(label=_("Whom you called"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    took = _line(label=_("Who took it"), help_text=_("The name or number they gave."))
    reference = _line(label=_("The number of your report"), help_text=_("Ask for it. You can add it later."))

    def __init__(self, *args: Any, zone: dt.tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        now = timezone.now().astimezone(zone)
        self.initial.setdefault("on", now.date())
        self.initial.setdefault("time", now.time().replace(second=0, microsecond=0))

    def call(self) -> dict[str, Any]:
        said = self.cleaned_data
        at = dt.datetime.combine(said["on"], said["time"], self.zone)
        facts = {name: said[name] for name in ("whom", "took", "reference")}
        return {"key": cast(UUID, said["key"]), "at": at, "facts": facts}


class ReferenceForm(PlainForm):
    reference = forms.CharField(label=_("The number of your report"), max_length=200)


class FamilyForm(PlainForm):
    told = forms.ChoiceField(
        label=_("The family"),
        choices=(("yes", _("I told them")), ("no", _("It is not safe to tell them"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, or how you told them"),
        max_length=600,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )


class NameForm(PlainForm):
    named = forms.MultipleChoiceField(
        label=_("Is it about one of these people?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    who = _line(label=_("Somebody else, by name"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("named", [(str(one.public_id), one.display_name) for one in people])


def outcome_of(posted: Mapping[str, Any]) -> str:
    """Which of the two buttons was pressed; any other word is the cautious one: the call is still to be made."""
    taken = ReportCall.Outcome.TAKEN
    return str(taken if posted.get("outcome") == taken else ReportCall.Outcome.NOT_REACHED)


def role_of(roles: list[StaffRole], public_id: str) -> StaffRole | None:
    return next((one for one in roles if str(one.public_id) == public_id), roles[0] if roles else None)
