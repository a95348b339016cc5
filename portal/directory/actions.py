"""Writing the directory: what an import brings, and what staff hear of an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from portal.access import directory as access
from portal.access import granted
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.directory.finding import fold
from portal.directory.models import Hours, Place, Provider, Service, coded
from portal.directory.rows import HoursRow, PlaceRow, ProviderRow, ServiceRow
from portal.programs.models import Program

M = TypeVar("M", bound=Model)
OF_A_PROVIDER = ("name", "description", "website", "email")
OF_A_SERVICE = (
    *("name", "description", "category", "who_for", "how_to_get_in", "what_to_bring", "fees", "interpreter"),
    *("alert", "website", "email", "setting", "wait_words", "is_listed"),
)
OF_A_PLACE = ("name", "region", "is_statewide", "address", "phone", "extension", "access", "directions")
OF_HOURS = ("days", "opens_at", "closes_at", "words")


@dataclass(slots=True)
class Counts:
    """What became of each row: "added", "changed" or "same"; of places also "removed"."""

    providers: Counter[str] = field(default_factory=Counter)
    services: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, dict[str, int]]:
        words = ("added", "changed", "same")
        return {
            "providers": {word: self.providers[word] for word in words},
            "services": {word: self.services[word] for word in words},
            "places": {word: self.places[word] for word in (*words, "removed")},
        }

    @property
    def has_changed(self) -> bool:
        return any(count for kind in self.as_json().values() for word, count in kind.items() if word != "same")


@transaction.atomic
def import_directory(*, program: Program, providers: Sequence[ProviderRow]) -> Counts:
    """Bring these entries in: what is new is added, what is different is changed, and the same again changes nothing.

    An entry that is not among them stays as it is: a file may hold a part of a directory. What staff wrote down of a wait or
    a check goes only for something said later. Called by commands, which act for who runs the server.
    """
    program = Program.objects.select_for_update(no_key=True).get(pk=program.pk)  # one import at a time
    counts = Counts()
    known = {one.external_id: one for one in Provider.objects.filter(program=program)}
    services = {
        one.external_id: one
        for one in Service.objects.filter(provider__program=program)
        .select_related("provider")
        .prefetch_related("places__hours")
    }
    for row in providers:
        provider = known.setdefault(row.id, Provider(program=program, external_id=row.id))
        counts.providers[_kept(provider, {name: getattr(row, name) for name in OF_A_PROVIDER})] += 1
        for said in row.services:
            service = services.setdefault(said.id, Service(external_id=said.id))
            _import_service(program, provider, service, said, counts)
    if counts.has_changed:
        record(
            actor=None,
            verb=Entry.Verb.CHANGED,
            subject="directory",
            subject_id=program.slug,
            counts=counts.as_json(),
        )
    return counts


@transaction.atomic
def note_entry(*, actor: Person, entry: Service, wait_days: int | None, is_checked: bool) -> None:
    """Write down how long one waits, as somebody was told today; or that all of the entry was looked at today, or both."""
    role = granted(access.keeping_role(actor, entry) if access.may_note(actor, entry) else None)
    today = entry.provider.program.today()
    locked = Service.objects.select_for_update(no_key=True).get(pk=entry.pk)
    changed = []
    if wait_days is not None:
        locked.wait_days, locked.wait_said_on = wait_days, today
        changed += ["wait_days", "wait_said_on"]
    if is_checked:
        locked.checked_on = today
        changed += ["checked_on"]
    locked.save(update_fields=changed)
    record(
        actor=actor,
        verb=Entry.Verb.CHANGED,
        subject="directory_entry",
        subject_id=entry.public_id,
        role=role.role,
        fields=changed,
    )


def _import_service(program: Program, provider: Provider, service: Service, row: ServiceRow, counts: Counts) -> None:
    fields: dict[str, Any] = {name: getattr(row, name) for name in OF_A_SERVICE}
    fields |= {"provider": provider, "language_codes": coded(list(row.languages)), **_later(service, row)}
    fields["found_by"] = _found_by(program, provider, row)
    before = Counter(counts.places)
    became = _kept(service, fields)
    _import_places(service, row.places, counts)
    is_moved = {word for word, count in (counts.places - before).items() if count} - {"same"}
    counts.services["changed" if became == "same" and is_moved else became] += 1


def _later(service: Service, row: ServiceRow) -> dict[str, Any]:
    """Of a wait and a check whichever was said later; of the same day what is here already."""
    fields: dict[str, Any] = {}
    if row.wait_said_on is not None and (service.wait_said_on is None or row.wait_said_on > service.wait_said_on):
        fields |= {"wait_days": row.wait_days, "wait_said_on": row.wait_said_on}
    if row.checked_on is not None and (service.checked_on is None or row.checked_on > service.checked_on):
        fields["checked_on"] = row.checked_on
    return fields


def _found_by(program: Program, provider: Provider, row: ServiceRow) -> str:
    category = next((one.name for one in program.profile.services if one.id == row.category), row.category)
    where = [text for place in row.places for text in (place.name, place.address)]
    return fold(" ".join((row.name, provider.name, category, row.description, row.who_for, *where)))


def _import_places(service: Service, rows: Iterable[PlaceRow], counts: Counts) -> None:
    is_new = "places" not in getattr(service, "_prefetched_objects_cache", {})
    there = {} if is_new else {place.external_id: place for place in service.places.all()}
    for row in rows:
        place = there.pop(row.id, None) or Place(service=service, external_id=row.id)
        had = tuple(_as_row(one) for one in place.hours.all()) if place.pk else ()
        became = _kept(place, {name: getattr(row, name) for name in OF_A_PLACE})
        if had != row.hours:
            place.hours.all().delete()
            Hours.objects.bulk_create(Hours(place=place, **_of_hours(one)) for one in row.hours)
            became = "added" if became == "added" else "changed"
        counts.places[became] += 1
    for place in there.values():
        place.delete()
        counts.places["removed"] += 1


def _as_row(hours: Hours) -> HoursRow:
    return HoursRow(**_of_hours(hours))


def _of_hours(hours: Hours | HoursRow) -> dict[str, Any]:
    return {name: getattr(hours, name) for name in OF_HOURS}


def _kept(row: M, fields: dict[str, Any]) -> str:
    """Save what is different, and say what became of it."""
    if row.pk is None:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return "added"
    different = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, fields[name])
    if not different:
        return "same"
    row.save(update_fields=different)
    return "changed"
