"""Pairings on the page: proposed by the liaison, answered by the family in one tap, ended without blame."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support import actions as peer_support
from peer_support.models import Pairing
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import Family
from tests.world import VIEWERS, World, signed_in

REASON = "Both of you know the juvenile court."


def ask(person: Person, path: str) -> Any:
    return signed_in(None, person).get(path)


def propose_path(family: Family) -> str:
    return f"/families/{family.public_id}/propose/"


def offer_path(pairing: Pairing, rest: str = "") -> str:
    return f"/pairings/{pairing.public_id}/{rest}"


# -- the liaison ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [name for name in VIEWERS if "liaison" not in name and name not in {"child", "supervisor"}]
)
def test_the_list_is_for_liaisons(world: World, name: str) -> None:
    assert ask(getattr(world, name), "/pairings/").status_code == 404


def test_the_liaison_sees_who_waits_who_has_an_offer_and_who_talks(world: World) -> None:
    page = ask(world.liaison, "/pairings/").content.decode()
    assert "Marcus Hebertson for Lucien Marchand" in page
    assert "Joy Landrieu and Odette Marchand" in page
    assert "Since today" in page
    assert "Thibeau" not in page
    families.open_family(actor=world.liaison, role=world.liaison_role, name="Alone")
    assert "Alone" in ask(world.liaison, "/pairings/").content.decode()


def test_whoever_asked_for_someone_else_waits_in_sight_though_another_of_the_family_has_a_peer_partner(
    world: World,
) -> None:
    assert "None. Each of your families" in ask(world.liaison, "/pairings/").content.decode()
    peer_support.decline_pairing(actor=world.second_caregiver, pairing=world.offer)
    Pairing.objects.filter(pk=world.offer.pk).update(answered_at=timezone.now() - dt.timedelta(days=2))
    page = ask(world.liaison, "/pairings/").content.decode()
    assert "None. Each of your families" not in page
    assert "Waiting 2 days" in page
    form = ask(world.liaison, propose_path(world.family)).context["form"]
    assert form["member"].value() == str(world.second_caregiver.public_id)
    peer_support.propose_pairing(
        actor=world.liaison, member=world.second_caregiver_member, peer=world.second_peer_role, reason=REASON
    )
    assert "None. Each of your families" in ask(world.liaison, "/pairings/").content.decode()


def test_the_liaison_reads_which_languages_a_peer_partner_speaks(world: World) -> None:
    type(world.second_peer_role).objects.filter(pk=world.second_peer_role.pk).update(languages=["es", "en"])
    page = ask(world.liaison, propose_path(world.family)).content.decode()
    assert f"{world.second_peer.display_name} (Spanish, English)" in page


def test_a_choice_that_was_not_made_is_asked_for_as_a_choice(world: World) -> None:
    page = signed_in(None, world.liaison).post(propose_path(world.family), {"reason": REASON}).content.decode()
    assert page.count("Please choose one of these.") == 2


def test_waiting_is_counted_in_days(world: World) -> None:
    waiting = families.open_family(actor=world.liaison, role=world.liaison_role, name="Alone")
    Family.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    Pairing.objects.filter(pk=world.offer.pk).update(proposed_at=timezone.now() - dt.timedelta(days=1))
    page = ask(world.liaison, "/pairings/").content.decode()
    assert "Waiting 8 days" in page
    assert "Waiting 1 day<" in page


def test_an_empty_list_says_what_will_be_here(world: World) -> None:
    page = ask(world.supervisor, "/pairings/").content.decode()
    assert "Nobody yet. When a family says yes" in page


@pytest.mark.parametrize("name", [name for name in VIEWERS if name not in {"liaison", "child"}])
def test_only_the_familys_liaison_proposes(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    assert client.get(propose_path(world.family)).status_code == 404
    data = {"member": str(world.caregiver.public_id), "peer": str(world.second_peer_role.public_id), "reason": REASON}
    assert client.post(propose_path(world.family), data).status_code == 404
    assert Pairing.objects.filter(member=world.caregiver_member).count() == 1


def test_a_proposal_reaches_the_family(world: World) -> None:
    data = {"member": str(world.caregiver.public_id), "peer": str(world.second_peer_role.public_id), "reason": REASON}
    response = signed_in(None, world.liaison).post(propose_path(world.family), data, follow=True)
    assert "It is sent." in response.content.decode()
    pairing = Pairing.objects.get(member=world.caregiver_member, peer=world.second_peer_role)
    page = ask(world.caregiver, offer_path(pairing)).content.decode()
    assert REASON in page
    assert "Yes, I want to talk with Marcus" in page


def test_minors_and_strangers_cannot_be_chosen(world: World) -> None:
    client = signed_in(None, world.liaison)
    page = client.get(propose_path(world.family)).content.decode()
    for someone in (world.youth, world.child, world.natural_support):
        assert str(someone.public_id) not in page
    assert str(world.stranger_peer_role.public_id) not in page
    data = {"member": str(world.youth.public_id), "peer": str(world.stranger_peer_role.public_id), "reason": REASON}
    response = client.post(propose_path(world.family), data)
    assert response.status_code == 422
    assert REASON in response.content.decode()
    assert response.content.decode().count("Please choose one of these.") == 2


def test_the_same_two_twice_is_said_and_the_words_stay(world: World) -> None:
    data = {"member": str(world.caregiver.public_id), "peer": str(world.peer_role.public_id), "reason": REASON}
    response = signed_in(None, world.liaison).post(propose_path(world.family), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "proposed to them already" in page
    assert REASON in page


def test_without_an_adult_or_a_peer_the_page_says_what_to_do(world: World) -> None:
    empty = families.open_family(actor=world.liaison, role=world.liaison_role, name="Alone")
    assert "Nobody here can be asked yet" in ask(world.liaison, propose_path(empty)).content.decode()
    peer_support.end_staff_role(actor=None, role=world.peer_role)
    peer_support.end_staff_role(actor=None, role=world.second_peer_role)
    assert "No peer partner is free" in ask(world.liaison, propose_path(world.family)).content.decode()


def test_the_liaison_takes_an_offer_back(world: World) -> None:
    client = signed_in(None, world.liaison)
    assert "Take the offer back" in client.get(offer_path(world.offer)).content.decode()
    response = client.post(offer_path(world.offer, "end/"), follow=True)
    assert "The offer is taken back." in response.content.decode()
    page = ask(world.second_caregiver, offer_path(world.offer)).content.decode()
    assert "It has nothing to do with you" in page
    assert "Yes, I want to talk" not in page


def test_the_liaison_ends_a_pairing(world: World) -> None:
    client = signed_in(None, world.liaison)
    assert "nobody should just disappear" in client.get(offer_path(world.pairing)).content.decode()
    client.post(offer_path(world.pairing, "end/"))
    world.pairing.refresh_from_db()
    assert world.pairing.state == Pairing.State.ENDED
    assert "Ended" in client.get(offer_path(world.pairing)).content.decode()


# -- the family -------------------------------------------------------------------------------------------------------


def test_the_family_reads_who_it_is_why_and_what_must_be_passed_on(world: World) -> None:
    role = world.second_peer_role
    role.about, role.languages = "My son came home. I still have the map.", ["en", "es"]
    role.answers_from, role.answers_until, role.answers_within_hours = dt.time(8), dt.time(17, 30), 2
    role.save()
    page = ask(world.second_caregiver, offer_path(world.offer)).content.decode()
    assert "Meet Marcus Hebertson" in page
    assert "He knows the school&#x27;s side well." in page
    assert "My son came home." in page
    assert "English, Spanish" in page
    assert "From 8\u00a0am to 5:30\u00a0pm, most often within 2 hours" in page
    assert "A child may be harmed" in page
    assert page.count("btn lamp") - page.partition("</main>")[2].count("btn lamp") == 1


def test_yes_opens_the_conversation(world: World) -> None:
    client = signed_in(None, world.second_caregiver)
    response = client.post(offer_path(world.offer, "accept/"))
    world.offer.refresh_from_db()
    assert world.offer.conversation is not None
    assert response.headers["Location"] == f"/conversations/{world.offer.conversation.public_id}/"
    assert client.post(offer_path(world.offer, "accept/")).headers["Location"] == response.headers["Location"]
    assert "Write to Marcus" in client.get(offer_path(world.offer)).content.decode()


def test_someone_else_please_needs_no_reason_and_blames_nobody(world: World) -> None:
    client = signed_in(None, world.second_caregiver)
    response = client.post(offer_path(world.offer, "decline/"), follow=True)
    assert "Thank you for telling us." in response.content.decode()
    assert "You asked for someone else." in client.get(offer_path(world.offer)).content.decode()
    assert client.post(offer_path(world.offer, "accept/")).status_code == 404


def test_the_family_ends_it_and_keeps_what_was_written(world: World) -> None:
    client = signed_in(None, world.caregiver)
    response = client.post(offer_path(world.pairing, "end/"), follow=True)
    assert response.redirect_chain[-1][0] == "/"
    assert "What was written stays with the family." in response.content.decode()
    assert "stays with you, under Messages" in client.get(offer_path(world.pairing)).content.decode()
    assert ask(world.peer, f"/conversations/{world.conversation.public_id}/").status_code == 404


# -- the peer, and everyone else --------------------------------------------------------------------------------------


def test_the_peer_learns_of_the_family_when_it_has_said_yes(world: World) -> None:
    assert ask(world.second_peer, offer_path(world.offer)).status_code == 404
    peer_support.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    page = ask(world.second_peer, offer_path(world.offer)).content.decode()
    assert "Write to Lucien" in page
    assert "End this pairing" not in page


@pytest.mark.parametrize("rest", ["accept/", "decline/", "end/"])
def test_looking_answers_nothing(world: World, rest: str) -> None:
    assert signed_in(None, world.second_caregiver).get(offer_path(world.offer, rest)).status_code == 405
    world.offer.refresh_from_db()
    assert world.offer.state == Pairing.State.PROPOSED


@pytest.mark.parametrize("name", [name for name in VIEWERS if name not in {"second_caregiver", "liaison", "child"}])
def test_nobody_else_sees_or_answers_an_offer(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    assert client.get(offer_path(world.offer)).status_code == 404
    for rest in ("accept/", "decline/", "end/"):
        assert client.post(offer_path(world.offer, rest)).status_code == 404
    world.offer.refresh_from_db()
    assert world.offer.state == Pairing.State.PROPOSED


def test_the_liaison_cannot_answer_for_the_family(world: World) -> None:
    client = signed_in(None, world.liaison)
    for rest in ("accept/", "decline/"):
        assert client.post(offer_path(world.offer, rest)).status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_long(world: World) -> None:
    client = signed_in(None, world.liaison)
    families.open_family(actor=world.liaison, role=world.liaison_role, name="Alone")

    def count() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get("/pairings/")
        return len(context)

    count()
    few = count()
    for number in range(4):
        families.open_family(actor=world.liaison, role=world.liaison_role, name=f"Alone {number}")
    peer_support.propose_pairing(
        actor=world.liaison, member=world.caregiver_member, peer=world.second_peer_role, reason=REASON
    )
    assert count() == few
