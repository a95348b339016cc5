"""Goals, services, tasks and steps of another system; and, from a system like ours, every other kind of thing a plan says."""

from __future__ import annotations

from typing import Any

from portal.care.fhir.brought import STANDINGS, SaidItem
from portal.care.fhir.context import Context, Refusal, coded_words
from portal.care.fhir.node import Node, code_in, words_of
from portal.care.fhir.reading import Key, Resource
from portal.care.fhir.terms import ACHIEVED, ACHIEVEMENT, DOING, LIFECYCLE, ROLE_CODE, codes, own
from portal.care.kinds import KINDS, Domain, Going, Part, Setting, Whose

# Where a service is given, by HL7 v3 RoleCode.
PLACES = {
    "PTRES": Setting.HOME,
    "SCHOOL": Setting.SCHOOL,
    "COMM": Setting.COMMUNITY,
    "PROFF": Setting.CLINIC,
    "OF": Setting.CLINIC,
    "HOSP": Setting.AWAY,
    "RTF": Setting.AWAY,
    "PRC": Setting.AWAY,
}
# Beside what the family says to a suggestion, from a system like ours, these statuses say no more.
UNSETTLED = {"proposed", "rejected", "draft"}
SETTLED = {"on-hold", "cancelled", "rejected", "proposed", "planned"}  # these say more than an achievement does


