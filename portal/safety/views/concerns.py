"""The queue of worries and the page of one: without words, until somebody asks to read them and its people see that they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import concerns as access
from portal.safety import actions, board
from portal.safety.forms.concerns import CloseForm, DebriefForm, GiveForm, NoteForm
from portal.safety.views.answers import words

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm
    from portal.safety.models import Concern

show_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def concern_list(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if not access.may_see_queue(person):
        raise Http404
    return render(request, "safety/concern_list.html", board.queue(person))


@require_safe
def concern_show(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    actions.note_seen(actor=_person(request), concern=concern)
    return render(request, "safety/concern_show.html", board.page(_person(request), concern) | {"form": NoteForm()})


@require_POST
def concern_open(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    try:
        if actions.open_concern(actor=_person(request), concern=concern):
            messages.success(request, _("Thank you. You are on it, and nobody else is woken."))
        else:
            messages.info(request, _("Somebody else is on it already."))
    except actions.ClosedAlready:
        messages.info(request, _("Somebody has closed it in the meantime."))
    return redirect("concern_show", concern_id)


@require_POST
def concern_read(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The words themselves, as the answer to this one request: read again is another look, and shown as one."""
    concern = _visible(request, concern_id)
    if not access.may_look(_person(request), concern):
        raise Http404
    shown = actions.read_concern(actor=_person(request), concern=concern)
    return words(request, concern.conversation, shown, back=_page(concern), title=_("What was written"))


@show_or_post
def concern_note(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    form = NoteForm(_posted(request))

    def keep(said: dict[str, Any]) -> str:
        actions.note_done(actor=_person(request), concern=concern, **said)
        return _("Written down.")

    return _asked(request, concern, form, keep, title=_("What was done"), button=_("Write it down"))


@show_or_post
def concern_hand(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern, person = _visible(request, concern_id), _person(request)
    form = GiveForm(_posted(request), roles=access.could_take(concern, besides=person))

    def give(said: dict[str, Any]) -> str:
        actions.hand_concern(actor=person, concern=concern, **said)
        return _("They are told now. If they are not on it soon, we tell the others again.")

    return _asked(request, concern, form, give, title=_("Give it to somebody else"), button=_("Give it to them"))


@show_or_post
def concern_second(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern, person = _visible(request, concern_id), _person(request)
    form = GiveForm(_posted(request), roles=access.could_take(concern, besides=person))

    def ask(said: dict[str, Any]) -> str:
        actions.ask_second(actor=person, concern=concern, **said)
        return _("They are told now, and can see what you see.")

    return _asked(request, concern, form, ask, title=_("Ask a second person"), button=_("Ask them"))


@show_or_post
def concern_close(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    form = CloseForm(_posted(request), people=access.may_be_told_so(concern))

    def close(said: dict[str, Any]) -> str:
        actions.close_concern(actor=_person(request), concern=concern, **said)
        return _("Closed. Thank you for staying with it.")

    return _asked(request, concern, form, close, title=_("Close it"), button=_("Close it"))


# -- what stood out, and how helpers are ---------------------------------------------------------------------------------------


@require_POST
def prompt_read(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    person = _person(request)
    prompt = get_object_or_404(access.visible_prompts(person), public_id=prompt_id)
    shown = actions.look_at_prompt(actor=person, prompt=prompt)
    return words(request, prompt.conversation, shown, back=reverse("concern_list"), title=_("The latest messages"))


@require_POST
def prompt_settle(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    person = _person(request)
    actions.settle_prompt(actor=person, prompt=get_object_or_404(access.visible_prompts(person), public_id=prompt_id))
    return redirect("concern_list")


@show_or_post
def debrief_answer(request: HttpRequest, debrief_id: UUID) -> HttpResponse:
    person = _person(request)
    debrief = get_object_or_404(access.own_debriefs(person), public_id=debrief_id)
    form = DebriefForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        actions.answer_debrief(actor=person, debrief=debrief, **form.cleaned_data)
        messages.success(request, _("Thank you for telling us."))
        return redirect("home_show")
    return render(request, "safety/debrief.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def debrief_talked(request: HttpRequest, debrief_id: UUID) -> HttpResponse:
    person = _person(request)
    debrief = get_object_or_404(access.talks_wished(person), public_id=debrief_id)
    actions.note_talk(actor=person, debrief=debrief)
    return redirect("concern_list")


@require_POST
def repair_read(request: HttpRequest, repair_id: UUID) -> HttpResponse:
    person = _person(request)
    actions.read_repair(actor=person, repair=get_object_or_404(access.own_repairs(person), public_id=repair_id))
    return redirect("home_show")


# -- parts of the above --------------------------------------------------------------------------------------------------


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _visible(request: HttpRequest, concern_id: UUID) -> Concern:
    return get_object_or_404(access.visible_concerns(_person(request), Q(public_id=concern_id)))


def _page(concern: Concern) -> str:
    return reverse("concern_show", args=[concern.public_id])


def _asked(
    request: HttpRequest, concern: Concern, form: PlainForm, act: Callable[[dict[str, Any]], str], *, title: str,
    button: str,
) -> HttpResponse:  # fmt: skip
    """Show the form; posted and in order, do it and go back to the page of the worry."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except actions.ClosedAlready:
            messages.info(request, _("Somebody has closed it in the meantime."))
        return redirect(_page(concern))
    context = {"form": form, "title": title, "button": button, "back": _page(concern)}
    return render(request, "safety/form.html", context, status=422 if form.is_bound else 200)
