"""Seats of those who decide: which there are, which are held, and whether a holder's name stands beside one."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.access import community, require
from portal.access import taking_part as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.community.models import Seat
from portal.community.refusals import CommunityRefusal
from portal.programs.models import Organization

SUBJECT = "seat"


@transaction.atomic
def add_seat(
    *, actor: Person, organization: Organization, key: UUID, kind: str, title: str, held_since: dt.date | None = None
) -> Seat:
    """`held_since`: somebody has it already; who that is, is not written down. The same page twice is one."""
    program = organization.program
    require(access.may_post(actor, program))
    require(community.deciding_bodies(program).filter(pk=organization.pk).exists())
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    known = Seat.objects.filter(public_id=key, organization=organization).first()
    if known is not None:
        return known
    if held_since is not None and held_since > program.today():
        raise CommunityRefusal("too_far", "held_since")
    seat = Seat.objects.create(
        public_id=key, organization=organization, kind=Seat.Kind(kind), title=title, held_since=held_since
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject=SUBJECT, subject_id=seat.public_id)
    return seat


@transaction.atomic
def set_seat(*, actor: Person, seat: Seat, is_held: bool) -> Seat:
    """Somebody has it now who has no account here, or it is open again. The same twice is one."""
    require(access.may_keep_seat(actor, seat))
    held = _locked(seat)
    if (held.held_since is not None) == is_held:
        return held
    held.held_since = held.organization.program.today() if is_held else None
    held.holder, held.named_at = None, None
    held.save(update_fields=["held_since", "holder", "named_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id, held=is_held)
    return held


@transaction.atomic
def end_seat(*, actor: Person, seat: Seat) -> None:
    """There is no such seat any more."""
    require(access.may_keep_seat(actor, seat))
    held = _locked(seat)
    held.ended_at, held.named_at, held.holder = timezone.now(), None, None
    held.save(update_fields=["ended_at", "named_at", "holder"])
    record(actor=actor, verb=Entry.Verb.ENDED, subject=SUBJECT, subject_id=held.public_id)


@transaction.atomic
def name_holder(*, actor: Person, seat: Seat, is_named: bool) -> None:
    """Whoever holds a seat says whether their name stands beside it, and can change that on any day."""
    held = _locked(seat)
    require(access.held_seats(actor).filter(pk=held.pk).exists())
    held.named_at = timezone.now() if is_named else None
    held.save(update_fields=["named_at"])
    record(actor=actor, verb=Entry.Verb.CHANGED, subject=SUBJECT, subject_id=held.public_id, named=is_named)


def _locked(seat: Seat) -> Seat:
    return Seat.objects.select_for_update(of=("self",)).select_related("organization__program").get(pk=seat.pk)
