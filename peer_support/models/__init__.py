"""What stands in the database about peers and the families they stand by."""

from __future__ import annotations

from peer_support.models.check_ins import CheckIn
from peer_support.models.contacts import Contact, ContactFelt, ContactPause, PlannedContact
from peer_support.models.coordination import Coordination, CoordinationCheck
from peer_support.models.groups import Group, GroupMembership, GroupModerator, GroupReport, GroupRule
from peer_support.models.hand_offs import HandOff
from peer_support.models.helping import HelpingPath
from peer_support.models.pairings import Pairing
from peer_support.models.peers import Credential, LivedSystem, PeerProfile, SpokenLanguage
from peer_support.models.permissions import Permission
from peer_support.models.requests import EducatorClass, RequestStep, SupportRequest
from peer_support.models.skills import ChosenSkill, SkillStep
from peer_support.models.wishes import Conflict, Wish

__all__ = [
    "CheckIn",
    "ChosenSkill",
    "Conflict",
    "Contact",
    "ContactFelt",
    "ContactPause",
    "Coordination",
    "CoordinationCheck",
    "Credential",
    "EducatorClass",
    "Group",
    "GroupMembership",
    "GroupModerator",
    "GroupReport",
    "GroupRule",
    "HandOff",
    "HelpingPath",
    "LivedSystem",
    "Pairing",
    "PeerProfile",
    "Permission",
    "PlannedContact",
    "RequestStep",
    "SkillStep",
    "SpokenLanguage",
    "SupportRequest",
    "Wish",
]
