"""The answer, the end, and what comes after it: is it really fixed, and a case that opens again in one tap."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.actions import meet_clock, set_aside
from portal.notices.models import Notice
from portal.one_by_one import one_by_one
from portal.programs.vocabulary import Event
from rights_grievances.actions.common import (
    Kind,
    answered,
    cancel_clocks,
    go,
    happened,
    locked,
    note,
    require_open,
    step,
    tell,
    tell_desk,
    tell_filer,
    unmet,
)
from rights_grievances.actions.filing import give_to_handler
from rights_grievances.models import SUBJECT, Case, CaseStep
from rights_grievances.refusals import CaseRefusal
from rights_grievances.states import OVER

State, Outcome = Case.State, Case.Outcome
AT_ONCE = 200
ANSWERED_FIELDS = ["state", "outcome", "resolved_at", "is_fixed", "ask_again_on", "sealed_answer", "sealed_changed"]
ANSWERS: dict[str, frozenset[str]] = {
    Case.Kind.QUESTION: frozenset({Outcome.ANSWERED, Outcome.AGREED, Outcome.PARTLY, Outcome.NOT_AGREED}),
    Case.Kind.SAFETY: frozenset(Outcome),
    Case.Kind.GRIEVANCE: frozenset({Outcome.AGREED, Outcome.PARTLY, Outcome.NOT_AGREED}),
    Case.Kind.APPEAL: frozenset({Outcome.AGREED, Outcome.PARTLY, Outcome.NOT_AGREED}),
}


@transaction.atomic
def resolve_case(
    *, actor: Person, case: Case, outcome: str, answer: str, changed: str = "", carried: dt.datetime | None = None
) -> Case:
    """Answer it. A complaint or an appeal by who was chosen for it; a question also by who handles it.

    `changed`: what was learned and changed, for the family to read. `carried`: when what was decided was done, if it is.
    Raises CaseRefusal.
    """
    case = locked(case)
    is_question = case.kind == Case.Kind.QUESTION
    require(access.may_decide(actor, case) or access.may_handle(actor, case))
    require_open(case)
    if case.kind == Case.Kind.UNSORTED:
        raise CaseRefusal("sort_first")
    if not access.may_decide(actor, case) and not is_question:
        raise CaseRefusal("not_the_decider")
    if outcome not in ANSWERS[case.kind]:
        raise CaseRefusal("outcome_missing")
    if not answer.strip():
        raise CaseRefusal("answer_missing")
    if case.kind == Case.Kind.GRIEVANCE and not changed.strip():  # FL-33: or why nothing can change
        raise CaseRefusal("changed_missing")
    now = timezone.now()
    go(case, State.RESOLVED)
    case.outcome, case.resolved_at, case.is_fixed = outcome, now, None
    case.ask_again_on = _ask_again_on(case)
    case.answer, case.changed = answer.strip(), changed.strip()
    case.save(update_fields=ANSWERED_FIELDS)
    made = step(case, Kind.RESOLVED, at=now, by=actor, outcome=outcome)
    note(actor, case, "state", "outcome")
    _keep(case, now, key=str(made.pk))
    happened(case, Event.COMPLAINT_SETTLED, now, key=str(made.pk))
    if carried is not None:
        step(case, Kind.CARRIED_OUT, at=carried, by=actor)
    tell_filer(case)
    return case


def _keep(case: Case, at: dt.datetime, *, key: str) -> None:
    """Our own promise is kept by the answer on the page; the plan's date where one is bound only by its letter (`send_letter`)."""
    if not case.plan or case.kind not in {Case.Kind.GRIEVANCE, Case.Kind.APPEAL}:
        answered(case, at, key=key)
        return
    for clock in unmet(case, Event.GRIEVANCE_RESOLVED):
        if clock.duty_of == "programme":
            meet_clock(actor=None, clock=clock, at=at)


@transaction.atomic
def say_answered(*, actor: Person | None, case: Case, text: str) -> Case:
    """Who told us says what somebody outside answered, where nobody here may deal with it: so that it ends in words, too.

    `actor=None`: by receipt code. Raises CaseRefusal.
    """
    case = locked(case)
    require(actor is None or access.may_speak_as_filer(actor, case))
    require_open(case)
    if not case.is_outside:
        raise CaseRefusal("not_now")
    if not text.strip():
        raise CaseRefusal("empty", field="text")
    go(case, State.RESOLVED)
    case.outcome, case.resolved_at, case.answer = Outcome.ANSWERED, timezone.now(), text
    case.save(update_fields=ANSWERED_FIELDS)
    made = step(case, Kind.RESOLVED, at=case.resolved_at, by=actor, outcome=case.outcome, by_filer=True)
    note(actor, case, "state", "outcome")
    answered(case, made.at, key=str(made.pk))
    tell_desk(case, besides=actor)
    return case


