"""Peers who may take a new family today, made by the same actions that pages use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peer_support import actions
from peer_support.models import PeerProfile
from portal.accounts.models import Person
from portal.programs.models import StaffRole

SAID: dict[str, Any] = {
    "about": "My son was in care too.",
    "relation": "kin",
    "languages": [("en", "native"), ("es", "basic")],
    "region": "jefferson",
    "free_at": ["weekday_evening"],
    "ways": ["chat", "phone"],
    "child_age_bands": ["6-12", "13-17"],
    "interests": ["cooking"],
    "capacity": 3,
    "is_taking": True,
    "gender": "",
}


def said_by(role: StaffRole, **changes: Any) -> PeerProfile:
    """What a peer says about themselves, as yet without a word on the years."""
    relation = {"relation": "lived_it"} if role.role == StaffRole.Role.YOUTH_MENTOR else {}
    return actions.keep_profile(actor=role.person, role=role, **SAID | relation | changes)


def lived(role: StaffRole, *spans: tuple[str, int, int | None]) -> None:
    """Systems by (name, days ago it began, days ago it ended or None while it goes on)."""
    today = role.organization.program.today()
    for system, began, ended in spans:
        actions.add_lived_system(
            actor=role.person,
            role=role,
            system=system,
            from_on=today - dt.timedelta(days=began),
            until_on=None if ended is None else today - dt.timedelta(days=ended),
        )


def verified(role: StaffRole, by: Person, **changes: Any) -> PeerProfile:
    """With two systems over two years, attested by the peer and verified."""
    said_by(role, **changes)
    lived(role, ("child_welfare", 1200, 700), ("juvenile_justice", 900, None))
    return checked(role, by)


def checked(role: StaffRole, by: Person) -> PeerProfile:
    actions.attest(actor=role.person, role=role)
    attested_at = PeerProfile.objects.get(staff_role=role).attested_at
    assert attested_at is not None
    return actions.verify(actor=by, role=role, attested_at=attested_at)


def with_papers(role: StaffRole, by: Person, expires_in: int | None = None) -> None:
    """Each check and training that the programme asks of this job, ending in so many days."""
    today = role.organization.program.today()
    for one in role.organization.program.profile.required_of(role.role):
        actions.add_credential(
            actor=by,
            role=role,
            requirement=one.id,
            hours=one.hours,
            issued_on=today - dt.timedelta(days=300),
            expires_on=None if expires_in is None else today + dt.timedelta(days=expires_in),
        )


def ready(role: StaffRole, by: Person, **changes: Any) -> PeerProfile:
    """A peer against whom `may_take_new` has nothing."""
    profile = verified(role, by, **changes)
    with_papers(role, by)
    return profile
