"""The first day, what is owed after it, more time, and who answers for it."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.access import Refused
from portal.clocks.firing import fire_due
from portal.clocks.models import ClockEvent
from portal.enrollment import actions, refusals
from portal.enrollment.models import Enrollment, Milestone, today_of
from portal.families.models import StaffAssignment
from portal.notices.models import Notice
from tests.enrollment.cases import agreed, clock_of, day, enrolled, keeper_of, manager_of, opened
from tests.enrollment.conftest import SetTime
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Kind = Milestone.Kind


def done(world: World, enrollment: Enrollment, kind: Milestone.Kind, on: str, *parts: str) -> Milestone:
    return actions.record_milestone(actor=keeper_of(world), enrollment=enrollment, kind=kind, on=day(on), parts=parts)


def march(world: World, at: SetTime) -> Enrollment:
    """Agreed on 10 February 2027, the first day is 1 March."""
    at("2027-02-10T18:00")
    return enrolled(world, day("2027-03-01"))


def test_nobody_is_enrolled_before_the_agencies_agree(world: World) -> None:
    opened(world)
    with pytest.raises(refusals.NotDecidedYet):
        actions.enroll(
            actor=keeper_of(world),
            family=world.faraway_family,
            youth=world.faraway_youth_member,
            care_manager=manager_of(world),
            enrolled_on=today_of(world.faraway_family) + dt.timedelta(days=20),
            next_on=today_of(world.faraway_family),
        )


@pytest.mark.promise("MO-09")
def test_fewer_than_14_days_before_the_first_day_need_a_reason(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    with pytest.raises(refusals.LeadReasonMissing):
        enrolled(world, day("2027-02-23"))
    decision = world.faraway_family.decisions.get()
    enrollment = actions.enroll(
        actor=keeper_of(world),
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        care_manager=manager_of(world),
        enrolled_on=day("2027-02-23"),
        next_on=day("2027-03-20"),
        lead_reason="He comes home from the hospital that day.",
    )
    clock = clock_of(enrollment, "MO-LEAD")
    assert (enrollment.public_id, clock.state) == (decision.public_id, "excused")
    assert "comes home" in clock.events.get(kind="excused").reason


@pytest.mark.promise("MO-09")
def test_14_days_need_no_reason_and_meeting_the_family_in_time_keeps_the_promise(world: World, at: SetTime) -> None:
    at("2027-02-10T18:00")
    enrollment = enrolled(world, day("2027-02-24"))
    clock = clock_of(enrollment, "MO-LEAD")
    assert (clock.state, clock.due_on) == ("open", day("2027-02-10"))
    done(world, enrollment, Kind.FAMILY_MET, "2027-02-10")
    clock.refresh_from_db()
    assert (clock.state, clock.is_late) == ("met", False)


@pytest.mark.promise("MO-05")
def test_the_care_manager_is_there_before_the_first_day(world: World) -> None:
    agreed(world)
    today = today_of(world.faraway_family)
    with pytest.raises(refusals.CareManagerFirst):
        actions.enroll(
            actor=keeper_of(world),
            family=world.faraway_family,
            youth=world.faraway_youth_member,
            care_manager=manager_of(world),
            enrolled_on=today,
            next_on=today,
            lead_reason="At once.",
        )


@pytest.mark.parametrize("first_day", ["2027-02-09", "0001-01-01", "9999-12-31"])
def test_a_first_day_before_the_decision_or_far_away_is_questioned(world: World, at: SetTime, first_day: str) -> None:
    at("2027-02-10T18:00")
    with pytest.raises((refusals.BeforeTheDecision, refusals.DateTooFar)):
        enrolled(world, day(first_day), lead_reason="Because.")


def test_only_a_facilitator_of_the_programme_answers_for_a_case(world: World) -> None:
    agreed(world)
    for role in (world.facilitator_role, world.faraway_liaison_role, world.faraway_peer_role):
        with pytest.raises(Refused):
            actions.enroll(
                actor=keeper_of(world),
                family=world.faraway_family,
                youth=world.faraway_youth_member,
                care_manager=role,
                enrolled_on=today_of(world.faraway_family) + dt.timedelta(days=20),
                next_on=today_of(world.faraway_family),
            )


def test_nobody_has_two_open_times_in_the_programme(world: World) -> None:
    enrolled(world)
    with pytest.raises(refusals.AlreadyOpen):
        actions.enroll(
            actor=keeper_of(world),
            family=world.faraway_family,
            youth=world.faraway_youth_member,
            care_manager=manager_of(world),
            enrolled_on=today_of(world.faraway_family),
            next_on=today_of(world.faraway_family),
        )


@pytest.mark.promise("MO-15")
def test_an_assessment_on_day_7_meets_and_on_day_8_is_late(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    clock = clock_of(enrollment, "MO-ASSESS")
    assert clock.due_on == day("2027-03-08")
    at("2027-03-09T18:00")
    fire_due()
    late = done(world, enrollment, Kind.ASSESSMENT, "2027-03-09", "child", "family")
    clock.refresh_from_db()
    assert (late.is_counted, clock.state, clock.is_late) == (True, "met", True)


@pytest.mark.promise("MO-15")
def test_done_on_day_7_is_in_time_also_when_it_is_written_down_that_evening(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-03-09T04:00")  # ten in the evening of the 8th in Missouri
    done(world, enrollment, Kind.ASSESSMENT, "2027-03-08", "child", "family")
    clock = clock_of(enrollment, "MO-ASSESS")
    assert (clock.state, clock.is_late) == ("met", False)


@pytest.mark.promise("MO-15")
@pytest.mark.parametrize("parts", [["child"], ["family"], []])
def test_an_assessment_of_the_child_or_the_family_alone_does_not_count(
    world: World, at: SetTime, parts: list[str]
) -> None:
    enrollment = march(world, at)
    at("2027-03-05T18:00")
    assert not done(world, enrollment, Kind.ASSESSMENT, "2027-03-05", *parts).is_counted
    assert clock_of(enrollment, "MO-ASSESS").state == "open"


@pytest.mark.promise("MO-16")
def test_a_plan_on_day_14_meets(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-03-15T18:00")
    done(world, enrollment, Kind.PLAN, "2027-03-15", "family", "community", "team")
    clock = clock_of(enrollment, "MO-PLAN")
    assert (clock.due_on, clock.state, clock.is_late) == (day("2027-03-15"), "met", False)


@pytest.mark.promise("MO-16")
def test_a_plan_on_day_15_is_late(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-03-16T18:00")
    fire_due()
    done(world, enrollment, Kind.PLAN, "2027-03-16", "family", "community", "team")
    clock = clock_of(enrollment, "MO-PLAN")
    assert (clock.state, clock.is_late) == ("met", True)


@pytest.mark.promise("MO-15")
@pytest.mark.promise("MO-16")
@pytest.mark.parametrize("rule_id", ["MO-ASSESS", "MO-PLAN", "MO-TERM"])
def test_what_has_to_be_in_it_is_asked_wherever_it_is_told(world: World, at: SetTime, rule_id: str) -> None:
    """The page of a date would meet it with a day alone, or add time behind the case's back: it leads to the case."""
    enrollment = march(world, at)
    at("2027-03-08T18:00")
    clock = clock_of(enrollment, rule_id)
    browser = signed_in(None, keeper_of(world))
    for act, sent in (("done", {"on": "2027-03-08"}), ("more-time", {"reason": "More."})):
        assert browser.post(f"/owed/{clock.public_id}/{act}/", sent).status_code == 302
    clock.refresh_from_db()
    assert (clock.state, clock.extensions) == ("open", 0)
    assert "See where we are" in browser.get(f"/owed/{clock.public_id}/").content.decode()


