"""Two people at once: whoever is second meets what the first one did, and no rule falls between them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from portal.clocks.models import ClockEvent
from portal.enrollment import actions
from portal.enrollment.models import Decision, Enrollment, Position, today_of
from portal.enrollment.refusals import CaseRefusal
from portal.enrollment.standing import agencies_of, standing_of
from tests.enrollment.cases import add_goal, agencies_agree_to_end, all_agree, keeper_of, manager_of, opened, recommend
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
Act = Callable[[], Any]


def at_once(*acts: Act) -> list[CaseRefusal | None]:
    """Each in a thread with its own connection, begun together: what refused it, if anything did."""
    begin = threading.Barrier(len(acts))

    def run(act: Act) -> CaseRefusal | None:
        try:
            begin.wait(timeout=30)
            act()
        except CaseRefusal as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def went_through(answers: list[CaseRefusal | None]) -> int:
    return sum(answer is None for answer in answers)


def test_whoever_is_second_meets_what_the_first_one_did(world_committed: World) -> None:
    world = world_committed
    keeper, manager, parent = keeper_of(world), manager_of(world), world.faraway_caregiver
    family, today = world.faraway_family, today_of(world.faraway_family)
    agrees, not_agrees = Position.Stance.AGREE, Position.Stance.NOT_AGREE

    # The same question, asked by two.
    assert went_through(at_once(*[lambda: opened(world)] * 2)) == 1
    decision = Decision.objects.get()

    # The meeting is closed in the moment in which the mother says no.
    all_agree(world, decision)
    at_once(
        lambda: actions.close_meeting(actor=keeper, decision=decision, next_on=today),
        lambda: actions.say_position(
            actor=parent, decision=decision, person=parent, stance=not_agrees, reason="I am afraid."
        ),
    )
    decision.refresh_from_db()
    assert decision.is_agreed != bool(standing_of(decision).against)
    if decision.is_pending:
        actions.say_position(actor=parent, decision=decision, person=parent, stance=agrees)
        actions.close_meeting(actor=keeper, decision=decision)

    # Two set the first day.
    def enroll() -> None:
        actions.enroll(
            actor=keeper,
            family=family,
            youth=world.faraway_youth_member,
            care_manager=manager,
            enrolled_on=today + dt.timedelta(days=20),
            next_on=today,
        )

    assert went_through(at_once(enroll, enroll)) == 1
    enrollment = Enrollment.objects.get()

    # Two add more time.
    more = [lambda: actions.give_more_time(actor=keeper, enrollment=enrollment, reason="Two goals.")] * 2
    assert went_through(at_once(*more)) == 1
    assert ClockEvent.objects.filter(kind="extended").count() == 1

    # It is ended in the moment in which the young person says no, or a goal is added.
    Enrollment.objects.update(enrolled_on=today)
    enrollment.refresh_from_db()
    actions.meet_objective(actor=keeper, objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    at_once(
        lambda: actions.end_enrollment(actor=keeper, enrollment=enrollment),
        lambda: actions.answer_ending(actor=world.faraway_youth, enrollment=enrollment, agrees=False),
        lambda: add_goal(world, enrollment, "Sleeps at home"),
    )
    enrollment.refresh_from_db()
    is_in_the_way = (
        Decision.objects.filter(enrollment=enrollment).exclude(state="agreed").exists()
        or enrollment.objectives.filter(met_at=None).exists()
    )
    assert enrollment.is_open == is_in_the_way


def test_two_agencies_speak_at_once_and_both_are_heard(world_committed: World) -> None:
    decision = opened(world_committed)
    keeper = keeper_of(world_committed)

    def say(stance: Position.Stance) -> Act:
        agency = agencies_of(decision)[0]
        return lambda: actions.say_position(
            actor=keeper, decision=decision, agency=agency, stance=stance, reason="So it is."
        )

    assert went_through(at_once(say(Position.Stance.AGREE), say(Position.Stance.NOT_AGREE))) == 2
    assert sorted(decision.positions.values_list("version", flat=True)) == [1, 2]
