"""Invented entries of a directory, brought in as an import brings them, and HSDS tables written for a test."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from messaging.models import Conversation, Message, SharedEntry, body_context
from portal.accounts.models import Person
from portal.directory.actions import import_directory
from portal.directory.models import Service
from portal.directory.rows import HoursRow, PlaceRow, ProviderRow, ServiceRow
from portal.programs.models import Program

MARAIS = PlaceRow(
    id="marais-1",
    name="Marais House",
    region="jefferson",
    address="12 Pecan Street, Harvey, LA 70058",
    phone="(504) 555-0161",
    hours=(HoursRow("MO,TU", dt.time(9), dt.time(17)),),
)


def service(name: str = "Respite weekends", *places: PlaceRow, **said: Any) -> ServiceRow:
    """Its id is its name in small letters."""
    return ServiceRow(id=name.lower().replace(" ", "-"), name=name, places=places or (MARAIS,), **said)


def bring(program: Program, *services: ServiceRow, provider: str = "Marais Family Center") -> list[Service]:
    """These and nothing else of one provider; gives the entries in that order."""
    row = ProviderRow(id=provider.lower().replace(" ", "-"), name=provider, services=services)
    import_directory(program=program, providers=[row])
    found = {one.external_id: one for one in Service.objects.filter(provider__program=program)}
    return [found[one.id] for one in services]


def listed(program: Program) -> Service:
    """One entry, the same however often it is asked for."""
    (entry,) = bring(program, service(category="respite-services", languages=("en", "es")))
    return entry


def share(conversation: Conversation, author: Person, entry: Service) -> SharedEntry:
    """Shared, with its message put straight into the database: for tests that do not send."""
    conversation = Conversation.objects.get(pk=conversation.pk)
    key = uuid4()
    sealed = conversation.cipher().seal(f"{entry.name}\n(504) 555-0161", body_context(conversation.public_id, key))
    message = Message.objects.create(
        conversation=conversation,
        seq=conversation.last_seq + 1,
        key=key,
        author=author,
        body=sealed,
        sent_at=timezone.now(),
    )
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=message.seq)
    return SharedEntry.objects.create(conversation=conversation, key=key, entry=entry, shared_by=author)


Cells = dict[str, str]


def written(folder: Path, **tables: list[Cells]) -> Path:
    """HSDS tables as CSV, each with the columns its rows use."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id"]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def small(**other: list[Cells]) -> dict[str, list[Cells]]:
    """One organization with one service at one place, and whatever a test says instead."""
    return {
        "organizations": [{"id": "o1", "name": "Marais Family Center", "website": "marais.example.org"}],
        "services": [{"id": "s1", "organization_id": "o1", "name": "Respite weekends", "assured_date": "2026-03-02"}],
        "locations": [{"id": "l1", "name": "Marais House", "location_type": "physical"}],
        "service_at_location": [{"id": "a1", "service_id": "s1", "location_id": "l1"}],
        "addresses": [
            {"id": "d1", "location_id": "l1", "attention": "Ann Persona", "address_1": "12 Pecan Street"}
            | {"city": "Harvey", "region": "Jefferson Parish", "state_province": "LA", "postal_code": "70058"}
        ],
        "phones": [{"id": "p1", "service_id": "s1", "number": '"(504) 555-0161"', "type": "voice"}],
        "languages": [{"id": "g1", "service_id": "s1", "name": "Spanish", "code": "spa"}],
    } | other
