"""Who waits for a peer partner, and who for an answer: with the days, so that nobody waits unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.access import pairings

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person
    from portal.families.models import Family


@dataclass(frozen=True, slots=True)
class WaitingFamily:
    family: Family
    days: int


@dataclass(frozen=True, slots=True)
class WaitingOffer:
    pairing: Pairing
    days: int


def families_waiting(person: Person) -> list[WaitingFamily]:
    """The families of this liaison in which someone waits for a peer partner or an offer, the longest wait first."""
    return [
        WaitingFamily(family, days_since(family.waits_since, family.program.zone))  # type: ignore[attr-defined] # annotated
        for family in pairings.families_without_peer(person)
    ]


def offers_waiting(person: Person) -> list[WaitingOffer]:
    """Offers that families of this liaison have not answered yet, the oldest first."""
    offers = pairings.visible_pairings(person).filter(state="proposed").exclude(member__person=person).order_by("pk")
    return [WaitingOffer(pairing, days_since(pairing.proposed_at, pairing.family.program.zone)) for pairing in offers]


def days_since(moment: dt.datetime, zone: dt.tzinfo) -> int:
    """Midnights between then and now, where the programme is."""
    return (timezone.now().astimezone(zone).date() - moment.astimezone(zone).date()).days