def goal(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    lifecycle = context.check_true(node, "lifecycleStatus")
    standing = node.extension(own("standing")).text("valueCode")
    going = _going_of_goal(node, "" if standing in STANDINGS and lifecycle in UNSETTLED else lifecycle)
    status_on = context.not_ahead(node, "statusDate") if going in {Going.REACHED, Going.LASTING, Going.DONE} else None
    reached_on = status_on if going in {Going.REACHED, Going.DONE} else None
    if status_on is not None and reached_on is None:
        node.taken.discard("statusDate")
    categories = node.nodes("category")
    domain = next((one for one in (code_in(one, codes("domain")) for one in categories) if one), "")
    if domain:
        for one in categories:
            one.skip("text")
    targets = node.nodes("target")
    due = [(one, day) for one in targets if (day := one.day("dueDate")) is not None]
    for one, _day in due[1:]:
        one.taken.discard("dueDate")
    data = {
        "text": node.words("description"),
        "whose": node.extension(own("whose")).text("valueCode") or Whose.YOUTH,
        "domain": domain if domain in Domain.values else "",
        "started_on": node.day("startDate"),
        "by_on": due[0][1] if due else None,
        "reached_on": reached_on,
        "going": "" if reached_on is not None else going,
    }
    said = _said(context, resource, node, "goal", data, by="expressedBy")
    said.parent, said.standing = _under(context, resource, node), standing
    context.item(resource, node, said)


def _going_of_goal(node: Node, lifecycle: str) -> str:
    going = LIFECYCLE.get(lifecycle, "")
    if lifecycle in SETTLED:
        return going
    achieved = ACHIEVED.get(code_in(node.node("achievementStatus"), ACHIEVEMENT), "")
    return achieved or going


def service(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    status = context.check_true(node)
    node.skip("intent")
    period = node.node("occurrencePeriod")
    data: dict[str, Any] = {
        "name": node.words("code") or _first_words(node.nodes("category")),
        "provider": ", ".join(one for who in node.nodes("performer") if (one := context.called(resource, who))),
        "setting": _setting(node),
        "start_by": node.day("occurrenceDateTime") or period.day("start"),
        "started_on": node.extension(own("started-on")).day("valueDate"),
        "ends_on": period.day("end"),
        "steps_home": node.extension(own("steps-home")).text("valueString"),
        "chosen_on": node.extension(own("chosen-on")).day("valueDate"),
        "had_before": bool(node.extension(own("had-before")).flag("valueBoolean")),
        "going": DOING.get(status, ""),
    }
    if data["setting"] == Setting.AWAY:
        data["reason"] = _first_words(node.nodes("reasonCode"))
    said = _said(context, resource, node, "service", data, by="requester")
    linked = [context.linked(resource, one, "Goal") for one in node.nodes("supportingInfo")]
    said.refers["goals"] = [key for key in linked if key is not None]
    context.item(resource, node, said)


def _setting(node: Node) -> str:
    places = node.nodes("locationCode")
    for one in places:
        if code_in(one, codes("setting")):
            one.skip("text")
    for system, code in coded_words(places):
        if system == codes("setting") and code in Setting.values:
            return code
        if system == ROLE_CODE and code in PLACES:
            return PLACES[code]
    return ""


def task(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    status = context.check_true(node)
    node.skip("intent")
    kind = code_in(node.node("code"), codes("kind"))
    if kind:
        node.node("code").skip("text")
    kind = kind or "task"
    if kind not in {"task", "strategy"}:
        raise Refusal(f"its code says it is a {kind}, which is no Task")
    standing = node.extension(own("standing")).text("valueCode")
    going = "" if standing in STANDINGS and status in UNSETTLED else DOING.get(status, "")
    data: dict[str, Any] = {"text": node.text("description") or node.words("code"), "going": going}
    if kind == "task":
        data |= {
            "owner": context.called(resource, node.node("owner")),
            "agency": node.extension(own("agency")).text("valueString"),
            "due_on": node.node("restriction").node("period").day("end"),
            "done_on": node.node("executionPeriod").day("end"),
        }
        if data["done_on"] is not None and data["going"] == Going.DONE:
            data["going"] = ""
    said = _said(context, resource, node, kind, data, by="requester", about="for")
    said.parent = context.linked(resource, node.node("focus"), "Goal", "ServiceRequest")
    said.standing = standing
    if kind == "strategy":
        said.refers["strengths"] = _linked(context, resource, node, "strengths")
        if said.parent is None:
            raise Refusal("it is a step that leads to no goal and belongs to no service")
    context.item(resource, node, said)


def basic(context: Context, resource: Resource) -> None:
    """Kinds FHIR has no resource for come as Basic, with each part under an address of ours."""
    node = context.node(resource)
    kind = code_in(node.node("code"), codes("kind"))
    if kind not in KINDS:
        context.brought.not_taken["Basic"] += 1
        return
    node.node("code").skip("text")
    data = {part.name: _part(node, part) for part in KINDS[kind].parts if part.sort != "items"}
    said = _said(context, resource, node, kind, data, by="author")
    for part in KINDS[kind].parts:
        if part.sort == "items":
            said.refers[part.name] = _linked(context, resource, node, part.name)
    said.parent = _under(context, resource, node)
    context.item(resource, node, said)


VALUES = {
    "line": "valueString",
    "text": "valueString",
    "choice": "valueCode",
    "day": "valueDate",
    "number": "valueDecimal",
    "yes": "valueBoolean",
}


def _part(node: Node, part: Part) -> Any:
    found = node.extension(own(address_of(part.name)))
    if part.sort == "number":
        return found.number(VALUES[part.sort])
    if part.sort == "yes":
        return found.flag(VALUES[part.sort])
    return found.day(VALUES[part.sort]) if part.sort == "day" else found.text(VALUES[part.sort])


def address_of(name: str) -> str:
    return name.replace("_", "-")


def _linked(context: Context, resource: Resource, node: Node, name: str) -> list[Key]:
    found = node.extensions(own(address_of(name)))
    keys = [context.linked(resource, one.node("valueReference")) for one in found]
    return [key for key in keys if key is not None]


def _under(context: Context, resource: Resource, node: Node) -> Key | None:
    return context.linked(resource, node.extension(own("under")).node("valueReference"))


def _said(
    context: Context, resource: Resource, node: Node, kind: str, data: Any, *, by: str, about: str = "subject"
) -> SaidItem:
    return SaidItem(
        key=resource.key,
        youth=context.youth(resource, node, about),
        kind=kind,
        data=data,
        where=resource.where,
        digest=resource.digest,
        basis=context.basis(resource),
        by=context.author(resource, node, by),
    )


def _first_words(concepts: list[Node]) -> str:
    return next((words for one in concepts if (words := words_of(one))), "")
