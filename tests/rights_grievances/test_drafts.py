"""What somebody begins to tell us is safe from the first letter, whatever happens to phone, session or page."""

from __future__ import annotations

import base64
import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.audit.models import Entry
from portal.rewrapping import rewrap_words
from rights_grievances import receipts
from rights_grievances.actions.drafts import MOST_FILES, remove_old_drafts
from rights_grievances.models import Case, CaseFile, Draft
from rights_grievances.told import opened
from tests.media.files import TELLTALE, from_a_phone, photo, voice
from tests.rights_grievances.begun import WORDS, Teller, begin, by_code, text_of
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases


def upload(data: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_looking_at_the_page_makes_nothing(world: World) -> None:
    assert Client().get("/tell/?program=louisiana-csoc").status_code == 200
    assert not Draft.objects.exists()


def test_the_code_can_be_read_aloud_and_is_kept_nowhere(world: World) -> None:
    teller = begin()
    assert re.fullmatch(r"[B-Z]{5} [B-Z]{5} [B-Z]{5}", teller.code)
    assert len(receipts.LETTERS) ** receipts.LENGTH > 2**60
    assert not set(receipts.LETTERS) & set("AEIOULVQ0123456789")
    kept = teller.draft.code_hash
    assert teller.code.replace(" ", "") not in kept
    assert kept == receipts.hash_of(teller.code.replace(" ", ""))


def test_the_hash_of_a_code_needs_the_secret_of_the_site(world: World, settings: Any) -> None:
    code = receipts.new_code()
    before = receipts.hash_of(code)
    settings.SECRET_KEY = "another one"
    assert receipts.hash_of(code) != before


@pytest.mark.promise("LA-44")
def test_what_is_typed_is_kept_as_it_was_typed_and_sealed(world: World) -> None:
    teller = begin()
    words = "  لا أحد يتصل 👩🏽‍👦\n\nNguyễn <b>&amp; "
    assert teller.save(1, words=words).status_code == 200
    assert words in teller.page().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;amp;", "&amp;")
    assert words.encode() not in bytes(teller.draft.sealed_form or b"")


def test_a_save_that_left_earlier_and_comes_later_changes_nothing(world: World) -> None:
    teller = begin()
    hidden = teller.hidden()
    teller.save(2, hidden=hidden, words="Nobody called.")
    teller.save(1, hidden=hidden, words="Nobo")
    assert "Nobody called." in teller.page()


def test_an_older_page_overwrites_nothing_and_its_words_are_not_lost(world: World) -> None:
    teller = begin()
    first, second = teller.hidden(), teller.hidden()
    teller.save(1, hidden=second, words="On the new phone.")
    answer = teller.save(1, hidden=first, words="On the old phone.")
    assert "beside" in answer.json()["saved"]  # type: ignore[attr-defined]
    page = teller.page()
    assert "On the new phone.</textarea>" in page
    assert '<p class="words" dir="auto">On the old phone.</p>' in page
    teller.save(2, hidden=second, words="On the new phone, more.")
    teller.post("go", words="On the new phone, more.")
    teller.send()
    assert teller.case.words == "On the new phone, more.\n\nOn the old phone."


def test_what_another_page_wrote_can_be_left_out(world: World) -> None:
    teller = begin()
    first, second = teller.hidden(), teller.hidden()
    teller.save(1, hidden=second, words="New.")
    teller.save(1, hidden=first, words="Old.")
    teller.post("drop", words="New.")
    assert teller.tell(words="New.").words == "New."


@pytest.mark.promise("LA-44")
def test_another_phone_goes_on_by_the_code(world: World) -> None:
    teller = begin()
    teller.save(1, words=WORDS)
    client, answer = by_code(f"my code: {teller.code.lower()}")
    assert answer.headers["Location"] == teller.url
    assert WORDS in text_of(client.get(teller.url))


def test_a_wrong_code_and_one_that_is_gone_get_the_same_kind_sentence(world: World) -> None:
    teller = begin()
    teller.draft.delete()
    answers = [by_code(code)[1] for code in (teller.code, "BCDFG HJKMN PRSTW", "what code")]
    assert [one.status_code for one in answers] == [422, 422, 422]
    for one in answers:
        assert "We do not find this code. Please look at each letter again." in text_of(one)


def test_codes_cannot_be_tried_one_after_the_other(world: World) -> None:
    teller = begin()
    said = [by_code(receipts.new_code())[1].status_code for _try in range(11)]
    assert said == [422] * 10 + [429]
    assert by_code(teller.code)[1].status_code == 429  # nor is a right one told from a wrong one


def test_the_id_in_the_address_opens_nothing(world: World) -> None:
    teller = begin()
    teller.save(1, words=WORDS)
    stranger = Client()
    for path in ("", "send/", "receipt/", "file/"):
        answer = stranger.get(teller.url + path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/tell/code/")
    answer = signed_in(None, world.coordinator).get(teller.url)
    assert answer.status_code == 302
    assert stranger.post(teller.url, {"words": "x"}).headers["Location"] == "/tell/code/"
    assert "x" not in teller.draft.form
    assert stranger.post(f"{teller.url}save/", "{}", content_type="application/json").status_code == 410


def test_the_session_is_over_and_what_is_typed_is_still_kept(world: World) -> None:
    teller = begin(world.caregiver)
    hidden = teller.hidden()
    other = Client()  # the same page, after the session ended or somebody else came in on this phone
    teller.client, mine = other, teller.client
    assert teller.save(1, hidden=hidden, words=WORDS).status_code == 200
    answer = other.post(teller.url, {**hidden, "keep": "1", "words": f"{WORDS} And more."})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tell/code/")
    page = text_of(other.get("/tell/code/"))
    assert "What you wrote is kept." in page
    assert WORDS not in page  # a page that may hand in words shows none
    teller.client = mine
    assert f"{WORDS} And more." in teller.page()


def test_a_page_that_lay_open_too_long_is_closed_for_reading(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    teller = begin()
    hidden = teller.hidden()
    later = timezone.now().timestamp() + 31 * 60
    monkeypatch.setattr("rights_grievances.holding.time.time", lambda: later)
    assert teller.client.get(teller.url).headers["Location"] == "/tell/code/"
    assert teller.save(1, hidden=hidden, words=WORDS).status_code == 200
    _client, answer = by_code(teller.code)
    assert answer.status_code == 302


def test_without_a_script_every_button_keeps_what_stands_there(world: World) -> None:
    teller = begin()
    for button in ("keep", "files", "go"):
        teller.post(button, words=f"{WORDS} {button}", wish="A call", reach="504 555 0117", who="child")
        page = teller.page()
        assert f"{WORDS} {button}" in page
        assert "504 555 0117" in page


def test_who_is_signed_in_finds_what_they_began(world: World) -> None:
    teller = begin(world.caregiver)
    teller.save(1, words=WORDS)
    page = text_of(signed_in(None, world.caregiver).get("/tell/"))
    assert teller.url in page
    assert teller.url not in text_of(signed_in(None, world.second_caregiver).get("/tell/"))
    assert signed_in(None, world.second_caregiver).get(teller.url).status_code == 302


def test_nothing_of_it_may_be_kept_by_the_browser(world: World) -> None:
    teller = begin()
    answer = teller.client.get(teller.url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'novalidate autocomplete="off" data-keep' in text_of(answer)


# -- hard input --------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-44")
def test_fifty_thousand_letters_fit(world: World) -> None:
    words = "ع" * 49_999 + "."
    assert begin().tell(words=words).words == words


def test_more_than_that_is_kept_whole_and_said_kindly(world: World) -> None:
    teller = begin()
    words = "a" * 50_001
    assert teller.post("go", words=words).status_code == 302
    answer = teller.send()
    assert answer.status_code == 422
    assert "50,001 letters, and 50,000 fit in one. Nothing is lost" in text_of(answer)
    assert not Case.objects.exists()
    assert words in teller.page()


def test_emoji_alone_are_words(world: World) -> None:
    assert begin().tell(words="😡😡😡").words == "😡😡😡"


@pytest.mark.parametrize("words", ["", "   \n "])
def test_an_empty_box_gets_a_sentence(world: World, words: str) -> None:
    teller = begin()
    teller.post("go", words=words, reach="504 555 0117")
    answer = teller.send()
    assert answer.status_code == 422
    assert "The box is still empty. One line is enough." in text_of(answer)
    assert "504 555 0117" in teller.page()


def test_a_voice_note_alone_is_enough(world: World) -> None:
    teller = begin()
    teller.post("files", file=upload(voice("webm"), "voice"))
    case = teller.tell(words="")
    assert case.files.get().kind == "voice"
    assert "voice note or photo" in case.words


@pytest.mark.promise("LA-44")
def test_sent_twice_from_two_phones_is_one_case(world: World) -> None:
    teller = begin()
    teller.post("go", words=WORDS)
    other, _answer = by_code(teller.code)
    assert other.post(f"{teller.url}send/").headers["Location"] == f"{teller.url}receipt/"
    assert teller.send().headers["Location"] == f"{teller.url}receipt/"
    assert Case.objects.count() == 1


def test_what_is_typed_after_it_was_sent_waits_to_be_added(world: World) -> None:
    teller = begin()
    hidden = teller.hidden()
    teller.tell()
    assert teller.save(9, hidden=hidden, words="One thing more.").status_code == 410
    answer = teller.client.post(teller.url, {**hidden, "keep": "1", "words": "One thing more."})
    assert answer.headers["Location"] == f"{teller.url}receipt/"
    assert "One thing more.</textarea>" in teller.page("receipt/")
    teller.client.post(f"{teller.url}receipt/", {"words": "One thing more."})
    assert [one.text for one in teller.case.steps.filter(kind="submitted")] == ["One thing more."]
    assert "One thing more.</textarea>" not in teller.page("receipt/")


# -- photos and voice notes -----------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-44")
def test_a_photo_is_made_anew_without_where_it_was_taken(world: World) -> None:
    teller = begin()
    assert teller.post("files", words=WORDS, file=upload(from_a_phone())).status_code == 302
    file = CaseFile.objects.get()
    assert TELLTALE not in file.file
    assert file.file.startswith(b"\xff\xd8")
    assert bytes(file.sealed_file) != file.file
    case = teller.tell()
    file.refresh_from_db()
    assert (file.case, file.draft) == (case, None)


def test_a_renamed_program_gets_a_clear_sentence_and_nothing_is_lost(world: World) -> None:
    teller = begin()
    files = [upload(photo(size=(32, 24)), "one.jpg"), upload(b"MZ\x90\x00" * 50, "cat.jpg")]
    answer = teller.post("go", words=WORDS, file=files)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "cat.jpg: This is not a photo or a voice note that we can send." in page
    assert WORDS in page
    assert CaseFile.objects.count() == 1


def test_thirty_files_fit_and_one_more_is_said(world: World) -> None:
    teller = begin()
    for _number in range(MOST_FILES - 1):
        CaseFile.objects.create(draft=teller.draft, kind="photo", size=3, sealed_file=b"x")
    small = photo(size=(32, 24))
    assert teller.post("files", words=WORDS, file=upload(small)).status_code == 302
    answer = teller.post("files", words=WORDS, file=upload(small, "last.jpg"))
    assert "last.jpg: Thirty photos and voice notes fit." in text_of(answer)
    assert CaseFile.objects.count() == MOST_FILES
    assert teller.tell().files.count() == MOST_FILES


def test_too_much_at_once_is_said_and_the_words_are_kept(world: World, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    teller = begin()
    answer = teller.post("go", words=WORDS, file=upload(photo()))
    assert answer.status_code == 422
    assert "These files together are too large." in text_of(answer)
    assert WORDS in teller.page()


def test_after_a_change_of_keys_words_and_photos_still_open(world: World, settings: Any) -> None:
    teller = begin()
    teller.post("files", words=WORDS, file=upload(photo(size=(32, 24))))
    before = CaseFile.objects.get().file
    settings.ENCRYPTION_KEYS = [base64.urlsafe_b64encode(bytes(range(32))).decode(), *settings.ENCRYPTION_KEYS]
    rewrap_words()
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert CaseFile.objects.get().file == before
    assert opened(teller.draft.form).words == WORDS


def test_a_list_of_a_hundred_names_and_a_language_nobody_has_stop_nothing(world: World) -> None:
    names = "\n".join(f"Person {number}" for number in range(100))
    case = begin().tell(about_names=names, language="x" * 3000)
    assert case.against.count() == 20
    assert case.language == "en"


def test_a_file_is_seen_by_who_holds_it_and_can_be_taken_out(world: World) -> None:
    teller = begin()
    teller.post("files", file=upload(photo(size=(32, 24))))
    path = f"/told/files/{CaseFile.objects.get().public_id}/"
    answer = teller.client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404
    assert signed_in(None, world.coordinator).get(path).status_code == 404  # nothing was sent yet
    assert teller.client.post(path).status_code == 302
    assert not CaseFile.objects.exists()


def test_who_may_see_the_case_sees_its_photos(world: World) -> None:
    teller = begin(world.caregiver)
    teller.post("files", file=upload(photo(size=(32, 24))))
    teller.tell()
    path = f"/told/files/{CaseFile.objects.get().public_id}/"
    assert signed_in(None, world.coordinator).get(path).status_code == 200
    for other in (world.peer, world.liaison, world.facilitator, world.lead, world.second_caregiver):
        assert signed_in(None, other).get(path).status_code == 404
    assert teller.client.post(path).status_code == 404  # sent: it stays


def test_a_file_from_the_page_of_its_own(world: World) -> None:
    teller = begin()
    url = f"{teller.url}file/"
    assert "data-media-form" in teller.page("file/")
    answer = teller.client.post(url, {"file": upload(b"MZ")}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert "not a photo or a voice note" in answer.json()["message"]
    answer = teller.client.post(url, {"file": upload(voice("ogg"))}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (201, {"go": teller.url})
    assert "Voice note" in teller.page()


# -- what goes by itself ---------------------------------------------------------------------------------------------------------


def _untouched_for(teller: Teller, days: int) -> None:
    Draft.objects.filter(pk=teller.draft.pk).update(saved_at=timezone.now() - dt.timedelta(days=days))


def test_what_was_never_sent_goes_after_the_time_that_the_page_names(world: World) -> None:
    old, young, sent = begin(), begin(), begin()
    assert "we remove it after 30 days without a word from you" in old.page()
    old.post("files", words=WORDS, file=upload(photo(size=(32, 24))))
    sent.tell()
    _untouched_for(old, 31)
    _untouched_for(young, 29)
    _untouched_for(sent, 31)
    assert remove_old_drafts() == 1
    assert set(Draft.objects.all()) == {young.draft, sent.draft}
    assert not CaseFile.objects.exists()


def test_who_does_not_want_to_tell_it_throws_it_away(world: World) -> None:
    teller = begin()
    teller.post("files", words=WORDS, file=upload(photo(size=(32, 24))))
    assert teller.client.post(f"{teller.url}drop/").status_code == 302
    assert not Draft.objects.exists()
    assert not CaseFile.objects.exists()


def test_closed_on_this_phone_the_code_opens_it_again(world: World) -> None:
    teller = begin()
    teller.save(1, words=WORDS)
    teller.client.post("/tell/close/")
    assert teller.client.get(teller.url).headers["Location"] == "/tell/code/"
    client, _answer = by_code(teller.code)
    assert WORDS in text_of(client.get(teller.url))


def test_the_record_says_nothing_of_who_began_it(world: World) -> None:
    teller = begin(world.caregiver)
    teller.save(1, words=WORDS)
    entries = Entry.objects.filter(subject="draft")
    assert [one.actor for one in entries] == [None]


def test_to_go_on_with_an_empty_box_is_said_at_once_and_nothing_else_is_lost(world: World) -> None:
    teller = begin()
    answer = teller.post("go", words=" ", reach="504 555 0117")
    assert answer.status_code == 422
    assert "The box is still empty." in text_of(answer)
    assert "504 555 0117" in text_of(answer)


def test_the_code_goes_away_once_it_is_written_down(world: World) -> None:
    teller = begin()
    assert 'name="noted"' in teller.page()
    teller.post("noted", words=WORDS)
    page = teller.page()
    assert "data-code" not in page
    assert WORDS in page
