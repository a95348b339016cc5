"""The worker's round: what is done in the background, by any number of workers, each piece claimed before it is done."""

from __future__ import annotations

import logging
import threading
import time

from django.contrib.sessions.models import Session
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from messaging import ladder, retention
from messaging.actions import announce_unread
from peer_support.actions import (
    ask_check_ins,
    check_coordination,
    keep_groups,
    keep_pairings,
    keep_requests,
    settle_overdue,
    warn_expiring,
)
from portal.audit.actions import seal_entries
from portal.clocks.actions import keep_program_clocks
from portal.clocks.firing import fire_due
from portal.enrollment.actions import check_cases
from portal.notices.actions import deliver_due
from portal.referrals.actions import alert_lost
from portal.safety.actions import check_rota

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds between rounds
REMOVE_EVERY = 3600.0  # seconds between looks at what is old enough to go


def one_round() -> dict[str, int]:
    """Announce unread messages, climb their ladders, fire clocks, deliver what is due, seal the record; gives how many of each.

    Old sessions go, too, each programme's own clocks begin, rotas are looked at for gaps, pairings and hand-offs go on where
    their day has come, whoever may not be in a group any more is out of it, and whoever has somebody beside them is asked now
    and then whether they feel less alone; what a family asked for goes to a liaison who answers for it. Once a day cases,
    referrals and families are looked for that nobody has, and staff are told of checks and trainings that end soon.
    """
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {
        "announced": announce_unread(),
        "climbed": ladder.climb(),
        "begun": keep_program_clocks(),
        "fired": fire_due(),
        "uncovered": check_rota(),
        "kept": keep_pairings() + settle_overdue() + keep_requests() + keep_groups(),
        "asked": ask_check_ins(),
        "gaps": check_cases(),
        "alone": check_coordination(),
        "lost": alert_lost(),
        "expiring": warn_expiring(),
        "delivered": deliver_due(),
        "sealed": seal_entries(),
    }


def run(stop: threading.Event) -> None:
    """Rounds until `stop` is set. A database that is away is waited for; a failing round never ends the worker.

    Old messages go a little at a time: a round in which some went is followed by another, then none for an hour.
    """
    remove_at = 0.0
    while not stop.is_set():
        close_old_connections()
        try:
            one_round()
            if time.monotonic() >= remove_at and not retention.remove_old(batches=retention.A_ROUND):
                remove_at = time.monotonic() + REMOVE_EVERY
        except DatabaseError as error:
            logger.warning("The database cannot be reached: %s", error)
        except Exception:
            logger.exception("A round of the worker failed")
        stop.wait(EVERY)
    connection.close()
