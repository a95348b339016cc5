"""Four workers on one PostgreSQL, some of them killed in the middle: everything follows once, and nothing is forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests import migrated, servers

pytestmark = pytest.mark.slow
CLOCKS = 60
# A third of them come round every 30 days and began 100 days ago: three rounds each have passed.
MISSED = CLOCKS // 3 * 2 + CLOCKS // 3 * 3
PATIENCE = 240


@pytest.fixture
def database(prepared_files: None) -> Iterator[str]:
    with migrated.postgres_alone() as url:
        made = subprocess.run(
            [sys.executable, "-m", "tests.clocks.stage", str(CLOCKS)],
            cwd=servers.ROOT,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        yield url


def worker(database: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "django", "run_clocks", "--once"],
        cwd=servers.ROOT,
        env={**os.environ, "DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def count(database: str, what: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute(what).fetchone()
    assert row is not None
    return int(row[0])


OF_THE_FAMILY = "FROM clocks_clockevent e JOIN clocks_clock c ON c.id = e.clock_id WHERE family_id IS NOT NULL"


def missed(database: str) -> int:
    return count(database, f"SELECT count(*) {OF_THE_FAMILY} AND e.kind = 'missed'")


def wait_for(database: str, number: int) -> None:
    end = time.monotonic() + PATIENCE
    while missed(database) < number:
        assert time.monotonic() < end, "no worker gets on"
        time.sleep(0.05)


def test_what_follows_follows_once_though_workers_are_killed(database: str) -> None:
    assert missed(database) == 0
    workers = [worker(database) for _number in range(4)]
    for number, victim in ((MISSED // 5, workers[0]), (MISSED // 3, workers[1]), (MISSED // 2, workers[2])):
        wait_for(database, number)
        victim.kill()  # kill -9: no goodbye, no clean-up
        victim.wait()
        workers.append(worker(database))
    told = [process.communicate(timeout=PATIENCE) for process in workers]
    survivors = [process for process in workers if process.returncode == 0]
    assert len(survivors) >= 4, [error for _out, error in told]
    last = worker(database).communicate(timeout=PATIENCE)[0]
    assert json.loads(last) == {"fired": 0}

    assert missed(database) == MISSED
    assert count(database, f"SELECT count(DISTINCT clock_id) {OF_THE_FAMILY} AND e.kind = 'missed'") == MISSED
    # Two caregivers, two young people, a liaison and a facilitator.
    for told_once in ("*", "DISTINCT (person_id, about)"):
        notices = f"SELECT count({told_once}) FROM notices_notice WHERE kind = 'clock_missed'"
        assert count(database, notices) == MISSED * 6
    rounds = "SELECT count(*) FROM clocks_clock WHERE rule_id = 'LA-TEAM'"
    assert count(database, rounds) == CLOCKS // 3 * 4
    entries = "SELECT count(*) FROM audit_entry WHERE subject = 'clock' AND family_id IS NOT NULL AND detail->>'event' = 'missed'"
    assert count(database, entries) == MISSED
