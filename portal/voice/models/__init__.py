"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.agenda import AgendaConfirmation, AgendaItem, MeetingNote
from portal.voice.models.preparing import PrepNote, PrepPoint
from portal.voice.models.pulse import MeetingResult, Pulse, PulseAnswer

__all__ = [
    "AgendaConfirmation",
    "AgendaItem",
    "MeetingNote",
    "MeetingResult",
    "PrepNote",
    "PrepPoint",
    "Pulse",
    "PulseAnswer",
]
