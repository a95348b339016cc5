"""What stands in the database about peers and the families they stand by."""

from __future__ import annotations

from peer_support.models.pairings import Pairing
from peer_support.models.peers import Credential, LivedSystem, PeerProfile, SpokenLanguage

__all__ = ["Credential", "LivedSystem", "Pairing", "PeerProfile", "SpokenLanguage"]
