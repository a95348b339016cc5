"""How far a ladder was climbed, for the page of who wrote; and the page of who was told that somebody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from messaging import ladder, ladder_page
from portal.access import conversations
from portal.access import ladder as access
from portal.views import person_of

if TYPE_CHECKING:
    from messaging.models import UnreadStretch


@require_safe
def ladder_show(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The lines alone, for the open page to put in the place of its own."""
    person = person_of(request)
    conversation = get_object_or_404(conversations.visible_conversations(person), public_id=conversation_id)
    members = list(conversations.participants(conversation))
    me = next((member for member in members if member.person_id == person.pk), None)
    if me is None:
        raise Http404
    context = {"ladder": ladder_page.lines(conversation, members, me)}
    return render(request, "messaging/_ladder.html", context)


@require_safe
def waiting_show(request: HttpRequest, stretch_id: UUID) -> HttpResponse:
    stretch = _visible(request, stretch_id)
    is_waiting = access.is_waiting(stretch)
    if is_waiting:
        ladder.record_look(actor=person_of(request), stretch=stretch)
    context = {
        "stretch": stretch,
        "is_waiting": is_waiting,
        "waits": stretch.family_author,
    }
    return render(request, "messaging/waiting_show.html", context)


@require_POST
def waiting_called(request: HttpRequest, stretch_id: UUID) -> HttpResponse:
    if ladder.note_call(actor=person_of(request), stretch=_visible(request, stretch_id)):
        messages.success(request, _("Thank you. They read that you are on it, and we tell nobody else."))
    return redirect("waiting_show", stretch_id)


def _visible(request: HttpRequest, stretch_id: UUID) -> UnreadStretch:
    return get_object_or_404(access.visible_waits(person_of(request)), public_id=stretch_id)
