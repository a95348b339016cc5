"""The desk of a coordinator with thousands of open cases, on SQLite and on PostgreSQL.

    python -m bench.desk [--cases 10000]

Opens the page as a browser does, whole and with each filter (tests/rights_grievances/test_desk.py counts the questions). One JSON
object on standard output, with what the processor itself spent on it: on a busy machine the rest is waiting.
`--inside` is the part that runs with a database of its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests import servers

RUNS = 9
SHOWS = ("", "?show=late", "?show=mine", "?show=unsorted", "?show=plan", "?show=appeals", "?page=100")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.cases)))
        return
    found = {"sqlite": inside(options, "")}
    with servers.postgres(durable=True) as url:
        found["postgresql"] = inside(options, url)
    json.dump({"cases": options.cases, **found}, sys.stdout, indent=1)
    print()


def inside(options: argparse.Namespace, url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as var:
        settings = {
            "PORTAL_VAR": var,
            "PORTAL_DEMO": "1",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        command = [sys.executable, "-m", "bench.desk", "--inside", "--cases", str(options.cases)]
        done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def measure(cases: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests import world as cast

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    world = cast.build()
    fill(world, cases)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    browser = cast.signed_in(None, world.coordinator)
    found: dict[str, Any] = {}
    for show in SHOWS:
        page = f"/desk/{show}"
        assert browser.get(page, HTTP_HOST="localhost").status_code == 200
        spent = time.process_time()
        times = [timed(lambda page=page: browser.get(page, HTTP_HOST="localhost")) for _run in range(RUNS)]
        spent = time.process_time() - spent
        found[show or "all"] = {
            "ms": round(statistics.median(times) * 1000, 1),
            "slowest_ms": round(max(times) * 1000, 1),
            "processor_ms": round(spent / RUNS * 1000, 1),
        }
    return found


def fill(world: Any, cases: int) -> None:
    """Rows as the actions would leave them, put in at once: open cases of the programme, some of which nobody there may see."""
    from django.utils import timezone

    from rights_grievances.models import Against, Case

    rng = random.Random(8)
    now = timezone.now()
    kinds, states = (
        ["unsorted", "question", "grievance", "appeal"],
        ["filed", "received", "acknowledged", "under_review"],
    )
    first = Case(program=world.program)
    first.words = "Nobody called us back."
    rows = []
    for _ in range(cases):
        told = now - dt.timedelta(hours=rng.randint(1, 24 * 60))
        state = rng.choice(states)
        is_at_plan = state != "filed"
        rows.append(
            Case(
                program=world.program,
                family=world.family,
                youth=world.youth_member,
                filed_by=world.caregiver,
                filed_as="caregiver",
                way="page",
                kind=rng.choice(kinds),
                state=state,
                language="en",
                sealed_words=first.sealed_words,
                plan="csoc-contractor",
                filed_at=told,
                forwarded_at=told if is_at_plan or rng.random() < 0.3 else None,
                received_by_plan_at=told if is_at_plan else None,
                handler=world.coordinator_role,
                next_due_at=told + dt.timedelta(days=rng.choice([2, 30])),
            )
        )
    Case.objects.bulk_create(rows, batch_size=500)
    made = list(Case.objects.order_by("pk"))
    named = [Against(case=case, person=rng.choice([world.peer, world.mentor])) for case in made[::4]]
    named += [Against(case=case, person=world.coordinator) for case in made[1::50]]
    Against.objects.bulk_create(named, batch_size=500)


def timed(act: Any) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
