"""How a time in the programme ends: all goals met, the team and the agencies say yes, nobody of the family says no."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import objectives, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_clock, record_happening
from portal.clocks.models import Clock
from portal.enrollment import refusals
from portal.enrollment.actions.deciding import carry_word, open_ending, pending_round
from portal.enrollment.actions.enrolling import clocks_of_case, locked, matter_of, term_of
from portal.enrollment.closing import Word, against
from portal.enrollment.models import (
    CASE,
    Decision,
    Enrollment,
    Position,
    Recommendation,
    Withdrawal,
    joining_of,
    today_of,
)
from portal.programs.vocabulary import Event

OWN_RULE = "ENROLLMENT-END"  # where the profile names no promise for it


@transaction.atomic
def recommend_ending(
    *,
    actor: Person,
    enrollment: Enrollment,
    met_on: dt.date,
    who_met: str,
    is_approved: bool,
    person: Person,
    family_agrees: bool,
    family_words: str = "",
) -> Recommendation:
    """Write down what the team said about ending, and whether `person`, for the family, agrees that it ends.

    A team that says yes proposes the end, and the agencies decide about it; one that no longer says yes takes it back. A
    "no" that somebody wrote here in their own words stands until they change it. Raises DateAhead, BeforeTheFirstDay,
    AlreadyEnded.
    """
    require(access.may_keep(actor, enrollment.family) and access.may_speak(person, enrollment))
    enrollment = locked(enrollment)
    _check_day(enrollment, met_on)
    if not is_approved:
        take_back(actor=actor, enrollment=enrollment)
    own = next((word for word in against(enrollment) if word.is_own and word.person == person), None)
    return _kept(
        actor,
        Recommendation(
            enrollment=enrollment,
            met_on=met_on,
            who_met=who_met.strip(),
            is_approved=is_approved,
            person=person,
            family_agrees=family_agrees and own is None,
            family_words=own.text if own is not None else family_words.strip(),
            is_own_word=own is not None,
            recorded_by=actor,
        ),
    )


@transaction.atomic
def answer_ending(*, actor: Person, enrollment: Enrollment, agrees: bool, words: str = "") -> Recommendation:
    """One of the family says in their own words whether it should end. Raises TeamHasNotApproved: nothing to answer yet."""
    require(access.may_speak(actor, enrollment))
    enrollment = locked(enrollment)
    before = enrollment.recommendation()
    if before is None:
        raise refusals.TeamHasNotApproved(rule_of(enrollment))
    return _kept(
        actor,
        Recommendation(
            enrollment=enrollment,
            met_on=before.met_on,
            who_met=before.who_met,
            is_approved=before.is_approved,
            person=actor,
            family_agrees=agrees,
            family_words=words.strip(),
            is_own_word=True,
            recorded_by=actor,
        ),
    )


def _kept(actor: Person, recommendation: Recommendation) -> Recommendation:
    enrollment = recommendation.enrollment
    recommendation.decision = _round_for(actor, recommendation)
    recommendation.save()
    _note(actor, enrollment, "recommendation")
    if recommendation.decision is not None and recommendation.decision.is_pending:
        _say_it_there(actor, recommendation, recommendation.decision)
    return recommendation


def _round_for(actor: Person, recommendation: Recommendation) -> Decision | None:
    """The agencies' round about what the team proposes: the one that runs, else a new one.

    One in which all agreed holds for this proposal, until somebody of the family says no after all.
    """
    enrollment = recommendation.enrollment
    if not recommendation.is_approved or not _agencies_decide(enrollment):
        return None
    pending = pending_round(enrollment)
    before = enrollment.recommendation()
    is_settled = before is not None and before.decision is not None and before.decision.is_agreed
    if before is not None and pending is None and is_settled and recommendation.family_agrees:
        return before.decision
    return pending or open_ending(actor=actor, enrollment=enrollment)


def _say_it_there(actor: Person, recommendation: Recommendation, decision: Decision) -> None:
    """What the family says about the ending is its word in the agencies' round about it, too."""
    person = recommendation.person
    said = Position.objects.filter(decision=decision, person=person).order_by("version").last()
    if said is not None and said.is_own_word and actor.pk != person.pk:
        return
    word = Word(
        person,
        recommendation.family_agrees,
        recommendation.family_words,
        recommendation.recorded_at,
        recommendation.is_own_word,
    )
    carry_word(actor=actor, decision=decision, word=word)


