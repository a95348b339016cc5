"""The programme lead's page of translations, and how a page shows a content text."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.language import actions, content
from portal.language.models import Review
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
KEY = "notice.texts"


@pytest.fixture
def lead(world: World) -> Client:
    return signed_in(None, world.lead)


def answer(**fields: str) -> dict[str, str]:
    text = content.translation_of(KEY, "es")
    assert text is not None
    return {"key": KEY, "language": "es", "seen": text.hash, "qualification": "Ana Reyes, court interpreter"} | fields


def test_the_table_has_every_text_and_every_language_with_its_status(lead: Client) -> None:
    page = lead.get(reverse("translation_list")).content.decode()
    for key in content.every_key():
        assert f">{key}<" in page
    for word in ("draft, not shown", "missing", "official words, shown"):
        assert word in page


def test_one_text_stands_beside_its_source_with_the_form(lead: Client) -> None:
    page = lead.get(reverse("translation_list"), {"key": KEY, "language": "ar"}).content.decode()
    assert "If you say yes, we text this phone" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "The reader found every word right" in page


def test_a_text_that_is_missing_has_no_form(lead: Client) -> None:
    query = {"key": "limits.florida-care-coordination.danger", "language": "es"}
    page = lead.get(reverse("translation_list"), query).content.decode()
    assert "missing" in page
    assert "The reader found every word right" not in page


def test_a_recorded_review_shows_the_text_from_then_on(lead: Client) -> None:
    assert lead.post(reverse("translation_review"), answer()).status_code == 302
    content.forget_reviews()
    assert content.show(KEY, "es").language == "es"
    assert "reviewed, shown" in lead.get(reverse("translation_list")).content.decode()


@pytest.mark.parametrize("qualification", ["", "   ", "Ana"])
def test_who_read_it_and_by_what_right_must_be_written_and_what_was_typed_stays(
    lead: Client, qualification: str
) -> None:
    page = lead.post(reverse("translation_review"), answer(qualification=qualification))
    assert page.status_code == 422
    assert "what qualifies them" in page.content.decode()
    assert qualification.strip() in page.content.decode()
    assert not Review.objects.exists()


def test_words_that_changed_meanwhile_are_not_approved(lead: Client) -> None:
    page = lead.post(reverse("translation_review"), answer(seen="0" * 64), follow=True)
    assert "have changed since you opened the page" in page.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("fields", [{"key": "notice.none"}, {"language": "xx"}, {"language": "en"}])
def test_what_does_not_exist_is_not_found(lead: Client, fields: dict[str, str]) -> None:
    assert lead.post(reverse("translation_review"), answer(**fields)).status_code == 404
    assert lead.get(reverse("translation_list"), {"key": KEY, "language": "es"} | fields).status_code == 404


@pytest.mark.parametrize("name", ["caregiver", "youth", "liaison", "facilitator", "coordinator", "peer"])
def test_nobody_else_finds_the_page(world: World, name: str) -> None:
    client = signed_in(None, getattr(world, name))
    assert client.get(reverse("translation_list")).status_code == 404
    assert client.post(reverse("translation_review"), answer()).status_code == 404
    assert not Review.objects.exists()


def test_wrong_methods(lead: Client) -> None:
    assert lead.post(reverse("translation_list")).status_code == 405
    assert lead.get(reverse("translation_review")).status_code == 405


# -- the tag ----------------------------------------------------------------------------------------------------------


def shown(source: str, language: str) -> str:
    with translation.override(language):
        return Template("{% load content %}" + source).render(Context({"keys": [KEY, "notice.privacy"]}))


def test_english_shows_as_it_is() -> None:
    page = shown(f'{{% content "{KEY}" %}}', "en")
    assert 'lang="en" dir="ltr"' in page
    assert "interpreter" not in page


def test_a_fallback_is_marked_as_english_and_offers_an_interpreter_in_the_readers_language() -> None:
    page = shown(f'{{% content "{KEY}" %}}', "ar")
    assert 'lang="en" dir="ltr"' in page
    first, _, _ = page.partition('lang="en"')
    assert '<div class="stack tight" lang="ar" dir="rtl">' in first
    assert "هذه الكلمات بالإنجليزية فقط حتى الآن." in first
    assert content.offer_interpreter("ar") in page


def test_several_texts_offer_the_interpreter_once() -> None:
    page = shown("{% contents keys %}", "es")
    assert page.count(content.offer_interpreter("es")) == 1
    assert page.count('lang="en"') == 2


def test_a_reviewed_text_is_marked_with_its_own_language(world: World) -> None:
    actions.record_review(actor=world.lead, key=KEY, language="ar", qualification="Ana Reyes, court interpreter")
    content.forget_reviews()
    page = shown(f'{{% content "{KEY}" %}}', "ar")
    assert 'lang="ar" dir="rtl"' in page
    assert content.offer_interpreter("ar") not in page
