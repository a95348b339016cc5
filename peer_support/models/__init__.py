"""What stands in the database about peers and the families they stand by."""

from __future__ import annotations

from peer_support.models.contacts import Contact, ContactFelt, ContactPause, PlannedContact
from peer_support.models.pairings import Pairing

__all__ = ["Contact", "ContactFelt", "ContactPause", "Pairing", "PlannedContact"]
