"""Open pages on a real server that do what a test says, and write down what they hear."""

from __future__ import annotations

import asyncio
import json
import select
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import websockets
from websockets.asyncio.client import ClientConnection

from tests.faults import Site
from tests.messaging.crowd import PATIENCE, connect, until
from tests.messaging.ledger import Ledger, Reader

Talk = dict[str, Any]  # what `make_cast` wrote of one conversation


@dataclass(eq=False)
class Tab:
    line: ClientConnection
    ledger: Ledger
    reader: Reader
    name: str
    pause: float = 0.0  # between two frames it reads
    welcomed: bool = False
    stored: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)  # the codes, by key
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, body: str, key: str | None = None) -> str:
        """Its key. The same key again is the same message."""
        if key is None:
            key = str(uuid4())
            self.ledger.write(key, self.reader.conversation, self.name, body)
        frame = {"type": "send", "conversation": self.reader.conversation, "key": key, "body": body}
        await self.line.send(json.dumps(frame))
        return key

    async def say(self, body: str, patience: float = PATIENCE) -> str:
        """Send, and wait for its answer."""
        key = await self.send(body)
        await until(lambda: key in self.stored or key in self.refused, f"{self.name} is answered", patience)
        return key

    async def insist(self, key: str) -> None:
        """Again and again, as a page with an outbox does it, until it is stored."""
        while key not in self.stored:
            refused = len(self.refused.get(key, []))
            await self.send(self.ledger.written[key].body, key)
            await until(
                lambda: key in self.stored or len(self.refused.get(key, [])) > refused,  # noqa: B023
                f"{self.name} is answered",
            )
            await asyncio.sleep(0.05)

    async def listen(self) -> None:
        try:
            async for text in self.line:
                self._hear(json.loads(text))
                await asyncio.sleep(self.pause)
        except websockets.ConnectionClosed:
            pass
        finally:
            self.ended.set()

    def _hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.welcomed = True
            case "refused":
                self.refused.setdefault(frame["key"], []).append(frame["code"])
            case "stored":
                self.stored[frame["key"]] = frame["seq"]
                self.ledger.hear(self.reader, frame, frame["seq"])
            case "message":
                self.ledger.hear(self.reader, frame, frame["seq"])

    # -- what a page does that is stuck, or no page at all

    def stop_reading(self) -> None:
        self.line.transport.pause_reading()

    def is_cut_off(self) -> bool:
        """The other side is gone: known without reading."""
        asked = select.poll()
        asked.register(self.line.transport.get_extra_info("socket").fileno(), 0)
        return bool(asked.poll(0))


@asynccontextmanager
async def tab(
    site: Site,
    ledger: Ledger,
    talk: Talk,
    who: int,
    *,
    reader: Reader | None = None,
    pause: float = 0.0,
    **options: Any,
) -> AsyncIterator[Tab]:
    """Opened, and hello said. With a `reader` it comes back where that one was."""
    if reader is None:
        reader = Reader(f"page {len(ledger.readers)}, of person {who}", talk["conversation"])
        ledger.readers.append(reader)
    line = await connect(site, talk["people"][who]["cookie"], **{"open_timeout": PATIENCE, **options})
    page = Tab(line, ledger, reader, reader.name, pause)
    listening = asyncio.create_task(page.listen())
    try:
        await line.send(json.dumps({"type": "hello", "after": {reader.conversation: reader.connect()}}))
        yield page
    finally:
        listening.cancel()
        (ended,) = await asyncio.gather(listening, return_exceptions=True)
        await line.close()
        if isinstance(ended, Exception):
            raise ended


@asynccontextmanager
async def tabs(
    site: Site, ledger: Ledger, people: Sequence[tuple[Talk, int]], readers: Sequence[Reader | None] | None = None
) -> AsyncIterator[list[Tab]]:
    """All opened at once; welcomed when this goes on."""
    async with AsyncExitStack() as stack:
        pages = await asyncio.gather(
            *(
                stack.enter_async_context(tab(site, ledger, talk, who, reader=reader))
                for (talk, who), reader in zip(people, readers or [None] * len(people), strict=True)
            )
        )
        await until(lambda: all(page.welcomed for page in pages), "all pages are welcomed")
        yield pages


def narrow(site: Site, size: int) -> socket.socket:
    """A connection that holds little of what it was sent and did not read."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
    narrow.connect(("127.0.0.1", site.port))
    narrow.setblocking(False)
    return narrow


async def all_read(ledger: Ledger, stored: dict[str, list[tuple[int, str]]]) -> None:
    """Every page ends up with all that is stored."""
    ledger.stored = stored
    for reader in ledger.readers:
        end = len(stored[reader.conversation])
        await until(lambda: reader.after >= end, f"{reader.name} has read to {end}")  # noqa: B023


async def write_much(site: Site, ledger: Ledger, talk: Talk, count: int, body: str = "x") -> None:
    """Both people write, so fast as they may."""
    async with tab(site, ledger, talk, 0) as first, tab(site, ledger, talk, 1) as second:
        for n in range(count):
            page = (first, second)[n % 2]
            await page.send(f"{n} {body}"[:4_000])
            await until(lambda: n - len(first.stored) - len(second.stored) < 100, "what was written is stored")  # noqa: B023
        await until(lambda: len(first.stored) + len(second.stored) == count, "all of it is stored")
        await until(lambda: first.reader.after == second.reader.after == count, "both have read it")
    del ledger.readers[-2:]  # they are gone, and need not hear what comes later
