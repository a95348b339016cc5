"""A peer partner has so many places: two families that want the last one at once get one pairing and one plain sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from messaging.models import Conversation
from peer_support import actions
from peer_support.models import Pairing
from peer_support.refusals import NoPlaceLeft
from portal.access import Refused
from portal.access import pairings as access
from portal.access.peers import places_taken
from portal.accounts.models import Person
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from tests.peer_support.helping import again, day, offered
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = Pairing.State


@pytest.fixture
def _one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "capacity_of", lambda _role: 1)


@pytest.mark.usefixtures("_one_place")
@pytest.mark.django_db(transaction=True)
def test_two_yeses_to_the_last_place_give_one_pairing_and_one_plain_sentence(world_committed: World) -> None:
    world = world_committed
    yeses = [(world.second_caregiver, world.offer), (world.caregiver, offered(world))]
    start = Barrier(2)

    def say_yes(person: Person, offer: Pairing) -> str:
        try:
            start.wait(timeout=10)
            actions.accept_pairing(actor=person, pairing=offer)
        except NoPlaceLeft as full:
            return str(full.message)
        finally:
            connection.close()
        return "yes"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(lambda yes: say_yes(*yes), yeses))
    assert answers == [str(NoPlaceLeft.message), "yes"]
    assert places_taken(world.second_peer_role) == 1
    states = sorted(again(offer).state for _person, offer in yeses)
    assert states == [State.ACCEPTED, State.PROPOSED]  # who came second may wait for a place
    assert Conversation.objects.filter(pairing__peer=world.second_peer_role).count() == 1
    assert Notice.objects.filter(person=world.liaison, about__endswith=":full").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_offers_to_one_person_only_one_is_accepted_though_both_are_pressed_at_once(
    world_committed: World,
) -> None:
    world = world_committed
    other = actions.propose_pairing(
        actor=world.liaison, member=world.second_caregiver_member, peer=world.peer_role, reason="They fit."
    )
    start = Barrier(2)

    def say_yes(offer: Pairing) -> bool:
        try:
            start.wait(timeout=10)
            actions.accept_pairing(actor=world.second_caregiver, pairing=offer)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(say_yes, [world.offer, other]))
    assert answers == [False, True]
    assert sorted(again(one).state for one in (world.offer, other)) == [State.ACCEPTED, State.WITHDRAWN]


@pytest.mark.usefixtures("_one_place")
def test_the_page_says_that_the_place_is_taken_and_nothing_is_lost(world: World) -> None:
    actions.accept_pairing(actor=world.caregiver, pairing=offered(world))
    browser = signed_in(None, world.second_caregiver)
    page = browser.post(f"/pairings/{world.offer.public_id}/accept/", follow=True).content.decode()
    assert "Someone else has just taken the last place" in page
    assert "Yes, I want to talk with Marcus" in page
    assert "Someone else, please" in page


@pytest.mark.usefixtures("_one_place")
@pytest.mark.parametrize("state", Pairing.TAKES_PLACE)
def test_from_the_yes_to_the_last_word_a_place_is_taken(world: World, state: str) -> None:
    mine = offered(world)
    actions.accept_pairing(actor=world.caregiver, pairing=mine)
    Pairing.objects.filter(pk=mine.pk).update(
        state=state, paused_until=day(world), goodbye_until=again(mine).answered_at
    )
    with pytest.raises(NoPlaceLeft):
        actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    actions.end_pairing(actor=world.caregiver, pairing=mine)
    actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    assert places_taken(world.second_peer_role) == 1


def test_without_a_number_there_is_no_limit(world: World) -> None:
    assert access.capacity_of(StaffRole.objects.get(pk=world.peer_role.pk)) is None
    assert access.has_place(world.peer_role)
