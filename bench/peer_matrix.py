"""Synapse on SQLite, and a Matrix client over kept-alive HTTP: one connection that sends, one on which a /sync is always open.

BENCH_SYNAPSE names the Python of the environment it is installed in. Accounts and rooms take a minute to make, so they are made
once; every run starts on a copy of that database, in which nobody has written yet.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import hmac
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from bench import hosts, wire
from bench.hosts import Archive, Host
from bench.load import Run
from bench.peer_hosts import Served, sqlite_durability
from bench.peers import PeerPage

PYTHON = os.environ.get("BENCH_SYNAPSE", "")
SHARED_SECRET = "only for a measurement on this machine"
KEY = re.compile(r'"key":\s?"([0-9a-f-]{36})"')
STARTING_SECONDS = 60
UNLIMITED = {"per_second": 1_000_000, "burst_count": 1_000_000}
FILTER = quote(json.dumps({"presence": {"types": []}, "room": {"timeline": {"limit": 500}}}))
Answered = Callable[[int, bytes, float], None]


def synapse_missing() -> str:
    return "" if PYTHON and Path(PYTHON).is_file() else "BENCH_SYNAPSE does not name a Python with matrix-synapse"


def versions() -> dict[str, str]:
    if synapse_missing():
        return {}
    ask = "import importlib.metadata as m; print(m.version('matrix-synapse'), m.version('twisted'))"
    synapse_version, twisted = subprocess.run(
        [PYTHON, "-c", ask], capture_output=True, text=True, check=True
    ).stdout.split()
    return {"matrix-synapse": synapse_version, "twisted of synapse": twisted}


def config(port: int) -> dict[str, Any]:
    """In favour of the server: no presence, no federation, no log, cheap passwords, no limit on how much anybody writes."""
    limits = ["rc_message", "rc_registration", "rc_joins_per_room", "rc_presence"]
    nested = {"rc_login": ["address", "account", "failed_attempts"], "rc_joins": ["local", "remote"]}
    nested["rc_invites"] = ["per_room", "per_user", "per_issuer"]
    return {
        "server_name": "localhost",
        "pid_file": "pid",
        "listeners": [
            {
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "tls": False,
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": "synapse.sqlite"}},
        "log_config": "log.json",
        "media_store_path": "media",
        "registration_shared_secret": SHARED_SECRET,
        "macaroon_secret_key": SHARED_SECRET,
        "form_secret": SHARED_SECRET,
        "signing_key_path": "signing.key",
        "trusted_key_servers": [],
        "report_stats": False,
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        **dict.fromkeys(limits, UNLIMITED),
        **{name: dict.fromkeys(parts, UNLIMITED) for name, parts in nested.items()},
    }


LOG = {
    "version": 1,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"level": "ERROR", "handlers": ["console"]},
    "disable_existing_loggers": False,
}


@contextmanager
def synapse(pairs: int) -> Iterator[Served]:
    made, cast = _template(pairs)
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as name:
        folder = Path(name) / "synapse"
        shutil.copytree(made.name, folder)
        file = folder / "synapse.sqlite"
        with _running(folder) as host:
            host.archive = Archive(lambda: _keys(file), 1, sqlite_durability(file))
            yield host, cast


@contextmanager
def _running(folder: Path) -> Iterator[Host]:
    port = hosts.free_port()
    (folder / "homeserver.yaml").write_text(json.dumps(config(port)))  # YAML is a superset of JSON
    command = [PYTHON, "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"]
    url = f"http://localhost:{port}"
    with hosts.started("synapse", command, url, lambda: hosts.listens(port), os.environ, folder) as host:
        yield host


def _keys(file: Path) -> Counter[str]:
    with closing(sqlite3.connect(file)) as connection:
        found = (KEY.search(row[0]) for row in connection.execute("SELECT json FROM event_json"))
        return Counter(match[1] for match in found if match)


@functools.cache
def _template(pairs: int) -> tuple[tempfile.TemporaryDirectory[str], list[dict[str, Any]]]:
    """A folder with the accounts and their rooms, which lasts as long as this program, and the cast."""
    made = tempfile.TemporaryDirectory(prefix="porch-bench-")
    folder = Path(made.name)
    (folder / "log.json").write_text(json.dumps(LOG))
    (folder / "homeserver.yaml").write_text(json.dumps(config(0)))
    generate = [PYTHON, "-m", "synapse.app.homeserver", "-c", "homeserver.yaml", "--generate-keys"]
    subprocess.run(generate, cwd=folder, check=True, capture_output=True)
    with _running(folder) as host:
        cast = [_pair(host.url, number) for number in range(pairs)]
    return made, cast


def _pair(url: str, number: int) -> dict[str, Any]:
    people = [_person(url, f"p{number}{side}") for side in "ab"]
    one, other = people
    invitation = {"preset": "private_chat", "is_direct": True, "invite": [other["id"]]}
    room = _ask(url, "POST", "/_matrix/client/v3/createRoom", invitation, one["token"])["room_id"]
    _ask(url, "POST", f"/_matrix/client/v3/rooms/{quote(room)}/join", {}, other["token"])
    return {"conversation": room, "people": people}


def _person(url: str, name: str) -> dict[str, str]:
    path = "/_synapse/admin/v1/register"
    nonce = _ask(url, "GET", path)["nonce"]
    proof = hmac.new(SHARED_SECRET.encode(), f"{nonce}\0{name}\0secret\0notadmin".encode(), hashlib.sha1).hexdigest()
    account = {"nonce": nonce, "username": name, "password": "secret", "admin": False, "mac": proof}
    made = _ask(url, "POST", path, account)
    return {"id": made["user_id"], "token": made["access_token"]}


def _ask(url: str, method: str, path: str, body: Any = None, token: str = "") -> dict[str, Any]:
    data = None if body is None else orjson.dumps(body)
    request = urllib.request.Request(
        url + path, data, {"Authorization": f"Bearer {token}"} if token else {}, method=method
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=STARTING_SECONDS) as answer:
            found: dict[str, Any] = orjson.loads(answer.read())
            return found
    except urllib.error.HTTPError as error:
        error.add_note(f"{method} {path}: {error.read()[:500]!r}")
        raise


class Connection(asyncio.Protocol):
    """One kept-alive connection: a request, its answer, the next request."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._buffer = b""
        self._on_answer: Answered | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, request: bytes, on_answer: Answered) -> None:
        self._on_answer = on_answer
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        moment = time.perf_counter()
        data = self._buffer + data if self._buffer else data
        body, self._buffer = _body(data)
        if body is None:
            return
        on_answer, self._on_answer = self._on_answer, None
        assert on_answer
        on_answer(int(data[9:12]), body, moment)


