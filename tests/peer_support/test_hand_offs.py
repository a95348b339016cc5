"""A hand-off is warm when the old and the new one met the family face to face and both say so; else it says that it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.models import Conversation
from peer_support import actions
from peer_support.models import HandOff, Pairing
from peer_support.refusals import AlreadyPlanned, DayAhead, DayBehind, NobodyToHandOver, WhyMissing
from portal import worker
from portal.access import Refused, conversations
from portal.access import hand_offs as access
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import StaffAssignment
from portal.language import formats
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.rewrapping import rewrap_words
from tests.peer_support.conftest import Later
from tests.peer_support.helping import (
    again,
    confirmed,
    coordinated,
    day,
    handing_over,
    meeting,
    paired,
    plan,
)
from tests.world import VIEWERS, World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = HandOff.State


def told(person: Person, hand_off: HandOff, what: str) -> int:
    about = f"hand-off:{hand_off.public_id}:{what}"
    return Notice.objects.filter(person=person, kind=Notice.Kind.HAND_OFF, about=about).count()


def now(hand_off: HandOff) -> HandOff:
    return HandOff.objects.get(pk=hand_off.pk)


def talk_of(hand_off: HandOff) -> Conversation:
    return Conversation.objects.get(hand_off=hand_off)


@pytest.fixture
def hand_off(world: World) -> HandOff:
    """From the facilitator to the liaison, in three days."""
    coordinated(world)
    return handing_over(world)


# -- warm --------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-27")
def test_it_is_warm_when_both_confirm_that_they_met_the_family_and_everything_is_on_record(
    world: World, hand_off: HandOff
) -> None:
    actions.write_words(actor=world.caregiver, hand_off=hand_off, words="Please call before noon.")
    assert actions.confirm_hand_off(actor=world.facilitator, hand_off=hand_off, meeting=meeting(world)) == State.PLANNED
    assert told(world.liaison, hand_off, "confirm") == 1
    assert actions.confirm_hand_off(actor=world.liaison, hand_off=hand_off, meeting=meeting(world)) == State.WARM
    kept = now(hand_off)
    assert (kept.giver, kept.receiver, kept.member) == (
        world.facilitator_role,
        world.liaison_role,
        world.caregiver_member,
    )
    assert (kept.met_on, kept.way, kept.setting, kept.place) == (day(world), "in_person", "crisis_unit", "Room 4")
    assert kept.family_present
    assert kept.words == "Please call before noon."
    assert kept.confirmed_by_giver_at
    assert kept.confirmed_by_receiver_at
    for person in (world.caregiver, world.second_caregiver, world.youth):
        assert told(person, hand_off, "warm") == 1


def test_the_three_write_to_each_other_and_the_one_before_leaves_when_it_is_warm(
    world: World, hand_off: HandOff
) -> None:
    assert hand_off.conversation is not None
    three = {world.caregiver, world.facilitator, world.liaison}
    assert {one.person for one in conversations.participants(hand_off.conversation)} == three
    confirmed(world, hand_off)
    left = {one.person for one in conversations.participants(hand_off.conversation)}
    assert left == {world.caregiver, world.liaison}


# -- not warm ----------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-27")
@pytest.mark.parametrize("who", ["nobody", "facilitator", "liaison"])
def test_without_both_confirmations_it_is_not_warm_after_its_day_and_the_family_is_told(
    world: World, hand_off: HandOff, who: str, later: Later
) -> None:
    if who != "nobody":
        actions.confirm_hand_off(actor=getattr(world, who), hand_off=hand_off, meeting=meeting(world))
    assert actions.settle_overdue() == 0
    later(dt.timedelta(days=4))
    assert worker.one_round()["settled"] == 1
    assert actions.settle_overdue() == 0
    assert now(hand_off).state == State.NOT_WARM
    for person in (world.caregiver, world.second_caregiver, world.youth, world.facilitator, world.liaison):
        assert told(person, hand_off, "not_warm") == 1
    page = signed_in(None, world.caregiver).get(f"/hand-offs/{hand_off.public_id}/").content.decode()
    assert "We have not heard from both of them that you met." in page
    assert "The one who answered for you still does." in page


@pytest.mark.promise("FL-27")
def test_a_form_alone_without_the_family_is_not_warm(world: World, hand_off: HandOff) -> None:
    alone = meeting(world, present=False)
    actions.confirm_hand_off(actor=world.facilitator, hand_off=hand_off, meeting=alone)
    assert actions.confirm_hand_off(actor=world.liaison, hand_off=hand_off, meeting=alone) == State.NOT_WARM
    assert told(world.caregiver, hand_off, "not_warm") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOff.objects.filter(pk=hand_off.pk).update(state=State.WARM)
    for field in ("confirmed_by_giver_at", "confirmed_by_receiver_at", "met_on"):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOff.objects.filter(pk=hand_off.pk).update(state=State.WARM, family_present=True, **{field: None})


def test_a_familys_no_outweighs_both_and_its_yes_lets_it_stand_again(world: World, hand_off: HandOff) -> None:
    confirmed(world, hand_off)
    assert actions.answer_hand_off(actor=world.caregiver, hand_off=hand_off, happened=False) == State.NOT_WARM
    for person in (world.facilitator, world.liaison):
        assert told(person, hand_off, "answered") == 1
    assert actions.answer_hand_off(actor=world.caregiver, hand_off=hand_off, happened=True) == State.WARM


def test_what_was_late_can_be_made_good(world: World, hand_off: HandOff, later: Later) -> None:
    later(dt.timedelta(days=4))
    actions.settle_overdue()
    assert confirmed(world, hand_off) == State.WARM


def test_both_confirm_the_same_meeting(world: World, hand_off: HandOff) -> None:
    actions.confirm_hand_off(actor=world.facilitator, hand_off=hand_off, meeting=meeting(world))
    other = meeting(world, place="The shelter on Fourth Street")
    assert actions.confirm_hand_off(actor=world.liaison, hand_off=hand_off, meeting=other) == State.PLANNED
    assert now(hand_off).confirmed_by_giver_at is None
    assert told(world.facilitator, hand_off, "confirm") == 1
    assert actions.confirm_hand_off(actor=world.facilitator, hand_off=hand_off, meeting=other) == State.WARM


def test_a_meeting_to_come_is_not_confirmed_and_one_in_the_past_not_planned(world: World, hand_off: HandOff) -> None:
    with pytest.raises(DayAhead):
        actions.confirm_hand_off(actor=world.liaison, hand_off=hand_off, meeting=meeting(world, days=1))
    with pytest.raises(AlreadyPlanned):
        handing_over(world)
    confirmed(world, hand_off)
    with pytest.raises(DayBehind):
        actions.plan_coordinator_hand_off(
            actor=world.liaison,
            family=world.family,
            member=world.caregiver_member,
            receiver=world.facilitator_role,
            plan=plan(world, -1),
        )


@pytest.mark.parametrize("who", [name for name in VIEWERS if name not in {"facilitator", "liaison"}])
def test_nobody_but_the_two_confirms(world: World, hand_off: HandOff, who: str) -> None:
    with pytest.raises(Refused):
        actions.confirm_hand_off(actor=getattr(world, who), hand_off=hand_off, meeting=meeting(world))


# -- somebody has left -------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-27")
def test_where_one_of_the_two_leaves_before_the_meeting_the_family_hears_that_it_will_not_be_warm(
    world: World, hand_off: HandOff
) -> None:
    actions.end_staff_role(actor=None, role=world.facilitator_role)
    assert now(hand_off).state == State.NOT_WARM
    assert told(world.caregiver, hand_off, "not_warm") == 1


def test_a_peer_partner_who_is_already_gone_hands_nobody_over_and_the_family_reads_why(world: World) -> None:
    new = paired(world)
    actions.end_staff_role(actor=None, role=world.peer_role)
    old = again(world.pairing)
    with pytest.raises(NobodyToHandOver):
        actions.plan_peer_hand_off(actor=world.liaison, old=old, new=new, plan=plan(world))
    with pytest.raises(WhyMissing):
        actions.override_peer(actor=world.liaison, old=old, new=new, reason="")
    made = actions.override_peer(actor=world.liaison, old=old, new=new, reason="Joy does not work here any more.")
    assert made.state == State.EMERGENCY
    assert told(world.caregiver, made, "emergency") == 1
    page = signed_in(None, world.caregiver).get(f"/hand-offs/{made.public_id}/").content.decode()
    assert "Joy does not work here any more." in page


# -- peer partners -----------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-27")
def test_one_peer_partner_brings_in_the_next_one(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    new = paired(world)
    made = actions.plan_peer_hand_off(actor=world.liaison, old=again(world.pairing), new=new, plan=plan(world))
    assert confirmed(world, made) == State.WARM
    assert again(world.pairing).state == Pairing.State.ENDING  # the goodbye takes its own time
    seen = {name for name in VIEWERS if access.visible_hand_offs(getattr(world, name)).filter(pk=made.pk).exists()}
    assert seen == {"caregiver", "peer", "second_peer", "liaison"}


def test_only_the_familys_liaison_plans_between_two_pairings_of_one_person(world: World) -> None:
    new = paired(world)
    for who in ("caregiver", "peer", "second_peer", "facilitator", "stranger_liaison"):
        with pytest.raises(Refused):
            actions.plan_peer_hand_off(actor=getattr(world, who), old=world.pairing, new=new, plan=plan(world))
    with pytest.raises(Refused):
        actions.plan_peer_hand_off(actor=world.liaison, old=world.stranger_pairing, new=new, plan=plan(world))


# -- who reads what ----------------------------------------------------------------------------------------------------


def test_the_familys_words_are_for_the_next_one_alone(world: World, hand_off: HandOff) -> None:
    actions.write_words(actor=world.caregiver, hand_off=hand_off, words="He sleeps badly.")
    sealed = now(hand_off).sealed_words
    assert sealed is not None
    assert b"He sleeps" not in bytes(sealed)
    reads = {name for name in VIEWERS if access.may_read_words(getattr(world, name), hand_off)}
    assert reads == {"caregiver", "liaison"}
    for name in ("caregiver", "second_caregiver", "youth", "facilitator", "liaison"):
        page = signed_in(None, getattr(world, name)).get(f"/hand-offs/{hand_off.public_id}/").content.decode()
        assert ("He sleeps badly." in page) is (name in reads)
    for name in ("second_caregiver", "facilitator", "liaison"):
        with pytest.raises(Refused):
            actions.write_words(actor=getattr(world, name), hand_off=hand_off, words="No")
    assert rewrap_words() >= 1
    actions.write_words(actor=world.caregiver, hand_off=now(hand_off), words=" ")
    assert now(hand_off).words == ""


def test_who_is_kept_away_reads_neither_the_day_nor_the_place(world: World, hand_off: HandOff) -> None:
    def page_of(person: Person) -> str:
        browser = signed_in(None, person)
        paths = (f"/hand-offs/{hand_off.public_id}/", f"/families/{world.family.public_id}/coordinator/")
        return "".join(browser.get(path).content.decode() for path in paths)

    assert "Room 4" in page_of(world.second_caregiver)
    world.keep_apart()
    assert "Room 4" in page_of(world.caregiver)
    page = page_of(world.second_caregiver)
    assert "Room 4" not in page
    assert "crisis unit" not in page
    planned = formats.day(day(world, 3), "en", world.program.zone)
    assert planned in page_of(world.caregiver)
    assert planned not in page


def test_staff_do_not_meet_a_minor_in_a_conversation_of_three(world: World) -> None:
    coordinated(world)
    people = {one.person for one in access.possible_members(world.liaison, world.family)}
    assert people == {world.caregiver, world.second_caregiver}
    with pytest.raises(Refused):
        actions.plan_coordinator_hand_off(
            actor=world.liaison,
            family=world.family,
            member=world.youth_member,
            receiver=world.liaison_role,
            plan=plan(world),
        )
    assert not HandOff.objects.exists()


def test_an_outsider_sees_no_hand_off(world: World, hand_off: HandOff) -> None:
    seen = {name for name in VIEWERS if access.visible_hand_offs(getattr(world, name)).exists()}
    assert seen == {"caregiver", "second_caregiver", "youth", "child", "facilitator", "liaison"}
    families.end_assignment(actor=world.liaison, assignment=world.facilitator_assignment)
    assert access.visible_hand_offs(world.facilitator).exists()  # one of the two


# -- the whole way on the page -----------------------------------------------------------------------------------------


def test_the_whole_way_on_the_page(world: World) -> None:
    coordinated(world)
    staff, parent = signed_in(None, world.liaison), signed_in(None, world.caregiver)
    form = {
        "receiver": str(world.liaison_role.public_id),
        "member": str(world.caregiver.public_id),
        "meets_on": day(world),
        "way": "in_person",
        "setting": "shelter",
        "place": "Fourth Street",
    }
    path = f"/families/{world.family.public_id}/hand-off/"
    assert "Who takes over" in staff.get(path).content.decode()
    assert staff.post(path, form | {"meets_on": day(world, -2)}).status_code == 422
    assert "It is planned." in staff.post(path, form, follow=True).content.decode()
    hand_off = HandOff.objects.get()
    page = f"/hand-offs/{hand_off.public_id}/"
    assert page in parent.get("/").content.decode()
    assert page in staff.get("/").content.decode()
    assert "Fourth Street" in parent.get(page).content.decode()
    parent.post(f"{page}words/", {"words": "Call before noon."})
    assert "Call before noon." in staff.get(page).content.decode()
    said = {"met_on": day(world), "way": "in_person", "setting": "shelter", "place": "Fourth Street"}
    for person in (world.facilitator, world.liaison):
        browser = signed_in(None, person)
        assert "We met with the family" in browser.get(page).content.decode()
        assert browser.post(f"{page}confirm/", said).status_code == 422
        browser.post(f"{page}confirm/", said | {"family_present": "yes"})
    parent.post(f"{page}answer/", {"happened": "yes"})
    shown = parent.get(page).content.decode()
    assert "Done, face to face" in shown
    assert "Yes, we met</p>" in shown
    card = parent.get(f"/families/{world.family.public_id}/coordinator/").content.decode()
    assert "Simone Picourt" in card
    assert "Who it was before" in card


@pytest.mark.parametrize("is_late", [False, True])
def test_with_the_pairing_ends_what_the_next_one_reads_of_its_hand_off(
    world: World, later: Later, is_late: bool
) -> None:
    """Ended at once means at once: not in the conversation of three either."""
    new = paired(world)
    made = actions.plan_peer_hand_off(actor=world.liaison, old=again(world.pairing), new=new, plan=plan(world))
    actions.write_words(actor=world.caregiver, hand_off=made, words="My sister lives next door.")
    if is_late:
        later(dt.timedelta(days=4))
        actions.settle_overdue()
    actions.end_pairing(actor=world.caregiver, pairing=again(new))
    assert now(made).state == State.NOT_WARM
    assert not conversations.visible_conversations(world.second_peer).filter(hand_off=made).exists()
    assert not conversations.may_post(world.caregiver, talk_of(made))
    assert not access.may_read_words(world.second_peer, now(made))
    assert access.may_read_words(world.caregiver, now(made))


def test_who_no_longer_stands_beside_the_family_does_not_read_its_words(world: World, hand_off: HandOff) -> None:
    actions.write_words(actor=world.caregiver, hand_off=hand_off, words="Please call before noon.")
    confirmed(world, hand_off)
    assert access.may_read_words(world.liaison, now(hand_off))
    for one in StaffAssignment.objects.filter(family=world.family, staff_role=world.liaison_role, ended_at=None):
        families.end_assignment(actor=world.liaison, assignment=one)
    assert not access.may_read_words(world.liaison, now(hand_off))


def step_back(world: World, role: StaffRole) -> None:
    beside = StaffAssignment.objects.filter(family=world.family, staff_role=role)
    beside.update(ended_at=timezone.now())


def test_who_hands_over_and_no_longer_stands_beside_the_family_leaves_the_conversation_of_three(
    world: World, hand_off: HandOff
) -> None:
    """The one who takes over need not stand there yet."""
    talk = talk_of(hand_off)
    step_back(world, world.liaison_role)
    assert actions.leave_talks() == 0
    step_back(world, world.facilitator_role)
    assert (actions.leave_talks(), actions.leave_talks()) == (1, 0)
    assert not conversations.visible_conversations(world.facilitator).filter(pk=talk.pk).exists()
    assert conversations.visible_conversations(world.liaison).filter(pk=talk.pk).exists()
    assert conversations.visible_conversations(world.caregiver).filter(pk=talk.pk).exists()


def test_who_took_over_and_then_stepped_back_reads_the_three_no_more(world: World, hand_off: HandOff) -> None:
    confirmed(world, hand_off)
    talk = talk_of(hand_off)
    assert actions.leave_talks() == 0
    step_back(world, world.liaison_role)
    assert actions.leave_talks() == 1
    assert not conversations.visible_conversations(world.liaison).filter(pk=talk.pk).exists()
    assert conversations.visible_conversations(world.caregiver).filter(pk=talk.pk).exists()
