"""A family says "not now" to something that is done with it: the count stands still, and the day to ask again is set."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import clocks as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.actions.single import pause_clock
from portal.clocks.models import Clock
from portal.clocks.refusals import DayBehind, DayTooFar, NotInTheRule
from portal.clocks.rules import WARN_AT

FARTHEST = dt.timedelta(days=366)  # nobody is left alone for longer without being asked once


@transaction.atomic
def say_not_now(*, actor: Person, clock: Clock, until: dt.date, words: str = "") -> Clock:
    """Let it stand still until the morning of that day, for the rule's own reason of a family. Nobody has to say why.

    Raises NotInTheRule, AlreadyOver, DayBehind, DayTooFar.
    """
    reason = access.not_now_reason(clock)
    require(access.may_pause(actor, clock, reason or access.FAMILY_SAID))
    if reason is None:
        raise NotInTheRule
    today = timezone.now().astimezone(clock.tzinfo).date()
    if until <= today:
        raise DayBehind
    if until > today + FARTHEST:
        raise DayTooFar
    moment = dt.datetime.combine(until, WARN_AT, tzinfo=clock.tzinfo)
    return pause_clock(actor=actor, clock=clock, reason=reason, until=moment, words=words)
