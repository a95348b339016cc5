"""The whole house as deploy/ builds it: the shipped proxy, units and gunicorn settings, on PostgreSQL and Redis."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import secrets
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets
from django.conf import settings
from websockets import Origin
from websockets.exceptions import WebSocketException

from portal import serving
from tests import migrated, servers
from tests.deploy import proxy
from tests.deploy.proxy import NAME
from tests.deploy.units import Units
from tests.faults import free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not servers.find_nginx(), reason="no nginx here: install it, or set NGINX to the path of one"),
]
PATIENCE = 20
PAUSE = 0.1  # between two messages of one person
TOKEN = "t" * 32
PREPARE, PAGES = "porchlight-prepare.service", "porchlight-pages.service"


@dataclass
class House:
    url: str
    ports: proxy.Ports
    folder: Path
    trusted: ssl.SSLContext
    units: Units
    cast: dict[str, Any]

    def cookie(self, who: str) -> str:
        return f"porch={self.cast['people'][who]['session']}; porch_csrf={TOKEN}"

    def client(self, who: str = "") -> httpx.AsyncClient:
        headers = {"Host": self.url.removeprefix("https://"), "Origin": self.url, "X-CSRFToken": TOKEN}
        return httpx.AsyncClient(
            base_url=f"https://127.0.0.1:{self.ports.https}",
            headers={**headers, "Cookie": self.cookie(who) if who else f"porch_csrf={TOKEN}"},
            verify=self.trusted,
            timeout=15,
            trust_env=False,
        )


def ask(client: httpx.AsyncClient, method: str, path: str, **more: Any) -> Any:
    return client.request(method, path, extensions={"sni_hostname": NAME}, **more)


@pytest.fixture(scope="module")
def house(prepared_files: None) -> Iterator[House]:
    with ExitStack() as stack:
        folder = stack.enter_context(servers._short_folder("portal-house-"))
        ports = proxy.Ports(free_port(), free_port(), free_port(), (free_port(), free_port()))
        certificate = proxy.lay_out(folder, ports, folder / "var")
        env = {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": with_standby(stack.enter_context(migrated.postgres_alone())),
            "REDIS_URL": stack.enter_context(servers.redis()),
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
            "PORTAL_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "PORTAL_METRICS_TOKEN": TOKEN,
            "PORTAL_VAR": str(folder / "var"),
            "WEB_CONCURRENCY": "1",
        }
        cast = stage(env)
        # What `prepare` would make again, and has in an upgrade of a running site only where files changed.
        shutil.copytree(settings.STATIC_ROOT, folder / "var" / "static")
        (folder / "var" / "static" / "prepared").write_text(serving._key())
        instead = {"8000": str(ports.pages), "127.0.0.1:8000": f"127.0.0.1:{ports.pages}"}
        units = stack.enter_context(Units(folder, {**env, "PORTAL_ALLOWED_HOSTS": NAME}, instead))
        units.start(PREPARE)
        names = [*(f"porchlight-socket@{port}.service" for port in ports.sockets), PAGES]
        together = [threading.Thread(target=units.start, args=(name,)) for name in names]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        stack.enter_context(servers.nginx(folder, ports.https))
        yield House(
            url=f"https://{NAME}:{ports.https}",
            ports=ports,
            folder=folder,
            trusted=ssl.create_default_context(cafile=certificate),
            units=units,
            cast=cast,
        )


def with_standby(url: str) -> str:
    """As docs/operations.md says it for a failover: two servers, of which the first is not there, and every option named there."""
    handbook = (servers.ROOT / "docs" / "operations.md").read_text()
    found = re.search(r"^DATABASE_URL=\S+\?host=db1,db2&port=5432,5432&(\S+)$", handbook, re.MULTILINE)
    assert found is not None
    start, _, folder = url.partition("?host=")
    return f"{start}?host={folder}-gone,{folder}&port=5432,5432&{found[1]}"


def stage(env: dict[str, str]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage"],
        cwd=servers.ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    cast: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return cast


@dataclass
class Page:
    """An open page as the product's own script behaves: resumes by number, sends again under the same key what was not answered."""

    house: House
    who: str
    conversation: str
    known: dict[int, str] = field(default_factory=dict)  # number -> key
    outbox: dict[str, str] = field(default_factory=dict)  # key -> text, until it is stored
    connections: int = 0
    line: websockets.ClientConnection | None = None
    task: asyncio.Task[None] | None = None
    is_closed: bool = False

    async def __aenter__(self) -> Page:
        self.task = asyncio.create_task(self._live())
        await until(lambda: self.line is not None)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.is_closed = True
        if self.line is not None:
            await self.line.close()
        assert self.task is not None
        await self.task

    @property
    def whole(self) -> int:
        """The number up to which nothing is missing."""
        n = 0
        while n + 1 in self.known:
            n += 1
        return n

    async def write(self, body: str) -> None:
        key = str(uuid4())
        self.outbox[key] = body
        if self.line is not None:
            with suppress(WebSocketException):
                await self.line.send(self._frame(key))

    def _frame(self, key: str) -> str:
        return json.dumps({"type": "send", "conversation": self.conversation, "key": key, "body": self.outbox[key]})

    async def _live(self) -> None:
        while not self.is_closed:
            with suppress(OSError, WebSocketException):
                async with websockets.connect(
                    self.house.url.replace("https", "wss") + "/ws/",
                    host="127.0.0.1",
                    port=self.house.ports.https,
                    ssl=self.house.trusted,
                    server_hostname=NAME,
                    origin=Origin(self.house.url),
                    additional_headers={"Cookie": self.house.cookie(self.who)},
                    proxy=None,
                ) as line:
                    await self._hear(line)
            self.line = None
            await asyncio.sleep(0.05)

    async def _hear(self, line: websockets.ClientConnection) -> None:
        after = self.whole
        self.connections += 1
        await line.send(json.dumps({"type": "hello", "after": {self.conversation: after}}))
        newest = after
        async for text in line:
            frame = json.loads(text)
            if frame["type"] == "welcome":
                for key in list(self.outbox):
                    await line.send(self._frame(key))
                self.line = line
            elif frame["type"] == "message":
                assert frame["seq"] > newest, "twice, or out of order, on one connection"
                newest = frame["seq"]
                self._keep(frame)
            elif frame["type"] == "stored":
                self._keep(frame)
            assert frame["type"] != "refused" or frame["code"] == "unavailable", frame

    def _keep(self, frame: dict[str, Any]) -> None:
        assert self.known.setdefault(frame["seq"], frame["key"]) == frame["key"], "one number, two messages"
        self.outbox.pop(frame["key"], None)


