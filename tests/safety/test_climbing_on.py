"""A worker killed with `kill -9` in the middle of a step: the next one takes all of it, and nobody is told twice or never."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated, servers


@pytest.mark.slow
def test_the_ladder_of_a_worry_survives_a_killed_worker_at_every_step(prepared_files: None, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.safety.climber"],
        cwd=servers.ROOT,
        env={**os.environ, "DATABASE_URL": migrated.sqlite(tmp_path / "climbed.sqlite3")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    # On call: one person; the supervisor: one liaison; everyone: who is on call and the lead; again: the lead. Each by e-mail.
    people = {"on_call": 1, "supervisor": 1, "everyone": 2, "again": 1}
    assert len(found) == 4 * 4
    for step, moment, ended_by, before, again, after in found:
        whole = [1, people[step], people[step]]
        is_committed = moment == "just committed"
        assert ended_by == signal.SIGKILL, (step, moment)
        assert before == (whole if is_committed else [0, 0, 0]), (step, moment)
        assert again == (0 if is_committed else 1), (step, moment)
        assert after == whole, (step, moment)
