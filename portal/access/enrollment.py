"""Who may see a case (a decision about joining, a time in the programme), who keeps it, and whose word counts in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access import clocks, families, growing, people
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.enrollment.models import CASE, DISCHARGE, Decision, Discharge, Enrollment, Objective
from portal.families.models import AccessBasis, Family, LegalAuthority, Member, StaffAssignment
from portal.programs.models import Program, StaffRole
from portal.programs.schema import ConsentRule

Job = StaffRole.Role


def visible_decisions(person: Person) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(_told(person))
        .select_related("family__program", "youth__person", "owner__person", "owner__organization", "enrollment")
        .order_by("meets_on", "pk")
    )


def open_decisions(person: Person) -> QuerySet[Decision]:
    """What still waits for something: for the agencies or, once all of them agree, for a first day."""
    return visible_decisions(person).filter(_is_open())


def _is_open() -> Q:
    waits_for_a_day = Q(state=Decision.State.AGREED, about=Decision.About.JOINING, enrolled=None)
    return Q(state=Decision.State.PENDING) | waits_for_a_day


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
    """The young person; caregivers until that person is 18, unless that person agreed to it alone, and those they let
    see, unless a court bars them; the staff beside the family.

    A brother or sister is not told, nor a natural support.
    """
    own = Q(youth__person=person, family__in=families.visible_families(person))
    raising = Member.objects.filter(
        Member.in_force(timezone.now()), family=OuterRef("family"), person=person, role=Member.Role.CAREGIVER
    )
    as_caregiver = (
        Q(family__in=families.visible_families(person))
        & Q(Exists(raising))
        & families.as_raising(person)
        & ~Q(Exists(_bars(person)))
    )
    return own | as_caregiver | Q(family__in=families.assigned_families(person))


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
    return clocks.visible_clocks(person).filter(about, family=case.family_id).select_related("responsible__person")


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


# -- who agreed to it -------------------------------------------------------------------------------------------------------

NARROWER = (AccessBasis.PARENT, AccessBasis.MINOR, AccessBasis.SUBSTANCE)  # each is seen by fewer than the one before


def bases_for(youth: Member) -> list[AccessBasis]:
    """What a case of this young person may rest on, as the profile's rules of a minor's own consent say for that age.

    Only a parent's yes for one who is too young to sign in, or whose birthday nobody knows: nobody could open it again.
    """
    program = youth.family.program
    subjects = {rule.subject for rule in rules_for(youth)}
    found = [AccessBasis.PARENT]
    if subjects - {"substance_use"} and people.is_minor(youth.person, program):
        found.append(AccessBasis.MINOR)
    if "substance_use" in subjects:
        found.append(AccessBasis.SUBSTANCE)
    return found


def basis_of_cases(youth: Member) -> AccessBasis:
    """The narrowest of what the young person's open cases rest on: a plan made for one of them is as closed as it."""
    open_cases = [
        *Enrollment.objects.filter(youth=youth, ended_at=None).values_list("access_basis", flat=True),
        *Decision.objects.filter(youth=youth, enrolled=None, state="pending").values_list("access_basis", flat=True),
    ]
    return max((AccessBasis(one) for one in open_cases), key=NARROWER.index, default=AccessBasis.PARENT)


def rules_for(youth: Member) -> list[ConsentRule]:
    """The profile's rules by which somebody of that age may agree alone. A few visits in a crisis are no case."""
    program = youth.family.program
    age = youth.person.age_on(program.today())
    if age is None or not growing.may_have_account(youth):
        return []
    rules = [rule for rule in program.profile.minor_consent.rules if rule.subject != "crisis_visits"]
    return [rule for rule in rules if rule.minimum_age is None or age >= rule.minimum_age]


def bases_of(young: Iterable[Member]) -> list[AccessBasis]:
    """All that may be chosen where the form does not know yet for whom it is."""
    known = {basis for one in young for basis in bases_for(one)}
    return [basis for basis in NARROWER if basis in known]


