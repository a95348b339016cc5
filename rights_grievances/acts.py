"""What can be done with one case, by whom and when: the page of each, its form, and the action behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import grievances as access
from portal.access import independence, people
from rights_grievances import actions, plans
from rights_grievances.actions import appeals
from rights_grievances.forms import cases as forms
from rights_grievances.states import can_go

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.accounts.models import Person
    from rights_grievances.models import Case

DESK, FAMILY, BOTH = "desk", "family", "both"
May = Callable[["Person", "Case"], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """`slug` is the last part of its address, `name` its route; `back` and `then` the pages one leaves it for."""

    slug: str
    name: str
    title: _StrPromise
    lead: _StrPromise | str
    button: _StrPromise
    done: _StrPromise
    form: type[forms.CaseForm]
    may: May
    fits: Callable[[Case], bool]
    do: Callable[[Person, Case, Any], object]
    options: Callable[[Case], dict[str, Any]] = lambda _case: {}
    side: str = DESK
    back: str = "case_show"
    then: str = "case_show"
    shows: Callable[[Case, Any], dict[str, Any]] = lambda _case, _form: {}  # what else stands on its page


def acts_for(person: Person, case: Case, side: str) -> list[Act]:
    found = [act for act in ACTS if act.side in {side, BOTH} and act.fits(case)]
    return [act for act in found if act.may(person, case)]


def _is_open(case: Case) -> bool:
    return case.is_open


def _handles_or_decides(person: Person, case: Case) -> bool:
    return access.may_handle(person, case) or access.may_decide(person, case)


def _can_be_resolved(case: Case) -> bool:
    return can_go(case.state, "resolved") and case.kind != "unsorted"


def _may_resolve(person: Person, case: Case) -> bool:
    return access.may_decide(person, case) or (case.kind == "question" and access.may_handle(person, case))


def _sort(person: Person, case: Case, form: forms.SortForm) -> object:
    said = {key: form.cleaned_data[key] for key in ("kind", "reasons", "services", "is_clinical", "mark")}
    return actions.sort_case(actor=person, case=case, plan=form.chosen_plan, **said)


def _resolve(person: Person, case: Case, form: forms.ResolveForm) -> object:
    said = {key: form.cleaned_data[key] for key in ("outcome", "answer", "changed")}
    carried = timezone.now() if form.cleaned_data["is_carried"] else None
    result = next((one for one, outcome in appeals.OUTCOMES.items() if outcome == said["outcome"]), None)
    if result is not None and case.kind == "appeal" and plans.opens_appeals(case):
        return appeals.resolve_appeal(
            actor=person, case=case, result=result, answer=said["answer"], changed=said["changed"]
        )
    return actions.resolve_case(actor=person, case=case, carried=carried, **said)


def _deciders(case: Case) -> dict[str, Any]:
    return {"deciders": access.eligible_deciders(case)}


def _colleagues(case: Case) -> dict[str, Any]:
    return {"colleagues": list(people.staff_of(case.program))}


ACTS: tuple[Act, ...] = (
    Act(
        "sort",
        "case_sort",
        _("Sort it"),
        _("Nothing is dropped by this. Its dates run on from where they began."),
        _("Keep this"),
        _("Sorted. Who told us sees it."),
        forms.SortForm,
        access.may_handle,
        _is_open,
        _sort,
    ),
    Act(
        "acknowledge",
        "case_acknowledge",
        _("They were told that we have it"),
        _("By letter, by phone or in person: write down when."),
        _("Write it down"),
        _("Written down."),
        forms.AcknowledgeForm,
        access.may_handle,
        _is_open,
        lambda person, case, form: actions.acknowledge_case(
            actor=person, case=case, at=form.moment, text=form.cleaned_data["text"]
        ),
    ),
    Act(
        "forward",
        "case_forward",
        _("Send it on to the plan"),
        _("Write down when it left. We watch whether the plan says that it has it."),
        _("Write it down"),
        _("Written down. Who told us sees it."),
        forms.ForwardForm,
        access.may_handle,
        lambda case: case.is_open and case.received_by_plan_at is None and bool(case.program.profile.plans),
        lambda person, case, form: actions.forward_case(
            actor=person, case=case, plan=form.cleaned_data["plan"], at=form.moment
        ),
    ),
    Act(
        "receipt",
        "case_confirm",
        _("The plan has it"),
        _("The clocks of the law run from this moment. It cannot be changed later."),
        _("Write it down"),
        _("Written down. The dates of the law run from now on."),
        forms.MomentForm,
        access.may_handle,
        lambda case: case.is_open and bool(case.plan) and case.received_by_plan_at is None,
        lambda person, case, form: actions.confirm_receipt(actor=person, case=case, at=form.moment),
    ),
    Act(
        "decider",
        "case_assign",
        _("Choose who decides"),
        _("Only those who had no part in it, and stand neither over nor under somebody who had."),
        _("Give it to them"),
        _("From now on it is theirs to decide."),
        forms.AssignForm,
        access.may_handle,
        _is_open,
        lambda person, case, form: actions.assign_decider(actor=person, case=case, staff_role=form.chosen),
        options=_deciders,
    ),
    Act(
        "outside",
        "case_outside",
        _("Give it to somebody outside"),
        _("Nobody here may decide it."),
        _("Give it to them"),
        _("It went outside. Who told us sees to whom."),
        forms.OutsideForm,
        access.may_handle,
        lambda case: case.is_open and not access.eligible_deciders(case),
        lambda person, case, form: actions.put_outside(actor=person, case=case, to=form.cleaned_data["to"]),
        options=lambda case: {"named": independence.named_houses(case)},
    ),
    Act(
        "note",
        "case_note",
        _("Write a note"),
        "",
        _("Write it down"),
        _("Written down."),
        forms.NoteForm,
        _handles_or_decides,
        lambda _case: True,
        lambda person, case, form: actions.take_note(actor=person, case=case, **form.cleaned_data),
    ),
    Act(
        "call",
        "case_try",
        _("You tried to reach them by voice"),
        "",
        _("Write it down"),
        _("Written down."),
        forms.TryForm,
        _handles_or_decides,
        _is_open,
        lambda person, case, form: actions.note_try(
            actor=person,
            case=case,
            at=form.moment,
            reached=form.cleaned_data["reached"],
            text=form.cleaned_data["text"],
        ),
    ),
    Act(
        "more-time",
        "case_extend",
        _("Take more time"),
        _("Once, and before the last day. First try to tell them by voice, and send the letter that says why."),
        _("Take more time"),
        _("It takes longer. Who told us reads why."),
        forms.ExtendForm,
        _handles_or_decides,
        lambda case: can_go(case.state, "extended") and plans.may_take_longer(case),
        lambda person, case, form: actions.extend_case(actor=person, case=case, reason=form.cleaned_data["reason"]),
    ),
    Act(
        "named",
        "case_named",
        _("Whom it is about"),
        _(
            "They, and those over and under them, see nothing of it from now on. If that is you, it goes to somebody else."
        ),
        _("Keep this"),
        _("Written down."),
        forms.NamedForm,
        access.may_handle,
        lambda _case: True,
        lambda person, case, form: actions.add_named(actor=person, case=case, named=form.named),
        options=_colleagues,
        then="desk_show",  # who named themselves sees nothing of it any more
    ),
    Act(
        "consent",
        "case_consent",
        _("The family’s consent"),
        _("Somebody speaks for the family here. Everything goes on meanwhile."),
        _("Keep this"),
        _("Written down."),
        forms.ConsentForm,
        lambda person, case: access.may_consent(person, case) or access.may_handle(person, case),
        lambda case: case.consent == "pending",
        lambda person, case, form: actions.give_consent(
            actor=person, case=case, given=form.cleaned_data["given"] == forms.YES, text=form.cleaned_data["text"]
        ),
        side=BOTH,
    ),
    Act(
        "refer",
        "case_refer",
        _("Hand it on"),
        _("To somebody who can answer it. Its dates run on."),
        _("Hand it on"),
        _("Handed on. Who told us sees to whom."),
        forms.ReferForm,
        access.may_handle,
        lambda case: can_go(case.state, "referred"),
        lambda person, case, form: actions.refer_case(actor=person, case=case, **form.cleaned_data),
    ),
    Act(
        "answer",
        "case_resolve",
        _("Answer it"),
        _("Who told us reads every word of this."),
        _("Send the answer"),
        _("Answered. Who told us can read it now."),
        forms.ResolveForm,
        _may_resolve,
        _can_be_resolved,
        _resolve,
    ),
    Act(
        "words",
        "case_add",
        _("Add something"),
        _("You can say more at any time. All of it is looked at."),
        _("Send it"),
        _("Sent. We have it."),
        forms.WordsForm,
        access.may_speak_as_filer,
        lambda case: case.state not in {"closed", "withdrawn"},
        lambda person, case, form: actions.add_words(actor=person, case=case, text=form.cleaned_data["text"]),
        side=FAMILY,
    ),
    Act(
        "outside-answer",
        "case_answered",
        _("You have an answer"),
        _("Somebody outside decides this one. When you have their answer, write it down here, and this is closed."),
        _("Keep this"),
        _("Written down."),
        forms.AnsweredForm,
        access.may_speak_as_filer,
        lambda case: case.is_open and case.is_outside,
        lambda person, case, form: actions.say_answered(actor=person, case=case, text=form.cleaned_data["text"]),
        side=FAMILY,
    ),
    Act(
        "take-back",
        "case_withdraw",
        _("Take it back"),
        _("You do not have to. Nothing bad may happen to you because you told us."),
        _("Take it back"),
        _("We have read it. This page says how it stands now."),
        forms.WithdrawForm,
        access.may_withdraw,
        _is_open,
        lambda person, case, form: actions.withdraw_case(
            actor=person,
            case=case,
            text=form.cleaned_data["text"],
            was_pressed=form.cleaned_data["was_pressed"] == forms.YES,
        ),
        side=FAMILY,
    ),
)
BY_NAME = {act.name: act for act in ACTS}
