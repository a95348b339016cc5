"""My say: what somebody said and what came of it, and what only who said it can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import owed_answers
from portal.access import statements as access
from portal.media.views import POLICY
from portal.views import person_of, posted, show_or_post
from portal.voice import ledger, who_sees
from portal.voice.actions import statements as actions
from portal.voice.forms.statements import TextForm, WidenForm
from portal.voice.statement_refusals import VoiceRefusal
from portal.voice.views.saying import to_whom

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.voice.models import Statement, StatementStep

SHOWN = {
    "waiting": ["heard"],
    "plan": ["in_plan"],
    "answered": ["answered"],
    "not_done": ["not_now", "declined"],
}


# -- the ledger --------------------------------------------------------------------------------------------------------------


@require_safe
def say_list(request: HttpRequest) -> HttpResponse:
    """All of it, the newest first, a page at a time, with how many stand where."""
    person = person_of(request)
    if not access.own_places(person):
        raise Http404
    every = access.family_statements(person)
    counts = access.count_by_state(every)
    show = request.GET.get("show", "")
    states = SHOWN.get(show)
    page = number_of(request.GET.get("page"))
    first = (page - 1) * ledger.PAGE
    found = list((every.filter(state__in=states) if states else every)[first : first + ledger.PAGE + 1])
    rows = ledger.rows_of(person, found[: ledger.PAGE])
    context = {
        "groups": ledger.grouped(rows),
        "tally": _tally(counts),
        "total": sum(counts.values()),
        "show": show if states else "",
        "number": page,
        "has_more": len(found) > ledger.PAGE,
        "children": access.children_with_cards(person),
    }
    return render(request, "voice/say_list.html", context)


def _tally(counts: dict[str, int]) -> list[tuple[str, int, Any]]:
    words = {
        "plan": _("in the plan"),
        "answered": _("answered"),
        "waiting": _("waiting for an answer"),
        "not_done": _("not done, with a reason"),
    }
    return [(show, sum(counts.get(state, 0) for state in SHOWN[show]), word) for show, word in words.items()]


def number_of(text: str | None) -> int:
    """The page of a list; anything else is the first."""
    return min(max(int(text), 1), 1_000) if text is not None and text.isdecimal() and len(text) < 6 else 1


@require_safe
def say_show(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _visible(person, statement_id)
    (row,) = ledger.rows_of(person, [statement])
    if row.is_own or statement.through_id == person.pk:
        actions.note_news_read(actor=person, statement=statement)
    may_answer = not row.is_own and owed_answers.may_answer(person, statement)
    readers = owed_answers.answering(statement)
    deciders = [] if row.has_left else access.deciders(statement)
    item = access.item_shown(person, statement.item) if row.reads else None
    context = {
        "row": row,
        "statement": statement,
        "steps": [_step(person, one) for one in row.steps],
        "item": item,
        "item_title": ledger.title_of(item),
        "may_answer": may_answer,
        "readers": [role.person.display_name for role in readers],
        "nobody_reads": bool(readers) and not owed_answers.reads_language(readers, statement.language),
        "deciders": deciders,
        "names_deciders": bool(deciders) and access.may_know_names(person, statement),
        "is_left_alone": _is_left_alone(row),
        "may_widen": access.may_widen(person, statement),
        "may_judge": access.may_judge(person, statement),
        "may_take_back": access.may_take_back(person, statement),
        "may_write_down": row.voice is not None and row.transcript is None and row.reads and (row.is_own or may_answer),
        "is_hard": row.is_own and statement.is_hard,
    }
    return render(request, "voice/say_show.html", context)


def _is_left_alone(row: ledger.Row) -> bool:
    statement = row.statement
    return row.is_own and statement.state == "heard" and not row.has_left and access.is_left_alone(statement)


def _step(person: Person, step: StatementStep) -> dict[str, Any]:
    """One thing that happened; where it is in the plan only for who reads it there."""
    item = access.item_shown(person, step.item)
    version = access.version_shown(person, step.version)
    return {"step": step, "item": item, "title": ledger.title_of(item), "version": version}


@require_safe
def say_voice(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """The voice note itself, to who may read its words."""
    person = person_of(request)
    file = access.voice_of(person, _visible(person, statement_id))
    if file is None:
        raise Http404
    response = HttpResponse(file.file, content_type="audio/mp4")
    response.headers["Content-Disposition"] = 'inline; filename="voice.m4a"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    return response


# -- afterward -----------------------------------------------------------------------------------------------------------------


@show_or_post
def say_widen(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _own(person, statement_id)
    if not access.may_widen(person, statement):
        raise Http404
    to, _alone = to_whom(statement.author)
    form = WidenForm(posted(request), to=[one for one in to if one[0] in access.wider(statement)])
    if request.method == "POST" and form.is_valid():
        try:
            actions.widen(actor=person, statement=statement, audience=form.cleaned_data["audience"])
        except VoiceRefusal as refusal:
            form.refuse("audience", refusal.message)
        else:
            messages.success(request, _("Done. They can read it now. Who could read it before still can."))
            return redirect("say_show", statement.public_id)
    (row,) = ledger.rows_of(person, [statement])
    context = {"form": form, "row": row, "limits": who_sees.limits(is_young=statement.author.role == "youth")}
    return render(request, "voice/say_widen.html", context, status=422 if form.is_bound else 200)


@require_POST
def say_take_back(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    person = person_of(request)
    statement = _own(person, statement_id)
    actions.take_back(actor=person, statement=statement)
    messages.success(request, _("You took it back. Only you can read the words now."))
    return redirect("say_show", statement.public_id)


@require_POST
def say_judge(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Was this an answer? The author alone says so."""
    person = person_of(request)
    statement = _own(person, statement_id)
    was_one = _said_yes(request, "was_one")
    actions.judge_answer(actor=person, statement=statement, was_one=was_one)
    if was_one:
        messages.success(request, _("Thank you. Both sides see that."))
    else:
        messages.success(request, _("Thank you for saying so. It waits for an answer again, with a new date."))
    return redirect("say_show", statement.public_id)


