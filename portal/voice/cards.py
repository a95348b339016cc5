"""The picture cards: what a child can pick, each with a picture and a word, and the sentence that comes of it. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST = 8


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    icon: str
    word: _StrPromise
    sentence: _StrPromise
    is_unsafe: bool = False  # somebody looks after it at once


@dataclass(frozen=True, slots=True)
class Pile:
    name: _StrPromise
    cards: tuple[Card, ...]


PILES: tuple[Pile, ...] = (
    Pile(
        _("I feel"),
        (
            Card("happy", "happy", _("Happy"), _("I feel happy.")),
            Card("sad", "sad", _("Sad"), _("I feel sad.")),
            Card("angry", "angry", _("Angry"), _("I feel angry.")),
            Card("scared", "scared", _("Scared"), _("I feel scared."), is_unsafe=True),
            Card("tired", "tired", _("Tired"), _("I feel tired.")),
            Card("alone", "alone", _("Alone"), _("I feel alone.")),
        ),
    ),
    Pile(
        _("With"),
        (
            Card("family", "people", _("My family"), _("It is about my family.")),
            Card("friends", "pair", _("My friends"), _("It is about my friends.")),
            Card("teacher", "teacher", _("My teacher"), _("It is about my teacher.")),
            Card("helpers", "safety", _("My helpers"), _("It is about the people who help me.")),
        ),
    ),
    Pile(
        _("Where"),
        (
            Card("home", "home", _("At home"), _("It is at home.")),
            Card("school", "school", _("At school"), _("It is at school.")),
            Card("outside", "outside", _("Outside"), _("It is outside.")),
            Card("meeting", "cases", _("At the meeting"), _("It is at the meeting.")),
        ),
    ),
    Pile(
        _("I want"),
        (
            Card("more", "more", _("More of it"), _("I want more of it.")),
            Card("less", "less", _("Less of it"), _("I want less of it.")),
            Card("stop", "stop", _("It should stop"), _("I want it to stop.")),
            Card("help", "help", _("Someone to help me"), _("I want someone to help me.")),
            Card("talk", "messages", _("To talk about it"), _("I want to talk about it.")),
            Card("play", "play", _("More time to play"), _("I want more time to play.")),
        ),
    ),
)
CARDS: dict[str, Card] = {card.id: card for pile in PILES for card in pile.cards}


def picked(ids: Iterable[str]) -> list[Card]:
    """In the order of the piles, so that the sentence reads well; each once."""
    wanted = set(ids)
    return [card for card in CARDS.values() if card.id in wanted]


def sentence(cards: Iterable[Card]) -> str:
    return " ".join(str(card.sentence) for card in cards)
