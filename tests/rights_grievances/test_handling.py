"""A case from the first word to the last: what each step does to it, to its dates, and to whom it is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.access import grievances as access
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.notices.models import Notice
from portal.safety.models import Concern
from rights_grievances import actions
from rights_grievances.models import AdverseNotice, Case, CaseStep
from rights_grievances.refusals import CaseRefusal
from tests.rights_grievances.appealing import rules_of
from tests.rights_grievances.letters_ready import sent
from tests.rights_grievances.telling import clock_of, fresh, rules_running, sent_letter, tell
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases


def ready(world: World, **said: object) -> Case:
    """Sorted, sent on, and at the plan."""
    case = tell(world, **said)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance", reasons=["a"], services=["g"])
    actions.forward_case(actor=world.coordinator, case=case)
    return actions.confirm_receipt(actor=world.coordinator, case=case)


def test_what_is_told_is_kept_to_the_letter_and_is_somebodys_at_once(world: World) -> None:
    words = "  Nobody called.\n\nðŸ˜¢ \u202e three weeks  "
    case = fresh(tell(world, words=words))
    assert case.words == words
    assert (case.state, case.handler) == (Case.State.FILED, world.coordinator_role)
    assert rules_running(case) == {"PROMISE-ACK", "PROMISE-ANSWER"}
    assert Notice.objects.filter(person=world.coordinator, kind=Notice.Kind.CASE_DESK).count() == 1


def test_an_empty_box_is_asked_for_a_few_words(world: World) -> None:
    with pytest.raises(CaseRefusal) as refused:
        tell(world, words=" \n ")
    assert refused.value.code == "empty"


def test_from_the_first_word_to_the_end(world: World) -> None:
    case = ready(world)
    assert {"GRIEVANCE-ACK", "GRIEVANCE-RESOLVE"} <= rules_running(case)
    actions.acknowledge_case(actor=world.coordinator, case=case)
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    assert fresh(case).state == Case.State.UNDER_REVIEW
    actions.resolve_case(
        actor=world.lead, case=case, outcome="agreed", answer="You were right.", changed="We call back in a day."
    )
    assert clock_of(case, "PROMISE-ANSWER").state == Clock.State.MET
    assert clock_of(case, "GRIEVANCE-RESOLVE").state == Clock.State.OPEN
    assert str(case.public_id) in signed_in(None, world.coordinator).get("/desk/").content.decode()
    sent(world, fresh(case), "decision")
    assert {clock.state for clock in access.clocks_of(case)} == {Clock.State.MET}
    assert str(case.public_id) not in signed_in(None, world.coordinator).get("/desk/").content.decode()
    actions.say_fixed(actor=world.caregiver, case=case, is_fixed=True)
    assert fresh(case).state == Case.State.CLOSED


def test_an_answer_that_was_decided_and_never_sent_is_late(world: World) -> None:
    """42 CFR 438.408(b): the plan's days end when its notice is sent, not when somebody made up their mind."""
    case = ready(world)
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    actions.resolve_case(actor=world.lead, case=case, outcome="agreed", answer="Yes.", changed="We call back in a day.")
    Clock.objects.filter(pk=clock_of(case, "GRIEVANCE-RESOLVE").pk).update(
        due_at=timezone.now() - dt.timedelta(seconds=2), next_fire_at=timezone.now() - dt.timedelta(seconds=1)
    )
    fire_due()
    assert fresh(case).legal_missed_at is not None
    assert AdverseNotice.objects.filter(case=case, told="delay").exists()


def test_more_time_needs_a_reason_a_try_and_a_letter_and_comes_once(world: World) -> None:
    case = ready(world)
    due = clock_of(case, "GRIEVANCE-RESOLVE").due_on
    assert due is not None

    def refusal() -> str:
        with pytest.raises(CaseRefusal) as refused:
            actions.extend_case(actor=world.coordinator, case=case, reason="The doctor is away.")
        return refused.value.code

    assert refusal() == "try_first"
    actions.note_try(actor=world.coordinator, case=case, reached=False)
    assert refusal() == "letter_first"
    sent_letter(case)
    with pytest.raises(CaseRefusal):
        actions.extend_case(actor=world.coordinator, case=case, reason=" ")
    actions.extend_case(actor=world.coordinator, case=case, reason="The doctor is away.")
    assert clock_of(case, "GRIEVANCE-RESOLVE").due_on == due + dt.timedelta(days=14)
    assert refusal() == "only_once"


