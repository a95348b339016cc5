"""What changed since the last look: all of it and nothing else, for random edits by random hands and readers of many parts.

What a reader's page says is held against all states the plan was ever in, kept beside it here, and a rule by hand of who
sees what; nothing of the code that is asked is used for what it should say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.access import care as access
from portal.access import reading
from portal.accounts.models import Person
from portal.care import actions, digest
from portal.care.models import Item, Plan
from portal.families.models import Sight
from portal.growing import actions as growing
from tests.care.plans import NEXT, added, goal, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("told_nobody")]

VERBS = (
    *("add", "add", "step", "own", "change", "change", "move", "remove", "narrow", "let", "tick", "review"),
    *("look", "look"),
)
Step = tuple[str, int, str]
Facts = dict[int, dict[str, Any]]  # by item: what it says
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 11), st.sampled_from("abc")), min_size=4, max_size=16)
# One of each sort of change, with looks between them.
STORY: list[Step] = [
    *[("add", 1, "a"), ("add", 4, "b"), ("add", 5, "c"), ("look", 0, ""), ("look", 1, ""), ("look", 2, "")],
    *[("change", 1, "c"), ("look", 3, ""), ("change", 1, "b"), ("change", 2, "a"), ("change", 3, "b")],
    *[("let", 0, ""), ("change", 3, "c"), ("narrow", 0, "a"), ("step", 0, "b")],
]


@settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),  # an example takes a second or more: the first that differs says enough
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_it_holds_all_and_only_what_changed_since_that_reader_last_looked(world: World, steps: list[Step]) -> None:
    with transaction.atomic():
        run = Run(world)
        run.take(steps)
        wrong = run.wrong()
        transaction.set_rollback(True)
    assert not wrong


def _all_steps(steps: Any) -> list[digest.Difference]:
    return [digest.Difference(one.item_id, one.before, one.after) for one in steps]


def _the_last_alone(steps: Any) -> list[digest.Difference]:
    last = {one.item_id: one for one in steps}
    return [digest.Difference(pk, one.before, one.after) for pk, one in last.items() if one.before != one.after]


# Each makes the digest say more or less than it should.
BROKEN: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "changed and changed back": (digest, "differences", _all_steps),
    "only the last step": (digest, "differences", _the_last_alone),
    "open to everybody": (access, "_is_open_to", lambda *_all, **_more: True),
    "opened is changed": (digest, "newly_open", lambda *_all: set()),
    "nothing since": (reading, "steps_since", lambda _plan, _number: []),
    "another's look": (reading, "last_look", lambda _person, plan: plan.seen.order_by("number").first()),
}


def test_one_story_of_each_sort_of_change_and_what_breaks_it_is_found_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(world)
    run.take(STORY)
    assert not run.wrong()
    for name, (place, function, otherwise) in BROKEN.items():
        with monkeypatch.context() as patch:
            patch.setattr(place, function, otherwise)
            assert run.wrong(), name


class Run:
    """One plan under random hands."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = opened(world)
        self.people: dict[str, Person] = {
            name: getattr(world, name) for name in ("caregiver", "youth", "liaison", "facilitator", "second_caregiver")
        }
        self.states: dict[int, Facts] = {0: {}}  # by version: all that the plan said then, removed or hidden or not
        self.read: dict[str, int] = {}
        self.on_page: dict[str, set[int]] = {}  # what stood on their page at their last look
        goal(world, self.plan, "a", domain="school")
        self._note()

    def take(self, steps: list[Step]) -> None:
        for verb, which, words in steps:
            getattr(self, verb)(which, words)

    def wrong(self) -> list[str]:
        """Where what a reader's page says is new is not what should be."""
        return [
            f"{name}: {told}, not {due}" for name in self.people if (told := self.told(name)) != (due := self.due(name))
        ]

    # -- steps ---------------------------------------------------------------------------------------------------------

    def add(self, which: int, words: str) -> None:
        basis = {4: "minor", 8: "minor", 5: "substance"}.get(which, "parent")
        about = {"text": words, "whose": "youth", "domain": "school" if which % 2 else "home"}
        added(self.world.facilitator, self.plan, "goal", **about, access_basis=basis)
        self._note()

    def step(self, which: int, words: str) -> None:
        goals = [item for item in self._items() if item.kind == "goal"]
        if goals:
            above = goals[which % len(goals)]
            under = {"text": words, "access_basis": above.access_basis}
            added(self.world.facilitator, self.plan, "strategy", above, **under)
            self._note()

    def own(self, _which: int, words: str) -> None:
        """How the caregiver is: her own, seen by staff beside her and by nobody else of the family."""
        added(self.world.caregiver, self.plan, "wellbeing", measure=words, better="up")
        self._note()

    def change(self, which: int, words: str) -> None:
        self._say(which, **{"measure" if self._is_own(which) else "text": words})

    def move(self, which: int, words: str) -> None:
        """To another part of life: then it enters or leaves what the second caregiver sees."""
        if (item := self._item(which)) is not None and item.kind == "goal":
            self._say(which, domain="school" if words == "a" else "fun")

    def remove(self, which: int, words: str) -> None:
        if (item := self._item(which)) is not None:
            actions.remove_item(actor=item.said_by, item=item, why=words)
            self._note()

    def narrow(self, which: int, words: str) -> None:
        item = self._item(which)
        basis = "minor" if words == "a" else "substance"
        if item is not None and item.kind != "wellbeing" and item.access_basis == "parent":
            actions.change_item(
                actor=self.world.facilitator, item=item, mark=item.mark, data=item.data, access_basis=basis
            )
            self._note()

    def tick(self, which: int, words: str) -> None:
        """Showing it to somebody, or no more, is no change of it."""
        item = self._item(which)
        if item is not None and item.access_basis == "parent" and item.kind != "wellbeing":
            act = actions.tick if words == "a" else actions.untick
            act(actor=self.world.youth, item=item, member=self.world.natural_support_member)

    def review(self, _which: int, _words: str) -> None:
        next_on = self.world.program.today() + NEXT
        actions.review_plan(actor=self.world.facilitator, plan=self._now(), next_on=next_on)
        self._note()

    def look(self, which: int, words: str) -> None:
        """They say that they have read it: as it is now, or as it was when they opened their page."""
        name = list(self.people)[which % len(self.people)]
        last = self._now().last_number
        number = max(last - 2, 1) if words == "c" else last
        actions.confirm_seen(actor=self.people[name], plan=self.plan, number=number)
        now = {item.pk for item in self._rows() if self._sees(name, item)}
        if number > self.read.get(name, 0) or (number == self.read[name] and now - self.on_page[name]):
            self.read[name], self.on_page[name] = number, now

    def let(self, _which: int, _words: str) -> None:
        """The young person lets the caregiver see what he agreed to alone: what opens to her then, nobody changed."""
        if any(item.access_basis == "minor" for item in self._items()):
            growing.let_see(actor=self.world.youth, adult=self.world.caregiver_member)

    # -- what they read, and what they should ------------------------------------------------------------------------------

    def told(self, name: str) -> Counter[str]:
        answer = signed_in(None, self.people[name]).get(f"/plans/{self.plan.public_id}/")
        if answer.status_code == 404:  # nothing in it is for them
            return Counter()
        return Counter(
            _one(news["title"], [(str(one.label), one.before, one.after) for one in news["moved"]], **_flags(news))
            for news in answer.context["news"]
        )

    def due(self, name: str) -> Counter[str]:
        if name not in self.read:
            return Counter()  # on the first visit all is new, and nothing is called so
        then, now = self.states[self.read[name]], self._facts()
        found = []
        for item in self._rows():
            before, after = then.get(item.pk), now.get(item.pk)
            if not self._sees(name, item):
                continue
            if self._is_opened(name, item):
                found += [_one(_title(after), [], is_opened=True)] if after else []
            elif before != after:
                moved = _moved(before, after)
                found.append(_one(_title(after or before or {}), moved, is_new=not before, is_gone=not after))
        return Counter(found)

    def _is_opened(self, name: str, item: Item) -> bool:
        """It was there at their last look or before, and was not theirs to see."""
        begun = min(number for number, facts in self.states.items() if item.pk in facts)
        return begun <= self.read[name] and item.pk not in self.on_page[name]

    def _sees(self, name: str, item: Item) -> bool:
        """By hand: the young person all but how a caregiver is; a parent what rests on a parent's yes; staff all but what
        another of them wrote about drugs; the second caregiver what is about school."""
        basis = item.access_basis
        if item.kind == "wellbeing":
            return name in {"caregiver", "liaison", "facilitator"}
        if name == "second_caregiver":
            above = item.parent or item
            return basis == "parent" and above.kind == "goal" and above.data["domain"] == "school"
        is_let = Sight.objects.filter(adult=self.world.caregiver_member, ended_at=None).exists()
        allowed = {"caregiver": {"parent", "minor"} if is_let else {"parent"}, "liaison": {"parent", "minor"}}
        return basis in allowed.get(name, {"parent", "minor", "substance"})

    # -- rows ----------------------------------------------------------------------------------------------------------------

    def _now(self) -> Plan:
        self.plan.refresh_from_db()
        return self.plan

    def _facts(self) -> Facts:
        return {item.pk: item.data for item in Item.objects.filter(plan=self.plan, removed_at=None)}

    def _note(self) -> None:
        self.states[self._now().last_number] = self._facts()

    def _rows(self) -> list[Item]:
        """What was taken out, too."""
        return list(Item.objects.filter(plan=self.plan).select_related("parent"))

    def _items(self) -> list[Item]:
        return list(Item.objects.filter(plan=self.plan, removed_at=None).select_related("said_by").order_by("pk"))

    def _item(self, which: int) -> Item | None:
        items = self._items()
        return items[which % len(items)] if items else None

    def _is_own(self, which: int) -> bool:
        item = self._item(which)
        return item is not None and item.kind == "wellbeing"

    def _say(self, which: int, **words: str) -> None:
        item = self._item(which)
        if item is not None:
            actions.change_item(actor=item.said_by, item=item, mark=item.mark, data=item.data | words)
            self._note()


def _one(title: str, moved: list[tuple[str, Any, Any]], **flags: bool) -> str:
    said = sorted((str(before), str(after)) for _label, before, after in moved)
    return f"{title} {' '.join(name for name, holds in flags.items() if holds)} {said}"


def _flags(news: dict[str, Any]) -> dict[str, bool]:
    return {name: bool(news.get(name)) for name in ("is_opened", "is_new", "is_gone")}


def _title(data: dict[str, Any]) -> str:
    return str(data.get("text") or data.get("measure"))


def _moved(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[str, Any, Any]]:
    if not before or not after:
        return []
    names = {"school": "school and work", "home": "home", "fun": "fun"}
    return [
        (part, names.get(str(before[part]), before[part]), names.get(str(after[part]), after[part]))
        for part in after
        if before[part] != after[part]
    ]
