"""Who waits for a peer and who could be theirs: rows of the database as the two sides that matching compares."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from peer_support.matching import Ages, Helper, Outcome, Seeker, Spoken, Weights, outcome
from peer_support.models import Pairing, PeerProfile, Wish
from portal.access import families, pairings, peers, people
from portal.access import wishes as wishes_access
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import Program, StaffRole

JOBS = (StaffRole.Role.PEER_PARTNER, StaffRole.Role.YOUTH_MENTOR)
SAID_NO = pairings.CLOSED_BY_CHOICE
# Whoever says goodbye to one peer already waits for the next.
HAS_SOMEONE = tuple(state for state in pairings.OPEN if state != "ending")
# How people write their own gender, where a family's must asks for it. Any other word meets no must and breaks no must not.
GENDERS = {
    **dict.fromkeys(
        ("woman", "female", "f", "w", "she", "mujer", "femenino", "femme", "fanm", "nữ", "phụ nữ"), "woman"
    ),
    **dict.fromkeys(("امرأة", "أنثى", "女", "女性"), "woman"),
    **dict.fromkeys(("man", "male", "m", "he", "hombre", "masculino", "homme", "gason", "nam"), "man"),
    **dict.fromkeys(("رجل", "ذكر", "男", "男性"), "man"),
}
BANDS = ((5, "0-5"), (12, "6-12"), (17, "13-17"))  # the last year of each age band


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits, since when, and what they asked for: None where their family never asked."""

    member: Member
    since: dt.datetime
    wish: Wish | None
    seeker: Seeker


@dataclass(frozen=True, slots=True)
class Candidate:
    role: StaffRole
    helper: Helper


# -- the helpers' side -----------------------------------------------------------------------------------------------------


def helpers_for(families_: Iterable[Family], liaison: Person | None = None) -> list[Candidate]:
    """Peer partners and mentors of the organizations whose liaisons stand beside these families, with what closes them.

    For a liaison's own eyes only those of her own organizations: whom another one has, and what stands against them, is
    that one's. Whoever has no profile yet is nobody's to choose: nobody has looked at what they lived through.
    """
    beside = _organizations(families_)
    beside = beside if liaison is None else beside.filter(staff_role__person=liaison)
    organizations = beside.values("staff_role__organization")
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        role__in=JOBS,
        organization__in=organizations,
        person__is_active=True,
        peer_profile__isnull=False,
    )
    return [Candidate(role, _helper(role)) for role in peers.with_profiles(roles).order_by("pk")]


def _organizations(families_: Iterable[Family]) -> QuerySet[StaffAssignment]:
    now = timezone.now()
    return StaffAssignment.objects.filter(
        StaffAssignment.in_force(now),
        StaffRole.in_force(now, "staff_role__"),
        family__in=families_,
        staff_role__role=StaffRole.Role.LIAISON,
    )


def _helper(role: StaffRole) -> Helper:
    profile: PeerProfile = role.peer_profile
    program = role.organization.program
    today = program.today()
    closed = peers.may_take_new(profile, today)
    return Helper(
        key=key_of(role),
        job="youth_mentor" if role.role == StaffRole.Role.YOUTH_MENTOR else "peer_partner",
        languages=tuple(Spoken(one.language, one.level) for one in profile.spoken_languages.all()),  # type: ignore[arg-type] # its choices
        room=0 if "full" in closed else max(profile.capacity - peers.places_counted(role), 0),
        closed=tuple(code for code in closed if code != "full"),
        is_adult=not people.is_minor(role.person, program),
        age=role.person.age_on(today),
        region=profile.region,
        relation=profile.relation,
        gender=GENDERS.get(profile.gender.strip().casefold(), ""),
        systems=frozenset(one.system for one in profile.lived_systems.all() if one.from_on <= today),
        child_bands=frozenset(profile.child_age_bands),
        free_at=frozenset(profile.free_at),
        ways=frozenset(profile.ways),
        interests=_words(profile.interests),
    )


def key_of(row: StaffRole | Member) -> str:
    return _key(row.pk)


def _key(pk: int) -> str:
    """As long for every row, so that keys sort as the rows were made."""
    return f"{pk:012d}"


# -- the side of those who wait ------------------------------------------------------------------------------------------------


