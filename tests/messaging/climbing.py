"""A clock that tests turn, words that were said at a moment, and the worker's part of a round."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging import ladder
from messaging.actions import announce_unread
from messaging.models import Conversation, LadderStep, Message, UnreadStretch, body_context
from portal.access import on_call
from portal.accounts.models import Person
from portal.notices.models import PushSubscription
from portal.programs.models import StaffRole

KEY = "A" * 42 + "E"


@dataclass
class Night:
    """Tests say what time it is, and who is on call."""

    patch: pytest.MonkeyPatch
    start: dt.datetime = field(default_factory=timezone.now)
    now: dt.datetime = field(init=False)
    on_shift: list[StaffRole] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.start
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.patch.setattr(on_call, "on_call_now", lambda _organization, _now: self.on_shift)

    def after(self, **wait: float) -> int:
        """So long after the start the worker comes round, twice: gives how many steps were taken."""
        self.now = self.start + dt.timedelta(**wait)
        announce_unread()
        taken = ladder.climb()
        announce_unread()
        assert ladder.climb() == 0, "a step was taken twice"
        return taken

    def said(self, conversation: Conversation, author: Person, text: str = "Are you there?") -> int:
        """A message as the writer stores it, at this moment."""
        conversation.refresh_from_db()
        key, seq = uuid4(), conversation.last_seq + 1
        body = conversation.cipher().seal(text, body_context(conversation.public_id, key))
        Message.objects.create(conversation=conversation, seq=seq, key=key, author=author, body=body, sent_at=self.now)
        Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq, last_sent_at=self.now)
        conversation.refresh_from_db()
        return seq


def with_phone(person: Person) -> PushSubscription:
    where = {"endpoint": f"https://push.example.org/{person.pk}", "p256dh": KEY, "auth": KEY}
    return PushSubscription.objects.create(
        person=person,
        endpoint_hash=PushSubscription.hash_of(where["endpoint"]),
        device_hash=PushSubscription.hash_of(f"device of {person.pk}"),
        sealed=PushSubscription.seal(where),
    )


def steps(reader: Person) -> list[str]:
    """All that were taken for this reader, in the order in which they were."""
    taken = LadderStep.objects.filter(stretch__reader=reader).order_by("pk")
    return list(taken.values_list("step", flat=True))


def stretch_of(reader: Person) -> UnreadStretch:
    return UnreadStretch.objects.get(reader=reader, ended_at=None)
