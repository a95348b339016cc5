"""The agencies decide together, and nobody is turned away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from portal.access import Refused
from portal.access import enrollment as access
from portal.audit.models import Entry
from portal.enrollment import actions, refusals, standing
from portal.enrollment.models import Decision, Position, today_of
from portal.enrollment.standing import agencies_of, standing_of
from portal.families.models import LegalAuthority
from tests.enrollment.cases import Stance, agreed, all_agree, keeper_of, opened, say
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def next_week(world: World) -> dt.date:
    return today_of(world.faraway_family) + dt.timedelta(days=7)


@pytest.mark.promise("MO-07")
def test_one_agency_that_does_not_agree_means_it_is_not_decided(world: World) -> None:
    decision = opened(world)
    all_agree(world, decision)
    say(world, decision, "education", "not_agree", "The school has no place yet.")
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=decision)
    still = actions.close_meeting(actor=keeper_of(world), decision=decision, next_on=next_week(world))
    assert (still.state, still.decided_at, still.meets_on) == ("pending", None, next_week(world))
    assert [voice.name for voice in standing_of(still).against] == [
        "Missouri Department of Elementary and Secondary Education"
    ]
    say(world, decision, "education", "stand_aside")
    done = actions.close_meeting(actor=keeper_of(world), decision=decision)
    assert (done.state, standing_of(done).is_consensus) == ("agreed", True)


def test_an_agency_that_has_said_nothing_yet_holds_it_too(world: World) -> None:
    decision = opened(world)
    say(world, decision, "health", "agree")
    assert len(standing_of(decision).missing) == 3
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=decision)


def test_if_all_stand_aside_nobody_has_agreed(world: World) -> None:
    decision = opened(world)
    for agency in ("social-services", "mental-health", "health", "education"):
        say(world, decision, agency, "stand_aside")
    assert not standing_of(decision).is_consensus


def test_who_does_not_agree_has_to_say_why(world: World) -> None:
    decision = opened(world)
    with pytest.raises(refusals.ReasonMissing):
        say(world, decision, "health", "not_agree", "   ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(
            decision=decision,
            agency=agencies_of(decision)[0],
            stance="not_agree",
            version=1,
            recorded_by=world.faraway_liaison,
        )


def test_a_new_word_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    decision = opened(world)
    say(world, decision, "health", "not_agree", "We need the report.")
    say(world, decision, "health", "agree")
    voice = next(one for one in standing_of(decision).agencies if one.said is not None)
    assert voice.said is not None
    assert (voice.said.version, voice.said.stance) == (2, "agree")
    assert [(one.version, one.reason) for one in voice.before] == [(1, "We need the report.")]


@pytest.mark.promise("MO-12")
def test_there_is_no_state_in_which_a_family_is_turned_away(world: World) -> None:
    assert set(Decision.State.values) == {"pending", "agreed", "withdrawn"}
    decision = opened(world)
    with pytest.raises(IntegrityError, match="only_endings_are_withdrawn"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state="withdrawn")  # only what would end can be taken back


def test_the_family_says_its_own_position_and_a_no_of_theirs_counts(world: World) -> None:
    decision = opened(world)
    all_agree(world, decision)
    said = actions.say_position(
        actor=world.faraway_youth,
        decision=decision,
        person=world.faraway_youth,
        stance=Stance.NOT_AGREE,
        reason="Nobody asked me.",
    )
    assert said.is_own_word
    assert [voice.is_against for voice in standing_of(decision).family] == [True]
    assert not standing_of(decision).is_consensus
    with pytest.raises(refusals.OwnWordStands):
        actions.say_position(actor=keeper_of(world), decision=decision, person=world.faraway_youth, stance=Stance.AGREE)
    actions.say_position(actor=world.faraway_youth, decision=decision, person=world.faraway_youth, stance=Stance.AGREE)
    assert standing_of(decision).is_consensus


def test_staff_may_write_down_what_the_family_told_them(world: World) -> None:
    decision = opened(world)
    told = actions.say_position(
        actor=keeper_of(world), decision=decision, person=world.faraway_caregiver, stance=Stance.AGREE
    )
    assert not told.is_own_word


def test_an_adult_who_may_not_decide_is_heard_but_does_not_hold_it(world: World) -> None:
    LegalAuthority.objects.filter(adult=world.faraway_caregiver_member).update(scope="information")
    decision = opened(world)
    actions.say_position(
        actor=world.faraway_caregiver,
        decision=decision,
        person=world.faraway_caregiver,
        stance=Stance.NOT_AGREE,
        reason="I would wait.",
    )
    all_agree(world, decision)
    assert standing_of(decision).is_consensus
    assert [voice.is_counted for voice in standing_of(decision).family] == [False]
    page = signed_in(None, world.faraway_caregiver).get(f"/decisions/{decision.public_id}/").content.decode()
    assert "Heard and written down." in page


@pytest.mark.promise("MO-07")
def test_whose_no_holds_it_is_asked_when_it_is_decided_not_when_it_was_said(world: World) -> None:
    LegalAuthority.objects.filter(adult=world.faraway_caregiver_member).update(scope="information")
    decision = opened(world)
    all_agree(world, decision)
    actions.say_position(
        actor=world.faraway_caregiver,
        decision=decision,
        person=world.faraway_caregiver,
        stance=Stance.NOT_AGREE,
        reason="I would wait.",
    )
    LegalAuthority.objects.filter(adult=world.faraway_caregiver_member).update(scope="full")  # the paper came
    with pytest.raises(refusals.DateMissing):
        actions.close_meeting(actor=keeper_of(world), decision=decision)
    LegalAuthority.objects.filter(adult=world.faraway_caregiver_member).update(scope="none")  # a court bars them
    assert actions.close_meeting(actor=keeper_of(world), decision=decision).is_agreed


@pytest.mark.promise("MO-07")
def test_an_agency_that_the_profile_names_no_longer_is_not_passed_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = opened(world)
    all_agree(world, decision)
    say(world, decision, "education", "not_agree", "The school has no place yet.")
    joining = decision.family.program.profile.enrollment
    assert joining is not None
    three = joining.model_copy(update={"agencies": ("social-services", "mental-health", "health")})
    monkeypatch.setattr(standing, "joining_of", lambda _family: three)
    assert len(standing_of(decision).agencies) == 4
    assert not standing_of(decision).is_consensus
    say(world, decision, "education", "agree")
    assert standing_of(decision).is_consensus


def test_an_adult_whom_a_court_bars_neither_sees_nor_says_anything(world: World) -> None:
    decision = opened(world)
    LegalAuthority.objects.filter(adult=world.faraway_caregiver_member).update(scope="none")
    assert not access.visible_decisions(world.faraway_caregiver).exists()
    with pytest.raises(Refused):
        actions.say_position(
            actor=world.faraway_caregiver, decision=decision, person=world.faraway_caregiver, stance=Stance.AGREE
        )


def test_from_18_on_a_parent_sees_it_no_more(world: World) -> None:
    opened(world)
    assert access.visible_decisions(world.faraway_caregiver).exists()
    born = world.other_program.today().replace(day=1)
    world.faraway_youth.born_on = born.replace(year=born.year - 18)
    world.faraway_youth.save()
    assert not access.visible_decisions(world.faraway_caregiver).exists()
    assert access.visible_decisions(world.faraway_youth).exists()


def test_nobody_speaks_for_an_agency_or_a_person_that_is_not_in_it(world: World) -> None:
    decision = opened(world)
    stranger = world.organization("fhf-jefferson")
    refused = (
        {"actor": keeper_of(world), "agency": stranger},
        {"actor": keeper_of(world), "person": world.caregiver},
        {"actor": world.faraway_caregiver, "person": world.faraway_youth},
        {"actor": world.faraway_caregiver, "agency": agencies_of(decision)[0]},
        {"actor": world.stranger_liaison, "agency": agencies_of(decision)[0]},
        {"actor": keeper_of(world)},
    )
    for voice in refused:
        with pytest.raises(Refused):
            actions.say_position(decision=decision, stance=Stance.AGREE, **voice)


def test_what_is_decided_does_not_change_any_more(world: World) -> None:
    decision = agreed(world)
    with pytest.raises(refusals.AlreadyDecided):
        say(world, decision, "health", "not_agree", "Too late.")
    with pytest.raises(refusals.AlreadyDecided):
        actions.set_meeting(actor=keeper_of(world), decision=decision, meets_on=next_week(world))
    with pytest.raises(refusals.AlreadyDecided):
        actions.close_meeting(actor=keeper_of(world), decision=decision)


@pytest.mark.parametrize("off", [-1, 400])
def test_a_next_meeting_is_still_to_come_and_within_a_year(world: World, off: int) -> None:
    decision = opened(world)
    with pytest.raises((refusals.DateBehind, refusals.DateTooFar)):
        actions.set_meeting(
            actor=keeper_of(world),
            decision=decision,
            meets_on=today_of(world.faraway_family) + dt.timedelta(days=off),
        )


def test_a_referral_is_neither_of_tomorrow_nor_of_long_ago(world: World) -> None:
    keeper, today = keeper_of(world), today_of(world.faraway_family)
    for referred_on in (today + dt.timedelta(days=1), dt.date(1, 1, 1)):
        with pytest.raises(refusals.CaseRefusal):
            actions.open_decision(
                actor=keeper,
                family=world.faraway_family,
                youth=world.faraway_youth_member,
                referred_on=referred_on,
                meets_on=next_week(world),
            )


def test_the_same_question_is_open_once(world: World) -> None:
    decision = opened(world)
    with pytest.raises(refusals.AlreadyOpen):
        opened(world)
    all_agree(world, decision)
    actions.close_meeting(actor=keeper_of(world), decision=decision)
    with pytest.raises(refusals.AlreadyOpen):  # they wait for the first day, not for another round
        opened(world)


@pytest.mark.promise("MO-03")
def test_one_whom_all_agree_on_does_not_drop_out_of_sight_before_the_first_day(world: World) -> None:
    agreed(world)
    page = signed_in(None, world.faraway_caregiver).get("/cases/").content.decode()
    assert "All agree. The first day is set next." in page


def test_a_programme_without_agencies_has_no_such_round(world: World) -> None:
    today = world.program.today()
    with pytest.raises(refusals.NotInThisProgram):
        actions.open_decision(
            actor=world.facilitator, family=world.family, youth=world.youth_member, referred_on=today, meets_on=today
        )


def test_a_caregiver_or_another_familys_child_is_not_brought_before_the_agencies(world: World) -> None:
    today = today_of(world.faraway_family)
    for youth in (world.faraway_caregiver_member, world.youth_member):
        with pytest.raises(Refused):
            actions.open_decision(
                actor=keeper_of(world), family=world.faraway_family, youth=youth, referred_on=today, meets_on=today
            )


def test_each_step_is_on_the_record_without_what_was_said(world: World) -> None:
    decision = opened(world)
    say(world, decision, "health", "not_agree", "We need the report.")
    entries = Entry.objects.filter(subject="decision", subject_id=str(decision.public_id))
    assert entries.count() == 2
    assert "report" not in str([entry.detail for entry in entries])
