"""A plan says no: the family's last days, the appeal, how fast it goes, whether the service goes on, and the plan's answer."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.access import Refused, grievances
from portal.access import appeals as access
from portal.clocks.actions import extend_clock, start_clock
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, Matter
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.vocabulary import Event
from rights_grievances import actions
from rights_grievances.actions import adverse, appeals, going_on
from rights_grievances.models import AdverseNotice, Appeal, Case, CaseStep, Involved
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
from tests.rights_grievances.telling import fresh, hire, tell
from tests.world import World

CENTRAL = ZoneInfo("America/Chicago")


# -- the letter ----------------------------------------------------------------------------------------------------------


def test_the_last_days_are_those_of_the_programmes_rules(world: World) -> None:
    with on(dt.datetime(2027, 1, 10, 12, tzinfo=CENTRAL)):
        notice = letter(
            world,
            dated_on=dt.date(2027, 1, 4),
            sent_on=dt.date(2027, 1, 4),
            effective_on=dt.date(2027, 1, 20),
            authorized_until=None,
        )
    assert clock(notice, "APPEAL-FILE").due_on == dt.date(2027, 3, 5)
    assert clock(notice, "CONTINUE-SERVICES").due_on == dt.date(2027, 1, 20)  # the later of 2027-01-14 and the change
    assert clock(notice, "ADVANCE-NOTICE").due_on == dt.date(2027, 1, 10)
    assert not adverse.came_late(notice)


def test_without_a_day_of_change_ten_days_after_it_was_sent_count(world: World) -> None:
    with on(dt.datetime(2027, 1, 10, 12, tzinfo=CENTRAL)):
        sent = dt.date(2027, 1, 4)
        notice = letter(world, dated_on=sent, sent_on=sent, effective_on=None, authorized_until=None)
    assert clock(notice, "CONTINUE-SERVICES").due_on == dt.date(2027, 1, 14)
    assert set(rules_of(notice)) == {"APPEAL-FILE", "CONTINUE-SERVICES"}


def test_a_letter_that_comes_too_close_to_the_change_is_said_to_family_and_coordinator(world: World) -> None:
    today = world.program.today()
    notice = letter(world, actor=world.facilitator, sent_on=today, effective_on=today + 9 * DAY)
    assert adverse.came_late(notice)
    told = set(Notice.objects.filter(about=notice.told_as).values_list("person", flat=True))
    assert {world.caregiver.pk, world.youth.pk, world.coordinator.pk} <= told
    in_time = letter(world, sent_on=today, effective_on=today + 10 * DAY, service="Another one")
    assert not adverse.came_late(in_time)


def test_a_no_to_something_new_has_nothing_to_keep_going(world: World) -> None:
    notice = letter(world, what="a")
    assert set(rules_of(notice)) == {"APPEAL-FILE"}


def test_the_same_letter_written_down_twice_is_one(world: World) -> None:
    assert letter(world) == letter(world)
    assert Clock.objects.filter(rule_id="APPEAL-FILE").count() == 1


def test_a_letter_is_seen_by_who_decides_for_the_young_person_and_by_no_stranger(world: World) -> None:
    notice = letter(world)
    for person in (world.caregiver, world.youth, world.coordinator, world.facilitator, world.liaison):
        assert access.visible_notices(person).filter(pk=notice.pk).exists()
    for person in (
        *(world.second_caregiver, world.child, world.natural_support, world.peer, world.mentor, world.lead),
        *(world.stranger_caregiver, world.stranger_liaison, world.faraway_caregiver),
    ):
        assert not access.visible_notices(person).exists()
    with pytest.raises(Refused):
        letter(world, actor=world.stranger_caregiver)


def test_its_last_days_stand_on_no_list_of_dates(world: World) -> None:
    from portal.access import clocks

    letter(world)
    assert not clocks.visible_clocks(world.caregiver).filter(rule_id="APPEAL-FILE").exists()
    assert not clocks.visible_clocks(world.facilitator).filter(rule_id="APPEAL-FILE").exists()


# -- MO-22 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-22")
def test_a_review_that_cuts_a_service_starts_the_whole_flow_of_an_adverse_notice(world: World) -> None:
    today = world.program.today()
    notice = adverse.record_adverse_notice(
        actor=world.facilitator,
        youth=world.youth_member,
        service="Behavioral aide",
        reason="The weekly review found fewer hours enough.",
        what=AdverseNotice.What.REDUCED,
        told=AdverseNotice.Told.REVIEW,
        was_authorized=True,
        dated_on=today,
        effective_on=today + 20 * DAY,
    )
    assert set(rules_of(notice)) == {"APPEAL-FILE", "CONTINUE-SERVICES", "ADVANCE-NOTICE"}
    assert Notice.objects.filter(person=world.caregiver, about=notice.told_as).exists()
    assert not Notice.objects.filter(person=world.facilitator, about=notice.told_as).exists()
    assert access.may_appeal(world.caregiver, notice)


@pytest.mark.promise("MO-22")
def test_where_no_plan_is_bound_the_family_is_told_and_no_clock_of_medicaid_runs(world: World) -> None:
    notice = adverse.record_adverse_notice(
        actor=world.faraway_liaison,
        youth=world.faraway_youth_member,
        service="Mentor",
        reason="The review found fewer hours enough.",
        what=AdverseNotice.What.REDUCED,
        told=AdverseNotice.Told.REVIEW,
        was_authorized=True,
        dated_on=world.other_program.today(),
    )
    assert (notice.plan, rules_of(notice)) == ("", {})
    assert Notice.objects.filter(person=world.faraway_caregiver, about=notice.told_as).exists()
    with pytest.raises(CaseRefusal) as refused:
        appeals.file_appeal(actor=world.faraway_caregiver, notice=notice)
    assert refused.value.code == "no_appeal"


# -- asking --------------------------------------------------------------------------------------------------------------


def test_one_tap_is_an_appeal_and_asked_from_two_phones_it_is_one(world: World) -> None:
    notice = letter(world)
    case = appealed(world, notice)
    assert (case.kind, case.plan, case.words) == (
        Case.Kind.APPEAL,
        "csoc-contractor",
        "I do not agree with this decision. Please look at it again.",
    )
    assert appealed(world, notice) == case
    assert rules_of(notice)["APPEAL-FILE"] == "met"
    assert appeal_of(case).notice == notice


def test_an_appeal_by_voice_counts_from_the_call_and_waits_for_no_paper(world: World) -> None:
    called = timezone.now() - dt.timedelta(hours=5)
    case = appealed(
        world, actor=world.coordinator, speaker=world.caregiver, way="phone", at=called, words="I want it looked at."
    )
    assert (case.filed_at, case.taken_by, case.filed_by) == (called, world.coordinator_role, world.caregiver)
    at_plan(world, case)
    assert rules_of(case)["APPEAL-STANDARD"] == "open"


def test_a_coordinator_files_it_for_the_family_and_for_nobody_else(world: World) -> None:
    with pytest.raises(Refused):
        appealed(world, actor=world.coordinator)
    with pytest.raises(Refused):
        appealed(world, actor=world.coordinator, speaker=world.stranger_caregiver)
    with pytest.raises(Refused):
        appealed(world, actor=world.facilitator, speaker=world.caregiver)


def test_a_late_appeal_is_taken_and_a_person_is_told(world: World) -> None:
    today = world.program.today()
    notice = letter(world, dated_on=today - 61 * DAY, sent_on=today - 61 * DAY)
    case = appealed(world, notice)
    assert appeal_of(case).is_late
    assert case.steps.filter(kind=CaseStep.Kind.NOTE, for_staff=True, data__late=True).exists()
    in_time = letter(world, dated_on=today - 60 * DAY, sent_on=today - 60 * DAY)
    assert not appeal_of(appealed(world, in_time)).is_late


def test_an_appeal_that_came_as_a_complaint_is_one_from_the_moment_it_was_told(world: World) -> None:
    told = timezone.now() - 3 * DAY
    case = tell(world, at=told)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    at_plan(world, case, at=told + DAY)
    notice = letter(world)
    case = appeals.turn_into_appeal(actor=world.coordinator, case=case, notice=notice)
    assert (case.kind, case.filed_at) == (Case.Kind.APPEAL, told)
    states = rules_of(case)
    assert (states["GRIEVANCE-RESOLVE"], states["APPEAL-STANDARD"]) == ("cancelled", "open")
    assert clock(case, "APPEAL-STANDARD").started_at == told + DAY
    assert rules_of(notice)["APPEAL-FILE"] == "met"


def test_a_young_persons_own_appeal_is_not_announced_to_a_caregiver(world: World) -> None:
    case = appealed(world, letter(world, actor=world.youth), actor=world.youth, is_own_matter=True)
    assert grievances.visible_cases(world.youth).filter(pk=case.pk).exists()
    assert not grievances.visible_cases(world.caregiver).filter(pk=case.pk).exists()
    assert not Notice.objects.filter(person=world.caregiver, about=case.told_as).exists()


# -- who decides ---------------------------------------------------------------------------------------------------------


def test_whoever_decided_first_does_not_decide_again_nor_who_works_under_them(world: World) -> None:
    notice = letter(world, decided_by=world.supervisor_role)
    case = appealed(world, notice)
    assert case.involved.get(why=Involved.Why.EARLIER).person == world.supervisor
    able = {role.person for role in grievances.eligible_deciders(case)}
    assert not able & {world.supervisor, world.liaison}  # the liaison works under her


def test_where_it_is_about_need_a_clinician_decides(world: World) -> None:
    case = appealed(world, letter(world, is_clinical=True))
    assert case.is_clinical
    assert grievances.eligible_deciders(case) == []
    doctor = hire(world, "Hale Ortiz", world.lead_role.Role.LIAISON, is_clinician=True)
    assert grievances.eligible_deciders(case) == [doctor]


# -- fast ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.datetime(2027, 3, 12, 20, tzinfo=CENTRAL), dt.datetime(2027, 3, 15, 21, tzinfo=CENTRAL)),
        (dt.datetime(2027, 11, 5, 20, tzinfo=CENTRAL), dt.datetime(2027, 11, 8, 19, tzinfo=CENTRAL)),
    ],
)
def test_seventy_two_hours_run_through_the_change_of_the_clock(
    world: World, received: dt.datetime, due: dt.datetime
) -> None:
    with on(received):
        notice = letter(world, dated_on=received.date(), sent_on=received.date(), effective_on=None)
        case = at_plan(world, appealed(world, notice, wants_fast=True))
        fast = clock(case, "APPEAL-EXPEDITED")
        assert fast.due_at == due
        extended = extend_clock(actor=None, clock=fast, reason="More papers are needed.")
    local = due.replace(tzinfo=None) + 14 * DAY
    assert extended.due_at == local.replace(tzinfo=CENTRAL)  # 72 hours and 14 days


@pytest.mark.parametrize(
    ("slug", "plan", "received", "due"),
    [
        ("louisiana-csoc", "csoc-contractor", "2026-10-30 20:00-05:00", "2026-11-02 19:00-06:00"),
        ("louisiana-csoc", "csoc-contractor", "2026-03-06 20:00-06:00", "2026-03-09 21:00-05:00"),
        ("florida-care-coordination", "sunshine", "2026-10-30 20:00-04:00", "2026-11-01 19:00-05:00"),
        ("north-carolina-soc", "tailored-plan", "2026-10-30 20:00-04:00", "2026-11-02 19:00-05:00"),
        ("missouri-initiative", "mo-healthnet", "2026-10-30 20:00-05:00", "2026-11-02 19:00-06:00"),
    ],
)
def test_the_hours_are_those_of_the_plan_forty_eight_where_it_says_so(
    world: World, slug: str, plan: str, received: str, due: str
) -> None:
    started = start_clock(
        actor=None,
        program=Program.objects.get(slug=slug),
        rule_id="APPEAL-EXPEDITED",
        started_at=dt.datetime.fromisoformat(received),
        trigger_key="worked",
        matter=Matter(plan=plan, subject="grievance", subject_id=str(uuid4())),
    )
    assert started.due_at == dt.datetime.fromisoformat(due)


def test_who_brings_a_providers_word_cannot_be_refused(world: World) -> None:
    case = at_plan(world, appealed(world, is_backed_by_provider=True))
    assert rules_of(case)["APPEAL-EXPEDITED"] == "open"
    with pytest.raises(CaseRefusal) as refused:
        appeals.refuse_fast(actor=world.coordinator, case=case, reason="No harm seen.", tried_at=timezone.now())
    assert refused.value.code == "backed"
    appeals.grant_fast(actor=world.coordinator, case=case)
    assert (appeal_of(case).speed, rules_of(case)["APPEAL-STANDARD"]) == (Appeal.Speed.GRANTED, "cancelled")


def test_refused_it_goes_on_in_the_usual_time_with_a_try_by_voice_and_a_letter_owed(world: World) -> None:
    case = at_plan(world, appealed(world, wants_fast=True))
    for reason, code in (("", "reason_missing"), ("No harm seen.", "try_first")):
        with pytest.raises(CaseRefusal) as refused:
            appeals.refuse_fast(actor=world.coordinator, case=case, reason=reason)
        assert refused.value.code == code
    appeals.refuse_fast(actor=world.coordinator, case=case, reason="No harm seen.", tried_at=timezone.now())
    states = rules_of(case)
    assert (states["APPEAL-EXPEDITED"], states["APPEAL-STANDARD"]) == ("cancelled", "open")
    assert clock(case, "APPEAL-STANDARD").started_at == fresh(case).received_by_plan_at
    owed = clock(case, "EXPEDITE-REFUSED-NOTICE")
    assert owed.due_on == world.program.today() + 2 * DAY
    kinds = set(case.steps.values_list("kind", flat=True))
    assert {"expedite_asked", "oral_try", "expedite_refused"} <= kinds


def test_a_refusal_is_asked_about_again_with_a_providers_word(world: World) -> None:
    case = at_plan(world, appealed(world, wants_fast=True))
    appeals.refuse_fast(actor=world.coordinator, case=case, reason="No harm seen.", tried_at=timezone.now())
    with pytest.raises(CaseRefusal):
        appeals.ask_fast(actor=world.caregiver, case=case)
    appeals.ask_fast(actor=world.caregiver, case=case, is_backed_by_provider=True)
    appeals.grant_fast(actor=world.coordinator, case=case)
    states = rules_of(case)
    assert (states["APPEAL-EXPEDITED"], states["APPEAL-STANDARD"]) == ("open", "cancelled")


# -- the service goes on -------------------------------------------------------------------------------------------------


def test_kept_going_when_all_of_it_holds_and_only_then(world: World) -> None:
    notice = letter(world)
    case = at_plan(world, appealed(world, notice, wants_continuing=True))
    assert [one["holds"] for one in appeal_of(case).checks] == [True] * 6
    with pytest.raises(CaseRefusal) as refused:
        going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=False, reason="No.")
    assert refused.value.code == "all_hold"
    going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=True)
    assert appeal_of(case).continuing == Appeal.Continuing.GRANTED
    assert rules_of(notice)["CONTINUE-SERVICES"] == "met"


def test_what_is_not_known_a_person_looks_at_before_anything_is_decided(world: World) -> None:
    notice = letter(world, was_authorized=None, ordered_by_provider=None, authorized_until=None)
    case = at_plan(world, appealed(world, notice, wants_continuing=True))
    for goes_on in (True, False):
        with pytest.raises(CaseRefusal) as refused:
            going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=goes_on, reason="So.")
        assert refused.value.code == "look_first"
    said = {"cuts_authorized": True, "ordered": True, "still_authorized": False}
    going_on.decide_continuing(
        actor=world.coordinator, case=case, goes_on=False, said=said, reason="It was approved until May."
    )
    appeal = appeal_of(case)
    assert appeal.continuing == Appeal.Continuing.REFUSED
    assert {one["id"] for one in appeal.checks if one["holds"] is False} == {"still_authorized"}


def test_asked_after_the_last_day_it_can_be_refused_and_says_why(world: World) -> None:
    today = world.program.today()
    notice = letter(world, dated_on=today - 20 * DAY, sent_on=today - 20 * DAY, effective_on=today - 5 * DAY)
    case = at_plan(world, appealed(world, notice, wants_continuing=True))
    with pytest.raises(CaseRefusal) as refused:
        going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=True)
    assert refused.value.code == "condition_fails"
    going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=False, reason="It came too late.")
    assert next(one for one in appeal_of(case).checks if one["id"] == "asked_in_time")["why"] == "late"


def test_taken_back_nothing_goes_on(world: World) -> None:
    case = at_plan(world, appealed(world, wants_continuing=True))
    going_on.decide_continuing(actor=world.coordinator, case=case, goes_on=True)
    actions.withdraw_case(actor=world.caregiver, case=case, was_pressed=False)
    assert appeal_of(case).continuing == Appeal.Continuing.ENDED


# -- the plan's answer ---------------------------------------------------------------------------------------------------


def test_only_who_was_chosen_answers(world: World) -> None:
    case = at_plan(world, appealed(world))
    with pytest.raises(Refused):
        appeals.resolve_appeal(actor=world.coordinator, case=case, result="upheld", answer="No.")
    given_to_lead(world, case)
    with pytest.raises(CaseRefusal):
        appeals.resolve_appeal(actor=world.lead, case=case, result="", answer="No.")


def test_won_it_is_carried_out_within_seventy_two_hours_and_no_hearing_is_needed(world: World) -> None:
    case = answered(world, "overturned")
    appeal = appeal_of(case)
    owed = clock(case, "EFFECTUATE")
    assert appeal.reversal_received_at is not None
    assert owed.due_at == appeal.reversal_received_at + dt.timedelta(hours=72)
    assert "SFH-REQUEST" not in rules_of(case)
    appeals.carry_out(actor=world.coordinator, case=case)
    assert rules_of(case)["EFFECTUATE"] == "met"
    with pytest.raises(CaseRefusal):
        appeals.carry_out(actor=world.coordinator, case=case)


def test_a_plan_that_is_late_opens_the_way_to_the_state_the_same_day(world: World) -> None:
    case = at_plan(world, appealed(world))
    late = clock(case, "APPEAL-STANDARD").ends_at
    assert late is not None
    with on(late + dt.timedelta(hours=1)):
        fire_due()
        assert appeal_of(case).is_exhausted_by_delay
    assert "SFH-REQUEST" not in rules_of(case)  # no letter, so no last day


def test_a_complaint_not_answered_in_time_can_be_appealed(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    at_plan(world, case)
    late = clock(case, "GRIEVANCE-RESOLVE").ends_at
    assert late is not None
    with on(late + dt.timedelta(hours=1)):
        fire_due()
        notice = AdverseNotice.objects.get(case=case)
        assert (notice.what, notice.told) == ("e", AdverseNotice.Told.DELAY)
        assert rules_of(notice) == {"APPEAL-FILE": "open"}
        assert access.is_own(world.caregiver, notice)
        appeal = appealed(world, notice)
        assert appeal.before == case


def test_the_family_is_told_that_its_last_day_comes_near(world: World) -> None:
    notice = letter(world)
    near = clock(notice, "APPEAL-FILE").next_fire_at
    assert near is not None
    Notice.objects.all().update(read_at=timezone.now())
    with on(near):
        fire_due()
    assert Notice.objects.filter(person=world.caregiver, about=notice.told_as, read_at=None).exists()
    assert not Notice.objects.filter(person=world.facilitator, about=notice.told_as).exists()


def test_no_event_of_an_appeal_is_started_where_no_plan_is_bound(world: World) -> None:
    assert not appeals.knows_appeals(AdverseNotice(program=world.other_program, plan=""))
    assert not appeals.knows_appeals(AdverseNotice(program=world.other_program, plan="private-insurance"))
    assert appeals.knows_appeals(AdverseNotice(program=world.other_program, plan="mo-healthnet"))
    assert not Clock.objects.filter(satisfied_by=Event.APPEAL_RESOLVED).exists()
