"""Who says what comes first, and what everybody is asked to do and not to do; and who reads it.

Both are the family's own word: staff read and change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.access import care
from portal.access.care import Part, Reader
from portal.access.proposals import is_of_family
from portal.accounts.models import Person
from portal.care.models import Item, Plan
from portal.voice.models import Preference, Ranking

# -- what comes first --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """What matters first to one person, as far as the reader sees it."""

    person: Person
    items: list[Item]
    ranking: Ranking


def may_rank(reader: Reader, plan: Plan) -> bool:
    return plan.is_open and is_of_family(reader)


def can_be_ranked(items: Sequence[Item]) -> list[Item]:
    """Needs and goals of the plan; what is only suggested has no place yet."""
    return [one for one in items if one.kind in {"need", "goal"} and one.is_active and one.removed_at is None]


def in_order(items: Sequence[Item], ranking: Ranking | None) -> list[Item]:
    """As that person put them; what came since then is last."""
    known = {public_id: place for place, public_id in enumerate(ranking.order)} if ranking is not None else {}
    ranked = can_be_ranked(items)
    return sorted(ranked, key=lambda one: (known.get(str(one.public_id), len(known)), one.pk))


def orders(reader: Reader, plan: Plan, items: Sequence[Item]) -> list[Order]:
    """Side by side, the young person's first. What one of them put where the reader sees nothing leaves no gap."""
    rows = Ranking.objects.filter(plan=plan).select_related("by").order_by("pk")
    last = {row.by_id: row for row in rows}
    by_id = {str(one.public_id): one for one in can_be_ranked(items)}
    found = [Order(row.by, [by_id[one] for one in row.order if one in by_id], row) for row in last.values()]
    return sorted(found, key=lambda one: one.person.pk != plan.youth.person_id)


# -- please do, please do not --------------------------------------------------------------------------------------------------


def may_ask_of_all(reader: Reader, plan: Plan) -> bool:
    return plan.is_open and is_of_family(reader)


def visible_preferences(reader: Reader, plan: Plan) -> QuerySet[Preference]:
    """All of the team who read the plan as a whole. What the young person said to staff alone: they and staff."""
    rows = Preference.objects.filter(plan=plan, ended_at=None).select_related("by").order_by("-kind", "pk")
    if reader.part in {Part.STAFF, Part.YOUNG}:
        return rows
    return rows.filter(is_for_staff_alone=False) if is_of_family(reader) else rows.none()


def told_of(plan: Plan, preference: Preference) -> list[Person]:
    """Everybody on the team who reads it."""
    return [
        reader.person
        for reader in care.readers_of(plan)
        if visible_preferences(reader, plan).filter(pk=preference.pk).exists()
    ]


def own_preferences(reader: Reader, plan: Plan) -> QuerySet[Preference]:
    """Their own, taken back already or not."""
    return (
        Preference.objects.filter(plan=plan, by=reader.person).select_related("by")
        if is_of_family(reader)
        else (Preference.objects.none())
    )


def may_take_back(reader: Reader, preference: Preference) -> bool:
    return preference.by_id == reader.person.pk and preference.ended_at is None
