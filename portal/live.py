"""Push to people's open pages, after commit: a registry of the pages open in this process.

A page is one socket of one person in one session. Pushing is a fast copy of what the database already holds: a page that
misses something asks for it by number. Called from any thread; each event loop is woken once per batch.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

Send = Callable[[str], Awaitable[None]]
CLOSED = 4401  # the session, role or account behind this page has ended
TOO_SLOW = 4408  # the page did not read; it may come back and ask "after N"
MOST_WAITING = 2_000  # frames that may wait for one page before it is closed


@dataclass(slots=True, eq=False)
class Page:
    """One open socket. `floor` holds, for each conversation, the last number already sent, so that nothing is sent twice."""

    person: int
    session: str
    loop: asyncio.AbstractEventLoop
    send: Send
    close: Callable[[int], Awaitable[None]]
    floor: dict[int, int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    catching_up: bool = True
    held_back: list[Frame] = field(default_factory=list)
    draining: asyncio.Task[None] | None = None
    closing: int | None = None

    def offer(self, frame: Frame) -> None:
        """Put a frame in line; runs in the page's loop. During catching up frames wait, so that order is kept."""
        if self.closing is not None:
            return
        if self.catching_up:
            self.held_back.append(frame)
        elif self._is_new(frame):
            self.put(frame.text)

    def caught_up(self) -> None:
        """The old messages are out: send what came meanwhile, without what they already held."""
        self.catching_up = False
        held, self.held_back = self.held_back, []
        for frame in held:
            self.offer(frame)

    def _is_new(self, frame: Frame) -> bool:
        if frame.seq is None:
            return True
        if frame.seq <= self.floor.get(frame.conversation, 0):
            return False
        self.floor[frame.conversation] = frame.seq
        return True

    def put(self, text: str) -> None:
        self.waiting.append(text)
        if len(self.waiting) > MOST_WAITING:
            self.waiting.clear()
            self.end(TOO_SLOW)
        elif self.draining is None:
            self.draining = self.loop.create_task(self._drain())

    def end(self, code: int) -> None:
        """Nothing more is sent; the socket is closed with `code`. Runs in the page's loop."""
        if self.closing is None:
            self.closing = code
            self.waiting.clear()
            if self.draining is None:
                self.draining = self.loop.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self.waiting:
                batch, self.waiting = self.waiting, []
                for text in batch:
                    if self.closing is not None:
                        break
                    await self.send(text)
            if self.closing is not None:
                await self.close(self.closing)
        finally:
            self.draining = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Something to push, serialised once. `seq` is set for messages only."""

    text: str
    conversation: int = 0
    seq: int | None = None


_lock = threading.Lock()
_pages: defaultdict[int, set[Page]] = defaultdict(set)


def join(page: Page) -> None:
    with _lock:
        _pages[page.person].add(page)


def leave(page: Page) -> None:
    with _lock:
        _pages[page.person].discard(page)
        if not _pages[page.person]:
            del _pages[page.person]


def has_open_page(person: int) -> bool:
    with _lock:
        return person in _pages


def counts() -> dict[str, int]:
    with _lock:
        return {"people_online": len(_pages), "pages_open": sum(len(pages) for pages in _pages.values())}


def push(batch: Iterable[tuple[Iterable[int], Frame, Page | None]], answers: Iterable[tuple[Page, str]] = ()) -> None:
    """Offer each frame to every open page of the given people, except the page it came from; `answers` go to one page each."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[tuple[Page, Frame]]] = defaultdict(list)
    for page, text in answers:
        by_loop[page.loop].append((page, Frame(text)))
    with _lock:
        for people, frame, origin in batch:
            for person in people:
                for page in _pages.get(person, ()):
                    if page is not origin:
                        by_loop[page.loop].append((page, frame))
    for loop, offers in by_loop.items():
        _call(loop, _offer_all, offers)


def _offer_all(offers: list[tuple[Page, Frame]]) -> None:
    for page, frame in offers:
        page.offer(frame)


def end_session(session: str) -> None:
    """Close every page of a session that has ended."""
    _end(lambda page: page.session == session)


def end_person(person: int) -> None:
    """Close every page of a person whose account or role has ended; they may come back with what is left to them."""
    _end(lambda page: page.person == person)


def _end(chosen: Callable[[Page], bool]) -> None:
    with _lock:
        ended = [page for pages in _pages.values() for page in pages if chosen(page)]
    for page in ended:
        _call(page.loop, page.end, CLOSED)


def _call(loop: asyncio.AbstractEventLoop, work: Callable[..., None], *args: object) -> None:
    try:
        loop.call_soon_threadsafe(work, *args)
    except RuntimeError:  # that loop has stopped: its pages are gone
        return
