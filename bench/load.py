"""People who write to each other as fast as asked, and the count of what came of it.

Closed loop: every page keeps `in_flight` messages on their way and sends the next when one is acknowledged, which finds
what the server can carry. Open loop: messages are sent at fixed moments whatever the server does, and latency runs from
that moment, so a stall counts for every message it held up. Both note each frame, and `check` proves afterwards that what was
acknowledged reached every other reader once, in order, under the number that was acknowledged.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson

from bench import wire
from bench.hosts import Host

AT_ONCE = 8  # handshakes under way at a time; a storm of them is what reconnect.py measures
TRIES = 5  # a server that has just started may be slow to answer the first
DRAIN_SECONDS = 20

# As people write here: most are short, some are not, not all are English.
BODIES = [
    "Thank you. That helped.",
    "He got on the bus today.",
    "¿Puede ser en español, por favor?",
    "How did this morning go?",
    "I am so tired. He threw his shoes at the bus this morning and the driver would not wait for us.",
    "Oh, those mornings. What helped us was one thing less to decide. I am here tomorrow too.",
    "Claro que sí. Y la escuela tiene que poner un intérprete, sin costo. Lo pedimos hoy mismo.",
    "About Thursday’s meeting: do you want me to sit next to you? We can write down what you want to say first.",
    "Sí 😞",
    "That is a big deal. Crying in the car counts too. I did a lot of that. When mine was fourteen I had a notebook in the "
    "glove box, and every good minute went in there, so that on the other days I could read that they had been.",
]


async def until(is_done: Callable[[], bool], longest: float) -> None:
    """Look now and then, which costs the driver less than being told of every frame. Raises TimeoutError."""
    async with asyncio.timeout(longest):
        while not is_done():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


class Keys:
    """Random version 4 UUIDs as text, made in bulk: a tenth of the cost of one at a time."""

    def __init__(self) -> None:
        self._left: list[str] = []

    def __call__(self) -> str:
        if not self._left:
            raw = os.urandom(16 * 512).hex()
            self._left = [
                f"{h[:8]}-{h[8:12]}-4{h[13:16]}-8{h[17:20]}-{h[20:]}"
                for h in (raw[n : n + 32] for n in range(0, len(raw), 32))
            ]
        return self._left.pop()


@dataclass
class Tally:
    """What all pages saw together."""

    acknowledged: int = 0
    delivered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unexpected: Counter[str] = field(default_factory=Counter)
    handshakes_tried_again: int = 0
    latencies: list[float] = field(default_factory=list)


class Page:
    """One open page of one person in one conversation."""

    def __init__(self, run: Run, person: dict[str, str], conversation: str) -> None:
        self.run = run
        self.person = person
        self.conversation = conversation
        self.socket: wire.Socket
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sent = 0
        self.stored: list[tuple[int, str]] = []
        self.got: list[tuple[int, str]] = []
        self._before = f'{{"type":"send","conversation":"{conversation}","key":"'.encode()

    async def open(self, host: Host, path: str, after: dict[str, int] | None = None) -> None:
        request = wire.upgrade(host.url, path.format(**self.person, conversation=self.conversation), self._cookie())
        self.socket = await wire.connect(host.url, request, self.take)
        self.socket.send(wire.text_frame(orjson.dumps({"type": "hello", "after": after or {}})))
        async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
            await self.ready

    def _cookie(self) -> str:
        return self.person.get("cookie", "")

    def close(self) -> None:
        self.socket.close()

    def write(self, due: float = 0.0) -> None:
        """Send one message. `due` is when it should have been sent, where latency is measured."""
        run = self.run
        key = run.new_key()
        if due:
            run.due[key] = due
        self.sent += 1
        body = run.bodies[self.sent % len(run.bodies)]
        self.socket.send(wire.text_frame(b"".join((self._before, key.encode(), b'","body":', body, b"}"))))

    def take(self, raw: bytes, moment: float) -> None:
        frame = orjson.loads(raw)
        kind = frame["type"]
        run = self.run
        if kind == "stored":
            self.stored.append((frame["seq"], frame["key"]))
            run.tally.acknowledged += 1
            if run.is_closed_loop:
                self.write()
        elif kind == "message":
            self.got.append((frame["seq"], frame["key"]))
            run.tally.delivered += 1
            if due := run.due.get(frame["key"]):
                run.tally.latencies.append(moment - due)
        elif kind == "welcome":
            self.ready.set_result(None)
        elif kind == "refused":
            run.tally.refused[frame["code"]] += 1
        else:
            run.tally.unexpected[str(kind)] += 1


class Echoed(Page):
    """A page of a server that only sends back what it gets: its own frame is its delivery and its acknowledgement."""

    def take(self, raw: bytes, moment: float) -> None:
        frame = orjson.loads(raw)
        if frame["type"] == "hello":
            self.ready.set_result(None)
            return
        run = self.run
        run.tally.delivered += 1
        run.tally.acknowledged += 1
        if due := run.due.get(frame["key"]):
            run.tally.latencies.append(moment - due)
        if run.is_closed_loop:
            self.write()


class Run:
    """All pages of one measurement against one server."""

    def __init__(self, host: Host, cast: Sequence[dict[str, Any]], path: str = "/ws/") -> None:
        self.host = host
        self.cast = cast
        self.path = path
        self.page_kind: type[Page] = Page
        self.pages: list[Page] = []
        self.idle: list[Page] = []
        self.tally = Tally()
        self.new_key = Keys()
        self.due: dict[str, float] = {}
        self.bodies = [orjson.dumps(body) for body in BODIES]
        self.is_closed_loop = False

    async def open(self, talking: int) -> None:
        """Open the pages of everyone in the cast; the first `talking` conversations will write, the rest stay idle."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(page: Page) -> None:
            async with gate:
                for left in reversed(range(TRIES)):
                    try:
                        await page.open(self.host, self.path)
                        return
                    except wire.Refused:
                        if not left:
                            raise
                        self.tally.handshakes_tried_again += 1

        for number, entry in enumerate(self.cast):
            pages = [self.page_kind(self, person, entry["conversation"]) for person in entry["people"]]
            (self.pages if number < talking else self.idle).extend(pages)
        first, *others = [*self.pages, *self.idle]
        await one(first)
        await asyncio.gather(*(one(page) for page in others))

    def close(self) -> None:
        for page in [*self.pages, *self.idle]:
            page.close()

    async def closed(self, *, in_flight: int, warm: float, seconds: float) -> dict[str, Any]:
        """Each page keeps `in_flight` messages on their way; what arrives between `warm` and the end counts."""
        self.is_closed_loop = True
        for page in self.pages:
            for _ in range(in_flight):
                page.write()
        await asyncio.sleep(warm)
        begin = _Mark(self)
        await asyncio.sleep(seconds)
        figures = begin.until_now()
        self.is_closed_loop = False
        return {"mode": "closed", "pages": len(self.pages), "in_flight": in_flight, **figures}

    async def open_loop(self, *, rate: float, warm: float, seconds: float) -> dict[str, Any]:
        """`rate` messages a second, evenly, from one page after the other, as a clock says and not as answers come."""
        loop = asyncio.get_running_loop()
        total = int(rate * (warm + seconds))
        finished = asyncio.Event()
        begin = time.perf_counter() + 0.05

        def send_due(first: int, last: int) -> None:
            for number in range(first, last):
                self.pages[number % len(self.pages)].write(begin + number / rate)
            if last >= total:
                finished.set()

        clock = threading.Thread(target=_tick, args=(loop, send_due, begin, rate, total), daemon=True)
        clock.start()
        await asyncio.sleep(warm + 0.05)
        mark, first = _Mark(self), len(self.tally.latencies)
        await finished.wait()
        figures = mark.until_now()
        await self.settle()
        latencies = sorted(self.tally.latencies[first:])
        return {"mode": "open", "pages": len(self.pages), "rate": rate, **figures, **quantiles(latencies)}

    async def settle(self) -> None:
        """Let what is on its way arrive, so that it can be checked."""
        with suppress(TimeoutError):  # what did not come, `check` names
            await until(lambda: not self._missing(), DRAIN_SECONDS)

    def _missing(self) -> bool:
        tally, sent = self.tally, sum(page.sent for page in self.pages)
        answered = tally.acknowledged + sum(tally.refused.values())
        return answered < sent or tally.delivered < tally.acknowledged * self._readers()

    def _readers(self) -> int:
        return len(self.cast[0]["people"]) - 1

    def check(self) -> dict[str, Any]:
        """Raises AssertionError unless everyone of a conversation saw the same numbers, once each, in order, without a gap."""
        by_conversation: defaultdict[str, list[Page]] = defaultdict(list)
        for page in self.pages:
            by_conversation[page.conversation].append(page)
        for name, pages in by_conversation.items():
            truth = dict(pair for page in pages for pair in page.stored)
            assert sorted(truth) == list(range(1, len(truth) + 1)), f"numbers of {name} have gaps or repeats"
            for page in pages:
                assert _rises(page.stored), f"acknowledgements out of order in {name}"
                assert _rises(page.got), f"messages out of order or twice in {name}"
                assert {**dict(page.stored), **dict(page.got)} == truth, f"a page of {name} missed something"
        assert not self.tally.refused, f"refused: {dict(self.tally.refused)}"
        assert not self.tally.unexpected, f"unexpected frames: {dict(self.tally.unexpected)}"
        return {"acknowledged": self.tally.acknowledged, "each_delivered_once_in_order": True}


