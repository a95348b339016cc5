"""Saying that one would like to take part, taking that back, and what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import community, require
from portal.access import taking_part as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.community.models import Interest, Opportunity, Seat
from portal.community.refusals import CommunityRefusal
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import Program

SUBJECT = "interest"
State = Interest.State


@transaction.atomic
def register_interest(*, actor: Person, opportunity: Opportunity) -> Interest:
    """For oneself, and only who keeps the list learns of it. Twice is once. Raises CommunityRefusal."""
    require(access.may_take_part(actor, opportunity.program))
    held = Opportunity.objects.select_for_update(of=("self",)).select_related("program").get(pk=opportunity.pk)
    known = Interest.objects.filter(person=actor, opportunity=held).first()
    if known is not None and State.REGISTERED not in Interest.NEXT[State(known.state)]:
        return known
    if not held.is_open:
        raise CommunityRefusal("closed")
    return _registered(actor, known or Interest(person=actor, opportunity=held), held.program)


@transaction.atomic
def apply_for_seat(*, actor: Person, seat: Seat) -> Interest:
    """The same for an open seat that is for families or young people. Raises CommunityRefusal."""
    require(access.visible_seats(actor).filter(pk=seat.pk).exists())
    program = seat.organization.program
    require(access.may_take_part(actor, program))
    held = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    known = Interest.objects.filter(person=actor, seat=held).first()
    if known is not None and known.state == State.REGISTERED:
        return known
    if not held.may_be_applied_for:
        raise CommunityRefusal("seat_taken")
    if known is not None and known.state == State.TOOK_SEAT:  # had it once, and would like it again
        known.state = State.TAKEN_BACK
    return _registered(actor, known or Interest(person=actor, seat=held), program)


def _registered(actor: Person, interest: Interest, program: Program) -> Interest:
    interest.state, interest.at, interest.words = State.REGISTERED, timezone.now(), ""
    interest.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=interest.public_id)
    for role in community.keeping_roles(program).exclude(person=actor):
        notices.notify(person=role.person, kind=Notice.Kind.COMMUNITY, path="/community/desk/", about=_about(interest))
    return interest


@transaction.atomic
def take_back_interest(*, actor: Person, interest: Interest) -> None:
    """They changed their mind. No reason is asked. The same twice is one; what has an outcome stays as it is."""
    require(interest.person_id == actor.pk and actor.is_active)
    held = _locked(interest)
    if State.TAKEN_BACK not in Interest.NEXT[State(held.state)]:
        return
    held.state = State.TAKEN_BACK
    held.save(update_fields=["state"])
    record(actor=actor, verb=Entry.Verb.ENDED, subject=SUBJECT, subject_id=held.public_id)
    notices.take_back(about=_about(held))


@transaction.atomic
def record_outcome(*, actor: Person, interest: Interest, outcome: str, words: str = "") -> Interest:
    """They came, took the seat, or it could not be: then with the reason. They read it. The same twice is one.

    Raises CommunityRefusal.
    """
    require(access.may_keep(actor, interest))
    held = _locked(interest)
    state = State(outcome)
    if held.state == state:
        return held
    if state not in Interest.NEXT[State(held.state)] or state not in Interest.OUTCOMES:
        raise CommunityRefusal("changed_meanwhile", "body")
    if state == State.COULD_NOT and not words.strip():
        raise CommunityRefusal("why", "body")
    if state == State.TOOK_SEAT:
        _take_seat(held)
    held.state, held.words = state, words.strip()
    held.save(update_fields=["state", "sealed_words"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id, state=held.state)
    notices.take_back(about=_about(held))
    notices.notify(
        person=held.person, kind=Notice.Kind.COMMUNITY, path="/community/", about=f"{_about(held)}:{held.state}"
    )
    return held


def _take_seat(held: Interest) -> None:
    """A seat that is on the board of seats becomes theirs; being named is their own to say. A board elsewhere has its own."""
    if held.opportunity is not None and held.opportunity.kind not in {"board", "work_group"}:
        raise CommunityRefusal("no_seat", "outcome")
    if held.seat_id is None:
        return
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organization__program").get(pk=held.seat_id)
    if not seat.is_open:
        raise CommunityRefusal("seat_taken", "outcome")
    seat.held_since, seat.holder = seat.organization.program.today(), held.person
    seat.save(update_fields=["held_since", "holder"])


def _locked(interest: Interest) -> Interest:
    held = Interest.objects.select_for_update(of=("self",)).select_related("person", "opportunity", "seat")
    return held.get(pk=interest.pk)


def _about(interest: Interest) -> str:
    return f"interest:{interest.public_id}"
