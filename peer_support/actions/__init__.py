"""Every write of peer support, split by noun."""

from __future__ import annotations

from peer_support.actions.contacts import Said, call_off, log_contact, plan_contact, rewrap_contacts, say_how_it_felt
from peer_support.actions.pairings import (
    AlreadyPaired,
    accept_pairing,
    decline_pairing,
    end_pairing,
    end_staff_role,
    propose_pairing,
    withdraw_pairing,
)
from peer_support.actions.rhythm import begin_rhythm, come_again, say_not_now

__all__ = [
    "AlreadyPaired",
    "Said",
    "accept_pairing",
    "begin_rhythm",
    "call_off",
    "come_again",
    "decline_pairing",
    "end_pairing",
    "end_staff_role",
    "log_contact",
    "plan_contact",
    "propose_pairing",
    "rewrap_contacts",
    "say_how_it_felt",
    "say_not_now",
    "withdraw_pairing",
]
