"""The one way in which words of a conversation reach somebody who does not take part in it: each time is one look, and shown."""

from __future__ import annotations

import orjson
from django.db import transaction
from django.utils import timezone

from messaging import history
from messaging.models import Conversation
from portal import live
from portal.access import conversations, require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import StaffRole
from portal.safety.models import LegalException, Look


def look(
    *,
    actor: Person,
    role: StaffRole,
    conversation: Conversation,
    why: Look.Why,
    from_seq: int,
    to_seq: int,
    may: bool,
    exception: LegalException | None = None,
) -> list[history.Shown]:
    """Write down that these messages are read, tell the people of the conversation, and only then give the words.

    `may` is what access answered for this person and these messages. Whoever shows the words shows them as the answer to a
    POST: what is read again is another look. The row is committed before a word is decrypted, so no failure hides a look; in
    a legal exception it is shown later, on the day the exception names (`LegalException.reveal_at`).
    """
    now = timezone.now()
    require(may and actor.is_active and role.person_id == actor.pk and role.is_in_force(now))
    with transaction.atomic(durable=True):
        made = Look.objects.create(
            conversation=conversation,
            staff_role=role,
            why=why,
            exception=exception,
            from_seq=from_seq,
            to_seq=to_seq,
            at=now,
            shown_from=exception.reveal_at if exception else now,
        )
        record(
            actor=actor,
            verb=Entry.Verb.VIEWED,
            subject="look",
            subject_id=conversation.public_id,
            family=conversation.family if exception is None else None,
            role=role.role,
            look=str(made.public_id),
            why=why,
        )
        if exception is None:
            tell_pages(conversation)
    return history.messages_between(conversation, from_seq, to_seq)


def tell_pages(conversation: Conversation) -> None:
    """The open pages of a conversation ask again what stands between its messages: a look, somebody new who watches over it."""
    readers = conversations.reader_ids(conversation)
    frame = orjson.dumps({"type": "noted", "conversation": str(conversation.public_id)})
    transaction.on_commit(lambda: live.push([(readers, live.Frame(frame, conversation.pk), None)]))
