"""A database with all its tables and nothing in them, made once and then copied: making the tables takes half a minute.

The migrations run whole, on SQLite and on PostgreSQL, once for as long as none of them changes: what they left stays in this
machine's temporary folder. A test that wants a database of its own gets a copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import servers

TEMPLATE = "migrated"


def sqlite(path: Path) -> str:
    """Put one there; its `DATABASE_URL`."""
    made = _kept("sqlite3")
    with _one_at_a_time():
        if not made.exists():
            part = made.with_suffix(f".{os.getpid()}")  # another run may make it at this moment
            _migrate(_url_of(part))
            with closing(sqlite3.connect(part)) as connection:  # all of it in the one file that is copied
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            part.rename(made)
    shutil.copyfile(made, path)
    return _url_of(path)


def postgres(url: str) -> str:
    """The name of one that `CREATE DATABASE` takes as its template, in the PostgreSQL at `url`."""
    with _one_at_a_time():
        _make_template(url)
    return TEMPLATE


@contextmanager
def postgres_alone(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL of one's own that has one, at the `DATABASE_URL` this yields, and the template beside it."""
    made = _kept("postgres")
    with _one_at_a_time():
        if not made.exists():
            part = made.with_suffix(f".{os.getpid()}")
            with servers.postgres(data=part) as url:
                _make_template(url)
                with psycopg.connect(_beside(url, "template1"), autocommit=True) as connection:
                    connection.execute("DROP DATABASE postgres")
                    connection.execute(f"CREATE DATABASE postgres TEMPLATE {TEMPLATE}")
            part.rename(made)
            _let_go_of_others(made)
    with servers.postgres(durable=durable, data=made) as url:
        yield url


def _make_template(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            connection.execute("DROP DATABASE IF EXISTS being_migrated")
            connection.execute("CREATE DATABASE being_migrated")
            _migrate(_beside(url, "being_migrated"))
            connection.execute(f"ALTER DATABASE being_migrated RENAME TO {TEMPLATE}")


def _beside(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _let_go_of_others(made: Path) -> None:
    """Each is some 80 MB, and made anew whenever a migration is: of what was made two days ago no run is left."""
    for other in made.parent.glob(f"portal-{TEMPLATE}-*{made.suffix}"):
        if other.stat().st_ctime < time.time() - 2 * 86_400:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Workers of a run need it at the same moment, as may another run: one makes it, the others wait for that."""
    with (Path(tempfile.gettempdir()) / f"portal-{TEMPLATE}-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept(kind: str) -> Path:
    return Path(tempfile.gettempdir()) / f"portal-{TEMPLATE}-{_of_what()}.{kind}"


@cache
def _of_what() -> str:
    """The same as long as all that makes tables is: every migration of ours, and the packages that bring their own."""
    ours = [one for app in ("portal", "messaging", "peer_support", "rights_grievances") for one in _migrations(app)]
    pins = sorted((servers.ROOT / "requirements").glob("*.txt"))  # PostgreSQL comes with what tests need
    content = b"".join(one.read_bytes() for one in [*pins, *sorted(ours)])
    return hashlib.sha256(content + sys.version.encode()).hexdigest()[:16]


def _migrations(app: str) -> Iterator[Path]:
    return (servers.ROOT / app).glob("**/migrations/*.py")


def _url_of(path: Path) -> str:
    return f"sqlite:////{path.as_posix().lstrip('/')}"


def _migrate(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        cwd=servers.ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
