"""What follows from what happened to a clock of a case: called by portal/consequences.py, in the clock's own transaction.

Nobody but who told us, who handles and who decides hears of it. A missed date of the law that opens a right is written
down as a decision against the family the same day (42 CFR 438.400(b)(5)); a missed promise of ours goes one step up, to somebody
who may know of it, else outside.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from portal.access import grievances as access
from portal.clocks.models import Clock, ClockEvent
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from rights_grievances.actions import adverse
from rights_grievances.actions.appeals import exhaust
from rights_grievances.actions.common import Kind, go_outside, locked, step, tell, tell_desk, tell_filer
from rights_grievances.actions.going_on import last_day_passed
from rights_grievances.models import Case

STILL_OWED = (Clock.State.OPEN, Clock.State.PAUSED, Clock.State.MISSED)
MOVED = frozenset({ClockEvent.Kind.RECOMPUTED, ClockEvent.Kind.PAUSED, ClockEvent.Kind.RESUMED})


def hold_case_of(clock: Clock) -> None:
    """Before its clock is claimed: what follows from it may be written on the case, its appeal and its family's clocks."""
    _case_of(clock)


def hold_cases(public_ids: Collection[str]) -> None:
    """Before clocks of many are moved, whose next dates stand in them."""
    list(Case.objects.select_for_update(no_key=True).filter(public_id__in=public_ids).order_by("pk"))


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
        adverse.last_day_near(clock)
        return
    if clock.is_theirs:
        tell_filer(case)
    else:
        tell_desk(case)


@transaction.atomic
def _missed(clock: Clock) -> None:
    case = _case_of(clock)
    if case is None:
        return
    if clock.is_theirs:
        if clock.satisfied_by == Event.CONTINUATION_REQUESTED:
            last_day_passed(case, clock)
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
        notice = adverse.notice_of_delay(case=case, at=timezone.now()) if opens == "appeal" else None
    step(
        case,
        Kind.LEGAL_MISSED,
        clock=str(clock.public_id),
        rule=clock.rule_id,
        opens=opens,
        notice=str(notice.public_id) if notice is not None else "",
    )
    if opens == "fair_hearing":
        exhaust(case=case)
    tell_desk(case)
