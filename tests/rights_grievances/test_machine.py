"""Whatever is tried, in whatever order: no case takes a way that is not in the table, none stands still, and each can end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.access import grievances as access
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from rights_grievances import actions
from rights_grievances.models import AdverseNotice, Case, CaseStep
from rights_grievances.refusals import CaseRefusal
from rights_grievances.states import TRANSITIONS
from tests.rights_grievances.telling import fresh, sent_letter, tell
from tests.world import World

Step = CaseStep.Kind
WHO = st.sampled_from(
    ["coordinator"] * 4 + ["caregiver"] * 3 + ["lead"] * 2 + ["youth", "second_caregiver", "peer", "liaison"]
)
KIND = st.sampled_from(["question", "grievance", "grievance", "appeal", "safety"])

# From where the machine goes on by itself: each state is stood in, whatever is tried from there.
OPENINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("sorted", "at the plan", "acknowledged"),
    ("sorted", "at the plan", "late"),
    ("sorted", "at the plan", "given", "tried", "letter", "longer"),
    ("sorted", "given", "answered", "closed", "again"),
    ("sorted", "handed on"),
    ("sorted", "taken back"),
)


def machine_for(world: World, reached: set[str], opening: tuple[str, ...]) -> type[RuleBasedStateMachine]:  # noqa: C901 one machine
    class Cases(RuleBasedStateMachine):
        """Each step tries something; a refusal is an answer. What must hold is asked of the rows after each."""

        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()
            self.case = tell(world)

        def teardown(self) -> None:
            try:
                self.ends()
            finally:
                transaction.set_rollback(True)
                self.outer.__exit__(None, None, None)

        def tries(self, act: Callable[..., Any], **what: Any) -> None:
            before = fresh(self.case).state
            with suppress(CaseRefusal, Refused), transaction.atomic():
                act(case=fresh(self.case), **what)
            after = fresh(self.case).state
            assert after == before or after in TRANSITIONS[Case.State(before)], f"{before} to {after} by {act.__name__}"
            reached.add(after)

        def person(self, who: str) -> Person:
            found: Person = getattr(world, who)
            return found

        @initialize()
        def some_way_in(self) -> None:
            for name in opening:
                self.goes(name)

        def goes(self, name: str) -> None:
            ways: dict[str, Callable[[], None]] = {
                "sorted": lambda: self.sort("coordinator", "grievance"),
                "at the plan": lambda: self.send_on("coordinator"),
                "acknowledged": lambda: self.acknowledge("coordinator"),
                "given": lambda: self.give_to("coordinator", "lead"),
                "tried": lambda: self.try_by_voice("coordinator"),
                "letter": self.send_the_letter,
                "longer": lambda: self.take_more_time("coordinator", "A doctor is away."),
                "late": self.time_passes,
                "answered": lambda: self.answer("lead", "agreed", "So it is.", "All of it."),
                "closed": lambda: self.close("caregiver"),
                "again": lambda: self.open_again("caregiver"),
                "handed on": lambda: self.hand_on("coordinator"),
                "taken back": lambda: self.take_back("caregiver", False),
            }
            ways[name]()

        @rule(who=WHO, kind=KIND)
        def sort(self, who: str, kind: str) -> None:
            self.tries(actions.sort_case, actor=self.person(who), kind=kind)

        @rule(who=WHO)
        def send_on(self, who: str) -> None:
            self.tries(actions.forward_case, actor=self.person(who))
            self.tries(actions.confirm_receipt, actor=self.person(who))

        @rule(who=WHO)
        def acknowledge(self, who: str) -> None:
            self.tries(actions.acknowledge_case, actor=self.person(who))

        @rule(who=WHO, to=st.sampled_from(["lead", "coordinator", "supervisor", "peer", "liaison"]))
        def give_to(self, who: str, to: str) -> None:
            self.tries(actions.assign_decider, actor=self.person(who), staff_role=getattr(world, f"{to}_role"))

        @rule(who=WHO, named=st.sampled_from(["peer", "mentor", "coordinator", "lead"]), sure=st.integers(0, 9))
        def name_somebody(self, who: str, named: str, sure: int) -> None:
            if not sure:
                self.tries(actions.add_named, actor=self.person(who), named=self.person(named))

        @rule(who=WHO)
        def put_outside(self, who: str) -> None:
            self.tries(actions.put_outside, actor=self.person(who))

        @rule(who=WHO)
        def try_by_voice(self, who: str) -> None:
            self.tries(actions.note_try, actor=self.person(who))

        @rule()
        def send_the_letter(self) -> None:
            sent_letter(self.case)

        @rule(who=WHO, reason=st.sampled_from(["", "A doctor is away."]))
        def take_more_time(self, who: str, reason: str) -> None:
            self.tries(actions.extend_case, actor=self.person(who), reason=reason)

        @rule(who=WHO, pressed=st.booleans())
        def take_back(self, who: str, pressed: bool) -> None:
            before = fresh(self.case)
            self.tries(actions.withdraw_case, actor=self.person(who), was_pressed=pressed)
            if pressed or who != "caregiver":
                assert fresh(self.case).state == before.state

        @rule(who=WHO)
        def hand_on(self, who: str) -> None:
            self.tries(actions.refer_case, actor=self.person(who), to="The school board")

        @rule(
            who=WHO,
            outcome=st.sampled_from(["agreed", "not_agreed", "answered"]),
            answer=st.sampled_from(["", "So it is."]),
            changed=st.sampled_from(["", "We call back in a day."]),
        )
        def answer(self, who: str, outcome: str, answer: str, changed: str) -> None:
            self.tries(actions.resolve_case, actor=self.person(who), outcome=outcome, answer=answer, changed=changed)

        @rule(who=WHO)
        def close(self, who: str) -> None:
            self.tries(actions.close_case, actor=self.person(who))

        @rule(who=WHO)
        def open_again(self, who: str) -> None:
            self.tries(actions.reopen_case, actor=self.person(who))

        @rule(who=WHO, is_fixed=st.booleans())
        def say_fixed(self, who: str, is_fixed: bool) -> None:
            self.tries(actions.say_fixed, actor=self.person(who), is_fixed=is_fixed)

        @rule()
        def time_passes(self) -> None:
            now = timezone.now()
            running = access.clocks_of(self.case).filter(state=Clock.State.OPEN).values("pk")
            Clock.objects.filter(pk__in=list(running.values_list("pk", flat=True))).update(
                due_at=now - dt.timedelta(seconds=2), next_fire_at=now - dt.timedelta(seconds=1)
            )
            fire_due()

        @invariant()
        def an_open_case_is_owed_an_answer(self) -> None:
            if fresh(self.case).is_open:
                owed = [one for one in access.clocks_of(self.case) if one.is_unmet]
                assert any(one.satisfied_by == "grievance_resolved" for one in owed)

        @invariant()
        def more_time_has_its_reason_its_try_and_its_letter_and_comes_once(self) -> None:
            given = list(self.case.steps.filter(kind=Step.EXTENDED))
            assert len(given) <= 1
            assert all(one.extensions <= 1 for one in access.clocks_of(self.case))
            for one in given:
                assert one.text
                assert self.case.steps.filter(kind=Step.ORAL_TRY, pk__lt=one.pk).exists()
                assert self.case.letters.filter(kind="extension", sent_at__lte=one.at).exists()

        @invariant()
        def who_decides_may(self) -> None:
            case = fresh(self.case)
            if case.is_open and case.decider is not None:
                assert case.decider in access.eligible_deciders(case)

        @invariant()
        def an_answer_has_words_and_came_from_who_may_give_it(self) -> None:
            case = fresh(self.case)
            if case.state in {"resolved", "closed"}:
                assert case.answer
                assert case.resolved_at is not None

        @invariant()
        def only_the_law_being_late_opens_a_right(self) -> None:
            case = fresh(self.case)
            late = access.clocks_of(case).filter(state=Clock.State.MISSED).exclude(duty_of__in=["programme", "family"])
            if case.legal_missed_at is None:
                assert not AdverseNotice.objects.filter(case=case).exists()
            else:
                reached.add("late by law")
                assert case.received_by_plan_at is not None
            if any(one.terms["if_missed"] for one in late):
                assert case.legal_missed_at is not None

        def ends(self) -> None:
            """From wherever it is, somebody who may can bring it to its end."""
            case = fresh(self.case)
            if case.state in {"closed", "withdrawn"}:
                return
            if case.is_open and case.is_outside and not access.eligible_handlers(case):
                actions.say_answered(actor=world.caregiver, case=case, text="They told me.")
            elif case.is_open:
                actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
                able = access.eligible_deciders(fresh(case))
                actions.assign_decider(actor=world.coordinator, case=case, staff_role=able[0] if able else None)
                decider = able[0].person if able else world.coordinator
                actions.resolve_case(
                    actor=decider, case=case, outcome="agreed", answer="It is so.", changed="All of it."
                )
            actions.close_case(actor=world.caregiver, case=case)
            assert fresh(case).state == Case.State.CLOSED
            reached.add("ended")

    return Cases


@pytest.mark.slow
@pytest.mark.promise("LA-46")
def test_no_way_leads_past_the_table_and_every_case_can_end(world: World) -> None:
    reached: set[str] = set()
    for opening in OPENINGS:
        run_state_machine_as_test(
            machine_for(world, reached, opening),
            settings=settings(
                max_examples=3,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,  # the same ways each time: what they reach is asserted below
                phases=[Phase.generate],  # a failure says its steps; making them fewer takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
    missing = {*Case.State.values, "late by law", "ended"} - reached
    assert not missing, "the machine has to get this far, or its promises were never tried"


def test_the_table_names_every_state_and_every_way_has_somebody_who_goes_it() -> None:
    assert set(TRANSITIONS) == set(Case.State)
    assert all(TRANSITIONS.values())
