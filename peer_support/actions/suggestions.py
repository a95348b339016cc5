"""A liaison's offer with what matching found: checked again at the moment it is made."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from peer_support.actions.pairings import propose_pairing
from peer_support.matching import limits, score
from peer_support.models import Pairing
from portal.access import families, matching, require
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import StaffRole


class NoLongerFits(Exception):
    """Since the plan was made, something came between: their last place went, a paper ran out, somebody knows them."""

    def __init__(self, peer: StaffRole, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.peer = peer
        self.codes = codes


@transaction.atomic
def suggest_peers(*, actor: Person, member: Member, peers: Sequence[StaffRole], reason: str = "") -> list[Pairing]:
    """Offer one or more people at once, each with its reasons; the family chooses. All of them, or none.

    Whoever stands proposed already stays so. Raises NoLongerFits for the first who breaks a hard limit today.
    """
    require(bool(peers) and families.is_liaison_of(actor, member.family_id))
    Member.objects.select_for_update().get(pk=member.pk)
    seeker, program = matching.seeker_of(member), member.family.program
    there = {one.role.pk: one.helper for one in matching.helpers_for([member.family], actor)}
    for peer in peers:
        helper = there.get(peer.pk)
        broken = limits(seeker, helper, matching.ages_of(program)) if helper else ("not_verified",)
        if broken:
            raise NoLongerFits(peer, broken)
    standing = set(Pairing.objects.filter(member=member, state__in=access.OPEN).values_list("peer", flat=True))
    return [
        propose_with_reasons(actor=actor, member=member, peer=peer, reason=reason)
        for peer in peers
        if peer.pk not in standing
    ]


@transaction.atomic
def propose_with_reasons(*, actor: Person, member: Member, peer: StaffRole, reason: str) -> Pairing:
    """A liaison's own choice, whoever the plan would have named. What the two share is said with it, also that it is nothing.

    Raises AlreadyPaired, and Refused where somebody noted that the two must not be matched.
    """
    pairing = propose_pairing(actor=actor, member=member, peer=peer, reason=reason)
    there = matching.helpers_for([member.family], actor)
    helper = next((one.helper for one in there if one.role.pk == peer.pk), None)
    if helper is not None:
        fit = score(matching.seeker_of(member), helper, matching.weights_of(member.family.program))
        pairing.reasons, pairing.shares_experience = list(fit.reasons), fit.shares_experience
        pairing.save(update_fields=["reasons", "shares_experience"])
    return pairing
