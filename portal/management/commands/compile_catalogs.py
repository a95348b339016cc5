from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.language import catalogs

# Languages in which every word of the interface is translated; the others have home, chat and help.
COMPLETE = ("es",)


class Command(BaseCommand):
    help = "Compile the translations in locale/. With --check: exit 1 when a complete language misses a word or a placeholder."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        catalogs.compile_all()

    def _check(self) -> None:
        source = catalogs.source_catalog()
        loaded = {language: catalogs.load(language) for language in catalogs.languages()}
        found = catalogs.in_the_wrong_file(loaded)
        for language, catalog in loaded.items():
            problems = catalogs.problems(language, catalog, source)
            found += [text for text in problems if language in COMPLETE or "not translated" not in text]
        if found:
            raise CommandError("\n".join([*found[:40], f"{len(found)} texts need work."]))
