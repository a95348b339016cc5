"""Who reads the page of the lead family partner, who asks them for help, and who sees and answers what was asked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.access import families, moment, people
from portal.access.enrollment import leads_of
from portal.accounts.models import Person
from portal.families.models import Family, Member
from portal.programs.models import Program, StaffRole
from portal.voice.models import PartnerConsent, PartnerRequest


def partner_program(person: Person) -> Program | None:
    """The programme whose lead family partner this person can read about; None where it has none."""
    program = people.program_of(person)
    return program if program is not None and program.profile.lead_partner is not None else None


def partners_of(family: Family) -> QuerySet[StaffRole]:
    """Who answers a family: those of the job that the profile names. Never who belongs to it, or is kept apart from one of it."""
    return families.without_ties(_partners(family.program), family).select_related("person", "organization")


def _partners(program: Program) -> QuerySet[StaffRole]:
    named = program.profile.lead_partner
    if named is None:
        return StaffRole.objects.none()
    return StaffRole.objects.filter(
        StaffRole.in_force(moment.now()),
        organization__program=program,
        role=named.role,
        person__is_active=True,
    ).order_by("started_at", "pk")


def named_partners(program: Program) -> list[StaffRole]:
    """Those who let families read their name."""
    consent = PartnerConsent.objects.filter(staff_role=OuterRef("pk"), ended_at=None)
    return list(_partners(program).filter(Exists(consent)).select_related("person", "organization"))


def own_partner_role(person: Person) -> StaffRole | None:
    """The job by which this person is a lead family partner."""
    for role in people.staff_roles(person).select_related("organization__program", "person"):
        named = role.organization.program.profile.lead_partner
        if person.is_active and named is not None and role.role == named.role:
            return role
    return None


def shows_name(role: StaffRole) -> bool:
    return PartnerConsent.objects.filter(staff_role=role, ended_at=None).exists()


def asking_member(person: Person) -> Member | None:
    """The place in a family from which this person asks: as a caregiver or young person."""
    if not person.is_active:
        return None
    return next(
        (
            one
            for one in people.memberships(person).select_related("person", "family__program")
            if one.role in people.AT_HOME and one.family.program.profile.lead_partner is not None
        ),
        None,
    )


def own_requests(person: Person) -> QuerySet[PartnerRequest]:
    """What this person asked, in families they belong to now; the newest first."""
    now = moment.now()
    return _with_all(PartnerRequest.objects.filter(Member.in_force(now, "member__"), member__person=person))


def requests_to_answer(person: Person) -> QuerySet[PartnerRequest]:
    """Those of the programme in which this person is a lead family partner; of one where nobody is, its leads'."""
    if not person.is_active:
        return PartnerRequest.objects.none()
    role = own_partner_role(person)
    programs = {role.organization.program_id} if role is not None else set()
    programs |= {
        one.organization.program_id
        for one in people.staff_roles(person)
        if one.role == StaffRole.Role.PROGRAMME_LEAD and not _partners(one.organization.program).exists()
    }
    found = PartnerRequest.objects.filter(member__family__program__in=programs, member__family__closed_at=None)
    mine = Member.objects.filter(family=OuterRef("member__family"), person=person)
    kept = families.flags().filter(
        Q(hidden_from__person=person, protected__family=OuterRef("member__family"))
        | Q(protected__person=person, hidden_from__family=OuterRef("member__family"))
    )
    return _with_all(found.exclude(Exists(mine)).exclude(Exists(kept)))


def visible_requests(person: Person) -> QuerySet[PartnerRequest]:
    """One's own, and those one answers."""
    ids = [rows.values("pk") for rows in (own_requests(person), requests_to_answer(person))]
    return _with_all(PartnerRequest.objects.filter(Q(pk__in=ids[0]) | Q(pk__in=ids[1])))


def may_answer(person: Person, request: PartnerRequest) -> bool:
    return requests_to_answer(person).filter(pk=request.pk).exists()


def answering(family: Family) -> list[Person]:
    """Whom a request of that family goes to: the partners, else those who lead the programme."""
    found = [role.person for role in partners_of(family)]
    return found or [one for one in leads_of(family.program) if not families.was_ever_in(one, family)]


def _with_all(requests: QuerySet[PartnerRequest]) -> QuerySet[PartnerRequest]:
    return requests.select_related(
        "member__person", "member__family__program", "taken_by__person", "answered_by"
    ).order_by("-asked_at", "-pk")