def narrower_for(case: Enrollment | Decision) -> list[AccessBasis]:
    """What staff may still write down for that case: seen by fewer than now."""
    now = NARROWER.index(AccessBasis(case.access_basis))
    return [basis for basis in bases_for(case.youth) if NARROWER.index(basis) > now]


def kept_case(person: Person, case_id: UUID) -> Enrollment | Decision | None:
    """The case with that id, where the person keeps it: the time inside, or the decision before it."""
    inside = kept_enrollments(person).filter(public_id=case_id).first()
    return inside or kept_decisions(person).filter(public_id=case_id, enrollment=None).first()


# -- the family's own word -------------------------------------------------------------------------------------------------


def speakers(case: Decision | Enrollment) -> list[Member]:
    """Who of the family can say something about the case: those who may see it as family."""
    members = own_people(case).select_related("person", "family__program").order_by("joined_at", "pk")
    return [member for member in members if _may_speak(member.person, case)]


def may_speak(person: Person, case: Decision | Enrollment) -> bool:
    """Say one's own position, ask for more time: the young person and the caregivers who may see the case."""
    return person.is_active and own_people(case).filter(person=person).exists() and _may_speak(person, case)


def own_people(case: Decision | Enrollment) -> QuerySet[Member]:
    """The young people and caregivers of the family, whether they see this case or not."""
    own = [Member.Role.YOUTH, Member.Role.CAREGIVER]
    return Member.objects.filter(Member.in_force(timezone.now()), family=case.family_id, role__in=own)


def _may_speak(person: Person, case: Decision | Enrollment) -> bool:
    if person.pk == case.youth.person_id:
        return True
    if case.access_basis != AccessBasis.PARENT:  # let in to see, not to say: the young person agreed alone
        return False
    return people.is_minor(case.youth.person, case.family.program) and may_see(person, case)


def may_see(person: Person, case: Decision | Enrollment) -> bool:
    cases = visible_enrollments(person) if isinstance(case, Enrollment) else visible_decisions(person)
    return cases.filter(pk=case.pk).exists()


def counts(person: Person, decision: Decision) -> bool:
    """Whether a "no" of theirs holds it today, whatever held when they said it.

    The young person's does. About joining, an adult's who may decide; about ending, that of all who may say something.
    """
    if not may_speak(person, decision):
        return False
    is_ending = decision.about == Decision.About.ENDING
    return is_ending or person.pk == decision.youth.person_id or families.may_give_permission(person, decision.youth)


# -- cases without an owner or a date ----------------------------------------------------------------------------------------


def open_enrollments() -> QuerySet[Enrollment, Any]:
    """Every family's, with whether somebody answers for it now, as `has_owner`."""
    found = Enrollment.objects.filter(ended_at=None, family__closed_at=None).annotate(has_owner=_has("care_manager"))
    return found.select_related("family__program").order_by("pk")


def unsettled_decisions() -> QuerySet[Decision, Any]:
    """The same for what waits for the agencies or for a first day."""
    found = Decision.objects.filter(_is_open(), family__closed_at=None).annotate(has_owner=_has("owner"))
    return found.select_related("family__program").order_by("pk")


def _has(owner: str) -> Exists:
    """The owner works here and stands beside the family: else they could not even open the case."""
    now = timezone.now()
    return Exists(
        StaffAssignment.objects.filter(
            StaffAssignment.in_force(now),
            StaffRole.in_force(now, "staff_role__"),
            family=OuterRef("family"),
            staff_role=OuterRef(owner),
            staff_role__person__is_active=True,
        )
    )


def owner_of(case: Enrollment) -> Person | None:
    """Who answers for it, where they work here and stand beside the family; as `has_owner` says it."""
    found = open_enrollments().filter(pk=case.pk).select_related("care_manager__person").first()
    return found.care_manager.person if found is not None and found.has_owner else None


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
    return Decision.objects.filter(_to_give(person), _is_open()).select_related("family__program", "owner")


def _to_give(person: Person) -> Q:
    was_in = Member.objects.filter(family=OuterRef("family"), person=person)
    led = Q(family__program__in=led_programs(person))
    return Q(family__closed_at=None) & ~Q(Exists(was_in)) & (led | Q(family__in=families.assigned_families(person)))
