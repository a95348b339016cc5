"""Plans of care. One of a system like ours is the plan itself; any other is a course of care within the young person's plan."""

from __future__ import annotations

import hashlib

from portal.care.fhir.brought import SaidItem, SaidPlan
from portal.care.fhir.context import Context
from portal.care.fhir.node import Node, words_of
from portal.care.fhir.reading import Key, Resource
from portal.care.fhir.terms import ASSESS_PLAN, DOING, NEVER_SO, own
from portal.care.kinds import Going
from portal.care.models import Plan

COURSE = {"active": Going.UNDER_WAY, "draft": Going.PLANNED, "on-hold": Going.PAUSED, "completed": Going.DONE}
COURSE["revoked"] = Going.STOPPED


def care_plan(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    status = context.check_true(node)
    node.skip("intent")
    youth = context.youth(resource, node)
    _check_goals(context, resource, node)
    for one in [*node.nodes("careTeam"), *node.nodes("supportingInfo")]:
        context.linked(resource, one)
    if node.extension(own("next-review")):
        _own(context, resource, node, youth, status)
    else:
        _course(context, resource, node, youth, status)
    context.done(node)


def _check_goals(context: Context, resource: Resource, node: Node) -> None:
    for one in node.nodes("goal"):
        context.linked(resource, one)


def _own(context: Context, resource: Resource, node: Node, youth: Key, status: str) -> None:
    node.skip("category", "title", "created", "author")
    period = node.node("period")
    closed_for = node.extension(own("closed-for")).text("valueCode")
    for activity in node.nodes("activity"):
        context.linked(resource, activity.node("reference"))
    context.brought.plans.append(
        SaidPlan(
            key=resource.key,
            youth=youth,
            digest=resource.digest,
            where=resource.where,
            opened_on=period.day("start"),
            next_on=node.extension(own("next-review")).day("valueDate"),
            closed_for=closed_for if status == "completed" and closed_for in Plan.Closing.values else "",
            closed_on=period.day("end"),
            basis=context.basis(resource),
        )
    )


def _course(context: Context, resource: Resource, node: Node, youth: Key, status: str) -> None:
    """A service that began on its first day, with its activities as steps. What it does not say stays unsaid."""
    period = node.node("period")
    began, ends = period.day("start"), period.day("end")
    has_begun = began is not None and began <= context.today and status not in {"draft", "on-hold"}
    givers = [*([node.node("author")] if node.has("author") else []), *node.nodes("contributor")]
    names = dict.fromkeys(one for who in givers if (one := context.called(resource, who)))
    data = {
        "name": node.text("title") or _category(node) or "Care plan",
        "provider": ", ".join(names),
        "start_by": None if has_begun else began,
        "started_on": began if has_begun else None,
        "ends_on": ends,
        "going": COURSE.get(status, ""),
    }
    course = SaidItem(
        key=resource.key,
        youth=youth,
        kind="service",
        data=data,
        where=resource.where,
        digest=resource.digest,
        basis=context.basis(resource),
    )
    context.item(resource, node, course)
    context.brought.not_kept -= node.left()  # counted once, when the activities have been read
    seen: dict[str, int] = {}
    for activity in node.nodes("activity"):
        _activity(context, resource, activity, course, seen)


def _category(node: Node) -> str:
    for one in node.nodes("category"):
        words = words_of(one)
        if words and not any(coding.text("system") == ASSESS_PLAN for coding in one.nodes("coding")):
            return words
    return ""


def _activity(context: Context, resource: Resource, activity: Node, course: SaidItem, seen: dict[str, int]) -> None:
    if activity.has("reference"):
        context.linked(resource, activity.node("reference"))
    detail = activity.node("detail")
    status = detail.text("status")
    name, more = detail.words("code"), detail.text("description")
    text = f"{name}: {more}" if name and more and name != more else name or more
    if not text or status == NEVER_SO:
        if detail:
            context.brought.not_taken["CarePlan.activity"] += 1
        return
    goals = [context.linked(resource, one, "Goal") for one in detail.nodes("goal")]
    known = [key for key in goals if key is not None]
    seen[text] = seen.get(text, 0) + 1
    mark = activity.text("id") or hashlib.sha256(f"{text}:{seen[text]}".encode()).hexdigest()[:20]
    said = SaidItem(
        key=Key.of(course.key.system, "CarePlan.activity", f"{course.key.id}#{mark}"),
        youth=course.youth,
        kind="strategy",
        data={"text": text, "going": DOING.get(status, "")},
        where=f"activity in {resource.where}",
        digest=hashlib.sha256(repr((text, status, known)).encode()).hexdigest(),
        basis=course.basis,
        parent=known[0] if known else course.key,
    )
    context.item(resource, Node({}, resource.where, "CarePlan.activity"), said)
