"""The tables of an HSDS directory as they were read, and what is said of a row that cannot be used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

# Our name of each table; older directories call some of them otherwise.
OLDER_NAMES = {
    "organization": "organizations",
    "service": "services",
    "location": "locations",
    "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "physical_addresses": "addresses",
    "postal_addresses": "addresses",
    "address": "addresses",
    "regular_schedules": "schedules",
    "accessibility_for_disabilities": "accessibility",
    "taxonomy": "taxonomy_terms",
    "service_taxonomy": "attributes",
}
MAIN = ("organizations", "services", "locations", "service_at_location")  # whose rows others name by id
PARTS = (
    *("addresses", "phones", "languages", "schedules", "service_areas", "accessibility", "attributes"),
    *("taxonomy_terms", "required_documents", "cost_options"),
)
USED = frozenset({*MAIN, *PARTS})


class Unreadable(Exception):
    """This is no directory we can read; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    table: str
    line: int  # of the file, or the place in a list: where to look for it
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Said:
    """Why a row is not taken, or with a field: why that one value of it is not."""

    table: str
    line: int
    id: str
    why: str
    field: str = ""

    def as_json(self) -> dict[str, object]:
        said: dict[str, object] = {"table": self.table, "line": self.line, "id": self.id}
        return said | ({"field": self.field} if self.field else {}) | {"why": self.why}


@dataclass(slots=True)
class Tables:
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    not_used: dict[str, int] = field(default_factory=dict)  # how many rows of tables we do not keep
    refused: list[Said] = field(default_factory=list)


def canonical(name: str) -> str:
    """ "Physical_Addresses.csv" is `addresses`."""
    name = name.strip().lower().removesuffix(".csv")
    return OLDER_NAMES.get(name, name)
