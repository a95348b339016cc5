"""Removing old messages by the programme's own rule. Off unless a profile says for how many years they are kept.

A conversation's oldest messages go first, some hundreds in a short transaction, and the number up to which they are gone is kept
with the conversation in that same transaction: pages, search and "after N" begin above it and wait for nothing. Whether
the family's records may go is asked again in each of these transactions, so a hold stops it between one batch and the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from messaging.models import Conversation, HeldMessage, Message, Participant, SharedEntry
from portal.access import media
from portal.access import retention as access
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family
from portal.programs.models import Program

BATCH = 500
AT_ONCE = 1_000  # conversations listed in one query
A_ROUND = 20  # batches in one round of the worker, which has other things to do


def remove_old(*, batches: int | None = None) -> int:
    """Remove what the rules let go, at most so many batches; gives the number of messages. Any number of workers may run it."""
    return sum(islice(_removals(), batches))


def count_old() -> int:
    """How many messages `remove_old` would remove now."""
    counts = [
        access.removable_conversations(program, before).aggregate(count=Sum(F("last_seq") - F("trimmed_seq")))["count"]
        for program, before in _rules()
    ]
    return sum(count or 0 for count in counts)


def kept_from(program: Program) -> dt.datetime | None:
    """The moment before which a conversation must have ended and its family's case been closed; None where nothing ever goes."""
    rule = program.profile.settings.retention_years
    if rule is None:
        return None
    today = program.today()
    day = today.replace(year=today.year - rule.value, day=28 if (today.month, today.day) == (2, 29) else today.day)
    return dt.datetime.combine(day, dt.time.min, program.zone)


def _rules() -> Iterator[tuple[Program, dt.datetime]]:
    for program in Program.objects.order_by("pk"):
        before = kept_from(program)
        if before is not None:
            yield program, before


def _removals() -> Iterator[int]:
    for program, before in _rules():
        for pk in _due(program, before):
            while (removed := _remove_batch(pk, program, before)) is not None:
                yield removed


def _due(program: Program, before: dt.datetime) -> Iterator[int]:
    reached = 0
    due = access.removable_conversations(program, before).order_by("pk").values_list("pk", flat=True)
    while pks := list(due.filter(pk__gt=reached)[:AT_ONCE]):
        yield from pks
        reached = pks[-1]


@transaction.atomic
def _remove_batch(pk: int, program: Program, before: dt.datetime) -> int | None:
    """The oldest messages that are left. None where another worker is at it, or nothing is left or may go (any more)."""
    locked = Conversation.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
    if locked is None or locked.family_id is None:
        return None
    # Placing a hold takes this lock, too: it comes before this batch, or after it. The question is a statement of its own,
    # because one that waited for a lock still sees the database as it was before.
    family = Family.objects.select_for_update(no_key=True).get(pk=locked.family_id)
    conversation = access.removable_conversations(program, before).filter(pk=pk).first()
    if conversation is None:
        return None
    up_to = min(conversation.trimmed_seq + BATCH, conversation.last_seq)
    media.of_removed(conversation, up_to).delete()
    # What was held goes with the messages it became, and what never went on with the first of them.
    gone = Message.objects.filter(conversation=conversation, seq__lte=up_to).values("key")
    held = HeldMessage.objects.filter(conversation=conversation).exclude(state=HeldMessage.State.WAITING)
    held.filter(Q(state=HeldMessage.State.STOPPED) | Q(key__in=gone)).delete()
    SharedEntry.objects.filter(conversation=conversation, key__in=gone).delete()
    removed, _by_model = Message.objects.filter(
        conversation=conversation, seq__gt=conversation.trimmed_seq, seq__lte=up_to
    ).delete()
    Conversation.objects.filter(pk=pk).update(trimmed_seq=up_to, trimmed_at=timezone.now())
    Participant.objects.filter(conversation=conversation).exclude(sealed_draft=None).update(sealed_draft=None)
    record(
        actor=None,
        verb=Entry.Verb.ENDED,
        subject="old_messages",
        subject_id=conversation.public_id,
        family=family,
        removed=removed,
        up_to=up_to,
        rule=f"settings.retention_years of {program.slug}",
        before=before.isoformat(),
    )
    return removed
