from __future__ import annotations

import argparse
import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.access import concern_counts
from portal.programs.models import Program
from rights_grievances import mcpar

FIRST_YEAR = 2000


class Command(BaseCommand):
    help = "Count a year's complaints, appeals and hearings by the federal codes, as a table: id, label, count."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--program", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, metavar="YYYY")
        parser.add_argument("--plan", default="", metavar="ID", help="of one health plan alone")

    def handle(self, *args: Any, **options: Any) -> None:
        program = _program(options["program"])
        year = _year(options["year"], program)
        plan = options["plan"]
        if plan and plan not in program.profile.plans:
            raise CommandError(
                f"{program.slug} has no health plan {plan}: use one of {', '.join(program.profile.plans)}."
            )
        cases = concern_counts.told_cases(program, plan)
        writer = csv.writer(self.stdout)
        writer.writerow(["id", "label", "count"])
        writer.writerows([row.id, row.label, row.count] for row in mcpar.rows(cases, year))
        if missing := mcpar.without_reason(cases, year):
            self.stderr.write(f"D1.IV.6a to 6g do not add up to D1.IV.1: appeals without a reason: {missing}.")


def _program(slug: str) -> Program:
    program = Program.objects.filter(slug=slug).first()
    if program is None:
        known = ", ".join(Program.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no program {slug} here: use one of {known}.")
    return program


def _year(text: str, program: Program) -> int:
    last = timezone.now().astimezone(program.zone).year
    if not (text.isascii() and text.isdigit() and len(text) == len("YYYY") and FIRST_YEAR <= int(text) <= last):
        raise CommandError(f"{text} is no year to count: write four digits, from {FIRST_YEAR} to {last}.")
    return int(text)