@show_or_post
def say_text(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Write down what a voice note says: who spoke, or somebody who may answer it."""
    person = person_of(request)
    statement = _visible(person, statement_id)
    (row,) = ledger.rows_of(person, [statement])
    if row.voice is None or not row.reads or not (row.is_own or owed_answers.may_answer(person, statement)):
        raise Http404
    form = TextForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_down(actor=person, statement=statement, text=form.cleaned_data["text"])
        except VoiceRefusal as refusal:
            form.refuse("text", refusal.message)
        else:
            if row.is_own:
                messages.success(request, _("Kept with your voice note."))
            else:
                messages.success(request, _("Kept. They are asked whether it is what they said."))
            return redirect("say_show", statement.public_id)
    return render(request, "voice/say_text.html", {"form": form, "row": row}, status=422 if form.is_bound else 200)


@require_POST
def say_text_right(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Is this what you said?"""
    person = person_of(request)
    statement = _own(person, statement_id)
    is_right = _said_yes(request, "is_right")
    actions.say_if_right(actor=person, statement=statement, is_right=is_right)
    if is_right:
        messages.success(request, _("Thank you. Your team reads it with your voice note."))
        return redirect("say_show", statement.public_id)
    messages.success(request, _("All right. You can write down what you said, or leave it: your voice note stands."))
    return redirect("say_show", statement.public_id)


def _said_yes(request: HttpRequest, name: str) -> bool:
    """A no is what somebody said, and not whatever else came in."""
    said = request.POST.get(name)
    if said not in {"yes", "no"}:
        raise Http404
    return said == "yes"


def _visible(person: Person, statement_id: UUID) -> Statement:
    return get_object_or_404(access.visible_statements(person), public_id=statement_id)


def _own(person: Person, statement_id: UUID) -> Statement:
    return get_object_or_404(access.own_statements(person), public_id=statement_id)
