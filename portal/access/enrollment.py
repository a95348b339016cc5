"""Who may see a case (a decision about joining, a time in the programme), who keeps it, and whose word counts in it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import clocks, families, people
from portal.accounts.models import ADULT_AGE, Person
from portal.clocks.models import Clock
from portal.enrollment.models import CASE, DISCHARGE, Decision, Discharge, Enrollment, Objective
from portal.families.models import Family, LegalAuthority, Member, StaffAssignment
from portal.programs.models import Program, StaffRole

Job = StaffRole.Role


def visible_decisions(person: Person) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(_told(person))
        .select_related("family__program", "youth__person", "owner__person", "owner__organization", "enrollment")
        .order_by("meets_on", "pk")
    )


def visible_enrollments(person: Person) -> QuerySet[Enrollment]:
    return (
        Enrollment.objects.filter(_told(person))
        .select_related(
            *("family__program", "youth__person", "youth__family__program", "decision"),
            *("care_manager__person", "care_manager__organization"),
        )
        .order_by("enrolled_on", "pk")
    )


def visible_discharges(person: Person) -> QuerySet[Discharge]:
    return Discharge.objects.filter(enrollment__in=visible_enrollments(person)).select_related(
        "enrollment__family__program"
    )


def _told(person: Person) -> Q:
    """The young person; caregivers until that person is 18, unless a court bars them; the staff beside the family.

    A brother or sister is not told, nor a natural support.
    """
    own = Q(youth__person=person, family__in=families.visible_families(person))
    raising = Member.objects.filter(
        Member.in_force(timezone.now()), family=OuterRef("family"), person=person, role=Member.Role.CAREGIVER
    )
    as_caregiver = (
        Q(family__in=families.visible_families(person)) & Q(Exists(raising)) & _is_minor() & ~Q(Exists(_bars(person)))
    )
    return own | as_caregiver | Q(family__in=families.assigned_families(person))


def _is_minor() -> Q:
    """Our zones are behind UTC: for some hours before the 18th birthday this already keeps a record from the parents."""
    today = timezone.now().astimezone(dt.UTC).date()
    day = min(today.day, 28) if today.month == 2 else today.day
    born_later = Q(youth__person__born_on__gt=dt.date(today.year - ADULT_AGE, today.month, day))
    return born_later | Q(youth__person__born_on=None, youth__person__adult_confirmed_at=None)


def _bars(person: Person) -> QuerySet[LegalAuthority]:
    today = timezone.now().astimezone(dt.UTC).date()
    held = LegalAuthority.in_force(today) | LegalAuthority.in_force(today - dt.timedelta(days=1))
    return LegalAuthority.objects.filter(
        held, adult__person=person, scope=LegalAuthority.Scope.NONE, youth__person=OuterRef("youth__person")
    )


def clocks_of(person: Person, case: Enrollment | Decision) -> QuerySet[Clock]:
    """What is owed in this case by when; its discharges too."""
    about = Q(subject=CASE, subject_id=str(case.public_id))
    if isinstance(case, Enrollment):
        left = [str(one) for one in case.discharges.values_list("public_id", flat=True)]
        about |= Q(subject=DISCHARGE, subject_id__in=left)
    return clocks.visible_clocks(person).filter(about, family=case.family_id)


# -- staff ---------------------------------------------------------------------------------------------------------------


def may_keep(person: Person, family: Family) -> bool:
    """Open, enroll, write down what was done and end: the liaison and facilitator beside the family."""
    return families.may_change_family(person, family)


def kept_families(person: Person) -> QuerySet[Family]:
    return families.assigned_families(person)


def kept_decisions(person: Person) -> QuerySet[Decision]:
    return visible_decisions(person).filter(family__in=families.assigned_families(person))


def kept_enrollments(person: Person) -> QuerySet[Enrollment]:
    return visible_enrollments(person).filter(family__in=families.assigned_families(person))


def kept_objectives(person: Person) -> QuerySet[Objective]:
    return Objective.objects.filter(enrollment__in=kept_enrollments(person)).select_related(
        "enrollment__family__program"
    )


def kept_discharges(person: Person) -> QuerySet[Discharge]:
    return visible_discharges(person).filter(enrollment__in=kept_enrollments(person))


def role_beside(person: Person, family: Family) -> StaffRole | None:
    """In what job that person stands beside the family now: a facilitator's before a liaison's."""
    now = timezone.now()
    assigned = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now),
        StaffRole.in_force(now, "staff_role__"),
        family=family,
        staff_role__person=person,
        staff_role__role__in=families.SEES_THE_FAMILY,
    ).select_related("staff_role")
    roles = [one.staff_role for one in assigned.order_by("pk")]
    return min(roles, key=lambda role: role.role != Job.FACILITATOR, default=None)


def care_managers(family: Family) -> QuerySet[StaffRole]:
    """Who can be the one who answers for a case: facilitators of the programme, none of the family's own people."""
    return (
        StaffRole.objects.filter(
            StaffRole.in_force(timezone.now()),
            ~Exists(Member.objects.filter(family=family, person=OuterRef("person"))),
            organization__program=family.program_id,
            role=Job.FACILITATOR,
            person__is_active=True,
        )
        .select_related("person", "organization__program")
        .prefetch_related("credentials")
        .order_by("person__display_name", "pk")
    )


