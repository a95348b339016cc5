from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal import serving


class Command(BaseCommand):
    help = "Bring database, programmes, translations and static files up to date: once, before several processes start."

    def handle(self, *args: Any, **options: Any) -> None:
        serving.prepare()
