"""What the pages of supervision show of a conversation: who, since when and how it stands, without a word of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.access import conversations as talks
from portal.access import legal_looks
from portal.access import supervision as access

if TYPE_CHECKING:
    from messaging.models import Conversation, HeldMessage, Participant
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole
    from portal.safety.models import LegalException

KINDS = {
    "contact_details": _("a phone number, an address or a name to be found by"),
    "other_apps": _("another app"),
    "secret_meeting": _("meeting alone"),
    "gifts": _("a gift"),
    "money": _("money"),
    "secrecy": _("keeping something secret"),
    "romance": _("words of love"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in the list."""

    conversation: Conversation
    people: list[Participant]
    supervisor: StaffRole | None
    is_open: bool


def rows(conversations: Iterable[Conversation]) -> list[Row]:
    return [_row(conversation) for conversation in conversations]


def _row(conversation: Conversation) -> Row:
    members = list(talks.participants(conversation))
    return Row(
        conversation,
        members,
        access.supervisor_of(conversation),
        conversation.state == conversation.State.ACTIVE and not talks.stands_still(conversation, members, None),
    )


def whole(person: Person, conversation: Conversation) -> dict[str, Any]:
    row = _row(conversation)
    pairing = access.pairing_of(conversation)
    return {
        "row": row,
        "conversation": conversation,
        "pairing": pairing,
        "missing": missing(conversation, row, pairing),
        "may_look": row.supervisor is not None and row.supervisor.person_id == person.pk,
        "is_lead": legal_looks.lead_over(person, conversation) is not None,
        "frozen": access.freezes(conversation).filter(lifted_at=None).first(),
        "second": list(access.second_helpers(conversation).filter(left_at=None)),
        "looks": list(access.shown_looks(conversation).order_by("-at")[:20]),
    }


def missing(conversation: Conversation, row: Row, pairing: Any) -> list[str]:
    """What stands between these two and writing, in whole sentences."""
    if pairing is None or row.is_open:
        return []
    problems = {
        _("No guardian's yes holds today."): not access.is_permitted(pairing),
        _("A check or training of the helper does not hold today."): not access.is_approved(pairing.peer),
        _("Nobody who is on the rota watches over it."): row.supervisor is None,
        _("The match is paused or over."): pairing.state not in access.TALKS,
    }
    return [str(sentence) for sentence, is_so in problems.items() if is_so]


def kinds(held: HeldMessage) -> list[str]:
    return [str(KINDS[kind]) for kind in held.kinds if kind in KINDS]


def exceptions(person: Person) -> list[tuple[LegalException, bool, bool]]:
    """Each with whether this person may agree to it, and may look by it now."""
    return [
        (one, legal_looks.may_agree(person, one) is not None, legal_looks.may_look_by_law(person, one))
        for one in legal_looks.asked_exceptions(person)
    ]
