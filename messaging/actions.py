"""Opening and ending conversations, sending, reading, drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

import orjson
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from messaging import ladder
from messaging.history import draft_context, draft_of
from messaging.models import Conversation, Participant, data_key_context
from messaging.sending import LONGEST, Held, Refusal, Sending, Stored
from messaging.writer import send_and_wait
from portal import crypto, live
from portal.access import Refused, require
from portal.access import conversations as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Family
from portal.notices import actions as notices
from portal.programs.models import StaffRole

# How long a message may stay unread before absent readers are told (messaging/ladder.py: by what, and when).
ANNOUNCE_AFTER = dt.timedelta(seconds=30)
LONGEST_DRAFT = 4 * LONGEST


@transaction.atomic
def open_conversation(
    *, actor: Person | None, family: Family, members: list[tuple[Person, StaffRole | None]], is_match: bool = False
) -> Conversation:
    """Open a conversation between people of a family and staff. Refused where staff and a minor would meet, but for a match
    of the two (`is_match`), whose door decides from moment to moment who may write (access/supervision.py).
    """
    public_id = uuid4()
    people = [Participant(person=person, staff_role=role) for person, role in members]
    require(all(access.may_take_part(person, role, family) for person, role in members))
    require(is_match or access.watch_of(people, family.program) is not access.Watch.YOUTH)
    conversation = Conversation.objects.create(
        public_id=public_id, family=family, data_key=crypto.new_data_key(data_key_context(public_id))
    )
    for participant in people:
        participant.conversation = conversation
        participant.save()
    record(actor=actor, verb=Entry.Verb.CREATED, subject="conversation", subject_id=public_id, family=family)
    return conversation


@transaction.atomic
def open_group_conversation(*, actor: Person) -> Conversation:
    """One that belongs to no family. Called by the group's own opening, which decides who may and lets people in."""
    public_id = uuid4()
    conversation = Conversation.objects.create(
        public_id=public_id, data_key=crypto.new_data_key(data_key_context(public_id))
    )
    record(actor=actor, verb=Entry.Verb.CREATED, subject="conversation", subject_id=public_id)
    return conversation


@transaction.atomic
def let_in(
    *, conversation: Conversation, person: Person, role: StaffRole | None = None, shown_as: str = ""
) -> Participant:
    """Let somebody into a group's conversation: staff by a role they hold, others by the name they chose for it, which is
    all the others see of them. They read what is written from now on. Refused where staff and a minor would meet.

    Called by the group's own actions, which decide who may.
    """
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    group = access.group_of(locked)
    require(group is not None and (role is not None or bool(shown_as)))
    require(role is None or (role.person_id == person.pk and role.is_in_force(timezone.now())))
    newcomer = Participant(
        conversation=locked,
        person=person,
        staff_role=role,
        shown_as="" if role else shown_as,
        from_seq=locked.last_seq,
        read_seq=locked.last_seq,
    )
    program = group.organization.program if group else None
    current = list(access.participants(locked))
    require(access.watch_of([*current, newcomer], program) is not access.Watch.YOUTH)
    stale = Participant.objects.filter(conversation=locked, person=person, left_at=None)
    stale.exclude(pk__in=[one.pk for one in current]).update(left_at=timezone.now())  # by a job that has ended since
    newcomer.save()
    Conversation.objects.filter(pk=locked.pk).update(access_version=F("access_version") + 1)
    return newcomer


@transaction.atomic
def show_as(*, conversation: Conversation, person: Person, name: str) -> None:
    """Another name in a group, from the next page on, beside what was written before, too."""
    Participant.objects.filter(conversation=conversation, person=person, staff_role=None).update(shown_as=name)


def send_message(*, author: Person, conversation: Conversation, key: UUID, body: str) -> Stored | Held:
    """Store one message and give its number, once the commit is done; the same key again gives the same. Raises Refusal.

    What waits for somebody to look at it, or for the morning, is `Held` and has no number yet.

    Whether the author may post is decided by the writer, inside the transaction that stores it. Refuses to run in a
    transaction: an outer rollback would undo what the sender was told is kept.
    """
    if connection.in_atomic_block:
        raise RuntimeError("send_message commits by itself and cannot run inside a transaction")
    return send_and_wait(
        Sending(
            conversation=conversation.public_id,
            key=key,
            author=author.pk,
            author_id=str(author.public_id),
            body=body,
            language=author.language,
        )
    )


def mark_read(*, person: Person, conversation: Conversation, seq: int) -> int:
    """Move the person's reading position forward, never back and never past the last message; gives where it stands."""
    participant = access.own_participation(person, conversation)
    if participant is None:
        raise Refused
    last_seq = Conversation.objects.values_list("last_seq", flat=True).get(pk=conversation.pk)
    seq = min(seq, last_seq)
    with transaction.atomic():
        moved = Participant.objects.filter(
            conversation=conversation, person=person, left_at=None, read_seq__lt=seq
        ).update(read_seq=seq)
        if not moved:
            return participant.read_seq
        participant.read_seq = seq
        is_opened = ladder.end_read(conversation=conversation, reader=participant, seq=seq)
        notices.mark_read(person=person, about=ladder.about(conversation))
        if is_opened and seq < last_seq:  # the first of them, and not the last: the rest waits from its own first on
            ladder.begin(conversation, access.behind(conversation).filter(person=person))
        frame = orjson.dumps(
            {"type": "read", "conversation": str(conversation.public_id), "person": str(person.public_id), "seq": seq}
        )
        readers = access.reader_ids(conversation)
        transaction.on_commit(lambda: live.push([(readers, live.Frame(frame, conversation.pk), None)]))
    return seq


