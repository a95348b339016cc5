"""Looking for words of danger in what somebody says or tells. Whatever goes wrong in that, what was said is kept and read."""

from __future__ import annotations

import logging

from portal.safety import screening

logger = logging.getLogger(__name__)


def screened(text: str, language: str) -> screening.Finding | None:
    """None where it could not be looked at. Never raises, for a list of words can be broken in as many ways as there are
    words; the log has no word of what was said.
    """
    try:
        return screening.screen(text, language)
    except Exception as error:
        logger.error("What was said could not be screened: %s", type(error).__name__)
        return None


def is_hard(text: str, language: str) -> bool:
    """Words of danger: who writes them reads at once where help is."""
    found = screened(text, language)
    return found is not None and found.level is screening.Level.CRISIS
