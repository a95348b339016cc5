from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.demo import crowd, story


class Command(BaseCommand):
    help = "Demo mode only: caregiver-peer pairs with an active conversation each, signed in, for load drivers."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--pairs", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("make_cast works in demo mode only: set PORTAL_DEMO=1 on a demo database.")
        if options["pairs"] < 1:
            raise CommandError("--pairs needs a number of at least 1.")
        if not story.is_demo_only():
            raise CommandError("This database holds people the demo did not make, so no cast is made in it.")
        with transaction.atomic():
            made = crowd.make(options["pairs"])
        options["out"].write_text(json.dumps(made, indent=1))
        self.stdout.write(
            f"{len(made)} pairs, signed in until {dt.datetime.now(dt.UTC) + crowd.SIGNED_IN_FOR:%H:%M} UTC."
        )
