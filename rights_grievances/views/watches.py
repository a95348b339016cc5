"""Looking after a family that complained: the reviewer's pages, and the question to the family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import watches as access
from portal.notices.actions import mark_read
from portal.views import person_of, posted, show_or_post
from rights_grievances import actions
from rights_grievances.forms.watches import CloseForm, WordForm
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django import forms

    from rights_grievances.models import Watch


@require_safe
def watch_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not access.may_have_watches(person):
        raise Http404
    return render(request, "rights_grievances/watch_list.html", {"watches": access.visible_watches(person)})


@require_safe
def watch_show(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    watch = _mine(request, watch_id)
    if request.method == "GET":
        mark_read(person=person_of(request), about=watch.told_as)
    return _page(request, watch)


@require_POST
def watch_ask(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    watch = _mine(request, watch_id)
    try:
        actions.ask_family(actor=person_of(request), watch=watch)
    except CaseRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The family is asked on their own page."))
    return redirect(watch)


@require_POST
def watch_note(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """What the family said by phone or face to face."""
    watch = _mine(request, watch_id)
    form = WordForm(watch, request.POST)
    if _tried(form, lambda said: actions.note_word(actor=person_of(request), watch=watch, **_word(said))):
        messages.success(request, _("Written down."))
        return redirect(watch)
    return _page(request, watch, note=form)


@require_POST
def watch_close(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    watch = _mine(request, watch_id)
    form = CloseForm(watch, request.POST)
    if _tried(form, lambda said: actions.close_watch(actor=person_of(request), watch=watch, **said)):
        messages.success(request, _("Closed. The family can read what came out of it."))
        return redirect(watch)
    return _page(request, watch, close=form)


@show_or_post
def watch_answer(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """The question to the family, what they said so far, and at the end what came out of it."""
    person = person_of(request)
    watch = get_object_or_404(access.own_watches(person), public_id=watch_id)
    form = WordForm(watch, posted(request))
    if request.method == "GET":
        mark_read(person=person, about=watch.asked_as)
    elif form.is_bound and _tried(form, lambda said: actions.answer_watch(actor=person, watch=watch, **_word(said))):
        messages.success(request, _("Thank you. Only who looks into this reads it."))
        return redirect("watch_answer", watch.public_id)
    context = {
        "watch": watch,
        "form": form if watch.is_open else None,
        "said": access.words_of(person, watch),
        "outside": access.outside_of(watch),
    }
    return render(request, "rights_grievances/watch_answer.html", context, status=422 if form.is_bound else 200)


def _mine(request: HttpRequest, watch_id: UUID) -> Watch:
    return get_object_or_404(access.visible_watches(person_of(request)), public_id=watch_id)


def _word(said: dict[str, Any]) -> dict[str, Any]:
    return {"answer": said.get("answer", ""), "words": said["words"]}


def _tried(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether it was in order and is done; a refusal stands beside the field it is about."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except CaseRefusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return False
    return True


def _page(
    request: HttpRequest, watch: Watch, *, note: forms.Form | None = None, close: forms.Form | None = None
) -> HttpResponse:
    context = {
        "watch": watch,
        "worker": access.changed_worker(watch),
        "said": access.words_to(watch),
        "can_be_asked": bool(access.asked_of(watch)),
        "note": note or WordForm(watch, auto_id="note_%s"),
        "close": close or CloseForm(watch, auto_id="close_%s"),
    }
    wrong = note or close
    return render(request, "rights_grievances/watch_show.html", context, status=422 if wrong is not None else 200)
