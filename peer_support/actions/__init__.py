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

__all__ = [
    "AlreadyPaired",
    "ChangedMeanwhile",
    "DaysCannotBe",
    "NotLivedEnough",
    "PeerRefusal",
    "TooFewHours",
    "TooManyFamilies",
    "accept_pairing",
    "add_credential",
    "add_lived_system",
    "attest",
    "decline_pairing",
    "end_lived_system",
    "end_pairing",
    "end_staff_role",
    "keep_profile",
    "propose_pairing",
    "remove_lived_system",
    "verify",
    "warn_expiring",
    "withdraw_credential",
    "withdraw_pairing",
]
