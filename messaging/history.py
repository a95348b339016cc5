"""Reading messages back, decrypted, by number. Who may is asked before: these take a conversation already seen through access."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db.models import QuerySet

from messaging.models import Conversation, Message, Participant, body_context
from messaging.sending import stamp
from portal.access import media

PAGE = 50
MOST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    seq: int
    key: UUID
    author_id: int
    author_public_id: UUID
    body: str
    sent_at: dt.datetime
    is_revised: bool = False
    media: tuple[media.Facts, ...] = ()  # photos and voice notes that go with it

    def as_frame(self, conversation: UUID) -> dict[str, object]:
        frame: dict[str, object] = {
            "type": "message",
            "conversation": str(conversation),
            "seq": self.seq,
            "key": str(self.key),
            "author": str(self.author_public_id),
            "body": self.body,
            "sent_at": stamp(self.sent_at),
        }
        return frame | {"media": self.media} if self.media else frame

    def as_json(self, conversation: UUID) -> bytes:
        return orjson.dumps(self.as_frame(conversation))


# Numbers have no gaps, so a page of messages is a range with two ends. Said that way, no database reads more than the page,
# whatever it believes of how long conversations are on average.


def messages_after(conversation: Conversation, seq: int, limit: int = MOST) -> list[Shown]:
    """At most `limit` messages above `seq`, oldest first. What was removed, or came before the reader, is not waited for."""
    seq = max(seq, conversation.floor)
    rows = Message.objects.filter(conversation=conversation, seq__gt=seq, seq__lte=seq + limit)
    return _shown(conversation, rows.order_by("seq"))


def messages_before(conversation: Conversation, seq: int | None = None, limit: int = PAGE) -> list[Shown]:
    """The `limit` messages below `seq`, or the latest ones, also if they came since the conversation was fetched; oldest first."""
    end = conversation.last_seq + 1
    above = max(min(seq or end, end) - limit - 1, conversation.floor)
    rows = Message.objects.filter(conversation=conversation, seq__gt=above)
    if seq is not None:
        rows = rows.filter(seq__lt=seq)
    return _shown(conversation, rows.order_by("-seq")[:limit])[::-1]


def messages_between(conversation: Conversation, first: int, last: int) -> list[Shown]:
    """The messages from `first` to `last`, at most `MOST` of them, oldest first."""
    rows = Message.objects.filter(conversation=conversation, seq__gte=first, seq__lte=min(last, first + MOST - 1))
    return _shown(conversation, rows.order_by("seq"))


def _shown(conversation: Conversation, rows: QuerySet[Message]) -> list[Shown]:
    cipher = conversation.cipher()
    found = {
        (row.key, row.author_id): (row, cipher.open(bytes(row.body), body_context(conversation.public_id, row.key)))
        for row in rows.select_related("author").only(
            "seq", "key", "body", "sent_at", "revised_at", "author__public_id"
        )
    }
    texts = {name: body for name, (_row, body) in found.items()}
    attached = media.of_messages(conversation, texts) if texts else {}
    return [
        Shown(
            row.seq,
            row.key,
            row.author_id,
            row.author.public_id,
            body,
            row.sent_at,
            row.revised_at is not None,
            attached.get(name, ()),
        )
        for name, (row, body) in found.items()
    ]


def draft_context(participant: Participant) -> bytes:
    return b"draft:" + str(participant.person_id).encode()


def draft_of(participant: Participant) -> str:
    """What the person had written and not yet sent, from any of their devices."""
    if not participant.sealed_draft:
        return ""
    return participant.conversation.cipher().open(bytes(participant.sealed_draft), draft_context(participant))
