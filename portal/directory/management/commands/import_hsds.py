from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.directory.actions import import_directory
from portal.directory.hsds.mapping import mapped
from portal.directory.hsds.reading import read
from portal.directory.hsds.tables import Unreadable
from portal.programs.actions import sync_profiles
from portal.programs.models import Program
from portal.programs.registry import profiles


class Command(BaseCommand):
    help = "Bring a directory of services in, as HSDS 3.0: a folder of CSV tables, a zip of it, or JSON. Twice is once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--program", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, known = options["program"], profiles()
        if slug not in known:
            raise CommandError(f'There is no programme "{slug}": choose one of {", ".join(sorted(known))}.')
        try:
            tables = read(options["path"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        program = _program(slug)
        brought = mapped(tables, program.profile, program.today())
        counts = import_directory(program=program, providers=brought.providers)
        answer = {
            **counts.as_json(),
            "refused": [one.as_json() for one in brought.refused],
            "left_out": [one.as_json() for one in brought.left_out],
            "not_kept": dict(sorted(tables.not_used.items())),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _program(slug: str) -> Program:
    """On a fresh database no programme has its row yet."""
    found = Program.objects.filter(slug=slug).first()
    if found is not None:
        return found
    sync_profiles()
    return Program.objects.get(slug=slug)
