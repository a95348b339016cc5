"""A plan of the Marchand family, and one of everything in it, made by the same actions that pages use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.accounts.models import Person
from portal.care import actions
from portal.care.models import Item, Plan
from tests.world import World

NEXT = dt.timedelta(days=30)


def opened(world: World) -> Plan:
    return actions.open_plan(
        actor=world.facilitator, family=world.family, youth=world.youth_member, next_on=world.program.today() + NEXT
    )


def added(actor: Person, plan: Plan, kind: str, parent: Item | None = None, /, **data: Any) -> Item:
    """What is given by somebody named is what the family had before: else it would have to choose (tests/voice)."""
    basis = data.pop("access_basis", "parent")
    if kind == "service" and data.get("provider"):
        data.setdefault("had_before", True)
    return actions.add_item(actor=actor, plan=plan, kind=kind, data=data, parent=parent, access_basis=basis)


def goal(world: World, plan: Plan, text: str = "Mornings without a fight", **data: Any) -> Item:
    return added(world.facilitator, plan, "goal", **{"text": text, "whose": "youth", "domain": "home"} | data)


def agreed(item: Item) -> Item:
    """The family has said yes to what staff suggested: what a plan says then is asked here, not how they answered."""
    Item.objects.filter(pk=item.pk).update(standing=Item.Standing.AGREED)
    item.standing = Item.Standing.AGREED
    return item


def one_of_each(world: World, plan: Plan) -> dict[str, Item]:
    """By kind, each said by who would say it."""
    staff, today = world.facilitator, world.program.today()
    soon = today + dt.timedelta(days=6)
    made: dict[str, Item] = {"goal": agreed(goal(world, plan))}
    said: list[tuple[str, Person, dict[str, Any]]] = [
        ("words", world.youth, {"text": "I want people to ask me first."}),
        ("strength", world.caregiver, {"text": "He draws for hours", "source": "family"}),
        ("domain", staff, {"domain": "fun", "state": "talked"}),
        ("need", staff, {"text": "Calm mornings", "domain": "school", "measure": "Mornings a week", "start": 1}),
        ("support", world.caregiver, {"name": "Aunt Bea", "relation": "aunt", "offers": "Fridays"}),
        ("service", staff, {"name": "Respite", "provider": "Gulf Breeze", "setting": "home", "start_by": soon}),
        ("task", staff, {"text": "Move first period", "owner": "Ms. Reed", "agency": "School", "due_on": soon}),
        ("crisis", staff, {"text": "Call Aunt Bea", "who": "Odette", "phone": "(504) 555-0131"}),
        ("benefit", staff, {"benefit": "ssi", "answer": "applied", "on": today, "soar": True}),
        ("level", staff, {"tool": "cans", "on": today, "level": "Help at home is enough"}),
        ("status", staff, {"area": "school", "text": "Back in class three days a week", "on": today}),
        ("wellbeing", world.caregiver, {"measure": "Nights I slept", "better": "up"}),
    ]
    for kind, actor, data in said:
        made[kind] = added(actor, plan, kind, **data)
    under: list[tuple[str, Person, str, dict[str, Any]]] = [
        ("reading", staff, "need", {"on": today, "value": 3}),
        (
            "strategy",
            staff,
            "goal",
            {"text": "He picks the alarm song", "strengths": [str(made["strength"].public_id)]},
        ),
        ("view", world.caregiver, "level", {"text": "It should be more."}),
    ]
    for kind, actor, above, data in under:
        made[kind] = added(actor, plan, kind, made[above], **data)
    agreed(made["strategy"])
    return made
