"""Push to people's open pages, after commit: a registry of the pages open in this process, and the line between processes.

A page is one socket of one person in one session. Pushing is a fast copy of what the database already holds: a page knows
the last number it was sent in each conversation, and a hole in the numbers makes it ask the database. So frames may be lost
between processes (Redis away, a process killed) and nothing is lost to the reader.

Called from any thread; each event loop is woken once per batch. Between processes a batch travels once, encrypted, by the
channel layer, of which this is the only user.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings

from portal import crypto

logger = logging.getLogger(__name__)

Send = Callable[[str], Awaitable[None]]
CLOSED = 4401  # the session, role or account behind this page has ended
TOO_SLOW = 4408  # the page did not read; it may come back and ask "after N"
MOST_WAITING = 2_000  # frames that may wait for one page before it is closed


@dataclass(frozen=True, slots=True)
class Frame:
    """Something to push, serialised once. `seq` is set for messages only."""

    text: str
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
    send: Send
    close: Callable[[int], Awaitable[None]]
    fetch: Callable[[int], Awaitable[None]]
    floor: dict[int, int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    catching_up: bool = True
    held_back: list[Frame] = field(default_factory=list)
    draining: asyncio.Task[None] | None = None
    closing: int | None = None
    holes: set[int] = field(default_factory=set)
    mending: asyncio.Task[None] | None = None

    def offer(self, frame: Frame) -> None:
        """Put a frame in line. While catching up frames wait, so that order is kept."""
        if self.closing is not None:
            return
        if self.catching_up:
            self.held_back.append(frame)
        elif frame.seq is None:
            self.put(frame.text)
        else:
            self._offer_message(frame, frame.seq)

    def _offer_message(self, frame: Frame, seq: int) -> None:
        floor = self.floor.get(frame.conversation, 0)
        if seq == floor + 1:
            self.floor[frame.conversation] = seq
            self.put(frame.text)
        elif seq > floor:
            self.mend(frame.conversation)

    def caught_up(self) -> None:
        """The old messages are out: send what came meanwhile, without what they already held."""
        self.catching_up = False
        held, self.held_back = self.held_back, []
        for frame in held:
            self.offer(frame)

    def heard_of(self, conversation: int, last_seq: int) -> None:
        """The database stands at `last_seq`: fetch what this page was not sent."""
        if not self.catching_up and self.closing is None and last_seq > self.floor.get(conversation, 0):
            self.mend(conversation)

    def mend(self, conversation: int) -> None:
        self.holes.add(conversation)
        if self.mending is None:
            self.mending = self.loop.create_task(self._mend())

    async def _mend(self) -> None:
        try:
            while self.holes and self.closing is None:
                await self.fetch(self.holes.pop())
        finally:
            self.mending = None

    def put(self, text: str) -> None:
        self.waiting.append(text)
        if len(self.waiting) > MOST_WAITING:
            self.end(TOO_SLOW)
        elif self.draining is None:
            self.draining = self.loop.create_task(self._drain())

    async def drained(self) -> None:
        """Wait until what is in line went out, so that a long history is never all in memory."""
        if self.draining is not None:
            await asyncio.shield(self.draining)

    def end(self, code: int) -> None:
        """Nothing more is sent; the socket is closed with `code`."""
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


# -- the registry ---------------------------------------------------------------------------------------------------------

_lock = threading.Lock()
_pages: defaultdict[int, set[Page]] = defaultdict(set)


def join(page: Page) -> None:
    with _lock:
        _pages[page.person].add(page)
    line.open()


def leave(page: Page) -> None:
    with _lock:
        _pages[page.person].discard(page)
        if not _pages[page.person]:
            del _pages[page.person]


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


def push(batch: Iterable[tuple[Iterable[int], Frame, Page | None]], answers: Iterable[tuple[Page, str]] = ()) -> None:
    """Offer each frame to every open page of the given people, except the page it came from; `answers` go to one page each.

    The origin's floor rises with its own message: it was answered `stored`, and must not see a hole there.
    """
    batch = list(batch)
    _push_here(batch, answers)
    if batch and settings.REDIS_URL:
        line.publish(
            {"frames": [[list(people), frame.text, frame.conversation, frame.seq] for people, frame, _ in batch]}
        )


def _push_here(
    batch: Iterable[tuple[Iterable[int], Frame, Page | None]], answers: Iterable[tuple[Page, str]] = ()
) -> None:
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[tuple[Page, Frame, bool]]] = defaultdict(list)
    for page, text in answers:
        by_loop[page.loop].append((page, Frame(text), False))
    with _lock:
        for people, frame, origin in batch:
            for person in people:
                for page in _pages.get(person, ()):
                    by_loop[page.loop].append((page, frame, page is origin))
    for loop, offers in by_loop.items():
        _call(loop, _offer_all, offers)


def _offer_all(offers: list[tuple[Page, Frame, bool]]) -> None:
    for page, frame, is_origin in offers:
        if not is_origin:
            page.offer(frame)
        elif frame.seq is not None and not page.catching_up:
            _own_message(page, frame.conversation, frame.seq)


def _own_message(page: Page, conversation: int, seq: int) -> None:
    floor = page.floor.get(conversation, 0)
    if seq == floor + 1:
        page.floor[conversation] = seq
    elif seq > floor:  # something of another process lies below: both come from the database, once
        page.mend(conversation)


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


def _end(what: dict[str, Any]) -> None:
    _end_here(what)
    if settings.REDIS_URL:
        line.publish({"end": what})


def _end_here(what: dict[str, Any]) -> None:
    with _lock:
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

CONTEXT = b"live"
BEAT_EVERY = 1.0
SILENT_AFTER = 4.0
MOST_OUTGOING = 5_000


class Line:
    """One thread with a loop of its own that sends this process's batches and hears the others'.

    It is up while it hears its own heartbeat come back; while it is down the pages are kept right by polling
    (messaging/watch.py). Frames for a line that is down are dropped: they are in the database.
    """

    def __init__(self) -> None:
        self._name = uuid.uuid4().hex
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outgoing: asyncio.Queue[bytes] | None = None
        self._ready = threading.Event()
        self._heard_at = 0.0

    def is_up(self) -> bool:
        return time.monotonic() - self._heard_at < SILENT_AFTER

    def open(self) -> None:
        """Begin to listen, once a process, where there is a Redis."""
        if not settings.REDIS_URL or self._thread is not None:
            return
        with _lock:
            if self._thread is None:
                self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="line", daemon=True)
                self._thread.start()
        self._ready.wait(5)

    def publish(self, what: dict[str, Any]) -> None:
        self.open()
        if self._loop is not None:
            sealed = crypto.wrap(orjson.dumps({"from": self._name, **what}), CONTEXT)
            _call(self._loop, self._enqueue, sealed)

    def _enqueue(self, sealed: bytes) -> None:
        if self._outgoing is not None and self._outgoing.qsize() < MOST_OUTGOING:
            self._outgoing.put_nowait(sealed)

    async def _run(self) -> None:
        # The library says at every try that Redis is away; `line_is_up` says it once.
        logging.getLogger("channels_redis.pubsub").setLevel(logging.CRITICAL)
        self._loop, self._outgoing = asyncio.get_running_loop(), asyncio.Queue()
        self._ready.set()
        while True:
            layer = RedisPubSubChannelLayer(hosts=[settings.REDIS_URL], prefix="porch")
            tasks: list[asyncio.Task[None]] = []
            try:
                channel = await layer.new_channel()
                await layer.group_add("live", channel)
                tasks = [
                    asyncio.create_task(part)
                    for part in (self._hear(layer, channel), self._tell(layer), self._beat(layer))
                ]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            except OSError:
                pass
            except Exception as error:  # whatever a driver raises for a lost connection: begin again
                logger.debug("The line between processes broke: %s", error)
            await self._hang_up(layer, tasks)
            await asyncio.sleep(BEAT_EVERY)

    async def _hang_up(self, layer: RedisPubSubChannelLayer, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        logger.debug("The line ended with %s", results)
        try:
            await layer.flush()
        except Exception as error:
            logger.debug("The line could not be closed: %s", error)

    async def _beat(self, layer: RedisPubSubChannelLayer) -> None:
        """Say something to oneself; when it does not come back, break off and connect anew."""
        started = time.monotonic()
        while True:
            sealed = crypto.wrap(orjson.dumps({"from": self._name, "beat": True}), CONTEXT)
            await layer.group_send("live", {"data": sealed})
            await asyncio.sleep(BEAT_EVERY)
            if not self.is_up() and time.monotonic() - started > SILENT_AFTER:
                raise ConnectionError("no heartbeat came back")

    async def _tell(self, layer: RedisPubSubChannelLayer) -> None:
        assert self._outgoing is not None  # noqa: S101 - set before the tasks start
        while True:
            await layer.group_send("live", {"data": await self._outgoing.get()})

    async def _hear(self, layer: RedisPubSubChannelLayer, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            try:
                what = orjson.loads(crypto.unwrap(message["data"], CONTEXT))
            except (crypto.CannotDecrypt, orjson.JSONDecodeError, KeyError):
                continue  # not ours: whoever can reach Redis cannot push to anyone's page
            if what["from"] == self._name:
                self._heard_at = time.monotonic()
            elif "frames" in what:
                _push_here([(people, Frame(text, pk, seq), None) for people, text, pk, seq in what["frames"]])
            elif "end" in what:
                _end_here(what["end"])


line = Line()
