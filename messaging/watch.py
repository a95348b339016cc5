"""The safety net under pushing: from time to time the open pages are held against the numbers in the database.

What another process stored while the line between processes was down, or while it was killed before it pushed, reaches
its readers here. Often while the line is down, seldom otherwise.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from messaging import screening
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
_threads: list[threading.Thread] = []
_stop = threading.Event()


def start() -> None:
    """Begin to watch, once a process."""
    with _lock:
        if not any(thread.is_alive() for thread in _threads):
            _stop.clear()
            _threads[:] = [
                threading.Thread(target=_run, args=(look, _pause), name="watch", daemon=True),
                threading.Thread(target=screening.make_ready, name="screener", daemon=True),
                threading.Thread(target=_run, args=(check_sessions, lambda: CHECK_EVERY), name="doorman", daemon=True),
            ]
            for thread in _threads:
                thread.start()


def stop() -> None:
    _stop.set()
    for thread in _threads:
        thread.join(5)


def _pause() -> float:
    return EVERY_WHEN_DOWN if settings.REDIS_URL and not live.line.is_up() else EVERY


def _run(work: Callable[[], None], pause: Callable[[], float]) -> None:
    while not _stop.wait(pause()):
        try:
            work()
        except (
            Exception
        ) as error:  # whatever it was, as a database that is away: a watch that gave up would watch nothing
            logger.warning("The watch will look again: %s", type(error).__name__)
            connection.close()
    connection.close()


def look() -> None:
    """One look: every open page of this process learns where its conversations stand."""
    people = live.people_online()
    for start_at in range(0, len(people), AT_ONCE):
        live.tell_standing(access.standings(people[start_at : start_at + AT_ONCE]))


def check_sessions() -> None:
    """A session that ended elsewhere (idle, expired, another process) ends its pages too; use of a page keeps it open.

    One after the other, with a breath between: a few per cent of a core, however many pages are open.
    """
    for page in live.pages_open():
        try:
            _check(page)
        except (DatabaseError, InterfaceError) as error:  # asked again in the next round
            logger.warning("Whether a session still holds could not be asked: %s", type(error).__name__)
            connection.close()
        if _stop.wait(BREATH):
            return


def _check(page: live.Page) -> None:
    if page.is_used:
        page.is_used = False
        door.note_socket_use(page.session)
    if not door.session_holds(page.person, page.session):
        live.end_page(page)
