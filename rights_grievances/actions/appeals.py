"""An appeal: the plan looks again at its decision, fast where waiting could do harm, and never without what the law wants.

A provider's word makes it fast; who asked and is refused goes on in the usual time, is told by voice and in writing, and may
complain about it (42 CFR 438.410). Until somebody has decided how fast it goes, both clocks run: a request nobody answers costs the
family nothing.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import appeals as letters_access
from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.actions import hold
from portal.clocks.models import Clock
from portal.programs.vocabulary import Event
from rights_grievances import plans
from rights_grievances.actions import adverse
from rights_grievances.actions.common import (
    Kind,
    answered,
    cancel_clocks,
    check_moment,
    happened,
    involve,
    locked,
    note,
    require_open,
    step,
    tell_desk,
    tell_filer,
    unmet,
)
from rights_grievances.actions.filing import file_case
from rights_grievances.actions.going_on import ask_continuing, locked_appeal
from rights_grievances.actions.handling import note_try, sort_case
from rights_grievances.actions.resolving import resolve_case
from rights_grievances.models import AdverseNotice, Appeal, Case, Involved
from rights_grievances.plans import EXPEDITED_UNIT
from rights_grievances.refusals import CaseRefusal

Speed, Result = Appeal.Speed, Appeal.Result
OUTCOMES = {
    Result.UPHELD: Case.Outcome.NOT_AGREED,
    Result.PARTLY: Case.Outcome.PARTLY,
    Result.OVERTURNED: Case.Outcome.AGREED,
}


# -- asking ------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def file_appeal(
    *,
    actor: Person,
    notice: AdverseNotice,
    words: str = "",
    way: str = Case.Way.PAGE,
    at: dt.datetime | None = None,
    speaker: Person | None = None,
    wants_fast: bool = False,
    is_backed_by_provider: bool = False,
    wants_continuing: bool = False,
    is_own_matter: bool = False,
) -> Case:
    """Ask the plan to look again: a few words are enough, also by voice (42 CFR 438.402(c)(3)(ii)).

    The same letter has one appeal that is open: asked from two phones, it is one. It is taken also after its last day, and a
    person decides. `speaker`: who of the family says so, where a coordinator writes it down. Raises CaseRefusal("no_appeal")
    where no plan is bound that knows appeals.
    """
    require(letters_access.may_appeal(actor, notice))
    hold(notice.program, notice.family)
    if notice.case is not None:
        locked(notice.case)
    notice = AdverseNotice.objects.select_for_update(of=("self",)).select_related("program", "family").get(pk=notice.pk)
    if not knows_appeals(notice):
        raise CaseRefusal("no_appeal")
    who = speaker or actor
    require(letters_access.is_own(who, notice))
    known = Case.objects.filter(appeal__notice=notice, filed_by=who, state__in=Case.OPEN).first()
    if known is not None:
        return known
    case = file_case(
        program=notice.program,
        words=words.strip() or _("I do not agree with this decision. Please look at it again."),
        filed_as=_filed_as(who, notice),
        way=way,
        language=who.language,
        filed_by=who,
        family=notice.family,
        youth=notice.youth,
        is_own_matter=is_own_matter,
        at=at,
        taken_by=letters_access.coordinating_role(actor, notice) if who != actor else None,
        kind=Case.Kind.APPEAL,
        before=notice.case,
        plan=notice.plan,
    )
    _take_letter(case, notice)
    if wants_fast or is_backed_by_provider:
        ask_fast(actor=actor, case=case, is_backed_by_provider=is_backed_by_provider, at=case.filed_at)
    if wants_continuing:
        ask_continuing(actor=actor, case=case, at=case.filed_at)
    return Case.objects.get(pk=case.pk)


@transaction.atomic
def turn_into_appeal(*, actor: Person, case: Case, notice: AdverseNotice) -> Case:
    """What came as a complaint is an appeal, from the moment it was told; what ran as a complaint ends. Raises CaseRefusal."""
    require(access.may_handle(actor, case) and letters_access.visible_notices(actor).filter(pk=notice.pk).exists())
    if notice.family_id != case.family_id or not knows_appeals(notice):
        raise CaseRefusal("no_appeal")
    for one in sorted(filter(None, [case, notice.case]), key=lambda held: held.pk):
        locked(one)
    case = locked(case)
    require_open(case)
    is_clinical = case.is_clinical or notice.is_clinical
    plan = None if case.received_by_plan_at is not None else notice.plan
    if case.kind != Case.Kind.APPEAL:
        case = sort_case(
            actor=actor,
            case=case,
            kind=Case.Kind.APPEAL,
            reasons=case.reasons,
            services=case.services,
            is_clinical=is_clinical,
            plan=plan,
        )
    Appeal.objects.get_or_create(case=case)
    _take_letter(case, notice)
    return Case.objects.get(pk=case.pk)


def knows_appeals(notice: AdverseNotice) -> bool:
    """Whether a plan is bound whose rules know appeals: nothing of them is said or done elsewhere."""
    return plans.opens_appeals(Case(program=notice.program, plan=notice.plan))


def _take_letter(case: Case, notice: AdverseNotice) -> None:
    """The appeal is of that letter: who decided it decides no more, and its last day is kept or was missed."""
    appeal, _made = Appeal.objects.get_or_create(case=case)
    last = adverse.last_day(notice, Event.APPEAL_RECEIVED_BY_PLAN)
    appeal.notice = notice
    appeal.is_late = last is not None and last.ends_at is not None and case.filed_at >= last.ends_at
    appeal.save(update_fields=["notice", "is_late"])
    if notice.decided_by is not None:
        involve(case, [notice.decided_by.person], Involved.Why.EARLIER)
    case.is_clinical = case.is_clinical or notice.is_clinical
    case.services = sorted({*case.services, *filter(None, [notice.service_code])})
    case.save(update_fields=["is_clinical", "services"])
    if appeal.is_late:  # taken all the same: a person decides whether there was a good reason
        step(case, Kind.NOTE, at=case.filed_at, for_staff=True, late=True)
        tell_desk(case)
    # Who said no before the letter's own date is in time, too.
    at = max(case.filed_at, last.opens_at) if last is not None else case.filed_at
    event = Event.APPEAL_RECEIVED_BY_PLAN
    adverse.happened(notice, event, min(at, timezone.now()), is_start=False, key=str(case.public_id))
    if notice.case is not None:
        happened(notice.case, event, min(at, timezone.now()), key=f"of:{case.public_id}", starts=())


def _filed_as(who: Person, notice: AdverseNotice) -> str:
    return Case.FiledAs.YOUTH if notice.youth.person_id == who.pk else Case.FiledAs.CAREGIVER


# -- how fast ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_fast(
    *,
    actor: Person,
    case: Case,
    is_backed_by_provider: bool = False,
    text: str = "",
    at: dt.datetime | None = None,
) -> Appeal:
    """Ask to go fast, because waiting could do harm. Once; a provider's word may be brought later. Raises CaseRefusal."""
    require(access.may_speak_as_filer(actor, case) or access.may_handle(actor, case))
    case, appeal = locked_appeal(case)
    require_open(case)
    may_again = is_backed_by_provider and not appeal.is_backed_by_provider and appeal.speed != Speed.GRANTED
    if appeal.speed != Speed.STANDARD and not may_again:
        raise CaseRefusal("not_now")
    moment = check_moment(case, at or timezone.now())
    appeal.speed, appeal.speed_asked_at = Speed.ASKED, moment
    appeal.is_backed_by_provider = appeal.is_backed_by_provider or is_backed_by_provider
    appeal.save()
    step(case, Kind.EXPEDITE_ASKED, at=moment, by=actor, text=text.strip(), backed=appeal.is_backed_by_provider)
    note(actor, case, "speed")
    _run_fast(case, appeal)
    tell_desk(case, besides=actor)
    return appeal


