"""A family asks for help on a phone, without an account."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.language import formats
from portal.notices.models import Notice
from portal.referrals import actions, codes
from portal.referrals.forms import PAGES
from portal.referrals.models import Question, Referral, ReferralStep
from tests.referrals.stage import LETTERS, begin, come_back, held, question, sent, text_of, write
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.promise("LA-39")
def test_a_family_begins_without_an_account_and_staff_open_it_by_its_code(world: World) -> None:
    people = Person.objects.count()
    phone, code = begin()
    assert write(phone, "who", first_name="Leo", asker="guardian").headers["Location"].endswith("?at=what")
    assert write(phone, "what", body=LETTERS).headers["Location"].endswith("?at=reach")
    assert write(phone, "reach", phone="504 555 0117", message="on").headers["Location"].endswith("?at=speak")
    assert write(phone, "speak", speaks="es", interpreter="on").headers["Location"] == "/refer/send/"
    review = text_of(phone.get("/refer/send/"))
    assert "Leo" in review
    assert "&lt;b&gt;" in review
    phone.post("/refer/send/")
    assert phone.get("/refer/where/").status_code == 200
    assert (Person.objects.count(), SESSION_KEY in phone.session) == (people, False)  # no account was made for it
    cache.clear()
    staff = signed_in(None, world.liaison)
    opened = staff.post("/referrals/find/", {"code": code.lower()}, follow=True)
    page = text_of(opened)
    assert "Leo" in page
    assert "504 555 0117" in page
    assert "&lt;b&gt;¿Qué hago?" in page


@pytest.mark.promise("LA-39")
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_form_opens_in_every_shipped_language(world: World, language: str) -> None:
    phone, code = begin()
    pages = [f"/refer/write/?at={page}" for page in PAGES]
    for path in ("/refer/", "/refer/code/", *pages, "/refer/send/", "/refer/fit/", "/refer/return/"):
        phone.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        in_english = said(text_of(phone.get(path)))
        phone.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = text_of(phone.get(path))
        assert f'<html lang="{language}"' in page, path
        assert "tel:988" in page
        assert "data-leave" in page
        # The code is the same in every language; no sentence of the page is left in English.
        assert language == "en" or not (in_english & said(page)) - {code}, path


def said(page: str) -> set[str]:
    """Headings, labels and buttons of a page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<(?:h1|h2|legend|label|button|dt|p)\b[^>]*>(?:<svg.*?</svg>)?\s*([A-Za-z][^<]{7,})", main)
    return {text.strip() for text in found}


@pytest.mark.promise("LA-39")
def test_one_stops_and_goes_on_on_another_phone(world: World) -> None:
    phone, code = begin()
    write(phone, "who", first_name="Leo")
    phone.post("/refer/save/", {"at": "what", "seen": 1, "body": "He does not sl"})
    other = come_back(code.replace(" ", "-").lower())
    assert "He does not sl" in text_of(other.get("/refer/write/", {"at": "what"}))
    assert 'value="Leo"' in text_of(other.get("/refer/write/"))


def test_the_code_is_shown_until_it_is_written_down_and_never_again(world: World) -> None:
    phone, code = begin()
    assert code in text_of(phone.get("/refer/code/"))
    assert phone.post("/refer/code/").headers["Location"] == "/refer/write/"
    assert phone.get("/refer/code/").headers["Location"] == "/refer/write/"


def test_neither_the_code_nor_a_word_stands_readable_in_the_database(world: World) -> None:
    _phone, code, referral = sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_referral WHERE id = %s", [referral.pk])
        row = " ".join(
            bytes(part).decode("latin-1") if isinstance(part, bytes | memoryview) else str(part)
            for part in cursor.fetchone()
        )
    for word in (code, code.replace(" ", ""), "Leo", "duerme"):
        assert word not in row
    assert referral.answers["body"] == LETTERS


