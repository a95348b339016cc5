from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.clocks.actions import keep_program_clocks
from portal.clocks.firing import fire_due


class Command(BaseCommand):
    help = "Fire every clock that is due and has not fired yet, however long ago that was; any number may run."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass; prints {'fired': n}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["once"]:
            raise CommandError("Say run_clocks --once for one pass. To keep firing, run manage.py worker.")
        keep_program_clocks()
        self.stdout.write(json.dumps({"fired": fire_due()}))
