"""Whose notices are whose: each person's own."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.notices.models import Notice


def visible_notices(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-id")


def unread_notices(person: Person) -> QuerySet[Notice]:
    return visible_notices(person).filter(read_at=None)
