"""Several server processes on one PostgreSQL, with Redis between them, with Redis killed, and with a server killed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import websockets
from django.conf import settings
from websockets import Origin

from tests import migrated, servers

pytestmark = pytest.mark.slow
PATIENCE = 20


@dataclass
class House:
    """Two servers on one database, and one conversation in it: nobody has written there yet, but for the last test."""

    first: servers.Server
    second: servers.Server
    sessions: dict[str, str]
    conversation: str
    close_redis: ExitStack


@dataclass
class Cast:
    database_url: str
    people: dict[str, dict[str, str]]
    conversations: dict[str, str]
    paths: dict[str, str]
    used: list[str]


@pytest.fixture(scope="module")
def cast(prepared_files: None) -> Iterator[Cast]:
    with migrated.postgres_alone() as database_url:
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.stage"],
            cwd=servers.ROOT,
            env={**os.environ, "DATABASE_URL": database_url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        yield Cast(database_url=database_url, used=[], **json.loads(made.stdout.splitlines()[-1]))


@pytest.fixture
def house(cast: Cast) -> Iterator[House]:
    talk = next((name for name in cast.conversations if name not in cast.used), "marchand")
    cast.used.append(talk)
    prefix = "" if talk == "marchand" else f"{talk}_"
    with ExitStack() as stack, ExitStack() as redis_stack:
        env = {"DATABASE_URL": cast.database_url, "REDIS_URL": redis_stack.enter_context(servers.redis())}
        yield House(
            first=stack.enter_context(servers.daphne(env)),
            second=stack.enter_context(servers.daphne(env)),
            sessions={who: cast.people[prefix + who]["session"] for who in ("caregiver", "peer")},
            conversation=cast.conversations[talk],
            close_redis=redis_stack,
        )


class Client:
    """A page that resumes by number and keeps what it heard."""

    def __init__(self, house: House, server: servers.Server, who: str) -> None:
        self.house, self.server, self.who = house, server, who
        self.heard: list[int] = []
        self.bodies: dict[int, str] = {}
        self.stored: dict[str, int] = {}

    async def __aenter__(self) -> Client:
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.house.sessions[self.who]}"
        self.line = await websockets.connect(
            self.server.url.replace("http", "ws") + "/ws/",
            origin=Origin(self.server.url),
            additional_headers={"Cookie": cookie},
        )
        after = {self.house.conversation: self.heard[-1] if self.heard else 0}
        await self.line.send(json.dumps({"type": "hello", "after": after}))
        self.listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)
        await self.line.close()

    async def _listen(self) -> None:
        async for text in self.line:
            frame: dict[str, Any] = json.loads(text)
            if frame["type"] == "message":
                self.heard.append(frame["seq"])
                self.bodies[frame["seq"]] = frame["body"]
            elif frame["type"] == "stored":
                self.stored[frame["key"]] = frame["seq"]

    async def send(self, body: str, key: str | None = None) -> str:
        key = key or str(uuid4())
        frame = {"type": "send", "conversation": self.house.conversation, "key": key, "body": body}
        await self.line.send(json.dumps(frame))
        return key

    async def until_heard(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < count:
                await asyncio.sleep(0.02)

    async def until_stored(self, keys: list[str]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not all(key in self.stored for key in keys):
                await asyncio.sleep(0.02)


async def test_both_write_at_once_in_two_processes_and_each_reader_sees_one_gapless_order(house: House) -> None:
    async with (
        Client(house, house.first, "caregiver") as hers,
        Client(house, house.second, "peer") as theirs,
        Client(house, house.first, "peer") as theirs_too,
    ):
        await hers.send("across at once")
        async with asyncio.timeout(2):
            await theirs.until_heard(1)
        for n in range(100):
            await hers.send(f"hers {n}")
            await theirs.send(f"theirs {n}")
        await theirs_too.until_heard(201)
        assert theirs_too.heard == list(range(1, 202))
        await hers.until_heard(100)
        await theirs.until_heard(101)
        assert sorted([*hers.heard, *hers.stored.values()]) == list(range(1, 202))
        assert hers.heard == sorted(hers.heard)


async def test_without_redis_nothing_is_lost_or_doubled_and_it_heals_by_itself(house: House) -> None:
    async with Client(house, house.first, "caregiver") as hers, Client(house, house.second, "peer") as theirs:
        await hers.send("with")
        await theirs.until_heard(1)
        house.close_redis.close()
        keys = [await hers.send(f"without {n}") for n in range(5)]
        await hers.until_stored(keys)
        await theirs.until_heard(6)
        assert theirs.heard == [1, 2, 3, 4, 5, 6]


async def test_a_killed_server_loses_nothing_it_acknowledged(house: House) -> None:
    async with Client(house, house.second, "peer") as theirs:
        hers = Client(house, house.first, "caregiver")
        sent: list[str] = []
        async with hers:
            for n in range(300):
                sent.append(await hers.send(f"{n}"))
                if n == 150:
                    await asyncio.sleep(0.05)
            house.first.kill()
            await asyncio.sleep(0.2)
        acknowledged = dict(hers.stored)
        back = Client(house, house.second, "caregiver")
        async with back:  # the phone comes back elsewhere and sends again, with the same keys, what was not answered
            again = [await back.send(f"{n}", key) for n, key in enumerate(sent) if key not in acknowledged]
            await back.until_stored(again)
            await theirs.until_heard(300)
        assert theirs.heard == list(range(1, 301))
        assert len({*acknowledged.values(), *back.stored.values()}) == 300
        assert sorted(theirs.bodies.values(), key=int) == [str(n) for n in range(300)]


async def test_a_server_that_is_asked_to_end_answers_all_it_stored(house: House) -> None:
    """What was accepted is stored and acknowledged, then each page is told that the service restarts."""
    async with Client(house, house.first, "caregiver") as caregiver, Client(house, house.first, "peer") as peer:
        keys = [await caregiver.send(f"message {n}") for n in range(300)]
        await peer.until_heard(1)
        await caregiver.until_stored(keys[:1])
        house.first.process.terminate()
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(caregiver.listening, PATIENCE)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        answered = sorted(caregiver.stored.values())
    await asyncio.to_thread(house.first.process.wait, PATIENCE)
    async with Client(house, house.second, "peer") as again:
        await again.until_heard(answered[-1])
        assert again.heard == list(range(1, answered[-1] + 1)), "nothing was stored that was not answered"
    assert set(caregiver.stored) <= set(keys)
    assert answered == list(range(answered[0], answered[-1] + 1))
