"""One run of taking over: who does it, what is known already, what was counted."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from portal.accounts.models import Person
from portal.care.fhir.node import Unusable
from portal.care.fhir.reading import Key
from portal.care.fhir.terms import BASE, URI
from portal.care.models import ForeignRecord, Item, Plan, Seat, TeamMeeting
from portal.families.models import Family, Member, Release
from portal.programs.models import Program

COUNTED = (
    *("families", "youths", "relatives", "plans", "goals", "services", "steps", "tasks", "other_items"),
    *("seats", "meetings", "releases"),
)
ITEM_COUNTS = {"goal": "goals", "service": "services", "strategy": "steps", "task": "tasks"}
# By `ForeignRecord.row_kind`: the rows, and by what they name the young person they are about.
OF_YOUTH: dict[str, tuple[Any, str]] = {
    "plan": (Plan, "youth"),
    "item": (Item, "plan__youth"),
    "seat": (Seat, "plan__youth"),
    "meeting": (TeamMeeting, "plan__youth"),
    "release": (Release, "youth"),
}
OTHER_SYSTEM = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}/another-system")


def other_system() -> Person:
    """Who stands beside what came in where nobody of the programme brought it: nobody can sign in as that."""
    person, _created = Person.objects.get_or_create(
        public_id=OTHER_SYSTEM,
        defaults={
            "display_name": gettext("Another system"),
            "is_active": False,
            "is_demo": settings.DEMO,
            "password": "!",
        },
    )
    return person


class Run:
    def __init__(self, program: Program, actor: Person) -> None:
        self.program = program
        self.actor = actor
        self.added: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.asked = 0  # differences the family is asked about
        self.kept: Counter[str] = Counter()  # said otherwise elsewhere, and left as it is here
        self.refused: list[dict[str, str]] = []
        self.touched: dict[int, Family] = {}

    def refuse(self, where: str, why: str) -> None:
        self.refused.append({"resource": where, "why": why})

    # -- what is known already --

    def find(self, key: Key) -> ForeignRecord | None:
        rows = ForeignRecord.objects.select_related("family")
        return rows.filter(program=self.program, system=key.system, kind=key.kind, foreign_id=key.id).first()

    def own_id(self, key: Key) -> uuid.UUID | None:
        """The public id of ours that a key names, where the record came from a system like this one."""
        if key.system != URI or not key.id.startswith("urn:uuid:"):
            return None
        try:
            return uuid.UUID(key.id.removeprefix("urn:uuid:"))
        except ValueError:
            return None

    def check_family(self, found: ForeignRecord, family: Family, where: str) -> None:
        if found.family_id != family.pk:
            raise Unusable(
                f"{where} has the id of a record of another family here: "
                "if the files come from another system than before, name it with --source."
            )

    def check_youth(self, found: ForeignRecord, youth: Member, row_kind: str, where: str) -> None:
        """What came before came about the same young person, and as the same thing: a brother's stays his."""
        self.check_family(found, youth.family, where)
        model, path = OF_YOUTH[row_kind]
        if found.row_kind != row_kind or not model.objects.filter(pk=found.row_id, **{path: youth}).exists():
            raise Unusable(
                f"{where} has the id of a record here that is about another young person, or is something else: "
                "correct the file, or name the system it comes from with --source."
            )

    def remember(self, key: Key, family: Family, row: Any, row_kind: str, digest: str) -> ForeignRecord:
        record, _created = ForeignRecord.objects.update_or_create(
            program=self.program,
            system=key.system,
            kind=key.kind,
            foreign_id=key.id,
            defaults={
                "family": family,
                "row_kind": row_kind,
                "row_id": row.pk,
                "content_hash": digest,
                "taken_at": timezone.now(),
            },
        )
        return record
