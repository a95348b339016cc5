"""The worker's round: what is done in the background, by any number of workers, each piece claimed before it is done."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from django.contrib.sessions.models import Session
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from messaging import ladder, retention
from messaging.actions import announce_unread
from messaging.later import release_held
from peer_support.actions import (
    ask_check_ins,
    check_coordination,
    keep_groups,
    keep_pairings,
    keep_requests,
    leave_talks,
    settle_overdue,
    warn_ending_permissions,
    warn_expiring,
)
from portal.audit.actions import seal_entries
from portal.care.actions import check_basics, escalate_asks, name_unended, remind_of_meetings
from portal.clocks.actions import keep_program_clocks
from portal.clocks.firing import fire_due
from portal.enrollment.actions import check_cases
from portal.growing.actions import tell_of_birthdays
from portal.media.actions import keep_media
from portal.notices.actions import deliver_due
from portal.one_by_one import one_by_one
from portal.referrals.actions import alert_lost
from portal.safety.actions import (
    check_rota,
    climb_concerns,
    keep_supervised,
    remind_reports,
    reveal_exceptions,
    review_weeks,
    take_flags,
    tell_of_held,
)
from portal.voice.actions import ask_pulses, look_again
from portal.voice.actions.statements import keep_statements
from rights_grievances.actions import ask_again_due, keep_handled, watch_cases
from rights_grievances.actions.drafts import remove_old_drafts

logger = logging.getLogger(__name__)

Pieces = Mapping[str, Callable[[], int]]

EVERY = 5.0  # seconds between rounds
LOOK_EVERY = 60.0  # seconds between looks for what follows a day or an hour
REMOVE_EVERY = 3600.0  # seconds between looks at what is old enough to go

# What has a day or an hour can wait for a minute. Nearly always there is nothing to do, and to put so many questions only to
# hear that takes as long as several pages.
NOW_AND_THEN: Pieces = {
    "begun": keep_program_clocks,
    "uncovered": check_rota,
    "watched": keep_supervised,
    "held": tell_of_held,
    "revealed": reveal_exceptions,
    "handed_on": keep_requests,
    "asked": ask_check_ins,
    "gaps": check_cases,
    "basics": check_basics,
    "alone": check_coordination,
    "lost": alert_lost,
    "media": keep_media,
    "expiring": warn_expiring,
    "reviewed": review_weeks,
    "permissions": warn_ending_permissions,
    "birthdays": tell_of_birthdays,
    "meetings": remind_of_meetings,
    "unended": name_unended,
    "pulses": ask_pulses,
    "team_asks": escalate_asks,
    "fixed": ask_again_due,
    "handled": keep_handled,
    "drafts": remove_old_drafts,
    "looked_after": watch_cases,
    "said": keep_statements,
    "looked_again": look_again,
}
# Somebody waits for these: for help, a word, a notice, or for somebody to be out of their group.
EACH_ROUND: Pieces = {
    "taken": take_flags,
    "escalated": climb_concerns,
    "released": release_held,
    "announced": announce_unread,
    "reminded": remind_reports,
    "climbed": ladder.climb,
    "fired": fire_due,
    "settled": settle_overdue,
    "paired": keep_pairings,
    "parted": keep_groups,
    "left": leave_talks,
    "delivered": deliver_due,
    "sealed": seal_entries,
}


def one_round(*, looks: bool = True) -> dict[str, int]:
    """Do what is to be done now, the whole list or without what is only looked for now and then; gives how many of each."""
    if looks:
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
    pieces = {**NOW_AND_THEN, **EACH_ROUND} if looks else EACH_ROUND
    # Notices leave though a rota cannot be read.
    return {
        name: one_by_one([piece], lambda piece: piece(), f"A piece of the worker's round failed: {name}")
        for name, piece in pieces.items()
    }


def run(stop: threading.Event) -> None:
    """Rounds until `stop` is set. A database that is away is waited for; a failing round never ends the worker.

    Old messages go a little at a time: a round in which some went is followed by another, then none for an hour.
    """
    look_at = remove_at = 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            looks = time.monotonic() >= look_at
            one_round(looks=looks)
            if looks:
                look_at = time.monotonic() + LOOK_EVERY
            if time.monotonic() >= remove_at and not retention.remove_old(batches=retention.A_ROUND):
                remove_at = time.monotonic() + REMOVE_EVERY
        except DatabaseError as error:
            logger.warning("The database cannot be reached: %s", error)
        except Exception:
            logger.exception("A round of the worker failed")
        stop.wait(EVERY)
    connection.close()
