"""A pairing's life: proposed by a liaison, answered by the family, ended as a goodbye; and what ends with a staff role."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from messaging import actions as messaging
from messaging.models import Conversation, Participant
from peer_support.actions.wishes import withdraw_others
from peer_support.models import Pairing
from portal import live
from portal.access import Refused, require
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member, StaffAssignment
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import StaffRole


class AlreadyPaired(Exception):
    """This peer is proposed to, or paired with, this person already."""


@transaction.atomic
def propose_pairing(*, actor: Person, member: Member, peer: StaffRole, reason: str) -> Pairing:
    """A liaison proposes a peer partner to one adult of a family, and says why. Raises AlreadyPaired."""
    require(access.may_propose(actor, member, peer))
    Member.objects.select_for_update().get(pk=member.pk)
    open_states = [Pairing.State.PROPOSED, Pairing.State.ACTIVE]
    if Pairing.objects.filter(member=member, peer=peer, state__in=open_states).exists():
        raise AlreadyPaired
    pairing = Pairing.objects.create(
        family=member.family, member=member, peer=peer, reason=reason.strip(), proposed_by=actor
    )
    _record(actor, Entry.Verb.CREATED, pairing)
    _tell(member.person, Notice.Kind.PAIRING_PROPOSED, pairing)
    return pairing


@transaction.atomic
def accept_pairing(*, actor: Person, pairing: Pairing) -> Conversation | None:
    """The family says yes: the pairing is active and their conversation opens, once, however often yes is sent.

    None is opened between a mentor and a young person. Other offers to the same person are taken back.
    """
    require(access.may_answer(actor, pairing))
    Member.objects.select_for_update(no_key=True).get(
        pk=pairing.member_id
    )  # before any pairing: two answers of one person
    pairing = (
        Pairing.objects.select_for_update(of=("self",))
        .select_related("member__person", "peer__person", "family__program")
        .get(pk=pairing.pk)
    )
    if pairing.state == Pairing.State.ACTIVE:
        return pairing.conversation
    require(access.may_begin(pairing))
    _move(pairing, Pairing.State.ACTIVE)
    if access.may_talk(pairing):
        pairing.conversation = messaging.open_conversation(
            actor=actor,
            family=pairing.family,
            members=[(pairing.member.person, None), (pairing.peer.person, pairing.peer)],
        )
    pairing.answered_at = timezone.now()
    pairing.save(update_fields=["state", "conversation", "answered_at"])
    _record(actor, Entry.Verb.CHANGED, pairing)
    notices.mark_read(person=actor, about=_about(pairing))
    _tell(pairing.peer.person, Notice.Kind.PAIRING_ACCEPTED, pairing)
    _tell_liaison(Notice.Kind.PAIRING_ACCEPTED, pairing)
    withdraw_others(actor=actor, pairing=pairing)
    return pairing.conversation


@transaction.atomic
def decline_pairing(*, actor: Person, pairing: Pairing) -> None:
    """The family asks for someone else. No reason is needed; only the liaison is told, never the peer."""
    require(access.may_answer(actor, pairing))
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    _move(pairing, Pairing.State.DECLINED)
    pairing.answered_at = timezone.now()
    pairing.save(update_fields=["state", "answered_at"])
    _record(actor, Entry.Verb.CHANGED, pairing)
    notices.mark_read(person=actor, about=_about(pairing))
    _tell_liaison(Notice.Kind.PAIRING_DECLINED, pairing)


@transaction.atomic
def withdraw_pairing(*, actor: Person, pairing: Pairing) -> None:
    """The liaison takes a proposal back before it was answered."""
    require(access.may_end(actor, pairing) and pairing.member.person_id != actor.pk)
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    _move(pairing, Pairing.State.WITHDRAWN)
    pairing.save(update_fields=["state"])
    _record(actor, Entry.Verb.CHANGED, pairing)
    notices.mark_read(person=pairing.member.person, about=_about(pairing))


@transaction.atomic
def end_pairing(*, actor: Person, pairing: Pairing) -> None:
    """Nothing more is sent; the history stays with the family, and the peer no longer reads it."""
    require(access.may_end(actor, pairing))
    _end(actor, pairing)


def _end(actor: Person | None, pairing: Pairing) -> None:
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    _move(pairing, Pairing.State.ENDED)
    pairing.ended_at = timezone.now()
    pairing.save(update_fields=["state", "ended_at"])
    _record(actor, Entry.Verb.ENDED, pairing)
    if pairing.conversation is not None:
        messaging.end_conversation(actor=actor, conversation=pairing.conversation)
        messaging.end_participation(conversation=pairing.conversation, person=pairing.peer.person)


@transaction.atomic
def end_staff_role(*, actor: Person | None, role: StaffRole) -> None:
    """A job ends with all that hangs on it: pairings, participations, assignments, open pages. Families keep their history."""
    for pairing in Pairing.objects.filter(peer=role, state=Pairing.State.ACTIVE):
        _end(actor, pairing)
    for pairing in Pairing.objects.filter(peer=role, state=Pairing.State.PROPOSED):
        _move(pairing, Pairing.State.WITHDRAWN)
        pairing.save(update_fields=["state"])
    now = timezone.now()
    StaffAssignment.objects.filter(staff_role=role, ended_at=None).update(ended_at=now)
    Participant.objects.filter(staff_role=role, left_at=None).update(left_at=now)
    Conversation.objects.filter(participants__staff_role=role).update(access_version=F("access_version") + 1)
    programs.end_role(actor=actor, role=role)
    person = role.person_id
    transaction.on_commit(lambda: live.end_person(person))


def _move(pairing: Pairing, state: Pairing.State) -> None:
    if state not in Pairing.NEXT[Pairing.State(pairing.state)]:
        raise Refused
    pairing.state = state


def _about(pairing: Pairing) -> str:
    return f"pairing:{pairing.public_id}"


def _tell(person: Person, kind: Notice.Kind, pairing: Pairing) -> None:
    notices.notify(person=person, kind=kind, path=f"/pairings/{pairing.public_id}/", about=_about(pairing))


def _tell_liaison(kind: Notice.Kind, pairing: Pairing) -> None:
    """Who proposed it, if they still work with the family."""
    liaison = pairing.proposed_by
    if access.visible_pairings(liaison).filter(pk=pairing.pk).exists():
        _tell(liaison, kind, pairing)


def _record(actor: Person | None, verb: Entry.Verb, pairing: Pairing) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="pairing",
        subject_id=pairing.public_id,
        family=pairing.family,
        state=pairing.state,
    )
