"""Where a service of an HSDS directory is given, and how to reach it there: number, address, hours, access."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from portal.directory.hsds import values
from portal.directory.rows import LONGEST_NAME, HoursRow, PlaceRow
from portal.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.directory.hsds.mapping import Book
    from portal.directory.hsds.tables import Row

AREA = "area:"  # before the region: an area's own id may be missing, or be that of a location
LINES = ("address_1", "address_2", "city", "state_province", "postal_code")  # not `attention`, which is a person
ALL_WEEK = 14  # hours of one place: two for each day


def at_location(book: Book, service: Row, at: Row, location: Row) -> PlaceRow:
    address = _address(book, location)
    is_virtual = location["location_type"].lower() == "virtual"
    number, extension = _phone(book, _phones_of(book, service, at, location))
    region = _region(book, address) if address else ""
    access = [
        one["description"] or one["accessibility"] for one in book.of("accessibility", "location_id", location["id"])
    ]
    return PlaceRow(
        id=at["id"],
        name=one_line(location["name"], LONGEST_NAME),
        region=region,
        is_statewide=is_virtual and not region,  # by phone or video, from everywhere
        address=one_line(", ".join(address[name] for name in LINES if address[name]), 300) if address else "",
        phone=number,
        extension=extension,
        access=values.text("\n".join(dict.fromkeys(one for one in access if one))),
        directions=values.text(location["transportation"]),
        hours=_hours(book, _schedules_of(book, service, at, location)),
    )


def for_area(book: Book, service: Row, area: Row) -> PlaceRow | None:
    """A region the service is for, or the whole state; None where the area is neither by its own name."""
    names = [area["name"], area["extent"], area["service_area"]]
    region = values.region(names, book.profile)
    is_statewide = not region and any(values.is_whole_state(name, book.profile) for name in names)
    if not region and not is_statewide:
        return None
    number, extension = _phone(book, _phones_of(book, service))
    return PlaceRow(
        id=f"{AREA}{region}",
        region=region,
        is_statewide=is_statewide,
        phone=number,
        extension=extension,
        hours=_hours(book, book.of("schedules", "service_id", service["id"])),
    )


def anywhere(book: Book, service: Row) -> PlaceRow:
    number, extension = _phone(book, _phones_of(book, service))
    hours = _hours(book, book.of("schedules", "service_id", service["id"]))
    return PlaceRow(phone=number, extension=extension, hours=hours)


def _address(book: Book, location: Row) -> Row | None:
    """Where one can go rather than write to."""
    found = book.of("addresses", "location_id", location["id"])
    return min(found, key=lambda one: one["address_type"].lower() != "physical", default=None)


def _region(book: Book, address: Row) -> str:
    if values.is_elsewhere(address["state_province"], book.profile):
        return ""
    return values.region([address["region"], address["county"]], book.profile)


def _phones_of(book: Book, service: Row, at: Row | None = None, location: Row | None = None) -> list[Row]:
    """The nearest first: of the service at this place, of the service, of the place, of the organization."""
    found = book.of("phones", "service_at_location_id", at["id"]) if at else []
    found = found + book.of("phones", "service_id", service["id"])
    found += book.of("phones", "location_id", location["id"]) if location else []
    found += book.of("phones", "organization_id", service["organization_id"])
    return sorted(found, key=lambda one: one["type"].lower() in {"fax", "tty", "sms", "pager"})


def _phone(book: Book, rows: Iterable[Row]) -> tuple[str, str]:
    """The first that can be called. A fax is none, and a line for who cannot hear comes after the others."""
    for row in rows:
        if row["type"].lower() in {"fax", "pager"}:
            continue
        try:
            number = values.phone(row["number"])
        except ValueError as error:
            book.leave_out(row, "number", str(error))
            continue
        if number:
            return number, one_line(row["extension"], 10)
    return "", ""


def _schedules_of(book: Book, service: Row, at: Row, location: Row) -> list[Row]:
    return (
        book.of("schedules", "service_at_location_id", at["id"])
        or [
            one
            for one in book.of("schedules", "service_id", service["id"])
            if one["location_id"] in {"", location["id"]}
        ]
        or [one for one in book.of("schedules", "location_id", location["id"]) if not one["service_id"]]
    )


def _hours(book: Book, rows: Iterable[Row]) -> tuple[HoursRow, ...]:
    """Days with the same hours in one line."""
    found: dict[tuple[dt.time | None, dt.time | None, str], list[str]] = {}
    for row in rows:
        if _is_over(book, row):
            continue
        opens = book.value(row, "opens_at", values.time, None)
        closes = book.value(row, "closes_at", values.time, None)
        words = one_line(row["description"] or row["original_text"], 500)
        days = values.days(row["byday"] or row["weekday"])
        if words or days or opens or closes:
            found.setdefault((opens, closes, words), []).extend(days.split(","))
    return tuple(
        HoursRow(values.days(",".join(days)), opens, closes, words)
        for (opens, closes, words), days in list(found.items())[:ALL_WEEK]
    )


def _is_over(book: Book, row: Row) -> bool:
    """Hours that held until a day that has passed would send a family to a closed door."""
    until = book.value(row, "valid_to", lambda cell: values.date(cell, book.today, is_past=False), None)
    if until is None or until >= book.today:
        return False
    book.leave_out(row, "valid_to", f"has passed ({until.isoformat()}), so these hours hold no more")
    return True