async def until(is_so: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0.02)


async def history(house: House, who: str, conversation: str) -> list[tuple[int, str, str]]:
    """What the database holds, as the site itself tells it."""
    found: list[tuple[int, str, str]] = []
    async with house.client(who) as client:
        while True:
            path = f"/conversations/{conversation}/messages/?after={len(found)}"
            answer = (await ask(client, "GET", path, headers={"Accept": "application/json"})).json()
            found += [(each["seq"], each["key"], each["body"]) for each in answer["messages"]]
            if not answer["more"]:
                return found


async def post(client: httpx.AsyncClient, conversation: str, key: str, body: str) -> httpx.Response:
    path = f"/conversations/{conversation}/messages/"
    answer: httpx.Response = await ask(
        client, "POST", path, json={"key": key, "body": body}, headers={"Accept": "application/json"}
    )
    return answer


async def test_pages_plain_posts_and_sockets_all_come_through_the_one_door(house: House) -> None:
    conversation = house.cast["conversations"]["stranger"]
    async with (
        house.client("stranger_caregiver") as hers,
        Page(house, "stranger_peer", conversation) as theirs,
    ):
        page = await ask(hers, "GET", f"/conversations/{conversation}/")
        assert page.status_code == 200
        assert page.headers["strict-transport-security"]
        style = re.search(r'href="(/static/[^"]+base\.[0-9a-f]{12}\.css)"', page.text)
        assert style is not None
        sheet = await ask(hers, "GET", style[1], headers={"Accept-Encoding": "gzip"})
        assert (sheet.status_code, sheet.headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in sheet.headers["cache-control"]
        # Stored by a thread of gunicorn's, pushed by Redis to a page on a socket process: sooner than any look at the database.
        for n in range(1, 4):
            key = str(uuid4())
            answer = await post(hers, conversation, key, f"by post {n}")
            assert (answer.status_code, answer.json()["seq"]) == (201, n)
            assert (await post(hers, conversation, key, f"by post {n}")).json()["seq"] == n
            async with asyncio.timeout(1.4):
                while theirs.known.get(n) != key:
                    await asyncio.sleep(0.01)


async def test_tries_at_signing_in_are_counted_by_the_address_the_proxy_saw(house: House) -> None:
    statuses = []
    async with house.client() as client:
        for n in range(21):
            answer = await ask(
                client,
                "POST",
                "/sign-in/",
                data={"address": f"nobody{n}@example.org", "csrfmiddlewaretoken": TOKEN},
                headers={"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"},
            )
            statuses.append(answer.status_code)
    assert statuses == [302] * 20 + [429]


async def test_the_counts_are_for_the_collector_beside_the_processes_only(house: House) -> None:
    token = {"Authorization": f"Bearer {TOKEN}"}
    async with house.client() as outside:
        assert (await ask(outside, "GET", "/metrics", headers=token)).status_code == 404
    as_the_proxy = {"Host": NAME, "X-Forwarded-Proto": "https"}
    async with httpx.AsyncClient(headers=as_the_proxy, trust_env=False) as beside:
        for port in (house.ports.pages, *house.ports.sockets):
            assert "porchlight_waiting" in (await beside.get(f"http://127.0.0.1:{port}/metrics")).text


async def test_every_process_is_replaced_under_a_stream_of_messages_and_none_is_lost_or_doubled(house: House) -> None:
    conversation = house.cast["conversations"]["marchand"]
    before = {name: process.pid for name, process in house.units.running.items()}
    by_post: dict[str, int] = {}
    refused: list[int] = []
    written: list[str] = []
    is_over = asyncio.Event()

    async def writes(page: Page) -> None:
        while not is_over.is_set():
            written.append(body := f"{page.who} {len(written)}")
            await page.write(body)
            await asyncio.sleep(PAUSE)

    async def posts() -> None:
        """As the page does without a socket: the same key until it is answered."""
        async with house.client("caregiver") as client:
            while not is_over.is_set():
                written.append(body := f"post {len(written)}")
                key = str(uuid4())
                while key not in by_post:
                    with suppress(httpx.TransportError):
                        answer = await post(client, conversation, key, body)
                        if answer.status_code == 201:
                            by_post[key] = answer.json()["seq"]
                        else:
                            refused.append(answer.status_code)
                    await asyncio.sleep(PAUSE)

    async with Page(house, "caregiver", conversation) as hers, Page(house, "peer", conversation) as theirs:
        streams = [asyncio.create_task(stream) for stream in (writes(hers), writes(theirs), posts())]
        rolled = await asyncio.create_subprocess_exec(
            str(servers.ROOT / "deploy" / "rolling-restart"),
            env={**os.environ, "PATH": house.units.path, "SETTLE": "0.5"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _nothing = await rolled.communicate()
        is_over.set()
        await asyncio.gather(*streams)
        assert rolled.returncode == 0, said.decode()
        await until(lambda: not hers.outbox and not theirs.outbox)
        await until(lambda: hers.whole == theirs.whole == len(written))

    after = {name: process.pid for name, process in house.units.running.items()}
    assert set(after) == set(before)
    assert not set(after.values()) & set(before.values()), "every process is a new one"
    assert hers.connections + theirs.connections > 2, "sockets did end, and resumed"
    assert set(refused) <= {502, 503}
    kept = await history(house, "caregiver", conversation)
    assert [seq for seq, _key, _body in kept] == list(range(1, len(written) + 1))
    assert sorted(body for _seq, _key, body in kept) == sorted(written)
    numbers = {key: seq for seq, key, _body in kept}
    assert hers.known == theirs.known == {seq: key for key, seq in numbers.items()}
    assert {key: numbers[key] for key in by_post} == by_post
    print(f"{len(written)} messages, {hers.connections + theirs.connections} connections, refused {refused}")