def test_a_button_pressed_twice_tells_it_once(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-03-05T18:00")
    first, second = (done(world, enrollment, Kind.ASSESSMENT, "2027-03-05", "child", "family") for _twice in range(2))
    assert first == second
    goals = [actions.add_objective(actor=keeper_of(world), enrollment=enrollment, text="School") for _twice in range(2)]
    assert goals[0] == goals[1]


@pytest.mark.promise("MO-16")
@pytest.mark.parametrize("parts", [["community", "team"], ["family", "team"], ["family", "community"], ["bogus"]])
def test_a_plan_without_the_family_or_without_help_close_to_home_does_not_count(
    world: World, at: SetTime, parts: list[str]
) -> None:
    enrollment = march(world, at)
    at("2027-03-10T18:00")
    assert not done(world, enrollment, Kind.PLAN, "2027-03-10", *parts).is_counted
    assert clock_of(enrollment, "MO-PLAN").state == "open"


def test_what_is_dated_ahead_or_before_the_first_day_is_questioned(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-03-05T18:00")
    with pytest.raises(refusals.DateAhead):
        done(world, enrollment, Kind.ASSESSMENT, "2027-03-06", "child", "family")
    with pytest.raises(refusals.BeforeTheFirstDay):
        done(world, enrollment, Kind.ASSESSMENT, "2027-02-28", "child", "family")
    with pytest.raises(refusals.DateTooFar):
        done(world, enrollment, Kind.FAMILY_MET, "1999-02-28")


@pytest.mark.promise("MO-14")
def test_six_months_with_a_notice_60_and_30_days_before(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    clock = clock_of(enrollment, "MO-TERM")
    assert clock.due_on == day("2027-09-01")
    near = ClockEvent.objects.filter(clock=clock, kind="near")
    about = Notice.objects.filter(
        person=world.faraway_caregiver, kind="clock_near", about__contains=str(clock.public_id)
    )
    for moment, told in (("2027-07-02T12:00", 0), ("2027-07-03T18:00", 1), ("2027-08-02T18:00", 2)):
        at(moment)
        fire_due()
        assert (near.count(), about.count()) == (told, told)  # the family itself is told


@pytest.mark.promise("MO-14")
def test_the_added_months_have_their_own_notices(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    at("2027-07-10T18:00")
    fire_due()
    actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason="Two goals need longer.")
    clock = clock_of(enrollment, "MO-TERM")
    assert clock.due_on == day("2027-12-01")
    near = ClockEvent.objects.filter(clock=clock, kind="near")
    for moment, told in (("2027-09-30T18:00", 1), ("2027-10-02T18:00", 2), ("2027-11-01T18:00", 3)):
        at(moment)
        fire_due()
        assert near.count() == told


@pytest.mark.promise("MO-14")
def test_month_ends_are_counted_from_the_first_day_with_and_without_more_time(world: World, at: SetTime) -> None:
    at("2027-08-10T18:00")
    enrollment = enrolled(world, day("2027-08-31"))
    assert clock_of(enrollment, "MO-TERM").due_on == day("2028-02-29")
    actions.ask_more_time(actor=world.faraway_caregiver, enrollment=enrollment, words="We need the spring.")
    enrollment.refresh_from_db()
    assert (enrollment.extension_asked_by, enrollment.extended_at) == (world.faraway_caregiver, None)
    actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason="Two goals need the spring.")
    assert clock_of(enrollment, "MO-TERM").due_on == day("2028-05-31")


@pytest.mark.promise("MO-14")
def test_more_time_is_added_once_and_never_again(world: World) -> None:
    enrollment = enrolled(world)
    actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason="Two goals need longer.")
    with pytest.raises(refusals.MoreTimeOnlyOnce) as refused:
        actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason="Again.")
    assert refused.value.rule == "MO-EXT"
    with pytest.raises(refusals.MoreTimeOnlyOnce):
        actions.ask_more_time(actor=world.faraway_youth, enrollment=enrollment)


