"""What somebody reads under their own words while another has not opened them: what we did, when, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from messaging import ladder
from messaging.page import zone_of
from portal.access import ladder as access
from portal.access.notices import deliveries_about
from portal.language import formats

if TYPE_CHECKING:
    from messaging.models import Conversation, LadderStep, Participant, UnreadStretch
    from portal.notices.models import Delivery


@dataclass(frozen=True, slots=True)
class Line:
    """One person who has not opened it yet."""

    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Clock:
    """Times as the reader says them, where the programme is."""

    zone: dt.tzinfo

    def __call__(self, at: dt.datetime) -> str:
        return formats.moment(at, get_language() or settings.LANGUAGE_CODE, self.zone)


def lines(conversation: Conversation, members: Collection[Participant], viewer: Participant) -> list[Line]:
    """Asks the database nothing where everybody else has opened everything."""
    if all(one.read_seq >= conversation.last_seq for one in members if one.person_id != viewer.person_id):
        return []
    followed = access.followed(conversation, viewer)
    if not followed:
        return []
    sent = deliveries_about(ladder.about(conversation), [one.reader_id for one in followed])
    clock = Clock(zone_of(conversation))
    called = {one.person_id: one.first_name for one in members}
    return [Line(_sentences(one, called, sent, clock)) for one in followed]


def _sentences(stretch: UnreadStretch, called: Mapping[int, str], sent: Sequence[Delivery], clock: Clock) -> list[str]:
    own = [one for one in sent if one.notice.person_id == stretch.reader_id and one.notice.created_at >= stretch.since]
    found = [
        _("%(name)s has not opened this yet.") % {"name": called.get(stretch.reader_id, stretch.reader.first_name)},
        *(_left(one, clock) for one in own),
        *(_told(step, clock) for step in sorted(stretch.steps.all(), key=lambda step: step.at)),
        _on_it(stretch, clock) or _next(stretch, clock),
    ]
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def _left(delivery: Delivery, clock: Clock) -> str:
    """From what left, not from what was planned: a text waits for the morning, and a server may be away."""
    channel = delivery.Channel(delivery.channel)
    if delivery.sent_at is None:
        waits = delivery.state == delivery.State.WAITING and channel != delivery.Channel.PUSH
        return _("A text or an e-mail goes out: %(time)s.") % {"time": clock(delivery.due_at)} if waits else ""
    words = {
        delivery.Channel.PUSH: _("We sent a notice to their phone: %(time)s."),
        delivery.Channel.EMAIL: _("We sent them an e-mail: %(time)s."),
        delivery.Channel.SMS: _("We sent them a text: %(time)s."),
    }
    return words[channel] % {"time": clock(delivery.sent_at)}


def _told(step: LadderStep, clock: Clock) -> str:
    words = {
        "backup": _("We told the person on call: %(time)s."),
        "liaison": _("We told the family liaison: %(time)s."),
    }
    return words[step.step] % {"time": clock(step.at)} if step.step in words else ""


def _on_it(stretch: UnreadStretch, clock: Clock) -> str:
    if stretch.called_by is None or stretch.called_at is None:
        return ""
    words = {"name": stretch.called_by.person.first_name, "time": clock(stretch.called_at)}
    return _("%(name)s from the team is on it: %(time)s.") % words


def _next(stretch: UnreadStretch, clock: Clock) -> str:
    words = {
        "text": _("A text or an e-mail goes out: %(time)s."),
        "backup": _("If that stays so, we tell the person on call: %(time)s."),
        "liaison": _("If that stays so, we tell the family liaison: %(time)s."),
    }
    if stretch.due_at is None or stretch.due_step not in words:
        return ""
    return words[stretch.due_step] % {"time": clock(stretch.due_at)}
