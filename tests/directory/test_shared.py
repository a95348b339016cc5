"""A peer partner shares an entry into a conversation, and the family says with one tap whether it worked."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from messaging import actions as messaging
from messaging.cards import answer_card, share_entry, words_of
from messaging.history import messages_after
from messaging.models import Conversation, Message, SharedEntry
from messaging.sending import Refusal
from portal.access import Refused
from portal.access import cards as access
from portal.audit.models import Entry
from portal.directory.rows import PlaceRow
from tests.directory.filling import bring, listed, service, share
from tests.world import World, signed_in

BUTTON = re.compile(r'<button class="btn tool" name="outcome" value="(\w+)">')


def page_of(world: World, person: object) -> str:
    client = signed_in(None, person)  # type: ignore[arg-type]
    return client.get(f"/conversations/{world.conversation.public_id}/").content.decode()


@pytest.mark.promise("FSO-05")
@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_a_peer_shares_an_entry_and_the_family_says_with_one_tap_whether_it_worked(world_committed: World) -> None:
    world = world_committed
    entry = listed(world.program)
    peer, family = signed_in(None, world.peer), signed_in(None, world.caregiver)
    page = f"/directory/{entry.public_id}/share/"
    assert page in peer.get(f"/directory/{entry.public_id}/").content.decode()
    assert "(504) 555-0161" in peer.get(page).content.decode()
    sent = {"conversation": world.conversation.public_id, "key": uuid4()}
    answer = peer.post(page, sent)
    assert (answer.status_code, answer["Location"].split("#")[1]) == (302, "latest")
    conversation = Conversation.objects.get(pk=world.conversation.pk)
    (message,) = messages_after(conversation, 0)
    assert (
        message.body
        == "Respite weekends\nMarais Family Center\nPhone: (504) 555-0161\n12 Pecan Street, Harvey, LA 70058"
    )
    shared = SharedEntry.objects.get()

    talk = family.get(f"/conversations/{conversation.public_id}/").content.decode()
    assert BUTTON.findall(talk) == ["yes", "partly", "no", "not_tried"]
    tapped = family.post(f"/shared/{shared.public_id}/answer/", {"outcome": "yes"})
    assert tapped.status_code == 302
    shared.refresh_from_db()
    assert (shared.outcome, shared.outcome_by) == ("yes", world.caregiver)
    assert shared.outcome_at is not None
    assert "It worked" in peer.get(f"/conversations/{conversation.public_id}/").content.decode()
    (after,) = messages_after(Conversation.objects.get(pk=conversation.pk), 0)
    assert after == message  # the answer changes no message

    peer.post(page, sent)  # the same form sent again
    assert (Message.objects.count(), SharedEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_answer_can_change_and_who_shared_it_only_reads(world: World) -> None:
    shared = share(world.conversation, world.peer, listed(world.program))
    assert "No word yet whether it worked." in page_of(world, world.peer)
    assert BUTTON.findall(page_of(world, world.peer)) == []
    answer_card(actor=world.caregiver, shared=shared, outcome="not_tried")
    assert BUTTON.findall(page_of(world, world.caregiver)) == ["yes", "partly", "no"]
    answer_card(actor=world.caregiver, shared=shared, outcome="partly")
    shared.refresh_from_db()
    assert shared.outcome == "partly"
    assert "It helped a little" in page_of(world, world.peer)
    assert set(Entry.objects.filter(subject="shared_entry").values_list("family_id", flat=True)) == {None}


@pytest.mark.django_db
def test_only_the_other_side_answers(world: World) -> None:
    shared = share(world.conversation, world.peer, listed(world.program))
    for person in (world.peer, world.second_caregiver, world.youth, world.liaison, world.stranger_caregiver):
        assert not access.may_answer(person, shared)
        with pytest.raises(Refused):
            answer_card(actor=person, shared=shared, outcome="yes")
    client = signed_in(None, world.caregiver)
    assert client.post(f"/shared/{shared.public_id}/answer/", {"outcome": "great"}).status_code == 404
    assert client.post(f"/shared/{shared.public_id}/answer/").status_code == 404


@pytest.mark.django_db
def test_who_may_share_and_where(world: World) -> None:
    entry = listed(world.program)
    assert access.sharing_conversations(world.peer, entry) == [world.conversation]
    assert not access.may_share(world.caregiver, world.conversation, entry)  # families write what they like
    assert not access.may_share(world.stranger_peer, world.conversation, entry)
    (elsewhere,) = bring(world.other_program, service("Far away"))
    assert access.sharing_conversations(world.peer, elsewhere) == []
    Conversation.objects.update(state=Conversation.State.PAUSED)
    assert access.sharing_conversations(world.peer, entry) == []
    with pytest.raises(Refused):
        share_entry(actor=world.peer, conversation=world.conversation, entry=entry, key=uuid4())


@pytest.mark.django_db
def test_a_key_of_somebody_elses_message_puts_no_question_under_it(world: World) -> None:
    shared = share(world.conversation, world.caregiver, listed(world.program))
    SharedEntry.objects.filter(pk=shared.pk).update(shared_by=world.peer)
    assert BUTTON.findall(page_of(world, world.caregiver)) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_not_sent_leaves_nothing_behind(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = world_committed
    entry = listed(world.program)

    def refuse(**_fields: object) -> None:
        raise Refusal("unavailable")

    monkeypatch.setattr("messaging.cards.send_message", refuse)
    answer = signed_in(None, world.peer).post(
        f"/directory/{entry.public_id}/share/", {"conversation": world.conversation.public_id, "key": uuid4()}
    )
    assert answer.status_code == 422
    assert Refusal("unavailable").message[:20] in answer.content.decode()
    assert not SharedEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_key_is_one_entry(world_committed: World) -> None:
    world, key = world_committed, uuid4()
    entry, other = bring(world.program, service("One"), service("Two"))
    share_entry(actor=world.peer, conversation=world.conversation, entry=entry, key=key)
    with pytest.raises(Refused):
        share_entry(actor=world.peer, conversation=world.conversation, entry=other, key=key)
    messaging.send_message(author=world.caregiver, conversation=world.conversation, key=uuid4(), body="Thank you")
    assert len(BUTTON.findall(page_of(world, world.caregiver))) == 4


@pytest.mark.django_db
def test_the_words_are_in_the_familys_language_and_say_only_what_is_known(world: World) -> None:
    (bare,) = bring(world.program, service("Quiet", PlaceRow()))
    assert words_of(bare, "es") == "Quiet\nMarais Family Center"
