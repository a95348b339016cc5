"""Who looks after a family that complained, and whom of the family that person asks.

Nobody who stands beside the family, who is named in the complaint, or who is above, below or close to one of these: they neither
see it nor learn of it. Where nobody is left, it waits for somebody outside.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Q, QuerySet

from peer_support.models import Pairing
from portal.access import enrollment, grievances, independence, mentors, people
from portal.accounts.models import Person
from portal.enrollment.models import Enrollment
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import StaffRole
from portal.programs.schema import Organization as Outside
from portal.programs.vocabulary import OrganizationKind
from rights_grievances.independence import Bars
from rights_grievances.models import Case, Watch, WatchWord

Job = StaffRole.Role
# In this order: a coordinator's work is what is fair, a lead's what works.
REVIEWERS = (Job.GRIEVANCE_COORDINATOR, Job.PROGRAMME_LEAD)
# Who can be called where nobody here may look.
OUTSIDE = (OrganizationKind.OMBUDSMAN, OrganizationKind.DEPARTMENT, OrganizationKind.PURCHASER)


def visible_watches(person: Person) -> QuerySet[Watch]:
    """What this person was chosen to look into and still may, the open ones first."""
    mine = _rows(Q(reviewer__in=people.staff_roles(person), reviewer__person=person))
    return mine.filter(pk__in=[one.pk for one in mine if _may_still(person, one)]) if person.is_active else mine.none()


def _may_still(person: Person, watch: Watch) -> bool:
    """What was written down since may have made them a part of it."""
    return person.pk not in kept_from(watch)


def kept_from(watch: Watch) -> frozenset[int]:
    """The people who may not learn of it."""
    return independence.kept_people(_bars(watch.family, watch.case, watch.happened_at))


def may_have_watches(person: Person) -> bool:
    """Who may be chosen to look into one, though nothing waits for them now."""
    return person.is_active and people.staff_roles(person).filter(role__in=REVIEWERS).exists()


def may_review(person: Person, watch: Watch) -> bool:
    return watch.is_open and visible_watches(person).filter(pk=watch.pk).exists()


def role_of(person: Person, watch: Watch) -> StaffRole | None:
    """The job in which they look into it."""
    return watch.reviewer if may_review(person, watch) else None


def reviewers(family: Family, case: Case | None, since: dt.datetime) -> list[StaffRole]:
    """Who may look into what happened then, coordinators first. Empty: somebody outside."""
    program = case.program_id if case is not None else family.program_id
    able = independence.eligible_roles(_bars(family, case, since), REVIEWERS, program=program, family=family)
    return sorted(able, key=lambda role: (REVIEWERS.index(Job(role.role)), role.pk))


def _bars(family: Family, case: Case | None, since: dt.datetime) -> Bars:
    """What keeps people from the complaint, and everybody who stood beside the family when it happened, or does now."""
    bars = independence.bars_of(case) if case is not None else Bars(own=_people_of(family))
    beside = _beside(family, since)
    return replace(bars, named=bars.named | beside, ties=bars.ties | independence.ties_of(beside))


def _people_of(family: Family) -> frozenset[int]:
    return frozenset(Member.objects.filter(family=family).values_list("person", flat=True))


def _beside(family: Family, since: dt.datetime) -> frozenset[int]:
    stood = Q(ended_at=None) | Q(ended_at__gte=since)
    assigned = StaffAssignment.objects.filter(stood, family=family).values_list("staff_role__person", flat=True)
    paired = Pairing.objects.filter(stood, family=family, began_at__isnull=False).values_list("peer__person", flat=True)
    managing = Enrollment.objects.filter(stood, family=family).values_list("care_manager__person", flat=True)
    return frozenset([*assigned, *paired, *managing])


# -- the family --------------------------------------------------------------------------------------------------------


def own_watches(person: Person) -> QuerySet[Watch]:
    """What this person was asked about as one of the family, the newest first."""
    if not person.is_active:
        return Watch.objects.none()
    near = Q(case__filed_by=person) | Q(family__in=people.memberships(person).values("family"))
    found = _rows(near & Q(asked_family_at__isnull=False))
    return found.filter(pk__in=[one.pk for one in found if is_of_family(person, one)])


def may_answer(person: Person, watch: Watch) -> bool:
    """Say what they think, and more of it, until it is closed."""
    return watch.is_open and own_watches(person).filter(pk=watch.pk).exists()


def asked_of(watch: Watch) -> list[Person]:
    """Whom of the family it can be asked here: who told us, or sees that case, and may know of what changed."""
    members = Person.objects.filter(memberships__family=watch.family_id)
    near = Person.objects.filter(Q(pk__in=members.values("pk")) | Q(pk=_filer(watch)), is_active=True).order_by("pk")
    return [person for person in near if is_of_family(person, watch)]


def _filer(watch: Watch) -> int | None:
    return watch.case.filed_by_id if watch.case is not None else None


def is_of_family(person: Person, watch: Watch) -> bool:
    case = watch.case
    if case is not None and not grievances.own_cases(person).filter(pk=case.pk).exists():
        return False
    return _may_know(person, watch)


def _may_know(person: Person, watch: Watch) -> bool:
    """That it happened is no secret to them: somebody's peer partner, or a young person's case, may be."""
    prefix, _colon, pk = watch.about.partition(":")
    if watch.member is not None and watch.member.person_id == person.pk:
        return True
    if prefix == "pairing":
        return mentors.known_pairings(person).filter(pk=pk).exists()
    if prefix in {"enrollment", "ending", "discharge", "clock"}:
        return _knows_case(person, watch)
    return True


def _knows_case(person: Person, watch: Watch) -> bool:
    """A young person's time in the programme and in hospitals; contacts are between two people and nobody else's."""
    if watch.what == Watch.What.LOST_CONTACT or watch.member is None:
        return False
    return enrollment.visible_enrollments(person).filter(youth=watch.member).exists()


def _rows(which: Q) -> QuerySet[Watch]:
    return (
        Watch.objects.filter(which)
        .select_related("case__program", "family__program", "member__person", "reviewer__person")
        .order_by("closed_at", "-happened_at", "pk")
    )


# -- what its reviewer reads -------------------------------------------------------------------------------------------


def changed_worker(watch: Watch) -> StaffRole | None:
    """Of whom it tells: who no longer stands beside the family."""
    prefix, _colon, pk = watch.about.partition(":")
    if prefix == "assignment":
        row = StaffAssignment.objects.filter(pk=pk).select_related("staff_role__person", "staff_role__organization")
        return next((one.staff_role for one in row), None)
    if prefix == "pairing":
        pairings = Pairing.objects.filter(pk=pk).select_related("peer__person", "peer__organization")
        return next((one.peer for one in pairings), None)
    return None


def words_to(watch: Watch) -> QuerySet[WatchWord]:
    """All that the family said to it: for its reviewer."""
    return watch.said.select_related("person", "written_by__person").order_by("at", "pk")


def words_of(person: Person, watch: Watch) -> QuerySet[WatchWord]:
    """What this person said to it: nobody else of the family reads it."""
    return words_to(watch).filter(person=person)


def outside_of(watch: Watch) -> Outside | None:
    """Who can look into it where nobody here may; None while somebody here does."""
    if not watch.is_outside:
        return None
    profile = watch.family.program.profile
    named = independence.named_houses(watch.case) if watch.case is not None else set()
    found = [one for kind in OUTSIDE for one in profile.organizations if one.kind == kind and one.contact is not None]
    return next((one for one in found if one.id not in named), None)
