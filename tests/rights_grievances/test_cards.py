"""Cards of rights: read in one's language where that was reviewed, answered, told on, and printed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.access import Refused
from portal.language import content
from portal.programs.registry import profiles
from rights_grievances import actions
from rights_grievances.cards import cards
from rights_grievances.models import RightAnswer, RightsShown
from tests.world import World, signed_in

RIGHTS, ANSWER, SEEN = "/rights/", "/rights/answer/", "/rights/seen/"


def reviewed(monkeypatch: pytest.MonkeyPatch, key: str, language: str) -> content.Text:
    """As if a translation of that right had been read by a qualified person."""
    text = content.Text("Respeto", "Le tratan con respeto.", made_from=content.source_of(key).hash)
    monkeypatch.setitem(content._translations(language), key, text)
    row = (key, language, text.made_from, text.hash)
    monkeypatch.setattr(content, "_reviews", lambda: frozenset({row}))
    return text


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_each_right_has_its_card_to_hear_and_to_tell_someone_about(client: Client, db: None, slug: str) -> None:
    page = client.get(RIGHTS, {"program": slug}).content.decode()
    for right in profiles()[slug].rights:
        assert f'id="right-{right.id}"' in page
        assert f'data-aloud="words-{right.id}"' in page
    assert page.count("Tell someone") == len(profiles()[slug].rights)
    assert "Was this respected?" not in page  # only with an account


def test_without_a_script_nothing_offers_to_read_aloud(client: Client, db: None) -> None:
    page = client.get(RIGHTS, {"program": "louisiana-csoc"}).content.decode()
    buttons = re.findall(r"<button[^>]*data-aloud[^>]*>", page)
    assert buttons
    assert all(" hidden" in button for button in buttons)


def test_a_reviewed_right_is_read_in_ones_language_and_the_others_in_english(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = profiles()["louisiana-csoc"]
    first, second = profile.rights[:2]
    text = reviewed(monkeypatch, f"rights.louisiana-csoc.{first.id}", "es")
    client.cookies["porch_language"] = "es"
    page = client.get(RIGHTS, {"program": "louisiana-csoc"}).content.decode()
    assert re.search(rf'id="words-{first.id}" lang="es" dir="ltr">\s*<h3[^>]*>{text.title}</h3>', page)
    assert re.search(rf'id="words-{second.id}" lang="en" dir="ltr"', page)
    assert content.offer_interpreter("es")[:20] in page


def test_a_mother_says_that_a_right_was_not_respected_and_is_shown_the_way_to_tell_someone(world: World) -> None:
    browser: Any = signed_in(None, world.caregiver)
    right = world.program.profile.rights[1].id
    page = browser.post(ANSWER, {"right": right, "answer": "no"}, follow=True)
    assert page.redirect_chain[-1][0] == f"/rights/#right-{right}"
    text = page.content.decode()
    assert "Thank you for saying so." in text
    card = text[text.index(f'id="right-{right}"') :]
    assert re.search(r'name="answer" value="no" aria-pressed="true"', card[: card.index("</form>")])


def test_an_answer_can_be_changed_and_the_earlier_one_stays(world: World) -> None:
    browser = signed_in(None, world.youth)
    right = world.program.profile.rights[0].id
    for answer in ("no", "no", "yes"):
        assert browser.post(ANSWER, {"right": right, "answer": answer}).status_code == 302
    said = RightAnswer.objects.filter(person=world.youth).order_by("pk").values_list("right", "answer")
    assert list(said) == [(right, "no"), (right, "yes")]
    page = browser.get(SEEN).content.decode()
    assert page.index("<b>yes</b>") < page.index("<b>no</b>")


@pytest.mark.parametrize("form", [{}, {"right": "nothing", "answer": "yes"}, {"right": "RESPECT", "answer": "perhaps"}])
def test_what_is_no_right_of_the_programme_is_not_answered(world: World, form: dict[str, str]) -> None:
    assert signed_in(None, world.caregiver).post(ANSWER, form).status_code == 404
    assert not RightAnswer.objects.exists()


def test_answers_are_the_familys_alone(world: World) -> None:
    right = world.program.profile.rights[0].id
    for person in (world.peer, world.coordinator, world.lead, world.natural_support):
        assert signed_in(None, person).post(ANSWER, {"right": right, "answer": "yes"}).status_code == 404
        assert signed_in(None, person).get(SEEN).status_code == 404
        assert "Was this respected?" not in signed_in(None, person).get(RIGHTS).content.decode()
    with pytest.raises(Refused):
        actions.answer_right(actor=world.faraway_caregiver, program=world.program, right=right, answer="yes")
    signed_in(None, world.caregiver).post(ANSWER, {"right": right, "answer": "no"})
    assert 'aria-pressed="true"' not in signed_in(None, world.second_caregiver).get(RIGHTS).content.decode()


def test_reading_ones_rights_is_kept_once_a_day_with_the_very_words(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    for _time in range(2):
        browser.get(RIGHTS)
    browser.head(RIGHTS)
    rows = {row.right: row for row in RightsShown.objects.filter(person=world.caregiver)}
    shown = cards(world.program.profile, "en")
    assert RightsShown.objects.filter(person=world.caregiver).count() == len(shown)
    assert [(rows[card.id].language, rows[card.id].version) for card in shown] == [
        ("en", content.source_of(card.key).hash) for card in shown
    ]


def test_other_words_are_kept_as_shown_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    right = world.program.profile.rights[0].id
    actions.keep_shown(person=world.caregiver, reads="es")
    text = reviewed(monkeypatch, f"rights.louisiana-csoc.{right}", "es")
    assert actions.keep_shown(person=world.caregiver, reads="es") == 1
    newest = RightsShown.objects.filter(person=world.caregiver).latest("pk")
    assert (newest.right, newest.language, newest.version) == (right, "es", text.hash)


def test_who_reads_the_rights_without_an_account_or_as_staff_leaves_no_row(world: World) -> None:
    Client().get(RIGHTS, {"program": "louisiana-csoc"})
    signed_in(None, world.liaison).get(RIGHTS)
    assert not RightsShown.objects.exists()


def test_the_cards_cost_the_same_however_many_there_are(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(None, world.caregiver)
    browser.get(RIGHTS)
    with django_assert_max_num_queries(14):
        browser.get(RIGHTS)


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_the_booklet_has_every_right_and_an_interpreter_in_every_language(client: Client, db: None, slug: str) -> None:
    page = client.get("/rights/booklet/", {"program": slug}).content.decode()
    for right in profiles()[slug].rights:
        assert right.plain.split("'")[0][:40] in page
    for language in content.languages():
        tagline = content.show("interpreter.free", language)
        if tagline.language != "en":
            assert f'lang="{tagline.language}"' in page
    assert page.count('class="leaf"') == -(-len(profiles()[slug].rights) // 4)
    assert "<form" not in page[page.index('<main id="main">') : page.index("</main>")]


def test_the_booklet_asks_first_which_state(client: Client, db: None) -> None:
    assert "Which one is yours?" in client.get("/rights/booklet/").content.decode()


def test_the_way_to_tell_someone_names_the_right(client: Client, db: None) -> None:
    page = client.get(RIGHTS, {"program": "louisiana-csoc"}).content.decode()
    right = profiles()["louisiana-csoc"].rights[0].id
    assert re.search(rf'action="{reverse("tell_start")}">.*?name="right" value="{right}"', page)


def test_telling_from_a_card_says_which_right_and_keeps_a_young_persons_word_to_themselves(world: World) -> None:
    right = world.program.profile.rights[0]
    browser = signed_in(None, world.youth)
    answer = browser.post(reverse("tell_start"), {"right": right.id})
    page = browser.get(answer.headers["Location"]).content.decode()
    assert f"It is about this right: {right.title}" in page.replace("&#x27;", "'")
    assert re.search(r'name="alone"[^>]* checked', page)
