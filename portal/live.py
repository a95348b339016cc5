"""Push to people's open pages, after commit: a registry of the pages open in this process, and the line between processes.

A page is one socket of one person in one session. Pushing is a fast copy of what the database already holds: a page knows
the last number it was sent in each conversation, and a hole in the numbers makes it ask the database. So frames may be lost
between processes (Redis away, a process killed) and nothing is lost to the reader.

Called from any thread; each event loop is woken once per batch. Between processes a batch travels once, by portal/line.py.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings

from portal.line import Line

logger = logging.getLogger(__name__)

CLOSED = 4401  # the session, role or account behind this page has ended
TOO_SLOW = 4408  # the page did not read; it may come back and ask "after N"
MOST_HELD_BACK = 2_000  # frames that may wait while a page catches up
ON_ITS_WAY = 0.5  # seconds between a commit and its push, at the very most, where all is well


class Out(Protocol):
    """The way to one phone."""

    def push(self, frames: Sequence[bytes]) -> None:
        """Send these texts, in order, after all that was pushed before."""

    async def clear(self) -> None:
        """Wait until what was pushed has left."""

    def close(self, code: int) -> None:
        """End the socket; what was pushed and has not left may be lost."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Something to push, serialised once. `seq` is set for messages only."""

    data: bytes
    conversation: int = 0
    seq: int | None = None


@dataclass(slots=True, eq=False)
class Page:
    """One open socket. `floor` holds, for each conversation, the last number already sent: nothing twice, nothing left out.

    `fetch` sends what lies above the floor of a conversation, from the database. Everything here runs in the page's loop.
    """

    person: int
    session: str
    loop: asyncio.AbstractEventLoop
    out: Out
    fetch: Callable[[int], Awaitable[None]]
    floor: dict[int, int] = field(default_factory=dict)
    waiting: list[bytes] = field(default_factory=list)
    catching_up: bool = True
    is_used: bool = False  # something was done here since the session was last looked at
    held_back: list[Frame] = field(default_factory=list)
    closing: int | None = None
    # Conversations being fetched from the database, and what comes for them meanwhile: a frame, or the number of an own message.
    aside: dict[int, list[Frame | int]] = field(default_factory=dict)
    mending: asyncio.Task[None] | None = None

    def offer(self, frame: Frame) -> None:
        """Put a frame in line. While catching up frames wait, so that order is kept."""
        if self.closing is not None:
            return
        if self.catching_up:
            self.held_back.append(frame)
            if len(self.held_back) > MOST_HELD_BACK:
                self.end(TOO_SLOW)
        elif frame.seq is None:
            self.put(frame.data)
        else:
            self._offer_message(frame, frame.seq)

    def _offer_message(self, frame: Frame, seq: int) -> None:
        if self._is_next(frame.conversation, seq, frame):
            self.put(frame.data)

    def own_message(self, conversation: int, seq: int) -> None:
        """This page sent it and was answered `stored`: the floor rises with it, and it must not see a hole there."""
        if not self.catching_up:
            self._is_next(conversation, seq, seq)

    def _is_next(self, conversation: int, seq: int, what: Frame | int) -> bool:
        """Whether that number comes next; then the floor rises. Above a hole it is put aside until the hole is mended."""
        aside = self.aside.get(conversation)
        if aside is not None:
            if len(aside) < MOST_HELD_BACK:
                aside.append(what)
            return False
        floor = self.floor.get(conversation, 0)
        if seq == floor + 1:
            self.floor[conversation] = seq
            return True
        if seq > floor:
            self.mend(conversation)
            self.aside[conversation].append(what)
        return False

    def caught_up(self, ended: Collection[int] = ()) -> None:
        """The old messages are out: send what came meanwhile, without what they already held.

        Catching up may have lasted: of the `ended` conversations, which this person may not read any more, nothing is sent.
        """
        self.catching_up = False
        held, self.held_back = self.held_back, []
        for frame in held:
            if frame.conversation not in ended:
                self.offer(frame)

    def heard_of(self, conversation: int, last_seq: int) -> None:
        """The database stands at `last_seq`. What is on its way gets a moment to arrive; what is missing then is fetched."""
        if self._lacks(conversation, last_seq):
            self.loop.call_later(ON_ITS_WAY, self._mend_if_lacking, conversation, last_seq)

    def _mend_if_lacking(self, conversation: int, last_seq: int) -> None:
        if self._lacks(conversation, last_seq):
            self.mend(conversation)

    def _lacks(self, conversation: int, last_seq: int) -> bool:
        return not self.catching_up and self.closing is None and last_seq > self.floor.get(conversation, 0)

    def mend(self, conversation: int) -> None:
        self.aside.setdefault(conversation, [])
        if self.mending is None:
            self.mending = self.loop.create_task(self._mend())

    async def _mend(self) -> None:
        """One fetch for each hole, however much comes meanwhile: pages that fetched for every frame would never catch up."""
        try:
            while self.aside and self.closing is None:
                conversation = next(iter(self.aside))
                await self.fetch(conversation)
                for what in self.aside.pop(conversation):
                    self._go_on(conversation, what)
        except ConnectionError:  # the phone is gone
            self.aside.clear()
        except Exception as error:  # the database is away: the next look at its numbers finds the hole again
            logger.warning("What a page was not sent could not be fetched: %s", type(error).__name__)
            self.aside.clear()
        finally:
            self.mending = None

    def _go_on(self, conversation: int, what: Frame | int) -> None:
        """What was put aside comes next, or is known by now. If it is above another hole, that is looked at in a moment."""
        seq = what if isinstance(what, int) else what.seq or 0
        if seq > self.floor.get(conversation, 0) + 1:
            self.heard_of(conversation, seq)
        elif self._is_next(conversation, seq, what) and isinstance(what, Frame):
            self.put(what.data)

    def put(self, data: bytes) -> None:
        """Send, together with whatever else this page gets in this turn of the loop."""
        if self.closing is None:
            if not self.waiting:
                _flush_soon(self)
            self.waiting.append(data)

    def flush(self) -> None:
        frames, self.waiting = self.waiting, []
        if self.closing is None:
            self.out.push(frames)

    async def drained(self) -> None:
        """Wait until what is in line went out, so that a long history is never all in memory."""
        await asyncio.sleep(0)  # the flush comes first
        await self.out.clear()

    def end(self, code: int) -> None:
        """Nothing more is sent; the socket is closed with `code`."""
        if self.closing is None:
            self.closing = code
            self.held_back.clear()
            self.out.close(code)


