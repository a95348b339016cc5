from __future__ import annotations

import argparse
import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.access import exchange
from portal.access.exchange import Sheet
from portal.accounts.models import Person
from portal.care.actions.exchange import keep_export, other_system
from portal.care.fhir.checking import problem_of
from portal.care.fhir.outgoing import bundle
from portal.care.fhir.terms import Json
from portal.families.models import Family


class Command(BaseCommand):
    help = "Write a family's plans as one FHIR R4 bundle: what one person may see, or what one consent to share covers."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--family", required=True, metavar="ID")
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--for", dest="person", metavar="PERSON", help="by id or e-mail")
        whom.add_argument("--release", metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        family = exchange.family_with(_id(options["family"], "--family"))
        if family is None:
            raise CommandError(f"There is no family {options['family']} here: look at the id.")
        with transaction.atomic():
            whole, left_out = self._for(family, options) if options["person"] else self._by(family, options)
        self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1))
        counts: dict[str, int] = {}
        for entry in whole.get("entry", []):
            kind = entry["resource"]["resourceType"]
            counts[kind] = counts.get(kind, 0) + 1
        self.stderr.write(json.dumps({"written": counts, "left_out": left_out}, ensure_ascii=False))

    def _for(self, family: Family, options: dict[str, Any]) -> tuple[Json, dict[str, int]]:
        person = exchange.person_with(options["person"])
        sheets = exchange.readable_sheets(person, family) if person is not None else []
        if person is None or not sheets:
            raise CommandError(
                f"There is no plan of that family for {options['person']}: only who may see one can have it written."
            )
        whole = made(sheets)
        again = exchange.readable_sheets(person, family)
        if [_marks(one) for one in again] != [_marks(one) for one in sheets]:
            raise CommandError("What they may see changed while it was written: run it again. Nothing was written.")
        return whole, self._kept(person, sheets)

    def _by(self, family: Family, options: dict[str, Any]) -> tuple[Json, dict[str, int]]:
        release = _id(options["release"], "--release")
        sheet = exchange.covered_sheet(family, release)
        if sheet is None:
            raise CommandError(
                f"There is no consent {release} of that family that holds now: ask who signed it. Nothing was written."
            )
        whole = made([sheet])
        exchange.hold(sheet)
        again = exchange.covered_sheet(family, release)
        if again is None or _marks(again) != _marks(sheet):
            raise CommandError("The consent was taken back, or what it covers changed, meanwhile: nothing was written.")
        return whole, self._kept(other_system(), [sheet])

    def _kept(self, by: Person, sheets: list[Sheet]) -> dict[str, int]:
        left_out: dict[str, int] = {}
        for sheet in sheets:
            keep_export(by=by, sheet=sheet, what=f"{len(sheet.items)} things of the plan, as FHIR R4")
            for name, number in sheet.left_out.items():
                left_out[name] = left_out.get(name, 0) + number
        return left_out


def made(sheets: list[Sheet]) -> Json:
    """The bundle, found to be whole R4."""
    whole = bundle(sheets, timezone.now())
    problem = problem_of(whole)
    if problem is not None:
        raise CommandError(f"What would be written is no FHIR R4 ({problem}): please report it. Nothing was written.")
    return whole


def _marks(sheet: Sheet) -> tuple[Any, ...]:
    """Which state of what a sheet was made from."""
    return (
        [(item.pk, item.mark, item.access_basis) for item in sheet.items],
        [(seat.public_id, seat.state) for seat in sheet.seats],
        [(meeting.pk, meeting.state, meeting.sequence) for meeting in sheet.meetings],
        [(one.pk, one.revoked_at) for one in sheet.releases],
        [member.pk for member in sheet.members],
    )


def _id(text: str, option: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CommandError(f"{option} must be an id such as 123e4567-e89b-12d3-a456-426614174000.") from error
