"""What is done with a case until it is answered: sorted, sent on, acknowledged, given to somebody, given more time, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portal.access import grievances as access
from portal.access import independence, require
from portal.accounts.models import Person
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event
from rights_grievances import codes, plans
from rights_grievances.actions.common import (
    Kind,
    cancel_clocks,
    check_moment,
    go,
    go_outside,
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
from rights_grievances.actions.filing import Named, give_to_handler, name_against, raise_worry
from rights_grievances.actions.going_on import end_continuing
from rights_grievances.continuation import Stop
from rights_grievances.models import Appeal, Case, CaseStep
from rights_grievances.refusals import CaseRefusal
from rights_grievances.states import is_behind

State = Case.State
RESOLVES = (Event.GRIEVANCE_RESOLVED, Event.APPEAL_RESOLVED)
ACKNOWLEDGES = (Event.GRIEVANCE_ACKNOWLEDGED, Event.APPEAL_ACKNOWLEDGED)


@transaction.atomic
def sort_case(
    *,
    actor: Person,
    case: Case,
    kind: str,
    reasons: Sequence[str] = (),
    services: Sequence[str] = (),
    is_clinical: bool = False,
    mark: str = "",
    plan: str | None = None,
) -> Case:
    """Say what it is and what it is about; nothing is dropped by it, and its dates run on from where they began.

    `mark` is a word of staff about it; `plan` the body that the law binds, blank for none, as long as it was not sent on.
    Raises CaseRefusal.
    """
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    if kind not in set(Case.Kind) - {Case.Kind.UNSORTED} or not set(reasons) <= set(codes.REASONS):
        raise CaseRefusal("unknown_code")
    if not set(services) <= set(codes.SERVICES):
        raise CaseRefusal("unknown_code")
    was = case.kind
    _set_plan(case, plan)
    case.kind, case.reasons, case.services = kind, sorted(set(reasons)), sorted(set(services))
    case.is_clinical = is_clinical
    case.save(update_fields=["kind", "reasons", "services", "is_clinical", "plan"])
    step(
        case,
        Kind.SORTED,
        by=actor,
        sorted_as=kind,
        reasons=case.reasons,
        services=case.services,
        is_clinical=is_clinical,
    )
    if mark.strip():
        step(case, Kind.NOTE, by=actor, text=mark.strip(), for_staff=True)
    note(actor, case, "kind", "reasons", "services", "is_clinical")
    if kind != was:
        _became(case, was)
    _check_decider(case)
    return case


def _set_plan(case: Case, plan: str | None) -> None:
    if plan is None or plan == case.plan:
        return
    if plan and plan not in case.program.profile.plans:
        raise CaseRefusal("no_such_plan")
    if case.received_by_plan_at is not None:
        raise CaseRefusal("already_received")
    case.plan = plan


def _became(case: Case, was: str) -> None:
    """An oral or written wish to appeal is an appeal from the moment it was told (42 CFR 438.402(c)(3)(ii))."""
    if case.kind == Case.Kind.APPEAL:
        Appeal.objects.get_or_create(case=case)
    if case.kind == Case.Kind.SAFETY:
        raise_worry(case, is_crisis=False, kinds=["unsafe"])
    if case.received_by_plan_at is not None and Case.Kind.APPEAL in {case.kind, was}:
        plans_own = [clock for clock in unmet(case, *RESOLVES, *ACKNOWLEDGES) if clock.duty_of != "programme"]
        cancel_clocks(plans_own, "sorted anew")
        _start_legal(case, case.received_by_plan_at)
    tell_filer(case)


def _check_decider(case: Case) -> None:
    """Who was chosen and may no longer decide it, is no longer the one who does."""
    if case.decider is not None and case.decider not in access.eligible_deciders(case):
        case.decider = None
        case.save(update_fields=["decider"])
        tell_desk(case)


# -- the plan ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def forward_case(*, actor: Person, case: Case, plan: str = "", at: dt.datetime | None = None) -> Case:
    """Sent on to the body that the law binds. From then on it is watched whether it says that it has it. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    _set_plan(case, plan or None)
    if not case.plan:
        raise CaseRefusal("no_plan")
    if case.received_by_plan_at is not None:
        raise CaseRefusal("already_received")
    case.forwarded_at = check_moment(case, at or timezone.now())
    case.save(update_fields=["forwarded_at", "plan"])
    step(case, Kind.FORWARDED, at=case.forwarded_at, by=actor, plan=case.plan)
    note(actor, case, "plan", "forwarded_at")
    happened(case, Event.CASE_FORWARDED, case.forwarded_at, key=str(case.steps.filter(kind=Kind.FORWARDED).count()))
    tell_filer(case)
    return case


