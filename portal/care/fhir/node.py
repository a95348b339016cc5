"""One place in a FHIR file while it is read: says where it is, takes only what has the right type, notes what nobody asked for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from portal.care.fhir.terms import Json

OLDEST = 1900


class Unusable(Exception):
    """Why nothing can be taken from these files: one sentence that names the place and what to do."""


class Node:
    """An object of a file. `taken` is what was read of it; the rest is counted by `left`."""

    __slots__ = ("_known", "_under", "_value", "path", "taken", "where")

    def __init__(self, value: Json, where: str, path: str) -> None:
        self._value = value
        self.where = where  # "Goal/1 in team.json", for sentences
        self.path = path  # "Goal.target", for counts
        self.taken: set[str] = set()
        self._under: list[Node] = []
        self._known: dict[str, list[Node]] = {}

    def _wrong(self, name: str, wanted: str) -> Unusable:
        return Unusable(f"{self.where}: {self.path}.{name} must be {wanted} in FHIR R4. Ask for the file again as R4.")

    def _get(self, name: str) -> Any:
        self.taken.add(name)
        return self._value.get(name)

    def skip(self, *names: str) -> None:
        """Read by nobody, and nothing of it is worth a line in the report."""
        self.taken.update(names)

    def has(self, name: str) -> bool:
        return name in self._value

    def text(self, name: str) -> str:
        value = self._get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(name, "text")
        return value.strip()

    def flag(self, name: str) -> bool | None:
        value = self._get(name)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def number(self, name: str) -> float | None:
        value = self._get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(name, "a number")
        return value

    def node(self, name: str) -> Node:
        """The object of that name; an empty one where there is none."""
        if name in self._known:
            return self._known[name][0]
        value = self._get(name)
        if value is not None and not isinstance(value, dict):
            raise self._wrong(name, "an object")
        self._known[name] = [self._child(name, value or {})]
        return self._known[name][0]

    def nodes(self, name: str) -> list[Node]:
        if name in self._known:
            return self._known[name]
        value = self._get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong(name, "a list of objects")
        self._known[name] = [self._child(name, one) for one in value]
        return self._known[name]

    def texts(self, name: str) -> list[str]:
        value = self._get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(name, "a list of texts")
        return [one.strip() for one in value if one.strip()]

    def day(self, name: str) -> dt.date | None:
        """A whole date; the day of a moment. One that names no day is not made up: it counts as not kept."""
        text = self.text(name)
        if not text:
            return None
        if len(text) in {4, 7} and text.replace("-", "").isdigit():
            self.taken.discard(name)
            return None
        try:
            day = dt.date.fromisoformat(text[:10])
        except ValueError as error:
            raise self._wrong(name, "a date such as 2026-03-31") from error
        if day.year < OLDEST:
            raise Unusable(
                f"{self.where}: {self.path}.{name} is {day}, which cannot be. Correct the file and try again."
            )
        return day

    def moment(self, name: str) -> dt.datetime | None:
        text = self.text(name)
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError as error:
            raise self._wrong(name, "a moment such as 2026-03-31T09:30:00-05:00") from error
        if moment.tzinfo is None:
            raise self._wrong(name, "a moment with its time zone, such as 2026-03-31T09:30:00-05:00")
        return moment

    def moment_or_day(self, name: str) -> dt.date | None:
        """Of a dateTime: R4 lets it be a day alone."""
        is_day = "T" not in self.text(name)
        return self.day(name) if is_day else self.moment(name)

    def extension(self, url: str) -> Node:
        """The first extension with that address, an empty node where there is none."""
        found = self.extensions(url)
        return found[0] if found else Node({}, self.where, f"{self.path}.extension")

    def extensions(self, url: str) -> list[Node]:
        if url in self._known:
            return self._known[url]
        value = self._value.get("extension") or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong("extension", "a list of objects")
        self._known[url] = [self._child("extension", one) for one in value if one.get("url") == url]
        for one in self._known[url]:
            one.skip("url")
        return self._known[url]

    def words(self, name: str) -> str:
        """Of a CodeableConcept: its text, else the first display."""
        return words_of(self.node(name))

    def _child(self, name: str, value: Json) -> Node:
        found = Node(value, self.where, f"{self.path}.{name}")
        self._under.append(found)
        return found

    def __bool__(self) -> bool:
        return bool(self._value)

    def raw(self) -> Json:
        return self._value

    def left(self) -> Counter[str]:
        """By path, what was there and is kept nowhere."""
        asked = {id(one.raw()) for one in self._under}
        found: Counter[str] = Counter()
        for name, value in self._value.items():
            if name == "extension" and isinstance(value, list):
                found.update(f"{self.path}.extension({_short(one)})" for one in value if id(one) not in asked)
            elif name not in self.taken:
                found[f"{self.path}.{name}"] += 1
        for child in self._under:
            found += child.left()
        return found


def _short(extension: object) -> str:
    url = extension.get("url", "") if isinstance(extension, dict) else ""
    return str(url).rstrip("/").rsplit("/", 1)[-1][:60]


def words_of(concept: Node) -> str:
    shown = [one for coding in codings(concept) if (one := coding.text("display"))]
    return concept.text("text") or (shown[0] if shown else "")


def codings(concept: Node) -> list[Node]:
    found = concept.nodes("coding")
    for one in found:
        one.skip("version", "userSelected", "display", "code", "system")
    return found


def code_in(concept: Node, system: str) -> str:
    """The code of that system, "" where there is none."""
    return next((one.text("code") for one in codings(concept) if one.text("system") == system), "")
