"""What the team answers: in the plan, in words, not now with a day, or no with a reason. Nobody of staff touches what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from portal.access import granted, owed_answers, require
from portal.accounts.models import Person
from portal.care.models import Item, Plan, Version
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.text import says_nothing
from portal.voice.actions.statements.common import (
    Kind,
    State,
    go,
    locked,
    note,
    step,
    stop_waiting,
    tell_author,
)
from portal.voice.models import Statement
from portal.voice.statement_refusals import VoiceRefusal

FARTHEST = dt.timedelta(days=366)
# By what way somebody understood words in a language they do not read.
INTERPRETER, TRANSLATION, TOLD, MYSELF = "interpreter", "translation", "told", "myself"
UNDERSTOOD = (INTERPRETER, TRANSLATION, TOLD, MYSELF)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the family reads, and by what way it was understood where the language is none of the answerer's."""

    words: str = ""
    understood: str = ""


@transaction.atomic
def put_in_plan(
    *, actor: Person, statement: Statement, answer: Answer, item: Item | None = None, plan: Plan | None = None
) -> None:
    """It is in the plan now: in this goal, step or task, or in this plan as a whole. Raises VoiceRefusal.

    The version of now is kept with it: how the plan stood when it was said to be there.
    """
    statement, role = _taken_up(actor, statement, answer)
    items, plans = owed_answers.places_to_link(actor, statement)
    plan = item.plan if item is not None else plan
    if plan is None:
        raise VoiceRefusal("where", "item")
    require(plan in plans and (item is None or item in items))
    version = plan.versions.order_by("-number").first()
    _settle(actor, role, statement, Kind.IN_PLAN, answer, item=item, version=version)


@transaction.atomic
def answer_statement(*, actor: Person, statement: Statement, answer: Answer) -> None:
    """Raises VoiceRefusal."""
    statement, role = _taken_up(actor, statement, answer)
    if says_nothing(answer.words):
        raise VoiceRefusal("words", "words")
    _settle(actor, role, statement, Kind.ANSWERED, answer)


@transaction.atomic
def say_not_now(*, actor: Person, statement: Statement, answer: Answer, back_on: dt.date | None) -> None:
    """Not now, for a reason; on that day it waits for an answer again, by itself. Raises VoiceRefusal."""
    statement, role = _taken_up(actor, statement, answer)
    if says_nothing(answer.words):
        raise VoiceRefusal("reason", "words")
    today = statement.family.program.today()
    if back_on is None or back_on <= today:
        raise VoiceRefusal("day", "back_on")
    if back_on > today + FARTHEST:
        raise VoiceRefusal("far", "back_on")
    _settle(actor, role, statement, Kind.NOT_NOW, answer, back_on=back_on)


@transaction.atomic
def decline(*, actor: Person, statement: Statement, answer: Answer) -> None:
    """No, for a reason. Raises VoiceRefusal."""
    statement, role = _taken_up(actor, statement, answer)
    if says_nothing(answer.words):
        raise VoiceRefusal("reason", "words")
    _settle(actor, role, statement, Kind.DECLINED, answer)


@transaction.atomic
def ask_interpreter(*, actor: Person, statement: Statement) -> None:
    """Somebody has to put it into words the team reads. Once until it is answered; who said it sees that."""
    statement = locked(statement)
    role = granted(owed_answers.answering_role(actor, statement))
    asked = statement.steps.order_by("-at", "-pk").values_list("kind", flat=True).first()
    if asked == Kind.INTERPRETER:
        return
    step(statement, Kind.INTERPRETER, by=actor, role=role)
    note(actor, statement)
    tell_author(statement)


def note_list_read(*, actor: Person) -> None:
    """They have looked at who waits: what they were told of that is read."""
    told = Notice.objects.filter(person=actor, kind=Notice.Kind.ANSWER_OWED, read_at=None)
    for about in list(told.values_list("about", flat=True)):
        notices.mark_read(person=actor, about=about)


def note_news_read(*, actor: Person, statement: Statement) -> None:
    """Who said it has looked at what came of it."""
    if Notice.objects.filter(person=actor, about=statement.told_as, read_at=None).exists():
        notices.mark_read(person=actor, about=statement.told_as)


def _taken_up(actor: Person, statement: Statement, answer: Answer) -> tuple[Statement, StaffRole]:
    statement = locked(statement)
    role = granted(owed_answers.answering_role(actor, statement))
    if not owed_answers.reads_language([role], statement.language) and answer.understood not in UNDERSTOOD:
        raise VoiceRefusal("understood", "understood")
    return statement, role


def _settle(
    actor: Person,
    role: StaffRole,
    statement: Statement,
    kind: Kind,
    answer: Answer,
    *,
    back_on: dt.date | None = None,
    item: Item | None = None,
    version: Version | None = None,
) -> None:
    waited, due_at = statement.waits, statement.due_at
    statement.is_answer, statement.due_at = None, None
    go(statement, State(kind.value), back_on=back_on)
    step(
        statement,
        kind,
        by=actor,
        role=role,
        words=answer.words.strip(),
        understood=answer.understood,
        back_on=back_on,
        due_at=due_at if waited else None,
        item=item,
        version=version,
    )
    note(actor, statement)
    if waited:
        stop_waiting(statement)
    tell_author(statement)
