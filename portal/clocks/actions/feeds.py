"""A person's own calendar reads their dates from a secret address: made by them, ended by them."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.models import CalendarFeed


@transaction.atomic
def make_calendar(*, actor: Person) -> str:
    """Make the address's secret, shown once; an earlier address stops working."""
    require(access.may_have_calendar(actor))
    Person.objects.select_for_update().get(pk=actor.pk)
    _end(actor)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(person=actor, token_hash=CalendarFeed.hash_of(token))
    record(actor=actor, verb=Entry.Verb.CREATED, subject="calendar", subject_id=actor.public_id)
    return token


@transaction.atomic
def end_calendar(*, actor: Person) -> None:
    """From now on the address finds nothing. Ending none changes nothing."""
    if _end(actor):
        record(actor=actor, verb=Entry.Verb.ENDED, subject="calendar", subject_id=actor.public_id)


def _end(person: Person) -> int:
    return CalendarFeed.objects.filter(person=person, ended_at=None).update(ended_at=timezone.now())
