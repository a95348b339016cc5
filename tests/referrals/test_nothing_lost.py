"""What somebody wrote is never lost: not by time, by another phone, by a second click, by the way back, or by its length."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.referrals import codes
from portal.referrals.actions.family import MOST
from portal.referrals.models import Question, Referral, ReferralStep
from tests.referrals.stage import LETTERS, begin, come_back, days_ahead, held, of_school, question, sent, text_of, write
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
STORY = "No duerme.\n\nلا ينام 👩🏽‍👦"


@pytest.fixture
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)


def fields_of(page: Any) -> dict[str, str]:
    """The hidden fields of the page that asks for the code, as a browser sends them on."""
    from html import unescape

    form = text_of(page).split('action="/refer/return/"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


# -- a page that was open for too long ----------------------------------------------------------------------------------


def test_what_was_typed_for_an_hour_goes_along_with_the_code(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, code = begin()
    write(phone, "what", body="First line.")
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    page = phone.post("/refer/write/", {"at": "what", "seen": 1, "body": f"First line.\n{STORY}"})
    assert page.status_code == 409
    assert "data-carried" in text_of(page)
    assert STORY in text_of(page)
    cache.clear()
    wrong = phone.post("/refer/return/", fields_of(page) | {"code": "BCDF GHJK MNPR"})
    assert wrong.status_code == 422
    answer = phone.post("/refer/return/", fields_of(wrong) | {"code": code})
    assert answer.headers["Location"] == "/refer/write/?at=what"
    assert held(code).answers["body"] == f"First line.\n{STORY}"


def test_a_question_of_an_hour_is_asked_once_the_code_is_typed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, code, _referral = sent()
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    page = phone.post("/refer/ask/", question("Why so long?", about="age"))
    assert "Why so long?" in text_of(page)
    cache.clear()
    answer = phone.post("/refer/return/", fields_of(page) | {"code": code})
    assert answer.headers["Location"] == "/refer/where/"
    assert (Question.objects.get().words, Question.objects.get().about) == ("Why so long?", "age")


@pytest.mark.usefixtures("an_hour_later")
def test_a_page_with_nothing_on_it_only_asks_for_the_code(world: World) -> None:
    phone = Client()
    assert phone.post("/refer/write/", {"at": "what", "body": " \x00"}).headers["Location"] == "/refer/return/"
    assert phone.post("/refer/ask/", {"words": ""}).headers["Location"] == "/refer/return/"


def test_whoever_was_shut_out_reads_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, _code, _referral = sent()
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert "Nothing is lost" in text_of(phone.get("/refer/where/", follow=True))
    assert "Nothing is lost" not in text_of(Client().get("/refer/where/", follow=True))


# -- two phones, two clicks, two ways -----------------------------------------------------------------------------------


def test_what_is_written_after_another_phone_has_sent_it_can_be_sent_too(world: World) -> None:
    phone, code = begin()
    write(phone, "what", body=LETTERS)
    come_back(code).post("/refer/send/")
    page = phone.post("/refer/write/", {"at": "what", "seen": 1, "body": f"{LETTERS}\nAnd he is afraid."})
    assert page.status_code == 409
    assert "And he is afraid." in text_of(page).split("<textarea")[1]
    page = phone.post("/refer/write/", {"at": "reach", "seen": 1, "phone": "504 555 0199", "message": "on"})
    assert "504 555 0199" in text_of(page).split("<textarea")[1]
    same = phone.post("/refer/write/", {"at": "what", "seen": 1, "body": LETTERS})
    assert same.headers["Location"] == "/refer/where/"
    assert held(code).answers["body"] == LETTERS


def test_back_and_close_keep_what_is_in_the_boxes(world: World) -> None:
    phone, code = begin()
    write(phone, "who", first_name="Leo")
    assert write(phone, "what", body="Half a", to="who").headers["Location"] == "/refer/write/?at=who"
    assert held(code).answers["body"] == "Half a"
    assert (
        write(phone, "reach", phone="12", to="what").headers["Location"].endswith("?at=what")
    )  # also while it is wrong
    assert write(phone, "what", body="Half a sentence", close="1").headers["Location"] == "/refer/return/"
    assert held(code).answers["body"] == "Half a sentence"
    assert phone.get("/refer/write/").headers["Location"] == "/refer/return/"


def test_a_double_click_on_begin_still_shows_the_code(world: World) -> None:
    phone, code = begin()
    page = phone.post("/refer/", {"program": "louisiana-csoc"}, follow=True)
    assert code in text_of(page)
    assert 'href="/refer/code/"' in text_of(phone.get("/refer/"))
    phone.post("/refer/code/")
    assert phone.post("/refer/", {"program": "louisiana-csoc"}, follow=True).redirect_chain[-1][0] == "/refer/write/"
    assert Referral.objects.count() == 1


def test_one_form_sent_with_other_words_is_another_question(world: World) -> None:
    phone, _code, _referral = sent()
    form = question("How long?")
    for words in ("How long?", "How long?", "How long, and who?"):
        phone.post("/refer/ask/", form | {"words": words})
    assert [one.words for one in Question.objects.all()] == ["How long?", "How long, and who?"]
    other, _code, _referral = sent()
    assert other.post("/refer/ask/", form).status_code == 302
    assert Question.objects.count() == 3


def test_one_click_twice_is_one_step_one_finding_and_one_referral(world: World) -> None:
    referral, _code = of_school(world)
    staff = signed_in(None, world.liaison)
    path = f"/referrals/{referral.public_id}/"
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', text_of(staff.get(path)))
    assert key
    step = {"key": key[1], "kind": "contacted", "next_step": "visit", "next_on": days_ahead(3)}
    finding = {"criterion": "age", "result": "fits", "reason": "She is 12."}
    for _click in range(2):
        assert staff.post(f"{path}step/", step).status_code == 302
        assert staff.post(f"{path}finding/", finding).status_code == 302
    kinds = [one.kind for one in ReferralStep.objects.filter(referral=referral)]
    assert kinds == ["referred", "contacted", "looked_at"]
    add = re.search(r'name="key" value="([0-9a-f-]{36})"', text_of(staff.get("/referrals/add/")))
    assert add
    form = {"key": add[1], "role": world.liaison_role.public_id, "source": "court", "partner": "Court"}
    form |= {"first_name": "Ana", "consent": "unknown", "language": "es"}
    assert "data-code" in text_of(staff.post("/referrals/add/", form))
    again = staff.post("/referrals/add/", form, follow=True)
    assert again.redirect_chain[-1][0] == f"/referrals/{add[1]}/"
    assert "make a new one" in text_of(again)
    assert Referral.objects.filter(source="court").count() == 1


# -- as people type -----------------------------------------------------------------------------------------------------


def test_fifty_thousand_letters_are_kept_and_counted_right(world: World) -> None:
    phone, code = begin()
    text = "🌧 ñ" * 16_667
    answer = write(phone, "what", body=text)
    assert answer.status_code == 422
    assert f"It has {len(text)} letters, and 4000 fit" in text_of(answer)
    assert held(code).answers["body"] == text
    name = write(phone, "who", first_name="x" * 300)
    assert "It has 300 letters, and 60 fit" in text_of(name)
    assert held(code).answers["first_name"] == "x" * 300


def test_a_text_cannot_grow_without_end(world: World) -> None:
    phone, code = begin()
    for letter in "abcd":
        phone.post("/refer/save/", {"at": "what", "seen": 0, "body": letter * 99_000})
    body = held(code).answers["body"]
    assert len(body) == MOST
    assert body.endswith("d" * 99_000)


@pytest.mark.parametrize(
    "text", ["👩🏽‍👧 ❤️", "שלום 12 مرحبا", "Nguyễn Thị Ánh", "a\u202eb", "<script>alert(1)</script>"]
)
def test_every_script_comes_through_as_it_was_typed(world: World, text: str) -> None:
    phone, code = begin()
    write(phone, "what", body=f"{text}\x00")
    assert held(code).answers["body"] == text
    phone.post("/refer/send/")
    cache.clear()
    page = text_of(signed_in(None, world.liaison).post("/referrals/find/", {"code": code}, follow=True))
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page


# -- the code -----------------------------------------------------------------------------------------------------------


def test_the_right_code_never_uses_up_a_try(world: World) -> None:
    _phone, code = begin()
    clinic = Client()
    for _family in range(12):
        assert clinic.post("/refer/return/", {"code": code}).status_code == 302
    for _slip in range(12):
        assert clinic.post("/refer/return/", {"code": "BCDF"}).status_code == 422  # cannot be one: nobody guesses so
    for _guess in range(10):
        assert clinic.post("/refer/return/", {"code": "BCDF GHJK MNPR"}).status_code == 422
    assert clinic.post("/refer/return/", {"code": code}).status_code == 429


def test_families_of_a_clinic_do_not_keep_its_staff_out_nor_staff_them(world: World) -> None:
    _phone, code, _referral = sent()
    staff, family = signed_in(None, world.liaison), Client()
    cache.clear()
    for _guess in range(10):
        staff.post("/referrals/find/", {"code": "BCDF GHJK MNPR"})
    assert staff.post("/referrals/find/", {"code": code}).status_code == 429
    assert signed_in(None, world.supervisor).post("/referrals/find/", {"code": code}).status_code == 302
    assert family.post("/refer/return/", {"code": code}).status_code == 302


@pytest.mark.parametrize(
    "typed",
    ["Porch: Your code is bcdf ghjk mnpr. Keep it for yourself.", "ＢＣＤＦ　ＧＨＪＫ　ＭＮＰＲ", "B.C.D.F.GHJKMNPR"],
)
def test_a_code_is_read_out_of_what_was_copied(typed: str) -> None:
    assert codes.parsed(typed) == "BCDFGHJKMNPR"
    assert codes.parsed("There is no code in this text at all.") is None


# -- what a phone shows -------------------------------------------------------------------------------------------------


def test_who_leaves_fast_leaves_no_word_of_it(world: World) -> None:
    phone, _code, _referral = sent()
    for path in ("/refer/where/", "/refer/return/", "/refer/", "/help/"):
        assert 'id="out" method="post" action="/refer/close/"' in text_of(phone.get(path)), path
    phone.post("/refer/close/", {"fast": "1"})
    page = text_of(phone.get("/refer/return/"))
    assert "Closed on this phone" not in page
    assert 'id="out"' not in page
    assert "on this phone" not in page.split("<form")[0]


def test_times_are_those_of_where_the_family_lives(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = dt.datetime(2027, 1, 12, 4, 30, tzinfo=dt.UTC)  # 11:30 pm in Miami, 10:30 pm in Pensacola
    monkeypatch.setattr(timezone, "now", lambda: evening)
    for region, shown in (("", "11:30"), ("escambia", "10:30")):
        phone, _code = begin("florida-care-coordination")
        write(phone, "what", body="Help")
        write(phone, "reach", region=region)
        phone.post("/refer/send/")
        assert shown in text_of(phone.get("/refer/where/")).split("data-step")[1]


def test_who_lost_the_code_finds_whom_to_call(world: World) -> None:
    page = text_of(Client().get("/refer/return/"))
    assert page.split('id="lost"')[1].count('href="tel:') >= 2
