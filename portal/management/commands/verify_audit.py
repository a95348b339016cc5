from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.actions import verify
from portal.audit.models import Entry, Seal


class Command(BaseCommand):
    help = "Walk the hash chain of the record; exit 1 and the first broken batch if it was tampered with."

    def handle(self, *args: Any, **options: Any) -> None:
        problem = verify()
        if problem is not None:
            raise CommandError(problem)
        self.stdout.write(f"Whole: {Seal.objects.count()} seals over {Entry.objects.count()} entries.")
