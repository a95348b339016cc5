"""The record as a family reads it: "Paul Okafor, facilitator, looked at your family page"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.audit.models import Entry
from portal.programs.models import StaffRole

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person

Verb = Entry.Verb
ROLES: dict[str, _StrOrPromise] = {role.value: role.label for role in StaffRole.Role}

# What was done to what, as one clause after a name; a pair that is not here is told by its verb alone.
CLAUSES: dict[tuple[str, str], _StrOrPromise] = {
    (Verb.VIEWED, "family"): _("looked at your family page"),
    (Verb.CREATED, "family"): _("started your family page"),
    (Verb.CREATED, "member"): _("added a person to your family"),
    (Verb.ENDED, "member"): _("took a person out of your family"),
    (Verb.CREATED, "authority"): _("wrote down who may decide for a young person"),
    (Verb.ENDED, "authority"): _("noted that someone no longer decides for a young person"),
    (Verb.CREATED, "no_contact"): _("noted that two people must be kept apart"),
    (Verb.ENDED, "no_contact"): _("ended who must be kept apart"),
    (Verb.CREATED, "assignment"): _("gave your family a person who works with you"),
    (Verb.ENDED, "assignment"): _("noted that someone no longer works with you"),
    (Verb.CREATED, "pairing"): _("thought of a peer partner for you"),
    (Verb.CHANGED, "pairing"): _("changed something about a peer partner"),
    (Verb.CREATED, "coordination"): _("named the person who answers for your family"),
    (Verb.ENDED, "coordination"): _("noted that someone no longer answers for your family"),
    (Verb.CREATED, "hand_off"): _("planned how the next person comes to you"),
    (Verb.CHANGED, "hand_off"): _("wrote down how the next person came to you"),
    (Verb.ENDED, "pairing"): _("ended the time with a peer partner"),
    (Verb.CREATED, "permission"): _("wrote down a yes to a mentor"),
    (Verb.ENDED, "permission"): _("wrote down a no to a mentor"),
    (Verb.CREATED, "conversation"): _("opened a conversation"),
    (Verb.ENDED, "conversation"): _("closed a conversation"),
    (Verb.VIEWED, "look"): _("read messages in a conversation of yours"),
    (Verb.CHANGED, "supervision"): _("changed something about who watches over a conversation of yours"),
    (Verb.VIEWED, "waiting"): _("looked at how to reach you, because your message waited"),
    (Verb.CHANGED, "waiting"): _("saw to a message of yours that nobody had opened"),
    (Verb.ENDED, "old_messages"): _("removed old messages, as the rule of your program says"),
    (Verb.VIEWED, "release"): _("looked at something by a consent to share"),
    (Verb.ENDED, "release"): _("ended a consent to share"),
    (Verb.CREATED, "disclosure"): _("shared something, as a consent allows"),
    (Verb.REFUSED, "disclosure"): _("wanted to share something, and was not let"),
    (Verb.CREATED, "clock"): _("noted a date by which something is due"),
    (Verb.CHANGED, "clock"): _("noted a change of something that is due"),
    (Verb.ENDED, "clock"): _("noted that something is no longer due"),
    (Verb.CREATED, "team"): _("asked someone onto your team"),
    (Verb.CHANGED, "team"): _("changed something about your team"),
    (Verb.ENDED, "team"): _("took someone off your team"),
    (Verb.CREATED, "invitation"): _("made a link that lets someone of your family in"),
}
BY_VERB: dict[str, _StrOrPromise] = {
    Verb.VIEWED: _("looked at your record"),
    Verb.CREATED: _("added something to your record"),
    Verb.CHANGED: _("changed something in your record"),
    Verb.ENDED: _("ended something in your record"),
    Verb.SIGNED_IN: _("came in"),
    Verb.SIGNED_OUT: _("went out"),
    Verb.REFUSED: _("tried to look and was not let in"),
}


@dataclass(frozen=True, slots=True)
class Line:
    who: str
    role: _StrOrPromise
    did: _StrOrPromise
    at: dt.datetime
    is_own: bool


def lines_of(entries: Iterable[Entry], reader: Person, jobs: Mapping[int, str]) -> list[Line]:
    """`who` is empty where the site itself did it, by its rules. `jobs`: an entry's id and the actor's job at that time."""
    return [
        Line(
            who=entry.actor.display_name if entry.actor else "",
            role=ROLES.get(entry.actor_role or jobs.get(entry.pk, ""), ""),
            did=CLAUSES.get((entry.verb, entry.subject), BY_VERB[entry.verb]),
            at=entry.at,
            is_own=entry.actor_id == reader.pk,
        )
        for entry in entries
    ]
