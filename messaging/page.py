"""What the chat pages show, worked out from rows already fetched: who is who, days, states, when an answer can be expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from babel.lists import format_list
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from messaging.history import PAGE
from portal.access import conversations as access
from portal.access import on_call, pairings, supervision
from portal.families.models import Member
from portal.language import formats
from portal.safety import words as hours_words

if TYPE_CHECKING:
    from messaging.card_page import Card, Cards
    from messaging.history import Shown
    from messaging.models import Conversation, Participant
    from messaging.search import Hit, Part
    from peer_support.models import Group
    from portal.access.media import Facts
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole


@dataclass(frozen=True, slots=True)
class Who:
    """One person of a conversation, as its other people may know them."""

    public_id: str
    name: str
    first_name: str
    role: str
    about: str
    read_seq: int
    is_me: bool
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the page shows it."""

    seq: int
    key: str
    body: str
    sent_at: dt.datetime
    time: str
    name: str
    is_mine: bool
    is_seen: bool
    is_revised: bool = False
    media: tuple[Facts, ...] = ()
    card: Card | None = None
    is_of_family: bool = False  # by somebody who takes part as one of a family


@dataclass(frozen=True, slots=True)
class Day:
    on: dt.date
    label: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Found:
    """One message that has the words, as the search page shows it."""

    seq: int
    near: int  # the page of older messages that has it in its middle
    day: str
    time: str
    name: str
    is_mine: bool
    parts: list[Part]


def people(members: Iterable[Participant], reader: Person) -> list[Who]:
    """The reader first, then the others in the order they came."""
    everyone = [
        Who(
            public_id=str(member.person.public_id),
            name=member.name,
            first_name=member.first_name,
            role=role_of(member),
            about=member.staff_role.about if member.staff_role else "",
            read_seq=member.read_seq,
            is_me=member.person_id == reader.pk,
            is_staff=member.staff_role is not None,
        )
        for member in members
    ]
    return sorted(everyone, key=lambda who: not who.is_me)


def role_of(member: Participant) -> str:
    """ "peer partner", "caregiver", or nothing for who has left the family since."""
    if member.staff_role is not None:
        return str(member.staff_role.get_role_display())
    family_role = getattr(member, "family_role", None)
    return str(Member.Role(family_role).label) if family_role else ""


