"""Families, who belongs to one, what each adult may decide, who stands beside them, and what may be shared with whom."""

from portal.families.models.families import (
    AccessBasis,
    AgeNotice,
    Family,
    Hold,
    LegalAuthority,
    Member,
    NoContact,
    Sight,
    StaffAssignment,
)
from portal.families.models.releases import Category, Disclosure, Release, Released

__all__ = [
    "AccessBasis",
    "AgeNotice",
    "Category",
    "Disclosure",
    "Family",
    "Hold",
    "LegalAuthority",
    "Member",
    "NoContact",
    "Release",
    "Released",
    "Sight",
    "StaffAssignment",
]
