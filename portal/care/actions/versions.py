"""One step of a plan: a version with what it did to each item, told to whoever may see that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from portal.access import care as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.kinds import Data
from portal.care.models import Change, Item, Plan, Version
from portal.families.models import AccessBasis
from portal.notices import actions as notices
from portal.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Did:
    item: Item
    before: Data | None
    after: Data | None


def locked(plan: Plan) -> Plan:
    """The plan as it is now, held to the end of the transaction. Raises PlanClosed."""
    found = Plan.objects.select_for_update(of=("self",)).select_related(
        "family__program", "youth__person", "youth__family__program"
    )
    now = found.get(pk=plan.pk)
    if not now.is_open:
        raise refusals.PlanClosed
    return now


def next_number(plan: Plan) -> int:
    return plan.last_number + 1


def keep(
    *, actor: Person, plan: Plan, why: str, did: Sequence[Did] = (), step: Version.Step = Version.Step.ITEMS
) -> Version:
    """Write the step down. The plan is locked by the caller, and each item says the new number already."""
    plan.last_number += 1
    plan.save(update_fields=["last_number"])
    version = Version(plan=plan, number=plan.last_number, by=actor, step=step, at=timezone.now())
    version.why = why.strip()
    version.save()
    for one in did:
        change = Change(version=version, item=one.item)
        change.before, change.after = one.before, one.after
        change.save()
    # The family's record says nothing of what only the young person knows of.
    shown = [one.item.kind for one in did if one.item.access_basis == AccessBasis.PARENT]
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="plan",
        subject_id=plan.public_id,
        family=plan.family if shown or not did else None,
        step=str(step),
        items=shown,
    )
    _tell(actor, plan, {one.item.pk for one in did})
    return version


def _tell(actor: Person, plan: Plan, touched: set[int]) -> None:
    """Whoever sees one of these items, or all who read the plan; one notice stands for all that is not read yet."""
    for reader in access.readers_of(plan):
        if reader.person == actor or (not touched and reader.part == access.Part.SUPPORT):
            continue
        if not touched or touched & {item.pk for item in access.visible_items(reader, plan, with_removed=True)}:
            notices.notify(
                person=reader.person,
                kind=Notice.Kind.PLAN,
                path=plan.get_absolute_url(),
                about=plan.told_as,
            )
