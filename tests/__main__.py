"""`python3 manage.py test`: the whole suite on SQLite, then what depends on the database on PostgreSQL and Redis.

With arguments there is one run, and they go to pytest; `--postgres` as the first makes that run on PostgreSQL and Redis.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

from tests import migrated
from tests.servers import ROOT, find_chromium, find_nginx, redis

NO_TESTS = 5  # pytest's exit code when nothing was selected


def main(arguments: list[str]) -> int:
    """Run and return the exit code: the worst of all runs."""
    if arguments[:1] == ["--postgres"]:
        return _run_on_postgres(arguments[1:])
    if arguments:
        return _run(arguments, _servers("", ""))
    os.environ["CHROMIUM"] = _chromium()
    _nginx()
    _say("Run 1 of 2: the whole suite on SQLite.")
    on_sqlite = _run(_side_by_side(), _servers("", ""))
    _say("Run 2 of 2: what depends on the database, on PostgreSQL and Redis.")
    on_postgres = _run_on_postgres([*_side_by_side(), "-m", "both_databases"])
    return max(on_sqlite, 0 if on_postgres == NO_TESTS else on_postgres)


def _side_by_side() -> list[str]:
    """A whole run uses the cores there are, in the order and the groups that tests/conftest.py gives."""
    cores = str(min(os.cpu_count() or 1, 4))
    return ["-n", cores, "--dist", "loadgroup", "--no-loadscope-reorder", "--durations", "30"]


def _run_on_postgres(arguments: list[str]) -> int:
    with migrated.postgres_alone() as database_url, redis() as redis_url:
        return _run(arguments, _servers(database_url, redis_url))


def _servers(database_url: str, redis_url: str) -> dict[str, str]:
    """Said in every run, so that no database of the person who runs this is ever touched."""
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


def _run(arguments: list[str], env: dict[str, str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], env={**_environment(), **env}, check=False
    ).returncode


def _environment() -> dict[str, str]:
    """This one's, in which what was compiled is kept: a run starts many programs, and each would compile all of Django anew.

    Where nothing compiled is to lie beside the sources (PYTHONDONTWRITEBYTECODE), it lies in var/.
    """
    kept = dict(os.environ)
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "pycache"))
    return kept


def _chromium() -> str:
    found = find_chromium()
    if not found:
        _say("Fetching Chromium for the browser tests ...")
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
        found = find_chromium()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _say("Installing the system package chromium ...")
        _try(["apt-get", "update"])
        _try(["apt-get", "install", "-y", "chromium"])
        found = find_chromium()
    if not found:
        sys.exit("The browser tests need Chromium: install it, or set CHROMIUM to the path of one, and run this again.")
    return found


def _nginx() -> None:
    """Without one, the tests of the proxy say that they were skipped, and why."""
    if not find_nginx() and os.geteuid() == 0 and shutil.which("apt-get"):
        _say("Installing the system package nginx-light ...")
        _try(["apt-get", "update"])
        _try(["apt-get", "install", "-y", "--no-install-recommends", "nginx-light"])
        _try(["service", "nginx", "stop"])  # the package starts one of its own; the tests need the program only


def _try(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a stopped run still ends its servers
    sys.exit(main(sys.argv[1:]))
