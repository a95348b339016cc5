"""The demo in mid-flow: its group, its peers, its plan of care, its check-ins and its requests, told once for all of these."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from peer_support.models import Group
from portal.access import groups, peers
from portal.accounts.models import Person
from portal.care.models import Plan
from portal.demo import cast, story
from portal.demo.actions import person_of
from portal.notices.models import Notice
from portal.programs.models import Program, StaffRole
from tests.world import signed_in

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Committed, because messages are stored on a connection of their own; taken away again at the end."""
    with django_db_blocker.unblock():
        assert story.build()
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


# -- groups --------------------------------------------------------------------------------------------------------------


def test_the_group_of_the_demo_is_in_mid_flow() -> None:
    (group,) = Group.objects.all()
    alma, renee, odile = (person_of(slug) for slug in ("alma", "renee", "odile"))
    assert alma is not None
    assert renee is not None
    assert odile is not None
    assert groups.places_taken(group) == 4
    page = signed_in(None, alma).get(f"/groups/{group.public_id}/").content.decode()
    for words in ("Yvonne Picard", "called Papa G here", "Ten dollars a box.", "We agreed: no selling."):
        assert words in page
    chat = signed_in(None, renee).get(f"/conversations/{group.conversation.public_id}/").content.decode()  # type: ignore[union-attr]
    assert "Papa G" in chat
    assert "Arceneaux" not in chat
    home = signed_in(None, renee).get("/").content.decode()
    assert "Read what Denise wrote" in home
    assert groups.may_ask(odile, group)
    assert not groups.may_meet({odile.pk}, group)


# -- peers ---------------------------------------------------------------------------------------------------------------


def role_of(slug: str) -> StaffRole:
    return peers.with_profiles(StaffRole.objects.all()).get(person__public_id=cast.id_of(slug))


def test_the_peers_of_the_demo_have_profiles() -> None:
    today = role_of("denise").organization.program.today()
    reasons = {slug: peers.may_take_new(role_of(slug).peer_profile, today) for slug in ("denise", "lucia", "tre")}
    assert reasons == {"denise": (), "lucia": (), "tre": ()}
    assert peers.is_trained(role_of("paul"))
    carla = person_of("carla")
    assert carla is not None
    page = signed_in(None, carla).get("/peers/").content.decode()
    assert "21 days left" in page


# -- plan ----------------------------------------------------------------------------------------------------------------


def test_a_plan_with_good_news_a_no_a_late_task_and_a_service_not_started() -> None:
    plan = Plan.objects.get(youth__person__public_id=cast.id_of("marcus"))

    def page(slug: str, rest: str = "") -> str:
        person = person_of(slug)
        assert person is not None
        answer = signed_in(None, person).get(f"/plans/{plan.public_id}/{rest}")
        assert answer.status_code == 200, (slug, rest)
        return html.unescape(answer.content.decode())

    own = page("renee")
    for words in (
        *("New since you last read it", "Marcus gets ready to three songs he picks", "Calm school mornings in a week"),
        *("Still open. It was planned for", "Not started. It was promised for", "I want people to ask me first."),
    ):
        assert words in own, words
    goals, _heading, suggested = own.partition('id="suggested"')
    assert "Marcus joins the Monday group" not in goals
    for words in ("Marcus joins the Monday group", "I like to be with my cousins", "I want to ask my sister first."):
        assert words in suggested, words
    assert "Not wanted" in page("renee", "decisions/")
    assert "court papers" in page("paul", "preferences/")
    assert page("marcus", "order/").count("<ol>") == 2
    assert "Mondays at four" not in page("renee", "rounds/")
    assert "every second Monday at four" in page("renee", "rounds/")
    for words in ("Still open:", "Promised and not started:", "Maybe another way:"):
        assert words in page("paul"), words
    assert "Call Aunt Bea" in page("marcus", "crisis/")
    hers = page("odile")
    for words in ("Marcus gets ready", "Call Aunt Bea", "Respite worker", "every night"):
        assert words not in hers, "she decides about school alone"


def test_what_to_try_speaks_of_the_plan_its_team_its_meetings_and_what_is_shared() -> None:
    """By the young person, who raises him and who keeps the plan."""
    said = {slug: " ".join(map(str, cast.BY_SLUG[slug].try_this)) for slug in ("renee", "marcus", "paul")}
    assert all("lan: " in words for words in said.values()), said
    for word in ("on your team", "propose a meeting", "what is shared with whom"):
        assert any(word in words for words in said.values()), word


