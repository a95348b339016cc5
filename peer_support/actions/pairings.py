"""How a pairing comes about: proposed by a liaison, answered by the family, and a place kept for it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from messaging import actions as messaging
from messaging.models import Conversation
from peer_support.actions.requests import wish_was_granted, wish_was_offered
from peer_support.models import Pairing
from peer_support.refusals import NoPlaceLeft
from portal.access import Refused, mentors, require
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety import actions as safety

State = Pairing.State


class AlreadyPaired(Exception):
    """This peer is proposed to, or paired with, this person already."""


@transaction.atomic
def propose_pairing(*, actor: Person, member: Member, peer: StaffRole, reason: str) -> Pairing:
    """A liaison proposes a peer partner to one adult of a family, and says why. Raises AlreadyPaired."""
    require(access.may_propose(actor, member, peer))
    Member.objects.select_for_update().get(pk=member.pk)
    if Pairing.objects.filter(member=member, peer=peer, state__in=Pairing.OPEN).exists():
        raise AlreadyPaired
    pairing = Pairing.objects.create(
        family=member.family, member=member, peer=peer, reason=reason.strip(), proposed_by=actor
    )
    note(actor, Entry.Verb.CREATED, pairing)
    tell(member.person, Notice.Kind.PAIRING_PROPOSED, pairing)
    ask_guardians(pairing)
    wish_was_offered(actor, pairing)
    return pairing


def accept_pairing(*, actor: Person, pairing: Pairing) -> Conversation | None:
    """The family says yes: a place is theirs and their conversation opens, once, however often yes is sent.

    Between a mentor and a young person it opens with somebody named to watch over it, and nobody writes before a guardian
    agreed. Other offers to the same person are taken back: they have chosen.
    Raises NoPlaceLeft, and the liaison hears of it.
    """
    try:
        with transaction.atomic():
            return _accept(actor, pairing)
    except NoPlaceLeft:
        tell_liaison(Notice.Kind.PAIRING_CHANGED, pairing, "full")
        raise


def _accept(actor: Person, pairing: Pairing) -> Conversation | None:
    require(access.may_answer(actor, pairing))
    # One row of the person and one of the peer, always in this order: two answers of one person, and two people who
    # want the same last place, each wait for the other.
    Member.objects.select_for_update(no_key=True).get(pk=pairing.member_id)
    peer = StaffRole.objects.select_for_update(no_key=True).get(pk=pairing.peer_id)
    pairing = locked(pairing)
    if pairing.takes_place:
        return pairing.conversation
    require(access.may_begin(pairing))
    if not access.has_place(peer):
        raise NoPlaceLeft
    move(pairing, State.ACCEPTED)
    pairing.conversation = open_talk(actor, pairing)
    pairing.answered_at = timezone.now()
    pairing.save(update_fields=["state", "conversation", "answered_at"])
    note(actor, Entry.Verb.CHANGED, pairing)
    watch_over(actor, pairing)
    notices.mark_read(person=actor, about=about(pairing))
    tell(pairing.peer.person, Notice.Kind.PAIRING_ACCEPTED, pairing)
    tell_liaison(Notice.Kind.PAIRING_ACCEPTED, pairing)
    _withdraw_others(actor, pairing)
    wish_was_granted(actor, pairing)
    return pairing.conversation


def open_talk(actor: Person | None, pairing: Pairing) -> Conversation:
    """The conversation of a match; that of a young person needs more to be written in (access/supervision.py)."""
    return messaging.open_conversation(
        actor=actor,
        family=pairing.family,
        members=[(pairing.member.person, None), (pairing.peer.person, pairing.peer)],
        is_match=True,
    )


def watch_over(actor: Person | None, pairing: Pairing) -> None:
    """Somebody is named before the first word, where one of the two is under 18."""
    if pairing.conversation is not None and not access.may_talk(pairing):
        safety.name_supervisor(actor=actor, conversation=pairing.conversation)


@transaction.atomic
def decline_pairing(*, actor: Person, pairing: Pairing) -> None:
    """The family asks for someone else. No reason is needed; only the liaison is told, never the peer."""
    require(access.may_answer(actor, pairing))
    pairing = locked(pairing)
    move(pairing, State.DECLINED)
    pairing.answered_at = timezone.now()
    pairing.save(update_fields=["state", "answered_at"])
    note(actor, Entry.Verb.CHANGED, pairing)
    notices.mark_read(person=actor, about=about(pairing))
    notices.take_back(about=about_permission(pairing))
    tell_liaison(Notice.Kind.PAIRING_DECLINED, pairing)


@transaction.atomic
def withdraw_pairing(*, actor: Person, pairing: Pairing) -> None:
    """The liaison takes a proposal back before it was answered."""
    require(access.may_end(actor, pairing) and pairing.member.person_id != actor.pk)
    take_back(actor, pairing)


def _withdraw_others(actor: Person, pairing: Pairing) -> None:
    """One of several was chosen: the other offers to the same person are taken back. None of those peers is told."""
    others = Pairing.objects.select_for_update(of=("self",)).filter(member=pairing.member_id, state=State.PROPOSED)
    for other in others.order_by("pk"):
        take_back(actor, other)


def take_back(actor: Person | None, pairing: Pairing) -> None:
    pairing = locked(pairing)
    move(pairing, State.WITHDRAWN)
    pairing.save(update_fields=["state"])
    note(actor, Entry.Verb.CHANGED, pairing)
    notices.mark_read(person=pairing.member.person, about=about(pairing))
    notices.take_back(about=about_permission(pairing))


# -- shared by all that happens to a pairing ---------------------------------------------------------------------------


def locked(pairing: Pairing) -> Pairing:
    """The row as it is now, held until this is done."""
    return (
        Pairing.objects.select_for_update(of=("self",))
        .select_related("member__person", "peer__person", "family__program", "conversation", "proposed_by")
        .get(pk=pairing.pk)
    )


def move(pairing: Pairing, state: Pairing.State) -> None:
    if state not in Pairing.NEXT[State(pairing.state)]:
        raise Refused
    pairing.state = state


def about(pairing: Pairing, what: str = "") -> str:
    return f"pairing:{pairing.public_id}:{what}" if what else f"pairing:{pairing.public_id}"


def about_permission(pairing: Pairing) -> str:
    """What a guardian's notices are about: the match, and nothing that is said in it."""
    return f"permission:{pairing.public_id}"