@transaction.atomic
def confirm_receipt(*, actor: Person, case: Case, at: dt.datetime | None = None) -> Case:
    """The plan has it since then: the clocks of the law start there, by the rules it states and no others. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    if not case.plan:
        raise CaseRefusal("no_plan")
    if case.received_by_plan_at is not None:
        raise CaseRefusal("already_received")
    case.received_by_plan_at = check_moment(case, at or timezone.now())
    case.save(update_fields=["received_by_plan_at"])
    if is_behind(case.state, State.RECEIVED):
        go(case, State.RECEIVED)
        case.save(update_fields=["state"])
    step(case, Kind.RECEIVED, at=case.received_by_plan_at, by=actor, plan=case.plan)
    note(actor, case, "received_by_plan_at")
    happened(case, Event.CASE_RECEIPT_CONFIRMED, case.received_by_plan_at)
    _start_legal(case, case.received_by_plan_at)
    tell_filer(case)
    return case


def _start_legal(case: Case, at: dt.datetime) -> None:
    """What one receipt starts: of an appeal the rule of its speed alone, of anything else those of a complaint."""
    key = case.kind if case.kind == Case.Kind.APPEAL else ""
    if case.kind != Case.Kind.APPEAL:
        happened(case, Event.COMPLAINT_RECEIVED, at, key=key)
        happened(case, Event.GRIEVANCE_RECEIVED_BY_PLAN, at, key=key)
        return
    appeal, _made = Appeal.objects.get_or_create(case=case)
    starts = plans.starts_for(case, is_fast=appeal.speed == Appeal.Speed.GRANTED)
    if appeal.speed == Appeal.Speed.ASKED:  # until somebody has said how fast it goes, both run
        starts |= plans.starts_for(case, is_fast=True)
    happened(case, Event.APPEAL_RECEIVED_BY_PLAN, at, key=key, starts=starts)


@transaction.atomic
def acknowledge_case(*, actor: Person, case: Case, at: dt.datetime | None = None, text: str = "") -> Case:
    """Who told us was told that we have it; again once the plan has it and owes the same. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    if not is_behind(case.state, State.ACKNOWLEDGED) and not unmet(case, *ACKNOWLEDGES):
        raise CaseRefusal("already_acknowledged")
    moment = check_moment(case, at or timezone.now())
    if is_behind(case.state, State.ACKNOWLEDGED):
        go(case, State.ACKNOWLEDGED)
        case.save(update_fields=["state"])
    made = step(case, Kind.ACKNOWLEDGED, at=moment, by=actor, text=text.strip())
    note(actor, case, "state")
    happened(case, Event.GRIEVANCE_ACKNOWLEDGED, moment, key=str(made.pk))
    if case.kind == Case.Kind.APPEAL:
        happened(case, Event.APPEAL_ACKNOWLEDGED, moment, key=str(made.pk))
    tell_filer(case)
    return case


# -- who decides -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def assign_decider(*, actor: Person, case: Case, staff_role: StaffRole | None = None) -> Case:
    """Give it to somebody who may decide it. Where nobody may, it goes outside, whoever was asked for. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    able = access.eligible_deciders(case)
    if not able:
        _outside(actor, case, "")
        return case
    if staff_role is None or staff_role not in able:
        raise CaseRefusal("not_independent")
    case.decider, case.is_outside = staff_role, False
    if is_behind(case.state, State.UNDER_REVIEW):
        go(case, State.UNDER_REVIEW)
    case.save(update_fields=["decider", "is_outside", "state"])
    step(case, Kind.ASSIGNED, by=actor, role=str(staff_role.public_id))
    note(actor, case, "decider")
    tell_desk(case, besides=actor)
    tell_filer(case)
    return case


@transaction.atomic
def put_outside(*, actor: Person, case: Case, to: str = "") -> Case:
    """Nobody here may decide it: it goes to the plan, the hearing office or the state. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    if access.eligible_deciders(case):
        raise CaseRefusal("somebody_is_there")
    _outside(actor, case, to)
    return case


def _outside(actor: Person, case: Case, to: str) -> None:
    if to and plans.organization(case, to) is None:
        raise CaseRefusal("where_missing")
    if to in independence.named_houses(case):
        raise CaseRefusal("not_independent", field="to")
    if case.is_outside and not to:
        return
    if is_behind(case.state, State.UNDER_REVIEW):
        go(case, State.UNDER_REVIEW)
        case.save(update_fields=["state"])
    go_outside(case, by=actor, to=to)
    note(actor, case, "is_outside")


@transaction.atomic
def add_named(*, actor: Person, case: Case, named: Named) -> Case:
    """It turned out whom it is against: from now on they and theirs see nothing of it, also if it was theirs to handle."""
    case = locked(case)
    require(access.may_handle(actor, case))
    name_against(case, named)
    note(actor, case, "against")
    _check_decider(case)
    give_to_handler(case)
    notices.forget_all(people=independence.shut_out(case), pages=[], abouts=[], beginnings=[case.told_as])
    return case


