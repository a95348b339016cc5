"""Each thing a plan says as one FHIR resource: goals, services, tasks and steps as themselves, all else as Basic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from portal.accounts.models import Person
from portal.care.fhir.items import VALUES, address_of
from portal.care.fhir.terms import (
    ACHIEVEMENT,
    ACHIEVEMENT_OF,
    LIFECYCLE_OF,
    REQUEST_OF,
    TASK_OF,
    US_CORE,
    Json,
    codes,
    label_of,
    own,
)
from portal.care.kinds import KINDS, Data, Domain, Going, Setting
from portal.care.models import Item

# Suggested, or not wanted by the family: no part of the plan for anybody who reads it elsewhere (FL-15).
NOT_ACTIVE: dict[str, str] = {Item.Standing.SUGGESTED: "proposed", Item.Standing.DECLINED: "rejected"}
NOT_BEGUN: dict[str, str] = {Item.Standing.SUGGESTED: "draft", Item.Standing.DECLINED: "rejected"}
TYPES = {"goal": "Goal", "service": "ServiceRequest", "strategy": "Task", "task": "Task"}


class Things:
    def __init__(self, patient: Json, items: Sequence[Item], who: Callable[[Person], Json]) -> None:
        self.patient = patient
        self.items = items
        self.who = who
        self._known = {str(item.public_id): item for item in items}
        self._pks = {item.pk: item for item in items}

    def resources(self) -> list[Json]:
        made = {"goal": self._goal, "service": self._service, "strategy": self._task, "task": self._task}
        return [self._head(item) | _full(made.get(item.kind, self._basic)(item, item.data)) for item in self.items]

    def links(self, kind: str) -> list[Json]:
        return [self._link(item) for item in self.items if TYPES.get(item.kind, "Basic") == kind]

    def _head(self, item: Item) -> Json:
        kind = TYPES.get(item.kind, "Basic")
        meta: Json = {}
        if kind in {"Goal", "ServiceRequest"}:
            meta["profile"] = [f"{US_CORE}/us-core-{kind.lower()}"]
        if labels := label_of(item.access_basis):
            meta["security"] = labels
        return {"resourceType": kind, "id": str(item.public_id)} | ({"meta": meta} if meta else {})

    def _link(self, item: Item) -> Json:
        return {"reference": f"urn:uuid:{item.public_id}", "type": TYPES.get(item.kind, "Basic")}

    def _above(self, item: Item) -> Json | None:
        """What it stands under, where that goes with it."""
        above = self._pks.get(item.parent_id or 0)
        return self._link(above) if above is not None else None

    def _linked(self, data: Data, name: str) -> list[Json]:
        return [self._link(self._known[one]) for one in data.get(name, []) if one in self._known]

    # -- each kind --

    def _goal(self, item: Item, data: Data) -> Json:
        going = data.get("going", "")
        reached = data.get("reached_on")
        achieved = "achieved" if reached else ACHIEVEMENT_OF.get(going, "")
        domain = data.get("domain")
        above = self._above(item)
        return {
            "extension": [
                {"url": own("whose"), "valueCode": data["whose"]},
                *([{"url": own("under"), "valueReference": above}] if above else []),
                *_extensions(("standing", "valueCode", item.standing)),
            ],
            "lifecycleStatus": NOT_ACTIVE.get(item.standing)
            or ("completed" if reached else LIFECYCLE_OF.get(going, "active")),
            "achievementStatus": {"coding": [{"system": ACHIEVEMENT, "code": achieved}]} if achieved else None,
            "category": [_coded("domain", domain, Domain(domain).label)] if domain else None,
            "description": {"text": data["text"]},
            "subject": self.patient,
            "startDate": data.get("started_on"),
            "target": [{"dueDate": data["by_on"]}] if data.get("by_on") else None,
            "statusDate": reached,
            "expressedBy": self.who(item.said_by),
        }

    def _service(self, item: Item, data: Data) -> Json:
        setting, start_by, ends_on = data.get("setting"), data.get("start_by"), data.get("ends_on")
        period = _full({"start": start_by, "end": ends_on}) if ends_on else None
        return {
            "extension": _extensions(
                ("started-on", "valueDate", data.get("started_on")),
                ("steps-home", "valueString", data.get("steps_home")),
                ("had-before", "valueBoolean", data.get("had_before")),
                ("chosen-on", "valueDate", data.get("chosen_on")),
            ),
            "status": REQUEST_OF.get(
                data.get("going", ""), "draft" if data.get("going") == Going.PLANNED else "active"
            ),
            "intent": "plan",
            "code": {"text": data["name"]},
            "subject": self.patient,
            "occurrencePeriod": period,
            "occurrenceDateTime": start_by if not ends_on else None,
            "requester": self.who(item.said_by),
            "performer": [{"display": data["provider"]}] if data.get("provider") else None,
            "locationCode": [_coded("setting", setting, Setting(setting).label)] if setting else None,
            "reasonCode": [{"text": data["reason"]}] if data.get("reason") else None,
            "supportingInfo": self._linked(data, "goals"),
        }

    def _task(self, item: Item, data: Data) -> Json:
        going = data.get("going", "")
        strengths = [{"url": own("strengths"), "valueReference": one} for one in self._linked(data, "strengths")]
        return {
            "extension": [
                *_extensions(("agency", "valueString", data.get("agency")), ("standing", "valueCode", item.standing)),
                *strengths,
            ],
            "status": NOT_BEGUN.get(item.standing)
            or ("completed" if data.get("done_on") else TASK_OF.get(going, "requested")),
            "intent": "plan",
            "code": _coded("kind", item.kind, KINDS[item.kind].label),
            "description": data["text"],
            "focus": self._above(item),
            "for": self.patient,
            "executionPeriod": {"end": data["done_on"]} if data.get("done_on") else None,
            "requester": self.who(item.said_by),
            "owner": {"display": data["owner"]} if data.get("owner") else None,
            "restriction": {"period": {"end": data["due_on"]}} if data.get("due_on") else None,
        }

    def _basic(self, item: Item, data: Data) -> Json:
        above = self._above(item)
        said: list[Json] = [{"url": own("under"), "valueReference": above}] if above else []
        for part in KINDS[item.kind].parts:
            address = own(address_of(part.name))
            if part.sort == "items":
                said += [{"url": address, "valueReference": one} for one in self._linked(data, part.name)]
            elif data.get(part.name) or (
                part.sort == "number" and data.get(part.name) is not None
            ):  # nothing counted is a number
                said.append({"url": address, VALUES[part.sort]: data[part.name]})
        return {
            "extension": said,
            "code": _coded("kind", item.kind, KINDS[item.kind].label),
            "subject": self.patient,
            "author": self.who(item.said_by),
        }


def _coded(system: str, code: str, label: object) -> Json:
    return {"coding": [{"system": codes(system), "code": code}], "text": str(label)}


def _extensions(*said: tuple[str, str, Any]) -> list[Json]:
    return [{"url": own(name), kind: value} for name, kind, value in said if value]


def _full(resource: Json) -> Json:
    return {name: value for name, value in resource.items() if value not in (None, "", [], {})}