_to_flush: dict[asyncio.AbstractEventLoop, list[Page]] = {}


def _flush_soon(page: Page) -> None:
    """All pages that get something in this turn of the loop are served at its end, in one go."""
    pages = _to_flush.get(page.loop)
    if pages is None:
        pages = _to_flush[page.loop] = []
        page.loop.call_soon(_flush_all, page.loop)
    pages.append(page)


def _flush_all(loop: asyncio.AbstractEventLoop) -> None:
    for page in _to_flush.pop(loop):
        page.flush()


# -- the registry ---------------------------------------------------------------------------------------------------------

_lock = threading.Lock()
_pages: defaultdict[int, set[Page]] = defaultdict(set)
# Sessions and people that ended lately, and when: for a page that was just being let in.
_ended: dict[str | int, float] = {}
ENDED_KEPT = 120.0


def join(page: Page, asked_at: float) -> None:
    """From here on the page hears of what is pushed.

    `asked_at` (monotonic) is when its session was looked up: one that ended since, when the page could not be told, ends here.
    """
    with _lock:
        _pages[page.person].add(page)
        ended = max(_ended.get(page.session, 0.0), _ended.get(page.person, 0.0))
    if ended >= asked_at:
        page.end(CLOSED)
    line.open()


def leave(page: Page) -> None:
    with _lock:
        pages = _pages.get(page.person, set())
        pages.discard(page)
        if not pages:
            _pages.pop(page.person, None)


def pages_open() -> list[Page]:
    """In this process."""
    with _lock:
        return [page for pages in _pages.values() for page in pages]


