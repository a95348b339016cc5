"""The safety net under pushing: from time to time the open pages are held against the numbers in the database.

What another process stored while the line between processes was down, or while it was killed before it pushed, reaches
its readers here. Often while the line is down, seldom otherwise.
"""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connection

from portal import live
from portal.access import conversations as access
from portal.accounts import door

logger = logging.getLogger(__name__)

EVERY = 15.0
CHECK_EVERY = 30.0  # seconds between looks at whether the sessions behind open pages still hold
EVERY_WHEN_DOWN = 1.5
AT_ONCE = 500  # people asked about in one query
BREATH = 0.002  # seconds between two sessions

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
    checked_at = time.monotonic()
    while not _stop.wait(EVERY_WHEN_DOWN if settings.REDIS_URL and not live.line.is_up() else EVERY):
        try:
            look()
            if time.monotonic() - checked_at >= CHECK_EVERY:
                checked_at = time.monotonic()
                check_sessions()
        except DatabaseError as error:
            logger.warning("The numbers could not be asked for: %s", error)
            connection.close()
    connection.close()


def look() -> None:
    """One look: every open page of this process learns where its conversations stand."""
    people = live.people_online()
    for start_at in range(0, len(people), AT_ONCE):
        live.tell_standing(access.standings(people[start_at : start_at + AT_ONCE]))


def check_sessions() -> None:
    """A session that ended elsewhere (idle, expired, another process) ends its pages too; use of a page keeps it open.

    One after the other, with a breath between: at most a few per cent of a core, however many pages are open.
    """
    for page in live.pages_open():
        if page.is_used:
            page.is_used = False
            door.note_socket_use(page.session)
        if not door.session_holds(page.person, page.session):
            live.end_page(page)
        if _stop.wait(BREATH):
            return