def names(words: Sequence[str]) -> str:
    """ "Denise, Alma and Paul", in the reader's language."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    joined: str = format_list(words, locale=language)
    return joined


def zone_of(conversation: Conversation, group: Group | None = None) -> dt.tzinfo:
    program = conversation.family.program if conversation.family else group.organization.program if group else None
    return program.zone if program else timezone.get_default_timezone()


def days(
    messages: Sequence[Shown],
    speakers: Iterable[Participant],
    reader: Person,
    everyone: Sequence[Who],
    zone: dt.tzinfo,
    cards: Cards,
) -> list[Day]:
    """Messages by the day they were sent on where the programme is. Seen means: everyone else has read that far."""
    named = {speaker.person_id: speaker.first_name for speaker in speakers}
    seen = min((who.read_seq for who in everyone if not who.is_me), default=0)
    of_family = {who.public_id for who in everyone if not who.is_staff}
    language = get_language() or settings.LANGUAGE_CODE
    lines = [
        Line(
            seq=message.seq,
            key=str(message.key),
            body=message.body,
            sent_at=message.sent_at,
            time=formats.clock_time(message.sent_at, language, zone),
            name=named.get(message.author_id, ""),
            is_mine=message.author_id == reader.pk,
            is_seen=message.seq <= seen,
            is_revised=message.is_revised,
            media=message.media,
            card=cards.get((message.key, message.author_id)),
            is_of_family=str(message.author_public_id) in of_family,
        )
        for message in messages
    ]
    by_day = groupby(lines, key=lambda line: line.sent_at.astimezone(zone).date())
    return [Day(on, day_label(on, zone), list(group)) for on, group in by_day]


def found(hits: Iterable[Hit], speakers: Iterable[Participant], reader: Person, zone: dt.tzinfo) -> list[Found]:
    named = {speaker.person_id: speaker.first_name for speaker in speakers}
    language = get_language() or settings.LANGUAGE_CODE
    return [
        Found(
            seq=hit.message.seq,
            near=hit.message.seq + PAGE // 2,
            day=day_label(hit.message.sent_at.astimezone(zone).date(), zone),
            time=formats.clock_time(hit.message.sent_at, language, zone),
            name=named.get(hit.message.author_id, ""),
            is_mine=hit.message.author_id == reader.pk,
            parts=hit.parts,
        )
        for hit in hits
    ]


def day_label(on: dt.date, zone: dt.tzinfo) -> str:
    label = formats.day(on, get_language() or settings.LANGUAGE_CODE, zone)
    if on == timezone.now().astimezone(zone).date():
        return _("Today, %(day)s") % {"day": label}
    return label


def days_ahead(zone: dt.tzinfo) -> dict[str, str]:
    """The headings a page left open until tomorrow will need."""
    today = timezone.now().astimezone(zone).date()
    tomorrow = today + dt.timedelta(days=1)
    return {today.isoformat(): day_label(today, zone), tomorrow.isoformat(): day_label(tomorrow, zone)}


def closed_because(conversation: Conversation, members: Sequence[Participant], group: Group | None = None) -> str:
    """The sentence that stands where the composer would be; empty where people may write."""
    if conversation.state == conversation.State.ENDED:
        return _("This conversation has ended. You can still read it here.")
    if conversation.state == conversation.State.PAUSED:
        return _paused(conversation)
    if conversation.state == conversation.State.FROZEN:
        return _(
            "Writing is stopped for now, while somebody looks at what happened. Nothing is lost. You can still read it."
        )
    return _why_still(conversation) if access.stands_still(conversation, members, group) else ""


def _paused(conversation: Conversation) -> str:
    until = pairings.pause_of(conversation)
    if until is None:
        return _("This conversation is paused for now. Nothing is lost. You can still read it here.")
    back = formats.day(until, get_language() or settings.LANGUAGE_CODE, zone_of(conversation))
    return _("This is paused until %(day)s. Then you can both write again. Nothing is lost.") % {"day": back}


def _why_still(conversation: Conversation) -> str:
    """Of a young person's match what is missing. Everywhere else the same words for everyone: that somebody's age is the
    reason is nobody else's business.
    """
    pairing = supervision.pairing_of(conversation)
    if pairing is None or pairing.member.role != Member.Role.YOUTH:
        return _("Nobody can write here yet. You can still read what is here.")
    if not supervision.is_permitted(pairing):
        return _("You can both write here when a parent or guardian says yes. You did nothing wrong.")
    if supervision.supervisor_of(conversation) is None:
        return _("Nobody watches over this conversation just now, so nobody can write. We look for somebody.")
    return _("Nobody can write here yet. You can still read what is here.")


def expected_reply(members: Iterable[Participant], reader: Person, now: dt.datetime, zone: dt.tzinfo) -> list[str]:
    """When the staff member on the other side answers, in whole sentences. Nothing where no hours are known."""
    for member in members:
        if member.person_id != reader.pk and member.staff_role is not None:
            name = member.person.first_name
            return [*_hours(member.staff_role, name, now, zone), *_how_soon(member.staff_role)]
    return []


def _hours(role: StaffRole, name: str, now: dt.datetime, zone: dt.tzinfo) -> list[str]:
    """The week that the person wrote down; without one, what was said when they were appointed."""
    if hours := on_call.hours_of(role):
        own_zone = on_call.zone_of(role.organization)
        return hours_words.answers(name, hours, on_call.duty_now(role, now), now, own_zone)
    if role.answers_from is None or role.answers_until is None:
        return []
    here = now.astimezone(zone).time()
    language = get_language() or settings.LANGUAGE_CODE
    words = {
        "name": name,
        "from": formats.clock_time(role.answers_from, language, zone),
        "until": formats.clock_time(role.answers_until, language, zone),
    }
    if _is_between(here, role.answers_from, role.answers_until):
        return [_("%(name)s answers now, until %(until)s.") % words]
    if here < role.answers_from:
        return [_("%(name)s answers from %(from)s today.") % words]
    return [_("%(name)s answers again tomorrow from %(from)s.") % words]


def _is_between(time: dt.time, start: dt.time, end: dt.time) -> bool:
    """Hours may run past midnight."""
    return start <= time < end if start < end else time >= start or time < end


def _how_soon(role: StaffRole) -> list[str]:
    if role.answers_within_hours is None:
        return []
    hours = role.answers_within_hours
    return [
        ngettext("Most often within %(hours)s hour.", "Most often within %(hours)s hours.", hours) % {"hours": hours}
    ]
