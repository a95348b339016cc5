"""Late clocks on an empty database, in a process of its own: `python -m tests.clocks.stage NUMBER` with its `DATABASE_URL`."""

from __future__ import annotations

import datetime as dt
import os
import sys

import django


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.utils import timezone

    from portal.clocks import actions
    from portal.clocks.models import Matter
    from tests.world import build

    world = build()
    actions.keep_program_clocks()
    long_ago = timezone.now() - dt.timedelta(days=100)
    for key in range(number):
        rule_id = ("LA-PLAN", "GRIEVANCE-ACK", "LA-TEAM")[key % 3]  # the last comes round: three rounds were missed
        actions.start_clock(
            actor=None,
            program=world.program,
            rule_id=rule_id,
            started_at=long_ago,
            trigger_key=f"{key}",
            matter=Matter(family=world.family),
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
