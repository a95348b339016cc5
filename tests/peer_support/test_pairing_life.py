"""From the yes to the last word: the first word begins it, a pause has a day to come back, an end is a goodbye."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from messaging.actions import send_message
from messaging.models import Conversation
from messaging.sending import Refusal
from peer_support import actions
from peer_support.models import Pairing
from peer_support.refusals import DayBehind, DayTooFar
from portal.access import Refused
from portal.access import pairings as access
from portal.accounts.models import Person
from portal.notices.models import Notice
from portal.rewrapping import rewrap_words
from tests.peer_support.conftest import Later
from tests.peer_support.helping import again, day, offered, paired
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = Pairing.State


def told(person: Person, what: str) -> int:
    return Notice.objects.filter(person=person, kind=Notice.Kind.PAIRING_CHANGED, about__endswith=f":{what}").count()


def accepted(world: World) -> Pairing:
    actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    return again(world.offer)


# -- the beginning -----------------------------------------------------------------------------------------------------


def test_the_conversation_opens_at_the_yes_and_the_pairing_begins_with_i_am_here(world: World) -> None:
    pairing = accepted(world)
    assert pairing.state == State.ACCEPTED
    assert pairing.conversation is not None
    assert pairing.conversation.state == Conversation.State.ACTIVE
    with pytest.raises(Refused):
        actions.begin_pairing(actor=world.second_caregiver, pairing=pairing)
    actions.begin_pairing(actor=world.second_peer, pairing=pairing)
    assert again(pairing).state == State.ACTIVE
    assert told(world.second_caregiver, "begun") == 1
    with pytest.raises(Refused):
        actions.begin_pairing(actor=world.second_peer, pairing=pairing)


@pytest.mark.django_db(transaction=True)
def test_the_peers_first_word_begins_it_and_the_familys_does_not(world_committed: World) -> None:
    world = world_committed
    pairing = accepted(world)
    assert pairing.conversation is not None
    send_message(author=world.second_caregiver, conversation=pairing.conversation, key=uuid4(), body="Hello?")
    assert actions.keep_pairings() == 0
    assert again(pairing).state == State.ACCEPTED
    send_message(author=world.second_peer, conversation=pairing.conversation, key=uuid4(), body="I am here.")
    assert [actions.keep_pairings(), actions.keep_pairings()] == [1, 0]
    assert again(pairing).state == State.ACTIVE
    assert again(pairing).began_at is not None


def test_a_choice_leaves_the_offers_to_others_and_the_peer_partner_of_now(world: World) -> None:
    actions.accept_pairing(actor=world.caregiver, pairing=offered(world))
    assert again(world.offer).state == State.PROPOSED  # the second caregiver's
    assert again(world.pairing).state == State.ACTIVE


def test_of_two_offers_one_is_chosen_and_the_other_is_gone(world: World) -> None:
    second = actions.propose_pairing(
        actor=world.liaison, member=world.second_caregiver_member, peer=world.peer_role, reason="Both know the school."
    )
    actions.accept_pairing(actor=world.second_caregiver, pairing=second)
    assert again(world.offer).state == State.WITHDRAWN
    with pytest.raises(Refused):
        actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)


# -- a pause -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["caregiver", "peer"])
@pytest.mark.django_db(transaction=True)
def test_either_may_pause_with_a_day_to_come_back_and_nobody_writes_until_then(
    world_committed: World, who: str, later: Later
) -> None:
    world = world_committed
    person, other = (world.caregiver, world.peer) if who == "caregiver" else (world.peer, world.caregiver)
    actions.pause_pairing(actor=person, pairing=world.pairing, until=day(world, 3))
    pairing = again(world.pairing)
    assert (pairing.state, pairing.paused_until) == (State.PAUSED, day(world, 3))
    assert access.pause_of(world.conversation) == day(world, 3)
    assert told(other, f"paused:{day(world, 3)}") == 1
    for author in (person, other):
        with pytest.raises(Refusal, match="paused"):
            send_message(author=author, conversation=world.conversation, key=uuid4(), body="Are you there?")
    with pytest.raises(Refused):  # the other one does not cut it short
        actions.resume_pairing(actor=other, pairing=pairing)
    assert actions.keep_pairings() == 0
    later(dt.timedelta(days=3))
    assert [actions.keep_pairings(), actions.keep_pairings()] == [1, 0]
    pairing = again(world.pairing)
    assert (pairing.state, pairing.paused_until) == (State.ACTIVE, None)
    assert told(world.caregiver, f"back:{day(world)}") == 1
    assert told(world.peer, f"back:{day(world)}") == 1
    send_message(author=other, conversation=world.conversation, key=uuid4(), body="I am back.")


def test_whoever_paused_comes_back_earlier_or_chooses_another_day(world: World) -> None:
    actions.pause_pairing(actor=world.caregiver, pairing=world.pairing, until=day(world, 3))
    actions.pause_pairing(actor=world.caregiver, pairing=world.pairing, until=day(world, 30))
    assert again(world.pairing).paused_until == day(world, 30)
    with pytest.raises(Refused):
        actions.pause_pairing(actor=world.peer, pairing=world.pairing, until=day(world, 5))
    actions.resume_pairing(actor=world.caregiver, pairing=world.pairing)
    assert again(world.pairing).state == State.ACTIVE
    assert Conversation.objects.get(pk=world.conversation.pk).state == Conversation.State.ACTIVE


def test_the_day_to_come_back_is_ahead_and_within_a_year(world: World) -> None:
    for days, refusal in ((0, DayBehind), (-1, DayBehind), (400, DayTooFar)):
        with pytest.raises(refusal):
            actions.pause_pairing(actor=world.peer, pairing=world.pairing, until=day(world, days))
    with pytest.raises(Refused):
        actions.pause_pairing(actor=world.liaison, pairing=world.pairing, until=day(world, 3))
    assert again(world.pairing).state == State.ACTIVE


# -- a goodbye ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["caregiver", "peer", "liaison"])
def test_an_end_is_a_goodbye_with_a_last_moment_and_the_family_is_back_on_the_list(
    world: World, who: str, later: Later
) -> None:
    actions.say_goodbye(actor=getattr(world, who), pairing=world.pairing)
    pairing = again(world.pairing)
    assert (pairing.state, pairing.last_day) == (State.ENDING, day(world, 7))
    assert pairing.takes_place
    for person in {world.caregiver, world.peer, world.liaison} - {getattr(world, who)}:
        assert told(person, "goodbye") == 1
    assert list(access.families_without_peer(world.liaison)) == [world.family]
    assert Conversation.objects.get(pk=world.conversation.pk).state == Conversation.State.ACTIVE
    assert actions.keep_pairings() == 0
    later(dt.timedelta(days=8))
    assert [actions.keep_pairings(), actions.keep_pairings()] == [1, 0]
    assert again(world.pairing).state == State.ENDED
    assert Conversation.objects.get(pk=world.conversation.pk).state == Conversation.State.ENDED
    assert list(access.families_without_peer(world.liaison)) == [world.family]
    assert told(world.caregiver, "ended") == 1


def test_a_goodbye_can_be_said_in_a_pause_and_words_go_through_again(world: World) -> None:
    actions.pause_pairing(actor=world.peer, pairing=world.pairing, until=day(world, 30))
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    assert again(world.pairing).paused_until is None
    assert Conversation.objects.get(pk=world.conversation.pk).state == Conversation.State.ACTIVE


def test_only_the_side_that_asked_for_the_end_takes_it_back(world: World) -> None:
    actions.say_goodbye(actor=world.peer, pairing=world.pairing)
    for other in (world.caregiver, world.liaison):
        with pytest.raises(Refused):
            actions.stay_paired(actor=other, pairing=world.pairing)
    actions.stay_paired(actor=world.peer, pairing=world.pairing)
    pairing = again(world.pairing)
    assert (pairing.state, pairing.goodbye_until, pairing.ended_by) == (State.ACTIVE, None, "")
    assert not access.families_without_peer(world.liaison)


def test_a_peer_ends_nothing_at_once_but_says_goodbye(world: World) -> None:
    with pytest.raises(Refused):
        actions.end_pairing(actor=world.peer, pairing=world.pairing)
    assert again(world.pairing).state == State.ACTIVE


def test_in_a_goodbye_the_next_person_is_named_and_the_list_is_empty_again(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    assert access.next_of(again(world.pairing)) is None
    new = paired(world)
    assert access.next_of(again(world.pairing)) == new
    assert not access.families_without_peer(world.liaison)


def test_nobody_for_now_is_an_answer_and_can_be_changed(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing, wants_next=False)
    assert not access.families_without_peer(world.liaison)
    actions.end_pairing(actor=world.caregiver, pairing=world.pairing)
    actions.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    assert not access.families_without_peer(world.liaison)
    actions.choose_next(actor=world.caregiver, pairing=world.pairing, wants_next=True)
    assert list(access.families_without_peer(world.liaison)) == [world.family]
    with pytest.raises(Refused):
        actions.choose_next(actor=world.liaison, pairing=world.pairing, wants_next=False)


def test_how_long_a_family_waits_is_counted_from_the_goodbye(world: World, later: Later) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    since = again(world.pairing).ending_at
    later(dt.timedelta(days=9))
    actions.keep_pairings()
    (family,) = access.families_without_peer(world.liaison)
    assert family.waits_since == since  # type: ignore[attr-defined] # annotated


# -- the history -------------------------------------------------------------------------------------------------------


def test_the_family_decides_what_the_next_peer_partner_reads_and_it_is_nothing_by_itself(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    new = paired(world)
    assert access.handed_down(new) == []
    words = "Please call before noon."
    actions.share_history(actor=world.caregiver, pairing=world.pairing, summary=words, shares_history=False)
    assert access.handed_down(new) == []
    actions.share_history(actor=world.caregiver, pairing=world.pairing, summary=words, shares_history=True)
    assert [one.summary for one in access.handed_down(new)] == [words]
    sealed = again(world.pairing).sealed_summary
    assert sealed is not None
    assert words.encode() not in bytes(sealed)
    reads = {
        name
        for name in ("caregiver", "second_caregiver", "peer", "second_peer", "liaison", "facilitator")
        if access.may_read_handed_down(getattr(world, name), new)
    }
    assert reads == {"caregiver", "second_peer"}
    for other in (world.peer, world.second_peer, world.liaison):
        with pytest.raises(Refused):
            actions.share_history(actor=other, pairing=world.pairing, summary="", shares_history=True)
    actions.share_history(actor=world.caregiver, pairing=world.pairing, summary=words, shares_history=False)
    assert access.handed_down(new) == []


def test_a_summary_survives_a_key_rotation(world: World) -> None:
    actions.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    actions.share_history(actor=world.caregiver, pairing=world.pairing, summary="Before noon.", shares_history=True)
    assert rewrap_words() >= 1
    assert again(world.pairing).summary == "Before noon."


# -- a job that ends ---------------------------------------------------------------------------------------------------


def test_a_peer_suspended_in_the_middle_of_a_conversation_is_told_in_plain_words_and_someone_else_is_looked_for(
    world: World,
) -> None:
    actions.end_staff_role(actor=None, role=world.peer_role)
    pairing = again(world.pairing)
    assert (pairing.state, pairing.ended_by) == (State.ENDED, Pairing.Side.JOB)
    assert told(world.caregiver, "left") == 1
    assert told(world.liaison, "ended") == 1
    assert told(world.peer, "ended") == 0
    assert list(access.families_without_peer(world.liaison)) == [world.family]


def test_an_offer_of_somebody_who_left_is_taken_back_and_the_family_hears_of_it(world: World) -> None:
    actions.end_staff_role(actor=None, role=world.second_peer_role)
    assert again(world.offer).state == State.WITHDRAWN
    assert told(world.second_caregiver, "withdrawn") == 1


# -- what the database itself refuses ----------------------------------------------------------------------------------


def test_no_pause_without_a_day_and_no_goodbye_without_a_last_moment(world: World) -> None:
    for state in (State.PAUSED, State.ENDING):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pairing.objects.filter(pk=world.pairing.pk).update(state=state)


@pytest.mark.parametrize("state", Pairing.TAKES_PLACE)
def test_nobody_is_paired_twice_with_the_same_peer_partner(world: World, state: str) -> None:
    Pairing.objects.filter(pk=world.pairing.pk).update(
        state=state, paused_until=day(world), goodbye_until=world.pairing.answered_at
    )
    with pytest.raises(actions.AlreadyPaired):
        offered(world, world.peer_role)
