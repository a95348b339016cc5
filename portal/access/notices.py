"""Whose notices are whose: each person's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.notices.models import Delivery, Notice, PushSubscription


def visible_notices(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-id")


def unread_notices(person: Person) -> QuerySet[Notice]:
    return visible_notices(person).filter(read_at=None)


def visible_phones(person: Person) -> QuerySet[PushSubscription]:
    """The screens that show this person's notices, the newest first."""
    return PushSubscription.objects.filter(person=person).order_by("-made_at", "-pk")


def deliveries_about(about: str, people: Iterable[int]) -> list[Delivery]:
    """By which ways these people were told of one thing, and when: for who waits for them (access/ladder.py says who may)."""
    told = Delivery.objects.filter(notice__about=about, notice__person__in=list(people))
    return list(told.select_related("notice").order_by("sent_at", "pk"))