def waiting_for(person: Person) -> list[Waiting]:
    """Everybody who waits in the families this person is liaison for, the longest wait first.

    Who asked and has neither an offer nor a peer waits; so does whoever asked for someone else; and, in a family that never
    asked and has nobody, its first caregiver: an offer is owed to those, too, who do not know to ask.
    """
    members = _waiting_members(person)
    wishes = {wish.member_id: wish for wish in Wish.objects.filter(member__in=members)}
    seekers = seekers_of(members, wishes)
    waiting = [
        Waiting(member, _since(member, wishes.get(member.pk)), wishes.get(member.pk), seeker)
        for member, seeker in zip(members, seekers, strict=True)
    ]
    return sorted(waiting, key=lambda one: (one.since, one.member.pk))


def _waiting_members(person: Person) -> list[Member]:
    wishes = Wish.objects.filter(member=OuterRef("pk"))
    another = pairings.asked_for_another(OuterRef("family")).filter(member=OuterRef("pk"))
    members = (
        Member.objects.filter(
            Member.in_force(timezone.now()), family__in=families.liaison_families(person), person__is_active=True
        )
        .exclude(Exists(Pairing.objects.filter(member=OuterRef("pk"), state__in=HAS_SOMEONE)))
        .exclude(Exists(wishes.filter(ended_at__isnull=False)))
        .annotate(has_asked=Exists(wishes), asked_another=Exists(another))
        .select_related("person", "family__program")
        .prefetch_related("pairings")
        .order_by("joined_at", "pk")
    )
    able = [member for member in members if wishes_access.job_for(member) and not _wants_nobody(member)]
    found: list[Member] = [member for member in able if member.has_asked or member.asked_another]
    with_somebody = {member.family_id for member in found if member.role == Member.Role.CAREGIVER}
    without = set(pairings.families_without_peer(person).values_list("pk", flat=True)) - with_somebody
    for member in able:
        if member.role == Member.Role.CAREGIVER and member.family_id in without:
            without.remove(member.family_id)
            found.append(member)
    return found


def _wants_nobody(member: Member) -> bool:
    """When the last one left they said: nobody for now."""
    closed = [one for one in member.pairings.all() if one.state in SAID_NO]
    return bool(closed) and not max(closed, key=lambda one: one.pk).wants_next


def _since(member: Member, wish: Wish | None) -> dt.datetime:
    """From the asking; from the last no or goodbye, where one came later; who never asked, from the family's first day."""
    closed = [_closed_at(one) for one in member.pairings.all() if one.state in SAID_NO]
    asked = [wish.asked_at] if wish else []
    return max([*filter(None, closed), *asked], default=member.family.created_at)


def seekers_of(members: Sequence[Member], wishes: dict[int, Wish]) -> list[Seeker]:
    """What matching may know of each; for all of them the same number of questions, however many they are."""
    apart = _apart({member.family_id: member.family for member in members})
    bands = _child_bands(members)
    return [_seeker(one, wishes.get(one.pk), apart[one.family_id], bands[one.family_id]) for one in members]


def _seeker(member: Member, wish: Wish | None, apart: set[int], bands: set[str]) -> Seeker:
    is_young = member.role == Member.Role.YOUTH
    program = member.family.program
    told = wish or Wish(languages=[member.person.language])
    return Seeker(
        key=key_of(member),
        job="youth_mentor" if is_young else "peer_partner",
        languages=frozenset(told.languages),
        interpreter_is_fine=told.interpreter_is_fine,
        age=member.person.age_on(program.today()) if is_young else None,
        region=member.family.region,
        relation="" if is_young else told.relation,
        systems=frozenset(told.systems),
        child_bands=frozenset() if is_young else frozenset(bands),
        free_at=frozenset(told.free_at),
        ways=frozenset(told.ways),
        interests=_words(told.interests),
        must=frozenset(told.must),
        must_not=frozenset(told.must_not),
        matters=frozenset(told.matters),
        apart=frozenset(map(_key, apart)),
        said_no=frozenset(_key(one.peer_id) for one in member.pairings.all() if _counts_as_no(one, told.fresh_from)),
        days=max((timezone.now() - _since(member, wish)).days, 0),
    )


