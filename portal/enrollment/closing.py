"""What the family says about ending: the newest word of each of them, wherever they said it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
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
        for one in enrollment.recommendations.select_related("person")
    ]
    said = Position.objects.filter(decision__enrollment=enrollment).exclude(person=None).select_related("person")
    for one in said:
        if one.person is not None:
            agrees = one.stance != Position.Stance.NOT_AGREE
            told.append(Word(one.person, agrees, one.reason, one.recorded_at, one.is_own_word))
    newest = {word.person.pk: word for word in sorted(told, key=lambda word: word.at)}
    return sorted(newest.values(), key=lambda word: word.at)


def against(enrollment: Enrollment) -> list[Word]:
    """Whose "no" holds it: one is enough. Whoever may not say anything about the case any more holds it no longer."""
    return [word for word in words_of(enrollment) if not word.agrees and access.may_speak(word.person, enrollment)]
