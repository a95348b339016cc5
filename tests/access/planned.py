"""A plan of care with one of everything whose reader is a question of its own, and what on any page would tell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions
from portal.care.models import Item, Plan
from portal.families.models import Category
from tests.care.plans import added, goal, one_of_each, opened
from tests.families.releases import signed
from tests.world import World, signed_in

STEP_TOLD = "a step of a closed item was told"


@dataclass
class Thing:
    """One item: its own pages, and what on any page would tell its words, or that it is there."""

    pages: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)


@dataclass(repr=False)
class Planned:
    plan: Plan
    closed: Item  # about alcohol or drugs: changed once more, when all papers of an example are in place
    things: dict[str, Thing]
    beside: dict[str, Thing]  # what is not the plan's own
    before: int = 0  # the last entry on record before that

    def step_closed(self, world: World) -> None:
        """A step that nobody may learn of but the young person, its writer and whom a consent names, who reads it."""
        self.before = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        now = Item.objects.select_related("plan").get(pk=self.closed.pk)
        said = now.data | {"text": "No pills on any day"}
        actions.change_item(actor=world.facilitator, item=now, mark=now.mark, data=said, why="He said so alone")
        assert signed_in(None, world.liaison).get(f"/plans/{self.plan.public_id}/").status_code == 200

    def told(self, entries: list[Entry]) -> str:
        public_id = str(self.plan.public_id)
        steps = (entry for entry in entries if entry.verb == Entry.Verb.CHANGED and entry.pk > self.before)
        return STEP_TOLD if any(entry.subject_id == public_id for entry in steps) else ""


def planned(world: World, aunt: Person) -> Planned:
    """Made by staff, but for what is somebody's own word. The aunt shows one task to the natural support."""
    plan, staff = opened(world), world.facilitator
    made = one_of_each(world, plan)
    about_school = goal(world, plan, "Two friends in his class", domain="school")
    about_health = goal(world, plan, "A doctor he likes", domain="health")
    alone = {"text": "Talks that are his own", "whose": "youth", "domain": "feelings", "access_basis": "minor"}
    drugs = {"text": "No pills on weekends", "whose": "youth", "domain": "health", "access_basis": "substance"}
    agreed, closed = added(staff, plan, "goal", **alone), added(staff, plan, "goal", **drugs)
    shown = added(staff, plan, "task", **_task(world, "Drive to the game", "The family"))
    actions.tick(actor=aunt, item=shown, member=world.natural_support_member)
    hers = added(aunt, plan, "wellbeing", measure="Evenings without tears", better="up")
    number = added(aunt, plan, "reading", hers, on=world.program.today(), value=2, note="A long week")
    consent = signed(
        world, world.youth, Category.SUBSTANCE, to_person=world.liaison, what="What Dr. Moe wrote on Friday"
    )
    page = f"/plans/{plan.public_id}/"
    pages = [page, *(f"{page}{part}/" for part in ("print", "crisis", "changes"))]

    def thing(item: Item, *words: str) -> Thing:
        return Thing([*pages, f"{page}items/{item.public_id}/"], list(words), [str(item.public_id)])

    things = {
        "plan": Thing([*pages, "/plans/"], [f"{page} "], [str(plan.public_id), "Our plan for"]),
        "plan_words": thing(made["words"], "I want people to ask me first."),
        "plan_goal": thing(made["goal"], "Mornings without a fight", "He picks the alarm song"),
        "plan_health": thing(about_health, "A doctor he likes"),
        "plan_school": thing(about_school, "Two friends in his class"),
        "plan_crisis": thing(made["crisis"], "Call Aunt Bea", "(504) 555-0131"),
        "plan_ticked": thing(shown, "Drive to the game"),
        "plan_alone": thing(agreed, "Talks that are his own"),
        "plan_drugs": thing(closed, "No pills on"),
        "plan_drugs_step": Thing(pages, ["He said so alone"], [f"plan:{plan.public_id}", STEP_TOLD]),
        "plan_wellbeing": Thing(
            [*pages, *(f"{page}items/{one.public_id}/" for one in (hers, number))],
            ["Evenings without tears", "A long week"],
            [str(hers.public_id), str(number.public_id)],
        ),
    }
    shared = Thing(
        [
            *(f"/sharing/{consent.public_id}/{part}" for part in ("", "print/")),
            *(f"/sharing/for/{world.youth.public_id}/{part}" for part in ("", "shared/")),
        ],
        ["What Dr. Moe wrote on Friday"],
        [str(consent.public_id)],
    )
    return Planned(plan, closed, things, {"consent_drugs": shared})


def all_of(things: dict[str, Thing]) -> Thing:
    """Of a plan that is closed as a whole: any page, word or trace of it."""
    whole = Thing()
    for one in things.values():
        whole.pages += one.pages
        whole.words += one.words
        whole.traces += one.traces
    return whole


def _task(world: World, text: str, agency: str) -> dict[str, object]:
    return {"text": text, "owner": "Nadine", "agency": agency, "due_on": world.program.today() + dt.timedelta(days=4)}
