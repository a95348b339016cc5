"""The history of a plan as one reader may know it: its steps, who has read it up to where, and where they stood."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.models import Change, Item, Plan, Seen, Version
from portal.families.models import Member, StaffAssignment


def versions_of(plan: Plan) -> QuerySet[Version]:
    rows = Version.objects.filter(plan=plan).select_related("by").prefetch_related("changes")
    return rows.order_by("-number")


def seen_by(reader: Reader, plan: Plan, newest: int) -> list[Seen]:
    """By each person the last version they said they read, the newest first; of those who belong to it or stand beside it now.

    A later look than the first one at the `newest` version that reader sees something of would tell that there is more.

    Staff see all of them; of the family each sees who of the staff, the young person and themselves: one parent's times
    are none of the other's.
    """
    if reader.part in {Part.SUPPORT, Part.SCHOOL} or reader.is_apart:
        return []
    now = timezone.now()
    belongs = Member.objects.filter(Member.in_force(now), family=plan.family_id, person=OuterRef("person"))
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(now), family=plan.family_id, staff_role__person=OuterRef("person")
    )
    rows = Seen.objects.filter(Exists(beside) | Exists(belongs), plan=plan)
    if reader.part != Part.STAFF:
        rows = rows.filter(Exists(beside) | Q(person__in=[plan.youth.person_id, reader.person.pk]))
    last: dict[int, Seen] = {}
    knows_all = reader.part in {Part.YOUNG, Part.STAFF}
    for row in rows.select_related("person").order_by("number", "pk"):
        known = last.get(row.person_id)
        if known is None or knows_all or known.number < newest or row.person_id == reader.person.pk:
            last[row.person_id] = row
    return sorted(last.values(), key=lambda row: (-row.number, row.pk))


def last_look(person: Person, plan: Plan) -> Seen | None:
    """When that person said they have read it, the latest of these."""
    return Seen.objects.filter(plan=plan, person=person).order_by("-number").first()


def newest_number(plan: Plan, seen: Iterable[Item], whole_number: int | None = None) -> int:
    """The version of the last step of which somebody who has `seen` these items, removed ones too, sees something.

    `whole_number`: the last step of the plan itself, where that is known already.
    """
    items = max((item.number for item in seen), default=0)
    if whole_number is not None:
        return max(items, whole_number)
    whole = Version.objects.filter(plan=plan).exclude(step=Version.Step.ITEMS).order_by("-number")
    return max(items, whole.values_list("number", flat=True).first() or 0)


def steps_since(plan: Plan, number: int) -> list[Change]:
    """What was done after that version, oldest first."""
    rows = Change.objects.filter(version__plan=plan, version__number__gt=number).select_related("item", "version")
    return list(rows.order_by("version__number", "pk"))
