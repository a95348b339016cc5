"""Marcus's plan of care in mid-flow: a goal going well, a need that stays flat, a late task, a service not started. What the
family says to what staff suggest in it is in deciding.py."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.accounts.models import Person
from portal.care.actions import add_item, change_item, confirm_seen, open_plan
from portal.care.models import Item, Plan
from portal.families.models import Family, Member
from portal.notices.models import Notice


def fill(people: dict[str, Person], family: Family, marcus: Member) -> None:
    today, paul, renee = family.program.today(), people["paul"], people["renee"]
    plan = open_plan(actor=paul, family=family, youth=marcus, next_on=today + dt.timedelta(days=9))

    def add(actor: Person, kind: str, under: Item | None = None, **data: Any) -> Item:
        return add_item(actor=actor, plan=plan, kind=kind, data=data, parent=under)

    add(renee, "words", text="I want my son at my table every night, and mornings where nobody cries.")
    add(people["marcus"], "words", text="I want people to ask me first.")
    songs = add(renee, "strength", text="Marcus knows every song on the radio", source="family")
    add(people["marcus"], "strength", text="I am good with my little cousins", source="youth")
    mornings = add(
        *(paul, "need"),
        text="Mornings without a fight",
        domain="home",
        measure="Calm school mornings in a week",
        start=1,
        target=4,
        better="up",
    )
    for days, value in ((42, 1), (28, 2), (14, 3), (1, 4)):
        add(paul, "reading", mornings, on=today - dt.timedelta(days=days), value=value)
    sleep = add(
        *(paul, "need"),
        text="Sleep",
        domain="health",
        measure="Nights he slept through",
        start=3,
        target=6,
        better="up",
    )
    for days in (21, 2):
        add(paul, "reading", sleep, on=today - dt.timedelta(days=days), value=3)
    goal = add(paul, "goal", mornings, text="Marcus gets ready to a song he picks", whose="youth", domain="home")
    add(paul, "strategy", goal, text="He picks the alarm song on Sunday", strengths=[str(songs.public_id)])
    add(renee, "goal", text="I have one evening a week to myself", whose="caregiver", domain="social")
    add(paul, "goal", text="Marcus joins the Monday group", whose="youth", domain="social")
    aunt: dict[str, Any] = {"name": "Aunt Bea", "relation": "Renée’s sister", "offers": "Takes Marcus on Fridays"}
    add(renee, "support", **aunt, goals=[str(goal.public_id)])
    add(
        *(paul, "service"),
        name="Respite worker",
        provider="Gulf Breeze",
        had_before=True,
        setting="home",
        start_by=today - dt.timedelta(days=3),
    )
    for text, owner, agency, days in (
        ("Brings the plan on paper", "Paul", "Bayou Lantern", -4),
        ("Asks Aunt Bea about Fridays", "Renée", "The family", 9),
        ("Moves first period", "Ms. Reed", "School", 12),
    ):
        add(paul, "task", text=text, owner=owner, agency=agency, due_on=today + dt.timedelta(days=days))
    add(paul, "crisis", text="Give him ten minutes in his room with music", who="Renée")
    add(paul, "crisis", text="Call Aunt Bea, she comes over", who="Aunt Bea", phone="(504) 555-0187")
    add(paul, "status", area="school", text="Four days a week by bus", on=today - dt.timedelta(days=20))
    three_months = today - dt.timedelta(days=90)
    add(paul, "status", area="home", text="With Renée, every night", on=three_months, nights="home")
    rest = add(renee, "wellbeing", measure="Nights I slept through, in a week", better="up")
    for days, value in ((35, 2), (21, 3), (7, 5)):
        add(renee, "reading", rest, on=today - dt.timedelta(days=days), value=value)
    add(paul, "benefit", benefit="ssi", answer="applied", on=today - dt.timedelta(days=30), helper="Paul", soar=True)
    add(paul, "level", tool="cans", on=today - dt.timedelta(days=15), level="Help at home and school is enough for now")
    _news(people, plan, goal)


def _news(people: dict[str, Person], plan: Plan, goal: Item) -> None:
    """Renée has read all of it; since then one thing says something else."""
    plan.refresh_from_db()
    confirm_seen(actor=people["renee"], plan=plan, number=plan.last_number)
    goal = Item.objects.get(pk=goal.pk)
    change_item(
        actor=people["paul"],
        item=goal,
        mark=goal.mark,
        data=goal.data | {"text": "Marcus gets ready to three songs he picks"},
        why="Marcus says one song is too short",
    )
    Notice.objects.filter(kind=Notice.Kind.PLAN).exclude(person=people["renee"]).delete()
