"""JSON of HSDS taken apart into the tables it stands for: whole organizations or services, a page of them, or the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.directory.hsds.tables import MAIN, USED, Row, Tables, canonical

# What stands inside another thing once, and is named by it.
ONE = {"organization": "organizations", "service": "services", "location": "locations"} | {
    "taxonomy_term": "taxonomy_terms"
}
OF_A_SERVICE = {"organization", "organization_id", "service_at_locations", "service_areas", "status"}
# How the rows of a part name what they belong to.
SINGULAR = {
    "organizations": "organization_id",
    "services": "service_id",
    "locations": "location_id",
    "service_at_location": "service_at_location_id",
}


def tables_of(given: Any) -> Tables:
    """Of anything else there is nothing in them."""
    tables, places = Tables(), _Places()
    for table, items in _lists(given).items():
        listed: set[str] = set()
        for line, item in enumerate(items, start=1):
            if not isinstance(item, dict):
                continue
            own_id = _cell(item.get("id"))
            if table in MAIN and own_id in listed:  # said twice, not one thing in two places: `mapping` refuses it
                tables.rows[table].append(Row(table, line, {"id": own_id}))
                continue
            listed.add(own_id)
            _take(table, item, {}, line, tables, places)
    return tables


class _Places:
    """Where each main row already is: the same organization stands in each of its services."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], int] = {}


def _lists(given: Any) -> dict[str, list[Any]]:
    if isinstance(given, dict) and isinstance(given.get("contents"), list):
        given = given["contents"]  # one page of an answer
    if isinstance(given, list):
        found: dict[str, list[Any]] = {}
        for item in given:
            found.setdefault(_kind(item), []).append(item)
        return found
    if not isinstance(given, dict):
        return {}
    if "id" in given or "name" in given:
        return {_kind(given): [given]}
    return {canonical(name): items for name, items in given.items() if isinstance(items, list)}


def _kind(item: Any) -> str:
    return "services" if isinstance(item, dict) and OF_A_SERVICE & item.keys() else "organizations"


def _take(
    table: str, item: dict[str, Any], links: Mapping[str, str], line: int, tables: Tables, places: _Places
) -> None:
    """One thing, and all that stands inside it. Contacts are people: counted, and not looked into."""
    if table not in USED:
        tables.not_used[table] = tables.not_used.get(table, 0) + 1
        return
    cells = {name: _cell(value) for name, value in item.items() if not isinstance(value, dict | list)}
    own_id = cells.get("id", "")
    for name, inner in ONE.items():
        if isinstance(item.get(name), dict):
            cells.setdefault(f"{name}_id", _cell(item[name].get("id")))
            _take(inner, item[name], {}, line, tables, places)
    _add(Row(table, line, {**links, **cells}), tables, places)
    below = {SINGULAR[table]: own_id, "link_id": own_id} if table in SINGULAR else {}
    for name, value in item.items():
        if isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    _take(canonical(name), one, below, line, tables, places)


def _add(row: Row, tables: Tables, places: _Places) -> None:
    """A main thing that stands in several places is one row, with all that is said of it anywhere."""
    name = (row.table, row["id"])
    rows = tables.rows[row.table]
    if row.table not in MAIN or not row["id"] or name not in places.of:
        places.of[name] = len(rows)
        rows.append(row)
        return
    before = rows[places.of[name]]
    told = {key: value for key, value in row.cells.items() if value}
    rows[places.of[name]] = Row(row.table, before.line, {**told, **{k: v for k, v in before.cells.items() if v}})


def _cell(value: Any) -> str:
    """Half of a pair of characters, which JSON can hold and no database takes, becomes a question mark."""
    return "" if value is None else str(value).encode("utf-8", errors="replace").decode("utf-8").strip()
