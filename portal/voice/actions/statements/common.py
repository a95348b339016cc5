"""What every action on a statement shares: the row as it is now, the step that is written down, its date, and whom it tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.access import owed_answers
from portal.access import statements as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import give_to_role, hold, record_happening, set_aside
from portal.clocks.models import Matter
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event
from portal.voice.models import Statement, StatementStep
from portal.voice.models.statements import SUBJECT
from portal.voice.statement_refusals import VoiceRefusal

State = Statement.State
Kind = StatementStep.Kind


def locked(statement: Statement) -> Statement:
    """The row as it is now, held to the end. The family is held first, as by all that moves clocks: no two wait for each other."""
    hold(statement.family.program, statement.family)
    held = Statement.objects.select_for_update(of=("self",), no_key=True).select_related(*access.WITH)
    return held.get(pk=statement.pk)


def go(statement: Statement, to: Statement.State, *, back_on: dt.date | None = None) -> None:
    """Take it to that state. Raises VoiceRefusal where no way leads there."""
    if to not in Statement.NEXT[State(statement.state)]:
        raise VoiceRefusal("moved")
    statement.state, statement.back_on = to, back_on
    statement.save(update_fields=["state", "back_on", "turn", "is_answer", "due_at"])


def step(
    statement: Statement,
    kind: StatementStep.Kind,
    *,
    at: dt.datetime | None = None,
    by: Person | None = None,
    words: str = "",
    **fields: Any,
) -> StatementStep:
    """Write down one thing that happened, in the state the statement is in now. `fields`: more of the row, such as `item`."""
    made = StatementStep(
        statement=statement, kind=kind, state=statement.state, at=at or timezone.now(), by=by, **fields
    )
    made.words = words
    made.save()
    return made


def note(actor: Person | None, statement: Statement, verb: Entry.Verb = Entry.Verb.CHANGED) -> None:
    """Into the record: never with the family's id, since others of it read what is recorded about the family."""
    record(actor=actor, verb=verb, subject=SUBJECT, subject_id=statement.public_id, state=statement.state)


# -- dates -------------------------------------------------------------------------------------------------------------------


def start_waiting(statement: Statement, at: dt.datetime) -> None:
    """An answer is owed from then on, by whoever is counted on; answers of before keep nothing of that."""
    statement.owed_by = owed_answers.counted_on(statement)
    if statement.turn > 1:
        set_aside(
            subject=SUBJECT,
            subject_id=str(statement.public_id),
            event=Event.STATEMENT_ANSWERED,
            turn=statement.turn - 1,
        )
    clocks = record_happening(
        actor=None,
        program=statement.family.program,
        event=Event.STATEMENT_MADE,
        at=at,
        key=f"statement:{statement.public_id}:{statement.turn}",
        matter=_matter(statement, statement.owed_by),
    )
    statement.due_at = next((clock.due_at for clock in clocks), None)
    Statement.objects.filter(pk=statement.pk).update(due_at=statement.due_at, owed_by=statement.owed_by)


def stop_waiting(statement: Statement) -> None:
    """It was answered: what was owed is kept, in time or late."""
    record_happening(
        actor=None,
        program=statement.family.program,
        event=Event.STATEMENT_ANSWERED,
        at=timezone.now(),
        key=f"statement-answered:{statement.public_id}:{statement.turn}",
        matter=_matter(statement, None),
    )


def hand_on(statement: Statement) -> bool:
    """Whoever is counted on now has it; whether that is somebody else than before."""
    role = owed_answers.counted_on(statement)
    if role is None or role.pk == statement.owed_by_id:
        return False
    statement.owed_by = role
    statement.save(update_fields=["owed_by"])
    give_to_role(actor=None, subject=SUBJECT, subject_id=str(statement.public_id), role=role)
    return True


def _matter(statement: Statement, responsible: StaffRole | None) -> Matter:
    return Matter(
        family=statement.family,
        subject=SUBJECT,
        subject_id=str(statement.public_id),
        matter_of=statement.author.person,
        responsible=responsible,
    )


# -- who is told -------------------------------------------------------------------------------------------------------------


def tell_staff(statement: Statement) -> None:
    """That this family waits: once while it is unread, however much was said, so that anger is heard and nobody is flooded."""
    for person in owed_answers.told_of(statement):
        notices.notify(
            person=person, kind=Notice.Kind.ANSWER_OWED, path=reverse("answer_list"), about=about_family(statement)
        )


def tell_author(statement: Statement) -> None:
    """News about it: who said it, or on whose phone a child did. Once while it is unread."""
    person = access.author_told(statement)
    if person is None:
        return
    path = reverse("say_show", args=[statement.public_id])
    notices.notify(person=person, kind=Notice.Kind.VOICE, path=path, about=statement.told_as)


def about_family(statement: Statement) -> str:
    """The notice of one family; of what was said to one alone, of that one, so that nothing tells of the other."""
    if statement.audience == Statement.Audience.ONE:
        return f"answers:alone:{statement.family.public_id}"
    return f"answers:{statement.family.public_id}"