def ask_guardians(pairing: Pairing) -> None:
    """A mentor is thought of for a young person: who is told of it is told, and who may decide reads that we ask for a yes."""
    if not mentors.needs_permission(pairing):
        return
    for guardian in mentors.guardians(pairing.member):
        decides = mentors.may_decide(guardian, pairing)
        tell_guardian(guardian, pairing, Notice.Kind.MENTOR_ASKED if decides else Notice.Kind.MENTOR)


def tell_guardian(guardian: Person, pairing: Pairing, kind: Notice.Kind, what: str = "") -> None:
    about = about_permission(pairing)
    notices.notify(
        person=guardian,
        kind=kind,
        path=f"/mentors/{pairing.public_id}/",
        about=f"{about}:{what}" if what else about,
    )


def tell(person: Person, kind: Notice.Kind, pairing: Pairing, what: str = "") -> None:
    """Each step is told by itself: one that is unread does not swallow the next."""
    notices.notify(person=person, kind=kind, path=f"/pairings/{pairing.public_id}/", about=about(pairing, what))


def tell_liaison(kind: Notice.Kind, pairing: Pairing, what: str = "") -> None:
    """Who proposed it, if they still work with the family."""
    liaison = pairing.proposed_by
    if access.visible_pairings(liaison).filter(pk=pairing.pk).exists():
        tell(liaison, kind, pairing, what)


def note(actor: Person | None, verb: Entry.Verb, pairing: Pairing) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="pairing",
        subject_id=pairing.public_id,
        family=pairing.family,
        state=pairing.state,
    )