def test_more_time_comes_before_the_last_day_and_with_a_reason(world: World, at: SetTime) -> None:
    enrollment = march(world, at)
    with pytest.raises(refusals.ReasonMissing):
        actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason=" ")
    at("2027-09-05T18:00")
    fire_due()
    with pytest.raises(refusals.TermIsOver):
        actions.give_more_time(actor=keeper_of(world), enrollment=enrollment, reason="Late.")
    with pytest.raises(refusals.TermIsOver):  # a wish nobody could grant is not taken in silence
        actions.ask_more_time(actor=world.faraway_youth, enrollment=enrollment)
    enrollment.refresh_from_db()
    assert enrollment.is_open  # the date has passed, and nobody was sent out
    page = signed_in(None, world.faraway_caregiver).get(f"/enrollments/{enrollment.public_id}/").content.decode()
    assert "You stay until all goals are met." in page
    assert "/more-time/ask/" not in page


def test_a_second_wish_for_more_time_does_not_write_over_the_first(world: World) -> None:
    enrollment = enrolled(world)
    actions.ask_more_time(actor=world.faraway_youth, enrollment=enrollment, words="Until summer.")
    with pytest.raises(refusals.AlreadyAsked):
        actions.ask_more_time(actor=world.faraway_caregiver, enrollment=enrollment)
    enrollment.refresh_from_db()
    assert (enrollment.extension_asked_by, enrollment.extension_words) == (world.faraway_youth, "Until summer.")


