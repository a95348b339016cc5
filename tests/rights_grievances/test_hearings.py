"""The state's fair hearing: until when, where, how to keep a service meanwhile, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.access import Refused
from portal.clocks.actions import start_clock
from portal.clocks.firing import fire_due
from portal.clocks.models import Matter
from portal.programs.models import Program
from rights_grievances import actions
from rights_grievances.actions import appeals, going_on, hearings
from rights_grievances.models import Appeal, Case, CaseStep
from rights_grievances.refusals import CaseRefusal
from tests.rights_grievances.appealing import (
    DAY,
    answered,
    appeal_of,
    appealed,
    at_plan,
    clock,
    given_to_lead,
    letter,
    on,
    rules_of,
)
from tests.rights_grievances.telling import fresh
from tests.world import World

CENTRAL = ZoneInfo("America/Chicago")
Continuing, Hearing = Appeal.Continuing, Appeal.Hearing


# -- until when ----------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-45")
@pytest.mark.parametrize(
    ("slug", "plan", "due"),
    [
        ("louisiana-csoc", "csoc-contractor", dt.date(2027, 7, 30)),
        ("louisiana-csoc", "fee-for-service", dt.date(2027, 6, 30)),
        ("north-carolina-soc", "tailored-plan", dt.date(2027, 7, 30)),
        ("florida-care-coordination", "sunshine", dt.date(2027, 7, 30)),
        ("missouri-initiative", "mo-healthnet", dt.date(2027, 7, 30)),
    ],
)
def test_the_window_is_the_programmes_own_ninety_or_a_hundred_and_twenty_days(
    world: World, slug: str, plan: str, due: dt.date
) -> None:
    program = Program.objects.get(slug=slug)
    with on(dt.datetime(2027, 4, 2, 12, tzinfo=program.zone)):
        started = start_clock(
            actor=None,
            program=program,
            rule_id="SFH-REQUEST",
            started_at=dt.datetime(2027, 4, 1, tzinfo=program.zone),
            trigger_key="worked",
            matter=Matter(plan=plan, subject="grievance", subject_id=str(uuid4())),
        )
    assert started.due_on == due


@pytest.mark.promise("LA-45")
def test_the_last_day_counts_from_the_date_on_the_plans_answer(world: World) -> None:
    with on(dt.datetime(2027, 4, 3, 12, tzinfo=CENTRAL)):
        today = dt.date(2027, 4, 1)
        notice = letter(world, dated_on=dt.date(2027, 3, 20), sent_on=dt.date(2027, 3, 20), effective_on=None)
        case = appealed(world, notice, at=dt.datetime(2027, 3, 25, 9, tzinfo=CENTRAL))
        case = answered(world, "upheld", case, dated_on=today, sent_on=today)
    assert appeal_of(case).resolution_dated_on == today
    assert clock(case, "SFH-REQUEST").due_on == dt.date(2027, 7, 30)
    assert clock(case, "CONTINUE-HEARING").due_on == dt.date(2027, 4, 11)


def test_no_hearing_before_the_plan_has_answered_or_was_late(world: World) -> None:
    case = at_plan(world, appealed(world))
    with pytest.raises(CaseRefusal) as refused:
        hearings.request_hearing(actor=world.caregiver, case=case)
    assert refused.value.code == "not_now"
    appeals.exhaust(case=case)
    assert hearings.request_hearing(actor=world.caregiver, case=case).hearing == Hearing.REQUESTED


# -- asked for -----------------------------------------------------------------------------------------------------------


def test_asked_for_the_states_own_time_leaves_out_the_days_the_family_took(world: World) -> None:
    case = at_plan(world, appealed(world))
    with on(timezone.now() + 5 * DAY):
        given_to_lead(world, case)
        appeals.resolve_appeal(
            actor=world.lead, case=case, result="upheld", answer="No.", dated_on=world.program.today()
        )
    with on(timezone.now() + 25 * DAY):
        hearings.request_hearing(actor=world.caregiver, case=case, way="fax")
    assert rules_of(case)["SFH-REQUEST"] == "met"
    received = fresh(case).received_by_plan_at
    assert received is not None
    own = clock(case, "SFH-DECISION")
    assert own.due_on == received.astimezone(CENTRAL).date() + 110 * DAY
    assert case.steps.get(kind=CaseStep.Kind.HEARING_ASKED).data == {"way": "fax", "late": False}


def test_asked_for_after_the_last_day_it_is_taken_and_marked(world: World) -> None:
    case = answered(world)
    with on(timezone.now() + 121 * DAY):
        fire_due()
        hearings.request_hearing(actor=world.caregiver, case=case)
    assert case.steps.get(kind=CaseStep.Kind.HEARING_ASKED).data["late"]


# -- the service meanwhile -----------------------------------------------------------------------------------------------


def kept_going(world: World) -> Case:
    case = at_plan(world, appealed(world, wants_continuing=True))
    going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=True)
    given_to_lead(world, case)
    today = world.program.today()
    return appeals.resolve_appeal(
        actor=world.lead, case=case, result="upheld", answer="No.", dated_on=today, sent_on=today
    )


def test_kept_going_it_ends_ten_days_after_the_answer_when_nobody_asks_again(world: World) -> None:
    case = kept_going(world)
    assert appeal_of(case).continuing == Continuing.GRANTED
    end = clock(case, "CONTINUE-HEARING").ends_at
    assert end is not None
    with on(end - dt.timedelta(minutes=1)):
        fire_due()
        assert appeal_of(case).continuing == Continuing.GRANTED
    with on(end + dt.timedelta(minutes=1)):
        fire_due()
        assert appeal_of(case).continuing == Continuing.ENDED


def test_asked_again_with_the_hearing_it_goes_on_until_the_state_has_decided(world: World) -> None:
    case = kept_going(world)
    hearings.request_hearing(actor=world.caregiver, case=case, wants_continuing=True)
    assert rules_of(case)["CONTINUE-HEARING"] == "met"
    with on(timezone.now() + 30 * DAY):
        fire_due()
        assert appeal_of(case).continuing == Continuing.GRANTED
        hearings.record_hearing(actor=world.coordinator, case=case, result=Hearing.LOST)
    assert appeal_of(case).continuing == Continuing.ENDED


def test_won_at_the_state_it_is_carried_out_within_seventy_two_hours(world: World) -> None:
    case = answered(world)
    hearings.request_hearing(actor=world.caregiver, case=case)
    appeal = hearings.record_hearing(actor=world.coordinator, case=case, result=Hearing.WON)
    assert appeal.reversal_received_at is not None
    assert clock(case, "EFFECTUATE").due_at == appeal.reversal_received_at + dt.timedelta(hours=72)
    appeals.carry_out(actor=world.coordinator, case=case)
    assert rules_of(case)["EFFECTUATE"] == "met"


def test_only_the_family_takes_a_hearing_back_and_only_the_desk_writes_its_result(world: World) -> None:
    case = answered(world)
    hearings.request_hearing(actor=world.caregiver, case=case)
    with pytest.raises(Refused):
        hearings.record_hearing(actor=world.caregiver, case=case, result=Hearing.LOST)
    assert hearings.record_hearing(actor=world.caregiver, case=case, result="withdrawn").hearing == Hearing.WITHDRAWN


# -- whatever is tried, in whatever order --------------------------------------------------------------------------------

ARTEFACTS = {
    ("speed", Appeal.Speed.GRANTED): ("expedite_asked", "expedite_granted"),
    ("speed", Appeal.Speed.REFUSED): ("expedite_asked", "oral_try", "expedite_refused"),
    ("continuing", Continuing.GRANTED): ("continue_asked", "continue_granted"),
    ("continuing", Continuing.REFUSED): ("continue_asked", "continue_refused"),
    ("continuing", Continuing.ENDED): ("continue_asked",),
    ("hearing", Hearing.REQUESTED): ("hearing_asked",),
    ("hearing", Hearing.WON): ("hearing_asked", "hearing_decided"),
    ("hearing", Hearing.LOST): ("hearing_asked", "hearing_decided"),
    ("hearing", Hearing.WITHDRAWN): ("hearing_asked", "hearing_decided"),
}


def machine_for(world: World, reached: set[str]) -> type[RuleBasedStateMachine]:  # noqa: C901 one machine
    who = st.sampled_from(["fit", "fit", "fit", "fit", "other", "stranger"])

    class Appeals(RuleBasedStateMachine):
        """Each step tries something; a refusal is an answer. What must hold is asked of the rows after each."""

        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()

        def teardown(self) -> None:
            self.ends()
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        def tries(self, act: Callable[..., Any], *, actor: Any, fit: Any = None, **what: Any) -> None:
            """Mostly by who does that as a rule; now and then by somebody else of the case, or by a stranger."""
            self.steps += 1
            others = {"fit": fit, "other": world.caregiver, "stranger": world.stranger_caregiver}
            with suppress(CaseRefusal, Refused), transaction.atomic():
                act(actor=others.get(actor, actor), case=fresh(self.case), **what)

        @initialize(
            known=st.sampled_from([True, None]), keeps=st.booleans(), is_there=st.booleans(), fast=st.booleans()
        )
        def begins(self, known: bool | None, keeps: bool, is_there: bool, fast: bool) -> None:
            notice = letter(world, was_authorized=known, ordered_by_provider=known)
            self.case = appealed(world, notice, wants_continuing=keeps, wants_fast=fast)
            self.steps = 0
            if is_there:
                self.tries(actions.confirm_receipt, actor=world.coordinator)
                self.tries(actions.assign_decider, actor=world.coordinator, staff_role=world.lead_role)

        @rule(who=who)
        def received(self, who: str) -> None:
            self.tries(actions.confirm_receipt, actor=who, fit=world.coordinator)

        @rule(who=who)
        def assigned(self, who: str) -> None:
            self.tries(actions.assign_decider, actor=who, fit=world.coordinator, staff_role=world.lead_role)

        @rule(who=who, backed=st.booleans())
        def asks_fast(self, who: str, backed: bool) -> None:
            self.tries(appeals.ask_fast, actor=who, fit=world.caregiver, is_backed_by_provider=backed)

        @rule(who=who)
        def grants_fast(self, who: str) -> None:
            self.tries(appeals.grant_fast, actor=who, fit=world.coordinator)

        @rule(who=who, reason=st.sampled_from(["", "No harm seen."]), tried=st.booleans())
        def refuses_fast(self, who: str, reason: str, tried: bool) -> None:
            self.tries(
                appeals.refuse_fast,
                actor=who,
                fit=world.coordinator,
                reason=reason,
                tried_at=timezone.now() if tried else None,
            )

        @rule(who=who)
        def asks_to_keep(self, who: str) -> None:
            self.tries(going_on.ask_continuing, actor=who, fit=world.caregiver)

        @rule(who=who, goes_on=st.booleans(), said=st.none() | st.booleans(), reason=st.sampled_from(["", "So."]))
        def decides_to_keep(self, who: str, goes_on: bool, said: bool | None, reason: str) -> None:
            words = {} if said is None else dict.fromkeys(["cuts_authorized", "ordered", "still_authorized"], said)
            self.tries(
                going_on.decide_continuing, actor=who, fit=world.coordinator, goes_on=goes_on, said=words, reason=reason
            )

        @precondition(lambda self: self.steps > 5)
        @rule(who=who, result=st.sampled_from(["upheld", "upheld", "partly", "overturned", ""]))
        def answers(self, who: str, result: str) -> None:
            today = world.program.today()
            self.tries(
                appeals.resolve_appeal,
                actor=who,
                fit=world.lead,
                result=result,
                answer="So.",
                dated_on=today,
                sent_on=today,
            )

        @rule()
        def late(self) -> None:
            with suppress(CaseRefusal), transaction.atomic():
                if fresh(self.case).is_open and fresh(self.case).received_by_plan_at:
                    appeals.exhaust(case=fresh(self.case))

        @precondition(lambda self: hearings.may_request(fresh(self.case), appeal_of(self.case)))
        @rule(who=who, keeps=st.booleans())
        def asks_the_state(self, who: str, keeps: bool) -> None:
            self.tries(hearings.request_hearing, actor=who, fit=world.caregiver, wants_continuing=keeps)

        @precondition(lambda self: appeal_of(self.case).hearing == Hearing.REQUESTED)
        @rule(who=who, result=st.sampled_from(["won", "lost", "withdrawn", "none"]))
        def the_state_decides(self, who: str, result: str) -> None:
            self.tries(hearings.record_hearing, actor=who, fit=world.coordinator, result=result)

        @rule(who=who)
        def carries_out(self, who: str) -> None:
            self.tries(appeals.carry_out, actor=who, fit=world.coordinator)

        @precondition(lambda self: self.steps > 10)
        @rule(who=who, pressed=st.booleans())
        def takes_back(self, who: str, pressed: bool) -> None:
            self.tries(actions.withdraw_case, actor=who, fit=world.caregiver, was_pressed=pressed)

        @invariant()
        def nothing_without_its_artefact(self) -> None:
            appeal = appeal_of(self.case)
            kinds = set(self.case.steps.values_list("kind", flat=True))
            for (name, value), wanted in ARTEFACTS.items():
                if getattr(appeal, name) == value:
                    reached.add(f"{name}:{value}")
                    assert kinds >= set(wanted)

        @invariant()
        def a_providers_word_is_never_refused(self) -> None:
            appeal = appeal_of(self.case)
            assert not (appeal.is_backed_by_provider and appeal.speed == Appeal.Speed.REFUSED)

        @invariant()
        def what_goes_on_holds_and_what_does_not_has_a_reason(self) -> None:
            appeal = appeal_of(self.case)
            held = [one["holds"] for one in appeal.checks]
            if appeal.continuing == Continuing.REFUSED:
                assert False in held
                assert self.case.steps.filter(kind="continue_refused").latest("pk").text

        @invariant()
        def a_hearing_follows_an_answer_or_a_delay(self) -> None:
            appeal = appeal_of(self.case)
            if appeal.hearing != Hearing.NONE:
                assert appeal.is_exhausted_by_delay or appeal.result in {"upheld", "partly"}
            if appeal.carried_out_at is not None:
                assert appeal.reversal_received_at is not None
            if appeal.reversal_received_at is not None:
                assert appeal.result in {"partly", "overturned"} or appeal.hearing == Hearing.WON

        @invariant()
        def after_the_plan_has_it_a_clock_runs_until_the_answer(self) -> None:
            case = fresh(self.case)
            if case.is_open and case.received_by_plan_at is not None:
                running = [*appeals.clocks_of_speed(case, is_fast=True), *appeals.clocks_of_speed(case, is_fast=False)]
                assert running

        def ends(self) -> None:
            """From wherever it has got to, each appeal comes to an end, with nothing left to be done."""
            if not hasattr(self, "case"):
                return
            at_end = fresh(self.case)
            if at_end.is_open:
                self.tries(actions.confirm_receipt, actor=world.coordinator)
                self.tries(actions.assign_decider, actor=world.coordinator, staff_role=world.lead_role)
                self.tries(appeals.resolve_appeal, actor=world.lead, result="overturned", answer="You were right.")
            if appeal_of(self.case).hearing == Hearing.REQUESTED:
                self.tries(hearings.record_hearing, actor=world.coordinator, result=Hearing.LOST)
            self.tries(appeals.carry_out, actor=world.coordinator)
            self.tries(actions.close_case, actor=world.coordinator)
            assert fresh(self.case).state in {Case.State.CLOSED, Case.State.WITHDRAWN}
            appeal = appeal_of(self.case)
            assert (appeal.reversal_received_at is None) == (appeal.carried_out_at is None)

    return Appeals


@pytest.mark.slow
def test_no_way_through_an_appeal_leaves_the_table_and_each_of_them_ends(world: World) -> None:
    reached: set[str] = set()
    run_state_machine_as_test(
        machine_for(world, reached),
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
    assert reached >= {"speed:granted", "continuing:granted", "hearing:requested"}
