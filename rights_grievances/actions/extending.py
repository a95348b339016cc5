"""More time for an answer: once, before its last day, and never without what the law wants said (42 CFR 438.408(c))."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks import refusals as clock_refusals
from portal.clocks.actions import extend_clock
from portal.clocks.models import Clock
from portal.programs.vocabulary import Event
from rights_grievances.actions.common import Kind, go, happened, locked, note, require_open, step, tell_filer, unmet
from rights_grievances.models import Case, Letter
from rights_grievances.refusals import CaseRefusal


@transaction.atomic
def extend_case(*, actor: Person, case: Case, reason: str) -> Case:
    """It takes longer: for a reason that is given, after an effort to say so by voice, and with the letter that says it sent.

    Only the clocks of a rule that allows it move; our own promise does not. Raises CaseRefusal.
    """
    case = locked(case)
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    require_open(case)
    clocks = _longer(case)
    if case.state == Case.State.EXTENDED or case.steps.filter(kind=Kind.EXTENDED).exists():
        raise CaseRefusal("only_once")
    if not clocks:
        raise CaseRefusal("no_extension")
    if not reason.strip():
        raise CaseRefusal("reason_missing")
    if not case.steps.filter(kind=Kind.ORAL_TRY).exists():
        raise CaseRefusal("try_first")
    letter = Letter.objects.filter(case=case, kind=Letter.Kind.EXTENSION, sent_at__isnull=False).order_by("-pk").first()
    if letter is None:
        raise CaseRefusal("letter_first")
    go(case, Case.State.EXTENDED)
    case.save(update_fields=["state"])
    now = timezone.now()
    for clock in clocks:
        _extend(clock, reason.strip())
    step(case, Kind.EXTENDED, by=actor, text=reason.strip(), letter=str(letter.public_id))
    note(actor, case, "state")
    happened(case, Event.EXTENSION_DECIDED, now)
    happened(case, Event.EXTENSION_NOTICE_SENT, now)
    tell_filer(case)
    return case


def _longer(case: Case) -> list[Clock]:
    """Its running clocks of the law that a rule lets run longer."""
    ends = unmet(case, Event.GRIEVANCE_RESOLVED, Event.APPEAL_RESOLVED)
    return [clock for clock in ends if clock.rule.extension is not None and clock.duty_of != "programme"]


def _extend(clock: Clock, reason: str) -> None:
    try:
        extend_clock(actor=None, clock=clock, reason=reason)
    except clock_refusals.AlreadyExtended as refused:
        raise CaseRefusal("only_once") from refused
    except clock_refusals.AlreadyOver as refused:
        raise CaseRefusal("too_late_for_more") from refused
