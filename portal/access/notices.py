"""Whose notices are whose: each person's own."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.notices.models import Notice, PushSubscription


def visible_notices(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-id")


def unread_notices(person: Person) -> QuerySet[Notice]:
    return visible_notices(person).filter(read_at=None)


def visible_phones(person: Person) -> QuerySet[PushSubscription]:
    """The screens that show this person's notices, the newest first."""
    return PushSubscription.objects.filter(person=person).order_by("-made_at", "-pk")
