"""Every write of peer support, split by noun."""

from __future__ import annotations

from peer_support.actions.contacts import Said, call_off, log_contact, plan_contact, rewrap_contacts, say_how_it_felt
from peer_support.actions.expiring import warn_expiring
from peer_support.actions.pairings import (
    AlreadyPaired,
    accept_pairing,
    decline_pairing,
    end_pairing,
    end_staff_role,
    propose_pairing,
    withdraw_pairing,
)
from peer_support.actions.peers import (
    ChangedMeanwhile,
    DaysCannotBe,
    NotLivedEnough,
    PeerRefusal,
    TooFewHours,
    TooManyFamilies,
    add_credential,
    add_lived_system,
    attest,
    end_lived_system,
    keep_profile,
    remove_lived_system,
    verify,
    withdraw_credential,
)
from peer_support.actions.rhythm import begin_rhythm, come_again, say_not_now
from peer_support.actions.suggestions import NoLongerFits, propose_with_reasons, suggest_peers
from peer_support.actions.wishes import (
    ask_for_peer,
    end_conflict,
    end_wish,
    look_again,
    note_conflict,
    take_time,
    withdraw_others,
)

__all__ = [
    "AlreadyPaired",
    "ChangedMeanwhile",
    "DaysCannotBe",
    "NoLongerFits",
    "NotLivedEnough",
    "PeerRefusal",
    "Said",
    "TooFewHours",
    "TooManyFamilies",
    "accept_pairing",
    "add_credential",
    "add_lived_system",
    "ask_for_peer",
    "attest",
    "begin_rhythm",
    "call_off",
    "come_again",
    "decline_pairing",
    "end_conflict",
    "end_lived_system",
    "end_pairing",
    "end_staff_role",
    "end_wish",
    "keep_profile",
    "log_contact",
    "look_again",
    "note_conflict",
    "plan_contact",
    "propose_pairing",
    "propose_with_reasons",
    "remove_lived_system",
    "rewrap_contacts",
    "say_how_it_felt",
    "say_not_now",
    "suggest_peers",
    "take_time",
    "verify",
    "warn_expiring",
    "withdraw_credential",
    "withdraw_others",
    "withdraw_pairing",
]
