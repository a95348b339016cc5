"""A pass over what is due among many open clocks, on SQLite and on PostgreSQL.

    python -m bench.clocks [--clocks 100000] [--due 200]

Measures the pass itself (finding and claiming nothing but what is due) apart from what follows from each clock, and prints how
the database finds the rows. One JSON object on standard output. `--inside` is the part that runs with a database of its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests import servers

RUNS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=200)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.clocks, options.due)))
        return
    found = {"sqlite": inside(options, "")}
    with servers.postgres(durable=True) as url:
        found["postgresql"] = inside(options, url)
    json.dump({"clocks": options.clocks, "due": options.due, **found}, sys.stdout, indent=1)
    print()


def inside(options: argparse.Namespace, url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as var:
        settings = {
            "PORTAL_VAR": var,
            "PORTAL_DEMO": "1",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        command = [sys.executable, "-m", "bench.clocks", "--inside"]
        command += ["--clocks", str(options.clocks), "--due", str(options.due)]
        done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(clocks: int, due: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from portal.clocks.firing import BATCH, due_rows, fire_due

    call_command("migrate", verbosity=0)
    fill(clocks, due)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    now = timezone.now()
    rows = due_rows(now)[:BATCH]
    explained = rows.explain(**({"analyze": True} if connection.vendor == "postgresql" else {}))
    passes = [timed(lambda: list(due_rows(now)[:BATCH])) for _run in range(RUNS)]
    begin = time.perf_counter()
    fired = fire_due()
    with_consequences = time.perf_counter() - begin
    empty = [timed(fire_due) for _run in range(RUNS)]
    return {
        "find_what_is_due_ms": round(statistics.median(passes) * 1000, 2),
        "fired": fired,
        "fired_with_consequences_s": round(with_consequences, 2),
        "consequences_of_one_ms": round(with_consequences / max(fired, 1) * 1000, 1),
        "pass_with_nothing_due_ms": round(statistics.median(empty) * 1000, 2),
        "explain": explained.splitlines(),
    }


def timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def fill(clocks: int, due: int) -> None:
    """Open clocks of one family with two people of each side; `due` of them are past their date."""
    from django.utils import timezone

    from portal.clocks import actions
    from portal.clocks.models import Clock, Matter
    from tests.world import build

    world = build()
    now = timezone.now()
    one = actions.start_clock(
        actor=None,
        program=world.other_program,
        rule_id="MO-PLAN",
        started_at=now,
        trigger_key="one",
        matter=Matter(family=world.faraway_family),
    )
    parts = {
        name.attname: getattr(one, name.attname)
        for name in Clock._meta.concrete_fields
        if name.attname not in {"id", "public_id", "trigger_key"}
    }
    made = []
    for number in range(clocks - 1):
        clock = Clock(**parts, trigger_key=str(number))
        ahead = dt.timedelta(minutes=number + 1) if number >= due else -dt.timedelta(days=1, minutes=number)
        clock.due_at = now + ahead
        clock.next_fire_at = clock.due_at + dt.timedelta(seconds=1)
        made.append(clock)
    Clock.objects.bulk_create(made, batch_size=500)


if __name__ == "__main__":
    main()