def test_the_phone_keeps_nothing_that_can_be_read(world: World) -> None:
    phone, _code, _referral = sent()
    answer = phone.get("/refer/where/")
    assert answer.headers["Cache-Control"] == "no-store"
    for cookie in phone.cookies.values():
        assert "Leo" not in cookie.value
    session = phone.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["max-age"]) == (True, "")  # goes with the browser


def test_closed_or_left_alone_the_phone_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, code, _referral = sent()
    later = time.time() + 31 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert phone.get("/refer/where/").headers["Location"] == "/refer/return/"
    monkeypatch.undo()
    assert phone.get("/refer/where/").headers["Location"] == "/refer/return/"  # it stays closed
    other = come_back(code)
    other.post("/refer/close/")
    assert other.get("/refer/where/").headers["Location"] == "/refer/return/"


# -- nothing typed is lost, and what is wrong is said ------------------------------------------------------------------


def test_too_long_a_text_is_kept_whole_and_said(world: World) -> None:
    phone, code = begin()
    text = "ñ" * 4_100
    answer = write(phone, "what", body=text)
    assert answer.status_code == 422
    assert text in text_of(answer)
    assert held(code).answers["body"] == text


def test_controls_nobody_types_are_taken_out(world: World) -> None:
    phone, code = begin()
    assert write(phone, "what", body="a\x00b\x07c\r\nd\u0000").status_code == 302
    assert held(code).answers["body"] == "abc\nd"
    write(phone, "who", first_name="Le\u202eo\n", asker="nobody")
    assert held(code).answers["first_name"] == "Leo"


def test_a_number_that_is_none_is_said_and_kept(world: World) -> None:
    phone, _code = begin()
    answer = write(phone, "reach", phone="12", email="x")
    assert answer.status_code == 422
    assert 'value="12"' in text_of(answer)


def test_two_pages_open_at_once_lose_nothing(world: World) -> None:
    phone, code = begin()
    for text in ("First tab.", "Second tab."):
        phone.post("/refer/save/", {"at": "what", "seen": 0, "body": text})
    assert held(code).answers["body"] == "First tab.\n\nSecond tab."
    answer = phone.post("/refer/save/", {"at": "what", "seen": 0, "body": "Third."}).json()
    assert answer["joined"]["body"].endswith("Third.")


def test_what_is_saved_twice_the_same_is_one_revision(world: World) -> None:
    phone, code = begin()
    for _time in range(3):
        phone.post("/refer/save/", {"at": "what", "seen": 5, "body": "Once."})
    assert (held(code).revision, held(code).answers["body"]) == (1, "Once.")


def test_nothing_at_all_is_not_sent(world: World) -> None:
    phone, code = begin()
    answer = phone.post("/refer/send/")
    assert answer.status_code == 422
    assert held(code).state == "writing"


def test_begun_twice_is_begun_once(world: World) -> None:
    phone, _code = begin()
    assert phone.post("/refer/", {"program": "louisiana-csoc"}).headers["Location"] == "/refer/code/"
    assert Referral.objects.count() == 1


def test_sent_twice_is_sent_once(world: World) -> None:
    phone, _code, referral = sent()
    assert phone.post("/refer/send/").status_code == 302
    assert ReferralStep.objects.filter(referral=referral, kind="sent").count() == 1
    assert Clock.objects.filter(subject="referral").count() == 2
    phone.post("/refer/write/", {"at": "what", "body": "Changed"})
    assert phone.post("/refer/save/", {"at": "what", "body": "Changed"}).status_code == 409
    assert held(_code).answers["body"] == LETTERS


@pytest.mark.parametrize("program", ["", "nowhere", "<script>"])
def test_a_program_that_does_not_exist_is_asked_for_again(world: World, program: str) -> None:
    assert Client().post("/refer/", {"program": program}).status_code == 422


# -- the code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "BCDF", "0000 0000 0000", "ÄÄÄÄ ÄÄÄÄ ÄÄÄÄ", "B" * 60, "'; DROP TABLE--"])
def test_what_cannot_be_a_code_is_said_plainly(world: World, typed: str) -> None:
    cache.clear()
    assert Client().post("/refer/return/", {"code": typed}).status_code == 422


