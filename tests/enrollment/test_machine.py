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
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.access import Refused
from portal.clocks.models import Clock, ClockEvent
from portal.enrollment import actions
from portal.enrollment.models import Decision, Enrollment, Position, Recommendation, Withdrawal, today_of
from portal.enrollment.refusals import CaseRefusal
from portal.enrollment.standing import agencies_of
from tests.enrollment import cases
from tests.enrollment.cases import Stance
from tests.world import World, signed_in

AGENCY = st.integers(0, 3)
STANCE = st.sampled_from([*Stance, Stance.AGREE, Stance.AGREE])
OWN = st.sampled_from(["faraway_caregiver", "faraway_youth"])


def newest_words(decision: Decision) -> dict[tuple[int | None, int | None], str]:
    """By voice, read from the rows alone: the code under test has no part in it."""
    said = decision.positions.order_by("version", "pk")
    return {(one.agency_id, one.person_id): one.stance for one in said}


def machine_for(world: World, reached: set[str]) -> type[RuleBasedStateMachine]:  # noqa: C901 one machine
    keeper, manager = cases.keeper_of(world), cases.manager_of(world)
    family = world.faraway_family
    staff, parent = signed_in(None, keeper), signed_in(None, world.faraway_caregiver)

    class Cases(RuleBasedStateMachine):
        """Each step tries something; a refusal is an answer. What must hold is asked of the rows after each."""

        def __init__(self) -> None:
            super().__init__()
            self.said = (0, 0, 0)
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

        @initialize(how_far=st.integers(0, 3))
        def some_way_in(self, how_far: int) -> None:
            if how_far:
                self.go_the_whole_way()
            if how_far == 2:
                self.all_that_an_ending_needs()
            if how_far == 3:
                self.all_of_it_and_the_end()

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

        @rule(by_staff=st.booleans())
        def take_the_ending_back(self, by_staff: bool) -> None:
            if self.enrollment is not None:
                self.tries(
                    actions.withdraw_ending,
                    actor=keeper if by_staff else world.faraway_youth,
                    enrollment=self.enrollment,
                )

        @rule()
        def all_that_an_ending_needs(self) -> None:
            """A short way to where an ending is near, unless somebody's word stands in it."""
            enrollment = self.enrollment
            if enrollment is not None and enrollment.is_open:
                self.tries(cases.add_goal, world=world, enrollment=enrollment)
                self.a_goal_is_met()
                self.the_team_speaks(approves=True, agrees=True)
                self.tries(cases.agencies_agree_to_end, world=world, enrollment=enrollment)

        @rule()
        def all_of_it_and_the_end(self) -> None:
            self.all_that_an_ending_needs()
            self.end_it()

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
                reached.add("asked to send them out")

        @invariant()
        def nothing_is_decided_over_a_no(self) -> None:
            for decision in Decision.objects.filter(family=family):
                assert decision.state in ({"pending", "agreed"} if decision.about == "joining" else set(Decision.State))
                if decision.state == "agreed":
                    reached.add(f"agreed on {decision.about}")
                    newest = newest_words(decision)
                    assert len([voice for voice in newest if voice[0]]) == 4  # each of the agencies
                    assert "not_agree" not in newest.values()
                    assert "agree" in [stance for voice, stance in newest.items() if voice[0]]

        @invariant()
        def nobody_is_enrolled_before_all_agree(self) -> None:
            for enrollment in Enrollment.objects.filter(family=family):
                assert enrollment.decision is not None
                assert enrollment.decision.state == "agreed"

        @invariant()
        def what_has_ended_had_all_goals_met_and_every_yes(self) -> None:
            for enrollment in Enrollment.objects.filter(family=family).exclude(ended_at=None):
                reached.add("ended")
                assert enrollment.objectives.exists()
                assert not enrollment.objectives.filter(met_at=None).exists()
                said = enrollment.recommendations.filter(withdrawal=None).order_by("-pk").first()
                assert said is not None
                assert said.is_approved
                assert said.decision is not None
                assert said.decision.state == "agreed"
                assert not enrollment.decisions.filter(state="pending").exists()
                for person in (world.faraway_caregiver, world.faraway_youth):
                    words = newest_words(said.decision)
                    told = enrollment.recommendations.filter(person=person).order_by("-pk").first()
                    assert told is None or told.family_agrees or words[None, person.pk] != "not_agree"

        @invariant()
        def more_time_is_added_once(self) -> None:
            for clock in Clock.objects.filter(family=family, rule_id="MO-TERM"):
                assert clock.extensions <= 1
                assert ClockEvent.objects.filter(clock=clock, kind="extended").count() == clock.extensions
                reached.update(["more time"] * clock.extensions)

        @invariant()
        def nothing_that_was_said_is_lost(self) -> None:
            now = (Position.objects.count(), Recommendation.objects.count(), Withdrawal.objects.count())
            assert all(after >= before for after, before in zip(now, self.said, strict=True))
            self.said = now
            reached.update(["taken back"] * now[2])

        @invariant()
        def each_open_case_has_an_owner_and_a_next_date(self) -> None:
            assert actions.without_owner_or_date() == []

    return Cases


@pytest.mark.slow
@pytest.mark.promise("MO-12")
@pytest.mark.promise("MO-13")
def test_no_path_rejects_ejects_decides_over_a_no_ends_with_an_open_goal_or_extends_twice(world: World) -> None:
    reached: set[str] = set()
    run_state_machine_as_test(
        machine_for(world, reached),
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,  # the same ways each time: what they reach is asserted below
            suppress_health_check=list(HealthCheck),
        ),
    )
    ways = {"agreed on joining", "agreed on ending", "taken back", "more time", "ended", "asked to send them out"}
    assert reached == ways, "the machine has to get this far, or its promises were never tried"
