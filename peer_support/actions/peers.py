"""What a peer says about themselves, who stands for it, and the checks and trainings of staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from peer_support.models import Credential, LivedSystem, PeerProfile, SpokenLanguage
from peer_support.qualification import problem_with_days
from peer_support.refusals import ChangedMeanwhile, DaysCannotBe, NotLivedEnough, TooFewHours, TooManyFamilies
from portal.access import peers as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import StaffRole

Said = dict[str, Any]
# What a check stands for besides the years: whether they raised a child, and how.
CHECKED = "relation"
SAYS = frozenset(
    {"region", "relation", "gender", "interests", "capacity", "is_taking", "free_at", "ways", "child_age_bands"}
)
LIMITED = {"free_at": PeerProfile.FreeAt, "ways": PeerProfile.Way, "child_age_bands": PeerProfile.AgeBand}
MOST_INTERESTS = 10
MOST_FAMILIES = 99


# -- the peer's own word -----------------------------------------------------------------------------------------------


@transaction.atomic
def keep_profile(
    *, actor: Person, role: StaffRole, languages: Iterable[tuple[str, str]], about: str, **said: Any
) -> PeerProfile:
    """Write down what families see of a peer, and when and how they can be reached: `said` holds fields of SAYS.

    `languages` are pairs of code and level. A changed relation takes back the check, which stood for the old one. Raises
    TooManyFamilies above what the programme allows, TypeError for what is not a peer's to say.
    """
    require(access.may_keep_profile(actor, role))
    StaffRole.objects.select_for_update().get(pk=role.pk)
    profile, is_new = PeerProfile.objects.get_or_create(staff_role=role)
    changed = _put(role, profile, said)
    if CHECKED in changed:
        _take_back(profile)
    profile.changed_at = timezone.now()
    profile.save()
    role.about, role.languages = about.strip(), _speak(profile, languages)
    role.save(update_fields=["about", "languages"])
    _record(actor, Entry.Verb.CREATED if is_new else Entry.Verb.CHANGED, role, fields=sorted(changed))
    return profile


def _put(role: StaffRole, profile: PeerProfile, said: Said) -> set[str]:
    """Set what was said and give the names of what is different now. Codes nobody offered are left out."""
    if not said.keys() <= SAYS:
        raise TypeError(f"not a peer's to say: {sorted(said.keys() - SAYS)}")
    settings = role.organization.program.profile.settings
    most = settings.peer_capacity.value if settings.peer_capacity else MOST_FAMILIES
    if said.get("capacity", 0) > most:
        raise TooManyFamilies(most)
    for name in LIMITED.keys() & said.keys():
        said[name] = [code for code in LIMITED[name].values if code in said[name]]
    said["interests"] = list(dict.fromkeys(filter(None, said.get("interests", profile.interests))))[:MOST_INTERESTS]
    changed = {name for name, value in said.items() if getattr(profile, name) != value}
    for name in changed:
        setattr(profile, name, said[name])
    return changed


def _speak(profile: PeerProfile, languages: Iterable[tuple[str, str]]) -> list[str]:
    """Keep the languages, and give their codes from the best to the least."""
    known = {code: level for code, level in languages if level in SpokenLanguage.Level.values}
    profile.spoken_languages.all().delete()
    levels = SpokenLanguage.Level.values
    best_first = sorted(known.items(), key=lambda one: levels.index(one[1]))
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(profile=profile, language=code, level=level) for code, level in best_first
    )
    return [code for code, _level in best_first]


@transaction.atomic
def add_lived_system(
    *, actor: Person, role: StaffRole, system: str, from_on: dt.date, until_on: dt.date | None = None
) -> LivedSystem:
    """A public system the peer's child was served by. What was verified before has to be verified again.

    Raises DaysCannotBe.
    """
    require(access.may_keep_profile(actor, role))
    profile = _locked(role)
    _check_days(role, from_on, until_on)
    lived = LivedSystem.objects.create(
        profile=profile, system=LivedSystem.System(system), from_on=from_on, until_on=until_on
    )
    _change_years(actor, role, profile, Entry.Verb.CREATED)
    return lived


@transaction.atomic
def end_lived_system(*, actor: Person, role: StaffRole, lived: LivedSystem, until_on: dt.date) -> None:
    """Its last day, after it was still going on. Raises DaysCannotBe."""
    require(access.may_keep_profile(actor, role))
    profile = _locked(role)
    lived = LivedSystem.objects.get(pk=lived.pk)
    require(lived.profile_id == profile.pk and lived.until_on is None)
    _check_days(role, lived.from_on, until_on)
    lived.until_on = until_on
    lived.save(update_fields=["until_on"])
    _change_years(actor, role, profile, Entry.Verb.ENDED)


@transaction.atomic
def remove_lived_system(*, actor: Person, role: StaffRole, lived: LivedSystem) -> None:
    """It was written down by mistake: it no longer counts."""
    require(access.may_keep_profile(actor, role))
    profile = _locked(role)
    require(LivedSystem.objects.filter(pk=lived.pk, profile=profile).exists())
    LivedSystem.objects.filter(pk=lived.pk).delete()
    _change_years(actor, role, profile, Entry.Verb.CHANGED)


@transaction.atomic
def attest(*, actor: Person, role: StaffRole) -> None:
    """The peer's own word that relation and years are true; from then on somebody can check them."""
    require(access.may_keep_profile(actor, role))
    profile = _locked(role)
    require(profile.lived_systems.exists() and bool(profile.relation))
    if profile.attested_at is None:
        profile.attested_at = timezone.now()
        profile.save(update_fields=["attested_at"])
        _record(actor, Entry.Verb.CHANGED, role, fields=["attested_at"])


