"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.agenda import AgendaConfirmation, AgendaItem, MeetingNote
from portal.voice.models.preparing import PrepNote, PrepPoint
from portal.voice.models.pulse import MeetingResult, Pulse, PulseAnswer
from portal.voice.models.statements import Statement, StatementFile, StatementStep, Transcript

__all__ = [
    "AgendaConfirmation",
    "AgendaItem",
    "MeetingNote",
    "MeetingResult",
    "PrepNote",
    "PrepPoint",
    "Pulse",
    "PulseAnswer",
    "Statement",
    "StatementFile",
    "StatementStep",
    "Transcript",
]
