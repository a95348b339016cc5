"""The people around a reader: whom they talk with, what waits unread, and who stands beside their family."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from messaging.history import messages_after
from portal.access import conversations, families

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from messaging.history import Shown
    from messaging.models import Participant
    from peer_support.models import Group
    from portal.accounts.models import Person

LOOK_BACK = 10  # how many of the latest messages are searched for the other's last words


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation of the reader, with those on its other side."""

    own: Participant
    others: list[Participant]
    group: Group | None = None

    @property
    def url(self) -> str:
        return reverse("conversation_show", args=[self.own.conversation.public_id])

    @property
    def unread(self) -> int:
        return self.own.unread  # type: ignore[attr-defined, no-any-return] # counted by access.conversations.inbox

    @property
    def is_open(self) -> bool:
        return self.own.conversation.state == self.own.conversation.State.ACTIVE

    @property
    def last_sent_at(self) -> dt.datetime | None:
        return self.own.conversation.last_sent_at

    @property
    def names(self) -> str:
        if self.group is not None:
            return self.group.name
        return _(", ").join(one.first_name for one in self.others) or _("someone")


@dataclass(frozen=True, slots=True)
class Unread:
    """The newest words of the other side that the reader has not seen."""

    talk: Talk
    author: Participant
    message: Shown


@dataclass(frozen=True, slots=True)
class Someone:
    """One of "your people": name, job, where from, and the page to write to them if there is one."""

    name: str
    role: _StrOrPromise
    organization: str
    about: str
    url: str
    role_id: int


def talks_of(person: Person) -> list[Talk]:
    """The reader's conversations, latest first; two queries however many there are, one more where a group is among them."""
    rows = list(conversations.inbox(person))
    others = conversations.people_in([row.conversation_id for row in rows], besides=person)
    groups = conversations.groups_of(row.conversation for row in rows)
    return [Talk(row, others.get(row.conversation_id, []), groups.get(row.conversation_id)) for row in rows]


def newest_unread(person: Person, talks: list[Talk]) -> Unread | None:
    """One message is enough for a first page; the rest is behind the door."""
    talk = next((talk for talk in talks if talk.unread), None)
    if talk is None:
        return None
    conversation = talk.own.conversation
    since = max(talk.own.read_seq, conversation.last_seq - LOOK_BACK)
    authors = {one.person_id: one for one in talk.others}
    for message in reversed(messages_after(conversation, since)):
        if message.author_id in authors:
            return Unread(talk, authors[message.author_id], message)
    return None


def your_people(person: Person, talks: list[Talk]) -> list[Someone]:
    """Those one can write to first, then the staff assigned to the family; each person and job once.

    Not who leads a group: what is written there is read by all of it.
    """
    found: dict[tuple[int, str], Someone] = {}
    for talk in talks:
        for one in talk.others:
            if one.staff_role is not None and talk.is_open and talk.group is None:
                role = one.staff_role
                found[one.person_id, role.role] = Someone(
                    one.person.display_name, role.get_role_display(), "", role.about, talk.url, role.pk
                )
    for assignment in families.staff_beside(person):
        role = assignment.staff_role
        where = role.organization.name
        someone = Someone(role.person.display_name, role.get_role_display(), where, role.about, "", role.pk)
        found.setdefault((role.person_id, role.role), someone)
    return list(found.values())
