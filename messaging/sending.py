"""A message on its way: its shape, what refuses it, how it is answered, and the frame that carries it to its readers."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from messaging.models import body_context
from portal import live
from portal.access.conversations import Membership

if TYPE_CHECKING:
    from messaging.screening import Found

LONGEST = 4_000
KEPT_PEOPLE = 20_000

REFUSALS: dict[str, Promise] = {
    "not_found": _("We cannot find this conversation. It may have moved. Go back to Messages."),
    "empty": _("There is nothing to send yet. Write a few words first."),
    "too_long": _("This message is too long. Please send it in two parts, each under 4,000 letters."),
    "paused": _("Writing here is switched off right now. What you wrote is still here. Call us if it cannot wait."),
    "ended": _("This conversation has ended, so nothing more can be sent here. You can still read it."),
    "rate_limited": _("That was a lot at once. Wait a few seconds, then send it again."),
    "bad_frame": _("We could not read what was sent. Load the page again and send it once more."),
    "look_first": _("This has to be looked at before it goes on. Please write it as a new message."),
    "unavailable": _("We could not save this just now. It is our fault. Keep it and try again in a minute."),
}


class Refusal(Exception):
    """Why a message was not stored; `code` is one of the contract's, `message` a plain sentence in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(REFUSALS[self.code])


@dataclass(frozen=True, slots=True)
class Stored:
    conversation: UUID
    seq: int
    key: UUID
    sent_at: dt.datetime
    author: int
    is_new: bool = True  # False: it was stored before, and the database's text counts, not this one
    is_danger: bool = False  # it may be about danger to who wrote it: their page shows who can help, at once

    def as_frame(self) -> dict[str, object]:
        care = {"care": True} if self.is_danger else {}
        return {"seq": self.seq, "key": str(self.key), "sent_at": stamp(self.sent_at)} | care


@dataclass(frozen=True, slots=True)
class Held:
    """Stored and not delivered: somebody looks at it first, or it is late at night (`until`)."""

    conversation: UUID
    key: UUID
    until: dt.datetime | None

    def as_frame(self) -> dict[str, object]:
        return {"held": True, "key": str(self.key), "until": stamp(self.until) if self.until else None}


Answer = Stored | Held | str  # a refusal is its code


@dataclass(slots=True, eq=False)
class Sending:
    """One message on its way. It is answered exactly once: on `page` as a frame, or through `waiting`."""

    conversation: UUID
    key: UUID
    author: int
    author_id: str
    body: str
    page: live.Page | None = None
    waiting: Future[Stored | Held] | None = None
    twins: list[Sending] = field(default_factory=list)
    member: Membership | None = None
    language: str = "en"
    # It was held, and goes on now: somebody looked, or it is day.
    is_released: bool = False
    found: Found | None = None

    @property
    def name(self) -> tuple[UUID, UUID, int]:
        """By author, too: whether somebody else stored a key is not known to who may not see the conversation."""
        return self.conversation, self.key, self.author

    @property
    def admitted(self) -> Membership:
        """Who may read and write there, as the writer found before it stores anything."""
        if self.member is None:
            raise RuntimeError("a message reached the database without admission")
        return self.member

    def sealed(self) -> bytes:
        return self.admitted.cipher.seal(self.body, body_context(self.conversation, self.key))


@lru_cache(maxsize=64)  # a batch has one moment
def stamp(moment: dt.datetime) -> str:
    """ISO 8601 in UTC, microseconds, `Z`."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def check_body(body: str) -> str | None:
    """The code that refuses this text, or None. Length counts characters, a line break as one however it was sent."""
    if not body.strip():
        return "empty"
    if len(body) > LONGEST and len(body.replace("\r\n", "\n")) > LONGEST:
        return "too_long"
    try:
        body.encode("utf-8")
    except UnicodeEncodeError:  # half a character pair is no text and could not be stored to the byte
        return "bad_frame"
    return None


class Allowance:
    """How fast one person may send: `rate` a second, twice that in a burst. Memory holds only those who sent lately."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._left: dict[int, tuple[float, float]] = {}

    def take(self, person: int) -> bool:
        now = time.monotonic()
        left, then = self._left.get(person, (self.rate * 2, now))
        left = min(self.rate * 2, left + (now - then) * self.rate)
        if len(self._left) > KEPT_PEOPLE:
            self._left.clear()
        self._left[person] = (left - 1 if left >= 1 else left, now)
        return left >= 1


def message_frame(sending: Sending, stored: Stored) -> live.Frame:
    data = orjson.dumps(
        {
            "type": "message",
            "conversation": sending.conversation,
            "seq": stored.seq,
            "key": stored.key,
            "author": sending.author_id,
            "body": sending.body,
            "sent_at": stamp(stored.sent_at),
        }
    )
    return live.Frame(data, sending.admitted.pk, stored.seq)


def care_frame(sending: Sending) -> live.Frame:
    """To the helpers of a conversation: look at the page again, somebody may need calm words. Nothing of the message."""
    data = orjson.dumps({"type": "noted", "conversation": sending.conversation})
    return live.Frame(data, sending.admitted.pk)


def answer_frame(sending: Sending, result: Answer) -> bytes:
    if isinstance(result, str):
        return refused_frame(result, str(sending.key), sending.language)
    if isinstance(result, Held):
        until = stamp(result.until) if result.until else None
        return orjson.dumps({"type": "held", "key": result.key, "conversation": result.conversation, "until": until})
    frame: dict[str, object] = {
        "type": "stored",
        "key": result.key,
        "conversation": result.conversation,
        "seq": result.seq,
        "sent_at": stamp(result.sent_at),
    }
    if result.is_danger:
        frame["care"] = True
    return orjson.dumps(frame)


@lru_cache(maxsize=256)
def _sentence(code: str, language: str) -> str:
    with override(language):
        return str(REFUSALS[code])


def refused_frame(code: str, key: str | None, language: str) -> bytes:
    return orjson.dumps({"type": "refused", "key": key, "code": code, "message": _sentence(code, language)})
