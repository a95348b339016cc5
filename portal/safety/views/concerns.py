"""The queue of worries and the page of one: without words, until somebody asks to read them and its people see that they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import concerns as access
from portal.safety import actions, board
from portal.safety.forms.concerns import CloseForm, DebriefForm, GiveForm, NoteForm
from portal.safety.refusals import ClosedAlready
from portal.safety.views.answers import asked, words
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.safety.models import Concern


@require_safe
def concern_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not access.may_see_queue(person):
        raise Http404
    return render(request, "safety/concern_list.html", board.queue(person))


@require_safe
def concern_show(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    actions.note_seen(actor=person_of(request), concern=concern)
    return render(request, "safety/concern_show.html", board.page(person_of(request), concern) | {"form": NoteForm()})


@require_POST
def concern_open(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)
    try:
        if actions.open_concern(actor=person_of(request), concern=concern):
            messages.success(request, _("Thank you. You are on it, and nobody else is woken."))
        else:
            messages.info(request, _("Somebody else is on it already."))
    except ClosedAlready as refusal:
        messages.info(request, refusal.message)
    return redirect("concern_show", concern_id)


@require_POST
def concern_read(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The words themselves, as the answer to this one request: read again is another look, and shown as one."""
    concern = _visible(request, concern_id)
    if not access.may_look(person_of(request), concern):
        raise Http404
    shown = actions.read_concern(actor=person_of(request), concern=concern)
    return words(request, concern.conversation, shown, back=_page(concern), title=_("What was written"))


@show_or_post
def concern_note(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)

    def keep(said: dict[str, Any]) -> str:
        actions.note_done(actor=person_of(request), concern=concern, **said)
        return _("Written down.")

    return asked(
        request,
        NoteForm(posted(request)),
        keep,
        back=_page(concern),
        title=_("What was done"),
        button=_("Write it down"),
    )


@show_or_post
def concern_hand(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    done = _("They are told now. If they are not on it soon, we tell the others again.")
    return _bring(request, concern_id, actions.hand_concern, done, _("Give it to somebody else"), _("Give it to them"))


@show_or_post
def concern_second(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    done = _("They are told now, and can see what you see.")
    return _bring(request, concern_id, actions.ask_second, done, _("Ask a second person"), _("Ask them"))


def _bring(
    request: HttpRequest, concern_id: UUID, act: Callable[..., object], done: str, title: str, button: str
) -> HttpResponse:
    """Somebody else who could take it, by name."""
    concern, person = _visible(request, concern_id), person_of(request)

    def bring(said: dict[str, Any]) -> str:
        act(actor=person, concern=concern, **said)
        return done

    form = GiveForm(posted(request), roles=access.could_take(concern, besides=person))
    return asked(request, form, bring, back=_page(concern), title=title, button=button)


@show_or_post
def concern_close(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    concern = _visible(request, concern_id)

    def close(said: dict[str, Any]) -> str:
        actions.close_concern(actor=person_of(request), concern=concern, **said)
        return _("Closed. Thank you for staying with it.")

    return asked(
        request,
        CloseForm(posted(request), people=access.may_be_told_so(concern)),
        close,
        back=_page(concern),
        title=_("Close it"),
        button=_("Close it"),
    )


# -- what stood out, and how helpers are ---------------------------------------------------------------------------------------


@require_POST
def prompt_read(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    person = person_of(request)
    prompt = get_object_or_404(access.visible_prompts(person), public_id=prompt_id)
    shown = actions.look_at_prompt(actor=person, prompt=prompt)
    return words(request, prompt.conversation, shown, back=reverse("concern_list"), title=_("The latest messages"))


@require_POST
def prompt_settle(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.settle_prompt(actor=person, prompt=get_object_or_404(access.visible_prompts(person), public_id=prompt_id))
    return redirect("concern_list")


@show_or_post
def debrief_answer(request: HttpRequest, debrief_id: UUID) -> HttpResponse:
    person = person_of(request)
    debrief = get_object_or_404(access.own_debriefs(person), public_id=debrief_id)
    form = DebriefForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.answer_debrief(actor=person, debrief=debrief, **form.cleaned_data)
        messages.success(request, _("Thank you for telling us."))
        return redirect("home_show")
    return render(request, "safety/debrief.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def debrief_talked(request: HttpRequest, debrief_id: UUID) -> HttpResponse:
    person = person_of(request)
    debrief = get_object_or_404(access.talks_wished(person), public_id=debrief_id)
    actions.note_talk(actor=person, debrief=debrief)
    return redirect("concern_list")


@require_POST
def repair_read(request: HttpRequest, repair_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.read_repair(actor=person, repair=get_object_or_404(access.own_repairs(person), public_id=repair_id))
    return redirect("home_show")


# -- parts of the above --------------------------------------------------------------------------------------------------


def _visible(request: HttpRequest, concern_id: UUID) -> Concern:
    return get_object_or_404(access.visible_concerns(person_of(request), Q(public_id=concern_id)))


def _page(concern: Concern) -> str:
    return reverse("concern_show", args=[concern.public_id])
