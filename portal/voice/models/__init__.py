"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.agenda import AgendaConfirmation, AgendaItem, MeetingNote
from portal.voice.models.choices import Choice, ChoiceWord, Option
from portal.voice.models.partners import PartnerConsent, PartnerRequest
from portal.voice.models.preparing import PrepNote, PrepPoint
from portal.voice.models.priorities import Phase, PhaseEnd, PhaseWord, Preference, Ranking
from portal.voice.models.proposals import Decision, GoAhead, GoAheadItem, OneOption, PlanObjection, ProposalAnswer
from portal.voice.models.pulse import MeetingResult, Pulse, PulseAnswer
from portal.voice.models.rounds import Position, Round, RoundQuestion, RoundText
from portal.voice.models.statements import Statement, StatementFile, StatementStep, Transcript

__all__ = [
    "AgendaConfirmation",
    "AgendaItem",
    "Choice",
    "ChoiceWord",
    "Decision",
    "GoAhead",
    "GoAheadItem",
    "MeetingNote",
    "MeetingResult",
    "OneOption",
    "Option",
    "PartnerConsent",
    "PartnerRequest",
    "Phase",
    "PhaseEnd",
    "PhaseWord",
    "PlanObjection",
    "Position",
    "Preference",
    "PrepNote",
    "PrepPoint",
    "ProposalAnswer",
    "Pulse",
    "PulseAnswer",
    "Ranking",
    "Round",
    "RoundQuestion",
    "RoundText",
    "Statement",
    "StatementFile",
    "StatementStep",
    "Transcript",
]
