"""The demo's families ask: Odile has two people to compare, Marcus waits for a mentor."""

from __future__ import annotations

import datetime as dt

from peer_support.actions import ask_for_peer, look_again, suggest_peers, withdraw_pairing
from peer_support.models import Pairing
from portal.accounts.models import Person
from portal.families.models import Member
from portal.programs.models import StaffRole


def tell(people: dict[str, Person], roles: dict[str, StaffRole], *, now: dt.datetime) -> None:
    """Odile is ready to look at Denise again, beside Lucía; both are offered with what they share with her."""
    odile, marcus = (Member.objects.get(person=people[slug]) for slug in ("odile", "marcus"))
    ask_for_peer(
        actor=people["odile"],
        member=odile,
        languages=["en", "es"],
        systems=["courts", "education"],
        relation="kin",
        free_at=["weekday_evening"],
        ways=["phone", "visit"],
    )
    look_again(actor=people["odile"], member=odile)
    for offer in Pairing.objects.filter(member=odile, state=Pairing.State.PROPOSED):
        withdraw_pairing(actor=people["alma"], pairing=offer)
    offers = suggest_peers(actor=people["alma"], member=odile, peers=[roles["denise"], roles["lucia"]])
    Pairing.objects.filter(pk__in=[one.pk for one in offers]).update(proposed_at=now - dt.timedelta(days=4))
    ask_for_peer(
        actor=people["marcus"], member=marcus, languages=["en"], systems=["mental_health"], interests=["basketball"]
    )
