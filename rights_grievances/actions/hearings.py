"""The state's fair hearing after the plan's answer, or after its silence: asked for, decided, and what follows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.actions import pause_clock, resume_clock, start_clock
from portal.clocks.models import Clock
from portal.clocks.refusals import AlreadyOver
from portal.programs.vocabulary import Event
from rights_grievances import plans
from rights_grievances.actions.common import (
    Kind,
    cancel_clocks,
    check_moment,
    happened,
    matter_of,
    note,
    step,
    tell_desk,
    tell_filer,
    unmet,
)
from rights_grievances.actions.going_on import ask_continuing, end_continuing, locked_appeal
from rights_grievances.continuation import Stop
from rights_grievances.models import Appeal, Case
from rights_grievances.refusals import CaseRefusal

Hearing, Result = Appeal.Hearing, Appeal.Result
NOT_ASKED_YET = "family_had_not_asked_yet"  # 42 CFR 431.244(f): days the family took do not count against the state


def may_request(case: Case, appeal: Appeal) -> bool:
    """After an answer that is not wholly for the family, or none in time; not where no plan is bound."""
    if not case.plan or case.state == Case.State.WITHDRAWN or appeal.hearing != Hearing.NONE:
        return False
    return appeal.is_exhausted_by_delay or appeal.result in {Result.UPHELD, Result.PARTLY}


def last_day(case: Case) -> Clock | None:
    """Until when it may be asked for: from the date on the plan's answer, as many days as the programme says."""
    found = access.clocks_of(case).filter(satisfied_by=Event.HEARING_REQUESTED)
    return found.exclude(state=Clock.State.CANCELLED).last()


@transaction.atomic
def request_hearing(
    *,
    actor: Person,
    case: Case,
    at: dt.datetime | None = None,
    way: str = "",
    text: str = "",
    wants_continuing: bool = False,
) -> Appeal:
    """The family asked the state for a hearing. After the last day, too: the state says whether it takes it. Raises CaseRefusal."""
    require(access.may_speak_as_filer(actor, case) or access.may_handle(actor, case))
    case, appeal = locked_appeal(case)
    if not may_request(case, appeal):
        raise CaseRefusal("not_now")
    moment = check_moment(case, at or timezone.now())
    last = last_day(case)
    is_late = last is not None and last.ends_at is not None and moment >= last.ends_at
    appeal.hearing, appeal.hearing_requested_at = Hearing.REQUESTED, moment
    appeal.save(update_fields=["hearing", "hearing_requested_at"])
    step(case, Kind.HEARING_ASKED, at=moment, by=actor, text=text.strip(), way=way, late=is_late)
    note(actor, case, "hearing")
    happened(case, Event.HEARING_REQUESTED, moment)
    _start_decision(case, appeal, moment)
    tell_desk(case, besides=actor)
    if wants_continuing:
        ask_continuing(actor=actor, case=case, at=moment)
        appeal.refresh_from_db()
    return appeal


def _start_decision(case: Case, appeal: Appeal, asked_at: dt.datetime) -> None:
    """The state's own time runs from the appeal, and stands still while the family had not asked yet."""
    rules = plans.rules_of(case, asked_at.astimezone(case.program.zone).date()).values()
    rule = next((one for one in rules if one.satisfied_by == Event.HEARING_DECIDED), None)
    if rule is None or case.received_by_plan_at is None:
        return
    cancel_clocks(unmet(case, Event.HEARING_DECIDED), "counted anew")
    clock = start_clock(
        actor=None,
        program=case.program,
        rule_id=rule.id,
        started_at=case.received_by_plan_at,
        trigger_key=f"case:{case.public_id}:hearing",
        matter=matter_of(case),
    )
    if case.resolved_at is None or NOT_ASKED_YET not in rule.pause or asked_at <= case.resolved_at:
        return
    try:
        clock = pause_clock(actor=None, clock=clock, reason=NOT_ASKED_YET, at=case.resolved_at)
        resume_clock(actor=None, clock=clock, at=asked_at)
    except AlreadyOver:  # the plan's answer came after the state's time was over
        return


@transaction.atomic
def record_hearing(
    *, actor: Person, case: Case, result: str, decided_at: dt.datetime | None = None, text: str = ""
) -> Appeal:
    """What the state decided, or that the family took it back. Raises CaseRefusal."""
    is_back = result == Hearing.WITHDRAWN
    require(access.may_handle(actor, case) or (is_back and access.may_speak_as_filer(actor, case)))
    case, appeal = locked_appeal(case)
    if appeal.hearing != Hearing.REQUESTED:
        raise CaseRefusal("not_now")
    if result not in {Hearing.WON, Hearing.LOST, Hearing.WITHDRAWN}:
        raise CaseRefusal("outcome_missing", field="result")
    moment = check_moment(case, decided_at or timezone.now(), since=appeal.hearing_requested_at)
    appeal.hearing, appeal.hearing_decided_at = result, moment
    if result == Hearing.WON:
        appeal.reversal_received_at, appeal.carried_out_at = moment, None
    appeal.save()
    step(case, Kind.HEARING_DECIDED, at=moment, by=actor, text=text.strip(), result=result)
    note(actor, case, "hearing")
    happened(case, Event.HEARING_DECIDED, moment)
    if result == Hearing.WON:
        happened(case, Event.REVERSAL_RECEIVED, moment, key="hearing")
    else:
        end_continuing(case=case, why=Stop.WITHDRAWN if is_back else Stop.HEARING_LOST, at=moment)
    tell_filer(case)
    return appeal
