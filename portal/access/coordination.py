"""Who answers for a family, who may be given that, and who is told when nobody does."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from peer_support.models import Coordination
from portal.access import clocks, families, moment, peers
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles


def visible_coordinations(person: Person) -> QuerySet[Coordination]:
    """Who answers and who did, newest first: for the family itself, the staff beside it and the coordinator."""
    if not person.is_active:
        return Coordination.objects.none()
    mine = Q(coordinator__person=person, ended_at=None) & StaffRole.in_force(timezone.now(), "coordinator__")
    return (
        Coordination.objects.filter(Q(family__in=families.visible_families(person)) | mine, family__closed_at=None)
        .select_related("coordinator__person", "coordinator__organization", "family__program", "hand_off")
        .order_by("-started_at", "-pk")
    )


def coordinators_now(person: Person) -> QuerySet[Coordination]:
    """Who answers now for the families this person sees, while they work here."""
    now = timezone.now()
    return visible_coordinations(person).filter(
        StaffRole.in_force(now, "coordinator__"), ended_at=None, coordinator__person__is_active=True
    )


def current(family: Family) -> Coordination | None:
    """The row that is not ended, whether or not the one it names still works here."""
    held = Coordination.objects.select_related("coordinator__person", "coordinator__organization")
    return held.filter(family=family, ended_at=None).first()


def latest(family: Family) -> Coordination | None:
    """Who answers, or who did last."""
    return Coordination.objects.select_related("coordinator__person").filter(family=family).order_by("-pk").first()


def is_there(role: StaffRole) -> bool:
    return role.is_in_force(timezone.now()) and role.person.is_active


def possible_coordinators(family: Family) -> QuerySet[StaffRole]:
    """Facilitators of the programme and liaisons of the organizations whose liaison stands beside the family; none of its
    own people, nobody kept apart from one of them. Where no liaison stands beside it, those of the whole programme.

    A facilitator whose training is not done only where they stand beside the family already: somebody wrote down why.
    """
    liaisons = families.standing_beside(moment.now(), [StaffRole.Role.LIAISON]).filter(family=family)
    near = Q(role=StaffRole.Role.FACILITATOR) | Q(~Exists(liaisons))
    near |= Q(organization__in=liaisons.values("staff_role__organization"))
    at_work = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()),
        near,
        organization__program=family.program_id,
        role__in=families.SEES_THE_FAMILY,
        person__is_active=True,
    )
    roles = (
        families.without_ties(at_work, family)
        .select_related("person", "organization")
        .order_by("person__display_name", "pk")
    )
    beside = StaffAssignment.objects.filter(StaffAssignment.in_force(timezone.now()), family=family)
    facilitators = roles.filter(role=StaffRole.Role.FACILITATOR).exclude(pk__in=beside.values("staff_role"))
    return roles.exclude(pk__in=peers.untrained(peers.with_profiles(facilitators)))


def coordinable_families(person: Person) -> QuerySet[Family]:
    """Those to whom this person may give a coordinator: staff beside them, and a lead where nobody answers."""
    mine = Member.objects.filter(family=OuterRef("pk"), person=person)
    led = Q(program__in=clocks.led_programs(person)) & ~Q(Exists(_answering())) & _is_promised()
    beside = Q(pk__in=families.assigned_families(person).values("pk"))
    return Family.objects.filter(beside | led, ~Exists(mine), closed_at=None).select_related("program")


def may_coordinate(person: Person, family: Family) -> bool:
    return coordinable_families(person).filter(pk=family.pk).exists()


# -- families for whom nobody answers ----------------------------------------------------------------------------------


def without_coordinator(program: Program | None = None) -> QuerySet[Family]:
    """Open families without anybody who answers: where the programme promises one to each, and where there was one."""
    earlier = Coordination.objects.filter(family=OuterRef("pk"))
    found = (
        Family.objects.filter(~Exists(_answering()), _is_promised(), closed_at=None)
        .annotate(had_one=Exists(earlier))
        .select_related("program")
    )
    return (found if program is None else found.filter(program=program)).order_by("created_at", "pk")


def _answering() -> QuerySet[Coordination]:
    return Coordination.objects.filter(
        StaffRole.in_force(timezone.now(), "coordinator__"),
        family=OuterRef("pk"),
        ended_at=None,
        coordinator__person__is_active=True,
    )


def _is_promised() -> Q:
    promising = [
        slug for slug, one in profiles().items() if one.settings.one_coordinator and one.settings.one_coordinator.on
    ]
    return Q(program__slug__in=promising) | Q(Exists(Coordination.objects.filter(family=OuterRef("pk"))))


def told_of_family(family: Family) -> list[Person]:
    """The family's own people who may know who works with it."""
    people = Person.objects.filter(
        is_active=True, pk__in=Member.objects.filter(Member.in_force(timezone.now()), family=family).values("person")
    )
    return [one for one in people.order_by("pk") if families.sees_family(one, family.pk)]


def staff_of_family(family: Family) -> list[Person]:
    """The staff beside it now who see its page."""
    beside = StaffAssignment.objects.filter(StaffAssignment.in_force(timezone.now()), family=family)
    people = Person.objects.filter(is_active=True, pk__in=beside.values("staff_role__person")).order_by("pk")
    return [one for one in people if families.stands_beside(one, family.pk)]
