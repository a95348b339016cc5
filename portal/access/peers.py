"""Who may see and check what staff say about themselves, and which peer may take a new family today.

An organization matches by profiles from the day the first of its peers was verified. Until then a liaison proposes whom
she knows, as before there were profiles; from then on nobody is offered who has none, or whose profile does not hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from peer_support import qualification
from peer_support.models import Credential, LivedSystem, Pairing, PeerProfile
from peer_support.qualification import Held, Lived, Needed, Thresholds, Verdict
from portal.access import people, retention
from portal.accounts.models import Person
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.schema import Requirement

Job = StaffRole.Role
PEERS = (Job.PEER_PARTNER, Job.YOUTH_MENTOR)
# Whose trainings there is a page of: those who stand beside families by what they lived or learned.
TRAINED = (*PEERS, Job.FACILITATOR)
# Why a peer may not take a new family, in the order in which it is told.
REASONS = (
    *("not_verified", "not_qualified", "clearance_missing", "clearance_expired", "training_missing"),
    *("training_expired", "full", "not_taking", "role_ended"),
)


# -- who sees whom -------------------------------------------------------------------------------------------------------


def visible_staff(person: Person) -> QuerySet[StaffRole]:
    """Peers, mentors and facilitators at work now whose page a person may open, with all that stands on it.

    Their own; those they supervise; a liaison the peers and mentors of her organization; a lead all of the programme.
    """
    if not person.is_active:
        return StaffRole.objects.none()
    now = timezone.now()
    supervised = Q(supervisor__person=person) & StaffRole.in_force(now, "supervisor__")
    as_liaison = people.staff_roles(person).filter(role=Job.LIAISON).values("organization")
    return with_profiles(
        StaffRole.objects.filter(
            StaffRole.in_force(now),
            Q(person=person)
            | supervised
            | Q(organization__program__in=retention.led_programs(person))
            | Q(role__in=PEERS, organization__in=as_liaison),
            role__in=TRAINED,
            person__is_active=True,
        )
    ).order_by("person__display_name", "pk")


def visible_peers(person: Person) -> QuerySet[StaffRole]:
    return visible_staff(person).filter(role__in=PEERS)


def with_profiles(roles: QuerySet[StaffRole]) -> QuerySet[StaffRole]:
    """The same roles with everything that `may_take_new` looks at, in a fixed number of questions."""
    taken = Pairing.objects.filter(peer=OuterRef("pk"), state__in=Pairing.TAKES_PLACE).order_by().values("peer")
    return (
        roles.annotate(counted_places=Coalesce(Subquery(taken.annotate(number=Count("pk")).values("number")), 0))
        .select_related("person", "organization__program", "supervisor__person", "peer_profile__verified_by")
        .prefetch_related("peer_profile__lived_systems", "peer_profile__spoken_languages", "credentials")
    )


def own_systems(person: Person, role: StaffRole) -> QuerySet[LivedSystem]:
    return LivedSystem.objects.filter(profile__staff_role=role, profile__staff_role__person=person)


def may_keep_profile(person: Person, role: StaffRole) -> bool:
    """What a peer says about themselves, they say themselves."""
    return person.is_active and role.person_id == person.pk and role.role in PEERS and role.is_in_force(timezone.now())


def may_verify(person: Person, role: StaffRole) -> bool:
    """Stand for the years, checks and trainings of somebody: their supervisor or a lead of the programme, never oneself."""
    now = timezone.now()
    if person.pk == role.person_id or not person.is_active or not role.is_in_force(now):
        return False
    above = role.supervisor
    if above is not None and above.person_id == person.pk and above.is_in_force(now):
        return True
    return retention.led_programs(person).filter(pk=role.organization.program_id).exists()


def kept_credentials(person: Person, role: StaffRole) -> QuerySet[Credential]:
    """What may be withdrawn: for those who may add to it."""
    if not may_verify(person, role):
        return Credential.objects.none()
    return Credential.objects.filter(staff_role=role, withdrawn_at=None)


def to_be_told(role: StaffRole) -> list[Person]:
    """Who is told what ends: the person and their supervisor, or the leads where nobody supervises them now."""
    now = timezone.now()
    above = role.supervisor
    if above is not None and above.is_in_force(now) and above.person.is_active:
        return [role.person, above.person]
    leads = StaffRole.objects.filter(
        StaffRole.in_force(now), role=Job.PROGRAMME_LEAD, organization__program=role.organization.program_id
    )
    others = Person.objects.filter(is_active=True, pk__in=leads.values("person")).exclude(pk=role.person_id)
    return [role.person, *others.order_by("pk")]


# -- who qualifies ---------------------------------------------------------------------------------------------------------


def profile_of(role: StaffRole) -> PeerProfile | None:
    return getattr(role, "peer_profile", None)


def thresholds_of(program: Program) -> Thresholds:
    settings = program.profile.settings
    return Thresholds(
        systems=settings.qualification_systems.value if settings.qualification_systems else 0,
        days=settings.qualification_days.value if settings.qualification_days else 0,
        must_overlap=bool(settings.qualification_overlap and settings.qualification_overlap.on),
    )


def verdict_of(profile: PeerProfile, today: dt.date) -> Verdict:
    """The seed's definition, asked of what is written down; who verified it and when comes with it."""
    return qualification.judge(
        [Lived(one.system, one.from_on, one.until_on) for one in profile.lived_systems.all()],
        profile.attested_at is not None,
        profile.verified_by,
        profile.verified_on,
        thresholds_of(profile.staff_role.organization.program),
        today,
    )


