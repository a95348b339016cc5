"""Every write of peer support, split by noun."""

from __future__ import annotations

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
    "TooFewHours",
    "TooManyFamilies",
    "accept_pairing",
    "add_credential",
    "add_lived_system",
    "ask_for_peer",
    "attest",
    "decline_pairing",
    "end_conflict",
    "end_lived_system",
    "end_pairing",
    "end_staff_role",
    "end_wish",
    "keep_profile",
    "look_again",
    "note_conflict",
    "propose_pairing",
    "propose_with_reasons",
    "remove_lived_system",
    "suggest_peers",
    "take_time",
    "verify",
    "warn_expiring",
    "withdraw_credential",
    "withdraw_others",
    "withdraw_pairing",
]
