"""What is looked for in a message before it is stored, and whether an adult's words to a young person wait.

The screener itself knows no database (`portal/safety/screening`). If it fails, messages flow: each of them gets a flag that
says so, staff see it, and the worker looks at them again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from messaging.models import Flag, HeldMessage, Message, body_context
from messaging.sending import Sending
from portal.access.conversations import Membership, Watch
from portal.safety import screening
from portal.safety.screening import Level

logger = logging.getLogger(__name__)

# How many of an adult's own messages are read together with a new one: a number can be told in pieces.
TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one message: nothing has no level."""

    level: str = ""
    kinds: tuple[str, ...] = ()
    # Danger in a family's own words: who wrote them sees help at once.
    is_danger: bool = False


NOTHING = Found()
UNSCREENED = Found(level=Flag.Level.UNSCREENED)


def make_ready() -> None:
    """Load the lists of words before somebody waits for them: a third of a second, once a process."""
    try:
        screening.screen("")
    except Exception:
        logger.exception("The screener failed")


def find(sending: Sending, changed: int | None = None) -> Found:
    """Never raises: whatever goes wrong in here, the message is stored. `changed`: the number of a message said anew."""
    member = sending.admitted
    if member.watch is Watch.NOTHING:
        return NOTHING
    try:
        return _find(sending.body, sending.author, member, sending.language, changed)
    except Exception:
        logger.exception("The screener failed")
        return UNSCREENED


def _find(body: str, author: int, member: Membership, language: str, changed: int | None) -> Found:
    is_staff = author in member.staff
    if member.watch is Watch.CRISIS:
        if is_staff:
            return NOTHING
        found = screening.screen(body, language)
        if found.level is not Level.CRISIS:
            return NOTHING
        return Found(Flag.Level.CRISIS, _dangers(found.matched, found.boundaries), is_danger=True)
    found = screening.screen(body, language)
    if not is_staff:
        dangers = _dangers(found.matched, found.boundaries)
        return Found(found.level, dangers, is_danger=True) if dangers else NOTHING
    boundaries = set(screening.screen_several([*_before(author, member), body]).boundaries)
    if changed is not None:
        boundaries |= set(screening.screen_several(_around(author, member, changed, body)).boundaries)
    kinds = tuple(sorted({*found.matched, *boundaries}))
    return Found(found.level if found.matched else Level.CONCERN, kinds) if kinds else NOTHING


def _dangers(matched: Iterable[str], boundaries: Iterable[str]) -> tuple[str, ...]:
    """What a young person or a caregiver writes about gifts or numbers is theirs."""
    return tuple(kind for kind in matched if kind not in boundaries)


def _before(author: int, member: Membership) -> Sequence[str]:
    """What that adult wrote last in this conversation, oldest first, also what still waits."""
    rows = Message.objects.filter(conversation=member.pk, author=author).order_by("-seq")[:TOGETHER]
    waiting = (
        HeldMessage.objects.filter(conversation=member.pk, author=author)
        .exclude(state=HeldMessage.State.SENT)
        .order_by("-pk")[:TOGETHER]
    )
    latest = sorted(
        [*((row.sent_at, row.key, row.body) for row in rows), *((row.written_at, row.key, row.body) for row in waiting)]
    )[-TOGETHER:]
    return [member.cipher.open(bytes(body), body_context(member.public_id, key)) for _at, key, body in latest]


def _around(author: int, member: Membership, seq: int, body: str) -> list[str]:
    """A changed message among that adult's own on both sides of it: a number can be put together later, too."""
    own = Message.objects.filter(conversation=member.pk, author=author)
    before, after = own.filter(seq__lt=seq).order_by("-seq"), own.filter(seq__gt=seq).order_by("seq")
    texts = [
        [member.cipher.open(bytes(row.body), body_context(member.public_id, row.key)) for row in rows[:TOGETHER]]
        for rows in (before, after)
    ]
    return [*texts[0][::-1], body, *texts[1]]


def why_held(sending: Sending, found: Found, now: dt.datetime) -> tuple[HeldMessage.Why | None, dt.datetime | None]:
    """Whether this message waits, and until when: only an adult's own, to a young person; never a young person's."""
    terms = sending.admitted.terms
    if terms is None or sending.is_released or sending.author not in sending.admitted.staff:
        return None, None
    if set(found.kinds) & set(terms.holding.kinds):
        return HeldMessage.Why.REVIEW, None
    until = terms.quiet_until(now)
    return (HeldMessage.Why.QUIET, until) if until else (None, None)


def flag_of(sending: Sending, now: dt.datetime, *, is_held: bool = False) -> Flag | None:
    """The row that tells people of it. What is held is looked at where held messages are."""
    found = sending.found
    if found is None or not found.level:
        return None
    return Flag(
        conversation_id=sending.admitted.pk,
        key=sending.key,
        author_id=sending.author,
        level=found.level,
        kinds=list(found.kinds),
        at=now,
        taken_at=now if is_held else None,
    )
