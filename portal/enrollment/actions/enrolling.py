"""The first day: who answers for care from then on, and who stands beside the family before it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import excuse_clock, record_happening
from portal.clocks.models import Clock, Matter
from portal.enrollment import refusals
from portal.enrollment.actions.basis import check_basis, lock_case, set_basis
from portal.enrollment.actions.deciding import FARTHEST, check_next
from portal.enrollment.models import CASE, Decision, Enrollment, joining_of, today_of, zone_of
from portal.families.actions import assign
from portal.families.models import AccessBasis, Family, Member, StaffAssignment
from portal.programs.models import StaffRole
from portal.programs.schema import Rule
from portal.programs.vocabulary import Event

SHORTER = "shorter_lead_with_reason"


@transaction.atomic
def enroll(
    *,
    actor: Person,
    family: Family,
    youth: Member,
    care_manager: StaffRole,
    enrolled_on: dt.date,
    next_on: dt.date | None,
    lead_reason: str = "",
    override_reason: str = "",
    access_basis: AccessBasis = AccessBasis.PARENT,
) -> Enrollment:
    """Set the first day. From that day on the programme answers for care; its clocks count from it.

    A case that rested on the young person's own word before goes on so. Where agencies decide together, they have; the care
    manager is there before the day; a shorter time than the rule's to get to know the family needs a reason. Raises
    AlreadyOpen, NotTheLawHere, NotDecidedYet, BeforeTheDecision, CareManagerFirst, LeadReasonMissing, DateMissing, DateBehind,
    DateTooFar; and NotTrained, where a reason to begin without training lacks.
    """
    require(access.may_keep(actor, family))
    require(youth.family_id == family.pk and youth.role == Member.Role.YOUTH and youth.left_at is None)
    require(access.care_managers(family).filter(pk=care_manager.pk).exists())
    check_basis(youth, access_basis)
    # The case before the family, as everybody holds them who writes something down in it.
    list(Decision.objects.select_for_update(of=("self",)).filter(youth=youth, about=Decision.About.JOINING))
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    if Enrollment.objects.filter(youth=youth, ended_at=None).exists():
        raise refusals.AlreadyOpen
    next_on = check_next(family, next_on)
    decision = _decision_for(family, youth)
    _check_first_day(family, decision, care_manager, enrolled_on)
    lead = _lead_rule(family) if decision is not None else None
    is_short = lead is not None and _days_before(decision, enrolled_on) < (lead.length or 0)
    if is_short and not lead_reason.strip():
        raise refusals.LeadReasonMissing
    assign(actor=actor, family=family, staff_role=care_manager, override_reason=override_reason)
    if decision is not None:
        _narrow_before(actor, decision, access_basis)
    enrollment = _create(
        actor, family, youth, access_basis, decision, care_manager, enrolled_on, next_on, lead_reason.strip()
    )
    if is_short and lead is not None:
        _excuse_lead(actor, enrollment, lead)
    return enrollment


def _create(
    actor: Person,
    family: Family,
    youth: Member,
    access_basis: AccessBasis,
    decision: Decision | None,
    care_manager: StaffRole,
    enrolled_on: dt.date,
    next_on: dt.date,
    lead_reason: str,
) -> Enrollment:
    enrollment = Enrollment(
        family=family,
        youth=youth,
        access_basis=decision.access_basis if decision is not None else AccessBasis.PARENT,
        decision=decision,
        care_manager=care_manager,
        enrolled_on=enrolled_on,
        next_review_on=next_on,
        lead_reason=lead_reason,
        created_by=actor,
    )
    if decision is not None:
        enrollment.public_id = decision.public_id
    enrollment.save()
    if decision is None and access_basis != AccessBasis.PARENT:  # before anybody is told of it
        set_basis(actor=actor, case=enrollment, access_basis=access_basis, reason="")
    record(actor=actor, verb=Entry.Verb.CREATED, subject=CASE, subject_id=enrollment.public_id, family=family)
    record_happening(
        actor=actor,
        program=family.program,
        event=Event.ENROLLED,
        at=dt.datetime.combine(enrolled_on, dt.time(), tzinfo=zone_of(family)),
        key=f"enrolled:{enrollment.public_id}",
        matter=matter_of(enrollment),
    )
    return enrollment


def _narrow_before(actor: Person, decision: Decision, chosen: AccessBasis) -> None:
    """The decision and the time inside are one case: what is said about the one narrows the other."""
    if chosen != AccessBasis.PARENT and access.NARROWER.index(chosen) >= access.NARROWER.index(
        AccessBasis(decision.access_basis)
    ):
        set_basis(actor=actor, case=lock_case(decision), access_basis=chosen, reason="")
        decision.access_basis = chosen


def matter_of(enrollment: Enrollment) -> Matter:
    return Matter(
        family=enrollment.family,
        subject=CASE,
        subject_id=str(enrollment.public_id),
        youth=enrollment.youth,
        access_basis=enrollment.access_basis,
        responsible=enrollment.care_manager,
    )


def _decision_for(family: Family, youth: Member) -> Decision | None:
    """The agencies' yes to this young person; None where the programme asks for none."""
    joining = joining_of(family)
    if joining is None or not joining.agencies:
        return None
    decided = Decision.objects.filter(
        youth=youth, about=Decision.About.JOINING, state=Decision.State.AGREED, enrolled=None
    ).order_by("-decided_at")
    decision = decided.first()
    if decision is None:
        raise refusals.NotDecidedYet
    return decision