def young_people(person: Person, family: Family) -> QuerySet[Member]:
    """The young people of a family one keeps cases for."""
    return families.visible_members(person, family).filter(
        role=Member.Role.YOUTH, family__in=families.assigned_families(person)
    )


# -- the family's own word -------------------------------------------------------------------------------------------------


def speakers(case: Decision | Enrollment) -> list[Member]:
    """Who of the family can say something about the case: those who may see it as family."""
    members = (
        Member.objects.filter(
            Member.in_force(timezone.now()), family=case.family_id, role__in=[Member.Role.YOUTH, Member.Role.CAREGIVER]
        )
        .select_related("person", "family__program")
        .order_by("joined_at", "pk")
    )
    return [member for member in members if _may_speak(member.person, case)]


def may_speak(person: Person, case: Decision | Enrollment) -> bool:
    """Say one's own position, ask for more time: the young person and the caregivers who may see the case."""
    return person.is_active and any(member.person_id == person.pk for member in speakers(case))


def _may_speak(person: Person, case: Decision | Enrollment) -> bool:
    if person.pk == case.youth.person_id:
        return True
    cases = visible_enrollments(person) if isinstance(case, Enrollment) else visible_decisions(person)
    return people.is_minor(case.youth.person, case.family.program) and cases.filter(pk=case.pk).exists()


def counts(person: Person, case: Decision | Enrollment) -> bool:
    """Whether a "no" of theirs holds the decision: the young person's, and that of an adult who may decide."""
    return person.pk == case.youth.person_id or families.may_give_permission(person, case.youth)


# -- cases without an owner or a date ----------------------------------------------------------------------------------------


def led_programs(person: Person) -> QuerySet[Program]:
    return clocks.led_programs(person)


def leads_of(program: Program) -> QuerySet[Person]:
    roles = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()), role=Job.PROGRAMME_LEAD, organization__program=program
    )
    return Person.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("pk")


def may_give_owner(person: Person, family: Family) -> bool:
    """Whoever keeps the case; and a lead of the programme, who sees of it only that somebody is missing."""
    if families.was_ever_in(person, family):
        return False
    return may_keep(person, family) or led_programs(person).filter(pk=family.program_id).exists()


def enrollments_to_give(person: Person) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(_to_give(person), ended_at=None).select_related("family__program", "care_manager")


def decisions_to_give(person: Person) -> QuerySet[Decision]:
    return Decision.objects.filter(_to_give(person), state=Decision.State.PENDING).select_related(
        "family__program", "owner"
    )


def _to_give(person: Person) -> Q:
    was_in = Member.objects.filter(family=OuterRef("family"), person=person)
    led = Q(family__program__in=led_programs(person))
    return Q(family__closed_at=None) & ~Q(Exists(was_in)) & (led | Q(family__in=families.assigned_families(person)))
