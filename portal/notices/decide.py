"""The one decision of what leaves the house: which ways a notice may take to a person, as a plain table.

Sign-in codes are no notices: a person asked for one by a way they named, so it leaves by that way whatever is said here.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from portal.notices.models import Notice


class Channel(StrEnum):
    PAGE = "page"
    PUSH = "push"
    EMAIL = "email"
    SMS = "sms"


Kind = Notice.Kind

# The ways each kind may take at all. What answers a proposal goes to staff, who are not texted about families.
WAYS: dict[str, frozenset[Channel]] = {
    Kind.MESSAGE: frozenset(Channel),
    Kind.PAIRING_PROPOSED: frozenset(Channel),
    Kind.PAIRING_ACCEPTED: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.PAIRING_DECLINED: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.PAIRING_CHANGED: frozenset(Channel),
    Kind.HAND_OFF: frozenset(Channel),
    # A question that may be skipped is worth no text; what somebody said to it goes to staff.
    Kind.CHECK_IN: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.CHECK_IN_CALL: frozenset({Channel.PAGE, Channel.EMAIL}),
    # To those who asked and to those who lead it; what is written in a group is a message.
    Kind.GROUP: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.NO_COORDINATOR: frozenset({Channel.PAGE, Channel.EMAIL}),
    # Good to know is for the page; what somebody may have to act on goes out.
    Kind.CLOCK_STARTED: frozenset({Channel.PAGE}),
    Kind.CLOCK_MET: frozenset({Channel.PAGE}),
    Kind.CLOCK_NEAR: frozenset(Channel),
    Kind.CLOCK_MISSED: frozenset(Channel),
    Kind.CLOCK_MOVED: frozenset(Channel),
    Kind.SUPPORT_ASKED: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.SUPPORT: frozenset(Channel),
    # Both go to staff, and both by e-mail, too: nobody who asks for help may wait for somebody to open the site.
    Kind.REFERRAL: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.REFERRAL_LOST: frozenset({Channel.PAGE, Channel.EMAIL}),
    # About no family, and somebody has to act before the hour comes.
    Kind.ON_CALL_GAP: frozenset(Channel),
    Kind.ON_CALL_CHANGED: frozenset(Channel),
    # A call that the law asks for at once; who leads the caller only has to know of it.
    Kind.REPORT_CALL: frozenset(Channel),
    Kind.REPORT: frozenset({Channel.PAGE, Channel.EMAIL}),
    # A young person's talk with a mentor waits for it, or stops.
    Kind.MENTOR_ASKED: frozenset(Channel),
    Kind.MENTOR: frozenset(Channel),
    Kind.GROWING_UP: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.PLAN: frozenset({Channel.PAGE, Channel.EMAIL}),
    # Somebody has to be somewhere at a time.
    Kind.MEETING: frozenset(Channel),
    Kind.SIGHT: frozenset({Channel.PAGE}),
    # Who is on call is woken by whatever they allow us.
    Kind.MESSAGE_WAITS: frozenset(Channel),
    Kind.SAFETY: frozenset(Channel),
    # Nobody is in danger: it waits until its reader looks, and wakes nobody.
    Kind.CONCERN: frozenset(Channel) - {Channel.SMS},
    Kind.HELD: frozenset(Channel),
    Kind.LOOKED: frozenset({Channel.PAGE}),
    # Who told us waits for it; a question that may be skipped is worth no text, and staff are not texted about families.
    Kind.CASE: frozenset(Channel),
    Kind.CASE_DESK: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.CASE_LATE: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.CASE_FIXED: frozenset({Channel.PAGE, Channel.EMAIL}),
    # Nobody is woken for what can be read tomorrow; what waits for a yes or no holds others up.
    Kind.VOICE: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.ANSWER_OWED: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.PROPOSAL: frozenset(Channel) - {Channel.SMS},
    Kind.CHOICE: frozenset({Channel.PAGE, Channel.EMAIL}),
    Kind.PULSE: frozenset({Channel.PAGE}),
    Kind.COMMUNITY: frozenset({Channel.PAGE}),
}
# Somebody may be in danger: by all ways at once, at any hour.
AT_ANY_HOUR = frozenset({Kind.SAFETY})

# No text wakes anybody: the hours of 47 CFR 64.1200(c)(1), which binds sales calls and is a fair rule for all of us.
QUIET_FROM = dt.time(21)
QUIET_UNTIL = dt.time(8)


def channels_for(
    kind: str,
    *,
    wants_email: bool,
    wants_texts: bool,
    has_email: bool,
    has_phone: bool,
    has_open_page: bool,
    has_push: bool = False,
    is_quiet_hours: bool = False,
) -> frozenset[Channel]:
    """The ways this notice goes out now. Its own page always; nothing else to somebody who is looking at the site."""
    allowed = {
        Channel.PAGE: True,
        # At night, too, but without a sound (words.on_screen): the phone's own rules for the night hold as well.
        Channel.PUSH: has_push and not has_open_page,
        Channel.EMAIL: wants_email and has_email and not has_open_page,
        Channel.SMS: wants_texts and has_phone and not has_open_page and (not is_quiet_hours or kind in AT_ANY_HOUR),
    }
    return frozenset(channel for channel in WAYS[kind] if allowed[channel])


def is_quiet(local: dt.datetime) -> bool:
    """Whether it is too late or too early for a text, by the clock where the person is."""
    return local.time() >= QUIET_FROM or local.time() < QUIET_UNTIL


def quiet_ends(local: dt.datetime) -> dt.datetime:
    """The next moment at which texts may go out again, in the zone of `local`."""
    day = local.date() + dt.timedelta(days=local.time() >= QUIET_FROM)
    return dt.datetime.combine(day, QUIET_UNTIL, tzinfo=local.tzinfo)