# -- reach ---------------------------------------------------------------------------------------------------------------


def page_of(slug: str, path: str) -> str:
    person = Person.objects.get(public_id=cast.id_of(slug))
    return " ".join(signed_in(None, person).get(path).content.decode().split())


def test_a_question_waits_an_answer_prompts_a_call_and_the_report_hides_three_families() -> None:
    assert "How is it for you with Denise? One tap, or skip it." in page_of("renee", "/")
    assert Notice.objects.filter(kind=Notice.Kind.CHECK_IN, person__display_name="Renée Guidry").exists()
    assert "Marisol Paredes" in page_of("alma", "/pairings/")
    for who in ("alma", "carla"):
        page = page_of(who, "/reach/")
        assert "Of 61 families who asked, 35 had a peer partner or mentor (57%)." in page
        assert "22 of 34 families (65%)" in page
        assert "35 people answered. Yes, a lot: 13. Yes, a little: 11. Not yet: 11." in page
        assert "Vietnamese" not in page.split("<footer")[0]
        assert "Others, too few to show" in page


# -- steps ---------------------------------------------------------------------------------------------------------------


def test_a_late_answer_an_arranged_meeting_a_step_and_one_who_wants_to_help() -> None:
    assert Program.objects.exists()

    def page(slug: str, path: str) -> str:
        person = person_of(slug)
        assert person is not None
        return " ".join(signed_in(None, person).get(path).content.decode().split())

    own = page("renee", "/support/")
    assert "late. It was due" in own
    assert "It is on" in own
    assert "Ask for it in writing" in page("renee", "/skills/")
    shared = page("denise", "/skills/")
    assert "Ask for it in writing" in shared
    assert "Sleep the night before" not in shared
    desk = page("alma", "/support/requests/")
    assert "Renée Guidry" in desk
    assert "We talked about it" in desk
    assert "Sus derechos en la escuela" in page("marisol", "/support/classes/")


# -- families in policy ----------------------------------------------------------------------------------------------------


def test_families_have_a_say_in_the_demo_and_one_answer_is_late() -> None:
    renee, carla = (person_of(slug) for slug in ("renee", "carla"))
    assert renee is not None
    assert carla is not None
    page = signed_in(None, renee).get("/community/").content.decode()
    for words in ("7 days late.", "Open for comments until", "Closed. What we heard", "The quality board", "You said"):
        assert words in page
    assert "hold 1 of 6 seats." in page
    desk = signed_in(None, carla).get("/community/desk/").content.decode()
    assert "7 days late." in desk
    assert "1 is late" in signed_in(None, carla).get("/").content.decode()
    assert desk.count("Renée Guidry</bdi>") == 1  # who would like to take part, and no suggestion


# -- meetings ------------------------------------------------------------------------------------------------------------


def test_a_meeting_is_prepared_one_was_held_and_a_year_is_out_and_another_late() -> None:
    plan = Plan.objects.get(youth__person__public_id=cast.id_of("marcus"))
    coming = plan.meetings.filter(state="confirmed").earliest("starts_at")
    agenda = page_of("renee", f"/meetings/{coming.public_id}/agenda/")
    for first, second in (
        ("The bus: who waits", "Ask me before you plan"),
        ("Ask me before you plan", "Who does what"),
    ):
        assert agenda.index(first) < agenda.index(second)
    own = page_of("marcus", f"/meetings/{coming.public_id}/prepare/")
    assert own.count("Only you read it.") == 1
    assert "Please nothing about my dad." in page_of("paul", f"/meetings/{coming.public_id}/")
    assert "Please nothing about my dad." not in page_of("renee", f"/meetings/{coming.public_id}/")
    assert "I want to draw there while you talk." in page_of("tre", "/given/")
    assert "How was the meeting?" in page_of("marcus", "/")
    results = page_of("carla", "/meeting-results/")
    assert "Yes: 33 of 56 (59%)" in results
    assert "Three short" not in results
    assert "Most families felt heard." in page_of("renee", "/how-meetings-go/")
    assert "A result is late." in page_of("renee", "/how-meetings-go/?of=north-carolina-soc")