# -- words, tries, notes -----------------------------------------------------------------------------------------------------


@transaction.atomic
def add_words(*, actor: Person | None, case: Case, text: str) -> CaseStep:
    """More, in their own words, at any time before it is over; all of it is looked at. `actor=None`: by receipt code."""
    case = locked(case)
    require(actor is None or access.may_add_words(actor, case))
    if case.state in {State.CLOSED, State.WITHDRAWN}:
        raise CaseRefusal("over")
    if not text.strip():
        raise CaseRefusal("empty", field="text")
    made = step(case, Kind.SUBMITTED, by=actor, text=text)
    note(actor, case, "words")
    tell_desk(case, besides=actor)
    return made


@transaction.atomic
def take_note(
    *, actor: Person, case: Case, text: str, is_review: bool = False, is_looked_into: bool = False
) -> CaseStep:
    """A note among staff; or a review, which the record of the law wants with its date (42 CFR 438.416(b)(3)).

    `is_looked_into`: with it all of it has been looked into, which some rules give a date of its own.
    """
    case = locked(case)
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    if not text.strip():
        raise CaseRefusal("empty", field="text")
    made = step(case, Kind.REVIEW if is_review else Kind.NOTE, by=actor, text=text.strip(), for_staff=not is_review)
    note(actor, case, "note")
    if is_review and is_looked_into:
        happened(case, Event.GRIEVANCE_INVESTIGATED, made.at, key=str(made.pk))
    return made


@transaction.atomic
def note_try(
    *, actor: Person, case: Case, at: dt.datetime | None = None, reached: bool = False, text: str = ""
) -> CaseStep:
    """That somebody tried to tell them by voice, and whether they were reached. Raises CaseRefusal."""
    case = locked(case)
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    require_open(case)
    moment = check_moment(case, at or timezone.now())
    made = step(case, Kind.ORAL_TRY, at=moment, by=actor, text=text.strip(), reached=reached)
    note(actor, case, "oral_try")
    return made


@transaction.atomic
def give_consent(*, actor: Person | None, case: Case, given: bool, text: str = "") -> Case:
    """The family says whether somebody may speak for it here: its own people, or a coordinator who has it in writing.

    A "no" closes nothing by itself: what was told stays told, and who spoke reads no answer. Raises CaseRefusal.
    """
    case = locked(case)
    require(actor is None or access.may_consent(actor, case) or access.may_handle(actor, case))
    if case.consent == Case.Consent.NOT_NEEDED:
        raise CaseRefusal("not_asked")
    case.consent = Case.Consent.GIVEN if given else Case.Consent.REFUSED
    case.save(update_fields=["consent"])
    step(case, Kind.CONSENT, by=actor, text=text.strip(), given=given)
    note(actor, case, "consent")
    tell_desk(case, besides=actor)
    return case


# -- taken back, handed on ---------------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_case(*, actor: Person | None, case: Case, text: str = "", was_pressed: bool) -> Case:
    """Who told us takes it back, and nobody else does. Where somebody pressed for it, it stays open and we ask how they are.

    `actor=None`: by receipt code. Raises CaseRefusal.
    """
    case = locked(case)
    require(actor is None or access.may_withdraw(actor, case))
    require_open(case)
    if was_pressed:
        step(case, Kind.WITHDRAWAL_DOUBTED, by=actor, text=text.strip())
        note(actor, case, "withdrawal")
        tell_desk(case, besides=actor)
        return case
    go(case, State.WITHDRAWN)
    case.ended_at = timezone.now()
    case.save(update_fields=["state", "ended_at"])
    step(case, Kind.WITHDRAWN, by=actor, text=text.strip())
    end_continuing(case=case, why=Stop.WITHDRAWN)
    note(actor, case, "state")
    cancel_clocks(unmet(case), "taken back")
    tell_desk(case, besides=actor)
    tell(case, [one for one in access.told_of(case) if one != actor], Notice.Kind.CASE)
    return case


@transaction.atomic
def refer_case(*, actor: Person, case: Case, to: str, text: str = "") -> Case:
    """Somebody else can answer it: it is handed over and its dates run on, since a family waits for one answer, not for a desk."""
    case = locked(case)
    require(access.may_handle(actor, case))
    require_open(case)
    if not to.strip():
        raise CaseRefusal("where_missing")
    go(case, State.REFERRED)
    case.save(update_fields=["state"])
    step(case, Kind.REFERRED, by=actor, text=text.strip(), to=to.strip())
    note(actor, case, "state")
    tell_filer(case)
    return case
