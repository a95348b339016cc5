"""How agencies decide together that a young person joins. There is no action that says no to a family."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import Refused, require
from portal.access import enrollment as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.enrollment import refusals
from portal.enrollment.actions.basis import check_basis, set_basis
from portal.enrollment.closing import Word, against
from portal.enrollment.models import (
    CASE,
    Decision,
    Enrollment,
    Meeting,
    Position,
    joining_of,
    today_of,
)
from portal.enrollment.standing import agencies_of, standing_of
from portal.families.models import AccessBasis, Family, Member
from portal.programs.models import Organization
from portal.programs.vocabulary import Event

Stance = Position.Stance
FARTHEST = dt.timedelta(days=366)
TALK_WITHIN = dt.timedelta(days=14)  # our own default: staff may set an earlier day
LONGEST_AGO = dt.timedelta(days=5 * 366)


@transaction.atomic
def open_decision(
    *,
    actor: Person,
    family: Family,
    youth: Member,
    referred_on: dt.date,
    meets_on: dt.date,
    access_basis: AccessBasis = AccessBasis.PARENT,
) -> Decision:
    """Bring a young person before the interagency team. A next meeting is set from the first moment on.

    One whom all agree on already waits for the first day, not for another round. Raises NotInThisProgram, AlreadyOpen,
    DateAhead, DateTooFar, DateBehind.
    """
    require(access.may_keep(actor, family) and _is_young_person_of(youth, family))
    joining = joining_of(family)
    if joining is None or not joining.agencies:
        raise refusals.NotInThisProgram
    check_basis(youth, access_basis)
    _check_referred(family, referred_on)
    check_next(family, meets_on)
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    if Decision.objects.filter(youth=youth, about=Decision.About.JOINING, enrolled=None).exists():
        raise refusals.AlreadyOpen
    if Enrollment.objects.filter(youth=youth, ended_at=None).exists():
        raise refusals.AlreadyOpen
    opened = _open(actor, family, youth, Decision.About.JOINING, referred_on, meets_on, None, AccessBasis.PARENT)
    if access_basis != AccessBasis.PARENT:  # before anybody is told of it
        set_basis(actor=actor, case=opened, access_basis=access_basis, reason="")
    return opened


def pending_round(enrollment: Enrollment) -> Decision | None:
    """The agencies' round about an ending, held to the end of the caller's transaction: nobody closes it meanwhile."""
    return Decision.objects.select_for_update().filter(enrollment=enrollment, state=Decision.State.PENDING).first()


def open_ending(*, actor: Person, enrollment: Enrollment) -> Decision:
    """The team proposes the end, and the interagency team decides. Runs in its caller's transaction; none is pending."""
    family = enrollment.family
    standing = against(enrollment)
    today = today_of(family)
    meets_on, basis = today + TALK_WITHIN, enrollment.access_basis
    opened = _open(actor, family, enrollment.youth, Decision.About.ENDING, today, meets_on, enrollment, basis)
    for word in standing:  # a "no" of before is not forgotten in the next round
        carry_word(actor=actor, decision=opened, word=word)
    return opened


def _open(
    actor: Person,
    family: Family,
    youth: Member,
    about: Decision.About,
    referred_on: dt.date,
    meets_on: dt.date,
    enrollment: Enrollment | None,
    access_basis: str,
) -> Decision:
    owner = enrollment.care_manager if enrollment is not None else access.role_beside(actor, family)
    if owner is None:
        raise Refused
    decision = Decision.objects.create(
        family=family,
        youth=youth,
        access_basis=access_basis,
        about=about,
        enrollment=enrollment,
        owner=owner,
        referred_on=referred_on,
        meets_on=meets_on,
        opened_by=actor,
    )
    Meeting.objects.create(decision=decision, on=meets_on, set_by=actor)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="decision", subject_id=decision.public_id, family=family)
    return decision


@transaction.atomic
def set_meeting(*, actor: Person, decision: Decision, meets_on: dt.date) -> None:
    """Another day for the next meeting. The day that was set before stays to be seen. Raises AlreadyDecided."""
    require(access.may_keep(actor, decision.family))
    decision = _locked(decision)
    _set_meeting(actor, decision, meets_on)


def _set_meeting(actor: Person, decision: Decision, meets_on: dt.date) -> None:
    check_next(decision.family, meets_on)
    decision.meets_on = meets_on
    decision.save(update_fields=["meets_on"])
    Meeting.objects.create(decision=decision, on=meets_on, set_by=actor)
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="decision",
        subject_id=decision.public_id,
        family=decision.family,
        changed="meets_on",
    )


