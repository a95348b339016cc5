"""One young person's plan of care, the team around it, its meetings, and what comes from other systems."""

from portal.care.models.exchange import Difference, ForeignRecord
from portal.care.models.meetings import Guest, MeetingTask, MeetingWish, TeamMeeting
from portal.care.models.plans import Change, Item, Plan, Seen, Tick, Version
from portal.care.models.team import EmptyPlace, Seat, TeamAsk, TeamLink, TeamRole

__all__ = [
    "Change",
    "Difference",
    "EmptyPlace",
    "ForeignRecord",
    "Guest",
    "Item",
    "MeetingTask",
    "MeetingWish",
    "Plan",
    "Seat",
    "Seen",
    "TeamAsk",
    "TeamLink",
    "TeamMeeting",
    "TeamRole",
    "Tick",
    "Version",
]
