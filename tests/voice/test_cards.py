"""A child picks cards on a caregiver's phone: told first who sees it, in the child's own name, and as public as the child chose."""

from __future__ import annotations

from uuid import uuid4

import pytest

from portal.access import statements as access
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.safety.models import Concern
from portal.voice import cards
from portal.voice.actions import statements as actions
from portal.voice.models import Statement
from tests.voice.stage import answered, now
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def picks(*ids: str, **told: object) -> dict[str, object]:
    return {"card": list(ids), "key": uuid4()} | told


def test_the_child_reads_who_can_see_it_before_any_card(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    assert f"/say/cards/{world.child.public_id}/" in browser.get("/say/cards/").content.decode()
    page = browser.get(f"/say/cards/{world.child.public_id}/").content.decode()
    assert "Hi Ines!" in page
    assert "This is the phone of Odette." in page
    assert "Odette can see what you pick" in page
    assert "Your helpers see it: Abel, Simone" in page
    assert "Is somebody hurting you at home?" in page
    assert 'class="doors"' not in page
    for asked in (page, browser.get(f"/say/cards/{world.child.public_id}/pick/").content.decode()):
        assert 'href="/say/cards/"' in asked
        assert 'href="/say/"' not in asked, "who stops does not land among what the grown-up said"


def test_cards_are_read_back_as_a_sentence_and_sent_as_the_childs_own_words(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    path = f"/say/cards/{world.child.public_id}/pick/"
    page = browser.get(path).content.decode()
    for card in cards.CARDS.values():  # each picture has its word
        assert str(card.word) in page
    told = picks("sad", "school", "less")
    page = browser.post(path, told).content.decode()
    assert "I feel sad. It is at school. I want less of it." in page
    assert not Statement.objects.exists()
    for _time in range(2):
        assert browser.post(path, told | {"send": "yes", "who": "team"}).status_code == 302
    statement = Statement.objects.get()
    assert (statement.author, statement.through, statement.way) == (world.child_member, world.caregiver, "cards")
    assert statement.words == "I feel sad. It is at school. I want less of it."
    done = browser.get(f"/say/cards/{world.child.public_id}/done/").content.decode()
    assert "Now give the phone back to Odette." in done
    assert "I feel sad" not in done
    desk = signed_in(None, world.facilitator).get("/answers/").content.decode()
    assert "Ines Marchand" in desk
    assert "picked with cards, on the phone of Odette Marchand" in desk


def test_going_back_keeps_what_was_picked_and_no_card_is_said_plainly(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    path = f"/say/cards/{world.child.public_id}/pick/"
    page = browser.post(path, picks("sad", "school", change="yes")).content.decode()
    assert page.count(" checked") == 2
    for told in (picks(), picks("lost")):
        answer = browser.post(path, told)
        assert answer.status_code == 422
        assert "No card is picked yet." in answer.content.decode()
    answer = browser.post(path, picks(*cards.CARDS, send="yes"))
    assert answer.status_code == 422
    assert "pick 8 at most" in answer.content.decode()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(("who", "reads"), [("team", False), ("family", True)])
def test_the_child_chooses_whether_the_caregiver_reads_it(world: World, who: str, reads: bool) -> None:
    decides_for_the_child(world)
    browser = signed_in(None, world.caregiver)
    path = f"/say/cards/{world.child.public_id}/pick/"
    browser.post(path, picks("happy", "play", send="yes", who=who))
    statement = Statement.objects.get()
    assert (browser.get(f"/say/{statement.public_id}/").status_code == 200) is reads
    assert ("I feel happy." in browser.get("/say/").content.decode()) is reads
    Notice.objects.all().delete()
    answered(world, statement, "Yes! On Friday.")
    assert Notice.objects.filter(person=world.caregiver).exists() is reads
    assert not Notice.objects.filter(person=world.child).exists()  # a child without an account is written to by nobody
    page = signed_in(None, world.facilitator).get(f"/say/{statement.public_id}/").content.decode()
    assert now(statement).state == "answered"
    assert "Yes! On Friday." in page


def decides_for_the_child(world: World) -> None:
    """The mother decides for the child, too."""
    families.record_authority(
        actor=world.liaison,
        adult=world.caregiver_member,
        youth=world.child_member,
        scope=LegalAuthority.Scope.FULL,
        evidence="Birth certificate seen",
        starts_on=world.program.today(),
    )


def test_a_scared_child_reads_where_help_is_and_somebody_looks_after_them(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    path = f"/say/cards/{world.child.public_id}/pick/"
    assert 'href="tel:988"' in browser.post(path, picks("scared", "home")).content.decode()
    browser.post(path, picks("scared", "home", send="yes", who="team"))
    concern = Concern.objects.get()
    assert (concern.person, concern.kinds) == (world.child, ["unsafe"])


def test_cards_are_for_those_too_young_to_sign_in_and_for_their_own_caregivers(world: World) -> None:
    assert [one.person for one in access.children_with_cards(world.caregiver)] == [world.child]
    youth = f"/say/cards/{world.youth.public_id}/pick/"
    assert signed_in(None, world.caregiver).post(youth, picks("sad", send="yes")).status_code == 404
    child = f"/say/cards/{world.child.public_id}/pick/"
    for person in (world.youth, world.natural_support, world.facilitator, world.peer, world.stranger_caregiver):
        assert signed_in(None, person).post(child, picks("sad", send="yes")).status_code == 404
    world.keep_apart()
    assert signed_in(None, world.second_caregiver).post(child, picks("sad", send="yes")).status_code == 404
    assert not Statement.objects.exists()


def test_what_was_picked_is_taken_back_by_no_grown_up(world: World) -> None:
    decides_for_the_child(world)
    statement = actions.say_with_cards(
        actor=world.caregiver,
        child=world.child_member,
        key=uuid4(),
        picked=["angry"],
        language="en",
        with_family=True,
    )
    browser = signed_in(None, world.caregiver)
    assert browser.get(f"/say/{statement.public_id}/").status_code == 200
    for page in ("take-back/", "answer/", "open/"):
        assert (
            browser.post(f"/say/{statement.public_id}/{page}", {"was_one": "no", "audience": "family"}).status_code
            == 404
        )
    assert now(statement).state == "heard"