@transaction.atomic
def grant_fast(*, actor: Person, case: Case) -> Appeal:
    """It goes fast: the clock of hours alone counts from now on. Raises CaseRefusal."""
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    case, appeal = _asked(case)
    appeal.speed = Speed.GRANTED
    appeal.save(update_fields=["speed"])
    step(case, Kind.EXPEDITE_GRANTED, by=actor, backed=appeal.is_backed_by_provider)
    note(actor, case, "speed")
    _run_fast(case, appeal)
    if clocks_of_speed(case, is_fast=True):
        cancel_clocks(clocks_of_speed(case, is_fast=False), "goes fast")
    tell_filer(case)
    return appeal


@transaction.atomic
def refuse_fast(
    *, actor: Person, case: Case, reason: str, tried_at: dt.datetime | None = None, reached: bool = False
) -> Appeal:
    """It does not go fast, and goes on in the usual time from when the plan had it.

    Never against a provider's word. With a reason, a try to say so by voice, and a letter within the days the rule gives, which
    says that they may complain about it (42 CFR 438.410(c)). Raises CaseRefusal.
    """
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    case, appeal = _asked(case)
    if appeal.is_backed_by_provider:
        raise CaseRefusal("backed")
    if not reason.strip():
        raise CaseRefusal("reason_missing")
    if tried_at is None:
        raise CaseRefusal("try_first")
    note_try(actor=actor, case=case, at=tried_at, reached=reached)
    appeal.speed = Speed.REFUSED
    appeal.save(update_fields=["speed"])
    made = step(case, Kind.EXPEDITE_REFUSED, by=actor, text=reason.strip())
    note(actor, case, "speed")
    cancel_clocks(clocks_of_speed(case, is_fast=True), "not fast")
    if case.received_by_plan_at is not None and not clocks_of_speed(case, is_fast=False):
        happened(
            case,
            Event.APPEAL_RECEIVED_BY_PLAN,
            case.received_by_plan_at,
            key=f"usual:{made.pk}",
            starts=rules_of_speed(case, is_fast=False),
        )
    happened(case, Event.EXPEDITE_REFUSED, made.at, key=str(made.pk))
    tell_filer(case)
    return appeal