def louisiana(world: World) -> Enrollment:
    today = world.program.today()
    return actions.enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today + dt.timedelta(days=30),
    )


def test_a_programme_without_a_set_length_has_no_more_time_to_add(world: World) -> None:
    enrollment = louisiana(world)
    with pytest.raises(refusals.NotInThisProgram):
        actions.ask_more_time(actor=world.caregiver, enrollment=enrollment)


@pytest.mark.promise("FL-35")
def test_a_case_always_has_a_next_date(world: World) -> None:
    enrollment = louisiana(world)
    today = world.program.today()
    for next_on, refusal in ((None, refusals.DateMissing), (today - dt.timedelta(days=1), refusals.DateBehind)):
        with pytest.raises(refusal):
            actions.record_review(actor=world.facilitator, enrollment=enrollment, on=today, next_on=next_on)
    assert not enrollment.milestones.exists()
    actions.record_review(
        actor=world.facilitator, enrollment=enrollment, on=today, next_on=today + dt.timedelta(days=20)
    )
    enrollment.refresh_from_db()
    assert enrollment.next_review_on == today + dt.timedelta(days=20)
    with pytest.raises(refusals.DateMissing):
        actions.enroll(
            actor=world.facilitator,
            family=world.family,
            youth=world.child_member,
            care_manager=world.facilitator_role,
            enrolled_on=today,
            next_on=None,
        )


def test_a_goal_needs_words_and_is_met_once(world: World) -> None:
    enrollment = enrolled(world)
    with pytest.raises(refusals.ReasonMissing):
        actions.add_objective(actor=keeper_of(world), enrollment=enrollment, text="  ")
    goal = actions.add_objective(actor=keeper_of(world), enrollment=enrollment, text="Sleeps at home")
    actions.meet_objective(actor=keeper_of(world), objective=goal)
    goal.refresh_from_db()
    first = goal.met_at
    actions.meet_objective(actor=keeper_of(world), objective=goal)
    goal.refresh_from_db()
    assert goal.met_at == first


def test_another_care_manager_answers_for_it_from_now_on(world: World) -> None:
    enrollment = enrolled(world)
    StaffAssignment.objects.filter(staff_role=manager_of(world)).update(ended_at=enrollment.created_at)
    actions.give_owner(actor=world.faraway_liaison, case=enrollment, care_manager=manager_of(world))
    assert StaffAssignment.objects.filter(staff_role=manager_of(world), ended_at=None).exists()
    assert clock_of(enrollment, "MO-TERM").responsible == manager_of(world)
    with pytest.raises(Refused):
        actions.give_owner(actor=world.faraway_caregiver, case=enrollment, care_manager=manager_of(world))


def test_strangers_write_nothing(world: World) -> None:
    enrollment = enrolled(world)
    today = today_of(enrollment.family)
    for stranger in (world.faraway_caregiver, world.liaison, world.lead, world.faraway_peer):
        with pytest.raises(Refused):
            actions.record_milestone(actor=stranger, enrollment=enrollment, kind=Kind.PLAN, on=today)
        with pytest.raises(Refused):
            actions.give_more_time(actor=stranger, enrollment=enrollment, reason="Me.")
        with pytest.raises(Refused):
            actions.end_enrollment(actor=stranger, enrollment=enrollment)
    with pytest.raises(Refused):
        actions.ask_more_time(actor=keeper_of(world), enrollment=enrollment)
