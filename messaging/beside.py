"""What stands beside the messages: help for who wrote of danger, a calm word for who helps, and who looked, when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from messaging import later
from portal.access import supervision as access
from portal.language import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messaging.models import Conversation, Participant
    from portal.accounts.models import Person
    from portal.safety.models import Supervision

LATELY = dt.timedelta(days=14)
MOST = 3


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that happened to a conversation, in a sentence."""

    at: dt.datetime
    text: str
    words: str = ""  # somebody's own, to both of them


@dataclass(frozen=True, slots=True)
class Waiting:
    """One's own message that does not go on yet, or did not."""

    text: str
    said: str


def now_of(
    conversation: Conversation, person: Person, me: Participant, language: str, zone: dt.tzinfo
) -> dict[str, Any]:
    """What the part of the page under the messages shows to this participant."""
    notes = notes_of(conversation, language, zone)
    since = timezone.now() - LATELY
    is_staff = me.staff_role_id is not None
    return {
        "card": has_card(conversation, person, me),
        "may_be_hard": is_staff and access.may_be_hard(conversation, me),
        "notes": [note for note in notes if note.at > since][-MOST:],
        "has_notes": bool(notes),
        "held": [Waiting(body, _said_of(held, language, zone)) for held, body in later.own_held(person, conversation)]
        if is_staff
        else [],
    }


def has_card(conversation: Conversation, person: Person, me: Participant) -> bool:
    """Whether help is shown to them here: they wrote of danger, and have not put it away."""
    return me.staff_role_id is None and access.dangers_of(person, conversation)


def _said_of(held: Any, language: str, zone: dt.tzinfo) -> str:
    if held.state == held.State.STOPPED:
        return _("This was not sent. Whoever watches over this conversation stopped it. Talk with them about it.")
    if held.until is not None and held.until > timezone.now():
        when = formats.moment(held.until, language, zone)
        return _("It is late for young people. This goes on by itself %(when)s.") % {"when": when}
    if held.why == held.Why.REVIEW and held.state == held.State.WAITING:
        return _(
            "Somebody looks at this before it goes on. Numbers, other apps and secrets have to be looked at first."
        )
    return _("This goes on in a moment.")


def notes_of(conversation: Conversation, language: str, zone: dt.tzinfo) -> list[Note]:
    """Everything of the kind, oldest first: every look that may be told by now, and who came to watch or to help."""
    made = [*_looks(conversation, language, zone)]
    if watchers := list(access.supervisions(conversation)):  # a young person's, now or once
        made += [*_watchers(watchers), *_helpers(conversation), *_stops(conversation)]
    return sorted(made, key=lambda note: note.at)


def _looks(conversation: Conversation, language: str, zone: dt.tzinfo) -> Iterator[Note]:
    for one in access.shown_looks(conversation):
        words = {"name": one.staff_role.person.display_name, "why": one.get_why_display()}
        if one.exception is None:
            yield Note(one.at, _("%(name)s read messages here. Why: %(why)s.") % words)
            continue
        words |= {"when": formats.moment(one.at, language, zone), "why": one.exception.get_ground_display()}
        text = _("%(name)s read messages here %(when)s. We may tell you only now. Why: %(why)s.")
        yield Note(one.shown_from, text % words)


def _watchers(named: list[Supervision]) -> Iterator[Note]:
    for before, one in zip([None, *named], named, strict=False):
        if before is not None and before.staff_role_id != one.staff_role_id:
            text = _("%(name)s watches over this conversation from now on.")
            yield Note(one.started_at, text % {"name": one.staff_role.person.display_name})
    if named[-1].ended_at is not None:
        yield Note(named[-1].ended_at, _("Nobody of staff watches over this conversation any more."))


def _helpers(conversation: Conversation) -> Iterator[Note]:
    for one in access.second_helpers(conversation):
        words = {"name": one.staff_role.person.display_name}
        yield Note(one.joined_at, _("%(name)s came in to help, too.") % words)
        if one.left_at is not None:
            yield Note(one.left_at, _("%(name)s has left again.") % words)


def _stops(conversation: Conversation) -> Iterator[Note]:
    for one in access.freezes(conversation):
        yield Note(one.at, _("Writing was stopped for a while, so that somebody can look at what happened."))
        if one.lifted_at is None:
            continue
        if one.outcome == one.Outcome.FALSE_ALARM:
            text = _("Nothing was wrong. We are sorry that this stopped you both. You can go on.")
        elif one.outcome == one.Outcome.GOES_ON:
            text = _("We looked at it together. You can both write again.")
        else:
            text = _("This does not go on. Someone else can be there for you.")
        yield Note(one.lifted_at, text, one.words)