def test_guessing_codes_is_stopped_also_for_the_right_one(world: World) -> None:
    _phone, code = begin()
    guesser = Client()
    answers = [guesser.post("/refer/return/", {"code": "BCDFGHJKMNPR"}).status_code for _try in range(10)]
    assert answers == [422] * 10
    answer = guesser.post("/refer/return/", {"code": code})
    assert answer.status_code == 429
    assert "nothing is lost" in text_of(answer)


def test_a_code_opens_its_own_referral_and_no_other(world: World) -> None:
    _phone, _code, _referral = sent()
    other, _other_code = begin()
    assert "Leo" not in text_of(other.get("/refer/write/"))
    assert other.get("/refer/where/").headers["Location"] == "/refer/write/"


def test_codes_read_aloud_and_never_spell_anything() -> None:
    made = {codes.new_code() for _time in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("AEIOUQLV0123456789")
    assert codes.parsed(" bcdf-ghjk mnpr ") == "BCDFGHJKMNPR"
    assert codes.in_groups("BCDFGHJKMNPR") == "BCDF GHJK MNPR"


def test_the_code_by_text_goes_to_the_phone_that_was_typed(world: World, settings: Any, tmp_path: Any) -> None:
    settings.SMS_URL = f"file://{tmp_path}"
    phone, code = begin()
    assert phone.post("/refer/text/", {"phone": "12"}).status_code == 422
    assert phone.post("/refer/text/", {"phone": "504 555 0117"}).status_code == 302
    (left,) = tmp_path.rglob("*.*")
    assert code in left.read_text()
    assert "child" not in left.read_text()
    answers = [phone.post("/refer/text/", {"phone": "504 555 0117"}).status_code for _try in range(3)]
    assert answers[-1] == 429


# -- where is it ------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-30")
def test_a_step_past_its_day_is_late_for_the_family_and_the_coordinator_hears_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, code, referral = sent()
    page = text_of(phone.get("/refer/where/"))
    assert 'data-step="sent"' in page
    assert page.count('data-promise="ahead"') == 2
    assert "data-late" not in page
    take = {"take-next_step": "call", "take-next_on": referral.next_on}
    signed_in(None, world.liaison).post(f"/referrals/{referral.public_id}/take/", take)
    Notice.objects.all().delete()
    later = timezone.now() + dt.timedelta(days=4)
    monkeypatch.setattr(timezone, "now", lambda: later)
    from portal.clocks.firing import fire_due

    other = come_back(code)
    assert "data-late" in text_of(other.get("/refer/where/"))  # before any worker has run
    fire_due()
    page = text_of(other.get("/refer/where/"))
    assert "data-late" in page
    assert page.count('data-promise="late"') == 1
    assert world.liaison.display_name in page  # who has it
    assert "data-next" in page
    assert Notice.objects.filter(person=world.liaison, kind="clock_missed").count() == 1
    assert "data-late" in text_of(signed_in(None, world.liaison).get("/referrals/"))


@pytest.mark.promise("LA-30")
def test_each_step_that_is_older_than_its_limit_is_late_and_staff_are_alerted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, code, referral = sent()
    signed_in(None, world.liaison).post(
        f"/referrals/{referral.public_id}/take/",
        {"take-next_step": "call", "take-next_on": referral.next_on},
    )
    promised = {one.rule_id: one.due_on for one in Clock.objects.filter(subject="referral")}
    day = timezone.localdate(timezone=referral.program.zone)
    assert promised == {"LA-FIRST-CONTACT": day + dt.timedelta(days=3), "LA-FACE": day + dt.timedelta(days=10)}
    page = text_of(phone.get("/refer/where/"))
    for due in promised.values():
        assert due is not None
        assert formats.day(due, "en", referral.program.zone) in page
    from portal.clocks.firing import fire_due

    Notice.objects.all().delete()
    for days, late in ((3, 0), (4, 1), (11, 2)):
        then = timezone.now() + dt.timedelta(days=days)
        with monkeypatch.context() as moved:
            moved.setattr(timezone, "now", lambda then=then: then)
            fire_due()
            page = text_of(come_back(code).get("/refer/where/"))
        assert page.count('data-promise="late"') == late
        assert ("data-late" in page) == bool(late)
        assert Notice.objects.filter(person=world.liaison, kind="clock_missed").count() == late


@pytest.mark.promise("LA-30")
def test_one_that_nobody_has_is_late_as_well_and_those_who_can_take_it_are_alerted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _phone, code, _referral = sent()
    Notice.objects.all().delete()
    then = timezone.now() + dt.timedelta(days=4)
    monkeypatch.setattr(timezone, "now", lambda: then)
    cache.clear()
    actions.alert_lost()
    assert "data-late" in text_of(come_back(code).get("/refer/where/"))
    alerted = {one.person for one in Notice.objects.filter(kind="referral_lost")}
    assert alerted == {world.liaison, world.supervisor, world.facilitator, world.stranger_liaison, world.lead}


@pytest.mark.promise("LA-30")
def test_every_step_that_is_past_its_day_is_late_and_alerts_whoever_has_it_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _phone, code, referral = sent()
    take = {"take-next_step": "call", "take-next_on": referral.next_on}
    signed_in(None, world.liaison).post(f"/referrals/{referral.public_id}/take/", take)
    Notice.objects.all().delete()
    later = timezone.now() + dt.timedelta(days=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    from portal.clocks.firing import fire_due

    for _pass in range(2):
        fire_due()
    page = text_of(come_back(code).get("/refer/where/"))
    assert page.count('data-promise="late"') == 2
    assert Notice.objects.filter(person=world.liaison, kind="clock_missed").count() == 2
    assert "Late" in text_of(signed_in(None, world.liaison).get(f"/referrals/{referral.public_id}/"))


@pytest.mark.promise("FL-03")
def test_a_question_that_waits_says_who_has_it_and_when_it_is_looked_at_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No source gives a number of days for the answer, so none is made up."""
    phone, code, referral = sent()
    phone.post("/refer/ask/", question())
    page = text_of(phone.get("/refer/where/"))
    waits = page[page.index("data-waits") :]
    assert "No one has taken it on yet." in waits
    take = {"take-next_step": "call", "take-next_on": referral.next_on}
    signed_in(None, world.liaison).post(f"/referrals/{referral.public_id}/take/", take)
    page = text_of(phone.get("/refer/where/"))
    waits = page[page.index("data-waits") :]
    assert world.liaison.display_name in waits
    assert "It is looked at again by" in waits
    later = timezone.now() + dt.timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = text_of(come_back(code).get("/refer/where/"))
    assert "It is looked at again by" not in page  # a day that has passed is no date: the page says late
    assert "data-late" in page


def test_a_question_is_asked_once_and_answered_with_the_reason(world: World) -> None:
    phone, _code, referral = sent()
    form = question()
    for _time in range(2):
        assert phone.post("/refer/ask/", form).status_code == 302
    asked = Question.objects.get()
    staff = signed_in(None, world.liaison)
    path = f"/referrals/{referral.public_id}/questions/{asked.public_id}/"
    assert staff.post(path, {"words": " \x00 "}).status_code == 422
    assert staff.post(path, {"words": "Yes, that is in the parish."}).status_code == 302
    staff.post(path, {"words": "Something else"})
    assert "Yes, that is in the parish." in text_of(phone.get("/refer/where/"))


def test_hostile_questions_are_said_and_kept(world: World) -> None:
    phone, _code, _referral = sent()
    long = "x" * 2_100
    answer = phone.post("/refer/ask/", question(long, about="<script>"))
    assert answer.status_code == 422
    assert long in text_of(answer)
    assert phone.post("/refer/ask/", question("\x01")).status_code == 422
    assert phone.post("/refer/ask/", {"words": "No key"}).status_code == 422
    assert not Question.objects.exists()
