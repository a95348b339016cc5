"""What is measured, started: a server of its own on a database of its own, on one core, and what it costs there.

The driver moves to the other core. Everything listens on localhost and ends with its `with` block.
"""

from __future__ import annotations

import gc
import importlib.metadata
import json
import os
import platform
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, DRIVER_CORE = 0, 1
START_SECONDS = 60
STOP_SECONDS = 15
TICK = os.sysconf("SC_CLK_TCK")
# Where the servers run: give one made from requirements/base.txt alone, because what tests install besides changes the figures
# (autobahn colours a log line it never writes for each frame where it finds click).
PYTHON = os.environ.get("BENCH_PYTHON", sys.executable)
# What `manage.py serve` runs, without its deployment check, which a plain-http loopback site cannot pass.
SERVE = """
import sys, django
django.setup()
from portal import serving
serving.serve("127.0.0.1", int(sys.argv[1]), with_worker=sys.argv[2] == "1", ready=lambda: None)
"""


@dataclass
class Archive:
    """How a server's stored messages are found: `keys()` names each row, `copies` is how many rows a message has."""

    keys: Callable[[], Counter[str]]
    copies: int
    durability: str  # what the database says of itself


@dataclass
class Host:
    """A running server: `pids` are the processes whose CPU is its cost."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    postmaster: int | None = None
    archive: Archive | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def cpu(self) -> float:
        """Seconds of CPU the server process and its children have used."""
        return _cpu_of([self.pid, *_children(self.pid)])

    def database_cpu(self) -> float:
        return _cpu_of([self.postmaster, *_children(self.postmaster)]) if self.postmaster else 0.0

    def resident(self) -> int:
        """Bytes of memory in RAM, children included."""
        return sum(_resident(pid) for pid in [self.pid, *_children(self.pid)])


def _cpu_of(pids: Sequence[int]) -> float:
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        except OSError:  # ended meanwhile
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def _children(parent: int | None) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(") ")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found.append(int(folder.name))
    return found


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def site(
    *,
    pairs: int,
    database: str = "sqlite",
    group: int = 2,
    with_worker: bool = False,
    folder: Path | None = None,
) -> Iterator[tuple[Host, list[dict[str, Any]]]]:
    """This project on an empty database with a cast of `pairs` conversations, served by Daphne; yields it and the cast."""
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-bench-", dir=folder)))
        url = ""
        if database == "postgresql":
            url = stack.enter_context(postgresql())
        env = site_env(var, url)
        cast = make_cast(env, pairs=pairs, group=group)
        host = stack.enter_context(daphne_of_site(env, with_worker=with_worker))
        host.postmaster = postmaster(url)
        yield host, cast


def site_env(var: Path, database_url: str = "") -> dict[str, str]:
    return {
        **os.environ,
        "PORTAL_VAR": str(var),
        "PORTAL_DEMO": "1",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "EMAIL_URL": "file://" + str(var / "mail"),
        "SMS_URL": "file://" + str(var / "sms"),
    }


def make_cast(env: Mapping[str, str], *, pairs: int, group: int = 2) -> list[dict[str, Any]]:
    """Fill the database that `env` names. `group` above 2 makes conversations of that many people instead of pairs."""
    var = Path(env["PORTAL_VAR"])
    out = var / "cast.json"
    run_manage(env, "migrate", "--verbosity", "0")
    if not (var / "static" / "staticfiles.json").exists():
        run_manage(env, "collectstatic", "--no-input", "--verbosity", "0")
    if group == 2:
        run_manage(env, "make_cast", "--pairs", str(pairs), "--out", str(out))
    else:
        _run([sys.executable, "-m", "bench.groups", str(pairs), str(group), str(out)], env)
    cast: list[dict[str, Any]] = json.loads(out.read_text())
    return cast


def run_manage(env: Mapping[str, str], *arguments: str) -> None:
    _run([sys.executable, "manage.py", *arguments], env)


def _run(command: Sequence[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


@contextmanager
def postgresql(port: int = 0) -> Iterator[str]:
    """On the server's core, and with every commit on the disk: what is acknowledged here would survive a power cut."""
    from tests.servers import postgres

    with _on_core(SERVER_CORE):
        server = postgres(durable=True, port=port)
        url = server.__enter__()
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


def postmaster(url: str) -> int | None:
    if not url:
        return None
    folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def daphne_of_site(env: Mapping[str, str], *, with_worker: bool = False, port: int = 0) -> Any:
    port = port or free_port()
    command = [PYTHON, "-c", SERVE, str(port), "1" if with_worker else "0"]
    return running("porchlight", command, port, "/healthz", env)


def gunicorn_of_site(env: Mapping[str, str], *, threads: int) -> Any:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "gthread", "--threads", str(threads), "--keep-alive", "60"]
    return running("gunicorn", [*command, "--log-level", "warning"], port, "/healthz", env)


def daphne_of(name: str, application: str, env: Mapping[str, str]) -> Any:
    """Any other ASGI application, without an access log, as the site is served."""
    port = free_port()
    command = [PYTHON, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0", application]
    return running(name, command, port, "/", env)


@contextmanager
def running(name: str, command: Sequence[str], port: int, path: str, env: Mapping[str, str]) -> Iterator[Host]:
    """Start `command` on the server's core, wait until `path` answers, and stop it at the end."""
    url = f"http://localhost:{port}"
    with started(name, command, url, lambda: _answers(url + path), env) as host:
        yield host


@contextmanager
def started(
    name: str,
    command: Sequence[str],
    url: str,
    is_ready: Callable[[], object],
    env: Mapping[str, str],
    cwd: Path = ROOT,
) -> Iterator[Host]:
    """Start any server on its core; until `is_ready()` comes back without an OSError it is not."""
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, after the process has ended
    with _on_core(SERVER_CORE):
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    host = Host(name, url, process)
    try:
        _wait_for(host, is_ready)
        yield host
    except Exception as error:
        log.seek(0)
        error.add_note(f"{name} had written:\n{log.read()[-4000:].decode(errors='replace')}")
        raise
    finally:
        _stop(process)
        log.close()


def _answers(url: str) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(url, timeout=5):
        pass


def listens(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass


def _wait_for(host: Host, is_ready: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and host.process.poll() is None:
        try:
            is_ready()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{host.name} did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _on_core(core: int) -> Iterator[None]:
    """What is started inside inherits the core; a machine with one core, or another system, is left as it is."""
    before = cores()
    if core in before and len(before) > 1:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        if before:
            os.sched_setaffinity(0, before)


def cores() -> set[int]:
    return set(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else set()


@contextmanager
def driving() -> Iterator[None]:
    """This process on its own core, and without pauses for garbage collection: runs are short and bounded."""
    with _on_core(DRIVER_CORE):
        gc.collect()
        gc.disable()
        try:
            yield
        finally:
            gc.enable()


def machine() -> dict[str, Any]:
    """What a reader of the figures has to know of where they were made."""
    packages = ["django", "channels", "daphne", "twisted", "autobahn", "orjson", "psycopg", "gunicorn"]
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_before": os.getloadavg()[0],
        "fdatasync_ms": fdatasync_ms(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
    }


def fdatasync_ms(times: int = 200) -> float:
    """The median time to put 4 KiB on the disk where databases are made: the floor under every commit."""
    took = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            file.flush()
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begin)
    return round(sorted(took)[times // 2] * 1000, 3)
