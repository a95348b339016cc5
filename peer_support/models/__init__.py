"""What stands in the database about peers and the families they stand by."""

from __future__ import annotations

from peer_support.models.coordination import Coordination, CoordinationCheck
from peer_support.models.hand_offs import HandOff
from peer_support.models.pairings import Pairing

__all__ = ["Coordination", "CoordinationCheck", "HandOff", "Pairing"]
