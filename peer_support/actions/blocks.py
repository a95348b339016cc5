"""No more of this one: somebody wants never to talk with a peer again, and says no more than that."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from peer_support.actions.lives import choose_next, finish
from peer_support.actions.pairings import about, locked, tell_liaison
from peer_support.actions.wishes import note_conflict
from peer_support.models import Conflict, Pairing
from portal.access import mentors, require
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.notices import actions as notices
from portal.notices.models import Notice

CHANGED = Notice.Kind.PAIRING_CHANGED


@transaction.atomic
def block_peer(*, actor: Person, pairing: Pairing, wants_next: bool) -> None:
    """It ends at once, and this peer is never offered to the family again. No reason is asked for, or kept.

    The peer reads that it ended, as of any other end. The liaison, and who watches over a young person's talk, see
    that it was this.
    """
    supervisor = mentors.supervisor(pairing)
    pairing = locked(pairing)
    require(access.may_block(actor, pairing))
    note_conflict(actor=actor, family=pairing.family, peer=pairing.peer, kind=Conflict.Kind.BLOCKED)
    pairing.blocked_at = timezone.now()
    pairing.save(update_fields=["blocked_at"])
    if pairing.takes_place:
        finish(actor, pairing, access.Side.FAMILY)
    choose_next(actor=actor, pairing=pairing, wants_next=wants_next)
    tell_liaison(CHANGED, pairing, "blocked")
    if supervisor is not None and supervisor.person != pairing.proposed_by:
        sees_it = access.visible_pairings(supervisor.person).filter(pk=pairing.pk).exists()
        path = f"/pairings/{pairing.public_id}/" if sees_it else "/supervision/"
        notices.notify(person=supervisor.person, kind=CHANGED, path=path, about=about(pairing, "blocked"))
