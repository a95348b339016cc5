"""FHIR files as they lie on the disk, read into resources that know each other. Nothing is guessed: what is no R4 is refused."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson

from portal.care.fhir.node import Unusable
from portal.care.fhir.terms import URI, Json

MOST_BYTES: Final = 64 * 1024 * 1024  # of one file: far above a whole childhood, far below the memory of a small server
DEEPEST: Final = 60  # levels of one file
LONGEST: Final = 200  # characters of an id we keep as it is

HOLDERS: Final = frozenset({"CarePlan", "CareTeam", "Goal", "ServiceRequest"})

# What only another version of FHIR has, by resource and element: the version is said instead of a riddle.
OTHER_VERSIONS: Final[dict[tuple[str, str], str]] = {
    ("Goal", "status"): "DSTU2",
    ("CarePlan", "participant"): "DSTU2",
    ("Patient", "careProvider"): "DSTU2",
    ("Appointment", "type"): "DSTU2",
    ("Goal", "acceptance"): "R5",
    ("CarePlan", "custodian"): "R5",
    ("Consent", "subject"): "R5",
    ("Consent", "controller"): "R5",
    ("Appointment", "subject"): "R5",
    ("Appointment", "note"): "R5",
}


@dataclass(frozen=True, slots=True)
class Key:
    """By what another system knows one of its records."""

    system: str
    kind: str
    id: str

    @classmethod
    def of(cls, system: str, kind: str, name: str) -> Key:
        return cls(_short(system), kind, _short(name))


@dataclass(slots=True)
class Resource:
    key: Key
    value: Json
    where: str  # for sentences: "Goal/1 in team.json"
    bundle: int  # which file; a reference is looked for there first
    base: str
    parent: Resource | None = None
    inside: dict[str, Resource] = field(default_factory=dict)  # contained, by their id

    @property
    def kind(self) -> str:
        return self.key.kind

    @property
    def digest(self) -> str:
        """Of what it says; when it was last stored says nothing about it."""
        said = {name: value for name, value in self.value.items() if name not in {"meta", "text", "id"}}
        said["security"] = (self.value.get("meta") or {}).get("security")
        held_by = (self.parent.value.get("meta") or {}).get("security") if self.parent is not None else None
        if held_by:  # its labels close what it holds
            said["holder"] = held_by
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


class Files:
    """All that was read, and how one resource names another."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.every: list[Resource] = []
        self.skipped: Counter[str] = Counter()
        self._by_url: dict[str, Resource] = {}
        self._by_name: dict[tuple[int, str], Resource] = {}
        self._anywhere: dict[str, Resource] = {}
        self._by_key: dict[Key, Resource] = {}
        self.bundles_with_patients: set[int] = set()

    def of(self, *kinds: str) -> list[Resource]:
        return [one for one in self.every if one.kind in kinds]

    def get(self, key: Key | None) -> Resource | None:
        return None if key is None else self._by_key.get(key)

    def find(self, reference: str, since: Resource) -> Key | None:
        """The key of what a resource refers to, outside these files too; None: contained and not there."""
        if reference.startswith("#"):
            holder = since.parent or since
            found = holder.inside.get(reference[1:])
            return found.key if found is not None else None
        name = reference.split("/_history/", maxsplit=1)[0]
        known = self._by_url.get(name) or self._by_name.get((since.bundle, name))
        if known is None and "/" in name and ":" not in name:
            known = self._by_url.get(f"{since.base}/{name}") or (self._anywhere.get(name) if not since.base else None)
        if known is not None:
            return known.key
        return self._outside(name, since)

    def _outside(self, name: str, since: Resource) -> Key | None:
        if name.startswith("urn:"):
            return Key.of(URI, "", name)
        base, _slash, last = name.rpartition("/")
        base, _slash, kind = base.rpartition("/")
        return Key.of(base or since.base or self.source, kind, last) if kind else None

    def add(self, value: Json, *, number: int, file: str, full_url: str = "") -> None:
        resource = self._made(value, number, file, full_url)
        known = self._by_key.get(resource.key)
        if known is not None:
            if known.digest != resource.digest:
                raise Unusable(
                    f"{resource.where} and {known.where} have the same id and say different things: keep one."
                )
            return
        self.every.append(resource)
        self._by_key[resource.key] = resource
        if full_url:
            self._by_url[full_url] = resource
        if name := value.get("id"):
            self._by_name.setdefault((number, f"{resource.kind}/{name}"), resource)
            self._anywhere.setdefault(f"{resource.kind}/{name}", resource)
        if resource.kind == "Patient":
            self.bundles_with_patients.add(number)
        self._open(resource)

    def _made(self, value: Json, number: int, file: str, full_url: str) -> Resource:
        kind, name = _kind_of(value, file), str(value.get("id") or "")
        where = f"{kind}/{name or full_url or 'without an id'} in {file}"
        _check_version(value, kind, where)
        base = ""
        if full_url.startswith("urn:"):
            key = Key.of(URI, kind, full_url)
        elif full_url:
            base = full_url.split(f"/{kind}/", maxsplit=1)[0]
            key = Key.of(base, kind, full_url.rsplit("/", 1)[-1])
        elif name:
            key = Key.of(self.source, kind, name)
        else:  # known again as long as it says the same
            key = Key.of("content", kind, hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest())
        return Resource(key, value, where, number, base)

    def _open(self, resource: Resource) -> None:
        inside = resource.value.get("contained") or []
        if not isinstance(inside, list) or not all(isinstance(one, dict) for one in inside):
            raise Unusable(f"{resource.where}: contained must be a list of resources. Ask for the file again as R4.")
        for one in inside:
            name = str(one.get("id") or "").removeprefix("#")
            kind = _kind_of(one, resource.where)
            key = Key.of(resource.key.system, kind, f"{resource.key.id}#{name}")
            held = Resource(key, one, f"{kind}/#{name} in {resource.where}", resource.bundle, resource.base, resource)
            resource.inside[name] = held
            if resource.kind in HOLDERS:  # what is inside a bill or a visit belongs to that
                self.every.append(held)
            self._by_key[key] = held


