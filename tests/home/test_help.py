"""Help: the numbers that always show, each in the reader's words; the reader's own people; how to reach us."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client
from django.utils import translation

from portal.home.context import crisis_contacts, desk_of
from portal.home.templatetags.porch import dial, reach
from portal.programs.registry import profile_of, profiles
from portal.programs.schema import CrisisContact
from tests.world import World, signed_in

TODAY = dt.date(2026, 11, 22)


def contact(**fields: Any) -> CrisisContact:
    given = {
        "id": "x",
        "service": "A line",
        "way": "call",
        "to": "988",
        "languages": ("en",),
        "hours": "Day and night",
        "plain": "Call.",
        "verified_on": dt.date(2026, 10, 1),
        "source": "test",
        "certainty": "public",
    }
    return CrisisContact.model_validate(given | fields)


def test_help_is_open_to_everyone(client: Client, db: None) -> None:
    page = client.get("/help/").content.decode()
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page
    assert 'href="sms:988?&amp;body=AYUDA"' in page
    assert "What is 988?" in page
    assert 'href="/rights/"' in page
    assert "Your people" not in page


def test_the_reader_finds_their_people_and_the_programmes_desk(world: World) -> None:
    page = signed_in(None, world.caregiver).get("/help/").content.decode()
    assert "Joy Landrieu" in page
    assert "Louisiana Department of Health" in page
    assert "Free interpreter" in page or "free interpreter" in page


def test_staff_find_the_numbers_and_no_list_of_their_people(world: World) -> None:
    page = signed_in(None, world.peer).get("/help/").content.decode()
    assert 'href="tel:988"' in page
    assert "Your people" not in page


def test_who_has_not_passed_the_door_sees_the_numbers_only(world: World) -> None:
    client = Client()
    client.force_login(world.caregiver)
    page = client.get("/help/").content.decode()
    assert 'href="tel:988"' in page
    assert "Joy Landrieu" not in page


def test_contacts_that_nobody_checked_lately_are_left_out_and_the_nationwide_never() -> None:
    profile = profile_of("louisiana-csoc")
    fresh = {one.id for one in crisis_contacts(profile, "jefferson", TODAY, "en")}
    later = {one.id for one in crisis_contacts(profile, "jefferson", TODAY + dt.timedelta(days=400), "en")}
    assert {"741741-text", "988-call"} <= fresh
    assert "741741-text" not in later
    assert {"911-call", "988-call", "988-text", "988-call-es", "988-text-es"} <= later


def test_contacts_of_another_region_are_left_out() -> None:
    local = contact(id="local", regions=("orleans",))
    profile = cast(
        Any,
        SimpleNamespace(
            crisis_contacts=(local,), settings=SimpleNamespace(crisis_contact_days=SimpleNamespace(value=180))
        ),
    )
    assert crisis_contacts(profile, "orleans", TODAY, "en") == [local]
    assert crisis_contacts(profile, "jefferson", TODAY, "en") == []


@pytest.mark.parametrize("language", ["en", "es", "es-us", "vi", "ar"])
@pytest.mark.parametrize("slug", [None, *sorted(profiles())])
def test_911_comes_first_in_every_language(slug: str | None, language: str) -> None:
    profile = profile_of(slug) if slug else None
    assert crisis_contacts(profile, "", TODAY, language)[0].to == "911"


@pytest.mark.parametrize("language", ["es", "es-us"])
def test_the_readers_own_language_comes_next(language: str) -> None:
    first, second, *_ = crisis_contacts(profile_of("louisiana-csoc"), "", TODAY, language)
    assert first.to == "911"
    assert second.languages == ("es",)


def test_without_a_programme_what_every_programme_always_shows() -> None:
    shown = crisis_contacts(None, "", TODAY, "en")
    assert shown
    assert all(one.always for one in shown)
    assert len({one.id for one in shown}) == len(shown)


def plain(shown: str) -> str:
    return re.sub(r"<[^>]+>|[\u2066\u2069]", "", shown)


def test_the_spanish_line_on_a_page_in_spanish_and_in_english() -> None:
    line = contact(languages=("es",), press="2")
    with translation.override("es"):
        assert plain(reach(line)).strip() == "Llame al 988 y oprima 2"
    with translation.override("en"):
        shown = reach(line)
        text = reach(contact(languages=("es",), way="text", word="AYUDA"))
    assert "Call 988 and press 2" in plain(shown)
    assert "They answer in Spanish (español)." in plain(shown)
    assert '<bdi lang="es" dir="ltr">español</bdi>' in shown
    assert "AYUDA" in text
    assert 'href="sms:988?&amp;body=AYUDA"' in text


@pytest.mark.parametrize(("language", "words"), [("es", "Llame al 988"), ("vi", "Gọi 988"), ("ar", "اتصال على 988")])
def test_nobody_is_kept_from_calling_by_being_told_that_they_answer_in_english(language: str, words: str) -> None:
    with translation.override(language):
        shown = reach(contact())
    assert plain(shown).strip() == words


def test_a_line_that_answers_in_a_language_we_do_not_have_names_it() -> None:
    with translation.override("en"):
        assert "They answer in Haitian Creole." in plain(reach(contact(languages=("ht",), to="1-800-962-2873")))


def test_a_line_that_answers_in_several_of_which_one_is_the_readers_says_nothing_of_it() -> None:
    with translation.override("es"):
        assert "Contestan" not in reach(contact(languages=("en", "es")))


def test_what_a_programme_writes_of_a_line_is_escaped() -> None:
    with translation.override("en"):
        assert "<b>" not in reach(contact(way="text", word="<b>"))


def test_a_chat_opens_its_page() -> None:
    assert 'href="https://988lifeline.org"' in reach(contact(way="chat", to="988lifeline.org"))


@pytest.mark.parametrize(
    ("shown", "dialled"),
    [("988", "988"), ("741741", "741741"), ("(504) 555-0142", "+15045550142"), ("1-855-452-5437", "+18554525437")],
)
def test_numbers_are_dialled_as_phones_take_them(shown: str, dialled: str) -> None:
    assert dial(shown) == dialled


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_every_programme_has_someone_to_call_or_a_page(slug: str) -> None:
    desk = desk_of(profile_of(slug), "")
    assert desk is None or desk.contact is not None
