"""How families take part in the policy of their programme."""

from __future__ import annotations

from portal.community.models.comments import Comment, CommentPeriod
from portal.community.models.said_done import SaidDone
from portal.community.models.suggestions import Suggestion, SuggestionStep
from portal.community.models.taking_part import Interest, Opportunity, Seat

__all__ = [
    "Comment",
    "CommentPeriod",
    "Interest",
    "Opportunity",
    "SaidDone",
    "Seat",
    "Suggestion",
    "SuggestionStep",
]
