"""A warm hand-off: planned with a conversation of three, done face to face, confirmed by both, answered by the family.

What the facts on record make of it is said in one place (`HandOff.judged`), and asked again after each of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging import actions as messaging
from peer_support.actions import coordination
from peer_support.models import Coordination, HandOff, Pairing
from peer_support.refusals import (
    AlreadyPlanned,
    DayAhead,
    DayBehind,
    DayTooFar,
    HandOffMissing,
    NobodyToHandOver,
    WhyMissing,
)
from portal.access import Refused, require
from portal.access import coordination as coordinators
from portal.access import hand_offs as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family, Member
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import StaffRole

Kind = HandOff.Kind
State = HandOff.State
FURTHEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where the three are to meet."""

    meets_on: dt.date
    way: str
    setting: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How it was, as one of the two says."""

    met_on: dt.date
    way: str
    setting: str
    place: str
    family_present: bool


@transaction.atomic
def plan_coordinator_hand_off(
    *, actor: Person, family: Family, member: Member, receiver: StaffRole, plan: Plan
) -> HandOff:
    """The coordinator of now is to bring in the next one. Until it is warm, the one of now answers for the family.

    Raises HandOffMissing where nobody has answered yet, NobodyToHandOver, AlreadyPlanned, DayBehind, DayTooFar.
    """
    require(access.may_plan_for(actor, family))
    require(coordinators.possible_coordinators(family).filter(pk=receiver.pk).exists())
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    held = coordinators.current(family)
    if held is None or not coordinators.is_there(held.coordinator):
        raise NobodyToHandOver
    require(held.coordinator.person_id != receiver.person_id)
    return _plan(actor, Kind.COORDINATOR, member, held.coordinator, receiver, plan)


@transaction.atomic
def plan_peer_hand_off(*, actor: Person, old: Pairing, new: Pairing, plan: Plan) -> HandOff:
    """The peer partner whom a person knows is to bring in the next one. Raises as above."""
    require(access.may_plan_between(actor, old, new))
    Family.objects.select_for_update(no_key=True).get(pk=new.family_id)
    if not coordinators.is_there(old.peer):
        raise NobodyToHandOver
    return _plan(actor, Kind.PEER, new.member, old.peer, new.peer, plan)


def _plan(actor: Person, kind: Kind, member: Member, giver: StaffRole, receiver: StaffRole, plan: Plan) -> HandOff:
    family = member.family
    today = family.program.today()
    if plan.meets_on < today:
        raise DayBehind
    if plan.meets_on > today + FURTHEST:
        raise DayTooFar
    if _planned(kind, member).exists():
        raise AlreadyPlanned
    conversation = None
    if kind == Kind.COORDINATOR or access.may_talk(member):
        conversation = messaging.open_conversation(
            actor=actor,
            family=family,
            members=[(member.person, None), (giver.person, giver), (receiver.person, receiver)],
        )
    made = HandOff.objects.create(
        family=family,
        kind=kind,
        member=member,
        giver=giver,
        receiver=receiver,
        planned_by=actor,
        conversation=conversation,
        **asdict(plan),
    )
    _note(actor, Entry.Verb.CREATED, made)
    _tell(made, "planned", besides=actor)
    return made


def _planned(kind: Kind, member: Member) -> QuerySet[HandOff]:
    planned = HandOff.objects.filter(state=State.PLANNED, kind=kind)
    return planned.filter(member=member) if kind == Kind.PEER else planned.filter(family=member.family_id)


@transaction.atomic
def confirm_hand_off(*, actor: Person, hand_off: HandOff, meeting: Meeting) -> State:
    """One of the two says: we met with the family, then and there. Gives what it is now. Raises DayAhead, DayTooFar.

    Where the two say different things, the other one has to look at it again: both confirm the same meeting.
    """
    hand_off = _locked(hand_off)
    require(access.may_confirm(actor, hand_off))
    today = hand_off.family.program.today()
    if meeting.met_on > today:
        raise DayAhead
    if meeting.met_on < today - FURTHEST:
        raise DayTooFar
    is_giver = access.is_giver(actor, hand_off)
    if _differs(hand_off, meeting):
        hand_off.confirmed_by_giver_at = hand_off.confirmed_by_receiver_at = None
    for name, value in asdict(meeting).items():
        setattr(hand_off, name, value)
    if is_giver:
        hand_off.confirmed_by_giver_at = timezone.now()
    else:
        hand_off.confirmed_by_receiver_at = timezone.now()
    _settle(actor, hand_off)
    if not hand_off.is_confirmed_by_both:
        _tell_one(hand_off, hand_off.receiver if is_giver else hand_off.giver, "confirm")
    return State(hand_off.state)


def _differs(hand_off: HandOff, meeting: Meeting) -> bool:
    return any(getattr(hand_off, name) != value for name, value in asdict(meeting).items())


@transaction.atomic
def answer_hand_off(*, actor: Person, hand_off: HandOff, happened: bool) -> State:
    """The family says whether they met. Its no outweighs both confirmations."""
    hand_off = _locked(hand_off)
    require(access.may_answer(actor, hand_off))
    hand_off.family_says, hand_off.family_said_at = happened, timezone.now()
    _settle(actor, hand_off)
    for role in (hand_off.giver, hand_off.receiver):
        _tell_one(hand_off, role, "answered")
    return State(hand_off.state)


@transaction.atomic
def write_words(*, actor: Person, hand_off: HandOff, words: str) -> None:
    """What the family wants the next one to know, in its own words; empty takes it back."""
    hand_off = _locked(hand_off)
    require(access.may_answer(actor, hand_off))
    hand_off.words = words.strip()
    hand_off.save(update_fields=["sealed_words"])
    _note(actor, Entry.Verb.CHANGED, hand_off)
    if hand_off.words:
        _tell_one(hand_off, hand_off.receiver, "words")


@transaction.atomic
def override_coordinator(*, actor: Person, family: Family, receiver: StaffRole, reason: str) -> HandOff:
    """An emergency: the next one answers from now on, without a meeting. On record with its reason, which the family reads.

    Raises WhyMissing, and HandOffMissing where nobody has ever answered: that needs no override.
    """
    require(access.may_override(actor, family))
    require(coordinators.possible_coordinators(family).filter(pk=receiver.pk).exists())
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    before = coordinators.latest(family)
    if before is None:
        raise HandOffMissing
    require(before.coordinator_id != receiver.pk)
    planned = HandOff.objects.filter(family=family, kind=Kind.COORDINATOR, state=State.PLANNED).first()
    if planned is not None and planned.receiver_id != receiver.pk:
        _give_up(actor, planned)
        planned = None
    made = planned or HandOff(
        family=family, kind=Kind.COORDINATOR, giver=before.coordinator, receiver=receiver, planned_by=actor
    )
    _without_meeting(actor, made, reason)
    coordination.begin(actor, family, receiver, made)
    return made


@transaction.atomic
def override_peer(*, actor: Person, old: Pairing, new: Pairing, reason: str) -> HandOff:
    """The peer partner whom the person knew cannot bring in the next one: on record, and the family reads why.

    Raises WhyMissing.
    """
    require(access.may_plan_between(actor, old, new))
    Family.objects.select_for_update(no_key=True).get(pk=new.family_id)
    made = HandOff.objects.filter(
        member=new.member, kind=Kind.PEER, state=State.PLANNED, giver=old.peer, receiver=new.peer
    ).first() or HandOff(
        family=new.family, kind=Kind.PEER, member=new.member, giver=old.peer, receiver=new.peer, planned_by=actor
    )
    _without_meeting(actor, made, reason)
    _tell(made, "emergency", besides=actor)
    return made


def _without_meeting(actor: Person, hand_off: HandOff, reason: str) -> None:
    if not reason.strip():
        raise WhyMissing
    is_new = hand_off.pk is None
    hand_off.state, hand_off.reason, hand_off.settled_at = State.EMERGENCY, reason.strip(), timezone.now()
    hand_off.save()
    _close_talk(actor, hand_off)
    _note(actor, Entry.Verb.CREATED if is_new else Entry.Verb.CHANGED, hand_off)


# -- by itself ---------------------------------------------------------------------------------------------------------


def settle_overdue() -> int:
    """Those whose day has passed without both confirmations are not warm, and the family is told. Gives how many."""
    done = 0
    for one in access.overdue():
        with transaction.atomic():
            hand_off = _locked(one)
            if hand_off.state == State.PLANNED:
                _settle(None, hand_off)
                done += hand_off.state != State.PLANNED
    return done


def leave_talks() -> int:
    """Who no longer stands beside a family leaves the conversation of three; the family keeps it. Gives how many left."""
    gone = list(access.out_of_place())
    for one in gone:
        with transaction.atomic():
            messaging.end_participation(conversation=one.conversation, person=one.person)
    return len(gone)


def release_role(actor: Person | None, role: StaffRole) -> None:
    """One of the two left before the meeting: it will not be warm, and the family is told why."""
    for one in access.of_role(role):
        _give_up(actor, _locked(one))


def release_pairing(actor: Person | None, pairing: Pairing) -> None:
    """The pairing it was for is over: nobody is brought in any more, and that peer partner reads nothing of the three."""
    for one in access.brought_in(pairing):
        hand_off = _locked(one)
        if hand_off.state == State.PLANNED:
            _give_up(actor, hand_off)
        else:
            _close_talk(actor, hand_off)
        if hand_off.conversation is not None:
            messaging.end_participation(conversation=hand_off.conversation, person=hand_off.receiver.person)


def _give_up(actor: Person | None, hand_off: HandOff) -> None:
    _turn(actor, hand_off, State.NOT_WARM)
    hand_off.save()
    _close_talk(actor, hand_off)


# -- parts of the above ------------------------------------------------------------------------------------------------


def _settle(actor: Person | None, hand_off: HandOff) -> None:
    """What is on record now decides; whoever has to act on it does so in the same transaction."""
    state = hand_off.judged(hand_off.family.program.today())
    before = hand_off.state
    if state != before:
        _turn(actor, hand_off, state)
    hand_off.save()
    if state == before:
        _note(actor, Entry.Verb.CHANGED, hand_off)
    elif state == State.WARM:
        _is_warm(actor, hand_off)


def _turn(actor: Person | None, hand_off: HandOff, state: State) -> None:
    if state not in HandOff.NEXT[State(hand_off.state)]:
        raise Refused
    hand_off.state, hand_off.settled_at = state, timezone.now()
    _note(actor, Entry.Verb.CHANGED, hand_off)
    _tell(hand_off, state, besides=actor)


def _is_warm(actor: Person | None, hand_off: HandOff) -> None:
    """The next one answers from now on; the one before leaves the conversation, which the family keeps."""
    if hand_off.kind == Kind.COORDINATOR:
        held = coordinators.current(hand_off.family)
        is_still_theirs = held is not None and held.coordinator_id == hand_off.giver_id
        has_followed = Coordination.objects.filter(hand_off=hand_off).exists()
        if is_still_theirs and not has_followed and coordinators.is_there(hand_off.receiver):
            coordination.begin(actor, hand_off.family, hand_off.receiver, hand_off)
    if hand_off.conversation is not None:
        messaging.end_participation(conversation=hand_off.conversation, person=hand_off.giver.person)


def _close_talk(actor: Person | None, hand_off: HandOff) -> None:
    if hand_off.conversation is not None:
        messaging.end_conversation(actor=actor, conversation=hand_off.conversation)


def _locked(hand_off: HandOff) -> HandOff:
    """The family first, then the row: who answers for a family changes for one at a time."""
    Family.objects.select_for_update(no_key=True).get(pk=hand_off.family_id)
    return (
        HandOff.objects.select_for_update(of=("self",))
        .select_related("family__program", "member__person", "giver__person", "receiver__person", "conversation")
        .get(pk=hand_off.pk)
    )


def _tell(hand_off: HandOff, what: str, *, besides: Person | None = None) -> None:
    """Who of the family takes part, and the two; where it is about the coordinator and not the meeting, all of the family."""
    people = [hand_off.member.person] if hand_off.member else []
    if hand_off.kind == Kind.COORDINATOR and what in {State.NOT_WARM, State.WARM}:
        people += coordinators.told_of_family(hand_off.family)
    for person in dict.fromkeys([*people, hand_off.giver.person, hand_off.receiver.person]):
        if person != besides and access.visible_hand_offs(person).filter(pk=hand_off.pk).exists():
            _notify(hand_off, person, what)


def _tell_one(hand_off: HandOff, role: StaffRole, what: str) -> None:
    if coordinators.is_there(role):
        _notify(hand_off, role.person, what)


def _notify(hand_off: HandOff, person: Person, what: str) -> None:
    notify(
        person=person,
        kind=Notice.Kind.HAND_OFF,
        path=f"/hand-offs/{hand_off.public_id}/",
        about=f"hand-off:{hand_off.public_id}:{what}",
    )


def _note(actor: Person | None, verb: Entry.Verb, hand_off: HandOff) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="hand_off",
        subject_id=hand_off.public_id,
        family=hand_off.family,
        kind=hand_off.kind,
        state=hand_off.state,
    )
