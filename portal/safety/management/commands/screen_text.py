from __future__ import annotations

import argparse
import json
import sys
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from portal.safety.screening import screen

LANGUAGES = ("en", "es", "vi", "ht", "fr", "ar", "zh-hans")


class Command(BaseCommand):
    help = 'Screen each line of standard input; prints {"level": "none|concern|crisis", "matched": [...]} for each.'
    requires_system_checks = ()  # no database, no settings: it should answer at once

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--language", required=True, metavar="LANG", help=f"one of {', '.join(LANGUAGES)}")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if language not in LANGUAGES:
            raise CommandError(f'There is no screening in "{language}": choose one of {", ".join(LANGUAGES)}.')
        for line in _lines(sys.stdin.buffer):
            found = screen(line, language)
            self.stdout.write(json.dumps({"level": found.level, "matched": list(found.matched)}))


def _lines(source: BinaryIO) -> list[str]:
    """By line ends alone: other signs that Unicode calls line ends belong to the text."""
    text = source.read().decode("utf-8-sig", errors="replace")
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
