"""Who answers when, who watches over talk between adults and the young, and what follows from a worry."""

from portal.safety.models.concerns import (
    Concern,
    ConcernMessage,
    ConcernNote,
    ConcernStep,
    Debrief,
    Prompt,
    Repair,
    ReviewedWeek,
)
from portal.safety.models.on_call import DutyHours, OnCallLine, OnCallShift, RotaGap
from portal.safety.models.reports import AbuseReport, ReportCall
from portal.safety.models.supervision import Freeze, LegalException, Look, SecondHelper, StaffTie, Supervision

__all__ = [
    "AbuseReport",
    "Concern",
    "ConcernMessage",
    "ConcernNote",
    "ConcernStep",
    "Debrief",
    "DutyHours",
    "Freeze",
    "LegalException",
    "Look",
    "OnCallLine",
    "OnCallShift",
    "Prompt",
    "Repair",
    "ReportCall",
    "ReviewedWeek",
    "RotaGap",
    "SecondHelper",
    "StaffTie",
    "Supervision",
]
