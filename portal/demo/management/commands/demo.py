from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal import serving
from portal.demo import cast, story


class Command(BaseCommand):
    help = "Fill a demo programme and serve it on localhost, everything in one process; Ctrl-C stops all of it."
    requires_system_checks: list[str] = []  # noqa: RUF012 - a warm start should be quick; `check` runs in CI

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--reset", action="store_true", help="forget the demo's people and messages, and begin anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is switched off here. Unset PORTAL_DEMO, or set it to 1.")
        if options["reset"]:
            self._reset()
        self._say("Preparing the database ...")
        serving.prepare()
        try:
            if story.build():
                self._say("Made three small programmes, in Louisiana, Missouri and Florida, with invented people.")
        except story.NotADemo as error:
            raise CommandError(
                "This database holds people the demo did not make, so the demo will not touch it. "
                "Set DATABASE_URL or PORTAL_VAR to another place."
            ) from error
        self._say("Starting the server ...")
        settings.SITE_URL = f"http://localhost:{options['port']}/"  # what e-mails and texts link to
        try:
            serving.serve("127.0.0.1", options["port"], with_worker=True, ready=lambda: self._ready(options["port"]))
        except OSError as error:
            raise CommandError(f"Port {options['port']} cannot be used: try --port 8001.") from error

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _reset(self) -> None:
        """Only ever a database of the demo's own: one with other people in it is refused before anything is removed."""
        if connection.vendor != "sqlite":
            raise CommandError("--reset removes a SQLite file; empty a PostgreSQL demo database by hand.")
        database = Path(str(settings.DATABASES["default"]["NAME"]))
        if (
            database.exists()
            and "accounts_person" in connection.introspection.table_names()
            and not story.is_demo_only()
        ):
            raise CommandError("This database holds people the demo did not make, so it is left as it is.")
        connection.close()
        for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
            path.unlink(missing_ok=True)
        self._say("Forgot the old demo.")

    def _ready(self, port: int) -> None:
        base = f"http://localhost:{port}"
        lines = [
            f"\nPorchlight runs on {base}/   (Ctrl-C stops it)\nEveryone to be, with things to try: {base}/demo/\n"
        ]
        width = max(len(part.name) for part in cast.CAST)
        for part in cast.CAST:
            role = part.role.replace("_", " ")
            lines.append(f"  {part.name:<{width}}  {role:<22} {base}/demo/sign-in/{part.slug}/")
        self._say("\n".join(lines))
        self._say("\nReady. Sign-in codes and notices are printed below.")
