from __future__ import annotations

import argparse
from typing import Any

from django.core.checks import Error, Tags, run_checks
from django.core.management.base import BaseCommand, CommandError

from portal import serving


class Command(BaseCommand):
    help = "Serve in production, by settings from the environment; refuses to start on a failed deployment check."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [
            problem
            for problem in run_checks(tags=[Tags.security, "deployment"], include_deployment_checks=True)
            if isinstance(problem, Error)
        ]
        if problems:
            raise CommandError("\n".join(f"{problem.msg} {problem.hint or ''}".strip() for problem in problems))
        serving.prepare()
        where = f"http://{options['host']}:{options['port']}"
        serving.serve(
            options["host"],
            options["port"],
            with_worker=False,
            ready=lambda: self.stdout.write(f"Serving on {where}. Start `manage.py worker` beside it."),
        )
