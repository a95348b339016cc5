"""Whom or what a family can be shown to choose from, and what of it cannot be had any more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.access import directory, enrollment, families, moment
from portal.accounts.models import Person
from portal.care.models import Item, Plan
from portal.directory.finding import fold
from portal.directory.models import Service
from portal.directory.near import Nearness
from portal.families.models import Family, StaffAssignment
from portal.programs.models import StaffRole
from portal.voice.models import Choice, Option


def entries_of(person: Person, family: Family, category: str) -> list[Service]:
    """The directory's entries of one kind, the nearest to the family first, each with its `step`."""
    own = directory.visible_entries(person).filter(provider__program=family.program_id, category=category)
    return list(directory.with_places(directory.nearest_first(own, family.program, family.region)))


def fitting(person: Person, family: Family, category: str) -> list[Service]:
    """Those of them that are for where the family lives; all, where nobody knows where that is."""
    found = entries_of(person, family, category)
    return [one for one in found if not family.region or one.step <= Nearness.STATE]  # type: ignore[attr-defined]


def free_facilitators(family: Family) -> QuerySet[StaffRole]:
    """Who could be the family's facilitator: of the programme, tied to nobody of it, and not beside it already.

    Each with how many families they stand beside as `beside`.
    """
    now = moment.now()
    there = StaffAssignment.objects.filter(StaffAssignment.in_force(now), family=family, staff_role=OuterRef("pk"))
    held = Q(StaffAssignment.in_force(now, "assignments__"), assignments__family__closed_at=None)
    found = families.without_ties(enrollment.care_managers(family), family).filter(~Exists(there))
    return found.select_related("organization__program").annotate(beside=Count("assignments", filter=held))


def facilitators_beside(family: Family) -> QuerySet[StaffAssignment]:
    """Who is the family's facilitator now, the one beside it longest first."""
    return facilitators_of([family.pk]).select_related("staff_role__person", "staff_role__organization")


def facilitators_of(pks: Iterable[int]) -> QuerySet[StaffAssignment]:
    """The same of several families, by their keys."""
    beside = families.standing_beside(moment.now(), [StaffRole.Role.FACILITATOR])
    return beside.filter(family__in=list(pks)).order_by("started_at", "pk")


def gone(choice: Choice, options: Iterable[Option]) -> set[int]:
    """Those that cannot be had any more: not listed, not working here, or a time that has passed."""
    every = list(options)
    roles = {one.staff_role_id for one in every if one.staff_role_id is not None}
    can: set[int] = set()
    if roles:
        free = families.without_ties(enrollment.care_managers(choice.family).prefetch_related(None), choice.family)
        can = set(free.filter(pk__in=roles).values_list("pk", flat=True))
    return {one.pk for one in every if _is_gone(one, can)}


def _is_gone(option: Option, can: set[int]) -> bool:
    if option.gone_at is not None or (option.staff_role_id is not None and option.staff_role_id not in can):
        return True
    if option.is_listed and (option.entry is None or not option.entry.is_listed):
        return True
    return option.starts_at is not None and option.starts_at <= moment.now()


def tied_to(family: Family, name: str) -> str:
    """The agency that coordinates this family's care and would give the service, too; blank where they are two.

    42 CFR 441.301(c)(1)(vi): who provides a service should not manage the plan.
    """
    known = (one.staff_role.organization.name for one in facilitators_beside(family))
    return next((one for one in known if fold(one) == fold(name)), "")


def gives_already(plan: Plan | None, organization: str) -> str:
    """The name of a service of the plan that this organization gives: its people would coordinate what it provides."""
    if plan is None:
        return ""
    rows = Item.objects.filter(plan=plan, kind="service", removed_at=None, access_basis=plan.access_basis)
    data = (one.data for one in rows.order_by("pk"))
    return next((one["name"] for one in data if one["provider"] and fold(one["provider"]) == fold(organization)), "")
