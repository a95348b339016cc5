"""Asking for a peer, choosing among several, and noting who must not be matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from peer_support.actions.pairings import take_back
from peer_support.actions.requests import track_wish, wish_was_ended
from peer_support.models import Conflict, Pairing, Wish
from portal.access import Refused, require
from portal.access import pairings as pairing_access
from portal.access import wishes as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family, Member
from portal.programs.models import StaffRole


class Told(TypedDict, total=False):
    """What somebody may say beside the language; what is not said is unknown."""

    interpreter_is_fine: bool
    systems: Sequence[str]
    relation: str
    must: Sequence[str]
    must_not: Sequence[str]
    matters: Sequence[str]
    free_at: Sequence[str]
    ways: Sequence[str]
    interests: Sequence[str]
    words: str


@transaction.atomic
def ask_for_peer(
    *,
    actor: Person,
    member: Member,
    languages: Sequence[str],
    **told: Unpack[Told],
) -> Wish:
    """Somebody wants a peer partner or a mentor, and says what matters. Asking again says it anew; the wait goes on.

    A wait begins anew only where it had ended.
    """
    require(access.may_ask(actor, member) and bool(languages))
    Member.objects.select_for_update().get(pk=member.pk)
    wish = Wish.objects.filter(member=member).first() or Wish(member=member)
    if wish.ended_at is not None:
        wish.asked_at, wish.ended_at = timezone.now(), None
    wish.asked_by, wish.thinking_at = actor, None
    wish.languages = list(languages)
    wish.interpreter_is_fine, wish.relation = told.get("interpreter_is_fine", False), told.get("relation", "")
    wish.words = told.get("words", "").strip()
    wish.systems, wish.matters = list(told.get("systems", ())), list(told.get("matters", ()))
    wish.must, wish.must_not = list(told.get("must", ())), list(told.get("must_not", ()))
    wish.free_at, wish.ways = list(told.get("free_at", ())), list(told.get("ways", ()))
    wish.interests = list(told.get("interests", ()))
    verb = Entry.Verb.CREATED if wish.pk is None else Entry.Verb.CHANGED
    wish.save()
    # Who asks now has changed their mind, if they had said "nobody for now" when the last one left.
    member.pairings.filter(state__in=pairing_access.CLOSED_BY_CHOICE).update(wants_next=True)
    _record(actor, verb, wish)
    track_wish(actor, member)
    return wish


@transaction.atomic
def end_wish(*, actor: Person, member: Member) -> None:
    """They want nobody, for now. No reason is asked; they can ask again on any day."""
    wish = _own_wish(actor, member)
    wish.ended_at = timezone.now()
    wish.save(update_fields=["ended_at"])
    _record(actor, Entry.Verb.ENDED, wish)
    wish_was_ended(actor, member)


@transaction.atomic
def look_again(*, actor: Person, member: Member) -> None:
    """Whom they said no to may be shown to them again: people change their minds, and nobody holds it against them."""
    wish = _own_wish(actor, member)
    wish.fresh_from = timezone.now()
    wish.save(update_fields=["fresh_from"])
    _record(actor, Entry.Verb.CHANGED, wish)


@transaction.atomic
def take_time(*, actor: Person) -> None:
    """They looked at the choices and want to think. Every offer stays; no peer is told."""
    for member in {offer.member for offer in pairing_access.offered_to(actor)}:
        wish = Wish.objects.filter(member=member).first() or Wish(
            member=member, languages=[actor.language], asked_by=actor
        )
        wish.thinking_at = timezone.now()
        wish.save()
        _record(actor, Entry.Verb.CHANGED, wish)


# -- who must not be matched -----------------------------------------------------------------------------------------------


@transaction.atomic
def note_conflict(*, actor: Person, family: Family, peer: StaffRole, kind: Conflict.Kind) -> Conflict:
    """A peer is a relative, a neighbour or the like: never again suggested to this family, and open offers are taken back.

    Noting it twice changes nothing. What already runs between the two goes on until somebody ends it.
    """
    require(access.may_note_conflict(actor, family, peer))
    Family.objects.select_for_update().get(pk=family.pk)
    there = access.conflicts_in_force(family).filter(peer=peer).first()
    if there is not None:
        return there
    conflict = Conflict.objects.create(family=family, peer=peer, kind=kind, noted_by=actor)
    _record_conflict(actor, Entry.Verb.CREATED, conflict)
    for offer in Pairing.objects.select_for_update(of=("self",)).filter(
        family=family, peer=peer, state=Pairing.State.PROPOSED
    ):
        take_back(actor, offer)
    return conflict


@transaction.atomic
def end_conflict(*, actor: Person, conflict: Conflict) -> None:
    """It holds no longer, or was a mistake."""
    Family.objects.select_for_update().get(pk=conflict.family_id)
    require(access.may_end_conflict(actor, conflict))
    Conflict.objects.filter(pk=conflict.pk).update(ended_at=timezone.now(), ended_by=actor)
    _record_conflict(actor, Entry.Verb.ENDED, conflict)


# -- parts of the above ----------------------------------------------------------------------------------------------------


def _own_wish(actor: Person, member: Member) -> Wish:
    require(access.may_ask(actor, member))
    wish = Wish.objects.select_for_update().filter(member=member).first()
    if wish is None:
        raise Refused
    return wish


def _record(actor: Person, verb: Entry.Verb, wish: Wish) -> None:
    record(actor=actor, verb=verb, subject="wish", family=wish.member.family)


def _record_conflict(actor: Person, verb: Entry.Verb, conflict: Conflict) -> None:
    record(actor=actor, verb=verb, subject="peer_conflict", subject_id=conflict.public_id, family=conflict.family)
