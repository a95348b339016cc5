"""Looking for words of danger in what somebody tells us. Whatever goes wrong in that, what was told is kept and read."""

from __future__ import annotations

import logging

from portal.safety import screening

logger = logging.getLogger(__name__)


def screened(text: str, language: str) -> screening.Finding:
    """Never raises: a list of words can be broken in as many ways as there are words."""
    try:
        return screening.screen(text, language)
    except Exception:
        logger.exception("The screener failed")
        return screening.NOTHING
