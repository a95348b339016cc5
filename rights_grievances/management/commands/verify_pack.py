"""Say whether a hearing pack is as it was made, and if not, exactly where. Needs no database and no network."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rights_grievances.verify import problems


class Command(BaseCommand):
    help = "Check a hearing pack offline: every file, the chain of fingerprints, and the zip itself."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--head", default="", help="the number that was shown when the pack was made")

    def handle(self, *_args: Any, file: Path, head: str, **_options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        found = problems(data, head)
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("All is as it was made.")
