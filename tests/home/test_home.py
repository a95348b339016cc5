"""The first page of each person: what waits for them, what is theirs to do, never an empty list."""

from __future__ import annotations

import gzip
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from messaging import actions as messaging
from messaging.models import Conversation, Message, Participant
from messaging.models import body_context as bound_to
from peer_support import actions as peer_support
from portal.accounts.models import Person
from portal.home.templatetags.porch import family_called
from portal.notices import actions as notices
from portal.notices.models import Notice
from tests.world import VIEWERS, World, signed_in

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

# Everyone but the child of 12, who has no account of their own.
WITH_ACCOUNT = tuple(name for name in VIEWERS if name != "child")


def page_of(person: Person, path: str = "/") -> str:
    response = signed_in(None, person).get(path)
    assert response.status_code == 200, response
    return response.content.decode()


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def write(world: World, author: Person, body: str, conversation: Conversation | None = None) -> None:
    """A stored message without the writer, whose own connection would not see this test's transaction."""
    conversation = conversation or world.conversation
    conversation.refresh_from_db()
    seq, key = conversation.last_seq + 1, uuid.uuid4()
    sealed = conversation.cipher().seal(body, bound_to(conversation.public_id, key))
    Message.objects.create(
        conversation=conversation, seq=seq, key=key, author=author, body=sealed, sent_at=conversation.created_at
    )
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq, last_sent_at=conversation.created_at)


