"""Rights, notices, consents and crisis words show in a language only when a qualified person has read exactly these words."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.access import Refused
from portal.audit.models import Entry
from portal.language import actions, content
from portal.language.content import Status, Text
from portal.language.models import Review
from portal.programs.registry import profiles
from tests.world import World

KEY = "notice.privacy"
RIGHT = "rights.louisiana-csoc.respect"
pytestmark = pytest.mark.django_db


def review(world: World, key: str = KEY, language: str = "es") -> Review:
    found = actions.record_review(
        actor=world.lead, key=key, language=language, qualification="Ana Reyes, court interpreter"
    )
    content.forget_reviews()
    return found


def change(monkeypatch: pytest.MonkeyPatch, key: str, language: str, **fields: Any) -> None:
    """As a new release would: other words under the same key."""
    texts = content._sources() if language == "en" else content._translations(language)
    monkeypatch.setitem(texts, key, dataclasses.replace(texts[key], **fields))


def test_english_is_the_source() -> None:
    shown = content.show(KEY, "en")
    assert (shown.language, shown.is_fallback) == ("en", False)
    assert shown.version == content.source_of(KEY).hash
    assert content.status(KEY, "en") == Status.SOURCE
    assert len(shown.paragraphs) == 6


def test_the_pseudo_locale_reads_english() -> None:
    assert not content.show(KEY, "en-xa").is_fallback
    assert content.status(KEY, "en-xa") == Status.SOURCE


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_a_draft_never_shows(language: str) -> None:
    shown = content.show(KEY, language)
    assert content.status(KEY, language) == Status.DRAFT
    assert (shown.text, shown.language, shown.is_fallback) == (content.show(KEY, "en").text, "en", True)


def test_a_reviewed_text_shows_in_its_language_and_only_there(world: World) -> None:
    review(world)
    shown = content.show(KEY, "es")
    assert content.status(KEY, "es") == Status.HUMAN_REVIEWED
    assert (shown.language, shown.is_fallback) == ("es", False)
    assert shown.version == content.source_of(KEY).hash
    assert content.status(KEY, "vi") == Status.DRAFT
    assert content.status("notice.texts", "es") == Status.DRAFT


@pytest.mark.promise("LA-46")
def test_a_right_of_the_profile_is_a_text_with_its_title(world: World) -> None:
    right = next(right for right in world.program.profile.rights if right.id == "respect")
    shown = content.show(RIGHT, "es")
    assert (shown.title, shown.text, shown.is_fallback) == (right.title, right.plain, True)
    review(world, RIGHT)
    shown = content.show(RIGHT, "es")
    assert shown.title == "Se le trata con respeto"
    assert not shown.is_fallback


@pytest.mark.parametrize("fields", [{"text": "We keep less."}, {"title": "Other"}])
def test_one_changed_word_of_the_english_takes_a_reviewed_text_back_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str]
) -> None:
    review(world, RIGHT)
    assert content.show(RIGHT, "es").language == "es"
    change(monkeypatch, RIGHT, "en", **fields)
    assert content.status(RIGHT, "es") == Status.STALE
    assert content.show(RIGHT, "es").is_fallback


def test_one_changed_word_of_the_translation_takes_it_back_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(world)
    change(monkeypatch, KEY, "es", text=content.source_of(KEY).text + ".")
    assert content.status(KEY, "es") == Status.DRAFT
    assert content.show(KEY, "es").is_fallback


def test_a_review_of_a_translation_brought_up_to_date_counts_for_that_one_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(world)
    change(monkeypatch, KEY, "en", text="We keep less.")
    change(monkeypatch, KEY, "es", text="Guardamos menos.", made_from=content.source_of(KEY).hash)
    assert content.status(KEY, "es") == Status.DRAFT
    review(world)
    assert content.show(KEY, "es").text == "Guardamos menos."


def test_official_words_show_without_a_review_but_not_when_their_english_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = content.show("crisis.reach_988", "es")
    assert "oprima 2" in shown.text
    assert "AYUDA" in shown.text
    assert not shown.is_fallback
    assert content.show("crisis.reach_988", "vi").is_fallback
    change(monkeypatch, "crisis.reach_988", "en", text="Call 988.")
    assert content.show("crisis.reach_988", "es").text == "Call 988."


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "free interpreter"), ("es", "gratis"), ("vi", "miễn phí"), ("ar", "مجانًا"), ("xx", "free")],
)
def test_an_interpreter_is_always_offered_in_the_readers_language(language: str, word: str) -> None:
    assert word in content.offer_interpreter(language)
    by_phone = content.offer_interpreter(language, "(504) 555-0142")
    assert word in by_phone
    assert "(504) 555-0142" in by_phone
    assert "{" not in by_phone


def test_a_text_nobody_translated_is_missing_and_one_nobody_wrote_is_an_error() -> None:
    assert content.status("limits.florida-care-coordination.danger", "es") == Status.MISSING
    assert content.show("limits.florida-care-coordination.danger", "es").is_fallback
    for ask in (content.show, content.status):
        with pytest.raises(content.UnknownText):
            ask("notice.none", "es")


def test_a_language_from_outside_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert content.show(KEY, "../en").is_fallback
    assert content.show(KEY, "").is_fallback


def test_reviews_are_asked_for_once_and_not_for_each_text(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        for key in content.every_key():
            content.show(key, "es")
    with django_assert_num_queries(0):
        content.show(KEY, "en")


def test_an_old_list_of_reviews_is_read_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert content.show(KEY, "es").is_fallback
    text = content.translation_of(KEY, "es")
    assert text is not None
    Review.objects.create(
        key=KEY,
        language="es",
        source_hash=text.made_from,
        text_hash=text.hash,
        reviewer=world.lead,
        qualification="Recorded by another process",
        reviewed_at=timezone.now(),
    )
    assert content.show(KEY, "es").is_fallback
    monkeypatch.setattr(content, "REVIEWS_KEPT", -1.0)
    assert not content.show(KEY, "es").is_fallback


def test_a_hash_covers_title_and_text() -> None:
    text = Text("Title", "Text")
    assert text.hash == hashlib.sha256(b"Title\n\nText").hexdigest()
    assert content.version_of("a") == "a"
    assert content.version_of("a", "b") != content.version_of("b", "a")


# -- recording a review -----------------------------------------------------------------------------------------------


def test_only_a_programme_lead_records_a_review(world: World) -> None:
    for name in ("caregiver", "youth", "liaison", "facilitator", "coordinator", "peer", "stranger_liaison"):
        with pytest.raises(Refused):
            actions.record_review(actor=getattr(world, name), key=KEY, language="es", qualification="I speak it well")
    assert not Review.objects.exists()


def test_a_review_is_kept_with_who_and_by_what_right_and_goes_on_the_record(world: World) -> None:
    kept = review(world)
    assert (kept.reviewer, kept.qualification) == (world.lead, "Ana Reyes, court interpreter")
    entry = Entry.objects.filter(subject="translation").get()
    assert (entry.actor, entry.detail) == (world.lead, {"key": KEY, "language": "es"})
    assert review(world) == kept


def test_nothing_missing_out_of_date_or_unread_can_be_approved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = world.lead
    with pytest.raises(actions.NothingToReview):
        actions.record_review(
            actor=lead, key="limits.florida-care-coordination.danger", language="es", qualification="q"
        )
    with pytest.raises(actions.NothingToReview):
        actions.record_review(actor=lead, key=KEY, language="es", qualification="q", seen="0" * 64)
    with pytest.raises(actions.NothingToReview):
        actions.record_review(actor=lead, key=KEY, language="en", qualification="q")
    change(monkeypatch, KEY, "en", text="We keep less.")
    with pytest.raises(actions.NothingToReview):
        actions.record_review(actor=lead, key=KEY, language="es", qualification="q")


# -- the texts themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_every_translation_belongs_to_a_text_and_is_up_to_date(language: str) -> None:
    for key, text in content._translations(language).items():
        assert text.made_from == content.source_of(key).hash, key
        assert bool(text.title) == bool(content.source_of(key).title), key
        assert set(re.findall(r"\{\w+\}", text.text)) == set(re.findall(r"\{\w+\}", content.source_of(key).text)), key


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_the_houses_own_texts_and_louisianas_rights_and_limits_have_a_draft_in_each_language(language: str) -> None:
    wanted = [key for key in content.every_key() if key.startswith(("notice", "consent", "crisis", "interpreter"))]
    wanted += [key for key in content.every_key() if key.startswith(("rights.louisiana-csoc", "limits.louisiana-csoc"))]
    assert [key for key in wanted if content.status(key, language) == Status.MISSING] == []


def test_every_text_of_ours_names_its_source() -> None:
    assert [key for key in content.every_key() if not content.source_of(key).source] == []


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_only_crisis_words_and_the_offer_of_an_interpreter_show_without_review_and_they_say_who_says_so(
    language: str,
) -> None:
    always = {key: text for key, text in content._translations(language).items() if text.is_always}
    assert set(always) <= {"crisis.reach_988", "interpreter.free", "interpreter.free_by_phone"}
    assert all(text.source for text in always.values())


@pytest.mark.parametrize("language", ["es", "vi", "ar"])
def test_numbers_are_the_same_in_every_language(language: str) -> None:
    for key, text in content._translations(language).items():
        numbers = set(re.findall(r"\d[\d-]*\d", content.source_of(key).text))
        assert numbers <= set(re.findall(r"\d[\d-]*\d", text.text)), key


def test_no_reading_grade_above_six() -> None:
    """Flesch-Kincaid with a plain count of vowel groups, over each text of ours."""
    for key in content.every_key():
        if key.startswith(("notice", "consent", "crisis", "interpreter")):
            assert _grade(content.source_of(key).text) <= 6, key


def _grade(text: str) -> float:
    sentences = [part for part in re.split(r"[.!?:]\s", text + " ") if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le")))


def test_the_sentence_of_a_rule_is_a_text_like_others_and_an_earlier_one_stays_as_it_was() -> None:
    rule = profiles()["louisiana-csoc"].clocks[0]
    assert content.rule_sentence(rule.plain, "en").text == rule.plain
    shown = content.rule_sentence(rule.plain, "es")
    assert (shown.text, shown.language, shown.is_fallback) == (rule.plain, "en", True)
    before = content.rule_sentence("We answer within 31 days.", "es")
    assert (before.text, before.language) == ("We answer within 31 days.", "en")
