"""The safety net under pushing: from time to time the open pages are held against the numbers in the database.

What another process stored while the line between processes was down, or while it was killed before it pushed, reaches
its readers here. Often while the line is down, seldom otherwise.
"""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection

from portal import live
from portal.access import conversations as access

logger = logging.getLogger(__name__)

EVERY = 15.0
EVERY_WHEN_DOWN = 1.5
AT_ONCE = 500  # people asked about in one query

_lock = threading.Lock()
_thread: threading.Thread | None = None
_stop = threading.Event()


def start() -> None:
    """Begin to watch, once a process."""
    global _thread  # noqa: PLW0603 - one thread a process
    with _lock:
        if _thread is None or not _thread.is_alive():
            _stop.clear()
            _thread = threading.Thread(target=_run, name="watch", daemon=True)
            _thread.start()


def stop() -> None:
    _stop.set()
    if _thread is not None:
        _thread.join(5)


def _run() -> None:
    while not _stop.wait(EVERY_WHEN_DOWN if settings.REDIS_URL and not live.line.is_up() else EVERY):
        try:
            look()
        except DatabaseError as error:
            logger.warning("The numbers could not be asked for: %s", error)
            connection.close()
    connection.close()


def look() -> None:
    """One look: every open page of this process learns where its conversations stand."""
    people = live.people_online()
    for start_at in range(0, len(people), AT_ONCE):
        live.tell_standing(access.standings(people[start_at : start_at + AT_ONCE]))