def _rises(pairs: list[tuple[int, str]]) -> bool:
    return all(earlier[0] < later[0] for earlier, later in itertools.pairwise(pairs))


def _tick(
    loop: asyncio.AbstractEventLoop, send: Callable[[int, int], None], begin: float, rate: float, total: int
) -> None:
    """Wake the loop when messages are due. A thread, because an event loop's own timers are a millisecond coarse."""
    done = 0
    while done < total:
        pause = begin + done / rate - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        due = min(total, int((time.perf_counter() - begin) * rate) + 1)
        if due > done:
            loop.call_soon_threadsafe(send, done, due)
            done = due


def quantiles(values: Sequence[float]) -> dict[str, Any]:
    """p50, p99 and the highest of sorted seconds, in milliseconds."""
    if not values:
        return {"p50_ms": None, "p99_ms": None, "max_ms": None}
    picks = {"p50_ms": len(values) // 2, "p99_ms": int(len(values) * 0.99), "max_ms": len(values) - 1}
    return {name: round(values[at] * 1000, 3) for name, at in picks.items()}


class _Mark:
    """A moment, to count from."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.moment, self.driver = time.perf_counter(), time.process_time()
        self.server, self.database = run.host.cpu(), run.host.database_cpu()
        self.delivered, self.acknowledged = run.tally.delivered, run.tally.acknowledged

    def until_now(self) -> dict[str, Any]:
        wall = time.perf_counter() - self.moment
        delivered = self.run.tally.delivered - self.delivered
        stored = self.run.tally.acknowledged - self.acknowledged
        server, database = self.run.host.cpu() - self.server, self.run.host.database_cpu() - self.database
        figures = {
            "seconds": round(wall, 2),
            "delivered_per_s": round(delivered / wall),
            "stored_per_s": round(stored / wall),
            "server_us_per_message": round(server / max(stored, 1) * 1e6, 1),
            "server_core": round(server / wall, 2),
            # Near 1 the driver was the limit, and the server can do more than the figure says.
            "driver_core": round((time.process_time() - self.driver) / wall, 2),
        }
        if database:
            figures["database_us_per_message"] = round(database / max(stored, 1) * 1e6, 1)
            figures["database_core"] = round(database / wall, 2)
        return figures
