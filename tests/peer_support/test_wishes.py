"""Asking for a peer: who may, for whom, and that parents and the young each have an offer of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from peer_support import actions
from peer_support.models import Pairing, Wish
from portal.access import Refused, matching, pairings, wishes
from portal.accounts.models import Person
from tests.peer_support.choosing import ask, get, offer_both, post, set_up, text, wish_path
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def stage(world: World) -> World:
    return set_up(world)


# -- asking ----------------------------------------------------------------------------------------------------------


def test_a_caregiver_asks_with_no_more_than_a_language(stage: World) -> None:
    page = get(stage.caregiver, wish_path(stage.caregiver_member))
    assert page.context["form"]["languages"].value() == ["en"]
    answer = post(stage.caregiver, wish_path(stage.caregiver_member), languages=["es", "en"])
    assert answer.redirect_chain[-1][0] == "/wishes/"
    assert "Simone Picourt, your liaison, looks for you." in text(answer)
    wish = Wish.objects.get(member=stage.caregiver_member)
    assert (wish.languages, wish.interpreter_is_fine, wish.must) == (["es", "en"], False, [])


def test_without_a_language_it_is_asked_for_and_the_rest_stays(stage: World) -> None:
    answer = post(stage.caregiver, wish_path(stage.caregiver_member), must=["woman"], words="Mornings are hard.")
    assert answer.status_code == 422
    assert "Please choose one of these." in text(answer)
    assert "Mornings are hard." in text(answer)
    assert "<details open>" in text(answer)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"must": ["woman", "man"]}, "Please tick only one of these: a woman or a man."),
        ({"must_not": ["woman", "man"]}, "Please tick only one of these: a woman or a man."),
        ({"must": ["near"], "must_not": ["near"]}, "You ticked the same thing under"),
    ],
)
def test_what_nobody_can_be_is_said_at_once(stage: World, form: dict[str, Any], said: str) -> None:
    answer = post(stage.caregiver, wish_path(stage.caregiver_member), languages=["en"], **form)
    assert answer.status_code == 422
    assert said in text(answer)


def test_asking_again_changes_it_and_the_wait_goes_on(stage: World) -> None:
    first = ask(stage, must=["woman"])
    Wish.objects.filter(pk=first.pk).update(asked_at=timezone.now() - dt.timedelta(days=9))
    again = ask(stage, words="  Call me Ode.  ")
    assert again.pk == first.pk
    assert (again.must, again.words) == ([], "Call me Ode.")
    assert matching.waiting_for(stage.liaison)[0].seeker.days == 9


def test_who_wants_nobody_now_is_left_in_peace_and_may_ask_again(stage: World) -> None:
    ask(stage)
    post(stage.caregiver, wish_path(stage.caregiver_member, "end/"))
    assert stage.caregiver_member not in [one.member for one in matching.waiting_for(stage.liaison)]
    again = ask(stage)
    assert again.ended_at is None
    assert stage.caregiver_member in [one.member for one in matching.waiting_for(stage.liaison)]


def test_nobody_ends_or_reopens_what_was_never_asked(stage: World) -> None:
    for act in (actions.end_wish, actions.look_again):
        with pytest.raises(Refused):
            act(actor=stage.caregiver, member=stage.caregiver_member)


@pytest.mark.parametrize("name", ["second_caregiver", "youth", "natural_support", "liaison", "stranger_caregiver"])
def test_nobody_asks_for_another_adult(stage: World, name: str) -> None:
    with pytest.raises(Refused):
        actions.ask_for_peer(actor=getattr(stage, name), member=stage.caregiver_member, languages=["en"])


def test_a_wish_is_seen_by_who_asked_and_by_the_liaison_alone(stage: World) -> None:
    ask(stage, words="I am shy.")
    seen = {
        name
        for name in ("caregiver", "second_caregiver", "youth", "liaison", "facilitator", "peer", "stranger_liaison")
        if wishes.wish_of(getattr(stage, name), stage.caregiver_member)
    }
    assert seen == {"caregiver", "liaison"}
    assert "I am shy." in text(get(stage.liaison, "/suggestions/"))


def test_a_caregiver_whose_age_nobody_noted_reads_what_to_do(stage: World) -> None:
    Person.objects.filter(pk=stage.caregiver.pk).update(adult_confirmed_at=None)
    assert "Nobody wrote down yet that you are 18 or older." in text(get(stage.caregiver, "/wishes/"))


def test_a_youth_out_of_the_ages_reads_what_to_do(stage: World) -> None:
    Person.objects.filter(pk=stage.youth.pk).update(born_on=dt.date(1990, 1, 1))
    assert "there is no youth mentor for it" in text(get(stage.youth, "/wishes/"))


# -- two offers, for parents and for the young -----------------------------------------------------------------------


@pytest.mark.promise("FSO-02")
def test_a_parents_match_does_not_hide_the_youths_offer(stage: World) -> None:
    """Separate, and both offered: to the mother who has a peer partner, and to her son himself."""
    first, _second = offer_both(stage)
    actions.accept_pairing(actor=stage.caregiver, pairing=first)
    page = text(get(stage.caregiver, "/wishes/"))
    assert "Joy Landrieu stands by you" in page
    assert "A youth mentor for Theo" in page
    assert "It takes nothing away from your own peer partner." in page
    assert "A youth mentor for you" in text(get(stage.youth, "/wishes/"))
    actions.ask_for_peer(actor=stage.youth, member=stage.youth_member, languages=["en"])
    assert stage.youth_member in [one.member for one in matching.waiting_for(stage.liaison)]


def test_a_youths_mentor_does_not_hide_that_the_parents_wait(stage: World) -> None:
    actions.ask_for_peer(actor=stage.youth, member=stage.youth_member, languages=["en"])
    actions.suggest_peers(actor=stage.liaison, member=stage.youth_member, peers=[stage.mentor_role])
    assert [one.member for one in matching.waiting_for(stage.liaison)] == [stage.caregiver_member]


def test_a_parent_who_decides_asks_for_the_youth_and_the_youth_answers(stage: World) -> None:
    post(stage.caregiver, wish_path(stage.youth_member), languages=["en"])
    (offer,) = actions.suggest_peers(actor=stage.liaison, member=stage.youth_member, peers=[stage.mentor_role])
    assert offer not in pairings.visible_pairings(stage.caregiver)
    page = post(stage.youth, f"/pairings/{offer.public_id}/accept/")
    assert "You can both write here when a parent or guardian says yes." in text(page)
    offer.refresh_from_db()
    assert (offer.state, offer.conversation is not None) == (Pairing.State.ACCEPTED, True)
    assert get(stage.mentor, f"/pairings/{offer.public_id}/").status_code == 200


@pytest.mark.parametrize("name", ["second_caregiver", "natural_support", "liaison", "stranger_caregiver"])
def test_nobody_else_asks_for_a_youth(stage: World, name: str) -> None:
    with pytest.raises(Refused):
        actions.ask_for_peer(actor=getattr(stage, name), member=stage.youth_member, languages=["en"])


def test_what_a_youth_asked_for_alone_no_parent_reads_changes_or_ends(stage: World) -> None:
    own: dict[str, Any] = {"languages": ["en"], "words": "Not at home.", "systems": ["juvenile_justice"]}
    wish = actions.ask_for_peer(actor=stage.youth, member=stage.youth_member, **own)
    assert wishes.wish_of(stage.caregiver, stage.youth_member) is None
    path = wish_path(stage.youth_member)
    assert get(stage.caregiver, path).status_code == 404
    for end in ("", "end/", "again/"):
        assert post(stage.caregiver, wish_path(stage.youth_member, end), languages=["es"]).status_code == 404
    with pytest.raises(Refused):
        actions.end_wish(actor=stage.caregiver, member=stage.youth_member)
    wish.refresh_from_db()
    assert (wish.words, wish.asked_by, wish.ended_at) == ("Not at home.", stage.youth, None)
    assert "Not at home." in text(get(stage.youth, path))
    actions.end_wish(actor=stage.youth, member=stage.youth_member)
    page = get(stage.caregiver, path)
    assert page.status_code == 200
    assert page.context["form"]["systems"].value() is None
    assert "Not at home." not in text(page)


def test_what_a_parent_wrote_for_the_liaison_stays_between_the_two(stage: World) -> None:
    actions.ask_for_peer(actor=stage.caregiver, member=stage.youth_member, languages=["en"], words="I am worried.")
    assert "I am worried." in text(get(stage.caregiver, wish_path(stage.youth_member)))
    assert "I am worried." not in text(get(stage.youth, wish_path(stage.youth_member)))


def test_a_child_below_the_age_has_no_offer_of_a_mentor(stage: World) -> None:
    assert stage.child_member not in wishes.askable_members(stage.caregiver)
    assert wishes.job_for(stage.child_member) is None


def test_a_peer_partner_is_never_proposed_to_a_youth_nor_a_mentor_to_a_parent(stage: World) -> None:
    for member, peer in ((stage.youth_member, stage.peer_role), (stage.caregiver_member, stage.mentor_role)):
        assert not pairings.may_propose(stage.liaison, member, peer)
        with pytest.raises(actions.NoLongerFits):
            actions.suggest_peers(actor=stage.liaison, member=member, peers=[peer])


def test_a_mentor_writes_no_words_to_a_young_person_beside_a_contact(stage: World) -> None:
    """Nobody but the two would read them (docs/decisions/0010)."""
    actions.ask_for_peer(actor=stage.youth, member=stage.youth_member, languages=["en"])
    (offer,) = actions.suggest_peers(actor=stage.liaison, member=stage.youth_member, peers=[stage.mentor_role])
    actions.accept_pairing(actor=stage.youth, pairing=offer)
    page = f"/contacts/with/{stage.family.public_id}/{stage.youth.public_id}/"
    assert get(stage.mentor, page).status_code == 200
    path = f"{page}add/"
    assert 'name="note"' not in get(stage.mentor, path).content.decode()
    said = actions.Said(uuid4(), "visit", "reached", timezone.now(), setting="home", note="Do not tell your mother.")
    with pytest.raises(Refused):
        actions.log_contact(actor=stage.mentor, role=stage.mentor_role, member=stage.youth_member, said=said)
    actions.log_contact(
        actor=stage.mentor, role=stage.mentor_role, member=stage.youth_member, said=replace(said, note="")
    )
