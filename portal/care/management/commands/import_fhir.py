from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.access import Refused, exchange
from portal.accounts.models import Person
from portal.care.actions.exchange import take_over
from portal.care.fhir.incoming import incoming
from portal.care.fhir.node import Unusable
from portal.care.fhir.reading import read
from portal.families.actions import NotTrained
from portal.programs.actions import sync_profiles
from portal.programs.models import Program
from portal.programs.registry import profiles


class Command(BaseCommand):
    help = "Bring young people and their plans in, as FHIR R4 JSON: bundles or single resources. Twice is once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--program", required=True, metavar="SLUG")
        parser.add_argument(
            "--by", metavar="PERSON", help="a liaison or facilitator, by id or e-mail: stands beside new families"
        )
        parser.add_argument("--source", default="unnamed", metavar="NAME", help="which system the files come from")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, known = options["program"], profiles()
        if slug not in known:
            raise CommandError(f'There is no programme "{slug}": choose one of {", ".join(sorted(known))}.')
        by = self._by(options["by"])
        program = _program(slug)
        try:
            brought = incoming(read(options["files"], options["source"]), program.today())
            taken = take_over(program=program, brought=brought, by=by)
        except Unusable as error:
            raise CommandError(f"{error} Nothing was taken.") from error
        except NotTrained as error:
            raise CommandError(f"{error.message} Nothing was taken.") from error
        except Refused as error:
            raise CommandError(
                f"{options['by']} is no liaison or facilitator of {slug} now: name one with --by. Nothing was taken."
            ) from error
        answer = taken.as_json() | {
            "refused": [*brought.refused, *taken.run.refused],
            "not_taken": dict(sorted(brought.not_taken.items())),
            "not_kept": dict(sorted(brought.not_kept.items())),
            "missing_references": dict(sorted(brought.missing.items())),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))

    def _by(self, text: str | None) -> Person | None:
        if text is None:
            return None
        person = exchange.person_with(text)
        if person is None:
            raise CommandError(f"Nobody here has the id or e-mail {text}: name a liaison or facilitator with --by.")
        return person


def _program(slug: str) -> Program:
    """On a fresh database no programme has its row yet."""
    found = Program.objects.filter(slug=slug).first()
    if found is not None:
        return found
    sync_profiles()
    return Program.objects.get(slug=slug)