def _closed_at(pairing: Pairing) -> dt.datetime | None:
    """When it became clear that they want someone else: a goodbye says so on its first day."""
    return pairing.ending_at or pairing.ended_at or pairing.answered_at


def _counts_as_no(pairing: Pairing, fresh_from: dt.datetime | None) -> bool:
    if pairing.state not in SAID_NO:
        return False
    at = _closed_at(pairing)
    is_still_theirs = pairing.state == Pairing.State.ENDING  # until the last word
    return is_still_theirs or fresh_from is None or at is None or at >= fresh_from


def _child_bands(members: Sequence[Member]) -> dict[int, set[str]]:
    """By family, the age bands of its young people whose age is known."""
    found: dict[int, set[str]] = defaultdict(set)
    now = timezone.now()
    young = Member.objects.filter(
        Member.in_force(now), family__in={one.family_id for one in members}, role=Member.Role.YOUTH
    )
    for member in young.select_related("person", "family__program"):
        age = member.person.age_on(member.family.program.today())
        if age is not None:
            found[member.family_id].add(next((band for last, band in BANDS if age <= last), "18+"))
    return found


def _words(values: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(value.casefold().split()) for value in values)


# -- who must not be matched ---------------------------------------------------------------------------------------------------


def _apart(families_: dict[int, Family]) -> dict[int, set[int]]:
    """By family, the roles that may not be matched with it: noted conflicts, its own people, those kept apart from one of
    them in whichever direction, and whoever works for an organization that does not stand beside the family."""
    found: dict[int, set[int]] = defaultdict(set)
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), role__in=JOBS)
    by_person: dict[int, set[int]] = defaultdict(set)
    organization_of: dict[int, int] = {}
    for pk, person, organization in roles.values_list("pk", "person", "organization"):
        by_person[person].add(pk)
        organization_of[pk] = organization
    for family, person in _own_people(families_, by_person):
        found[family] |= by_person[person]
    noted = wishes_access.conflicts().filter(family__in=families_)
    for family, role in noted.values_list("family", "peer"):
        found[family].add(role)
    beside: dict[int, set[int]] = defaultdict(set)
    for family, organization in _organizations(families_.values()).values_list("family", "staff_role__organization"):
        beside[family].add(organization)
    for family in families_:
        found[family] |= {pk for pk, organization in organization_of.items() if organization not in beside[family]}
    return found


def _own_people(families_: dict[int, Family], staff: Iterable[int]) -> set[tuple[int, int]]:
    """Family and staff member where the two are one's own people or are kept apart, now or in the past."""
    staff = set(staff)
    belong = Member.objects.filter(family__in=families_)
    found = set(belong.filter(person__in=staff).values_list("family", "person"))
    kept: dict[int, set[int]] = defaultdict(set)  # by anybody's person, the staff they are kept apart from
    for protected, hidden in families.flags().values_list("protected__person", "hidden_from__person"):
        for one, other in ((protected, hidden), (hidden, protected)):
            if one in staff:
                kept[other].add(one)
    for family, person in belong.filter(person__in=kept).values_list("family", "person"):
        found |= {(family, one) for one in kept[person]}
    return found


# -- a programme's own numbers ------------------------------------------------------------------------------------------------


def weights_of(program: Program) -> Weights:
    """As the profile says; without it each part counts the same, and waiting nothing."""
    told = program.profile.settings.matching_weights
    if told is None:
        return Weights(1, 1, 1, 1, 1, 1, 1, 1, 0)
    return Weights(**told.model_dump(exclude={"plain", "source", "certainty", "caution"}))


def ages_of(program: Program) -> Ages | None:
    told = program.profile.settings.mentor_ages
    return Ages(told.young_from, told.young_until, told.mentor_from, told.mentor_until) if told else None


# -- single questions ---------------------------------------------------------------------------------------------------------


def seeker_of(member: Member) -> Seeker:
    wish = Wish.objects.filter(member=member).first()
    return seekers_of([member], {member.pk: wish} if wish else {})[0]


def outcome_for(member: Member) -> Outcome:
    """Whether there is anybody for this person today, and if not why: told to whoever may ask for them."""
    helpers = [one.helper for one in helpers_for([member.family])]
    return outcome(seeker_of(member), helpers, ages_of(member.family.program))