def _ask_again_on(case: Case) -> dt.date | None:
    """When we ask whether it is really fixed: as many days later as the programme says; where it says nothing, never."""
    days = case.program.profile.settings.complaint_ask_again_days
    return case.program.today() + dt.timedelta(days=days.value) if days is not None else None


@transaction.atomic
def close_case(*, actor: Person | None, case: Case) -> Case:
    """Answered, and over. It still opens again in one tap. `actor=None`: by receipt code, or the house. Raises CaseRefusal."""
    case = locked(case)
    require(actor is None or access.may_speak_as_filer(actor, case) or access.may_handle(actor, case))
    go(case, State.CLOSED)
    case.ended_at = timezone.now()
    case.save(update_fields=["state", "ended_at"])
    step(case, Kind.CLOSED, by=actor)
    note(actor, case, "state")
    cancel_clocks([one for one in unmet(case) if one.duty_of == "programme"], "closed")
    return case


@transaction.atomic
def reopen_case(*, actor: Person | None, case: Case, text: str = "") -> Case:
    """It is not right yet. It opens again with all that was said, and we promise an answer anew.

    Whoever decided it does not decide it again. `actor=None`: by receipt code. Raises CaseRefusal.
    """
    case = locked(case)
    require(actor is None or access.may_speak_as_filer(actor, case) or access.may_handle(actor, case))
    if case.state == State.WITHDRAWN:
        require(actor is None or access.may_withdraw(actor, case))
    was_answered = case.state != State.WITHDRAWN
    go(case, State.UNDER_REVIEW)
    case.ended_at = case.ask_again_on = None
    case.is_fixed = False if was_answered else None
    if was_answered and case.decider is not None:
        _another_decider(case)
    case.save(update_fields=["state", "ended_at", "ask_again_on", "is_fixed", "decider"])
    made = step(case, Kind.REOPENED, by=actor, text=text.strip())
    note(actor, case, "state")
    turn = case.steps.filter(kind=Kind.REOPENED).count()
    set_aside(subject=SUBJECT, subject_id=str(case.public_id), event=Event.GRIEVANCE_RESOLVED, turn=turn)
    happened(case, Event.GRIEVANCE_FILED, made.at, key=str(made.pk), starts=_answer_rules(case))
    give_to_handler(case)
    tell_desk(case, besides=actor)
    return case


def _another_decider(case: Case) -> None:
    """A second look is another person's (42 CFR 438.406(b)(2)(i))."""
    if case.decider is not None:
        case.involved.get_or_create(person=case.decider.person, why="earlier")
    case.decider = None


def _answer_rules(case: Case) -> set[str]:
    rules = case.program.profile.rules(on=case.program.today()).values()
    return {
        one.id for one in rules if one.trigger == Event.GRIEVANCE_FILED and one.satisfied_by == Event.GRIEVANCE_RESOLVED
    }


@transaction.atomic
def say_fixed(*, actor: Person | None, case: Case, is_fixed: bool, text: str = "") -> Case:
    """Weeks later: is it really fixed? A "yes" closes it; a "no" opens it again. `actor=None`: by receipt code."""
    case = locked(case)
    require(actor is None or access.may_speak_as_filer(actor, case))
    if case.state not in {State.RESOLVED, State.CLOSED}:
        raise CaseRefusal("not_now")
    case.is_fixed, case.ask_again_on = is_fixed, None
    case.save(update_fields=["is_fixed", "ask_again_on"])
    step(case, Kind.FIXED, by=actor, text=text.strip(), is_fixed=is_fixed)
    note(actor, case, "is_fixed")
    if not is_fixed:
        return reopen_case(actor=actor, case=case, text=text)
    return close_case(actor=actor, case=case) if case.state not in OVER else case


def ask_again_due() -> int:
    """What the worker calls: on its day each answered case is asked about, once; gives how many were."""
    due = (
        Case.objects.filter(ask_again_on__lte=timezone.now().date()).select_related("program").order_by("pk")[:AT_ONCE]
    )
    return one_by_one([case for case in due if _is_day(case)], _ask, "A case could not be asked about")


def _is_day(case: Case) -> bool:
    return case.ask_again_on is not None and case.ask_again_on <= case.program.today()


@transaction.atomic
def _ask(case: Case) -> bool:
    """Claimed by a conditional update: any number of workers ask once."""
    seen, case = case.ask_again_on, locked(case)
    if not Case.objects.filter(pk=case.pk, ask_again_on=seen).update(ask_again_on=None):
        return False
    if case.state not in {State.RESOLVED, State.CLOSED} or case.is_fixed is not None:
        return False
    step(case, CaseStep.Kind.FIXED, asked=True)
    tell(case, access.told_of(case), Notice.Kind.CASE_FIXED)
    return True