def test_a_missed_date_of_the_law_opens_the_right_to_appeal_the_same_day(world: World) -> None:
    case = ready(world, at=timezone.now() - dt.timedelta(days=40))
    Clock.objects.filter(pk=clock_of(case, "GRIEVANCE-RESOLVE").pk).update(
        due_at=timezone.now() - dt.timedelta(seconds=2), next_fire_at=timezone.now() - dt.timedelta(seconds=1)
    )
    fire_due()
    case = fresh(case)
    assert case.legal_missed_at is not None
    notice = AdverseNotice.objects.get(case=case)
    assert (notice.told, notice.what, notice.dated_on) == ("delay", "e", world.program.today())
    assert "APPEAL-FILE" in rules_of(notice)
    assert Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.CASE).exists()


def test_a_missed_promise_goes_one_step_up_and_is_said(world: World) -> None:
    case = tell(world, at=timezone.now() - dt.timedelta(days=40))
    fire_due()
    case = fresh(case)
    assert case.promise_missed_at is not None
    assert case.legal_missed_at is None
    assert not AdverseNotice.objects.exists()
    assert Notice.objects.filter(person=world.lead, kind=Notice.Kind.CASE_LATE).exists()
    assert case.steps.filter(kind=CaseStep.Kind.PROMISE_MISSED).count() == 2


def test_a_plan_that_never_says_that_it_has_it_is_asked_after(world: World) -> None:
    case = tell(world, at=timezone.now() - dt.timedelta(days=9))
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.forward_case(actor=world.coordinator, case=case, at=timezone.now() - dt.timedelta(days=8))
    fire_due()
    assert fresh(case).steps.filter(kind=CaseStep.Kind.UNCONFIRMED).exists()
    assert fresh(case).legal_missed_at is None


def test_a_withdrawal_under_pressure_asks_and_keeps_running(world: World) -> None:
    case = tell(world)
    actions.withdraw_case(actor=world.caregiver, case=case, text="They told me to.", was_pressed=True)
    assert fresh(case).is_open
    assert clock_of(case, "PROMISE-ANSWER").state == Clock.State.OPEN
    actions.withdraw_case(actor=world.caregiver, case=case, was_pressed=False)
    assert fresh(case).state == Case.State.WITHDRAWN
    assert clock_of(case, "PROMISE-ANSWER").state == Clock.State.CANCELLED


def test_nobody_takes_back_what_somebody_else_told(world: World) -> None:
    case = tell(world)
    with pytest.raises(Refused):
        actions.withdraw_case(actor=world.coordinator, case=case, was_pressed=False)


def test_a_crisis_in_it_calls_somebody_who_is_not_the_one_complained_of(world: World) -> None:
    case = tell(world, words="I want to kill myself", filed_by=world.youth, filed_as="youth", against=[world.liaison])
    concern = Concern.objects.get()
    assert (concern.person, concern.source) == (world.youth, Concern.Source.WRITTEN)
    told = set(concern.steps.values_list("told__person", flat=True))
    assert not told & {world.liaison.pk, world.supervisor.pk}
    assert fresh(case).state == Case.State.FILED


def test_against_the_only_coordinator_it_goes_outside(world: World) -> None:
    case = fresh(tell(world, against=[world.coordinator]))
    assert case.is_outside
    assert case.handler is None
    assert not access.visible_cases(world.coordinator).exists()
    assert case.steps.get(kind=CaseStep.Kind.OUTSIDE).data["to"] == "csoc-contractor"
    actions.say_answered(actor=world.caregiver, case=case, text="They called and it is settled.")
    assert fresh(case).state == Case.State.RESOLVED


def test_against_the_whole_agency_it_goes_to_the_state(world: World) -> None:
    case = fresh(tell(world, against=[world.organization("csoc-contractor")]))
    assert case.is_outside
    assert case.steps.get(kind=CaseStep.Kind.OUTSIDE).data["to"] == "ldh"
    assert not access.visible_cases(world.coordinator).exists()


def test_a_name_that_is_only_typed_keeps_that_person_out_too(world: World) -> None:
    tell(world, against=["  priya   raman "])
    assert not access.visible_cases(world.coordinator).exists()


def test_an_appeal_sent_as_a_complaint_becomes_one_from_when_the_plan_had_it(world: World) -> None:
    case = ready(world)
    at = fresh(case).received_by_plan_at
    actions.sort_case(actor=world.coordinator, case=case, kind="appeal")
    clock = clock_of(case, "APPEAL-STANDARD")
    assert clock.started_at == at
    assert clock_of(case, "GRIEVANCE-RESOLVE").state == Clock.State.CANCELLED
    assert "APPEAL-EXPEDITED" not in rules_running(case)
