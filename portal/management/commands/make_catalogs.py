from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.language import catalogs


class Command(BaseCommand):
    help = "Read the words out of code and templates into locale/; new ones come in empty, for translators."

    def handle(self, *args: Any, **options: Any) -> None:
        source = catalogs.source_catalog()
        for language in catalogs.languages():
            catalog = catalogs.update(language, source)
            missing = sum(1 for line in catalogs.problems(language, catalog, source))
            self.stdout.write(f"{language}: {len(catalog)} texts, {missing} to do")
