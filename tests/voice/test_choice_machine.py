"""Whatever is said, shown and taken back, in whatever order: what stands in the plan is what the family chose last."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.care.models import Item
from portal.care.refusals import PlanRefusal
from portal.directory.models import Service
from portal.voice.actions import asking, choices, offers
from portal.voice.models import Choice, ChoiceWord
from tests.voice.choosing import RESPITE, a_service, listed
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = st.sampled_from(["caregiver", "youth", "second_caregiver", "natural_support", "stranger_caregiver"])
SPEAKS = st.sampled_from(["caregiver", "youth", "caregiver", "youth", "second_caregiver", "stranger_caregiver"])
STAFF = st.sampled_from(["facilitator", "liaison", "stranger_liaison"])
KIND = st.sampled_from(["pick", "none", "pick", "none", "time", "you"])
DECIDES = {"caregiver", "youth"}


def machine_for(world: World, reached: set[str]) -> type[RuleBasedStateMachine]:  # noqa: C901 one machine
    item, entries = a_service(world), listed(world)
    deciding = {getattr(world, name).pk for name in DECIDES}

    class Choosing(RuleBasedStateMachine):
        """Each step tries something; a refusal is an answer. What must hold is asked of the rows after each."""

        def __init__(self) -> None:
            super().__init__()
            self.words: list[tuple[Any, ...]] = []
            self.outer = transaction.atomic()
            self.outer.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        def tries(self, act: Callable[..., Any], **what: Any) -> None:
            with suppress(PlanRefusal, Refused), transaction.atomic():
                act(**what)

        @property
        def newest(self) -> Choice | None:
            return Choice.objects.filter(item=item).order_by("-pk").first()

        @initialize(who=SPEAKS, kind=KIND)
        def something_is_shown_and_spoken_of(self, who: str, kind: str) -> None:
            self.staff_show_some("facilitator", 0, 1)
            self.somebody_says(who, kind, 0)

        @rule(staff=STAFF, first=st.integers(0, 2), second=st.integers(0, 2))
        def staff_show_some(self, staff: str, first: int, second: int) -> None:
            shown = list({entries[first].pk: entries[first], entries[second].pk: entries[second]}.values())
            self.tries(offers.offer_service, actor=getattr(world, staff), item=item, category=RESPITE, entries=shown)

        @rule(who=WHO)
        def somebody_asks_to_choose(self, who: str) -> None:
            self.tries(asking.ask_for_options, actor=getattr(world, who), item=item)

        @rule(who=SPEAKS, kind=KIND, place=st.integers(0, 1))
        def somebody_says(self, who: str, kind: str, place: int) -> None:
            choice = self.newest
            if choice is not None:
                options = list(choice.options.all())
                option = options[place] if kind == "pick" and place < len(options) else None
                said = choices.Said(kind, option, "A word")
                self.tries(choices.say, actor=getattr(world, who), choice=choice, said=said)

        @rule(staff=STAFF, place=st.integers(0, 1))
        def staff_choose_for_them(self, staff: str, place: int) -> None:
            choice = self.newest
            options = list(choice.options.all()) if choice is not None else []
            if choice is not None and place < len(options):
                said = choices.Said("pick", options[place], "Because")
                self.tries(choices.choose_for, actor=getattr(world, staff), choice=choice, said=said)

        @rule(who=WHO, back=st.integers(0, 2))
        def somebody_chooses_again(self, who: str, back: int) -> None:
            every = list(Choice.objects.filter(item=item).order_by("-pk"))
            if back < len(every):
                self.tries(choices.choose_again, actor=getattr(world, who), choice=every[back])

        @rule(staff=STAFF)
        def staff_take_it_back(self, staff: str) -> None:
            if self.newest is not None:
                self.tries(choices.withdraw_choice, actor=getattr(world, staff), choice=self.newest, why="Wrong")

        @rule(number=st.integers(0, 2), is_listed=st.booleans())
        def an_entry_comes_or_goes(self, number: int, is_listed: bool) -> None:
            Service.objects.filter(pk=entries[number].pk).update(is_listed=is_listed)

        @invariant()
        def what_stands_in_the_plan_is_what_the_family_chose(self) -> None:
            made = list(Choice.objects.filter(item=item, state="made").select_related("made"))
            assert len(made) <= 1
            said = Item.objects.get(pk=item.pk).data["provider"]
            assert said == (made[0].made.name if made and made[0].made else "")

        @invariant()
        def one_thing_at_most_stands_before_them(self) -> None:
            assert Choice.objects.filter(item=item, state__in=Choice.LIVE).count() <= 1

        @invariant()
        def only_who_decides_settles_anything(self) -> None:
            counted = ChoiceWord.objects.filter(choice__item=item, is_counted=True)
            assert {one.by_id for one in counted} <= deciding
            for choice in Choice.objects.filter(item=item, state__in=["made", "replaced", "none", "handed"]):
                assert counted.filter(choice=choice).exists()
                reached.add(choice.state)

        @invariant()
        def no_word_is_changed_or_lost(self) -> None:
            rows = ChoiceWord.objects.filter(choice__item=item).order_by("pk")
            words = [(one.pk, one.by_id, one.kind, one.option_id, one.text, one.is_counted) for one in rows]
            assert words[: len(self.words)] == self.words
            self.words = words

    return Choosing


def test_no_path_puts_a_name_in_the_plan_without_the_familys_word(world: World) -> None:
    reached: set[str] = set()
    machine = machine_for(world, reached)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert {"made", "none"} <= reached, "steps that never get anywhere prove nothing"
