"""A message becomes a concern: at the time it was written, to the letter, and it stays where it is."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.models import Conversation, Message
from portal.access import grievances
from portal.accounts.models import Person
from portal.notices.models import Notice
from rights_grievances.models import Case
from tests.media.filling import show_photo
from tests.messaging.filling import fill
from tests.rights_grievances.begun import text_of
from tests.safety.youth import talking
from tests.world import World, signed_in

WORDS = "  She never came 😢\n\nand nobody said why. "
THEN = timezone.now() - dt.timedelta(days=3)


def written(talk: Conversation, author: Person, words: str = WORDS) -> Message:
    talk = Conversation.objects.get(pk=talk.pk)
    fill(talk, [author], [words], at=THEN)
    return Message.objects.get(conversation=talk, seq=talk.last_seq)


def page_of(message: Message) -> str:
    return f"/conversations/{message.conversation.public_id}/messages/{message.seq}/tell/"


@pytest.mark.promise("LA-44")
def test_a_message_of_three_days_ago_is_told_three_days_ago(world: World) -> None:
    message = written(world.conversation, world.caregiver)
    before = bytes(message.body)
    browser = signed_in(None, world.caregiver)
    page = text_of(browser.get(page_of(message)))
    assert "It counts from when you wrote it" in page
    assert "Who looks after complaints here: Priya Raman" in page
    assert not Case.objects.exists()
    answer = browser.post(page_of(message), {"wish": "A new time"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.public_id}/"
    assert (case.words, case.filed_at, case.way) == (WORDS, THEN, "message")
    assert (case.family, case.filed_by, case.wish) == (world.family, world.caregiver, "A new time")
    assert (timezone.now() - case.recorded_at).total_seconds() < 60
    for clock in grievances.clocks_of(case):
        assert clock.opens_at <= THEN + dt.timedelta(minutes=1)
    message.refresh_from_db()
    assert bytes(message.body) == before


def test_the_way_in_is_with_ones_own_message(world: World) -> None:
    mine, theirs = written(world.conversation, world.caregiver), written(world.conversation, world.peer)
    talk = f"/conversations/{world.conversation.public_id}/"
    page = text_of(signed_in(None, world.caregiver).get(talk))
    assert page_of(mine) in page
    assert page_of(theirs) not in page
    page = text_of(signed_in(None, world.peer).get(talk))
    assert page_of(mine) not in page
    assert page_of(theirs) not in page


def test_the_same_message_twice_is_one_case(world: World) -> None:
    message = written(world.conversation, world.caregiver)
    browser = signed_in(None, world.caregiver)
    places = {browser.post(page_of(message)).headers["Location"] for _time in range(2)}
    assert len(places) == Case.objects.count() == 1
    assert browser.get(page_of(message)).headers["Location"] in places


def test_nobody_makes_a_concern_of_somebody_elses_message(world: World) -> None:
    message = written(world.conversation, world.caregiver)
    for other in (world.peer, world.second_caregiver, world.youth, world.stranger_caregiver, world.coordinator):
        browser = signed_in(None, other)
        assert browser.get(page_of(message)).status_code == 404
        assert browser.post(page_of(message)).status_code == 404
    assert not Case.objects.exists()


def test_a_peer_partners_own_words_are_no_familys_concern(world: World) -> None:
    message = written(world.conversation, world.peer)
    assert signed_in(None, world.peer).get(page_of(message)).status_code == 404


@pytest.mark.promise("LA-44")
def test_a_young_persons_message_to_the_mentor_is_told_alone_and_leaves_no_trace_there(world: World) -> None:
    young = talking(world)
    message = written(young.conversation, world.youth)
    before = Conversation.objects.values().get(pk=young.conversation.pk)
    browser = signed_in(None, world.youth)
    assert "We do not tell your parents." in text_of(browser.get(page_of(message)))
    browser.post(page_of(message), {"alone": "on", "about": [str(world.mentor.public_id)]})
    case = Case.objects.get()
    assert (case.is_own_matter, case.youth) == (True, world.youth_member)
    assert case.against.get().person == world.mentor
    assert Conversation.objects.values().get(pk=young.conversation.pk) == before
    for other in (world.mentor, world.caregiver, world.second_caregiver):
        assert case not in grievances.visible_cases(other)
        assert not Notice.objects.filter(person=other, about=case.told_as).exists()
    page = text_of(signed_in(None, world.mentor).get(f"/conversations/{young.conversation.public_id}/"))
    assert str(case.public_id) not in page


def test_a_photo_goes_along_and_stays_with_its_message(world: World) -> None:
    attached = show_photo(world.conversation, world.caregiver)
    message = Message.objects.get(conversation=world.conversation, key=attached.key)
    signed_in(None, world.caregiver).post(page_of(message))
    file = Case.objects.get().files.get()
    attached.refresh_from_db()
    assert file.file == attached.file(Conversation.objects.get(pk=world.conversation.pk).cipher())


def test_a_liaison_can_only_offer_it(world: World) -> None:
    from messaging.actions import open_conversation

    talk = open_conversation(
        actor=world.liaison,
        family=world.family,
        members=[(world.caregiver, None), (world.liaison, world.liaison_role)],
    )
    message, own = written(talk, world.caregiver), written(talk, world.liaison)
    browser = signed_in(None, world.liaison)
    page = text_of(browser.get(f"/conversations/{talk.public_id}/"))
    assert page_of(message) in page
    assert page_of(own) not in page
    assert "Only Odette can do that." in text_of(browser.get(page_of(message)))
    assert browser.post(page_of(message)).status_code == 302
    assert not Case.objects.exists()
    notice = Notice.objects.get(person=world.caregiver, path=page_of(message))
    assert WORDS not in str(notice)
    filer = signed_in(None, world.caregiver)
    assert filer.get(notice.path).status_code == 200
    filer.post(notice.path)
    assert Case.objects.get().filed_at == THEN


def test_a_message_that_is_not_there_is_not_found(world: World) -> None:
    written(world.conversation, world.caregiver)
    browser = signed_in(None, world.caregiver)
    for path in (
        f"/conversations/{world.conversation.public_id}/messages/99/tell/",
        f"/conversations/{uuid4()}/messages/1/tell/",
    ):
        assert browser.get(path).status_code == 404
