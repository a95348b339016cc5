"""Messages put straight into the database, sealed as the writer seals them: for tests that read many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import cycle
from uuid import uuid4

from django.utils import timezone

from messaging.models import Conversation, Message, body_context
from portal.accounts.models import Person


def fill(
    conversation: Conversation, authors: Iterable[Person], bodies: Iterable[str], at: dt.datetime | None = None
) -> None:
    """The authors take turns; the conversation's own row follows."""
    cipher, at = conversation.cipher(), at or timezone.now()
    rows = []
    for author, body in zip(cycle(authors), bodies, strict=False):
        conversation.last_seq += 1
        key = uuid4()
        sealed = cipher.seal(body, body_context(conversation.public_id, key))
        rows.append(
            Message(
                conversation=conversation, seq=conversation.last_seq, key=key, author=author, body=sealed, sent_at=at
            )
        )
    Message.objects.bulk_create(rows)
    conversation.last_sent_at = at
    conversation.save(update_fields=["last_seq", "last_sent_at"])
