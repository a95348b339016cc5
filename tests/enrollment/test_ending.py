"""A time in the programme ends when all goals are met, the team says yes and the family has been heard. Never before."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.clocks.firing import fire_due
from portal.enrollment import actions, refusals
from portal.enrollment.closing import against
from portal.enrollment.models import Enrollment, Position, Recommendation, today_of
from portal.enrollment.standing import standing_of
from tests.enrollment.cases import (
    add_goal,
    agencies_agree_to_end,
    all_agree,
    clock_of,
    day,
    enrolled,
    keeper_of,
    recommend,
    say,
)
from tests.enrollment.conftest import SetTime
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def enrollment(world: World, at: SetTime) -> Enrollment:
    """In the third month of it."""
    at("2027-02-10T18:00")
    made = enrolled(world, day("2027-03-01"))
    at("2027-05-20T18:00")
    return made


def end(world: World, enrollment: Enrollment) -> None:
    actions.end_enrollment(actor=keeper_of(world), enrollment=enrollment)


@pytest.mark.promise("MO-13")
def test_one_open_goal_and_it_does_not_end(world: World, enrollment: Enrollment) -> None:
    first, _second = add_goal(world, enrollment), add_goal(world, enrollment, "Sleeps at home")
    actions.meet_objective(actor=keeper_of(world), objective=first)
    recommend(world, enrollment)
    with pytest.raises(refusals.GoalsLeft) as refused:
        end(world, enrollment)
    assert refused.value.rule == "MO-13"


@pytest.mark.promise("MO-13")
@pytest.mark.parametrize("has_said", [True, False])
def test_without_the_teams_yes_it_does_not_end(world: World, enrollment: Enrollment, has_said: bool) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    if has_said:
        recommend(world, enrollment, approves=False)
    with pytest.raises(refusals.TeamHasNotApproved) as refused:
        end(world, enrollment)
    assert refused.value.rule == "MO-13"


def test_no_goals_at_all_are_not_all_goals_met(world: World, enrollment: Enrollment) -> None:
    recommend(world, enrollment)
    with pytest.raises(refusals.NoGoalsYet):
        end(world, enrollment)


@pytest.mark.promise("MO-13")
def test_with_all_goals_met_and_the_yes_of_the_team_and_of_all_agencies_it_ends(
    world: World, enrollment: Enrollment
) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    end(world, enrollment)
    enrollment.refresh_from_db()
    assert not enrollment.is_open
    assert clock_of(enrollment, "MO-TERM").state == "met"
    with pytest.raises(refusals.AlreadyEnded):
        end(world, enrollment)
    with pytest.raises(refusals.AlreadyEnded):
        add_goal(world, enrollment)


def test_the_last_day_alone_ends_nothing(world: World, enrollment: Enrollment, at: SetTime) -> None:
    add_goal(world, enrollment)
    at("2027-10-01T18:00")
    fire_due()
    enrollment.refresh_from_db()
    assert (enrollment.is_open, clock_of(enrollment, "MO-TERM").state) == (True, "missed")


@pytest.mark.promise("MO-18")
def test_a_recommendation_holds_the_teams_record_and_the_familys_position(world: World, enrollment: Enrollment) -> None:
    said = recommend(world, enrollment)
    assert (said.met_on, said.is_approved, said.person, said.family_agrees) == (
        today_of(enrollment.family),
        True,
        world.faraway_caregiver,
        True,
    )
    assert "teacher" in said.who_met


@pytest.mark.promise("MO-18")
def test_a_family_that_does_not_agree_brings_it_before_the_interagency_team(
    world: World, enrollment: Enrollment
) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    said = actions.answer_ending(
        actor=world.faraway_caregiver, enrollment=enrollment, agrees=False, words="He is not ready."
    )
    assert said.decision is not None
    assert (said.decision.about, said.decision.state) == ("ending", "pending")
    assert said.decision.meets_on > today_of(enrollment.family)
    with pytest.raises(refusals.FamilyDisagrees):
        end(world, enrollment)
    all_agree(world, said.decision)
    assert [voice.person for voice in standing_of(said.decision).against] == [world.faraway_caregiver]
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=said.decision)
    actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=True)
    with pytest.raises(refusals.AgenciesHaveNotAgreed):  # the round is still open
        end(world, enrollment)
    actions.close_meeting(actor=keeper_of(world), decision=said.decision)
    end(world, enrollment)


@pytest.mark.promise("MO-13")
def test_the_teams_yes_alone_is_not_the_agencies_yes(world: World, enrollment: Enrollment) -> None:
    """The contract: nobody leaves before all objectives are met and the interagency team approves (line 12)."""
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    said = recommend(world, enrollment)
    assert said.decision is not None
    with pytest.raises(refusals.AgenciesHaveNotAgreed) as refused:
        end(world, enrollment)
    assert refused.value.rule == "MO-13"
    all_agree(world, said.decision)
    say(world, said.decision, "health", "not_agree", "Who helps at night?")
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=said.decision)
    with pytest.raises(refusals.AgenciesHaveNotAgreed):
        end(world, enrollment)


def test_who_agrees_once_more_after_the_agencies_agreed_begins_no_new_round(
    world: World, enrollment: Enrollment
) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    actions.answer_ending(actor=world.faraway_youth, enrollment=enrollment, agrees=True)
    assert enrollment.decisions.count() == 1
    actions.answer_ending(actor=world.faraway_youth, enrollment=enrollment, agrees=False)
    assert list(enrollment.decisions.order_by("pk").values_list("state", flat=True)) == ["agreed", "pending"]
    with pytest.raises(refusals.FamilyDisagrees):
        end(world, enrollment)


@pytest.mark.promise("MO-18")
def test_each_of_the_family_is_heard_and_one_no_is_not_covered_by_anothers_yes(
    world: World, enrollment: Enrollment
) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=False, words="Not yet.")
    actions.answer_ending(actor=world.faraway_youth, enrollment=enrollment, agrees=False)  # needs no reason
    actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=True)
    assert [word.person for word in against(enrollment)] == [world.faraway_youth]
    again = recommend(world, enrollment)
    assert (again.person, again.family_agrees) == (world.faraway_caregiver, True)
    with pytest.raises(refusals.FamilyDisagrees):
        end(world, enrollment)


def test_what_a_family_wrote_itself_staff_do_not_write_over(world: World, enrollment: Enrollment) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=False, words="No.")
    again = recommend(world, enrollment)
    assert (again.person, again.family_agrees, again.family_words, again.is_own_word) == (
        world.faraway_caregiver,
        False,
        "No.",
        True,
    )
    assert again.decision is not None
    with pytest.raises(refusals.OwnWordStands):
        actions.say_position(
            actor=keeper_of(world),
            decision=again.decision,
            person=world.faraway_caregiver,
            stance=Position.Stance.AGREE,
        )
    with pytest.raises(refusals.FamilyDisagrees):
        end(world, enrollment)


def test_a_time_that_was_set_back_makes_no_older_word_the_newest(world: World, enrollment: Enrollment) -> None:
    first = recommend(world, enrollment)
    actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=False, words="No.")
    Recommendation.objects.filter(pk=first.pk).update(recorded_at=timezone.now() + dt.timedelta(hours=1))
    assert [word.text for word in against(enrollment)] == ["No."]


def test_a_no_that_staff_wrote_down_goes_the_same_way(world: World, enrollment: Enrollment) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    said = recommend(world, enrollment, agrees=False)
    recommend(world, enrollment, agrees=True)
    assert said.decision is not None
    with pytest.raises(refusals.AgenciesHaveNotAgreed):
        end(world, enrollment)
    positions = Position.objects.filter(decision=said.decision, person=world.faraway_caregiver)
    assert list(positions.order_by("version").values_list("stance", "reason")) == [
        ("not_agree", "He is not ready."),
        ("agree", ""),  # what one of them did not say is not put into their mouth
    ]


# -- taken back --------------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-13")
@pytest.mark.parametrize("who", ["keeper", "faraway_caregiver", "faraway_youth"])
def test_the_team_or_the_family_takes_it_back_and_what_was_said_stays(
    world: World, enrollment: Enrollment, who: str
) -> None:
    actor = keeper_of(world) if who == "keeper" else getattr(world, who)
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    said = recommend(world, enrollment)
    assert said.decision is not None
    actions.withdraw_ending(actor=actor, enrollment=enrollment, words="We are not there yet.")
    said.refresh_from_db()
    assert said.withdrawal is not None
    assert (said.withdrawal.by, said.withdrawal.words) == (actor, "We are not there yet.")
    said.decision.refresh_from_db()
    assert (said.decision.state, said.decision.decided_at) == ("withdrawn", None)
    with pytest.raises(refusals.TakenBack):
        actions.close_meeting(actor=keeper_of(world), decision=said.decision)
    with pytest.raises(refusals.TeamHasNotApproved):
        end(world, enrollment)
    with pytest.raises(refusals.NothingProposed):
        actions.withdraw_ending(actor=actor, enrollment=enrollment)
    page = signed_in(None, world.faraway_caregiver).get(f"/enrollments/{enrollment.public_id}/").content.decode()
    assert "took back what was said about ending" in page
    assert "We are not there yet." in page
    assert all(gap.is_enrollment for gap in actions.without_owner_or_date())  # the round waits for nothing any more


def test_what_was_agreed_before_it_was_taken_back_does_not_hold_for_the_next_time(
    world: World, enrollment: Enrollment
) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    actions.withdraw_ending(actor=world.faraway_caregiver, enrollment=enrollment)
    recommend(world, enrollment)
    with pytest.raises(refusals.AgenciesHaveNotAgreed):
        end(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    end(world, enrollment)


def test_a_no_in_ones_own_words_outlives_what_was_taken_back(world: World, enrollment: Enrollment) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    actions.answer_ending(actor=world.faraway_youth, enrollment=enrollment, agrees=False, words="I want to stay.")
    actions.withdraw_ending(actor=keeper_of(world), enrollment=enrollment)
    said = recommend(world, enrollment)
    assert said.decision is not None
    all_agree(world, said.decision)
    (voice,) = standing_of(said.decision).against
    assert voice.said is not None
    assert (voice.person, voice.said.reason, voice.said.is_own_word) == (world.faraway_youth, "I want to stay.", True)
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=said.decision)


def test_a_team_that_no_longer_says_yes_takes_it_back_by_that(world: World, enrollment: Enrollment) -> None:
    said = recommend(world, enrollment)
    now = recommend(world, enrollment, approves=False)
    assert now.decision is None
    assert said.decision is not None
    said.decision.refresh_from_db()
    assert said.decision.state == "withdrawn"


@pytest.mark.promise("MO-13")
def test_a_new_goal_takes_back_what_was_said_about_ending(world: World, enrollment: Enrollment) -> None:
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment))
    recommend(world, enrollment)
    agencies_agree_to_end(world, enrollment)
    actions.meet_objective(actor=keeper_of(world), objective=add_goal(world, enrollment, "Sleeps at home"))
    with pytest.raises(refusals.TeamHasNotApproved):
        end(world, enrollment)


def test_strangers_take_nothing_back(world: World, enrollment: Enrollment) -> None:
    recommend(world, enrollment)
    for stranger in (world.caregiver, world.liaison, world.faraway_peer, world.lead):
        with pytest.raises(Refused):
            actions.withdraw_ending(actor=stranger, enrollment=enrollment)


def test_where_no_agencies_decide_a_no_of_the_family_holds_it_all_the_same(world: World) -> None:
    today = world.program.today()
    enrollment = actions.enroll(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        care_manager=world.facilitator_role,
        enrolled_on=today,
        next_on=today,
    )
    goal = actions.add_objective(actor=world.facilitator, enrollment=enrollment, text="School")
    actions.meet_objective(actor=world.facilitator, objective=goal)
    said = actions.recommend_ending(
        actor=world.facilitator,
        enrollment=enrollment,
        met_on=today,
        who_met="All",
        is_approved=True,
        person=world.caregiver,
        family_agrees=False,
    )
    assert said.decision is None
    actions.answer_ending(actor=world.youth, enrollment=enrollment, agrees=True)
    with pytest.raises(refusals.FamilyDisagrees):
        actions.end_enrollment(actor=world.facilitator, enrollment=enrollment)
    page = signed_in(None, world.caregiver).get(f"/enrollments/{enrollment.public_id}/").content.decode()
    assert "does not agree." in page
    assert "interagency" not in page  # there is none here
    actions.answer_ending(actor=world.caregiver, enrollment=enrollment, agrees=True)
    actions.end_enrollment(actor=world.facilitator, enrollment=enrollment)


def test_there_is_nothing_to_answer_before_the_team_has_spoken(world: World, enrollment: Enrollment) -> None:
    with pytest.raises(refusals.TeamHasNotApproved):
        actions.answer_ending(actor=world.faraway_caregiver, enrollment=enrollment, agrees=True)


def test_a_team_that_met_tomorrow_or_before_the_first_day_is_questioned(world: World, enrollment: Enrollment) -> None:
    for off in (1, -365):
        with pytest.raises((refusals.DateAhead, refusals.BeforeTheFirstDay)):
            actions.recommend_ending(
                actor=keeper_of(world),
                enrollment=enrollment,
                met_on=today_of(enrollment.family) + dt.timedelta(days=off),
                who_met="All",
                is_approved=True,
                person=world.faraway_caregiver,
                family_agrees=True,
            )


def test_nobody_outside_speaks_for_the_family(world: World, enrollment: Enrollment) -> None:
    with pytest.raises(Refused):
        actions.recommend_ending(
            actor=keeper_of(world),
            enrollment=enrollment,
            met_on=today_of(enrollment.family),
            who_met="All",
            is_approved=True,
            person=world.caregiver,
            family_agrees=True,
        )
    with pytest.raises(Refused):
        actions.answer_ending(actor=keeper_of(world), enrollment=enrollment, agrees=True)
