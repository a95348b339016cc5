"""Whatever is tried, in whatever order: nobody is turned away or sent out, and no rule is got round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.clocks.models import Clock, ClockEvent
from portal.enrollment import actions
from portal.enrollment.models import Decision, Enrollment, today_of
from portal.enrollment.refusals import CaseRefusal
from portal.enrollment.standing import agencies_of, standing_of
from tests.enrollment import cases
from tests.enrollment.cases import Stance
from tests.world import World, signed_in

AGENCY = st.integers(0, 3)
STANCE = st.sampled_from([*Stance, Stance.AGREE, Stance.AGREE])
OWN = st.sampled_from(["faraway_caregiver", "faraway_youth"])


def machine_for(world: World) -> type[RuleBasedStateMachine]:  # noqa: C901 the steps of one machine
    keeper, manager = cases.keeper_of(world), cases.manager_of(world)
    family = world.faraway_family
    staff, parent = signed_in(None, keeper), signed_in(None, world.faraway_caregiver)

    class Cases(RuleBasedStateMachine):
        """Each step tries something; a refusal is an answer. What must hold is asked of the rows after each."""

        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        def tries(self, act: Callable[..., Any], **what: Any) -> None:
            with suppress(CaseRefusal, Refused), transaction.atomic():
                act(**what)

        @property
        def decision(self) -> Decision | None:
            return Decision.objects.filter(family=family).order_by("state", "-pk").last()

        @property
        def enrollment(self) -> Enrollment | None:
            return Enrollment.objects.filter(family=family).order_by("-pk").first()

        @rule()
        def ask_the_agencies(self) -> None:
            self.tries(lambda: cases.opened(world))

        @rule()
        def go_the_whole_way(self) -> None:
            self.tries(lambda: cases.enrolled(world))

        @rule(agency=AGENCY, stance=STANCE)
        def an_agency_speaks(self, agency: int, stance: Stance) -> None:
            if self.decision is not None:
                self.tries(
                    actions.say_position,
                    actor=keeper,
                    decision=self.decision,
                    agency=agencies_of(self.decision)[agency],
                    stance=stance,
                    reason="So it is.",
                )

        @rule()
        def all_agencies_agree(self) -> None:
            if self.decision is not None:
                self.tries(cases.all_agree, world=world, decision=self.decision)

        @rule(who=OWN, stance=STANCE, by_staff=st.booleans())
        def the_family_speaks(self, who: str, stance: Stance, by_staff: bool) -> None:
            person = getattr(world, who)
            if self.decision is not None:
                self.tries(
                    actions.say_position,
                    actor=keeper if by_staff else person,
                    decision=self.decision,
                    person=person,
                    stance=stance,
                    reason="We say so.",
                )

        @rule(next_in=st.sampled_from([None, -3, 0, 9]))
        def the_team_has_met(self, next_in: int | None) -> None:
            if self.decision is not None:
                next_on = None if next_in is None else today_of(family) + dt.timedelta(days=next_in)
                self.tries(actions.close_meeting, actor=keeper, decision=self.decision, next_on=next_on)

        @rule(days=st.sampled_from([0, 1, 13, 14, 30]), reason=st.sampled_from(["", "Home from the hospital"]))
        def set_the_first_day(self, days: int, reason: str) -> None:
            today = today_of(family)
            self.tries(
                actions.enroll,
                actor=keeper,
                family=family,
                youth=world.faraway_youth_member,
                care_manager=manager,
                enrolled_on=today + dt.timedelta(days=days),
                next_on=today,
                lead_reason=reason,
            )

        @rule()
        def add_a_goal(self) -> None:
            if self.enrollment is not None:
                self.tries(cases.add_goal, world=world, enrollment=self.enrollment)

        @rule()
        def a_goal_is_met(self) -> None:
            goal = self.enrollment and self.enrollment.objectives.filter(met_at=None).first()
            if goal:
                self.tries(actions.meet_objective, actor=keeper, objective=goal)

        @rule(approves=st.booleans(), agrees=st.booleans())
        def the_team_speaks(self, approves: bool, agrees: bool) -> None:
            if self.enrollment is not None:
                # Its first day may be ahead: then the team cannot have met in it yet.
                Enrollment.objects.filter(pk=self.enrollment.pk).update(enrolled_on=today_of(family))
                self.tries(cases.recommend, world=world, enrollment=self.enrollment, approves=approves, agrees=agrees)

        @rule(who=OWN, agrees=st.booleans())
        def the_family_answers(self, who: str, agrees: bool) -> None:
            if self.enrollment is not None:
                self.tries(actions.answer_ending, actor=getattr(world, who), enrollment=self.enrollment, agrees=agrees)

        @rule()
        def more_time(self) -> None:
            if self.enrollment is not None:
                self.tries(actions.ask_more_time, actor=world.faraway_youth, enrollment=self.enrollment)
                self.tries(actions.give_more_time, actor=keeper, enrollment=self.enrollment, reason="Two goals.")

        @rule()
        def end_it(self) -> None:
            if self.enrollment is not None:
                self.tries(actions.end_enrollment, actor=keeper, enrollment=self.enrollment)

        @rule(by_staff=st.booleans())
        def turn_them_away_or_send_them_out(self, by_staff: bool) -> None:
            browser = staff if by_staff else parent
            decision, enrollment = self.decision, self.enrollment
            if decision is not None:
                answer = browser.post(f"/decisions/{decision.public_id}/reject/")
                assert (answer.status_code, b"MO-12" in answer.content) == (409, True)
                assert Decision.objects.get(pk=decision.pk).state == decision.state
            if enrollment is not None:
                answer = browser.post(f"/enrollments/{enrollment.public_id}/eject/")
                assert (answer.status_code, b"MO-13" in answer.content) == (409, True)
                assert Enrollment.objects.get(pk=enrollment.pk).ended_at == enrollment.ended_at

        @invariant()
        def nothing_is_decided_over_a_no(self) -> None:
            for decision in Decision.objects.filter(family=family):
                assert decision.state in {"pending", "agreed"}
                if decision.state == "agreed":
                    standing = standing_of(decision)
                    assert (standing.against, standing.missing) == ([], [])

        @invariant()
        def nobody_is_enrolled_before_all_agree(self) -> None:
            for enrollment in Enrollment.objects.filter(family=family):
                assert enrollment.decision is not None
                assert enrollment.decision.state == "agreed"

        @invariant()
        def what_has_ended_had_all_goals_met_and_two_yeses(self) -> None:
            for enrollment in Enrollment.objects.filter(family=family).exclude(ended_at=None):
                assert enrollment.objectives.exists()
                assert not enrollment.objectives.filter(met_at=None).exists()
                said = enrollment.recommendation()
                assert said is not None
                assert said.is_approved
                assert said.family_agrees or (said.decision is not None and said.decision.state == "agreed")
                assert not enrollment.decisions.filter(state="pending").exists()

        @invariant()
        def more_time_is_added_once(self) -> None:
            for clock in Clock.objects.filter(family=family, rule_id="MO-TERM"):
                assert clock.extensions <= 1
                assert ClockEvent.objects.filter(clock=clock, kind="extended").count() == clock.extensions

        @invariant()
        def each_open_case_has_an_owner_and_a_next_date(self) -> None:
            assert actions.without_owner_or_date() == []

    return Cases


@pytest.mark.slow
@pytest.mark.promise("MO-12")
@pytest.mark.promise("MO-13")
def test_no_path_rejects_ejects_decides_over_a_no_ends_with_an_open_goal_or_extends_twice(world: World) -> None:
    run_state_machine_as_test(
        machine_for(world),
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
