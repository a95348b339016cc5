"""A voice note is made anew and kept sealed, with what it says written down by who spoke it or checked by them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.access import Refused
from portal.voice.actions import statements as actions
from portal.voice.actions.statements import keeping
from portal.voice.models import Statement, StatementFile, Transcript
from tests.media.clamd import HARM, clamd
from tests.media.files import TELLTALE, photo, voice
from tests.voice.stage import now, spoken, waiting
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
SAID = {"words": "", "about": "team", "audience": "facilitator", "language": "en"}


def upload(data: bytes, name: str = "voice.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="audio/webm")


def test_a_voice_note_is_made_anew_sealed_and_heard_by_who_may_read_it(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    answer = browser.post("/say/speak/", SAID | {"key": uuid4(), "file": upload(voice("webm"))})
    assert answer.status_code == 302
    statement = Statement.objects.get()
    assert (statement.way, statement.words) == ("spoken", "")
    row = StatementFile.objects.get()
    assert row.file not in bytes(row.sealed_file)
    assert TELLTALE not in row.file
    path = f"/say/{statement.public_id}/voice/"
    heard = browser.get(path)
    assert heard.content == row.file
    assert heard.headers["Content-Type"] == "audio/mp4"
    assert "no-store" in heard.headers["Cache-Control"]
    assert signed_in(None, world.facilitator).get(path).status_code == 200
    for other in (world.liaison, world.youth, world.second_caregiver, world.peer, world.stranger_caregiver):
        assert signed_in(None, other).get(path).status_code == 404
    assert path in signed_in(None, world.facilitator).get(f"/answers/{statement.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This voice note is empty. Please record it again, or choose another one."),
        (b"%PDF-1.7 not a sound", "This is not a voice note. Please choose a sound file"),
        (photo(), "This is not a voice note. Please choose a sound file, or write it down instead."),
        (b"OggS" + b"\0" * 60, "We could not open this file."),
    ],
)
def test_what_is_no_voice_note_is_refused_plainly_and_the_rest_of_the_form_stays(
    world: World, data: bytes, sentence: str
) -> None:
    told = SAID | {"key": uuid4(), "words": "He came at nine.", "file": upload(data)}
    answer = signed_in(None, world.caregiver).post("/say/speak/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "He came at nine." in page
    assert re.search(r'value="facilitator"[^>]*checked', page)
    assert re.search(r'value="team"[^>]*checked', page)
    assert not Statement.objects.exists()


def test_a_voice_note_of_an_hour_is_refused_with_what_to_do(world: World, settings: Any) -> None:
    """The limit is made small, not the sound long: what counts is what is decoded, not what a header says."""
    settings.MEDIA_VOICE_SECONDS = 1
    told = SAID | {"key": uuid4(), "file": upload(voice("webm", seconds=4))}
    answer = signed_in(None, world.caregiver).post("/say/speak/", told)
    assert answer.status_code == 422
    assert "You can send it in two parts." in answer.content.decode()


def test_a_voice_note_too_big_for_any_minutes_is_refused_before_it_is_decoded(world: World) -> None:
    told = SAID | {"key": uuid4(), "file": upload(b"OggS" + b"\0" * (settings.MEDIA_VOICE_BYTES + 1))}
    answer = signed_in(None, world.caregiver).post("/say/speak/", told)
    assert answer.status_code == 422
    assert "This file is too large." in answer.content.decode()


def test_without_a_voice_note_nothing_is_sent_and_what_was_typed_stays(world: World) -> None:
    answer = signed_in(None, world.caregiver).post("/say/speak/", SAID | {"key": uuid4(), "words": "I said it."})
    assert answer.status_code == 422
    assert "There is no voice note here yet." in answer.content.decode()
    assert "I said it." in answer.content.decode()


def test_a_voice_note_that_was_taken_need_not_be_chosen_again(world: World) -> None:
    browser, key = signed_in(None, world.caregiver), uuid4()
    waiting(world, key)
    page = browser.post("/say/speak/", SAID | {"key": key, "audience": ""}).content.decode()
    assert "Your voice note is kept. You do not have to choose it again." in page
    assert browser.post("/say/speak/", SAID | {"key": key}).status_code == 302
    assert browser.post("/say/speak/", SAID | {"key": key}).status_code == 302
    assert Statement.objects.get().voice.file == b"made anew"


def test_the_page_with_scripts_is_answered_in_words_too(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    accept = {"Accept": "application/json"}
    answer = browser.post("/say/speak/", SAID | {"key": uuid4()}, headers=accept)
    assert (answer.status_code, answer.json()["message"][:31]) == (422, "There is no voice note here yet")
    key = uuid4()
    waiting(world, key)
    answer = browser.post("/say/speak/", SAID | {"key": key}, headers=accept)
    assert (answer.status_code, answer.json()["go"]) == (201, f"/say/{key}/")


def test_what_was_never_sent_goes_after_a_day(world: World) -> None:
    old, new = waiting(world, uuid4()), waiting(world, uuid4())
    StatementFile.objects.filter(pk=old.pk).update(added_at=timezone.now() - keeping.ALONE_FOR * 2)
    assert actions.keep_statements() == 1
    assert list(StatementFile.objects.all()) == [new]


def test_nobody_sends_a_voice_note_that_waits_for_somebody_else(world: World) -> None:
    key = uuid4()
    waiting(world, key)
    answer = signed_in(None, world.second_caregiver).post("/say/speak/", SAID | {"key": key})
    assert answer.status_code == 422
    assert not Statement.objects.exists()


# -- what it says ------------------------------------------------------------------------------------------------------------


def test_who_speaks_may_write_it_down_at_once(world: World) -> None:
    statement = spoken(world, words="He came at nine.")
    assert Transcript.objects.get().is_right is True
    page = signed_in(None, world.facilitator).get(f"/say/{statement.public_id}/").content.decode()
    assert "He came at nine." in page
    assert "Who spoke it says it is right." in page


def test_what_staff_write_down_is_asked_about_and_shown_as_unchecked(world: World) -> None:
    statement = spoken(world)
    desk, browser = signed_in(None, world.facilitator), signed_in(None, world.caregiver)
    path = f"/say/{statement.public_id}/"
    assert desk.post(f"{path}text/", {"text": "He came at ten."}).status_code == 302
    assert "has not said yet whether it is right" in desk.get(path).content.decode()
    assert desk.post(f"{path}text/", {"text": "Again."}).status_code == 422
    assert "Is this what you said?" in browser.get(path).content.decode()
    browser.post(f"{path}text/right/", {"is_right": "no"})
    page = desk.get(path).content.decode()
    assert "He came at ten." not in page
    assert browser.post(f"{path}text/", {"text": "He came at nine."}).status_code == 302
    assert "He came at nine." in desk.get(path).content.decode()
    assert [one.is_right for one in Transcript.objects.all()] == [False, True]
    assert now(statement).words == ""


def test_who_spoke_says_that_it_is_right(world: World) -> None:
    statement = spoken(world)
    actions.write_down(actor=world.facilitator, statement=statement, text="He came at nine.")
    browser = signed_in(None, world.caregiver)
    for _time in range(2):
        assert browser.post(f"/say/{statement.public_id}/text/right/", {"is_right": "yes"}).status_code == 302
    assert Transcript.objects.get().is_right is True


def test_nobody_else_writes_it_down_or_says_that_it_is_right(world: World) -> None:
    statement = spoken(world, audience="facilitator")
    for other in (world.liaison, world.second_caregiver, world.youth):
        with pytest.raises(Refused):
            actions.write_down(actor=other, statement=statement, text="x")
    with pytest.raises(Refused):
        actions.say_if_right(actor=world.facilitator, statement=statement, is_right=True)


# -- before it is kept -------------------------------------------------------------------------------------------------------


def test_what_the_scanner_finds_or_cannot_look_at_is_refused_plainly(world: World, settings: Any) -> None:
    browser = signed_in(None, world.caregiver)
    with clamd() as server:
        settings.MEDIA_SCANNER_URL = server.url
        harmful = browser.post("/say/speak/", SAID | {"key": uuid4(), "file": upload(b"OggS" + HARM)})
    assert harmful.status_code == 422
    assert "We cannot pass this file on." in harmful.content.decode()
    settings.MEDIA_SCANNER_URL = "tcp://127.0.0.1:9"
    silent = browser.post("/say/speak/", SAID | {"key": uuid4(), "file": upload(voice("webm"))})
    assert silent.status_code == 503
    assert "Wait a minute, then try again." in silent.content.decode()


def test_a_form_that_was_sent_already_keeps_the_voice_note_it_had(world: World) -> None:
    statement = spoken(world)
    again = actions.keep_voice(actor=world.caregiver, key=statement.public_id, data=voice("webm"))
    assert again == statement.voice
    assert again.file == b"made anew"
