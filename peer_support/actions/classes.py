"""The list of classes that a family organization holds, as its liaisons write it down."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from peer_support.models import EducatorClass
from peer_support.refusals import TooFewPlaces
from portal.access import require
from portal.access import support as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import Organization


class Held(TypedDict):
    """What families read of a class."""

    title: str
    about: str
    language: str
    held_on: dt.date
    begins_at: dt.time | None
    place: str
    places: int


@transaction.atomic
def add_class(*, actor: Person, organization: Organization, **held: Unpack[Held]) -> EducatorClass:
    require(access.may_keep_classes(actor, organization))
    added = EducatorClass.objects.create(organization=organization, added_by=actor, **held)
    _note(actor, Entry.Verb.CREATED, added)
    return added


@transaction.atomic
def change_class(*, actor: Person, held: EducatorClass, **changes: Unpack[Held]) -> None:
    """Raises TooFewPlaces where more families have a place than there would be."""
    require(access.may_keep_classes(actor, held.organization))
    held = EducatorClass.objects.select_for_update(no_key=True, of=("self",)).get(pk=held.pk)
    require(held.ended_at is None)
    if access.places_taken(held) > changes["places"]:
        raise TooFewPlaces
    for name, value in changes.items():
        setattr(held, name, value)
    held.save()
    _note(actor, Entry.Verb.CHANGED, held)


@transaction.atomic
def end_class(*, actor: Person, held: EducatorClass) -> None:
    """It is called off. Families who asked for it keep their request: their liaison says what there is instead."""
    require(access.may_keep_classes(actor, held.organization))
    if EducatorClass.objects.filter(pk=held.pk, ended_at=None).update(ended_at=timezone.now()):
        _note(actor, Entry.Verb.ENDED, held)


def _note(actor: Person, verb: Entry.Verb, held: EducatorClass) -> None:
    record(actor=actor, verb=verb, subject="class", subject_id=held.public_id)
