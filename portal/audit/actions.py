"""Writing the record, sealing it into the chain, and checking that nobody changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Entry, Seal

if TYPE_CHECKING:
    from portal.accounts.models import Person

BATCH = 500
SETTLED = dt.timedelta(minutes=10)  # longer than any transaction of ours may run
START = "0" * 64


class HasPublicId(Protocol):
    public_id: UUID


def record(
    *,
    actor: Person | None,
    verb: Entry.Verb,
    subject: str,
    subject_id: object = "",
    family: HasPublicId | None = None,
    role: str = "",
    **detail: Any,
) -> Entry:
    """Add one entry. `detail` holds ids and field names, never what a family wrote."""
    entry = _entry(actor, verb, subject, subject_id, family, role, detail)
    entry.save(force_insert=True)
    return entry


def record_each(
    *,
    actor: Person | None,
    verb: Entry.Verb,
    subjects: Sequence[tuple[str, object]],
    family: HasPublicId | None = None,
) -> None:
    """The same for several things at once, each given as (subject, id), in one question to the database."""
    Entry.objects.bulk_create(_entry(actor, verb, subject, one, family, "", {}) for subject, one in subjects)


def _entry(
    actor: Person | None,
    verb: Entry.Verb,
    subject: str,
    subject_id: object,
    family: HasPublicId | None,
    role: str,
    detail: dict[str, Any],
) -> Entry:
    return Entry(
        at=timezone.now(),
        actor=actor,
        actor_role=role,
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        family_id=family.public_id if family is not None else None,
        detail=detail,
    )


def seal_entries() -> int:
    """Seal what is not sealed yet, in batches, in id order; gives the number of entries sealed.

    Safe with several workers: two seals of the same entries break a unique constraint, and the later one gives way.
    Entries younger than ten minutes wait, so that a transaction that took a lower id earlier can still commit.
    """
    sealed = 0
    try:
        while count := _seal_batch():
            sealed += count
    except IntegrityError:  # another worker sealed the same entries first
        pass
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    last = Seal.objects.select_for_update().order_by("-last_entry").first()
    settled = timezone.now() - SETTLED
    waiting = Entry.objects.filter(pk__gt=last.last_entry if last else 0, at__lt=settled).order_by("pk")
    entries = list(waiting[:BATCH])
    if not entries:
        return 0
    previous = last.hash if last else START
    Seal.objects.create(
        first_entry=entries[0].pk,
        last_entry=entries[-1].pk,
        entries=len(entries),
        previous_hash=previous,
        hash=Seal.digest(previous, [entry.fingerprint() for entry in entries]),
        sealed_at=timezone.now(),
    )
    return len(entries)


def verify() -> str | None:
    """Walk the chain. None when it is whole, else one sentence naming the first batch that was tampered with."""
    previous, reached = START, 0
    for seal in Seal.objects.order_by("last_entry").iterator():
        span = f"entries {seal.first_entry} to {seal.last_entry}"
        if seal.previous_hash != previous or seal.first_entry <= reached:
            return f"The chain breaks at {span}: it does not follow the seal before it."
        entries = Entry.objects.filter(pk__gt=reached, pk__lte=seal.last_entry).order_by("pk")
        fingerprints = [entry.fingerprint() for entry in entries]
        if len(fingerprints) != seal.entries:
            return f"The chain breaks at {span}: {seal.entries} entries were sealed, {len(fingerprints)} are there."
        if Seal.digest(previous, fingerprints) != seal.hash:
            return f"The chain breaks at {span}: an entry was changed after it was sealed."
        previous, reached = seal.hash, seal.last_entry
    return None
