"""What stands under a message that shared an entry of the directory: the entry, and how it went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.access import cards as access

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from messaging.history import Shown
    from messaging.models import Conversation, Participant

Cards = dict[tuple["UUID", int], "Card"]


@dataclass(frozen=True, slots=True)
class Card:
    id: UUID
    entry: UUID
    name: str
    outcome: str
    outcome_said: str
    outcome_at: dt.datetime | None
    choices: tuple[tuple[str, str], ...]  # for who may answer; nothing for the others


def cards_of(conversation: Conversation, messages: Iterable[Shown], me: Participant) -> Cards:
    """By key and author of the message; asked only where the conversation is known to have some."""
    if not getattr(conversation, "has_cards", False):  # access.cards.knowing_cards
        return {}
    found = access.cards_of(conversation, [message.key for message in messages])
    may_answer = me.staff_role_id is None
    return {
        name: Card(
            id=row.public_id,
            entry=row.entry.public_id,
            name=row.entry.name,
            outcome=row.outcome,
            outcome_said=str(row.get_outcome_display()),
            outcome_at=row.outcome_at,
            choices=tuple((str(value), str(label)) for value, label in row.Outcome.choices) if may_answer else (),
        )
        for name, row in found.items()
    }
