"""The family keeps what they wrote, or takes what another system says."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from portal.access import Refused, exchange, require
from portal.access import care as access
from portal.accounts.models import Person
from portal.care import refusals
from portal.care.actions.versions import Did, keep, locked, next_number
from portal.care.kinds import check
from portal.care.models import Difference, Item
from portal.notices import actions as notices


@transaction.atomic
def answer_difference(*, actor: Person, difference: Difference, mark: str, takes: bool) -> None:
    """`mark`: the state of the item the page showed. The answer holds until the other system says something new.

    Raises AnsweredMeanwhile, ChangedMeanwhile, NotThere, PlanClosed.
    """
    plan = locked(difference.item.plan)
    reader = access.reader_of(actor, plan)
    if reader is None:
        raise Refused
    now = Difference.objects.select_for_update().get(pk=difference.pk)
    item = Item.objects.select_related("plan", "parent").get(pk=now.item_id)
    if item.removed_at is not None:
        raise refusals.NotThere
    require(exchange.may_answer(reader, item))
    if now.answer:
        raise refusals.AnsweredMeanwhile
    if item.mark != mark:
        raise refusals.ChangedMeanwhile
    now.answer = Difference.Answer.TAKE if takes else Difference.Answer.KEEP
    now.answered_by, now.answered_at = actor, timezone.now()
    now.save(update_fields=["answer", "answered_by", "answered_at"])
    if takes:
        before = item.data
        item.data = check(item.kind, json.loads(now.data), from_elsewhere=True)
        item.number = next_number(plan)
        item.save(update_fields=["sealed_data", "number"])
        keep(actor=actor, plan=plan, why=gettext("As another system says."), did=[Did(item, before, item.data)])
    for person in exchange.asked_about(item):  # answered by one, it waits for nobody else
        notices.mark_read(person=person, about=f"difference:{now.public_id}")