def _check_days(role: StaffRole, from_on: dt.date, until_on: dt.date | None) -> None:
    problem = problem_with_days(from_on, until_on, role.organization.program.today())
    if problem:
        raise DaysCannotBe(problem)


def _change_years(actor: Person, role: StaffRole, profile: PeerProfile, verb: Entry.Verb) -> None:
    _take_back(profile)
    profile.changed_at = timezone.now()
    profile.save()
    _record(actor, verb, role, fields=["lived_systems"])


def _take_back(profile: PeerProfile) -> None:
    """What somebody gave their word for and somebody else checked is no longer what is written."""
    profile.attested_at = profile.verified_by = profile.verified_on = None


def _locked(role: StaffRole) -> PeerProfile:
    """So that nobody verifies years that are changed in the same moment."""
    StaffRole.objects.select_for_update().get(pk=role.pk)
    profile, _made = PeerProfile.objects.get_or_create(staff_role=role)
    return profile


# -- who stands for it ---------------------------------------------------------------------------------------------------


@transaction.atomic
def verify(*, actor: Person, role: StaffRole, attested_at: dt.datetime) -> PeerProfile:
    """Stand for a peer's years as they were attested at that moment: a supervisor or lead, never oneself.

    Raises NotLivedEnough, ChangedMeanwhile.
    """
    require(access.may_verify(actor, role) and role.role in access.PEERS)
    profile = _locked(role)
    if profile.attested_at != attested_at:
        raise ChangedMeanwhile
    today = role.organization.program.today()
    if not access.verdict_of(profile, today).has_lived_enough:
        raise NotLivedEnough
    if profile.verified_on is None:
        profile.verified_by, profile.verified_on = actor, today
        profile.first_verified_on = profile.first_verified_on or today
        profile.save(update_fields=["verified_by", "verified_on", "first_verified_on"])
        _record(actor, Entry.Verb.CHANGED, role, fields=["verified_on"])
    return profile


@transaction.atomic
def add_credential(
    *,
    actor: Person,
    role: StaffRole,
    issued_on: dt.date,
    expires_on: dt.date | None = None,
    requirement: str = "",
    kind: str = "",
    title: str = "",
    hours: int | None = None,
) -> Credential:
    """Write down a check or training that the actor has seen on paper: what the programme asks for, or another by name.

    Raises DaysCannotBe, TooFewHours.
    """
    require(access.may_verify(actor, role))
    if issued_on > role.organization.program.today():
        raise DaysCannotBe("issued_ahead")
    if expires_on is not None and expires_on < issued_on:
        raise DaysCannotBe("expires_reversed")
    if requirement:
        kind, title = _asked_for(role, requirement, hours)
    credential = Credential.objects.create(
        staff_role=role,
        kind=Credential.Kind(kind),
        requirement=requirement,
        title=title.strip(),
        hours=hours,
        issued_on=issued_on,
        expires_on=expires_on,
        added_by=actor,
    )
    _record_paper(actor, Entry.Verb.CREATED, credential)
    return credential


def _asked_for(role: StaffRole, requirement: str, hours: int | None) -> tuple[str, str]:
    required = {one.id: one for one in role.organization.program.profile.required_of(role.role)}
    require(requirement in required)
    asked = required[requirement]
    if asked.hours is not None and (hours or 0) < asked.hours:
        raise TooFewHours(asked.hours)
    return asked.kind, asked.title


@transaction.atomic
def withdraw_credential(*, actor: Person, credential: Credential) -> None:
    """It does not hold, or never did: from this moment it counts no more."""
    require(access.may_verify(actor, credential.staff_role))
    withdrawn = Credential.objects.filter(pk=credential.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by=actor
    )
    if withdrawn:
        _record_paper(actor, Entry.Verb.ENDED, credential)


def _record(actor: Person, verb: Entry.Verb, role: StaffRole, **detail: Any) -> None:
    record(actor=actor, verb=verb, subject="peer_profile", subject_id=role.public_id, **detail)


def _record_paper(actor: Person, verb: Entry.Verb, credential: Credential) -> None:
    record(
        actor=actor,
        verb=verb,
        subject="credential",
        subject_id=credential.public_id,
        kind=credential.kind,
        staff_role=str(credential.staff_role.public_id),
    )
