"""What a programme's profile may say: strict shapes, every fact with its source and how certain it is.

Pure: it reads no file and knows no Django. A profile that breaks a rule is refused with each wrong key named.
"""

from __future__ import annotations

from portal.programs.schema.clocks import Extension, Plan, Rule
from portal.programs.schema.matching import MatchingWeights, MentorAges
from portal.programs.schema.organizations import Contact, Language, Organization, Role, Term
from portal.programs.schema.places import (
    AddedHoliday,
    Area,
    HolidaySeed,
    Neighbors,
    Region,
    RegionGroup,
    RegionKind,
    RemovedHoliday,
    region_id,
)
from portal.programs.schema.profile import Profile
from portal.programs.schema.requirements import Requirement, Warnings
from portal.programs.schema.rights import (
    AgeMark,
    ConfidentialityLimit,
    ConsentRule,
    CrisisContact,
    Criterion,
    MinorConsent,
    Reporting,
    ReportRoute,
    Right,
    Service,
)
from portal.programs.schema.settings import Disaster, Number, Settings, Switch
from portal.programs.schema.team import TeamShape

__all__ = [
    "AddedHoliday",
    "AgeMark",
    "Area",
    "ConfidentialityLimit",
    "ConsentRule",
    "Contact",
    "CrisisContact",
    "Criterion",
    "Disaster",
    "Extension",
    "HolidaySeed",
    "Language",
    "MatchingWeights",
    "MentorAges",
    "MinorConsent",
    "Neighbors",
    "Number",
    "Organization",
    "Plan",
    "Profile",
    "Region",
    "RegionGroup",
    "RegionKind",
    "RemovedHoliday",
    "ReportRoute",
    "Reporting",
    "Requirement",
    "Right",
    "Role",
    "Rule",
    "Service",
    "Settings",
    "Switch",
    "TeamShape",
    "Term",
    "Warnings",
    "region_id",
]
