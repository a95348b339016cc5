"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.priorities import Phase, PhaseEnd, PhaseWord, Preference, Ranking
from portal.voice.models.proposals import Decision, GoAhead, GoAheadItem, OneOption, PlanObjection, ProposalAnswer
from portal.voice.models.rounds import Position, Round, RoundQuestion, RoundText

__all__ = [
    "Decision",
    "GoAhead",
    "GoAheadItem",
    "OneOption",
    "Phase",
    "PhaseEnd",
    "PhaseWord",
    "PlanObjection",
    "Position",
    "Preference",
    "ProposalAnswer",
    "Ranking",
    "Round",
    "RoundQuestion",
    "RoundText",
]
