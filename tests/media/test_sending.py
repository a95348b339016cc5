"""A photo or a voice note goes with its message: sent once, seen by those who can read it, and by nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from messaging.actions import end_conversation, end_participation, open_conversation, pause_conversation, send_message
from messaging.history import messages_after
from messaging.models import Conversation, HeldMessage, Message, Participant
from messaging.sending import Refusal
from portal.access import Refused
from portal.access import conversations as conversations_access
from portal.access import media as access
from portal.accounts.models import Person
from portal.media import actions
from portal.media.actions import keep_media, send_media
from portal.media.making import Made, make
from portal.media.models import Attachment
from portal.media.showing import with_files
from portal.media.words import MediaRefusal
from portal.programs import registry
from portal.programs.schema import Profile
from tests.media.files import TELLTALE, from_a_phone, opened, photo, voice
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

JSON = {"accept": "application/json"}
PHOTO = photo(size=(64, 48))


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is made anew once: what making does is tested beside (test_making.py)."""
    monkeypatch.setattr(actions, "make", _made)


@lru_cache(maxsize=16)
def _made(data: bytes) -> Made:
    return make(data)


def send(
    author: Person, conversation: Conversation, data: bytes = PHOTO, words: str = "", key: UUID | None = None
) -> Attachment:
    key = key or uuid4()
    assert send_media(author=author, conversation=conversation, key=key, data=data, words=words)
    return Attachment.objects.get(conversation=conversation, key=key, author=author)


def post(
    client: Client, conversation: Conversation, data: bytes = PHOTO, name: str = "photo.jpg", **fields: Any
) -> Any:
    headers = fields.pop("headers", {})
    form = {"key": str(uuid4()), "file": SimpleUploadedFile(name, data), **fields}
    return client.post(f"/conversations/{conversation.public_id}/media/", form, headers=headers)


def seen_by(person: Person) -> set[UUID]:
    return set(access.visible_attachments(person).values_list("public_id", flat=True))


# -- sending --------------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_photo_goes_with_its_words_as_one_message(world_committed: World) -> None:
    world = world_committed
    mine = signed_in(None, world.caregiver)
    page = mine.get(f"/conversations/{world.conversation.public_id}/media/")
    assert "Joy can see or hear it" in page.content.decode()
    answer = post(mine, world.conversation, from_a_phone(), "x.txt", words="  His first day on the bus ")
    assert (answer.status_code, answer["Location"]) == (303, f"/conversations/{world.conversation.public_id}/#latest")
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.scan, attachment.sealed_original) == ("photo", "unscanned", None)
    world.conversation.refresh_from_db()
    (shown,) = messages_after(world.conversation, 0)
    assert shown.body == "His first day on the bus"
    facts = {"id": str(attachment.public_id), "kind": "photo", "words": "His first day on the bus"}
    assert shown.media == (facts | {"seconds": None, "width": 640, "height": 480},)
    assert shown.as_frame(world.conversation.public_id)["media"] == shown.media
    text = signed_in(None, world.peer).get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert f'src="/media/{attachment.public_id}/" width="640" height="480"' in text
    assert 'alt="His first day on the bus"' in text


def test_what_lies_in_the_database_is_sealed(world_committed: World) -> None:
    world = world_committed
    attachment = send(world.caregiver, world.conversation, from_a_phone(), "On the bus")
    sealed = bytes(attachment.sealed_file or b"")
    assert b"JFIF" not in sealed
    assert TELLTALE not in sealed
    assert b"On the bus" not in bytes(attachment.sealed_words or b"")


@pytest.mark.parametrize(("data", "body"), [(PHOTO, "Photo"), (voice(), "Voice note")])
def test_without_words_it_says_what_it_is(world_committed: World, data: bytes, body: str) -> None:
    world = world_committed
    send(world.caregiver, world.conversation, data)
    world.conversation.refresh_from_db()
    assert [shown.body for shown in messages_after(world.conversation, 0)] == [body]
    text = signed_in(None, world.peer).get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert (f'aria-label="{body}"' if body == "Voice note" else f'alt="{body}"') in text
    assert "autoplay" not in text


