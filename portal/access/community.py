"""Who takes part in the policy of a programme, and who answers for it there.

Families and peers take part. Those who lead the programme answer, and beside them those who lead its family organization: a
liaison of it who leads others there. What families say about rules is shown without their names to both. Who would like to
take part in something is known to the family organization's lead alone; where a programme has none, to its own leads.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import concern_counts, people
from portal.accounts.models import Person
from portal.community.models import SaidDone
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.registry import profiles
from portal.programs.vocabulary import OrganizationKind

Job = StaffRole.Role
PEERS = (Job.PEER_PARTNER, Job.YOUTH_MENTOR)
# Where the seats are: whatever decides for a region or a state. A programme without any of them names another of its own.
DECIDES = (OrganizationKind.COLLABORATIVE, OrganizationKind.GOVERNANCE, OrganizationKind.INTERAGENCY_TEAM)


def programs_of(person: Person) -> list[Program]:
    """Where the person lives with a programme or works for one: the families' first."""
    if not person.is_active:
        return []
    found = [member.family.program for member in people.memberships(person)]
    found += [role.organization.program for role in people.staff_roles(person)]
    return list({program.pk: program for program in found}.values())


def program_called(slug: str) -> Program | None:
    """What a public page is asked for."""
    return Program.objects.filter(slug=slug).first() if slug in profiles() else None


def taking_part_in(person: Person) -> list[Program]:
    """Where the person has a say: as one of a family, or as a peer partner or mentor."""
    if not person.is_active:
        return []
    found = [member.family.program for member in people.memberships(person)]
    found += [role.organization.program for role in people.staff_roles(person) if role.role in PEERS]
    return list({program.pk: program for program in found}.values())


def takes_part(person: Person, program: Program) -> bool:
    return any(one.pk == program.pk for one in taking_part_in(person))


# -- who answers -----------------------------------------------------------------------------------------------------------


def _in_force(program: Program) -> QuerySet[StaffRole]:
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), organization__program=program)
    return roles.filter(person__is_active=True).select_related("person", "organization__program").order_by("pk")


def family_organization_leads(program: Program) -> QuerySet[StaffRole]:
    """Liaisons of its family organization who lead others there."""
    leads = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), supervisor=OuterRef("pk"))
    return _in_force(program).filter(Exists(leads), role=Job.LIAISON, organization__kind=OrganizationKind.FSO)


def program_leads(program: Program) -> QuerySet[StaffRole]:
    return _in_force(program).filter(role=Job.PROGRAMME_LEAD)


def answering_roles(program: Program) -> QuerySet[StaffRole]:
    """Who reads suggestions and comments and answers them, and who posts what there is to take part in."""
    return _in_force(program).filter(Q(pk__in=program_leads(program)) | Q(pk__in=family_organization_leads(program)))


def keeping_roles(program: Program) -> QuerySet[StaffRole]:
    """Who learns who would like to take part, and writes down what came of it."""
    leads = family_organization_leads(program)
    return leads if leads.exists() else program_leads(program)


def answered_programs(person: Person) -> list[Program]:
    """Those whose families this person answers."""
    return [one for one in _worked_for(person) if answering_roles(one).filter(person=person).exists()]


def kept_programs(person: Person) -> list[Program]:
    return [one for one in _worked_for(person) if keeping_roles(one).filter(person=person).exists()]


def answers_for(person: Person, program: Program) -> bool:
    return any(one.pk == program.pk for one in answered_programs(person))


def answering_role(person: Person, program: Program) -> StaffRole | None:
    """The job by which this person answers there."""
    return answering_roles(program).filter(person=person).first()


def keeps_for(person: Person, program: Program) -> bool:
    return any(one.pk == program.pk for one in kept_programs(person))


def _worked_for(person: Person) -> list[Program]:
    """Asked of the jobs first: most people have none of these, and nothing more is asked about them."""
    if not person.is_active:
        return []
    roles = [role for role in people.staff_roles(person) if role.role in {Job.PROGRAMME_LEAD, Job.LIAISON}]
    return list({role.organization.program_id: role.organization.program for role in roles}.values())


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
