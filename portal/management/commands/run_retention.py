from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand

from messaging import retention


class Command(BaseCommand):
    help = (
        "Remove old messages as the programmes' rules say; without such a rule nothing goes. The worker does it, too."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", required=True, help="one pass, until nothing more is due")
        parser.add_argument("--dry-run", action="store_true", help="say how many messages it would be, and remove none")

    def handle(self, *args: Any, **options: Any) -> None:
        removed = retention.count_old() if options["dry_run"] else retention.remove_old()
        self.stdout.write(json.dumps({"removed": removed}))