def test_a_message_without_one_is_as_it_was(world_committed: World) -> None:
    world = world_committed
    send_message(author=world.peer, conversation=world.conversation, key=uuid4(), body="Hello")
    world.conversation.refresh_from_db()
    (shown,) = messages_after(world.conversation, 0)
    assert "media" not in shown.as_frame(world.conversation.public_id)


def test_the_same_key_again_is_the_same_photo_and_the_same_message(world_committed: World) -> None:
    world = world_committed
    client, key = signed_in(None, world.caregiver), str(uuid4())
    for _time in range(2):
        assert post(client, world.conversation, key=key, headers=JSON).status_code == 201
    assert (Attachment.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.both_databases
def test_a_photo_whose_message_never_came_is_seen_by_nobody_and_goes_after_a_day(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stops between the file and its message."""
    world, key = world_committed, uuid4()
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_send", lambda *_args: None)
        attachment = send(world.caregiver, world.conversation, key=key)
    assert seen_by(world.caregiver) == seen_by(world.peer) == set()
    assert keep_media() == 0
    Attachment.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
    assert keep_media() == 1
    assert not Attachment.objects.exists()
    again = send(world.caregiver, world.conversation, key=key)  # the page was still open
    assert again.public_id != attachment.public_id
    assert seen_by(world.peer) == {again.public_id}


def test_what_waits_to_be_looked_at_keeps_its_photo(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, key = world_committed, uuid4()
    monkeypatch.setattr(actions, "_send", lambda *_args: None)
    send(world.peer, world.conversation, key=key)
    HeldMessage.objects.create(
        conversation=world.conversation, key=key, author=world.peer, body=b"x", why="review", written_at=timezone.now()
    )
    Attachment.objects.update(made_at=timezone.now() - dt.timedelta(days=30))
    assert keep_media() == 0


def test_a_detail_taken_out_of_the_words_stands_nowhere_else(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody looks at a helper's message first, and lets it go on without a number in it."""
    world, key = world_committed, uuid4()
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_send", lambda *_args: None)
        send(world.peer, world.conversation, words="Call me at 504-555-0100", key=key)
    send_message(author=world.peer, conversation=world.conversation, key=key, body="Call me")
    page = signed_in(None, world.caregiver).get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert 'alt="Call me"' in page
    assert "504-555-0100" not in page


def test_nothing_is_put_beside_what_was_said_already(world_committed: World) -> None:
    world, key = world_committed, uuid4()
    send_message(author=world.caregiver, conversation=world.conversation, key=key, body="Only words")
    with pytest.raises(Refusal, match="bad_frame"):
        send_media(author=world.caregiver, conversation=world.conversation, key=key, data=PHOTO)
    # Nor beside somebody else's words: the key of theirs is known to who reads them.
    with pytest.raises(Refusal, match="bad_frame"):
        send_media(author=world.peer, conversation=world.conversation, key=key, data=PHOTO)
    world.conversation.refresh_from_db()
    (shown,) = messages_after(world.conversation, 0)
    assert shown.media == ()
    assert seen_by(world.peer) == set()


# -- what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Choose a photo or a voice note first."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a photo or a voice note"),
        (PHOTO[:300], "We could not open this file."),
        (b"\xff\xd8\xff" + bytes(20 * 1_048_576), "This file is too large."),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence_and_the_words_stay(
    world_committed: World, data: bytes, sentence: str
) -> None:
    world = world_committed
    client = signed_in(None, world.caregiver)
    answer = post(client, world.conversation, data, words="Look at <him>")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert "Look at &lt;him&gt;</textarea>" in text
    told = post(client, world.conversation, data, headers=JSON)
    assert (told.status_code, told.json()["message"][:15]) == (422, sentence[:15])
    assert not Attachment.objects.exists()
    assert not Message.objects.exists()


def test_no_file_and_no_key_are_said_too(world_committed: World) -> None:
    world = world_committed
    client, path = signed_in(None, world.caregiver), f"/conversations/{world.conversation.public_id}/media/"
    assert "Choose a photo" in client.post(path, {"key": str(uuid4())}).content.decode()
    assert client.post(path, {"key": "x", "file": SimpleUploadedFile("a", PHOTO)}).status_code == 422
    assert post(client, world.conversation, words="a" * 501).status_code == 422
    assert post(client, world.conversation, person=str(world.peer.public_id)).status_code == 401
    assert not Attachment.objects.exists()


def test_there_is_only_so_much_for_one_day(world_committed: World, settings: LazySettings) -> None:
    world = world_committed
    settings.MEDIA_DAY_BYTES = 100
    send(world.caregiver, world.conversation)
    answer = post(signed_in(None, world.caregiver), world.conversation, headers=JSON)
    assert (answer.status_code, answer.json()["message"][:13]) == (429, "That is all w")
    Attachment.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
    send(world.caregiver, world.conversation)


def test_nobody_sends_many_in_a_minute(world_committed: World) -> None:
    client = signed_in(None, world_committed.caregiver)
    many = [post(client, world_committed.conversation, b"no", headers=JSON).json()["message"] for _each in range(13)]
    assert many[0].startswith("This is not a photo")
    assert many[-1].startswith("That was a lot at once")


@pytest.mark.parametrize(("close", "code"), [(pause_conversation, "paused"), (end_conversation, "ended")])
def test_nothing_is_made_for_a_conversation_in_which_nobody_can_write(
    world_committed: World, close: Callable[..., None], code: str
) -> None:
    world = world_committed
    close(conversation=world.conversation, **({"actor": None} if code == "ended" else {}))
    world.conversation.refresh_from_db()
    with pytest.raises(Refusal, match=code):
        send_media(author=world.caregiver, conversation=world.conversation, key=uuid4(), data=PHOTO)
    page = signed_in(None, world.caregiver).get(f"/conversations/{world.conversation.public_id}/").content.decode()
    assert "Add a photo or voice note" not in page
    assert post(signed_in(None, world.caregiver), world.conversation).status_code == 422
    assert not Attachment.objects.exists()


# -- who sees it ----------------------------------------------------------------------------------------------------------


def test_only_who_can_read_the_message_gets_the_file(world_committed: World) -> None:
    world = world_committed
    attachment = send(world.caregiver, world.conversation)
    path = f"/media/{attachment.public_id}/"
    for person in (world.caregiver, world.peer):
        answer = signed_in(None, person).get(path)
        assert answer.status_code == 200
        assert opened(answer.content).size == (64, 48)
    for person in (
        world.second_caregiver,
        world.youth,
        world.liaison,
        world.supervisor,
        world.lead,
        world.stranger_peer,
    ):
        assert signed_in(None, person).get(path).status_code == 404
        assert seen_by(person) == set()
    assert Client().get(path).status_code == 302
    assert signed_in(None, world.caregiver).get(f"/media/{uuid4()}/").status_code == 404


def test_the_answer_lets_the_file_do_nothing_and_leaves_nothing_behind(world_committed: World) -> None:
    world = world_committed
    client = signed_in(None, world.peer)
    for data, content_type, name in ((PHOTO, "image/jpeg", "photo.jpg"), (voice(), "audio/mp4", "voice.m4a")):
        attachment = send(world.caregiver, world.conversation, data)
        answer = client.get(f"/media/{attachment.public_id}/", headers={"accept-encoding": "gzip"})
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Content-Encoding" not in answer


def test_a_player_gets_the_part_it_asks_for(world_committed: World) -> None:
    world = world_committed
    attachment = send(world.caregiver, world.conversation, voice())
    client, path = signed_in(None, world.peer), f"/media/{attachment.public_id}/"
    whole = client.get(path).content
    for asked, part in (("bytes=0-1", whole[:2]), ("bytes=10-", whole[10:]), ("bytes=-5", whole[-5:])):
        answer = client.get(path, headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, part)
        assert answer["Content-Range"].endswith(f"/{len(whole)}")
    beyond = client.get(path, headers={"range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")
    for odd in ("bytes=-", "bytes=0-1,5-6", "lines=1-2"):
        assert client.get(path, headers={"range": odd}).content == whole


def test_who_is_out_of_the_conversation_is_out_of_its_photos(world_committed: World) -> None:
    world = world_committed
    attachment = send(world.peer, world.conversation)
    assert seen_by(world.peer) == {attachment.public_id}
    end_participation(conversation=world.conversation, person=world.peer)
    assert seen_by(world.peer) == set()
    assert seen_by(world.caregiver) == {attachment.public_id}


@pytest.mark.both_databases
def test_who_came_later_sees_what_came_after(world_committed: World) -> None:
    world = world_committed
    before = send(world.caregiver, world.conversation)
    Participant.objects.filter(conversation=world.conversation, person=world.peer).update(from_seq=1)
    after = send(world.caregiver, world.conversation)
    assert seen_by(world.peer) == {after.public_id}
    assert seen_by(world.caregiver) == {before.public_id, after.public_id}
    Conversation.objects.filter(pk=world.conversation.pk).update(trimmed_seq=2)
    assert seen_by(world.caregiver) == set()


def test_staff_send_no_photos_to_a_young_person_unless_the_programme_says_so(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_committed
    talk = open_conversation(actor=world.liaison, family=world.family, members=[(world.youth, None)])
    Participant.objects.create(conversation=talk, person=world.mentor, staff_role=world.mentor_role)
    assert not access.may_attach(world.mentor, talk)
    assert access.may_attach(world.youth, talk)
    with pytest.raises(Refused):
        send_media(author=world.mentor, conversation=talk, key=uuid4(), data=PHOTO)
    mentor = signed_in(None, world.mentor)
    assert mentor.get(f"/conversations/{talk.public_id}/media/").status_code == 404
    assert post(mentor, talk).status_code == 404
    assert "Add a photo" not in mentor.get(f"/conversations/{talk.public_id}/").content.decode()
    let_adults(monkeypatch)
    assert access.may_attach(world.mentor, talk)


def let_adults(monkeypatch: pytest.MonkeyPatch) -> None:
    known = registry.profiles()

    def profile_of(slug: str) -> Profile:
        settings = known[slug].settings
        switch = settings.adult_photos_to_youth.model_copy(update={"on": True})
        changed = settings.model_copy(update={"adult_photos_to_youth": switch})
        return known[slug].model_copy(update={"settings": changed})

    monkeypatch.setattr(registry, "profile_of", profile_of)


def test_a_young_person_and_a_caregiver_send_each_other_photos(world_committed: World) -> None:
    world = world_committed
    talk = open_conversation(
        actor=world.liaison, family=world.family, members=[(world.youth, None), (world.caregiver, None)]
    )
    theirs, mine = send(world.youth, talk), send(world.caregiver, talk, voice())
    assert seen_by(world.youth) == {theirs.public_id, mine.public_id}


def test_where_no_programme_says_how_old_somebody_is_staff_send_none(world_committed: World) -> None:
    world = world_committed
    members = list(conversations_access.participants(world.conversation))
    staff, family = sorted(members, key=lambda one: one.staff_role_id is None)
    assert access.allows_media(staff, members, world.program)
    assert not access.allows_media(staff, members, None)
    assert access.allows_media(family, members, None)
    assert not access.may_attach(world.lead, world.conversation)


@pytest.mark.both_databases
def test_it_goes_when_its_message_goes_by_the_programmes_rule(world_committed: World) -> None:
    world = world_committed
    for _each in range(2):
        send(world.caregiver, world.conversation)
    world.conversation.refresh_from_db()
    assert access.of_removed(world.conversation, 1).delete()[0] == 1
    left = Attachment.objects.get()
    Message.objects.all().delete()
    assert seen_by(world.caregiver) == set()
    Attachment.objects.update(made_at=timezone.now() - dt.timedelta(days=2))
    assert keep_media() == 1
    assert not Attachment.objects.filter(pk=left.pk).exists()


def test_a_look_shows_it_in_its_own_answer_only(world_committed: World) -> None:
    world = world_committed
    send_message(author=world.peer, conversation=world.conversation, key=uuid4(), body="Hello")
    send(world.caregiver, world.conversation, words="The bus")
    world.conversation.refresh_from_db()
    found = with_files(world.conversation, messages_after(world.conversation, 0))
    assert list(found) == [2]
    assert str(found[2][0]["src"]).startswith("data:image/jpeg;base64,")
    assert found[2][0]["words"] == "The bus"
    assert with_files(world.stranger_conversation, messages_after(world.conversation, 0)) == {2: []}


def test_too_many_words_are_refused(world_committed: World) -> None:
    with pytest.raises(MediaRefusal, match="long_words"):
        send(world_committed.caregiver, world_committed.conversation, words="a" * 501)
