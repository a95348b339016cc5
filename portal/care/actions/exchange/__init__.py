"""Taking over what another system says, and the family's answer where it differs from what they wrote."""

from __future__ import annotations

from portal.care.actions.exchange.answers import answer_difference
from portal.care.actions.exchange.known import other_system
from portal.care.actions.exchange.shared import keep_export
from portal.care.actions.exchange.taking import take_over

__all__ = ["answer_difference", "keep_export", "other_system", "take_over"]
