"""The order of the next steps: what only this person can begin comes before what can always be done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from peer_support import actions as peer_support
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import Member
from tests.peer_support.asking import ask, ask_to_come, in_days
from tests.peer_support.conftest import Later, later
from tests.peer_support.ready import with_papers
from tests.world import World, signed_in

__all__ = ["later"]  # a clock that these tests may set


def test_after_a_yes_the_first_step_is_to_write(world: World) -> None:
    peer_support.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    steps = signed_in(None, world.second_caregiver).get("/").context["steps"]
    assert [step.title for step in steps] == ["Write to Marcus", "Come in faster next time", "Know your rights"]


def titles(person: Person, which: str = "steps") -> list[str]:
    return [step.title for step in signed_in(None, person).get("/").context[which]]


@pytest.mark.parametrize("name", ["peer", "second_peer", "mentor", "liaison", "supervisor", "facilitator"])
def test_whoever_stands_beside_families_always_has_three_steps(world: World, name: str) -> None:
    """Also on a day on which nothing waits for them; each leads to a page that is theirs."""
    person = getattr(world, name)
    page = signed_in(None, person).get("/")
    steps = page.context["work_steps"]
    assert len(steps) == 3
    assert "Your next three steps" in page.content.decode()
    for step in steps:
        assert signed_in(None, person).get(step.url, follow=True).status_code == 200, step


@pytest.mark.parametrize("name", ["caregiver", "second_caregiver", "youth", "stranger_caregiver", "faraway_caregiver"])
def test_whoever_belongs_to_a_family_always_has_three_steps(world: World, name: str) -> None:
    page = signed_in(None, getattr(world, name)).get("/")
    assert len(page.context["steps"]) == 3


def test_what_a_family_chose_and_what_is_arranged_come_after_what_waits_for_an_answer(world: World) -> None:
    request = ask_to_come(world, world.peer_role)
    peer_support.arrange_request(actor=world.liaison, request=request, on=in_days(world, 5))
    chosen = peer_support.choose_skill(actor=world.caregiver, member=world.caregiver_member, skill="ask_again")
    found = titles(world.caregiver)
    assert found[-2:] == ["Get ready: Someone who comes to a meeting with you", "Ask until I understand"]
    peer_support.set_got_it(actor=world.caregiver, chosen=chosen, has_got_it=True)
    assert "Ask until I understand" not in titles(world.caregiver)


def test_a_liaisons_first_steps_are_who_waits_for_her(world: World) -> None:
    ask(world.caregiver_member)
    peer_support.offer_to_help(actor=world.caregiver, member=world.caregiver_member)
    assert titles(world.liaison, "work_steps")[:2] == [
        "Answer what Odette Marchand asked for",
        "Talk with Odette Marchand about helping others",
    ]


def test_a_peers_first_step_is_to_say_whether_they_come(world: World) -> None:
    ask_to_come(world, world.peer_role)
    assert titles(world.peer, "work_steps")[0] == "Odette Marchand would like you beside them"


def test_a_peer_is_reminded_of_a_paper_that_ends_and_of_a_family_that_said_yes(world: World) -> None:
    peer_support.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    with_papers(world.second_peer_role, world.lead, expires_in=20)
    found = titles(world.second_peer, "work_steps")
    assert found[0] == "Tell Lucien Marchand that you are here"
    assert any(title.startswith("Renew: ") for title in found)


def test_a_planned_contact_is_a_step_before_and_after_its_time(world: World, later: Later) -> None:
    peer_support.plan_contact(
        actor=world.peer,
        role=world.peer_role,
        member=world.caregiver_member,
        way="visit",
        planned_at=timezone.now() + dt.timedelta(hours=3),
    )
    assert "Be in touch with Odette Marchand" in titles(world.peer, "work_steps")
    later(dt.timedelta(hours=4))
    assert "Write down how it went with Odette Marchand" in titles(world.peer, "work_steps")


def test_a_family_that_waits_and_an_old_offer_are_steps_of_the_liaison(world: World, later: Later) -> None:
    later(dt.timedelta(days=4))
    assert f"{world.second_peer.display_name} for {world.second_caregiver.display_name}" in titles(
        world.liaison, "work_steps"
    )
    peer_support.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    peer_support.say_goodbye(actor=world.caregiver, pairing=world.pairing)
    assert "Find someone for Marchand" in titles(world.liaison, "work_steps")


def test_staff_with_a_family_of_their_own_have_one_light_on_the_page(world: World) -> None:
    families.add_member(
        actor=world.stranger_liaison,
        family=world.stranger_family,
        person=world.liaison,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    page = signed_in(None, world.liaison).get("/")
    assert page.context["work_steps"]
    assert page.context["steps"]
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert main.count('class="btn lamp"') == 1