def clocks_of_speed(case: Case, *, is_fast: bool) -> list[Clock]:
    """Of those by which the plan has to answer the appeal: in hours, or in days."""
    return [clock for clock in unmet(case, Event.APPEAL_RESOLVED) if (clock.unit == EXPEDITED_UNIT) == is_fast]


def rules_of_speed(case: Case, *, is_fast: bool) -> set[str]:
    """Those by which it answers, without what one receipt starts for both."""
    rules = plans.rules_of(case, case.program.today())
    return {one for one in plans.starts_for(case, is_fast=is_fast) if rules[one].satisfied_by == Event.APPEAL_RESOLVED}


def _run_fast(case: Case, appeal: Appeal) -> None:
    """Hours run from when the plan had the appeal, or from when it was asked to go fast after that."""
    received, asked = case.received_by_plan_at, appeal.speed_asked_at
    if received is None or asked is None or clocks_of_speed(case, is_fast=True):
        return
    happened(
        case,
        Event.APPEAL_RECEIVED_BY_PLAN,
        max(received, asked),
        key=f"fast:{asked.isoformat()}",
        starts=rules_of_speed(case, is_fast=True),
    )


def _asked(case: Case) -> tuple[Case, Appeal]:
    case, appeal = locked_appeal(case)
    require_open(case)
    if appeal.speed != Speed.ASKED:
        raise CaseRefusal("not_now")
    return case, appeal


