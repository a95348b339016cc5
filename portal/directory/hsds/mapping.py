"""From the tables of an HSDS directory to our entries: pure, and nothing is dropped without a word.

A row that cannot be used is refused with a plain reason and holds up no other; a value that cannot be used is left out of a
row that is otherwise kept. Names, numbers and addresses of single people (`contacts`, `attention`) are never taken.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from portal.directory.hsds import places, values
from portal.directory.hsds.tables import MAIN, PARTS, Row, Said, Tables
from portal.directory.rows import LONGEST_ID, LONGEST_NAME, PlaceRow, ProviderRow, ServiceRow
from portal.text import one_line

if TYPE_CHECKING:
    from portal.programs.schema import Profile

T = TypeVar("T")

OPEN = {"", "active"}
CLOSED = {"inactive", "defunct", "temporarily closed"}
REFERENCES = ("organization_id", "service_id", "location_id", "service_at_location_id", "link_id")


@dataclass(slots=True)
class Mapped:
    providers: list[ProviderRow] = field(default_factory=list)
    refused: list[Said] = field(default_factory=list)
    left_out: list[Said] = field(default_factory=list)


class Book:
    """The tables, found by what their rows name; and what was said of them on the way."""

    def __init__(self, tables: Tables, profile: Profile, today: dt.date) -> None:
        self.profile, self.today = profile, today
        self.refused, self.left_out = list(tables.refused), list[Said]()
        self._tables = tables
        self._by: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.ids = {row["id"] for table in MAIN for row in tables.rows[table]} - {""}

    def rows(self, table: str) -> list[Row]:
        return self._tables.rows[table]

    def of(self, table: str, column: str, name: str) -> list[Row]:
        if (table, column) not in self._by:
            index = self._by[table, column] = defaultdict(list)
            for row in self.rows(table):
                index[row[column]].append(row)
        return self._by[table, column].get(name, []) if name else []

    def refuse(self, row: Row, why: str) -> None:
        self.refused.append(_said(row, why))

    def leave_out(self, row: Row, name: str, why: str) -> None:
        self.left_out.append(_said(row, why, name))

    def value(self, row: Row, name: str, read: Callable[[str], T], none: T) -> T:
        """One cell as `read` takes it; left out, with the reason, where it cannot."""
        try:
            return read(row[name])
        except ValueError as error:
            self.leave_out(row, name, str(error))
            return none

    def usable(self, table: str) -> Iterator[Row]:
        """The rows that have an id of their own; each id once."""
        seen: set[str] = set()
        for row in self.rows(table):
            if not row["id"]:
                self.refuse(row, "has no id")
            elif len(row["id"]) > LONGEST_ID:
                self.refuse(row, f"has an id of more than {LONGEST_ID} characters")
            elif row["id"] != one_line(row["id"], LONGEST_ID):
                self.refuse(row, "has an id with characters that nobody can read")
            elif row["id"] in seen:
                self.refuse(row, "has an id that an earlier row of this table has")
            else:
                seen.add(row["id"])
                yield row


def _said(row: Row, why: str, name: str = "") -> Said:
    return Said(row.table, row.line, row["id"][:LONGEST_ID], why, name)


def mapped(tables: Tables, profile: Profile, today: dt.date) -> Mapped:
    """The entries of these tables, in their order."""
    book = Book(tables, profile, today)
    providers = {row["id"]: row for row in book.usable("organizations") if _has_name(book, row)}
    standing = _standing(book)
    services: dict[str, list[ServiceRow]] = defaultdict(list)
    for row in book.usable("services"):
        if _has_name(book, row) and _has_provider(book, row, providers):
            services[row["organization_id"]].append(_service(book, row, standing))
    entries = [_provider(book, row, tuple(services[name])) for name, row in providers.items()]
    _say_what_hangs_loose(book)
    # What hangs on several services was looked at with each of them.
    return Mapped(entries, list(dict.fromkeys(book.refused)), list(dict.fromkeys(book.left_out)))


def _has_name(book: Book, row: Row) -> bool:
    if not one_line(row["name"], LONGEST_NAME):
        book.refuse(row, "has no name")
        return False
    return True


def _has_provider(book: Book, row: Row, providers: dict[str, Row]) -> bool:
    if row["organization_id"] in providers:
        return True
    named = row["organization_id"]
    is_refused = named in book.ids
    book.refuse(
        row,
        "belongs to an organization that was refused"
        if is_refused
        else "names an organization that is not in this directory"
        if named
        else "names no organization",
    )
    return False


def _provider(book: Book, row: Row, services: tuple[ServiceRow, ...]) -> ProviderRow:
    return ProviderRow(
        id=row["id"],
        name=one_line(row["name"], LONGEST_NAME),
        description=values.text(row["description"]),
        website=book.value(row, "website" if row["website"] else "url", values.website, ""),
        email=book.value(row, "email", values.email, ""),
        services=services,
    )


def _service(book: Book, row: Row, standing: dict[str, list[tuple[Row, Row]]]) -> ServiceRow:
    checked_on = book.value(row, "assured_date", lambda cell: values.date(cell, book.today), None)
    said_on = checked_on or book.value(row, "last_modified", lambda cell: values.date(cell, book.today), None)
    wait_days = values.wait(row["wait_time"])
    return ServiceRow(
        id=row["id"],
        name=one_line(row["name"], LONGEST_NAME),
        places=_places(book, row, standing[row["id"]]),
        description=values.text(row["description"]),
        category=values.category(list(_terms(book, row)), book.profile),
        languages=_languages(book, row, standing[row["id"]]),
        who_for=values.text(row["eligibility_description"] or row["eligibility"]),
        how_to_get_in=values.text(row["application_process"]),
        what_to_bring=_joined(one["document"] for one in book.of("required_documents", "service_id", row["id"])),
        fees=values.text(row["fees_description"] or row["fees"]) or _costs(book, row),
        interpreter=values.text(row["interpretation_services"]),
        alert=values.text(row["alert"]),
        website=book.value(row, "url", values.website, ""),
        email=book.value(row, "email", values.email, ""),
        wait_words=one_line(row["wait_time"], 300),
        wait_days=wait_days if said_on else None,
        wait_said_on=said_on if wait_days is not None else None,
        checked_on=checked_on,
        is_listed=_is_listed(book, row),
    )


def _is_listed(book: Book, row: Row) -> bool:
    status = row["status"].lower()
    if status not in OPEN | CLOSED:
        book.leave_out(row, "status", "is no status of the standard, so the service is taken for open")
    return status not in CLOSED


def _joined(parts: Iterator[str]) -> str:
    return values.text("\n".join(dict.fromkeys(part for part in parts if part)))


def _costs(book: Book, row: Row) -> str:
    found = book.of("cost_options", "service_id", row["id"])
    return _joined(
        " ".join(filter(None, (one["option"], one["amount"], one["currency"].upper(), one["amount_description"])))
        for one in found
    )


def _terms(book: Book, row: Row) -> Iterator[str]:
    """What kind of service it is, in the words of its taxonomies."""
    for one in (*book.of("attributes", "link_id", row["id"]), *book.of("attributes", "service_id", row["id"])):
        for term in book.of("taxonomy_terms", "id", one["taxonomy_term_id"] or one["taxonomy_id"]):
            yield term["name"]
            yield term["code"]


def _languages(book: Book, row: Row, standing: list[tuple[Row, Row]]) -> tuple[str, ...]:
    """Of the service itself, and of the places at which it is given."""
    rows = book.of("languages", "service_id", row["id"])
    for _at, location in standing:
        rows = rows + [one for one in book.of("languages", "location_id", location["id"]) if not one["service_id"]]
    found: dict[str, None] = {}
    for one in rows:
        name = one["name"] or one["language"]
        try:
            found[values.language(one["code"], name)] = None
        except ValueError as error:
            book.leave_out(one, "name", str(error))
    found.pop("", None)
    return tuple(found)


# -- where it is given ---------------------------------------------------------------------------------------------------


def _standing(book: Book) -> dict[str, list[tuple[Row, Row]]]:
    """By service: the rows that say where it is given, each with its location."""
    locations = {row["id"]: row for row in book.usable("locations")}
    services = {row["id"] for row in book.rows("services")}
    found: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for row in book.usable("service_at_location"):
        if row["service_id"] not in services:
            book.refuse(row, "names a service that is not in this directory")
        elif row["location_id"] not in locations:
            book.refuse(row, "names a location that is not in this directory")
        else:
            found[row["service_id"]].append((row, locations[row["location_id"]]))
    return found


def _places(book: Book, row: Row, standing: list[tuple[Row, Row]]) -> tuple[PlaceRow, ...]:
    """Its locations, then regions it serves without one; at least one place, so that its number and hours stand somewhere."""
    found = [places.at_location(book, row, at, location) for at, location in standing]
    for area in book.of("service_areas", "service_id", row["id"]):
        made = places.for_area(book, row, area)
        if made is not None and (made.region, made.is_statewide) not in {
            (one.region, one.is_statewide) for one in found
        }:
            found.append(made)
    return tuple(found) or (places.anywhere(book, row),)


def _say_what_hangs_loose(book: Book) -> None:
    """Parts that name only what is not there."""
    for table in PARTS:
        for row in book.rows(table):
            named = [row[name] for name in REFERENCES if row[name]]
            if named and not book.ids.intersection(named):
                book.refuse(row, "belongs to nothing that is in this directory")