@transaction.atomic
def withdraw_ending(*, actor: Person, enrollment: Enrollment, words: str = "") -> Withdrawal:
    """The team, or one of the family, takes back what was proposed: nothing ends, and what was said stays on record.

    Raises NothingProposed, AlreadyEnded.
    """
    require(access.may_keep(actor, enrollment.family) or access.may_speak(actor, enrollment))
    enrollment = locked(enrollment)
    withdrawal = take_back(actor=actor, enrollment=enrollment, words=words)
    if withdrawal is None:
        raise refusals.NothingProposed
    return withdrawal


def take_back(*, actor: Person, enrollment: Enrollment, words: str = "") -> Withdrawal | None:
    """None where no end is proposed. Runs in its caller's transaction, which holds the enrollment."""
    said = enrollment.recommendation()
    if said is None or not said.is_approved:
        return None
    withdrawal = Withdrawal.objects.create(enrollment=enrollment, by=actor, words=words.strip())
    enrollment.recommendations.filter(withdrawal=None).update(withdrawal=withdrawal)
    rounds = Decision.objects.filter(enrollment=enrollment, state=Decision.State.PENDING)
    rounds.update(state=Decision.State.WITHDRAWN)
    _note(actor, enrollment, "withdrawal")
    return withdrawal


@transaction.atomic
def end_enrollment(*, actor: Person, enrollment: Enrollment) -> None:
    """End it. There is no way around NoGoalsYet, GoalsLeft, TeamHasNotApproved, FamilyDisagrees, AgenciesHaveNotAgreed.

    Raises AlreadyEnded, too.
    """
    require(access.may_keep(actor, enrollment.family))
    enrollment = locked(enrollment)
    _check_may_end(enrollment)
    enrollment.ended_at = timezone.now()
    enrollment.save(update_fields=["ended_at"])
    record(actor=actor, verb=Entry.Verb.ENDED, subject=CASE, subject_id=enrollment.public_id, family=enrollment.family)
    record_happening(
        actor=actor,
        program=enrollment.family.program,
        event=Event.ENROLLMENT_ENDED,
        at=enrollment.ended_at,
        key=f"ended:{enrollment.public_id}",
        matter=matter_of(enrollment),
    )
    running = clocks_of_case(enrollment).filter(state__in=[Clock.State.OPEN, Clock.State.PAUSED])
    for clock in running:  # what was late stays late
        cancel_clock(actor=None, clock=clock, reason=str(enrollment.public_id))


def may_end(enrollment: Enrollment) -> bool:
    """Whether nothing stands against it now."""
    try:
        _check_may_end(enrollment)
    except refusals.CaseRefusal:
        return False
    return enrollment.is_open


def _check_may_end(enrollment: Enrollment) -> None:
    rule = rule_of(enrollment)
    goals = objectives.goals_of(enrollment)
    if not goals:
        raise refusals.NoGoalsYet(rule)
    if any(goal.met_at is None for goal in goals):
        raise refusals.GoalsLeft(rule)
    said = enrollment.recommendation()
    if said is None or not said.is_approved:
        raise refusals.TeamHasNotApproved(rule)
    if against(enrollment):
        raise refusals.FamilyDisagrees(rule)
    if _agencies_decide(enrollment) and (said.decision is None or not said.decision.is_agreed):
        raise refusals.AgenciesHaveNotAgreed(rule)


def rule_of(enrollment: Enrollment) -> str:
    """The promise by which nobody is sent out, as the profile names it."""
    joining = joining_of(enrollment.family)
    if joining is not None and joining.no_eject:
        return joining.no_eject
    term = term_of(enrollment)
    return term.rule_id if term is not None else OWN_RULE


def _agencies_decide(enrollment: Enrollment) -> bool:
    joining = joining_of(enrollment.family)
    return joining is not None and bool(joining.agencies)


def _check_day(enrollment: Enrollment, met_on: dt.date) -> None:
    refusal: refusals.CaseRefusal | None = None
    if met_on > today_of(enrollment.family):
        refusal = refusals.DateAhead()
    elif met_on < enrollment.enrolled_on:
        refusal = refusals.BeforeTheFirstDay()
    if refusal is not None:
        refusal.field = "met_on"
        raise refusal


def refuse_turning_away(decision: Decision) -> refusals.NobodyIsTurnedAway | None:
    """What turning a family away is answered with; None where the programme makes no such promise."""
    joining = joining_of(decision.family)
    return refusals.NobodyIsTurnedAway(joining.no_reject) if joining is not None and joining.no_reject else None


def refuse_sending_out(enrollment: Enrollment) -> refusals.NobodyIsSentOut:
    return refusals.NobodyIsSentOut(rule_of(enrollment))


def _note(actor: Person, enrollment: Enrollment, changed: str) -> None:
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject=CASE,
        subject_id=enrollment.public_id,
        family=enrollment.family,
        changed=changed,
    )
