"""The time inside: what was done by when, the goals, the next date, more time, and who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import objectives, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks import refusals as clock_refusals
from portal.clocks.actions import extend_clock, record_happening
from portal.clocks.models import Clock
from portal.enrollment import refusals
from portal.enrollment.actions.basis import clocks_about
from portal.enrollment.actions.deciding import check_next
from portal.enrollment.actions.ending import take_back
from portal.enrollment.actions.enrolling import locked, matter_of, term_of
from portal.enrollment.models import CASE, Decision, Enrollment, Milestone, Objective, today_of, zone_of
from portal.families.actions import put_beside
from portal.families.models import Family
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event

Kind = Milestone.Kind
Part = Milestone.Part
NOON = dt.time(12)

HAPPENED = {
    Kind.FAMILY_MET: Event.FAMILY_MET,
    Kind.ASSESSMENT: Event.ASSESSMENT_COMPLETED,
    Kind.PLAN: Event.PLAN_MADE,
    Kind.REVIEW: Event.PLAN_REVIEWED,
}
# What it has to cover to count: child and family both; a plan with the family in it, close to home, made by the team.
NEEDED: dict[str, frozenset[str]] = {
    Kind.ASSESSMENT: frozenset({Part.CHILD, Part.FAMILY}),
    Kind.PLAN: frozenset({Part.FAMILY, Part.COMMUNITY, Part.TEAM}),
}
INSIDE_ONLY = {Kind.ASSESSMENT, Kind.PLAN, Kind.REVIEW}


@transaction.atomic
def record_milestone(
    *, actor: Person, enrollment: Enrollment, kind: str, on: dt.date, parts: Collection[str] = ()
) -> Milestone:
    """Write down what was done and on which day. What covers too little stays on record and meets no date.

    The same told twice is one. Raises AlreadyEnded, DateAhead, BeforeTheFirstDay, DateTooFar.
    """
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    _check_day(enrollment, kind, on)
    covered = sorted(set(parts) & set(Part.values))
    if (known := enrollment.milestones.filter(kind=kind, on=on, parts=covered).first()) is not None:
        return known
    is_counted = NEEDED.get(kind, frozenset()) <= set(covered)
    milestone = Milestone.objects.create(
        enrollment=enrollment, kind=kind, on=on, parts=covered, is_counted=is_counted, recorded_by=actor
    )
    _note(actor, enrollment, kind)
    if is_counted:
        record_happening(
            actor=actor,
            program=enrollment.family.program,
            event=HAPPENED[Kind(kind)],
            at=moment_of(enrollment.family, on),
            key=f"milestone:{enrollment.public_id}:{milestone.pk}",
            matter=matter_of(enrollment),
        )
    return milestone


def _check_day(enrollment: Enrollment, kind: str, on: dt.date) -> None:
    if on > today_of(enrollment.family):
        raise refusals.DateAhead
    if kind in INSIDE_ONLY and on < enrollment.enrolled_on:
        raise refusals.BeforeTheFirstDay
    if on < enrollment.enrolled_on - dt.timedelta(days=366):
        raise refusals.DateTooFar


def moment_of(family: Family, on: dt.date) -> dt.datetime:
    """A day without a time of day, as a moment in it that is not still to come."""
    return min(dt.datetime.combine(on, NOON, tzinfo=zone_of(family)), timezone.now())


@transaction.atomic
def record_review(*, actor: Person, enrollment: Enrollment, on: dt.date, next_on: dt.date | None) -> Milestone:
    """The plan was looked at with the family; the next date is set in the same breath. Raises DateMissing, DateBehind."""
    milestone = record_milestone(actor=actor, enrollment=enrollment, kind=Kind.REVIEW, on=on)
    set_next_review(actor=actor, enrollment=enrollment, next_on=next_on)
    return milestone


@transaction.atomic
def set_next_review(*, actor: Person, enrollment: Enrollment, next_on: dt.date | None) -> None:
    """Raises DateMissing, DateBehind, DateTooFar: a case without a next date is an error."""
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    enrollment.next_review_on = check_next(enrollment.family, next_on)
    enrollment.save(update_fields=["next_review_on"])
    _note(actor, enrollment, "next_review_on")


@transaction.atomic
def add_objective(*, actor: Person, enrollment: Enrollment, text: str) -> Objective:
    """One more goal; the same words twice are one. What was said about ending was not about this goal: it is taken back.

    Where there is a plan, its goals are those of the case: raises GoalsAreInThePlan.
    """
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    if objectives.open_plan_of(enrollment) is not None:
        raise refusals.GoalsAreInThePlan
    if not text.strip():
        refusal = refusals.ReasonMissing()
        refusal.field = "text"
        raise refusal
    known = enrollment.objectives.filter(text=text.strip(), met_at=None).first()
    if known is not None:
        return known
    take_back(actor=actor, enrollment=enrollment)
    objective = Objective.objects.create(enrollment=enrollment, text=text.strip(), added_by=actor)
    _note(actor, enrollment, "objective")
    return objective


@transaction.atomic
def meet_objective(*, actor: Person, objective: Objective) -> None:
    """The goal is met. Saying so twice changes nothing."""
    require(access.may_keep(actor, objective.enrollment.family))
    enrollment = locked(objective.enrollment)
    Objective.objects.filter(pk=objective.pk, met_at=None).update(met_at=timezone.now(), met_by=actor)
    _note(actor, enrollment, "objective")


# -- more time -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_more_time(*, actor: Person, enrollment: Enrollment, words: str = "") -> None:
    """The family asks for the added months, once: nobody's words are written over by somebody else's.

    Raises MoreTimeOnlyOnce, TermIsOver, AlreadyAsked, NotInThisProgram, AlreadyEnded.
    """
    require(access.may_speak(actor, enrollment))
    enrollment = locked(enrollment)
    clock = _may_grow(enrollment)
    if not _is_running(clock):
        raise refusals.TermIsOver(clock.rule_id)
    if enrollment.extension_asked_at is not None:
        raise refusals.AlreadyAsked
    enrollment.extension_asked_at = timezone.now()
    enrollment.extension_asked_by = actor
    enrollment.extension_words = words.strip()
    enrollment.save(update_fields=["extension_asked_at", "extension_asked_by", "extension_words"])
    _note(actor, enrollment, "extension_asked")


@transaction.atomic
def give_more_time(*, actor: Person, enrollment: Enrollment, reason: str) -> None:
    """The added months, once, counted from the first day. Raises MoreTimeOnlyOnce, TermIsOver, ReasonMissing."""
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    clock = _may_grow(enrollment)
    if not reason.strip():
        raise refusals.ReasonMissing
    try:
        extend_clock(actor=actor, clock=clock, reason=reason)
    except clock_refusals.AlreadyOver as refusal:
        raise refusals.TermIsOver(clock.rule_id) from refusal
    enrollment.extended_at = timezone.now()
    enrollment.save(update_fields=["extended_at"])
    _note(actor, enrollment, "extended_at")
    record_happening(
        actor=actor,
        program=enrollment.family.program,
        event=Event.EXTENSION_AUTHORIZED,
        at=enrollment.extended_at,
        key=f"extended:{enrollment.public_id}",
        matter=matter_of(enrollment),
    )


def _may_grow(enrollment: Enrollment) -> Clock:
    clock = term_of(enrollment)
    if clock is None or clock.rule.extension is None:
        raise refusals.NotInThisProgram
    if enrollment.extended_at is not None or clock.extensions >= clock.rule.extension.at_most:
        raise refusals.MoreTimeOnlyOnce(_longer_rule(clock))
    return clock


def may_have_more_time(enrollment: Enrollment) -> bool:
    """Whether the months can still be added now."""
    try:
        return _is_running(_may_grow(enrollment))
    except refusals.CaseRefusal:
        return False


def _is_running(clock: Clock) -> bool:
    return clock.state == Clock.State.OPEN and clock.ends_at is not None and timezone.now() < clock.ends_at


def _longer_rule(clock: Clock) -> str:
    more = clock.rule.extension
    return more.rule if more is not None and more.rule else clock.rule_id


# -- who answers for it ------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_owner(
    *, actor: Person, case: Enrollment | Decision, care_manager: StaffRole, override_reason: str = ""
) -> None:
    """Somebody else answers for the case from now on, and for all that is owed in it, and stands beside the family.

    Raises NotTrained, NotChosen.
    """
    require(access.may_give_owner(actor, case.family))
    require(access.care_managers(case.family).filter(pk=care_manager.pk).exists())
    put_beside(actor=actor, family=case.family, staff_role=care_manager, override_reason=override_reason)
    give_row(case, care_manager)
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="assignment",
        subject_id=care_manager.public_id,
        family=case.family,
        kind=care_manager.role,
    )


def give_row(case: Enrollment | Decision, care_manager: StaffRole) -> None:
    """The rows of a case and what is owed in it, for actions that have asked who may."""
    if isinstance(case, Enrollment):
        case = locked(case)
        case.care_manager = care_manager
        case.save(update_fields=["care_manager"])
        Decision.objects.filter(enrollment=case, state=Decision.State.PENDING).update(owner=care_manager)
    else:
        Decision.objects.filter(pk=case.pk).update(owner=care_manager)
    running = [Clock.State.OPEN, Clock.State.PAUSED, Clock.State.MISSED]
    clocks_about(case).filter(state__in=running).update(responsible=care_manager)


def hand_on_cases(*, family: Family, old: StaffRole, new: StaffRole) -> None:
    """All that somebody answered for in a family is another one's now, for actions that have asked who may."""
    for enrollment in Enrollment.objects.filter(family=family, care_manager=old, ended_at=None).order_by("pk"):
        give_row(enrollment, new)
    for decision in Decision.objects.filter(family=family, owner=old, state=Decision.State.PENDING).order_by("pk"):
        give_row(decision, new)


def _note(actor: Person, enrollment: Enrollment, changed: str) -> None:
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject=CASE,
        subject_id=enrollment.public_id,
        family=enrollment.family,
        changed=str(changed),
    )