def test_who_is_not_signed_in_finds_the_way_in_and_help(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/sign-in/"' in page
    assert 'href="/help/"' in page
    assert 'href="/rights/"' in page
    assert 'class="doors"' not in page
    assert "Sign out" not in page


@pytest.mark.parametrize("name", WITH_ACCOUNT)
def test_every_person_has_a_first_page_with_their_doors(world: World, name: str) -> None:
    page = page_of(getattr(world, name))
    assert page.count('aria-current="page"') == 1
    assert page.count("<h1>") == 1
    assert main_of(page).count('class="btn lamp"') <= 1
    assert len(gzip.compress(page.encode())) < 12_000


@pytest.mark.parametrize(
    ("name", "doors"),
    [
        ("caregiver", ["Home", "Messages", "Plan", "My say", "Help and rights"]),
        ("youth", ["Home", "Messages", "Plan", "My say", "Help and rights"]),
        ("natural_support", ["Home", "Messages", "Plan", "Help and rights"]),
        ("peer", ["Today", "Messages", "Said to me", "Help"]),
        ("mentor", ["Today", "Messages", "Said to me", "Help"]),
        ("liaison", ["Today", "Referrals", "Families", "Pairings", "Safety"]),
        ("facilitator", ["Today", "Dates", "Referrals", "Families", "Answers owed"]),
        ("coordinator", ["Today", "Desk", "Dates"]),
        ("lead", ["Today", "Dates", "Referrals", "People", "Languages"]),
    ],
)
def test_only_doors_whose_rooms_are_there_are_shown(world: World, name: str, doors: list[str]) -> None:
    response = signed_in(None, getattr(world, name)).get("/")
    assert [str(door.name) for door in response.context["doors"]] == doors


def test_the_staff_top_has_name_and_sign_out_and_the_family_top_988_and_leave(world: World) -> None:
    staff = page_of(world.liaison)
    assert "<bdi>Simone Picourt</bdi>, family liaison" in staff
    assert '<bdi class="narrow">Simone</bdi>' in staff
    assert staff.count("Sign out") == 1
    assert "This is a shared device" in staff
    assert "data-leave" not in staff
    assert "js/leave." not in staff
    family = page_of(world.caregiver)
    assert 'href="tel:988"' in family
    assert 'href="https://www.weather.gov/" rel="noreferrer nofollow" data-leave' in family
    assert "js/leave." in family


def test_the_next_three_steps_begin_with_an_answer_that_is_waited_for(world: World) -> None:
    response = signed_in(None, world.second_caregiver).get("/")
    steps = response.context["steps"]
    assert [step.title for step in steps] == ["Meet Marcus Hebertson", "Come in faster next time", "Know your rights"]
    assert f"/pairings/{world.offer.public_id}/" in response.content.decode()
    assert "Someone would like to meet you" in response.content.decode()


def test_the_steps_are_never_fewer_than_three(world: World) -> None:
    peer_support.decline_pairing(actor=world.second_caregiver, pairing=world.offer)
    peer_support.end_pairing(actor=world.caregiver, pairing=world.pairing)
    for person in (world.caregiver, world.second_caregiver, world.youth, world.natural_support, world.stranger_youth):
        response = signed_in(None, person).get("/")
        assert len(response.context["steps"]) == 3
        assert not response.context["has_offer"]
        assert not response.context["unread_count"]


def test_the_newest_unread_message_is_on_the_first_page(world: World) -> None:
    write(world, world.peer, "How did the morning go?")
    write(world, world.peer, "Call me <b>any</b> time")
    page = page_of(world.caregiver)
    assert "2 new messages" in page
    assert "Call me &lt;b&gt;any&lt;/b&gt; time" in page
    assert "How did the morning go?" not in page
    assert f"/conversations/{world.conversation.public_id}/" in page
    assert "Read what Joy wrote" in page


def test_what_the_reader_wrote_last_is_not_shown_as_new(world: World) -> None:
    write(world, world.peer, "How did the morning go?")
    write(world, world.caregiver, "Better than last week")
    page = page_of(world.caregiver)
    assert "1 new message" in page
    assert "How did the morning go?" in page
    assert "Better than last week" not in page


def test_many_own_words_after_an_unread_message_do_not_break_the_page(world: World) -> None:
    write(world, world.peer, "How did the morning go?")
    for _ in range(12):
        write(world, world.caregiver, "Better")
    assert "1 new message" in page_of(world.caregiver)


def test_the_page_shows_nobody_elses_conversation(world: World) -> None:
    write(world, world.peer, "Only for Odette")
    page = page_of(world.second_caregiver)
    assert "Only for Odette" not in page
    assert "Joy Landrieu" not in page


def test_your_people_are_named_with_their_job_and_a_way_to_reach_them(world: World) -> None:
    page = page_of(world.caregiver)
    for name in ("Joy Landrieu", "Simone Picourt", "Abel Nwosu"):
        assert name in page
    assert "Write to Joy Landrieu" in page
    assert "Families Helping Families" in page


def test_a_natural_support_sees_no_staff_of_the_family_and_no_record(world: World) -> None:
    page = page_of(world.natural_support)
    assert "Simone Picourt" not in page
    assert 'href="/record/"' not in page
    assert str(world.family.public_id) not in page


def test_a_peer_partner_sees_who_waits_for_an_answer(world: World) -> None:
    assert "Nobody. You have read everything" in page_of(world.peer)
    write(world, world.caregiver, "Are you there?")
    page = page_of(world.peer)
    assert "Odette" in page
    assert "1\u00a0new message" in page


def test_a_peer_partner_without_a_family_learns_what_will_be_here(world: World) -> None:
    assert "Nobody yet. When a family says yes" in page_of(world.second_peer)


def test_a_liaison_sees_offers_that_wait_and_families_without_anyone(world: World) -> None:
    page = page_of(world.liaison)
    assert "Marcus Hebertson for Lucien Marchand" in page
    assert "None. Each of your families has a peer partner" in page
    peer_support.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    peer_support.end_pairing(actor=world.liaison, pairing=world.pairing)
    page = page_of(world.liaison)
    assert f"/families/{world.family.public_id}/propose/" in page
    assert "None. Every offer you made has an answer." in page


def test_a_supervisor_without_families_is_told_so(world: World) -> None:
    assert "No family is given to you yet" in page_of(world.supervisor)


def test_a_facilitator_sees_the_assigned_families_only(world: World) -> None:
    page = page_of(world.facilitator)
    assert f"/families/{world.family.public_id}/" in page
    assert "Thibeau" not in page


def test_who_has_no_work_here_yet_is_told_the_truth(world: World) -> None:
    assert "You have no work here yet" in page_of(world.coordinator)
    assert 'href="/translations/"' in page_of(world.lead)


def test_a_peer_partner_who_is_a_caregiver_too_has_both(world: World) -> None:
    from portal.families import actions as families
    from portal.families.models import Member

    families.add_member(
        actor=world.stranger_liaison,
        family=world.stranger_family,
        person=world.peer,
        role=Member.Role.CAREGIVER,
        evidence="Seen",
    )
    page = page_of(world.peer)
    assert "Who waits for your answer" in page
    assert "Your next three steps" in page
    assert "data-leave" in page


def test_someone_whose_place_has_ended_is_not_left_with_an_empty_page(world: World) -> None:
    peer_support.end_staff_role(actor=None, role=world.second_peer_role)
    page = page_of(world.second_peer)
    assert "No family page is open for you at this time" in page
    assert "Nobody works with you through these pages" in page


def test_staff_without_their_second_step_see_nothing_of_today(world: World) -> None:
    client = Client()
    client.force_login(world.liaison)
    response = client.get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(("/second-step/", "/sign-in/"))


def test_the_first_page_asks_the_same_number_of_questions_however_much_there_is(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(None, world.caregiver)
    client.get("/")
    write(world, world.peer, "One")
    count = queries_of(client, "/")
    for _ in range(5):
        write(world, world.peer, "More")
    messaging.open_conversation(
        actor=world.caregiver,
        family=world.family,
        members=[(world.caregiver, None), (world.facilitator, world.facilitator_role)],
    )
    assert Participant.objects.filter(person=world.caregiver).count() == 2
    with django_assert_num_queries(count):
        client.get("/")
    assert count <= 30


def queries_of(client: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as context:
        client.get(path)
    return len(context)


def test_the_liaisons_page_asks_the_same_for_one_family_and_for_many(world: World) -> None:
    from portal.families import actions as families

    client = signed_in(None, world.liaison)
    families.open_family(actor=world.liaison, role=world.liaison_role, name="First")
    client.get("/")
    count = queries_of(client, "/")
    for number in range(4):
        families.open_family(actor=world.liaison, role=world.liaison_role, name=f"Family {number}")
    assert queries_of(client, "/") == count


def test_pages_need_no_script_and_carry_no_inline_style_or_script(world: World) -> None:
    for name in ("caregiver", "peer", "liaison", "lead"):
        page = page_of(getattr(world, name))
        assert " style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page
        assert "http" not in page.replace("https://www.weather.gov/", "").replace("http://www.w3.org/2000/svg", "")


def test_icons_are_drawn_once_and_only_those_that_are_used(client: Client, db: Any) -> None:
    page = client.get("/").content.decode()
    assert page.count('id="i-lamp"') == 1
    assert page.count('id="i-desk"') == 0
    for name in ("lamp", "phone", "leave", "help", "safety"):
        assert page.index(f'id="i-{name}"') < page.index(f'href="#i-{name}"')


@pytest.mark.parametrize("name", ["caregiver", "liaison"])
def test_what_is_new_is_a_link_with_its_number_while_anything_is_unread(world: World, name: str) -> None:
    person = getattr(world, name)
    notices.mark_all_read(person=person)
    assert "What is new" not in main_of(page_of(person))
    for number, words in ((1, "1\u00a0thing"), (2, "2\u00a0things")):
        notices.notify(person=person, kind=Notice.Kind.MESSAGE, path="/messages/", about=f"a{number}")
        page = main_of(page_of(person))
        assert 'href="/notices/"' in page
        assert f"What is new: {words}<" in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Guidry", "Family Guidry"),
        ("Guidry family", "Guidry family"),
        ("Familia Reyes", "Familia Reyes"),
        ("Familantes", "Family Familantes"),
    ],
)
def test_a_name_that_says_family_itself_stands_alone(name: str, shown: str) -> None:
    assert family_called(name) == shown
