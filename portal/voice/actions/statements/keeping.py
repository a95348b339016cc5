"""What follows a day by itself: a "not now" whose day came, who is counted on, what was not looked at, what was never sent."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.access import owed_answers
from portal.access import statements as access
from portal.one_by_one import one_by_one
from portal.voice.actions.danger import look_for_danger
from portal.voice.actions.statements.common import Kind, State, hand_on, locked, step, tell_author, tell_staff
from portal.voice.actions.statements.saying import wait_again
from portal.voice.models import Statement, StatementFile

AT_ONCE = 200
ALONE_FOR = dt.timedelta(days=1)  # a voice note whose form was never sent


def keep_statements() -> int:
    """What the worker calls; how many it did something about."""
    return (
        one_by_one(_due_back(), _bring_back, "A “not now” could not be looked at again")
        + one_by_one(
            list(owed_answers.astray().order_by("pk")[:AT_ONCE]), _hand_over, "An answer could not be given to somebody"
        )
        + one_by_one(
            list(owed_answers.left_alone().order_by("pk")[:AT_ONCE]), _say_left_alone, "A leaving could not be told"
        )
        + one_by_one(_unscreened(), _look_again, "What was said could not be screened")
        + _remove_unsent()
    )


def _due_back() -> list[Statement]:
    """The latest day on earth is enough to look; whether it has come where the family lives is asked once more."""
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    rows = Statement.objects.filter(state=State.NOT_NOW, back_on__lte=tomorrow).select_related("family__program")
    return [one for one in rows.order_by("back_on", "pk")[:AT_ONCE] if one.back_on <= one.family.program.today()]  # type: ignore[operator]


@transaction.atomic
def _bring_back(statement: Statement) -> bool:
    row = locked(statement)
    if row.state != State.NOT_NOW or row.back_on != statement.back_on:
        return False
    wait_again(row, Kind.CAME_BACK, None, is_answer=None)
    tell_author(row)
    return True


@transaction.atomic
def _hand_over(statement: Statement) -> bool:
    row = locked(statement)
    if not row.waits or not hand_on(row):
        return False
    tell_staff(row)
    return True


@transaction.atomic
def _say_left_alone(statement: Statement) -> bool:
    """Nobody else is given what was said to one person: who said it is told, and may open it to others."""
    row = locked(statement)
    if not row.waits or not access.is_left_alone(row):
        return False
    step(row, Kind.LEFT_ALONE)
    tell_author(row)
    return True


def _unscreened() -> list[Statement]:
    rows = Statement.objects.filter(screened_at=None).exclude(state=State.TAKEN_BACK)
    return list(rows.select_related("author__person", "author__family__program").order_by("pk")[:AT_ONCE])


@transaction.atomic
def _look_again(statement: Statement) -> bool:
    """A card that says somebody is not safe is no word of danger, and is a worry all the same."""
    is_unsafe = statement.way == Statement.Way.CARDS and statement.is_hard
    look_for_danger(statement, statement.author, access.whole_text(statement), statement.language, is_unsafe=is_unsafe)
    return statement.screened_at is not None


@transaction.atomic
def _remove_unsent() -> int:
    old = StatementFile.objects.filter(statement=None, added_at__lt=timezone.now() - ALONE_FOR)
    return old.delete()[0]
