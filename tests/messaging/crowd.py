"""People at their phones, as the chat page does it: an outbox that is sent until it is acknowledged, reading by "after N".

A phone goes to any of the servers it knows, comes back when it was cut off, and resends with the same keys, in order,
whatever was not answered. Everything is written down in a ledger.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import websockets
from websockets import Origin
from websockets.asyncio.client import ClientConnection

from tests.faults import Site
from tests.messaging.ledger import Ledger, Reader

PATIENCE = 90.0
ANSWER_PATIENCE = 8.0  # as the chat page has it: then the line is taken for dead
LATER = {"unavailable", "rate_limited"}
BODIES = [
    "Thank you. That helped.",
    "¿Puede ser en español, por favor?",
    "He got on the bus today 🌿",
    "Oh, those mornings. What helped us was one thing less to decide.\nI am here tomorrow too.",
    "شكرا جزيلا",
    "x" * 3_900,
]
LOST = (OSError, websockets.WebSocketException, httpx.HTTPError)


async def until(is_so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, f"after {patience:.0f} seconds it was still not so that {what}"
        await asyncio.sleep(0.01)


async def connect(site: Site, cookie: str, **options: Any) -> ClientConnection:
    return await websockets.connect(
        f"{site.url.replace('http', 'ws')}/ws/",
        origin=Origin(site.url),
        additional_headers={"Cookie": cookie},
        compression=None,
        proxy=None,
        **{"ping_interval": None, "open_timeout": ANSWER_PATIENCE, "close_timeout": 0.1, "max_queue": None, **options},
    )


@dataclass
class Crowd:
    """`talks` is what `make_cast` wrote: in each conversation both people write, and one more page of one of them reads."""

    sites: Sequence[Site]
    talks: Sequence[dict[str, Any]]
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    phones: list[Phone] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    is_writing: bool = True
    acknowledged: int = 0

    async def __aenter__(self) -> Crowd:
        for n, talk in enumerate(self.talks):
            first, second = talk["people"]
            name = f"talk {n}"
            self.phones += [
                Phone(self, first, talk["conversation"], f"{name} first"),
                # Every other one has many messages on their way at once.
                Phone(self, second, talk["conversation"], f"{name} second", at_once=8 if n % 2 else 1),
                Phone(self, first, talk["conversation"], f"{name} reader", at_once=0),
            ]
        last = self.talks[-1]
        self.phones.append(Poster(self, last["people"][1], last["conversation"], "poster"))
        self.tasks = [asyncio.create_task(task) for phone in self.phones for task in (phone.live(), phone.write())]
        return self

    async def __aexit__(self, *_error: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def go_on(self, count: int) -> None:
        """Until so many more messages are acknowledged."""
        goal = self.acknowledged + count
        await until(lambda: self.acknowledged >= goal, f"{count} more messages are acknowledged")
        self.look_after_tasks()

    def look_after_tasks(self) -> None:
        for task in self.tasks:
            if task.done():
                task.result()

    async def come_to_rest(self, stored: Callable[[], dict[str, list[tuple[int, str]]]]) -> None:
        """Nothing new is written, what is in the outboxes goes out, and everybody reads to the end."""
        self.is_writing = False
        await until(lambda: not any(phone.outbox for phone in self.phones), "every outbox is empty")
        self.ledger.stored = await asyncio.to_thread(stored)
        self.look_after_tasks()
        for phone in self.phones:
            end = len(self.ledger.stored[phone.conversation])
            if phone.reader is not None:
                reader = phone.reader
                await until(lambda: reader.after >= end, f"{reader.name} has read to {end}")  # noqa: B023


class Phone:
    """One open page. `at_once`: how many messages it has on their way; the chat page has one."""

    def __init__(self, crowd: Crowd, person: dict[str, str], conversation: str, name: str, at_once: int = 1) -> None:
        self.crowd, self.person, self.conversation, self.name, self.at_once = crowd, person, conversation, name, at_once
        self.reader: Reader | None = Reader(name, conversation)
        crowd.ledger.readers.append(self.reader)
        self.outbox: list[str] = []
        self.flying: dict[str, float] = {}
        self.changed = asyncio.Event()

    async def write(self) -> None:
        """People pause now and then, and do not write on for ever while nothing goes out."""
        while self.at_once:
            await asyncio.sleep(self.crowd.chance.uniform(0, 0.05))
            if self.crowd.is_writing and len(self.outbox) < self.at_once + 2:
                key = str(uuid4())
                body = f"{self.crowd.chance.choice(BODIES)} {key[:8]}"
                self.crowd.ledger.write(key, self.conversation, self.name, body)
                self.outbox.append(key)
                self.changed.set()

    async def live(self) -> None:
        while True:
            try:
                async with await connect(self.crowd.chance.choice(self.crowd.sites), self.person["cookie"]) as line:
                    await self._talk(line)
            except LOST:
                pass
            await asyncio.sleep(self.crowd.chance.uniform(0.02, 0.2))

    async def _talk(self, line: ClientConnection) -> None:
        assert self.reader is not None
        self.flying.clear()
        await line.send(json.dumps({"type": "hello", "after": {self.conversation: self.reader.connect()}}))
        parts = [asyncio.create_task(part) for part in (self._listen(line), self._send(line))]
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for part in parts:
                part.cancel()
            ended = await asyncio.gather(*parts, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _send(self, line: ClientConnection) -> None:
        while not self.flying or time.monotonic() - min(self.flying.values()) < ANSWER_PATIENCE:
            for key in self.outbox[: self.at_once]:
                if key not in self.flying:
                    self.flying[key] = time.monotonic()
                    body = self.crowd.ledger.written[key].body
                    await line.send(
                        json.dumps({"type": "send", "conversation": self.conversation, "key": key, "body": body})
                    )
            self.changed.clear()
            try:
                async with asyncio.timeout(1):
                    await self.changed.wait()
            except TimeoutError:
                pass

    async def _listen(self, line: ClientConnection) -> None:
        assert self.reader is not None
        async for text in line:
            frame = json.loads(text)
            if frame["type"] in {"message", "stored"}:
                self.crowd.ledger.hear(self.reader, frame, frame["seq"])
            if frame["type"] == "stored":
                self.settle(frame["key"])
            elif frame["type"] == "refused":
                await self._wait(frame)

    def settle(self, key: str) -> None:
        self.flying.pop(key, None)
        if key in self.outbox:
            self.outbox.remove(key)
            self.crowd.acknowledged += 1
        self.changed.set()

    async def _wait(self, frame: dict[str, str]) -> None:
        if frame["code"] not in LATER:
            self.crowd.ledger.told.append(f"{self.name} was refused: {frame['code']}")
        await asyncio.sleep(0.05)
        self.flying.pop(frame["key"], None)
        self.changed.set()


class Poster(Phone):
    """A phone without a socket: plain requests, one after the other, the same key until it is answered."""

    def __init__(self, crowd: Crowd, person: dict[str, str], conversation: str, name: str) -> None:
        super().__init__(crowd, person, conversation, name)
        crowd.ledger.readers.pop()
        self.reader = None

    async def live(self) -> None:
        headers = {"Cookie": self.person["cookie"], "X-CSRFToken": self.person["csrf"], "Accept": "application/json"}
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=20) as client:
            while True:
                await until(lambda: bool(self.outbox), "there is something to send", 10**6)
                try:
                    await self._post(client, self.outbox[0])
                except LOST:
                    await asyncio.sleep(0.05)

    async def _post(self, client: httpx.AsyncClient, key: str) -> None:
        site = self.crowd.chance.choice(self.crowd.sites)
        url = f"{site.url}/conversations/{self.conversation}/messages/"
        answer = await client.post(url, data={"key": key, "body": self.crowd.ledger.written[key].body})
        if answer.status_code == 201:
            self.crowd.ledger.acknowledged[key].add(answer.json()["seq"])
            self.settle(key)
            return
        if answer.status_code < 500 and answer.status_code != 429:
            self.crowd.ledger.told.append(f"a plain request was answered {answer.status_code}: {answer.text[:200]}")
        await asyncio.sleep(0.05)