@transaction.atomic
def say_position(
    *,
    actor: Person,
    decision: Decision,
    stance: Position.Stance,
    reason: str = "",
    agency: Organization | None = None,
    person: Person | None = None,
    spoken_by: str = "",
) -> Position:
    """Write down what one agency or one of the family says now. Staff write for agencies; a family speaks for itself.

    Staff may write down what one of the family told them, until that person has written it in their own words.
    An agency that does not agree says why. Raises AlreadyDecided, TakenBack, ReasonMissing, OwnWordStands.
    """
    require((agency is None) != (person is None))
    _require_voice(actor, decision, agency, person)
    decision = _locked(decision)
    if stance == Stance.NOT_AGREE and not reason.strip() and _has_to_say_why(decision, agency):
        raise refusals.ReasonMissing
    said = decision.positions.filter(agency=agency, person=person).order_by("version").last()
    if said is not None and said.is_own_word and actor.pk != said.person_id:
        raise refusals.OwnWordStands
    position = Position.objects.create(
        decision=decision,
        agency=agency,
        person=person,
        stance=stance,
        reason=reason.strip(),
        spoken_by=spoken_by.strip(),
        version=said.version + 1 if said is not None else 1,
        recorded_by=actor,
    )
    _note_position(actor, decision)
    return position


def _has_to_say_why(decision: Decision, agency: Organization | None) -> bool:
    """A family that does not want it to end owes nobody a reason."""
    return agency is not None or decision.about == Decision.About.JOINING


def carry_word(*, actor: Person, decision: Decision, word: Word) -> None:
    """Bring what one of the family said about ending into the round: written by whoever wrote it. In its caller's transaction."""
    before = decision.positions.filter(person=word.person).order_by("version").last()
    Position.objects.create(
        decision=decision,
        person=word.person,
        stance=Stance.AGREE if word.agrees else Stance.NOT_AGREE,
        reason=word.text,
        version=before.version + 1 if before is not None else 1,
        recorded_by=word.person if word.is_own else actor,
    )
    _note_position(actor, decision)


def _note_position(actor: Person, decision: Decision) -> None:
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="decision",
        subject_id=decision.public_id,
        family=decision.family,
        changed="position",
    )


def _require_voice(actor: Person, decision: Decision, agency: Organization | None, person: Person | None) -> None:
    if agency is not None:
        require(access.may_keep(actor, decision.family) and agency in agencies_of(decision))
    if person is not None:
        require(access.may_speak(person, decision))
        require(actor.pk == person.pk or access.may_keep(actor, decision.family))


@transaction.atomic
def close_meeting(
    *, actor: Person, decision: Decision, next_on: dt.date | None = None, met_at: dt.datetime | None = None
) -> Decision:
    """The team has met, now or at `met_at`. All agree: it is decided. Else it is not yet, and there is a next meeting.

    What came out is not the caller's to say: it follows from the positions on record. Raises AlreadyDecided, TakenBack,
    and DateMissing, DateBehind or DateTooFar where a next meeting is needed.
    """
    require(access.may_keep(actor, decision.family))
    decision = _locked(decision)
    if not standing_of(decision).is_consensus:
        if next_on is None:
            raise refusals.DateMissing
        _set_meeting(actor, decision, next_on)
        return decision
    decision.state = Decision.State.AGREED
    decision.decided_at = met_at or timezone.now()
    decision.save(update_fields=["state", "decided_at"])
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="decision",
        subject_id=decision.public_id,
        family=decision.family,
        changed="state",
    )
    if decision.about == Decision.About.JOINING:
        record_happening(
            actor=actor,
            program=decision.family.program,
            event=Event.INTERAGENCY_DECIDED,
            at=decision.decided_at,
            key=f"decided:{decision.public_id}",
            matter=Matter(
                family=decision.family,
                subject=CASE,
                subject_id=str(decision.public_id),
                youth=decision.youth,
                access_basis=decision.access_basis,
                responsible=decision.owner,
            ),
        )
    return decision


def _locked(decision: Decision) -> Decision:
    found = Decision.objects.select_for_update(of=("self",)).select_related(
        "family__program", "youth__person", "youth__family__program", "owner"
    )
    now = found.get(pk=decision.pk)
    if now.state == Decision.State.WITHDRAWN:
        raise refusals.TakenBack
    if not now.is_pending:
        raise refusals.AlreadyDecided
    return now


def check_next(family: Family, day: dt.date | None) -> dt.date:
    """A next date is there, still to come, and within a year."""
    if day is None:
        raise refusals.DateMissing
    if day < today_of(family):
        raise refusals.DateBehind
    if day > today_of(family) + FARTHEST:
        raise _about(refusals.DateTooFar(), "next_on")
    return day


def _check_referred(family: Family, day: dt.date) -> None:
    if day > today_of(family):
        raise _about(refusals.DateAhead(), "referred_on")
    if day < today_of(family) - LONGEST_AGO:
        raise _about(refusals.DateTooFar(), "referred_on")


def _about(refusal: refusals.CaseRefusal, field: str) -> refusals.CaseRefusal:
    refusal.field = field
    return refusal


def _is_young_person_of(youth: Member, family: Family) -> bool:
    return youth.family_id == family.pk and youth.role == Member.Role.YOUTH and youth.left_at is None