def _body(data: bytes) -> tuple[bytes | None, bytes]:
    """The body of the first answer in `data` when it is whole, and what is left."""
    begin = data.find(b"\r\n\r\n") + 4
    if begin < 4:
        return None, data
    head = data[:begin].lower()
    if b"transfer-encoding: chunked" in head:
        return _chunked(data, begin)
    at = head.index(b"content-length:") + 15
    end = begin + int(head[at : head.index(b"\r", at)])
    return (data[begin:end], data[end:]) if len(data) >= end else (None, data)


def _chunked(data: bytes, at: int) -> tuple[bytes | None, bytes]:
    parts: list[bytes] = []
    while (line_end := data.find(b"\r\n", at)) >= 0:
        size, begin = int(data[at:line_end], 16), line_end + 2
        at = begin + size + 2
        if len(data) < at:
            break
        if not size:
            return b"".join(parts), data[at:]
        parts.append(data[begin : at - 2])
    return None, data


class MatrixPage(PeerPage):
    """One person's client. What they write leaves one by one, as Matrix clients do it, for else their order would not be kept."""

    def __init__(self, run: Run, person: dict[str, str], conversation: str) -> None:
        super().__init__(run, person, conversation)
        self.sender: Connection
        self.syncer: Connection
        self._waiting: deque[bytes] = deque()
        self._is_sending = False
        self._head = f" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {person['token']}\r\n".encode()
        self._path = f"PUT /_matrix/client/v3/rooms/{quote(conversation)}/send/m.room.message/".encode()

    async def open(self, host: Host, path: str, after: dict[str, int] | None = None) -> None:
        loop = asyncio.get_running_loop()
        port = int(host.url.rpartition(":")[2])
        _transport, self.sender = await loop.create_connection(Connection, "127.0.0.1", port)
        _transport, self.syncer = await loop.create_connection(Connection, "127.0.0.1", port)
        self._sync("")
        async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
            await self.ready

    def close(self) -> None:
        self.sender.transport.abort()
        self.syncer.transport.abort()

    def put(self, key: str) -> None:
        body = self.run.bodies[len(self.keys) % len(self.run.bodies)]
        content = b'{"msgtype":"m.text","key":"' + key.encode() + b'","body":' + body + b"}"
        length = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n".encode()
        self._waiting.append(b"".join((self._path, key.encode(), self._head, length, content)))
        self._next()

    def _next(self) -> None:
        if self._waiting and not self._is_sending:
            self._is_sending = True
            self.sender.ask(self._waiting.popleft(), self._sent)

    def _sent(self, status: int, body: bytes, _moment: float) -> None:
        self._is_sending = False
        if status == 200:
            self.run.tally.acknowledged += 1
        else:
            self.run.tally.refused[f"{status} {body[:200]!r}"] += 1
        if self.run.is_closed_loop:
            self.write()
        self._next()

    def _sync(self, since: str) -> None:
        ask = f"GET /_matrix/client/v3/sync?timeout=30000&set_presence=offline&filter={FILTER}"
        request = ask + (f"&since={since}" if since else "")
        self.syncer.ask(request.encode() + self._head + b"\r\n", self._synced)

    def _synced(self, status: int, body: bytes, moment: float) -> None:
        if status != 200:
            raise RuntimeError(f"/sync answered {status}: {body[:500]!r}")
        answer = orjson.loads(body)
        self._sync(answer["next_batch"])
        if not self.ready.done():
            self.ready.set_result(None)
            return
        room = answer.get("rooms", {}).get("join", {}).get(self.conversation, {})
        for event in room.get("timeline", {}).get("events", ()):
            if event["sender"] != self.person["id"] and event["type"] == "m.room.message":
                self.took(event["content"]["key"], moment)
