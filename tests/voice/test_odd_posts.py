"""What no page of ours sends: an answer that is not among the buttons, a number without end, words that nobody can see."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from portal.text import says_nothing
from portal.voice import actions as voice
from portal.voice.actions import statements as actions
from portal.voice.models import Position, Ranking, Statement, StatementStep, Transcript
from tests.care.plans import agreed, goal, opened
from tests.voice.deciding import asked_round
from tests.voice.stage import answered, now, said, spoken
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db
UNSEEN = ["\u200b", "\u2060\u200d", "\u202e", "\u2800", "\u3164", " \n\t"]


@pytest.mark.parametrize("form", [{}, {"was_one": "maybe"}, {"was_one": ""}])
def test_what_is_neither_yes_nor_no_is_no_word_about_an_answer(world: World, form: dict[str, str]) -> None:
    statement = answered(world, said(world))
    assert signed_in(None, world.caregiver).post(f"/say/{statement.public_id}/answer/", form).status_code == 404
    assert now(statement).state == "answered"


def test_what_is_neither_yes_nor_no_is_no_word_about_a_text(world: World) -> None:
    statement = spoken(world)
    actions.write_down(actor=world.facilitator, statement=statement, text="He was not asked.")
    assert signed_in(None, world.caregiver).post(f"/say/{statement.public_id}/text/right/", {}).status_code == 404
    assert Transcript.objects.get().is_right is None


@pytest.mark.parametrize("outcome", [{}, {"outcome": ""}, {"outcome": "no"}])
def test_a_round_is_agreed_only_where_that_was_pressed(world: World, outcome: dict[str, str]) -> None:
    one = asked_round(world, opened(world))
    for who in (world.caregiver, world.second_caregiver, world.youth):
        voice.take_position(actor=who, one=one, wording=1, says="agree")
    answer = signed_in(None, world.facilitator).post(f"/rounds/{one.public_id}/close/", {"wording": "1"} | outcome)
    assert answer.status_code == 404
    one.refresh_from_db()
    assert one.is_open


@pytest.mark.parametrize("number", ["0001" + "9" * 5000, "9" * 5000, "-1", "٣", "1e9", "\x00"])
def test_a_place_in_an_order_that_is_no_place_changes_nothing(world: World, number: str) -> None:
    plan = opened(world)
    first, second = (agreed(goal(world, plan, text)) for text in ("Mornings", "Sleep"))
    path = reverse("ranking_show", args=[plan.public_id])
    answer = signed_in(None, world.caregiver).post(path, {str(first.public_id): number})
    assert answer.status_code == 302
    assert Ranking.objects.get().order == [str(first.public_id), str(second.public_id)]


@pytest.mark.parametrize("words", UNSEEN)
def test_words_that_nobody_can_see_are_no_reason_no_answer_and_no_statement(world: World, words: str) -> None:
    statement = said(world)
    browser = signed_in(None, world.facilitator)
    for outcome in ("answered", "declined"):
        form = {"outcome": outcome, "words": words}
        assert browser.post(f"/answers/{statement.public_id}/", form).status_code == 422
    assert now(statement).state == "heard"
    assert StatementStep.objects.count() == 1
    form = {"key": str(uuid4()), "words": words, "about": "other", "audience": "team", "language": "en"}
    assert signed_in(None, world.caregiver).post("/say/new/", form).status_code == 422
    assert Statement.objects.count() == 1
    one = asked_round(world, opened(world))
    objects = {"wording": "1", "says": "object", "words": words}
    assert signed_in(None, world.youth).post(f"/rounds/{one.public_id}/position/", objects).status_code == 422
    assert not Position.objects.exists()


def test_a_picture_or_a_sign_says_something() -> None:
    assert not any(says_nothing(one) for one in ("😢", "👨‍👩‍👧", "!", "不", "\u200fشكرا", "ok"))
    assert says_nothing("")