def _check_first_day(family: Family, decision: Decision | None, care_manager: StaffRole, first_day: dt.date) -> None:
    if abs(first_day - today_of(family)) > FARTHEST:
        refusal = refusals.DateTooFar()
        refusal.field = "enrolled_on"
        raise refusal
    if decision is None:
        return
    if first_day < _decided_on(decision):
        raise refusals.BeforeTheDecision
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(timezone.now()), family=family, staff_role=care_manager
    ).first()
    since = beside.started_at if beside is not None else timezone.now()
    if since.astimezone(zone_of(family)).date() >= first_day:
        raise refusals.CareManagerFirst


def _decided_on(decision: Decision) -> dt.date:
    return (decision.decided_at or timezone.now()).astimezone(zone_of(decision.family)).date()


def _days_before(decision: Decision | None, first_day: dt.date) -> int:
    return (first_day - _decided_on(decision)).days if decision is not None else 0


def _lead_rule(family: Family) -> Rule | None:
    """The time the profile gives to get to know each other before the first day."""
    rules = family.program.profile.rules(on=today_of(family)).values()
    return next(
        (one for one in rules if one.trigger == Event.INTERAGENCY_DECIDED and one.anchor == Event.ENROLLED), None
    )


def _excuse_lead(actor: Person, enrollment: Enrollment, lead: Rule) -> None:
    clock = clocks_of_case(enrollment).filter(rule_id=lead.id).first()
    if clock is not None and clock.is_unmet and SHORTER in lead.exceptions:
        excuse_clock(actor=None, clock=clock, exception=SHORTER, reason=enrollment.lead_reason)


def clocks_of_case(enrollment: Enrollment) -> QuerySet[Clock]:
    return Clock.objects.filter(
        program=enrollment.family.program_id, subject=CASE, subject_id=str(enrollment.public_id)
    ).order_by("pk")


def term_of(enrollment: Enrollment) -> Clock | None:
    """The clock that says how long the time in the programme is; None where the programme sets no length."""
    return clocks_of_case(enrollment).filter(satisfied_by=Event.ENROLLMENT_ENDED).first()


def locked(enrollment: Enrollment) -> Enrollment:
    """The row as it is now, held to the end of the transaction. Raises AlreadyEnded."""
    found = Enrollment.objects.select_for_update(of=("self",)).select_related(
        *("family__program", "youth__person", "youth__family__program", "care_manager__person"),
    )
    now = found.get(pk=enrollment.pk)
    if not now.is_open:
        raise refusals.AlreadyEnded
    return now
