"""Who takes part in the policy of a programme, and who answers for it there.

Families and peers take part. Those who lead the programme answer, and beside them those who lead its family organization: a
liaison of it who leads others there. What families say about rules is shown without their names to both. Who would like to
take part in something is known to the family organization's lead alone; where a programme has none, to its own leads.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import concern_counts
from portal.accounts.models import Person
from portal.community.models import SaidDone
from portal.families.models import Member
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.registry import profiles
from portal.programs.vocabulary import OrganizationKind

Job = StaffRole.Role
PEERS = (Job.PEER_PARTNER, Job.YOUTH_MENTOR)
# Where the seats are: whatever decides for a region or a state. A programme without any of them names another of its own.
DECIDES = (OrganizationKind.COLLABORATIVE, OrganizationKind.GOVERNANCE, OrganizationKind.INTERAGENCY_TEAM)


def programs_of(person: Person) -> QuerySet[Program]:
    """Where the person lives with a programme or works for one."""
    works = Exists(_held(person).filter(organization__program=OuterRef("pk")))
    return Program.objects.filter(works | Exists(_belongs(person)))


def taking_part_in(person: Person) -> QuerySet[Program]:
    """Where the person has a say: as one of a family, or as a peer partner or mentor."""
    helps = Exists(_held(person).filter(organization__program=OuterRef("pk"), role__in=PEERS))
    return Program.objects.filter(helps | Exists(_belongs(person))).order_by("pk")


def takes_part(person: Person, program: Program) -> bool:
    return taking_part_in(person).filter(pk=program.pk).exists()


def _held(person: Person) -> QuerySet[StaffRole]:
    return StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person=person, person__is_active=True)


def _belongs(person: Person) -> QuerySet[Member]:
    """The person's places in families of the programme that the query outside is about."""
    return Member.objects.filter(
        Member.in_force(timezone.now()),
        person=person,
        person__is_active=True,
        family__program=OuterRef("pk"),
        family__closed_at=None,
    )


def program_called(slug: str) -> Program | None:
    """What a public page is asked for."""
    return Program.objects.filter(slug=slug).first() if slug in profiles() else None


# -- who answers -----------------------------------------------------------------------------------------------------------


def _in_force(program: Program) -> QuerySet[StaffRole]:
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), organization__program=program)
    return roles.filter(person__is_active=True).select_related("person", "organization__program").order_by("pk")


def family_organization_leads(program: Program) -> QuerySet[StaffRole]:
    """Liaisons of its family organization who lead others there."""
    return _in_force(program).filter(_leads_family_organization())


def answering_roles(program: Program) -> QuerySet[StaffRole]:
    """Who reads suggestions and comments and answers them, and who posts what there is to take part in."""
    return _in_force(program).filter(_leads_program() | _leads_family_organization())


def keeping_roles(program: Program) -> QuerySet[StaffRole]:
    """Who learns who would like to take part, and writes down what came of it."""
    own = _leads_program() & ~Q(Exists(_of_family_organization()))
    return _in_force(program).filter(own | _leads_family_organization())


def answered_programs(person: Person) -> QuerySet[Program]:
    """Those whose families this person answers."""
    own = _held(person).filter(_leads_program() | _leads_family_organization())
    return Program.objects.filter(pk__in=own.values("organization__program")).order_by("pk")


def kept_programs(person: Person) -> QuerySet[Program]:
    """Those in which this person learns who would like to take part."""
    return Program.objects.filter(Exists(_keeps(person))).order_by("pk")


def desk_programs(person: Person) -> list[tuple[Program, bool]]:
    """Those of `answered_programs`, each with whether it is one of `kept_programs`."""
    found = answered_programs(person).annotate(is_kept=Exists(_keeps(person)))
    return [(program, bool(program.is_kept)) for program in found]


def _keeps(person: Person) -> QuerySet[StaffRole]:
    """The person's job that makes them so, in the programme that the query outside is about."""
    own = _leads_program() & ~Q(Exists(_of_family_organization()))
    held = _held(person).filter(own | _leads_family_organization())
    return held.filter(organization__program=OuterRef("pk"))


def answers_for(person: Person, program: Program) -> bool:
    return answered_programs(person).filter(pk=program.pk).exists()


def answering_role(person: Person, program: Program) -> StaffRole | None:
    """The job by which this person answers there."""
    return answering_roles(program).filter(person=person).first()


def _leads_program() -> Q:
    return Q(role=Job.PROGRAMME_LEAD)


def _leads_family_organization() -> Q:
    leads = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), supervisor=OuterRef("pk"))
    return Q(Exists(leads), role=Job.LIAISON, organization__kind=OrganizationKind.FSO)


def _of_family_organization() -> QuerySet[StaffRole]:
    """Its leads in the programme that the job outside belongs to."""
    now = timezone.now()
    led = StaffRole.objects.filter(StaffRole.in_force(now), supervisor=OuterRef("pk"))
    return StaffRole.objects.filter(
        StaffRole.in_force(now),
        Exists(led),
        person__is_active=True,
        role=Job.LIAISON,
        organization__kind=OrganizationKind.FSO,
        organization__program=OuterRef("organization__program"),
    )


def deciding_bodies(program: Program) -> QuerySet[Organization]:
    """Those of a programme that can have seats."""
    every = Organization.objects.filter(program=program).order_by("name", "pk")
    found = every.filter(kind__in=DECIDES)
    return found if found.exists() else every


# -- you said, we did ------------------------------------------------------------------------------------------------------


def said_done(program: Program) -> QuerySet[SaidDone]:
    """What everyone may read, the newest first."""
    return SaidDone.objects.filter(program=program, withdrawn_at=None).order_by("-published_at", "-pk")


def own_said_done(person: Person) -> QuerySet[SaidDone]:
    """Those this person may take back."""
    held = SaidDone.objects.filter(program__in=answered_programs(person), withdrawn_at=None)
    return held.select_related("program").order_by("-published_at", "-pk")


def names_somebody(program: Program, text: str) -> bool:
    """Whether the whole name of somebody of the programme stands in it. Other traces a person has to find."""
    return concern_counts.names_somebody(program, text)