# -- the answer --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def resolve_appeal(
    *,
    actor: Person,
    case: Case,
    result: str,
    answer: str,
    changed: str = "",
    dated_on: dt.date | None = None,
    sent_on: dt.date | None = None,
) -> Case:
    """Answer it. `dated_on`, `sent_on`: of the plan's own letter; where we write it, sending it says so.

    Not wholly for the family: the days to ask the state begin to run. For the family, wholly or in part: what was decided is
    carried out in hours (42 CFR 438.424(a)). Raises CaseRefusal.
    """
    case, appeal = locked_appeal(case)
    require(access.may_decide(actor, case))
    require_open(case)
    if result not in OUTCOMES:
        raise CaseRefusal("outcome_missing", field="result")
    now = timezone.now()
    _check_days(case, dated_on, sent_on)
    case = resolve_case(actor=actor, case=case, outcome=OUTCOMES[Result(result)], answer=answer, changed=changed)
    appeal.result, appeal.resolution_dated_on = result, dated_on
    if result != Result.UPHELD:
        appeal.reversal_received_at = now
    appeal.save()
    if sent_on is not None:
        answered(case, _sent(case, sent_on), key=f"letter of the plan, {sent_on}")
    if result != Result.OVERTURNED:
        answer_sent(case=case, dated_on=dated_on, sent_on=sent_on)
    if result != Result.UPHELD:
        happened(case, Event.REVERSAL_RECEIVED, now)
    return case


def answer_sent(*, case: Case, dated_on: dt.date | None, sent_on: dt.date | None) -> None:
    """The plan's own letter with its answer: the family's days run from the dates that its programme's rules name."""
    if dated_on is not None:
        happened(case, Event.RESOLUTION_NOTICE_DATED, _start(case, dated_on))
    if sent_on is not None:
        happened(case, Event.RESOLUTION_NOTICE_MAILED, _start(case, sent_on))
        happened(case, Event.RESOLUTION_NOTICE_SENT, _sent(case, sent_on))


def _sent(case: Case, on: dt.date) -> dt.datetime:
    """At noon of that day, since nobody wrote down when; today not before it happened."""
    return min(_start(case, on, dt.time(12)), timezone.now())


def _check_days(case: Case, dated_on: dt.date | None, sent_on: dt.date | None) -> None:
    for field, day in (("dated_on", dated_on), ("sent_on", sent_on)):
        if day is not None and day > case.program.today():
            raise CaseRefusal("ahead", field=field)
        if day is not None and day < case.filed_at.astimezone(case.program.zone).date():
            raise CaseRefusal("before_it_was_told", field=field)


def _start(case: Case, day: dt.date, time: dt.time = dt.time()) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=case.program.zone)


@transaction.atomic
def carry_out(*, actor: Person, case: Case, at: dt.datetime | None = None, text: str = "") -> Appeal:
    """What was won is given or approved. Raises CaseRefusal."""
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    case, appeal = locked_appeal(case)
    if appeal.reversal_received_at is None or appeal.carried_out_at is not None:
        raise CaseRefusal("not_now")
    appeal.carried_out_at = check_moment(case, at or timezone.now(), since=appeal.reversal_received_at)
    appeal.save(update_fields=["carried_out_at"])
    step(case, Kind.CARRIED_OUT, at=appeal.carried_out_at, by=actor, text=text.strip())
    note(actor, case, "carried_out")
    happened(case, Event.REVERSAL_CARRIED_OUT, appeal.carried_out_at)
    tell_filer(case)
    return appeal


@transaction.atomic
def exhaust(*, case: Case) -> bool:
    """The plan was late with the appeal: the family may go straight to the state (42 CFR 438.408(c)(3)); whether that is new.

    No last day begins: there is no letter to count from.
    """
    found = Appeal.objects.filter(case=case, is_exhausted_by_delay=False, result="")
    if not case.plan or not found.update(is_exhausted_by_delay=True):
        return False
    note(None, case, "is_exhausted_by_delay")
    return True
