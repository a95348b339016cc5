"""What is written on the pages of a plan's letter, an appeal and a hearing. Few fields, none needed that is not on the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from rights_grievances.forms.cases import NO, YES, CaseForm
from rights_grievances.models import AdverseNotice, Appeal, Case

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import Program
    from rights_grievances.continuation import Check

LONGEST = 20_000
UNKNOWN = ""
ANSWERS: list[tuple[str, _StrOrPromise]] = [(YES, _("Yes")), (NO, _("No"))]
MAYBE: list[tuple[str, _StrOrPromise]] = [*ANSWERS, (UNKNOWN, _("I do not know"))]
# A missed date is written down by the house itself.
WHAT = [(one.value, one.label) for one in AdverseNotice.What if one != AdverseNotice.What.LATE_ANSWER]
WAYS: list[tuple[str, _StrOrPromise]] = [
    ("mail", _("By mail")),
    ("fax", _("By fax")),
    ("phone", _("By phone")),
    ("in_person", _("In person")),
]


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}), **options)


def _words(rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"dir": "auto", "rows": rows}), **options)


def _tick(**options: Any) -> forms.BooleanField:
    return forms.BooleanField(required=False, **options)


def _said(value: str) -> bool | None:
    return {YES: True, NO: False}.get(value)


def moment_of(program: Program, on: dt.date, at_time: dt.time | None) -> dt.datetime:
    """As it was where the programme is. A day alone: noon, and of today now."""
    now = timezone.now()
    if on == program.today() and at_time is None:
        return now
    at = dt.datetime.combine(on, at_time or dt.time(12), tzinfo=program.zone)
    return min(at, now) if on == program.today() else at


class LetterForm(PlainForm):
    """What a plan's letter says, as the family reads it there."""

    youth = forms.ChoiceField(label=_("For whom is it?"), widget=forms.RadioSelect)
    what = forms.ChoiceField(label=_("What does the letter do?"), choices=WHAT, widget=forms.RadioSelect)
    service = _line(label=_("Which service? As the letter names it"), max_length=200)
    plan = forms.ChoiceField(label=_("Who wrote it?"), required=False)
    dated_on = _day(label=_("The date on the letter"))
    sent_on = _day(
        label=_("The day it was mailed"),
        required=False,
        help_text=_("It is on the stamp of the envelope, or on the letter."),
    )
    effective_on = _day(label=_("From which day does it change?"), required=False)
    reason = _words(label=_("Why, as the letter says"), required=False)

    def __init__(self, *args: Any, young: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.young = {str(one.person.public_id): one for one in young}
        self.choose_from(
            "youth", [(key, one.person.display_name) for key, one in self.young.items()], takes_the_only=True
        )
        programs = {one.family.program.pk: one.family.program for one in young}
        found = [choice for program in programs.values() for choice in plans_in(program)]
        self.choose_from("plan", dict.fromkeys(found))

    def kept(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["youth"] = self.young[said["youth"]]
        said["mailed_on"] = said["sent_on"]
        if said["plan"] not in said["youth"].family.program.profile.plans:
            said["plan"] = ""
        return said


class StaffLetterForm(LetterForm):
    """The same with what staff may know: what keeping the service rests on, and whether it came from a review."""

    told = forms.ChoiceField(
        label=_("How was it decided?"),
        choices=[(one.value, one.label) for one in AdverseNotice.Told if one != AdverseNotice.Told.DELAY],
        widget=forms.RadioSelect,
        initial=AdverseNotice.Told.LETTER,
    )
    was_authorized = forms.ChoiceField(
        label=_("Was the service approved before?"), choices=MAYBE, required=False, widget=forms.RadioSelect
    )
    ordered_by_provider = forms.ChoiceField(
        label=_("Did a provider who may do so order it?"), choices=MAYBE, required=False, widget=forms.RadioSelect
    )
    authorized_until = _day(label=_("Until when was it approved?"), required=False)
    is_clinical = _tick(label=_("It is about whether the service is needed for health"))

    def kept(self) -> dict[str, Any]:
        said = super().kept()
        for name in ("was_authorized", "ordered_by_provider"):
            said[name] = _said(said[name])
        return said


def plans_in(program: Program) -> list[tuple[str, str]]:
    """The plan that everybody has here, if there is one, first; else that there may be none."""
    profile = program.profile
    known = [(key, plan.name) for key, plan in profile.plans.items()]
    if profile.default_plan is None:
        return [("", str(_("The program itself, or no health plan"))), *known]
    return sorted(known, key=lambda one: one[0] != profile.default_plan)


class AppealForm(PlainForm):
    """All of it may be left as it is: one tap is an appeal."""

    words = _words(label=_("What would you like to say?"), required=False)
    wants_fast = _tick(label=_("It cannot wait: waiting could do harm"))
    is_backed_by_provider = _tick(label=_("A doctor or another provider says so, too"))
    wants_continuing = _tick(label=_("Please keep the service going until it is decided"))
    is_own_matter = _tick(label=_("Only for me: my parents are not told"))

    def __init__(self, *args: Any, cuts: bool, is_young: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cuts:
            del self.fields["wants_continuing"]
        if not is_young:
            del self.fields["is_own_matter"]


class CalledAppealForm(AppealForm):
    """Written down by a coordinator for who says so by voice or by letter: it counts from then."""

    speaker = forms.ChoiceField(label=_("Who says so?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[(one.value, one.label) for one in Case.Way if one not in {Case.Way.PAGE, Case.Way.MESSAGE}],
        widget=forms.RadioSelect,
        initial=Case.Way.PHONE,
    )
    on = _day(label=_("On which day"))
    at_time = _time(label=_("At what time"), required=False)
    field_order = ("speaker", "way", "on", "at_time", "words")

    def __init__(self, *args: Any, speakers: Iterable[Person], program: Program, **kwargs: Any) -> None:
        super().__init__(*args, is_young=False, **kwargs)
        self.program = program
        self.speakers = {str(one.public_id): one for one in speakers}
        self.choose_from(
            "speaker", [(key, one.display_name) for key, one in self.speakers.items()], takes_the_only=True
        )
        self.fields["on"].initial = program.today()

    def kept(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["speaker"] = self.speakers[said["speaker"]]
        said["at"] = moment_of(self.program, said.pop("on"), said.pop("at_time"))
        return said


class MakeAppealForm(PlainForm):
    """Which letter somebody who complained wants to have looked at again."""

    notice = forms.ChoiceField(label=_("Which decision is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, notices: Iterable[AdverseNotice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.public_id): one for one in notices}
        self.choose_from("notice", [(key, f"{one.service}, {one.dated_on}") for key, one in self.known.items()])


class FastForm(CaseForm):
    text = _words(label=_("What could happen if it waits?"), required=False)
    is_backed_by_provider = _tick(label=_("A doctor or another provider says so, too"))


class FastAnswerForm(CaseForm):
    goes = forms.ChoiceField(label=_("Does it go fast?"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = _words(label=_("If not: why?"), required=False)
    on = _day(label=_("If not: on which day did you try to tell them by voice?"), required=False)
    at_time = _time(label=_("At what time"), required=False)
    reached = _tick(label=_("They were reached"))


class KeepAnswerForm(CaseForm):
    """Each line that is not known is looked at by a person; what is known already stands beside the form."""

    goes_on = forms.ChoiceField(label=_("Does the service go on?"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = _words(label=_("If not: why?"), required=False)

    def __init__(self, *args: Any, checks: Iterable[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(checks)
        self.known = [one for one in found if one.holds is not None]
        unknown = [one for one in found if one.holds is None]
        self.asked = [one.id.value for one in unknown]
        for one in unknown:
            self.fields[one.id.value] = forms.ChoiceField(
                label=one.asks, choices=MAYBE, required=False, widget=forms.RadioSelect
            )
        self.order_fields([*self.asked, "goes_on", "reason"])

    @property
    def said(self) -> dict[str, bool]:
        found = {name: _said(self.cleaned_data[name]) for name in self.asked}
        return {name: value for name, value in found.items() if value is not None}


class AnswerForm(CaseForm):
    result = forms.ChoiceField(label=_("What came out?"), choices=Appeal.Result.choices, widget=forms.RadioSelect)
    answer = _words(6, label=_("The answer, in plain words"))
    changed = _words(label=_("What was learned and changed"), required=False)
    dated_on = _day(
        label=_("The date on the plan’s own letter"),
        required=False,
        help_text=_("Leave it free if the letter is written here: sending it sets the dates."),
    )
    sent_on = _day(label=_("The day it was mailed"), required=False)


class HearingForm(CaseForm):
    on = _day(label=_("On which day did you ask the state?"))
    way = forms.ChoiceField(label=_("How did you ask?"), choices=WAYS, widget=forms.RadioSelect, initial="phone")
    wants_continuing = _tick(label=_("Please keep the service going until the hearing"))

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.case.program.today()
        if not keeps:
            del self.fields["wants_continuing"]


class HearingResultForm(CaseForm):
    result = forms.ChoiceField(
        label=_("What came out?"),
        choices=[(one.value, one.label) for one in Appeal.Hearing if one.value in {"won", "lost", "withdrawn"}],
        widget=forms.RadioSelect,
    )
    on = _day(label=_("On which day"))
    text = _words(label=_("What the state said, in plain words"), required=False)


class PackForm(PlainForm):
    """Nothing is ticked until the family ticks it."""

    conversations = forms.MultipleChoiceField(
        label=_("Messages to put in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    plans = forms.MultipleChoiceField(
        label=_("Plans to put in, with every version"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, talks: Iterable[tuple[str, str]], plans: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("conversations", list(talks)), ("plans", list(plans))):
            if choices:
                self.choose_from(name, choices)
            else:
                del self.fields[name]
