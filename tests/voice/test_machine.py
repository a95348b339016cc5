"""Whatever is done, in whatever order: a statement has a state, a no has its reason, a "not now" its day, and no word changes."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.clocks.models import Clock
from portal.voice.actions import statements as actions
from portal.voice.models import Statement
from portal.voice.statement_refusals import VoiceRefusal
from tests.care.plans import goal, opened
from tests.voice.stage import WORDS, clocks_of, now, said
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PEOPLE = ("caregiver", "second_caregiver", "youth", "natural_support", "facilitator", "liaison", "peer", "lead")
TEXTS = ("", "  ", "In plain words.")
DAYS = (-3, 0, 1, 30, 400)
REASONED = {"answered", "not_now", "declined"}


class Statements(RuleBasedStateMachine):
    world: World

    @initialize()
    def say(self) -> None:
        self.point = transaction.savepoint()
        self.item = goal(self.world, opened(self.world))
        self.statement = said(self.world)
        self.sealed = bytes(now(self.statement).sealed_words or b"")
        self.audience = 2

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def do(self, act: Any, who: str, **told: Any) -> None:
        with contextlib.suppress(Refused, VoiceRefusal), transaction.atomic():
            act(actor=getattr(self.world, who), statement=now(self.statement), **told)

    @rule(who=st.sampled_from(PEOPLE), words=st.sampled_from(TEXTS), has_item=st.booleans())
    def put_in_plan(self, who: str, words: str, has_item: bool) -> None:
        item = self.item if has_item else None
        self.do(actions.put_in_plan, who, answer=actions.Answer(words), item=item)

    @rule(who=st.sampled_from(PEOPLE), words=st.sampled_from(TEXTS))
    def answer(self, who: str, words: str) -> None:
        self.do(actions.answer_statement, who, answer=actions.Answer(words))

    @rule(who=st.sampled_from(PEOPLE), words=st.sampled_from(TEXTS), days=st.sampled_from(DAYS))
    def not_now(self, who: str, words: str, days: int) -> None:
        day = self.world.program.today() + dt.timedelta(days=days)
        self.do(actions.say_not_now, who, answer=actions.Answer(words), back_on=day)

    @rule(who=st.sampled_from(PEOPLE), words=st.sampled_from(TEXTS))
    def decline(self, who: str, words: str) -> None:
        self.do(actions.decline, who, answer=actions.Answer(words))

    @rule(who=st.sampled_from(PEOPLE), was_one=st.booleans())
    def judge(self, who: str, was_one: bool) -> None:
        self.do(actions.judge_answer, who, was_one=was_one)

    @rule(who=st.sampled_from(PEOPLE))
    def take_back(self, who: str) -> None:
        self.do(actions.take_back, who)

    @rule(who=st.sampled_from(PEOPLE), audience=st.sampled_from(Statement.Audience.values))
    def widen(self, who: str, audience: str) -> None:
        self.do(actions.widen, who, audience=audience)

    @rule(who=st.sampled_from(PEOPLE))
    def interpreter(self, who: str) -> None:
        self.do(actions.ask_interpreter, who)

    @rule()
    def a_day_comes(self) -> None:
        Statement.objects.filter(pk=self.statement.pk, state="not_now").update(back_on=self.world.program.today())
        actions.keep_statements()

    @invariant()
    def it_holds(self) -> None:
        if not hasattr(self, "statement"):
            return
        row = now(self.statement)
        steps = list(row.steps.order_by("at", "pk"))
        assert row.state in Statement.State.values
        assert steps[-1].state == row.state
        assert bytes(row.sealed_words or b"") == self.sealed
        assert row.words == WORDS
        assert row.author == self.world.caregiver_member
        assert all(step.words.strip() for step in steps if step.kind in REASONED)
        assert all((step.back_on is not None) == (step.kind == "not_now") for step in steps)
        assert all(step.by in {self.world.facilitator, self.world.liaison} for step in steps if step.kind in REASONED)
        assert (row.back_on is not None) == (row.state == "not_now")
        order = [one.value for one in Statement.WIDER]
        assert order.index(row.audience) >= self.audience
        self.audience = order.index(row.audience)
        owed = [clock for clock in clocks_of(row) if clock.state in {Clock.State.OPEN, Clock.State.MISSED}]
        assert len(owed) == (row.state == "heard")


def test_no_path_leaves_a_statement_without_a_state_or_changes_a_word(world: World) -> None:
    Statements.world = world
    run_state_machine_as_test(
        Statements,
        settings=settings(
            max_examples=12, stateful_step_count=14, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
