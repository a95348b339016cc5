"""What follows from what happened to a clock of a case: called by portal/consequences.py, in the clock's own transaction.

Nobody but who told us, who handles and who decides hears of it. A missed date of the law that opens a right is written
down as a decision against the family the same day (42 CFR 438.400(b)(5)); a missed promise of ours goes one step up, to somebody
who may know of it, else outside.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from portal.access import grievances as access
from portal.clocks.models import Clock, ClockEvent
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from rights_grievances.actions.common import Kind, go_outside, happened, locked, step, tell, tell_desk, tell_filer
from rights_grievances.models import AdverseNotice, Appeal, Case

STILL_OWED = (Clock.State.OPEN, Clock.State.PAUSED, Clock.State.MISSED)
MOVED = frozenset({ClockEvent.Kind.RECOMPUTED, ClockEvent.Kind.PAUSED, ClockEvent.Kind.RESUMED})


def clock_fired(clock: Clock, event: ClockEvent) -> None:
    """Say what has to be said of it; most of what happens to a clock is said by the step that made it happen."""
    _keep_next(clock)
    if event.kind == ClockEvent.Kind.MISSED:
        _missed(clock)
    elif event.kind == ClockEvent.Kind.NEAR:
        _near(clock)
    elif event.kind in MOVED and event.old_due_at is not None and event.old_due_at != event.new_due_at:
        _moved(clock)


def _keep_next(clock: Clock) -> None:
    """What is due next stands in the case itself: a desk of thousands is sorted by it."""
    owed = Clock.objects.filter(program=clock.program_id, subject=clock.subject, subject_id=clock.subject_id)
    owed = owed.filter(state__in=STILL_OWED).exclude(duty_of="family")
    Case.objects.filter(public_id=clock.subject_id).update(next_due_at=owed.aggregate(first=Min("due_at"))["first"])


def _case_of(clock: Clock) -> Case | None:
    case = Case.objects.filter(public_id=clock.subject_id).first()
    return locked(case) if case is not None else None


def _moved(clock: Clock) -> None:
    if (case := _case_of(clock)) is not None:
        tell_filer(case)
        tell_desk(case)


def _near(clock: Clock) -> None:
    case = _case_of(clock)
    if case is None:
        return
    if clock.is_theirs:
        tell_filer(case)
    else:
        tell_desk(case)


@transaction.atomic
def _missed(clock: Clock) -> None:
    case = _case_of(clock)
    if case is None or clock.is_theirs:
        return
    if clock.satisfied_by == Event.CASE_RECEIPT_CONFIRMED:
        step(case, Kind.UNCONFIRMED, clock=str(clock.public_id))
        _escalate(case)
    elif clock.duty_of == "programme":
        _promise_missed(case, clock)
    else:
        _legal_missed(case, clock)
    tell_filer(case)


def _promise_missed(case: Case, clock: Clock) -> None:
    case.promise_missed_at = case.promise_missed_at or timezone.now()
    case.save(update_fields=["promise_missed_at"])
    step(case, Kind.PROMISE_MISSED, clock=str(clock.public_id), rule=clock.rule_id)
    _escalate(case)


def _escalate(case: Case) -> None:
    """To the desk and to who leads the programme, where they may know of it. A lead who is told of a number reads no case."""
    tell_desk(case)
    leads = access.eligible_leads(case)
    tell(case, [role.person for role in leads], Notice.Kind.CASE_LATE)
    if not leads and not case.is_outside:
        go_outside(case)


def _legal_missed(case: Case, clock: Clock) -> None:
    """The delay is a decision against them, where the rule says so; elsewhere it is late, and both sides read that."""
    opens = clock.rule.if_missed or ""
    notice = None
    if opens:
        case.legal_missed_at = case.legal_missed_at or timezone.now()
        case.save(update_fields=["legal_missed_at"])
        notice = _delay(case, clock)
    step(
        case,
        Kind.LEGAL_MISSED,
        clock=str(clock.public_id),
        rule=clock.rule_id,
        opens=opens,
        notice=str(notice.public_id) if notice is not None else "",
    )
    if opens == "fair_hearing":
        Appeal.objects.filter(case=case).update(is_exhausted_by_delay=True)
    tell_desk(case)


def _delay(case: Case, clock: Clock) -> AdverseNotice | None:
    """Known only where it is known whom it is about; the right itself is said on the page whoever told us."""
    youth = case.youth
    if case.family is None or youth is None:
        return None
    made, is_new = AdverseNotice.objects.get_or_create(
        case=case,
        told=AdverseNotice.Told.DELAY,
        dated_on=case.program.today(),
        defaults={
            "program": case.program,
            "family": case.family,
            "youth": youth,
            "plan": case.plan,
            "what": AdverseNotice.What.LATE_ANSWER,
            "service_code": case.services[0] if case.services else "",
            "reason": clock.rule.plain,
            "is_clinical": case.is_clinical,
        },
    )
    if is_new and clock.rule.if_missed == "appeal":
        happened(case, Event.ADVERSE_NOTICE_DATED, timezone.now(), key=str(made.public_id))
    return made
