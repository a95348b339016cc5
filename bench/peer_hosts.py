"""ejabberd and Prosody, started as anybody could start them from Debian's packages: own folder, own configuration, loopback only.

peers.md says how they are installed. No system service is touched, and nothing remains after the `with` block.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import hosts
from bench.hosts import Archive

Served = tuple[hosts.Host, list[dict[str, Any]]]
PASSWORD = "secret"
KEY = re.compile(r"<message[^>]*? id='([^']+)'")
EJABBERD_SQL = Path("/usr/share/ejabberd/sql")

EJABBERD = """
hosts: [localhost]
loglevel: error
listen:
  - port: {port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    max_stanza_size: 262144
    shaper: none
    access: all
auth_method: sql
auth_password_format: plain
default_db: sql
{sql}
modules:
  mod_roster: {{}}
  mod_mam:
    default: always
    assume_mam_usage: true
"""
EJABBERD_PGSQL = """
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: {port}
sql_database: postgres
sql_username: portal
"""
EJABBERD_SQLITE = """
sql_type: sqlite
sql_database: "{file}"
"""

PROSODY = """
run_as_root = true
data_path = "{folder}"
pidfile = "{folder}/pid"
log = {{ error = "*console" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
modules_enabled = {{ "roster", "saslauth", "mam" }}
modules_disabled = {{ "s2s", "offline" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = {{ archive = "sql" }}
sql = {{ driver = "SQLite3", database = "{file}" }}
archive_expires_after = "never"
default_archive_policy = true
VirtualHost "localhost"
"""


def cast_of(pairs: int) -> list[dict[str, Any]]:
    cast = []
    for number in range(pairs):
        one, other = f"p{number}a", f"p{number}b"
        people = [{"id": a, "partner": b, "password": PASSWORD} for a, b in ((one, other), (other, one))]
        cast.append({"conversation": f"pair {number}", "people": people})
    return cast


def names_of(cast: list[dict[str, Any]]) -> list[str]:
    return [person["id"] for entry in cast for person in entry["people"]]


def _ejabberd_code() -> Path | None:
    return next(iter(sorted(Path("/usr/lib").glob("*/ejabberd-*"))), None)


def ejabberd_missing() -> str:
    return "" if shutil.which("erl") and _ejabberd_code() else "ejabberd is not installed"


def prosody_missing() -> str:
    return "" if shutil.which("prosody") else "prosody is not installed"


def versions() -> dict[str, str]:
    """Of the Debian packages that are installed."""
    names = ["ejabberd", "erlang-base", "erlang-p1-pgsql", "erlang-p1-sqlite3", "prosody", "lua-dbi-sqlite3"]
    ask = ["dpkg-query", "--show", "--showformat", "${Package} ${Version}\n", *names]
    found = subprocess.run(ask, capture_output=True, text=True, check=False).stdout if shutil.which(ask[0]) else ""
    return dict(line.split(" ", 1) for line in found.splitlines())


@contextmanager
def ejabberd(database: str, pairs: int) -> Iterator[Served]:
    cast = cast_of(pairs)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-bench-")))
        url = ""
        if database == "postgresql":
            port = hosts.free_port()
            url = stack.enter_context(hosts.postgresql(port))
            sql = EJABBERD_PGSQL.format(port=port)
            archive = _ejabberd_on_postgresql(url, names_of(cast))
        else:
            file = folder / "ejabberd.sqlite"
            sql = EJABBERD_SQLITE.format(file=file)
            archive = _ejabberd_on_sqlite(file, names_of(cast))
        host = stack.enter_context(_ejabberd_node(folder, sql))
        host.postmaster, host.archive = hosts.postmaster(url), archive
        yield host, cast


def _ejabberd_on_postgresql(url: str, names: list[str]) -> Archive:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((EJABBERD_SQL / "pg.sql").read_bytes())
        with connection.cursor() as cursor:
            rows = [(name, PASSWORD) for name in names]
            cursor.executemany("INSERT INTO users (username, password) VALUES (%s, %s)", rows)
        fsync = ", ".join(
            f"{name}={connection.execute(f'SHOW {name}'.encode()).fetchone()[0]}"  # type: ignore[index]
            for name in ("fsync", "synchronous_commit")
        )

    def keys() -> Counter[str]:
        with psycopg.connect(url) as connection:
            return _keys(row[0] for row in connection.execute("SELECT xml FROM archive"))

    return Archive(keys, 2, fsync)


def _ejabberd_on_sqlite(file: Path, names: list[str]) -> Archive:
    # Its driver sets neither: the journal mode stays with the file, and synchronous is what SQLite was built with.
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript((EJABBERD_SQL / "lite.sql").read_text())
        rows = [(name, PASSWORD) for name in names]
        connection.executemany("INSERT INTO users (username, password) VALUES (?, ?)", rows)
    return Archive(lambda: _sqlite_keys(file, "SELECT xml FROM archive"), 2, sqlite_durability(file))


@contextmanager
def _ejabberd_node(folder: Path, sql: str) -> Iterator[hosts.Host]:
    """One Erlang node without a name: it needs no port mapper and nobody can reach it but through its listener."""
    port = hosts.free_port()
    code = _ejabberd_code()
    assert code
    config = folder / "ejabberd.yml"
    config.write_text(EJABBERD.format(port=port, sql=sql))
    env = {
        **os.environ,
        "EJABBERD_CONFIG_PATH": str(config),
        "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
        "ERL_LIBS": str(code.parent),
        "ERL_CRASH_DUMP_BYTES": "0",
        "HOME": str(folder),
    }
    # The limits of ejabberdctl; one scheduler for the one core.
    command = ["erl", "-noinput", "+P", "250000", "+S", "1:1"]
    command += ["-mnesia", "dir", f'"{folder}/mnesia"', "-s", "ejabberd"]
    url = f"tcp://localhost:{port}"
    with hosts.started("ejabberd", command, url, lambda: hosts.listens(port), env, folder) as host:
        yield host


@contextmanager
def prosody(pairs: int) -> Iterator[Served]:
    cast, port = cast_of(pairs), hosts.free_port()
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as name:
        folder = Path(name)
        file, config = folder / "prosody.sqlite", folder / "prosody.cfg.lua"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")  # stays with the file
        config.write_text(PROSODY.format(port=port, folder=folder, file=file))
        accounts = folder / "localhost" / "accounts"
        accounts.mkdir(parents=True)
        for person in names_of(cast):
            (accounts / f"{person}.dat").write_text(f'return {{ ["password"] = "{PASSWORD}"; }};\n')
        command = ["prosody", "--config", str(config), "-F"]
        archive = Archive(lambda: _sqlite_keys(file, "SELECT value FROM prosodyarchive"), 2, sqlite_durability(file))
        url = f"tcp://localhost:{port}"
        with hosts.started("prosody", command, url, lambda: hosts.listens(port), os.environ, folder) as host:
            host.archive = archive
            yield host, cast


def sqlite_durability(file: Path) -> str:
    """Of a new connection that sets nothing, with the SQLite of this Python."""
    with closing(sqlite3.connect(file)) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        return f"journal_mode={mode}, synchronous={connection.execute('PRAGMA synchronous').fetchone()[0]}"


def _sqlite_keys(file: Path, query: str) -> Counter[str]:
    with closing(sqlite3.connect(file)) as connection:
        return _keys(row[0] for row in connection.execute(query))


def _keys(stanzas: Iterator[Any]) -> Counter[str]:
    found = (KEY.search(stanza if isinstance(stanza, str) else stanza.decode()) for stanza in stanzas)
    return Counter(match[1] for match in found if match)
