"""What the family's answers to a suggestion come to: it is in the plan, it is not, or it is still open."""

from __future__ import annotations

from django.db import transaction

from portal.access import Refused, proposals, require
from portal.access import care as access
from portal.accounts.models import Person
from portal.care.actions.items import hold_ending
from portal.care.actions.versions import Did, keep, locked, next_number
from portal.care.kinds import Data, check
from portal.care.models import Item, Plan, Version

Standing = Item.Standing


@transaction.atomic
def settle_item(*, actor: Person, item: Item, standing: Item.Standing, words: Data | None = None) -> Item:
    """`words`: the parts the family says in its own way. What they said no to beside agreed words leaves these as they are.

    Raises NotGood, PlanClosed.
    """
    plan = locked(item.plan)
    item = Item.objects.select_related("plan", "parent").get(pk=item.pk)
    reader = access.reader_of(actor, plan)
    if reader is None:
        raise Refused
    require(proposals.may_decide(reader, item))
    was_active, before = item.is_active, item.data
    after = check(item.kind, before | _stand(item, standing, words))
    if after != before:
        item.data, item.number = after, next_number(plan)
    item.save(update_fields=["sealed_data", "sealed_offer", "standing", "suggested_in", "number"])
    if after != before:
        keep(actor=actor, plan=plan, why="", did=[Did(item, before, after)])
    if item.kind == "goal" and item.is_active and not was_active:
        hold_ending(actor, item)
    return item


def _stand(item: Item, standing: Item.Standing, words: Data | None) -> Data:
    """Puts the item where it stands now; gives the parts that say something else by that."""
    offer, words = item.offer, words or {}
    if offer is None:
        item.standing = standing
        return words
    if words or standing == Standing.AGREED:  # their own words for what they agreed on are theirs as it was
        item.offer, item.standing = None, Standing.AGREED
        return offer | words
    if standing == Standing.DECLINED:
        item.offer, item.suggested_in = None, 0
    return {}


@transaction.atomic
def finish_plan(*, actor: Person, plan: Plan) -> Version:
    """A version that says: this is the plan. What has to be settled before is asked by who calls it. Raises PlanClosed."""
    plan = locked(plan)
    reader = access.reader_of(actor, plan)
    if reader is None or not access.may_keep(reader):
        raise Refused
    return keep(actor=actor, plan=plan, why="", step=Version.Step.FINAL)
