"""Programs that can be killed at any moment and started again as they were: this site, PostgreSQL and Redis.

They are ended as a power cut ends them, with every child they have, and come back at the same address on the same data.
Reads /proc, so it needs Linux.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.conf import settings

from bench import hosts
from tests import migrated, servers

PATIENCE = 60.0
# Below the ports a system gives to outgoing connections: nobody takes one of these while its server is down.
PORTS = range(20_000, 30_000)


class Program:
    """One running program. `is_up` is asked until it says yes after each start; an OSError is a no."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        is_up: Callable[[], bool],
        cwd: Path = servers.ROOT,
        owner: tuple[int, int] | None = None,
    ) -> None:
        self.command, self.log, self.is_up, self.cwd, self.owner = command, log, is_up, cwd, owner
        self.name = Path(command[0]).name
        self.process: subprocess.Popen[bytes] | None = None
        self.pid = 0

    @classmethod
    def adopt(cls, pid: int, options: Sequence[str], is_up: Callable[[], bool]) -> Program:
        """A program that somebody else started in this process and will clean up after."""
        at = Path(f"/proc/{pid}")
        owner = at.stat()
        program = cls(
            [str((at / "exe").readlink()), *options],
            log=(at / "fd/1").readlink(),
            is_up=is_up,
            cwd=(at / "cwd").readlink(),
            owner=(owner.st_uid, owner.st_gid) if owner.st_uid != os.geteuid() else None,
        )
        program.pid = pid
        return program

    def start(self) -> None:
        user, group = self.owner or (None, None)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.cwd,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=[] if self.owner else None,
            )
        self.pid = self.process.pid
        self._wait_until_up()

    def kill(self) -> None:
        """All of it at once: nothing is finished, flushed or told to anybody. Returns when every process is gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGSTOP)  # it starts no child while they are looked up
        family = [self.pid, *_children(self.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
        else:
            with suppress(ChildProcessError):  # not started by this process, and collected by its own parent
                os.waitpid(self.pid, 0)
        until(lambda: not any(_is_alive(pid) for pid in family), "the killed processes are gone")

    def stop(self, polite: signal.Signals = signal.SIGTERM) -> None:
        """Only what was started here: an adopted program that was never killed is its first owner's to stop."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(polite)
        try:
            self.process.wait(servers.STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def forget_peak(self) -> int:
        """From here on `peak` counts anew; what it begins with, in bytes."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        return self.peak()

    def peak(self) -> int:
        """The most bytes of memory it ever had in RAM."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4_000:]

    def _wait_until_up(self) -> None:
        def answers() -> bool:
            assert _is_alive(self.pid), f"{self.name} ended:\n{self.tail()}"
            try:
                return self.is_up()
            except OSError:
                return False

        until(answers, f"{self.name} answers")


def until(is_so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"After {patience:.0f} seconds it was still not so that {what}.")
        time.sleep(0.01)


def _children(parent: int) -> list[int]:
    return [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and (fields := _status(int(folder.name))) and int(fields[1]) == parent
    ]


def _status(pid: int) -> list[str]:
    """State and parent, first; nothing when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def _is_alive(pid: int) -> bool:
    """A zombie holds nothing any more; its parent may be slow to collect it."""
    return _status(pid)[:1] not in ([], ["Z"])


# -- this site --------------------------------------------------------------------------------------------------------------


# Everything that takes long and opens nothing is loaded once; each server is a fork of that, and a whole process of its own.
NURSERY = """
import os, signal, sys
import django
django.setup()
import autobahn.twisted.websocket, portal.urls, twisted.web.http
from messaging import watch
from portal.language import content
content.edition()
watch.EVERY = float(sys.argv[1])
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for port in sys.stdin:
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        from portal import serving
        serving.serve("127.0.0.1", int(port), with_worker=False, ready=lambda: None)
        sys.exit()
    print(pid, flush=True)
"""


class Site(Program):
    """Served as `manage.py serve` does it, always at the same port."""

    def __init__(self, nursery: subprocess.Popen[str], log: Path) -> None:
        self.nursery = nursery
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        super().__init__([self.url], log=log, is_up=lambda: self.get("/healthz")[0] == 200)

    def start(self) -> None:
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(f"{self.port}\n")
        self.nursery.stdin.flush()
        self.pid = int(self.nursery.stdout.readline() or pytest.fail(f"no server was started:\n{self.tail()}"))
        self._wait_until_up()

    def stop(self, polite: signal.Signals = signal.SIGTERM) -> None:
        if self.pid and _is_alive(self.pid):
            os.kill(self.pid, polite)
            try:
                until(lambda: not _is_alive(self.pid), "the server ended", servers.STOP_SECONDS)
            except TimeoutError:
                self.kill()

    def get(self, path: str, cookie: str = "", accept: str = "*/*") -> tuple[int, str]:
        """Status and text. Raises OSError when nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", path, headers={"Host": urlsplit(self.url).netloc, "Cookie": cookie, "Accept": accept})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            line.close()

    def metric(self, name: str) -> int:
        lines = self.get("/metrics")[1].splitlines()
        return int(next(line for line in lines if line.startswith(f"porchlight_{name} ")).split()[1])

    def limit_files(self, size: int) -> None:
        """No file of this process may grow beyond so many bytes: what a disk that is full does to it."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def free_port() -> int:
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise servers.ServerError("no free port was found")


FILL = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("make_cast", pairs=int(sys.argv[1]), out=Path(sys.argv[2]))
"""


def make_talks(folder: Path, database_url: str, pairs: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """An environment for servers, and so many conversations in the empty database it names, each with two people in it.

    The static files are those of the test run.
    """
    env = hosts.site_env(Path(settings.VAR), database_url) | {"REDIS_URL": ""}
    made = folder / "talks.json"
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(pairs), str(made)],
        cwd=servers.ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    talks: list[dict[str, Any]] = json.loads(made.read_text())
    return env, talks


@contextmanager
def sites(env: Mapping[str, str], count: int = 1, *, look_every: float = 2) -> Iterator[list[Site]]:
    """So many servers of this site with one environment, all on one database.

    Every `look_every` seconds their pages are held against the numbers in the database, so that a test need not wait the
    product's quarter of a minute for what a killed server stored and never pushed.
    """
    with tempfile.TemporaryDirectory(prefix="portal-sites-") as folder, ExitStack() as stack:
        log = Path(folder) / "log"
        nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(look_every)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stack.enter_context(log.open("ab")),
            cwd=servers.ROOT,
            env=dict(env),
            text=True,
            start_new_session=True,
        )
        stack.enter_context(nursery)  # ends when its input does
        made = [Site(nursery, log) for _ in range(count)]
        try:
            for each in made:
                each.start()
            yield made
        finally:
            for each in made:
                each.stop()
            print(f"-- the servers had written:\n{made[0].tail()}")  # shown with a test that failed


# -- what it stands on ------------------------------------------------------------------------------------------------------


@contextmanager
def postgres() -> Iterator[tuple[str, Program]]:
    """A durable PostgreSQL with the site's tables: its `DATABASE_URL`, and the program to kill."""
    with migrated.postgres_alone(durable=True) as url:
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        options = Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")[1:]
        program = Program.adopt(pid, options, lambda: _takes_questions(url))
        try:
            yield url, program
        finally:
            program.stop(signal.SIGINT)


def _takes_questions(url: str) -> bool:
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@contextmanager
def redis() -> Iterator[tuple[str, Program]]:
    """Its `REDIS_URL`, and the program to kill."""
    with servers.redis() as url:
        path = urlsplit(url).path
        pid = int(_ask_redis(path, b"INFO server\r\n").partition("process_id:")[2].split()[0])
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no"]
        program = Program.adopt(pid, options, lambda: _ask_redis(path, b"PING\r\n").startswith("+PONG"))
        try:
            yield url, program
        finally:
            program.stop()


def _ask_redis(path: str, question: bytes) -> str:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        client.connect(path)
        client.sendall(question)
        return client.recv(65_536).decode()
