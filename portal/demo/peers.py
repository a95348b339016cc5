"""The demo's peers tell families about themselves, and the lead has checked it."""

from __future__ import annotations

import datetime as dt

from peer_support.actions import add_credential, add_lived_system, attest, keep_profile, verify
from peer_support.models import PeerProfile
from portal.accounts.models import Person
from portal.programs.models import StaffRole

Spans = tuple[tuple[str, int, int | None], ...]

# Days ago from and until, None while it still goes on.
LIVED: dict[str, Spans] = {
    "denise": (("child_welfare", 4100, 2900), ("juvenile_justice", 3200, 2700), ("education", 4300, 1500)),
    "lucia": (("courts", 1900, 1300), ("mental_health", 2000, None), ("medicaid", 2600, None)),
    "tre": (("mental_health", 3300, 1600), ("medicaid", 3300, 1600)),
}
SAID: dict[str, dict[str, object]] = {
    "denise": {
        "relation": "foster",
        "languages": [("en", "native")],
        "region": "st-bernard",
        "free_at": ["weekday_morning", "weekday_evening"],
        "ways": ["chat", "phone", "visit"],
        "child_age_bands": ["6-12", "13-17"],
        "interests": ["gardening", "church choir"],
        "capacity": 6,
    },
    "lucia": {
        "relation": "kin",
        "languages": [("es", "native"), ("en", "good")],
        "region": "orleans",
        "free_at": ["weekday_evening", "weekend_day"],
        "ways": ["chat", "phone", "video"],
        "child_age_bands": ["13-17"],
        "interests": ["cocina", "música"],
        "capacity": 4,
    },
    "tre": {
        "relation": "lived_it",
        "languages": [("en", "native")],
        "region": "jefferson",
        "free_at": ["weekday_afternoon", "weekend_day"],
        "ways": ["visit", "phone"],
        "child_age_bands": ["13-17"],
        "interests": ["basketball", "drawing"],
        "capacity": 5,
    },
}
HOURS = 40
SOON = 21  # days: one paper of Lucía's ends within the month


def tell(roles: dict[str, StaffRole], lead: Person) -> None:
    """Denise, Lucía and Tre may take new families; Paul's training is written down."""
    for slug, said in SAID.items():
        role = roles[slug]
        keep_profile(actor=role.person, role=role, about=role.about, gender="", is_taking=True, **said)  # type: ignore[arg-type]
        lived(role, LIVED[slug])
        attest(actor=role.person, role=role)
        papers(role, lead, ends_in=SOON if slug == "lucia" else 300)
        attested_at = PeerProfile.objects.values_list("attested_at", flat=True).get(staff_role=role)
        verify(actor=lead, role=role, attested_at=attested_at or dt.datetime.now(tz=dt.UTC))
    papers(roles["paul"], lead, ends_in=None)


def lived(role: StaffRole, spans: Spans) -> None:
    today = role.organization.program.today()
    for system, began, ended in spans:
        add_lived_system(
            actor=role.person,
            role=role,
            system=system,
            from_on=today - dt.timedelta(days=began),
            until_on=None if ended is None else today - dt.timedelta(days=ended),
        )


def papers(role: StaffRole, lead: Person, *, ends_in: int | None) -> None:
    """A training has no end; a check of the record has."""
    today = role.organization.program.today()
    for one in role.organization.program.profile.required_of(role.role):
        has_end = ends_in is not None and one.kind == "clearance"
        add_credential(
            actor=lead,
            role=role,
            requirement=one.id,
            hours=HOURS if one.hours else None,
            issued_on=today - dt.timedelta(days=340),
            expires_on=today + dt.timedelta(days=ends_in or 0) if has_end else None,
        )
