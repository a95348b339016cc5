"""How a time in the programme ends: all goals met, the team says yes, and the family has been heard. No other way."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import enrollment as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_clock, record_happening
from portal.clocks.models import Clock
from portal.enrollment import refusals
from portal.enrollment.actions.deciding import open_ending, say_position
from portal.enrollment.actions.enrolling import clocks_of_case, locked, matter_of
from portal.enrollment.actions.keeping import term_of
from portal.enrollment.models import CASE, Decision, Enrollment, Position, Recommendation, joining_of, today_of
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
    """Write down what the team said about ending, and what `person` said for the family. A "no" goes to the agencies.

    A "no" that somebody wrote here in their own words stands until they change it themselves. Raises DateAhead,
    BeforeTheFirstDay, AlreadyEnded.
    """
    require(access.may_keep(actor, enrollment.family) and access.may_speak(person, enrollment))
    enrollment = locked(enrollment)
    _check_day(enrollment, met_on)
    recommendation = Recommendation(
        enrollment=enrollment,
        met_on=met_on,
        who_met=who_met.strip(),
        is_approved=is_approved,
        person=person,
        family_agrees=family_agrees,
        family_words=family_words.strip(),
        recorded_by=actor,
    )
    before = enrollment.recommendation()
    if before is not None and before.is_own_word and not before.family_agrees:
        recommendation.person = before.person
        recommendation.family_agrees, recommendation.is_own_word = False, True
        recommendation.family_words = before.family_words
    return _kept(actor, recommendation)


@transaction.atomic
def answer_ending(*, actor: Person, enrollment: Enrollment, agrees: bool, words: str = "") -> Recommendation:
    """One of the family says in their own words whether it should end. Raises TeamHasNotApproved: nothing to answer yet."""
    require(access.may_speak(actor, enrollment))
    enrollment = locked(enrollment)
    before = enrollment.recommendation()
    if before is None:
        raise refusals.TeamHasNotApproved(rule_of(enrollment))
    if before.is_own_word and before.person_id != actor.pk and not before.family_agrees:
        raise refusals.OwnWordStands
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
    if not recommendation.family_agrees and _agencies_decide(enrollment):
        recommendation.decision = open_ending(actor=actor, enrollment=enrollment)
    recommendation.save()
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject=CASE,
        subject_id=enrollment.public_id,
        family=enrollment.family,
        changed="recommendation",
    )
    _say_it_there(actor, recommendation)
    return recommendation


def _say_it_there(actor: Person, recommendation: Recommendation) -> None:
    """What the family says about the ending is its word in the agencies' round about it, too."""
    pending = Decision.objects.filter(enrollment=recommendation.enrollment, state=Decision.State.PENDING).first()
    if pending is None:
        return
    own = Position.objects.filter(decision=pending, person=recommendation.person).order_by("version").last()
    if own is not None and own.is_own_word and actor.pk != own.person_id:
        return
    stance = Position.Stance.AGREE if recommendation.family_agrees else Position.Stance.NOT_AGREE
    say_position(
        actor=actor,
        decision=pending,
        person=recommendation.person,
        stance=stance,
        reason=recommendation.family_words or str(refusals.FamilyDisagrees.message),
    )


@transaction.atomic
def end_enrollment(*, actor: Person, enrollment: Enrollment) -> None:
    """End it. Raises NoGoalsYet, GoalsLeft, TeamHasNotApproved, FamilyDisagrees, AlreadyEnded: there is no way around them."""
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


def _check_may_end(enrollment: Enrollment) -> None:
    rule = rule_of(enrollment)
    if not enrollment.objectives.exists():
        raise refusals.NoGoalsYet(rule)
    if enrollment.objectives.filter(met_at=None).exists():
        raise refusals.GoalsLeft(rule)
    said = enrollment.recommendation()
    if said is None or not said.is_approved:
        raise refusals.TeamHasNotApproved(rule)
    pending = Decision.objects.filter(enrollment=enrollment, state=Decision.State.PENDING)
    if pending.exists() or not (said.family_agrees or _is_agreed_after(enrollment, said)):
        raise refusals.FamilyDisagrees(rule)


def _is_agreed_after(enrollment: Enrollment, said: Recommendation) -> bool:
    """The round that this "no" opened has ended in an agreement of everyone, the family too."""
    return (
        said.decision_id is not None
        and Decision.objects.filter(pk=said.decision_id, enrollment=enrollment, state=Decision.State.AGREED).exists()
    )


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
