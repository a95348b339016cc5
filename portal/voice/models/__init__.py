"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.choices import Choice, ChoiceWord, Option
from portal.voice.models.partners import PartnerConsent, PartnerRequest

__all__ = ["Choice", "ChoiceWord", "Option", "PartnerConsent", "PartnerRequest"]
