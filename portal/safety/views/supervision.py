"""The pages of who watches over young people's conversations. Words of a conversation are only ever the answer to a POST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import Refused, concerns, legal_looks, ties
from portal.access import supervision as access
from portal.safety import actions, watched
from portal.safety.forms.of_one import OfOneForm
from portal.safety.forms.supervision import (
    ExceptionForm,
    LiftForm,
    ReasonForm,
    SettleForm,
    TieForm,
)
from portal.safety.views.answers import asked, words
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from messaging.history import Shown
    from messaging.models import Conversation


@require_safe
def supervision_list(request: HttpRequest) -> HttpResponse:
    """What this person watches over, and what waits for them there."""
    person = person_of(request)
    if not access.may_watch(person):
        raise Http404
    context = {
        "talks": watched.rows(access.watched_conversations(person)),
        "held": list(access.held_for(person)),
        "ties": list(ties.visible_ties(person)),
        "exceptions": watched.exceptions(person),
        "is_lead": ties.is_lead(person),
    }
    return render(request, "safety/supervision_list.html", context)


@require_safe
def supervision_show(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Everything but the words."""
    conversation = _watched(request, conversation_id)
    return render(request, "safety/supervision_show.html", watched.whole(person_of(request), conversation))


@require_POST
def supervision_look(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    try:
        shown = actions.look_over(actor=person_of(request), conversation=conversation)
    except Refused as error:
        raise Http404 from error
    return _words(request, conversation, shown)


@require_POST
def held_look(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """What an adult wrote and waits, beside what it would say without the detail."""
    person = person_of(request)
    held = get_object_or_404(access.held_for(person), public_id=held_id)
    body, without = actions.look_at_held(actor=person, held=held)
    context = {"held": held, "body": body, "without": without if without != body else "", "kinds": watched.kinds(held)}
    return render(request, "safety/held_show.html", context)


@require_POST
def held_settle(request: HttpRequest, held_id: UUID) -> HttpResponse:
    person = person_of(request)
    held = get_object_or_404(access.seen_held(person), public_id=held_id)
    form = SettleForm(request.POST)
    if held.state != held.State.WAITING:
        messages.info(request, _("Somebody has decided this already."))
    elif form.is_valid():
        what = form.cleaned_data["what"]
        actions.settle_held(actor=person, held=held, goes_on=what != "stop", without_details=what == "without")
        messages.success(request, _("Done. Who wrote it sees what became of it."))
    return redirect("supervision_list")


@show_or_post
def talk_freeze(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    person = person_of(request)
    watched_over = access.watched_conversations(person, Q(public_id=conversation_id)).first()
    conversation = watched_over or get_object_or_404(concerns.stoppable(person), public_id=conversation_id)

    def stop(said: dict[str, Any]) -> str:
        actions.freeze(actor=person, conversation=conversation, reason=said["reason"])
        return _("Stopped. Nobody writes there until you say what came of it.")

    return asked(
        request,
        ReasonForm(posted(request)),
        stop,
        back=_page(conversation) if watched_over else reverse("concern_list"),
        title=_("Stop writing at once"),
        lead=_("Use this when someone may not be safe. Both can still read. Help in a crisis stays where it is."),
        button=_("Stop it now"),
    )


@show_or_post
def talk_lift(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    if not access.freezes(conversation).filter(lifted_at=None).exists():
        raise Http404

    def lift(said: dict[str, Any]) -> str:
        actions.lift_freeze(actor=person_of(request), conversation=conversation, **said)
        return _("Done. Both of them read it.")

    return asked(
        request,
        LiftForm(posted(request)),
        lift,
        back=_page(conversation),
        title=_("What came of it"),
        lead=_("If nothing was wrong, say so. It helps them trust each other again."),
        button=_("Tell them"),
    )


@show_or_post
def helper_bring_in(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    form = OfOneForm(posted(request), roles=access.helpers_to_join(conversation))

    def bring(said: dict[str, Any]) -> str:
        actions.bring_in(actor=person_of(request), conversation=conversation, **said)
        return _("They are in. They read what is written from now on, and both see that they came.")

    return asked(
        request,
        form,
        bring,
        back=_page(conversation),
        title=_("Bring in a second helper"),
        lead="" if form.roles else _("Nobody else of this team may join just now."),
        button=_("Bring them in"),
    )


@require_POST
def helper_let_go(request: HttpRequest, conversation_id: UUID, role_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    joined = access.second_helpers(conversation).filter(left_at=None, staff_role__public_id=role_id).first()
    if joined is not None:
        actions.let_go(actor=person_of(request), conversation=conversation, role=joined.staff_role)
        messages.success(request, _("They have left this conversation."))
    return redirect(_page(conversation))


@show_or_post
def supervisor_name(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    form = OfOneForm(posted(request), roles=access.possible_supervisors(conversation))

    def name(said: dict[str, Any]) -> str:
        actions.name_supervisor(actor=person_of(request), conversation=conversation, **said)
        return _("Saved. Both of them see the name.")

    return asked(
        request,
        form,
        name,
        back=reverse("supervision_list"),
        title=_("Who watches over this conversation"),
        lead=_("Only those who are on the rota, and close to nobody in it."),
        button=_("Save"),
    )


# -- ties ------------------------------------------------------------------------------------------------------------------


@show_or_post
def tie_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    everyone = {str(one.public_id): one for one in ties.colleagues(person)}
    if not everyone:
        raise Http404
    form = TieForm(posted(request), choices=[(key, one.display_name) for key, one in everyone.items()])

    def note(said: dict[str, Any]) -> str:
        actions.note_tie(actor=person, one=everyone[said["one"]], other=everyone[said["other"]])
        return _("Saved. Neither looks into what is about the other.")

    return asked(
        request,
        form,
        note,
        back=reverse("supervision_list"),
        title=_("Two who are close outside work"),
        lead=_("Married, family, or close friends. You do not need to say which."),
        button=_("Save"),
    )


@require_POST
def tie_end(request: HttpRequest, tie_id: UUID) -> HttpResponse:
    person = person_of(request)
    tie = get_object_or_404(ties.ended_ties_by(person), public_id=tie_id)
    actions.end_tie(actor=person, tie=tie)
    messages.success(request, _("Removed."))
    return redirect("supervision_list")


# -- what the law asks -------------------------------------------------------------------------------------------------------


@show_or_post
def exception_ask(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    conversation = _watched(request, conversation_id)
    person = person_of(request)
    if legal_looks.lead_over(person, conversation) is None:
        raise Http404

    def ask(said: dict[str, Any]) -> str:
        actions.ask_exception(actor=person, conversation=conversation, **said)
        return _("Written down. Another lead has to agree before anything can be read.")

    return asked(
        request,
        ExceptionForm(posted(request)),
        ask,
        back=reverse("supervision_list"),
        title=_("The law asks for a look"),
        lead=_(
            "Only on a ground of the law, in writing, with a second person. The people of this conversation are told later."
        ),
        button=_("Write it down"),
    )


@require_POST
def exception_agree(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    person = person_of(request)
    exception = get_object_or_404(legal_looks.asked_exceptions(person), public_id=exception_id)
    try:
        actions.agree_exception(actor=person, exception=exception)
    except Refused as error:
        raise Http404 from error
    messages.success(request, _("You both stand for it now."))
    return redirect("supervision_list")


@require_POST
def exception_look(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    person = person_of(request)
    exception = get_object_or_404(legal_looks.asked_exceptions(person), public_id=exception_id)
    try:
        shown = actions.look_by_law(actor=person, exception=exception)
    except Refused as error:
        raise Http404 from error
    return _words(request, exception.conversation, shown)


# -- parts of the above ------------------------------------------------------------------------------------------------------


def _watched(request: HttpRequest, conversation_id: UUID) -> Conversation:
    return get_object_or_404(access.watched_conversations(person_of(request), Q(public_id=conversation_id)))


def _page(conversation: Conversation) -> str:
    return reverse("supervision_show", args=[conversation.public_id])


def _words(request: HttpRequest, conversation: Conversation, shown: list[Shown]) -> HttpResponse:
    return words(request, conversation, shown, back=reverse("supervision_list"), title=_("What was written"))
