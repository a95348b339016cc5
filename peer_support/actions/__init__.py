"""Every write of peer support, split by noun."""

from __future__ import annotations

from peer_support.actions.pairings import (
    AlreadyPaired,
    accept_pairing,
    decline_pairing,
    end_pairing,
    end_staff_role,
    propose_pairing,
    withdraw_pairing,
)

__all__ = [
    "AlreadyPaired",
    "accept_pairing",
    "decline_pairing",
    "end_pairing",
    "end_staff_role",
    "propose_pairing",
    "withdraw_pairing",
]
