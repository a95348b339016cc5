"""How a peer reads on a page: what families see of them, and what those see who answer for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from portal.access import peers as access

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django.utils.functional import _StrOrPromise

    from peer_support.models import Credential, LivedSystem, PeerProfile
    from peer_support.qualification import Verdict
    from portal.programs.models import StaffRole
    from portal.programs.schema import Requirement

WHY_NOT: dict[str, _StrOrPromise] = {
    "not_verified": gettext_lazy("Nobody has checked the years yet"),
    "not_qualified": gettext_lazy("The years written here are not enough yet"),
    "clearance_missing": gettext_lazy("The background check is missing"),
    "clearance_expired": gettext_lazy("The background check has ended"),
    "training_missing": gettext_lazy("A training is missing"),
    "training_expired": gettext_lazy("A training has ended"),
    "full": gettext_lazy("All places are taken"),
    "not_taking": gettext_lazy("Takes no new families now"),
    "role_ended": gettext_lazy("Does not work here any more"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What families see of a peer: nothing that is not theirs to know, such as papers, days lived or gender."""

    about: str
    relation: str
    systems: list[str]
    languages: list[tuple[str, str]]  # code, level in words
    ages: list[str]
    ways: list[str]
    free_at: list[str]
    interests: list[str]
    trainings: list[Credential]


@dataclass(frozen=True, slots=True)
class Paper:
    """A check or training, and whether it holds."""

    credential: Credential
    has_ended: bool
    days_left: int | None  # where it ends soon


@dataclass(frozen=True, slots=True)
class Standing:
    """One of staff as those see them who answer for them."""

    role: StaffRole
    profile: PeerProfile | None
    verdict: Verdict | None
    reasons: list[_StrOrPromise]
    papers: list[Paper]
    missing: list[Requirement]
    places_taken: int

    @property
    def is_peer(self) -> bool:
        return self.role.role in access.PEERS

    @property
    def waits_for_check(self) -> bool:
        """The peer has given their word, the years are enough, and nobody has looked yet."""
        return (
            self.profile is not None
            and self.profile.attested_at is not None
            and self.profile.verified_on is None
            and self.verdict is not None
            and self.verdict.has_lived_enough
        )


def seen_of(role: StaffRole) -> Seen | None:
    """Today, where the programme is; None for who has written nothing yet."""
    profile = access.profile_of(role)
    return seen(profile, role.organization.program.today()) if profile is not None else None


def seen(profile: PeerProfile, today: dt.date) -> Seen:
    spoken = sorted(profile.spoken_languages.all(), key=lambda one: one.pk)
    return Seen(
        about=profile.staff_role.about,
        relation=profile.get_relation_display() if profile.relation else "",
        systems=list(dict.fromkeys(one.get_system_display() for one in _in_order(profile))),
        languages=[(one.language, one.get_level_display()) for one in spoken],
        ages=_labels(profile.AgeBand, profile.child_age_bands),
        ways=_labels(profile.Way, profile.ways),
        free_at=_labels(profile.FreeAt, profile.free_at),
        interests=profile.interests,
        trainings=[
            one
            for one in access.credentials_of(profile.staff_role)
            if one.kind == one.Kind.TRAINING and access.held(one).holds_on(today)
        ],
    )


def _in_order(profile: PeerProfile) -> Iterable[LivedSystem]:
    return sorted(profile.lived_systems.all(), key=lambda one: (one.from_on, one.pk))


def _labels(choices: type[TextChoices], codes: list[str]) -> list[str]:
    return [str(one.label) for one in choices if one.value in codes]


def standing(role: StaffRole, today: dt.date) -> Standing:
    profile = access.profile_of(role)
    is_peer = role.role in access.PEERS
    ahead = max(role.organization.program.profile.settings.credential_warnings.days)
    credentials = access.credentials_of(role)
    kept = {one.requirement for one in credentials}
    reasons = access.may_take_new(profile, today) if is_peer else access.papers_missing(role, today)
    return Standing(
        role=role,
        profile=profile,
        verdict=access.verdict_of(profile, today) if profile is not None else None,
        reasons=[WHY_NOT[code] for code in reasons],
        papers=[_paper(one, today, ahead) for one in credentials],
        missing=[one for one in role.organization.program.profile.required_of(role.role) if one.id not in kept],
        places_taken=access.places_counted(role) if is_peer else 0,
    )


def _paper(credential: Credential, today: dt.date, ahead: int) -> Paper:
    if credential.expires_on is None:
        return Paper(credential, has_ended=False, days_left=None)
    left = (credential.expires_on - today).days
    return Paper(credential, has_ended=left < 0, days_left=left if 0 <= left <= ahead else None)


def region_name(role: StaffRole, profile: PeerProfile) -> str:
    known = role.organization.program.profile.regions
    return next((one.name for one in known if one.id == profile.region), "")
