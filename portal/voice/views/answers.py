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
from portal.care.kinds import KINDS
from portal.home.context import frame_of
from portal.programs.registry import profiles
from portal.views import person_of, posted, show_or_post
from portal.voice import ledger
from portal.voice.actions import statements as actions
from portal.voice.forms.answers import ANSWERED, DECLINED, IN_PLAN, NOT_NOW, AnswerForm
from portal.voice.statement_refusals import VoiceRefusal
from portal.voice.views.statements import number_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.access.owed_answers import Heard
    from portal.accounts.models import Person
    from portal.programs.models import Program
    from portal.voice.models import Statement

Places = dict[str, tuple[str, dict[str, Any]]]

A_QUARTER = dt.timedelta(days=91)
LEAST = 11  # as every programme has it (settings.small_cell_minimum), where no family says whose
MOST_LETTERS = 90  # of a thing of the plan in a list


@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """For who answers: their families. For who leads the program: numbers alone, and whether somebody is there to answer."""
    person, roles = person_of(request), frame_of(request).roles
    answers, led = owed_answers.answers_families(roles), owed_answers.leads(roles)
    if not answers and not led:
        raise Http404
    context = {"answers": answers, "programs": [_program_line(program) for program in led]}
    if answers:
        context |= _waiting(request, person) | {"is_peer": owed_answers.hears_alone(roles)}
    return render(request, "voice/answer_list.html", context)


def _waiting(request: HttpRequest, person: Person) -> dict[str, Any]:
    show, wanted = request.GET.get("show", ""), request.GET.get("family", "")
    families = owed_answers.families_heard(person)
    every = owed_answers.statements_to_answer(person)
    family = next((one for one in families if str(one.public_id) == wanted), None)
    rows = every.filter(family__public_id=family.public_id) if family is not None else every
    page = number_of(request.GET.get("page"))
    first = (page - 1) * ledger.PAGE
    found = list(_chosen(rows, show)[first : first + ledger.PAGE + 1])
    actions.note_list_read(actor=person)
    return {
        "groups": ledger.grouped(ledger.rows_of(person, found[: ledger.PAGE])),
        "waiting": sum(one.waiting for one in families),
        "late": sum(one.late for one in families),
        "show": show if show in {"late", "done"} else "",
        "families": families,
        "family": family,
        "number": page,
        "has_more": len(found) > ledger.PAGE,
        "share": _share(every, sum(one.late_open for one in families), _least(families)),
    }


def _chosen(rows: QuerySet[Statement], show: str) -> QuerySet[Statement]:
    if show == "done":
        return rows.exclude(state="heard").order_by("-said_at", "-pk")
    heard = rows.filter(state="heard")
    return heard.filter(due_at__lt=timezone.now()) if show == "late" else heard


def _least(families: list[Heard]) -> int:
    return max((profiles()[one.program].settings.small_cell_minimum.value for one in families), default=LEAST)


def _share(statements: QuerySet[Statement], waiting: int, least: int) -> dict[str, Any]:
    """How many answers came in time in the last quarter; small numbers, or one from which a small one follows, stay out."""
    kept, late = owed_answers.kept_and_late(statements, timezone.now() - A_QUARTER, waiting)
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
        "share": _share(owed_answers.of_program(program), owed_answers.late_in(program), least),
    }


@show_or_post
def answer_give(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _to_answer(person, statement_id)
    readers = owed_answers.answering(statement)
    role = next((one for one in readers if one.person_id == person.pk), None)
    if role is None:
        raise Http404
    places = _places(person, statement)
    form = AnswerForm(
        posted(request),
        places=[(value, line) for value, (line, _where) in places.items()],
        asks_how=not owed_answers.reads_language([role], statement.language),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _give(person, statement, form.cleaned_data, places)
        except VoiceRefusal as refusal:
            form.refuse(refusal.field if refusal.field in form.fields else "outcome", refusal.message)
        else:
            messages.success(request, _("They read it now, and can say whether it was an answer."))
            return redirect("answer_list")
    (row,) = ledger.rows_of(person, [statement])
    deciders = access.deciders(statement)
    context = {
        "form": form,
        "row": row,
        "statement": statement,
        "nobody_reads": not owed_answers.reads_language(readers, statement.language),
        "deciders": deciders,
        "names_deciders": bool(deciders) and access.may_know_names(person, statement),
    }
    return render(request, "voice/answer_give.html", context, status=422 if form.is_bound else 200)


def _places(person: Person, statement: Statement) -> Places:
    """Where in the plan it can be, by the value of the choice: each thing by its kind and first words, and the whole."""
    places: Places = {}
    items, plans = owed_answers.places_to_link(person, statement)
    for item in items:
        kind, text = str(KINDS[item.kind].label).capitalize(), ledger.title_of(item)[:MOST_LETTERS]
        line = _("%(kind)s: %(text)s") % {"kind": kind, "text": text} if text else kind
        places[str(item.public_id)] = line, {"item": item}
    for plan in plans:
        name = plan.youth.person.first_name
        line = _("The whole plan for %(name)s, as it stands now") % {"name": name}
        places[f"whole-{plan.public_id}"] = line, {"plan": plan}
    return places


def _give(person: Person, statement: Statement, told: dict[str, Any], places: Places) -> None:
    answer = actions.Answer(words=told["words"], understood=told.get("understood", ""))
    outcome = told["outcome"]
    if outcome == IN_PLAN:
        _line, where = places[told["item"]]
        actions.put_in_plan(actor=person, statement=statement, answer=answer, **where)
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
