""" "I feel unsafe": one tap, heard by who should hear it and by nobody else, whatever breaks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from portal.access import concerns as access
from portal.access import record
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.safety import actions
from portal.safety.models import Concern, StaffTie
from tests.safety.worried import Talk, steps, told
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def talk(world: World, monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(world, monkeypatch)


@pytest.fixture
def young(world: World) -> Client:
    return signed_in(None, world.youth)


def test_the_button_is_on_every_page_of_a_young_person_and_of_nobody_else(
    world: World, talk: Talk, young: Client
) -> None:
    for page in ("/", "/help/", reverse("conversation_list"), f"/conversations/{talk.conversation.public_id}/", "/me/"):
        answer = young.get(page)
        assert answer.status_code == 200, page
        assert 'action="/unsafe/"' in answer.content.decode(), page
    for other in (world.caregiver, world.peer, world.natural_support):
        assert 'action="/unsafe/"' not in signed_in(None, other).get("/").content.decode()
    assert signed_in(None, world.caregiver).post("/unsafe/").status_code == 404


def test_one_tap_tells_who_is_on_call_and_says_honestly_who_sees_it(world: World, talk: Talk, young: Client) -> None:
    talk.on_shift = [world.second_peer_role]
    page = young.post("/unsafe/").content.decode()
    assert (talk.concern.severity, talk.concern.source, talk.concern.person) == ("crisis", "unsafe", world.youth)
    assert told() == {world.second_peer}
    assert "Marcus" in page
    assert "Ruth" in page
    assert "within 5 minutes" in page
    assert "Your mentor and your parents do not get it" in page
    assert 'href="tel:988"' in page
    assert 'href="tel:911"' in page
    assert {role.person for role in access.unsafe_seen_by(world.youth)} == {
        world.second_peer, world.supervisor, world.liaison,
    }  # fmt: skip


def test_who_is_said_to_see_it_is_who_sees_it(world: World, talk: Talk) -> None:
    talk.on_shift = [world.second_peer_role]
    actions.press_unsafe(actor=world.youth)
    everybody = Person.objects.filter(staff_roles__isnull=False).distinct()
    sees = {person for person in everybody if access.visible_concerns(person).exists()}
    assert sees == {role.person for role in access.unsafe_seen_by(world.youth)}


def test_with_nobody_on_call_it_says_so_and_wakes_the_next(world: World, talk: Talk, young: Client) -> None:
    page = young.post("/unsafe/").content.decode()
    assert "Nobody is on call right now." in page
    assert "call or text 988" in page
    assert steps(talk.concern) == [("supervisor", ["Ruth"])]


def test_pressed_again_and_again_it_joins_the_same_worry(world: World, talk: Talk, young: Client) -> None:
    for _again in range(5):
        assert young.post("/unsafe/").status_code == 200
    assert Concern.objects.count() == 1
    assert Notice.objects.filter(kind=Notice.Kind.SAFETY).count() == 1


def test_words_may_follow_and_are_read_by_who_works_on_it_alone(world: World, talk: Talk, young: Client) -> None:
    young.post("/unsafe/")
    page = young.post("/unsafe/words/", {"body": "He waits at the bus stop.", "about": ["home"]}).content.decode()
    assert "We have your words." in page
    concern = talk.concern
    assert concern.notes.get(kind="words").text == "He waits at the bus stop."
    assert b"bus stop" not in bytes(concern.notes.get(kind="words").sealed_text or b"")
    shown = signed_in(None, world.supervisor).get(f"/safety/{concern.public_id}/").content.decode()
    assert "He waits at the bus stop." in shown
    assert "about someone at home" in shown


def test_whoever_it_is_about_is_left_out_also_if_they_were_told(world: World, talk: Talk, young: Client) -> None:
    """The supervisor is the subject: ticked by name, she sees nothing from then on, and somebody else is told."""
    young.post("/unsafe/")
    assert told() == {world.supervisor}
    page = young.post("/unsafe/words/", {"about": [str(world.supervisor.public_id)]}).content.decode()
    assert told() == {world.liaison}
    assert not access.visible_concerns(world.supervisor).exists()
    assert signed_in(None, world.supervisor).get(f"/safety/{talk.concern.public_id}/").status_code == 404
    assert "<bdi>Ruth</bdi> (family liaison)" not in page


def test_who_was_on_it_and_is_named_loses_it(world: World, talk: Talk, young: Client) -> None:
    young.post("/unsafe/")
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    young.post("/unsafe/words/", {"about": [str(world.supervisor.public_id)]})
    assert talk.concern.opened_by is None
    assert told() == {world.liaison}


def test_the_mentor_and_who_is_close_to_them_never_get_it(world: World, talk: Talk, young: Client) -> None:
    StaffTie.objects.create(one=world.mentor, other=world.supervisor, noted_by=world.lead)
    young.post("/unsafe/")
    talk.after(minutes=30)
    for person in (world.mentor, world.supervisor):
        assert person not in told()
        assert not access.visible_concerns(person).exists()
    assert steps(talk.concern)[0] == ("supervisor", ["Simone"])


def test_the_parents_see_nothing_of_it_anywhere(world: World, talk: Talk, young: Client) -> None:
    before = Notice.objects.filter(person__in=[world.caregiver, world.second_caregiver]).count()
    young.post("/unsafe/")
    young.post("/unsafe/words/", {"body": "Please come.", "about": ["home"]})
    talk.after(minutes=40)
    actions.open_concern(actor=world.supervisor, concern=talk.concern)
    for parent in (world.caregiver, world.second_caregiver):
        entries = record.visible_entries(parent, world.family)
        assert not entries.filter(subject="concern").exists()
        page = signed_in(None, parent)
        for path in ("/", "/record/", f"/families/{world.family.public_id}/", "/notices/", "/unsafe/"):
            assert "unsafe" not in page.get(path).content.decode().replace(path, "")
    assert Notice.objects.filter(person__in=[world.caregiver, world.second_caregiver]).count() == before
    assert Entry.objects.filter(subject="concern").exists()
    assert not Entry.objects.filter(subject="concern", family_id__isnull=False).exists()


def test_it_was_a_mistake_closes_nothing_and_says_so_kindly(world: World, talk: Talk, young: Client) -> None:
    young.post("/unsafe/")
    page = young.post("/unsafe/mistake/").content.decode()
    assert "That is all right." in page
    assert talk.concern.closed_at is None
    young.post("/unsafe/mistake/")
    assert talk.concern.notes.filter(kind="mistake").count() == 1


def test_it_waits_for_no_first_visit_pages(world: World, talk: Talk) -> None:
    client = Client()
    client.force_login(world.stranger_youth)
    assert client.get("/unsafe/").status_code == 302
    assert client.post("/unsafe/").status_code == 200
    assert Concern.objects.get().person == world.stranger_youth


# -- what breaks -------------------------------------------------------------------------------------------------------------


def test_while_the_database_fails_it_says_whom_to_call_and_gives_the_words_back(
    world: World, talk: Talk, young: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_said: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(actions, "press_unsafe", fails)
    monkeypatch.setattr(actions, "add_words", fails)
    for path, words in (("/unsafe/", {}), ("/unsafe/words/", {"body": "He is here again."})):
        answer = young.post(path, words)
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "We could not save this. Please call." in page
        assert 'href="tel:988"' in page
        assert 'href="tel:911"' in page
        assert words.get("body", "") in page
    assert not Concern.objects.exists()


def test_where_even_the_session_cannot_be_read_the_answer_is_the_same(
    world: World, young: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    young.raise_request_exception = False

    def fails(*_asked: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("portal.accounts.sessions.SessionStore.load", fails)
    answer = young.post("/unsafe/words/", {"body": "He is here again."})
    assert answer.status_code == 503
    assert "We could not save this. Please call." in answer.content.decode()
    assert "He is here again." in answer.content.decode()


def test_a_page_that_was_open_too_long_still_says_whom_to_call(world: World) -> None:
    strict = signed_in(Client(enforce_csrf_checks=True), world.youth)
    answer = strict.post("/unsafe/words/", {"body": "He is here again."})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert 'href="tel:988"' in page
    assert "He is here again." in page
    assert 'name="csrfmiddlewaretoken"' in page


# -- telling somebody about a message -----------------------------------------------------------------------------------------


def test_a_message_of_the_mentor_goes_to_who_watches_over_it_and_never_to_the_mentor(
    world: World, talk: Talk, young: Client
) -> None:
    talk.said(world.mentor, "I have a present for you.").delete()
    path = reverse("concern_raise", args=[talk.conversation.public_id, 1])
    assert young.get(path).status_code == 200
    assert young.post(path, {"kinds": []}).status_code == 422
    assert young.post(path, {"kinds": ["gifts", "secrets"], "text": "He says not to tell."}).status_code == 302
    concern = talk.concern
    assert (concern.severity, concern.kinds, concern.raised_by) == ("concern", ["gifts", "secrets"], world.youth)
    assert list(concern.about.all()) == [world.mentor]
    assert told(Notice.Kind.CONCERN) == {world.supervisor}
    assert not access.visible_concerns(world.mentor).exists()
    talk.after(days=2)
    assert world.mentor not in told(Notice.Kind.CONCERN)


def test_where_danger_is_ticked_it_is_a_crisis(world: World, talk: Talk) -> None:
    talk.said(world.youth, "Meet me at the river.").delete()
    helper = signed_in(None, world.mentor)
    assert (
        helper.post(f"/conversations/{talk.conversation.public_id}/1/tell/", {"kinds": ["danger"]}).status_code == 302
    )
    assert (talk.concern.severity, talk.concern.source, talk.concern.person) == ("crisis", "staff", world.youth)
    assert not talk.concern.about.exists()


def test_nobody_tells_of_their_own_words_nor_from_outside(world: World, talk: Talk, young: Client) -> None:
    talk.said(world.youth).delete()
    path = f"/conversations/{talk.conversation.public_id}/1/tell/"
    assert young.get(path).status_code == 404
    for outsider in (world.caregiver, world.liaison, world.stranger_caregiver):
        assert signed_in(None, outsider).get(path).status_code == 404