def read(paths: Iterable[Path], source: str) -> Files:
    """Raises Unusable, with one sentence that names the file."""
    files = Files(source)
    for number, path in enumerate(paths):
        value = _json_of(path)
        if _is_too_deep(value):
            raise Unusable(f"{path.name} is nested deeper than any FHIR resource: ask for the file again.")
        _take(files, value, number, path.name)
    return files


def _is_too_deep(value: Json) -> bool:
    level: list[object] = [value]
    for _depth in range(DEEPEST):
        level = [
            under
            for one in level
            for under in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(under, (dict, list))
        ]
        if not level:
            return False
    return True


def _json_of(path: Path) -> Json:
    if path.is_dir():
        raise Unusable(f"{path} is a folder: name the files in it, one by one or as {path}/*.json.")
    try:
        with path.open("rb") as opened:
            text = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error.strerror}): look at its name and who may read it.") from error
    if len(text) > MOST_BYTES:
        raise Unusable(f"{path.name} is larger than {MOST_BYTES // 2**20} MiB: bring it in as several files.")
    text = text.removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        raise Unusable(f"{path.name} is empty: ask for the file again.")
    if text.lstrip().startswith(b"<"):
        raise Unusable(f"{path.name} is XML: ask for it as FHIR JSON.")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unusable(f"{path.name} is no JSON (line {error.lineno}: {error.msg}): ask for the file again.") from error
    if not isinstance(value, dict):
        raise Unusable(f"{path.name} holds no FHIR resource: it must be one JSON object with a resourceType.")
    return value


def _take(files: Files, value: Json, number: int, file: str) -> None:
    if _kind_of(value, file) != "Bundle":
        files.add(value, number=number, file=file)
        return
    entries = value.get("entry") or []
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise Unusable(f"Bundle in {file}: entry must be a list of objects. Ask for the file again as R4.")
    for place, entry in enumerate(entries, start=1):
        _take_entry(files, entry, number, file, place)


def _take_entry(files: Files, entry: Json, number: int, file: str, place: int) -> None:
    request, resource, url = entry.get("request") or {}, entry.get("resource"), entry.get("fullUrl") or ""
    if resource is None or (isinstance(request, dict) and request.get("method") == "DELETE"):
        files.skipped["entry without a resource"] += 1
        return
    if not isinstance(resource, dict) or not isinstance(url, str):
        raise Unusable(f"Entry {place} of {file} is no FHIR resource: ask for the file again.")
    if resource.get("resourceType") == "Bundle":
        raise Unusable(f"Entry {place} of {file} is a bundle of its own: bring it in as a file.")
    files.add(resource, number=number, file=file, full_url=url)


def _kind_of(value: Json, file: str) -> str:
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind.isalpha():
        raise Unusable(f"{file} holds something without a resourceType: it is no FHIR resource.")
    return kind


def _check_version(value: Json, kind: str, where: str) -> None:
    for name in value:
        version = OTHER_VERSIONS.get((kind, name))
        if version:
            raise Unusable(f"{where} is FHIR {version} (it has {kind}.{name}): ask for the file as R4.")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
