"""What the family says about ending: the newest word of each of them, wherever they said it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from portal.access import enrollment as access
from portal.enrollment.models import Position

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.enrollment.models import Enrollment


@dataclass(frozen=True, slots=True)
class Word:
    person: Person
    agrees: bool
    text: str
    at: dt.datetime
    is_own: bool  # written by them, not by staff


def words_of(enrollment: Enrollment) -> list[Word]:
    """Said to the team or in the agencies' round. A word outlives what was taken back: only a newer one replaces it."""
    told = [
        Word(one.person, one.family_agrees, one.family_words, one.recorded_at, one.is_own_word)
        for one in enrollment.recommendations.select_related("person").order_by("pk")
    ]
    said = [
        Word(one.person, one.stance != Position.Stance.NOT_AGREE, one.reason, one.recorded_at, one.is_own_word)
        for one in Position.objects.filter(decision__enrollment=enrollment).select_related("person").order_by("pk")
        if one.person is not None
    ]
    newest = {word.person.pk: word for word in sorted(_in_turn(told) + _in_turn(said), key=lambda word: word.at)}
    return sorted(newest.values(), key=lambda word: word.at)


def _in_turn(words: list[Word]) -> list[Word]:
    """As they were written down: a machine whose time was set back does not make an older word the newer one."""
    latest = list(accumulate((word.at for word in words), max))
    return [replace(word, at=at) for word, at in zip(words, latest, strict=True)]


def against(enrollment: Enrollment) -> list[Word]:
    """Whose "no" holds it: one is enough. Whoever may not say anything about the case any more holds it no longer."""
    return [word for word in words_of(enrollment) if not word.agrees and access.may_speak(word.person, enrollment)]
