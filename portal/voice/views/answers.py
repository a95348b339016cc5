"""Answers owed: what families wait for, the longest first; giving an answer; and how many are kept in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import small_counts
from portal.access import owed_answers
from portal.access import statements as access
from portal.views import person_of, posted, show_or_post
from portal.voice import ledger
from portal.voice.actions import statements as actions
from portal.voice.forms.answers import ANSWERED, DECLINED, IN_PLAN, NOT_NOW, AnswerForm
from portal.voice.statement_refusals import VoiceRefusal
from portal.voice.views.statements import number_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.care.models import Item
    from portal.programs.models import Program
    from portal.voice.models import Statement

A_QUARTER = dt.timedelta(days=91)
MOST_LETTERS = 90  # of a thing of the plan in a list


@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """For who answers: their families. For who leads the program: numbers alone, and whether somebody is there to answer."""
    person = person_of(request)
    if not owed_answers.may_have_answers(person):
        raise Http404
    context = _waiting(request, person) | {
        "programs": [_program_line(program) for program in owed_answers.led_programs(person)],
        "is_peer": owed_answers.hears_alone(person),
    }
    return render(request, "voice/answer_list.html", context)


def _waiting(request: HttpRequest, person: Person) -> dict[str, Any]:
    if not owed_answers.answers_families(person):
        return {"answers": False}
    show, family = request.GET.get("show", ""), request.GET.get("family", "")
    families = owed_answers.families_heard(person)
    rows = owed_answers.statements_to_answer(person)
    of_family = next((one for one in families if str(one.public_id) == family), None)
    if of_family is not None:
        rows = rows.filter(family=of_family)
    waiting, late = owed_answers.count_owed(rows)
    if show == "late":
        rows = rows.filter(state="heard", due_at__lt=timezone.now())
    elif show == "done":
        rows = rows.exclude(state="heard").order_by("-said_at", "-pk")
    else:
        rows = rows.filter(state="heard")
    page = number_of(request.GET.get("page"))
    first = (page - 1) * ledger.PAGE
    found = list(rows[first : first + ledger.PAGE + 1])
    shown = found[: ledger.PAGE]
    actions.note_list_read(actor=person, families={one.family_id: one.family for one in shown}.values())
    return {
        "answers": True,
        "groups": ledger.grouped(ledger.rows_of(person, shown)),
        "waiting": waiting,
        "late": late,
        "show": show if show in {"late", "done"} else "",
        "families": families,
        "family": of_family,
        "page": page,
        "has_more": len(found) > ledger.PAGE,
        "share": _share(owed_answers.statements_to_answer(person), _least(families)),
    }


def _least(families: list[Any]) -> int:
    return max((one.program.profile.settings.small_cell_minimum.value for one in families), default=1)


def _share(statements: Any, least: int) -> dict[str, Any]:
    """How many answers came in time in the last quarter; small numbers, or one from which a small one follows, stay out."""
    kept, late = owed_answers.kept_and_late(statements, timezone.now() - A_QUARTER)
    shown = small_counts.protect({"": (kept, late)}, least).total
    if shown is None or not kept + late:
        return {"is_hidden": bool(kept + late), "total": 0}
    return {"is_hidden": False, "kept": kept, "total": kept + late, "percent": round(100 * kept / (kept + late))}


def _program_line(program: Program) -> dict[str, Any]:
    """What waits where nobody is there to answer: that it does is always said, how many only where no one can be told by it."""
    least = program.profile.settings.small_cell_minimum.value
    nobody = owed_answers.without_anybody(program).count()
    return {
        "program": program,
        "nobody": nobody if nobody >= least else None,
        "has_nobody": bool(nobody),
        "share": _share(owed_answers.of_program(program), least),
    }


@show_or_post
def answer_give(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _to_answer(person, statement_id)
    role = owed_answers.answering_role(person, statement)
    if role is None:
        raise Http404
    items = owed_answers.items_to_link(person, statement)
    form = AnswerForm(
        posted(request),
        places=[(str(one.public_id), _place(one)) for one in items],
        asks_how=not owed_answers.reads_language([role], statement.language),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _give(person, statement, form.cleaned_data, items)
        except VoiceRefusal as refusal:
            form.refuse(refusal.field if refusal.field in form.fields else "outcome", refusal.message)
        else:
            messages.success(request, _("They read it now, and can say whether it was an answer."))
            return redirect("answer_list")
    (row,) = ledger.rows_of(person, [statement])
    readers = owed_answers.answering(statement)
    context = {
        "form": form,
        "row": row,
        "statement": statement,
        "nobody_reads": not owed_answers.reads_language(readers, statement.language),
        "deciders": access.deciders(statement),
        "names_deciders": access.may_know_names(person, statement),
    }
    return render(request, "voice/answer_give.html", context, status=422 if form.is_bound else 200)


def _place(item: Item) -> str:
    """A thing of the plan as a choice: what it is, and its first words."""
    data = item.data
    text = str(data.get("text") or data.get("name") or "")
    return f"{item.kind}: {text[:MOST_LETTERS]}" if text else item.kind


def _give(person: Person, statement: Statement, told: dict[str, Any], items: list[Item]) -> None:
    answer = actions.Answer(words=told["words"], understood=told.get("understood", ""))
    outcome = told["outcome"]
    if outcome == IN_PLAN:
        item = next(one for one in items if str(one.public_id) == told["item"])
        actions.put_in_plan(actor=person, statement=statement, answer=answer, item=item)
    elif outcome == ANSWERED:
        actions.answer_statement(actor=person, statement=statement, answer=answer)
    elif outcome == NOT_NOW:
        actions.say_not_now(actor=person, statement=statement, answer=answer, back_on=told["back_on"])
    elif outcome == DECLINED:
        actions.decline(actor=person, statement=statement, answer=answer)


@require_POST
def answer_interpreter(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _to_answer(person, statement_id)
    actions.ask_interpreter(actor=person, statement=statement)
    messages.success(request, _("Written down. They see that you asked for an interpreter or a translation."))
    return redirect("answer_give", statement.public_id)


def _to_answer(person: Person, statement_id: UUID) -> Statement:
    rows = owed_answers.statements_to_answer(person).exclude(state="taken_back")
    return get_object_or_404(rows, public_id=statement_id)