def show_typing(*, person: Person, conversation: Conversation) -> None:
    """Tell the other readers' open pages; nothing is stored."""
    require(access.may_post(person, conversation))
    frame = orjson.dumps(
        {"type": "typing", "conversation": str(conversation.public_id), "person": str(person.public_id)}
    )
    readers = [reader for reader in access.reader_ids(conversation) if reader != person.pk]
    live.push([(readers, live.Frame(frame, conversation.pk), None)])


def save_draft(
    *, person: Person, conversation: Conversation, body: str, was: Sequence[str] | None = None
) -> dt.datetime:
    """Keep what is written and not sent, encrypted, for that person alone; an empty text clears it. Raises Refusal.

    `was` is what the page last kept, and what it tried to keep since: where another page or phone of this person has kept
    other words meanwhile, those stay, beside these.
    """
    participant = access.own_participation(person, conversation)
    if participant is None:
        raise Refused
    if len(body) > LONGEST_DRAFT:  # said aloud: the page keeps it on the phone, where all of it has room
        raise Refusal("too_long")
    body = body.encode("utf-8", "replace").decode()
    now = timezone.now()
    with transaction.atomic():
        own = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        own.conversation = conversation
        text = body if was is None else _beside(draft_of(own), was, body)
        own.sealed_draft = conversation.cipher().seal(text, draft_context(own)) if text else None
        own.draft_saved_at = now
        own.save(update_fields=["sealed_draft", "draft_saved_at"])
    return now


def _beside(kept: str, was: Sequence[str], body: str) -> str:
    """One page's draft, and what another has kept meanwhile: nothing of either is thrown away, and nothing stands there twice."""
    if kept in was or kept in body:
        return body
    lines = f"\n{kept}\n"
    for text in filter(None, was):
        if f"\n{text}\n" in lines:  # put beside the other's words before: only this page's part changes
            return lines.replace(f"\n{text}\n", f"\n{body}\n" if body else "\n", 1)[1:-1]
    return kept if body in kept else f"{kept}\n{body}"


@transaction.atomic
def end_conversation(*, actor: Person | None, conversation: Conversation) -> None:
    """Nothing more can be sent; the family keeps what was said. Called by the pairing's own end, which decides who may."""
    Conversation.objects.filter(pk=conversation.pk).update(
        state=Conversation.State.ENDED,
        ended_at=Coalesce(F("ended_at"), Value(timezone.now())),
        access_version=F("access_version") + 1,
    )
    record(
        actor=actor,
        verb=Entry.Verb.ENDED,
        subject="conversation",
        subject_id=conversation.public_id,
        family=conversation.family,
    )


@transaction.atomic
def pause_conversation(*, conversation: Conversation) -> None:
    """Nothing can be sent until it goes on; everything can be read. Called by the pairing's own pause."""
    _turn(conversation, Conversation.State.ACTIVE, Conversation.State.PAUSED)


@transaction.atomic
def resume_conversation(*, conversation: Conversation) -> None:
    _turn(conversation, Conversation.State.PAUSED, Conversation.State.ACTIVE)


def _turn(conversation: Conversation, before: Conversation.State, after: Conversation.State) -> None:
    Conversation.objects.filter(pk=conversation.pk, state=before).update(
        state=after, access_version=F("access_version") + 1
    )


@transaction.atomic
def end_participation(*, conversation: Conversation, person: Person) -> None:
    """From this commit on the person receives nothing more of it, on any page, in any process, on any phone."""
    Participant.objects.filter(conversation=conversation, person=person, left_at=None).update(left_at=timezone.now())
    notices.mark_read(person=person, about=ladder.about(conversation))
    Conversation.objects.filter(pk=conversation.pk).update(access_version=F("access_version") + 1)


def announce_unread() -> int:
    """Tell absent readers that something waits, on their page, and begin their ladder; gives the number of people told.

    Each conversation is claimed by a conditional update in the transaction that writes its notices, so several workers
    tell nobody twice, and after an outage nobody is forgotten.
    """
    told = 0
    before = timezone.now() - ANNOUNCE_AFTER
    waiting = Conversation.objects.filter(last_seq__gt=F("announced_seq"), last_sent_at__lt=before)
    for conversation in waiting.order_by("last_sent_at")[:500]:
        told += _announce(conversation)
    return told


@transaction.atomic
def _announce(conversation: Conversation) -> int:
    claimed = Conversation.objects.filter(pk=conversation.pk, announced_seq=conversation.announced_seq).update(
        announced_seq=conversation.last_seq
    )
    if not claimed:
        return 0
    behind = list(access.behind(conversation))
    ladder.begin(conversation, behind)
    return len(behind)


def rewrap_data_keys() -> int:
    """After a key rotation: every conversation's data key under today's first key, in small transactions; gives the count."""
    count = 0
    for pk in Conversation.objects.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            conversation = Conversation.objects.select_for_update().get(pk=pk)
            context = data_key_context(conversation.public_id)
            conversation.data_key = crypto.rewrap(bytes(conversation.data_key), context)
            conversation.save(update_fields=["data_key"])
        count += 1
    return count
