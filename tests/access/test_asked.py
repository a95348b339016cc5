"""A prepared question is the queryset it was made from, whoever asks and whenever: the same SQL, and the same values in it."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from portal import access
from portal.access import moment
from portal.access.asked import SOMEBODY, Asked
from portal.accounts.models import Person
from portal.families.models import Member
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = dt.datetime(2027, 3, 3, 12, tzinfo=ZoneInfo("America/Chicago"))
# All our programmes have one day at noon; after midnight in New York it is another one there than in Chicago.
TIMES = {"at noon": NOON, "between two days": dt.datetime(2028, 2, 29, 0, 30, tzinfo=ZoneInfo("America/New_York"))}


def prepared() -> Iterator[tuple[str, Asked[Any]]]:
    for found in pkgutil.iter_modules(access.__path__):
        module = importlib.import_module(f"portal.access.{found.name}")
        for name, value in vars(module).items():
            if isinstance(value, Asked) and not name.startswith("__"):
                yield f"{found.name}.{name}", value


QUESTIONS = dict(prepared())


def test_what_is_asked_most_is_prepared() -> None:
    assert {"care._ONE", "families._IS_BESIDE", "meetings._NOT_BESIDE"} < QUESTIONS.keys()


@pytest.mark.parametrize("when", TIMES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_it_is_the_question_it_was_made_from(
    world: World, name: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, values = QUESTIONS[name], _values(QUESTIONS[name], world)
    for number in range(2):  # whatever was asked before
        now = TIMES[when] + dt.timedelta(days=200 * number)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        made, given = asked._prepared(values)
        assert (made.sql, tuple(made.filled(given))) == _anew(asked, values, now)


def _values(asked: Asked[Any], world: World) -> dict[str, Any]:
    """Of the kind of each stand-in, no two alike."""
    days = (dt.date(2027, 5, number) for number in range(1, 9))
    people, numbers = iter((world.caregiver, world.peer)), iter(range(41, 49))
    kinds: dict[type, Iterator[Any]] = {Person: people, dt.date: days, int: numbers}
    return {name: next(kinds[type(value)]) for name, value in asked.stand_ins.items()}


def _anew(asked: Asked[Any], values: dict[str, Any], now: dt.datetime) -> tuple[str, tuple[Any, ...]]:
    with moment.fixed(moment.at(now)):
        sql, params = asked.make(**values).query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def test_the_clock_itself_may_not_stand_in_one(world: World) -> None:
    late = Asked(lambda person: Member.objects.filter(Member.in_force(timezone.now()), person=person), person=SOMEBODY)
    with pytest.raises(ValueError, match="A time that would stay"):
        late.rows(person=world.caregiver)


def test_it_may_not_hang_on_more_of_a_person_than_who_it_is(world: World) -> None:
    curious = Asked(lambda person: Member.objects.filter(relation=person.language, person=person), person=SOMEBODY)
    with pytest.raises(Person.DoesNotExist):
        curious.rows(person=world.caregiver)


def test_what_it_gives_is_what_the_queryset_gives(world: World) -> None:
    """Rows with all that was selected with them."""
    asked = Asked(_places, person=SOMEBODY)
    for person in (world.caregiver, world.youth, world.peer):
        for one, other in zip(asked.rows(person=person), _places(person), strict=True):
            assert (one, one.person.display_name, one.family.program, one.kept) == (
                other,
                other.person.display_name,
                other.family.program,
                other.kept,
            )
            assert one._state.db == "default"
            assert not one._state.adding


def _places(person: Person) -> Any:
    return (
        Member.objects.filter(person=person).select_related("person", "family__program").annotate(kept=F("joined_at"))
    )