def has_open_page(person: int) -> bool:
    """In this process."""
    with _lock:
        return person in _pages


def people_online() -> list[int]:
    """In this process."""
    with _lock:
        return list(_pages)


def counts() -> dict[str, int]:
    with _lock:
        return {
            "people_online": len(_pages),
            "pages_open": sum(len(pages) for pages in _pages.values()),
            "line_is_up": int(line.is_up()),
        }


# -- pushing --------------------------------------------------------------------------------------------------------------


Offers = list[tuple[Page, Frame, bool]]
Answers = list[tuple[Page, bytes]]


def push(batch: Iterable[tuple[Iterable[int], Frame, Page | None]], answers: Iterable[tuple[Page, bytes]] = ()) -> None:
    """Offer each frame to every open page of the given people, except the page it came from; `answers` go to one page each.

    The page it came from is told only that its own message has that number.
    """
    batch = list(batch)
    _push_here(batch, answers)
    if batch and settings.REDIS_URL:
        frames = [[list(people), frame.data.decode(), frame.conversation, frame.seq] for people, frame, _ in batch]
        line.publish({"frames": frames})


def _push_here(
    batch: Iterable[tuple[Iterable[int], Frame, Page | None]], answers: Iterable[tuple[Page, bytes]] = ()
) -> None:
    by_loop: defaultdict[asyncio.AbstractEventLoop, tuple[Answers, Offers]] = defaultdict(lambda: ([], []))
    for answer in answers:
        by_loop[answer[0].loop][0].append(answer)
    with _lock:
        for people, frame, origin in batch:
            for person in people:
                for page in _pages.get(person, ()):
                    by_loop[page.loop][1].append((page, frame, page is origin))
    for loop, (answered, offers) in by_loop.items():
        _call(loop, _offer_all, answered, offers)


def _offer_all(answers: Answers, offers: Offers) -> None:
    for page, data in answers:
        page.put(data)
    for page, frame, is_origin in offers:
        if not is_origin:
            page.offer(frame)
        elif frame.seq is not None:
            page.own_message(frame.conversation, frame.seq)


def tell_standing(standings: Iterable[tuple[int, int, int]]) -> None:
    """What the database says of (person, conversation, last_seq): each open page fetches what it was not sent."""
    with _lock:
        found = [
            (page, conversation, last_seq)
            for person, conversation, last_seq in standings
            for page in _pages.get(person, ())
        ]
    for page, conversation, last_seq in found:
        _call(page.loop, page.heard_of, conversation, last_seq)


def end_session(session: str) -> None:
    """Close every page of a session that has ended, in every process."""
    _end({"session": session})


def end_person(person: int) -> None:
    """Close every page of a person whose account or role has ended; they may come back with what is left to them."""
    _end({"person": person})


def end_page(page: Page) -> None:
    """Close this one, in this process."""
    _call(page.loop, page.end, CLOSED)


def _end(what: dict[str, Any]) -> None:
    _end_here(what)
    if settings.REDIS_URL:
        line.publish({"end": what})


def _end_here(what: dict[str, Any]) -> None:
    now = time.monotonic()
    with _lock:
        for name in [name for name, moment in _ended.items() if now - moment > ENDED_KEPT]:
            del _ended[name]
        _ended.update(dict.fromkeys(what.values(), now))
        ended = [
            page
            for pages in _pages.values()
            for page in pages
            if page.session == what.get("session") or page.person == what.get("person")
        ]
    for page in ended:
        _call(page.loop, page.end, CLOSED)


def _call(loop: asyncio.AbstractEventLoop, work: Callable[..., None], *args: object) -> None:
    try:
        loop.call_soon_threadsafe(work, *args)
    except RuntimeError:  # that loop has stopped: its pages are gone
        return


# -- between processes ------------------------------------------------------------------------------------------------------


def _heard(what: dict[str, Any]) -> None:
    """A batch, or an end, of another process."""
    if "frames" in what:
        _push_here([(people, Frame(text.encode(), pk, seq), None) for people, text, pk, seq in what["frames"]])
    elif "end" in what:
        _end_here(what["end"])


line = Line(_heard)
