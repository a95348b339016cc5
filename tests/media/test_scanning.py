"""A scanner looks at what came before anybody sees it; while it is away what was sent waits and goes on by itself."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils import timezone

from messaging.actions import end_conversation, pause_conversation, resume_conversation
from messaging.history import messages_after
from messaging.models import Conversation, Message
from messaging.sending import Refusal
from portal import worker
from portal.access import media as access
from portal.checks import deployment
from portal.media import actions
from portal.media.actions import keep_media, send_media
from portal.media.models import Attachment
from portal.media.scanning import Answer, is_there, scan
from portal.media.words import MediaRefusal
from tests.media.clamd import HARM, Server, clamd
from tests.media.files import photo
from tests.world import World, signed_in

PHOTO = photo(size=(32, 24))
BAD = PHOTO + HARM
AWAY = "tcp://127.0.0.1:9"


@pytest.fixture
def scanner(settings: LazySettings) -> Iterator[Server]:
    with clamd() as server:
        settings.MEDIA_SCANNER_URL = server.url
        yield server


def test_it_hears_every_byte_and_its_answer_is_understood(scanner: Server) -> None:
    big = bytes(200_000) + b"end"
    assert scan(big) is Answer.CLEAN
    assert scanner.scanned == [big]
    assert scan(b"x" + HARM) is Answer.FOUND
    assert is_there() is True
    scanner.says = b"INSTREAM size limit exceeded. ERROR\0"
    assert scan(b"x") is Answer.SILENT


def test_a_scanner_that_is_away_or_not_set_up_is_not_taken_for_a_yes(settings: LazySettings, tmp_path: Path) -> None:
    assert (scan(b"x"), is_there()) == (Answer.NONE, None)
    for address in (AWAY, f"unix://{tmp_path}/none.ctl"):
        settings.MEDIA_SCANNER_URL = address
        assert (scan(b"x"), is_there()) == (Answer.SILENT, False)


def test_it_may_be_asked_by_a_socket_of_this_machine(settings: LazySettings, tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()

        def answer() -> None:
            line, _address = door.accept()
            with line:
                line.recv(100)
                line.sendall(b"PONG\0")

        threading.Thread(target=answer, daemon=True).start()
        settings.MEDIA_SCANNER_URL = f"unix://{path}"
        assert is_there() is True


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("", True),
        ("unix:///run/clamd.ctl", True),
        ("tcp://127.0.0.1:3310", True),
        ("tcp://host", False),
        ("http://host:1", False),
        ("unix://", False),
        ("tcp://host:port", False),
    ],
)
def test_serving_refuses_an_address_that_is_none(settings: LazySettings, url: str, is_good: bool) -> None:
    settings.MEDIA_SCANNER_URL = url
    assert ("portal.E004" not in {problem.id for problem in deployment(None)}) == is_good


def send(world: World, data: bytes = PHOTO) -> bool:
    return send_media(author=world.caregiver, conversation=world.conversation, key=uuid4(), data=data)


def bodies(conversation: Conversation) -> list[str]:
    conversation.refresh_from_db()
    return [shown.body for shown in messages_after(conversation, 0)]


@pytest.mark.django_db(transaction=True)
def test_what_is_clean_goes_on_and_what_is_not_is_refused_and_not_kept(world_committed: World, scanner: Server) -> None:
    world = world_committed
    assert send(world)
    assert Attachment.objects.get().scan == "clean"
    with (
        patch.object(actions, "make", side_effect=AssertionError("nothing decodes it")),
        pytest.raises(MediaRefusal, match="unsafe"),
    ):
        send(world, BAD)
    assert Attachment.objects.count() == Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_scanner_is_away_it_waits_and_then_goes_on_by_itself(
    world_committed: World, settings: LazySettings
) -> None:
    world = world_committed
    settings.MEDIA_SCANNER_URL = AWAY
    client = signed_in(None, world.caregiver)
    assert not send(world)
    attachment = Attachment.objects.get()
    assert (attachment.scan, bodies(world.conversation), keep_media()) == ("waiting", [], 0)
    assert not access.visible_attachments(world.caregiver).exists()
    path = f"/conversations/{world.conversation.public_id}/"
    for page in (path, f"{path}media/"):
        assert "We have your photo or voice note" in client.get(page).content.decode()
        assert "We have your photo" not in signed_in(None, world.peer).get(page).content.decode()
    with clamd() as server:
        settings.MEDIA_SCANNER_URL = server.url
        assert worker.one_round()["media"] == 1
        assert server.scanned == [PHOTO]
    attachment.refresh_from_db()
    assert (attachment.scan, attachment.is_due, attachment.sealed_original) == ("clean", False, None)
    assert bodies(world.conversation) == ["Photo"]
    assert access.visible_attachments(world.peer).count() == 1
    assert keep_media() == 0


@pytest.mark.django_db(transaction=True)
def test_what_turns_out_bad_later_goes_nowhere_and_its_sender_reads_it(
    world_committed: World, settings: LazySettings
) -> None:
    world, key = world_committed, uuid4()
    settings.MEDIA_SCANNER_URL = AWAY
    assert not send_media(author=world.caregiver, conversation=world.conversation, key=key, data=BAD)
    with clamd() as server:
        settings.MEDIA_SCANNER_URL = server.url
        assert keep_media() == 1
    attachment = Attachment.objects.get()
    assert (attachment.scan, attachment.sealed_file, attachment.sealed_original) == ("refused", None, None)
    assert bodies(world.conversation) == []
    path = f"/conversations/{world.conversation.public_id}/"
    assert "did not go on" in signed_in(None, world.caregiver).get(path).content.decode()
    assert "did not go on" not in signed_in(None, world.peer).get(path).content.decode()
    with pytest.raises(MediaRefusal, match="unsafe"):
        send_media(author=world.caregiver, conversation=world.conversation, key=key, data=BAD)
    Attachment.objects.update(made_at=timezone.now() - dt.timedelta(days=8))
    assert keep_media() == 1
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_died_between_yes_and_sending_is_followed_by_another(
    world_committed: World, settings: LazySettings
) -> None:
    world = world_committed
    settings.MEDIA_SCANNER_URL = AWAY
    send(world)
    settings.MEDIA_SCANNER_URL = ""  # taken away meanwhile: what waits goes on as it would now
    with patch.object(actions, "send_message", side_effect=OSError), pytest.raises(OSError):
        keep_media()
    assert bodies(world.conversation) == []
    assert Attachment.objects.get().scan == "unscanned"
    assert keep_media() == 1
    assert bodies(world.conversation) == ["Photo"]


@pytest.mark.django_db(transaction=True)
def test_what_waits_goes_on_waiting_in_a_pause_and_not_at_all_after_the_end(
    world_committed: World, settings: LazySettings
) -> None:
    world = world_committed
    settings.MEDIA_SCANNER_URL = AWAY
    for _each in range(2):
        send(world)
    settings.MEDIA_SCANNER_URL = ""
    pause_conversation(conversation=world.conversation)
    assert keep_media() == 0
    resume_conversation(conversation=world.conversation)
    with patch.object(actions, "send_message", side_effect=Refusal("unavailable")):
        assert keep_media() == 0
    end_conversation(actor=None, conversation=world.conversation)
    assert keep_media() == 2
    assert bodies(world.conversation) == []
    assert not Attachment.objects.filter(is_due=True).exists()


@pytest.mark.django_db(transaction=True)
def test_another_worker_may_have_sent_it_meanwhile(world_committed: World, settings: LazySettings) -> None:
    world = world_committed
    settings.MEDIA_SCANNER_URL = AWAY
    send(world)
    settings.MEDIA_SCANNER_URL = ""
    with patch.object(access, "due", return_value=[Attachment.objects.get().pk, 999_999]):
        Attachment.objects.update(is_due=False)
        assert keep_media() == 0