def credentials_of(role: StaffRole) -> list[Credential]:
    """Those that were not withdrawn, the newest first."""
    kept = [one for one in role.credentials.all() if one.withdrawn_at is None]
    return sorted(kept, key=lambda one: (one.issued_on, one.pk), reverse=True)


def held(credential: Credential) -> Held:
    return Held(credential.kind, credential.requirement, credential.title, credential.issued_on, credential.expires_on)


def papers_missing(role: StaffRole, today: dt.date) -> tuple[str, ...]:
    """What is missing or has run out of the checks and trainings of a job, as `qualification` says it."""
    required = role.organization.program.profile.required_of(role.role)
    return qualification.problems_with_papers(
        map(held, credentials_of(role)), [Needed(one.kind, one.id) for one in required], today
    )


def trainings_missing(role: StaffRole, today: dt.date) -> tuple[Requirement, ...]:
    """The trainings that the programme asks of a job and that do not hold for this person on that day."""
    kept = [held(one) for one in credentials_of(role)]
    return tuple(
        one
        for one in role.organization.program.profile.required_of(role.role, "training")
        if not any(paper.requirement == one.id and paper.holds_on(today) for paper in kept)
    )


def is_trained(role: StaffRole) -> bool:
    """Today, where the programme is."""
    return not trainings_missing(role, role.organization.program.today())


def needs_override(role: StaffRole) -> bool:
    """A facilitator whose training is not done is assigned to a family only for a reason that somebody writes down."""
    return role.role == Job.FACILITATOR and not is_trained(role)


def untrained(roles: Iterable[StaffRole]) -> set[int]:
    return {role.pk for role in roles if needs_override(role)}


# -- who may take a new family ----------------------------------------------------------------------------------------------


def places_taken(role: StaffRole) -> int:
    """Asked now: under a lock on the role, nobody can take one more meanwhile."""
    return Pairing.objects.filter(peer=role, state__in=Pairing.TAKES_PLACE).count()


def may_take_new(profile: PeerProfile | None, today: dt.date) -> tuple[str, ...]:
    """The reasons against a new family on that day; empty: they may. Asked each time, so that what ended stops at once."""
    if profile is None:
        return ("not_verified",)
    role = profile.staff_role
    verdict = verdict_of(profile, today)
    found = {*papers_missing(role, today)}
    found |= {
        code
        for code, is_so in {
            "not_verified": bool({qualification.NOT_ATTESTED, qualification.NOT_VERIFIED} & {*verdict.problems}),
            "not_qualified": not verdict.has_lived_enough,
            "full": places_counted(role) >= profile.capacity,
            "not_taking": not profile.is_taking,
            "role_ended": not (role.person.is_active and role.is_in_force(timezone.now())),
        }.items()
        if is_so
    }
    return tuple(code for code in REASONS if code in found)


def places_counted(role: StaffRole) -> int:
    """As `with_profiles` counted them, else asked now."""
    counted: int | None = getattr(role, "counted_places", None)
    return places_taken(role) if counted is None else counted


def matches_by_profiles(organization: Organization) -> bool:
    return PeerProfile.objects.filter(staff_role__organization=organization, first_verified_on__isnull=False).exists()


def reasons_against(role: StaffRole) -> tuple[str, ...]:
    """Why this peer may not be offered to a family today; nothing where the organization does not match by profiles yet."""
    if not matches_by_profiles(role.organization):
        return ()
    # Read again: a row in somebody's hand may be older than the last check.
    profile = PeerProfile.objects.filter(staff_role=role).select_related("staff_role__organization__program").first()
    return may_take_new(profile, role.organization.program.today())


def not_to_offer(roles: QuerySet[StaffRole]) -> list[int]:
    """Those of these roles that `reasons_against` has something against, in few questions."""
    begun = PeerProfile.objects.filter(
        staff_role__organization=OuterRef("organization"), first_verified_on__isnull=False
    )
    return _stopped(with_profiles(roles.filter(Exists(begun))))


def _stopped(roles: Iterable[StaffRole]) -> list[int]:
    return [role.pk for role in roles if may_take_new(profile_of(role), role.organization.program.today())]
