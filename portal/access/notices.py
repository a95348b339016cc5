"""Whose notices are whose: each person's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.access import care
from portal.accounts.models import Person
from portal.notices.models import Delivery, Notice, PushSubscription

PLANS = "/plans/"


def visible_notices(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-id")


def unread_notices(person: Person) -> QuerySet[Notice]:
    return visible_notices(person).filter(read_at=None)


def closed_notices(person: Person, notices: Iterable[Notice]) -> set[int]:
    """By their numbers, those that lead to a plan which is not for that person any more, as a parent's after the 18th birthday."""
    of_plans = [one for one in notices if one.path.startswith(PLANS)]
    if not of_plans:
        return set()
    read = tuple(plan.get_absolute_url() for plan, _reader in care.read_plans(person))
    return {one.pk for one in of_plans if not one.path.startswith(read)}


def visible_phones(person: Person) -> QuerySet[PushSubscription]:
    """The screens that show this person's notices, the newest first."""
    return PushSubscription.objects.filter(person=person).order_by("-made_at", "-pk")


def deliveries_about(about: str, people: Iterable[int]) -> list[Delivery]:
    """By which ways these people were told of one thing, and when: for who waits for them (access/ladder.py says who may)."""
    told = Delivery.objects.filter(notice__about=about, notice__person__in=list(people))
    return list(told.select_related("notice").order_by("sent_at", "pk"))
