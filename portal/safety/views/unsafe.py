""" "I feel unsafe": one tap, an honest answer, and room for more words; and a word about somebody's message."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import concerns as access
from portal.access import conversations
from portal.safety import actions, unsafe_page
from portal.safety.forms.concerns import TellForm, UnsafeForm
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person

logger = logging.getLogger(__name__)


@show_or_post
def unsafe_show(request: HttpRequest) -> HttpResponse:
    """The button's own page. Pressed, the answer comes at once, without another way to and fro; pressing again harms nothing."""
    if request.method != "POST":
        return _shown(request)
    try:
        actions.press_unsafe(actor=_young(request))
        return _shown(request)
    except DatabaseError:
        return _not_saved(request)


@require_POST
def unsafe_words(request: HttpRequest) -> HttpResponse:
    try:
        person = _young(request)
        form = UnsafeForm(request.POST, people=unsafe_page.could_be_about(person))
        if form.is_valid():
            actions.add_words(actor=person, **form.said())
        return _shown(request, is_added=True)
    except DatabaseError:
        return _not_saved(request)


@require_POST
def unsafe_mistake(request: HttpRequest) -> HttpResponse:
    try:
        actions.say_mistake(actor=_young(request))
        return _shown(request)
    except DatabaseError:
        return _not_saved(request)


def _shown(request: HttpRequest, *, is_added: bool = False) -> HttpResponse:
    person = _young(request)
    context = unsafe_page.of(person) | {"is_added": is_added}
    if context["concern"] is not None:
        context["form"] = UnsafeForm(people=unsafe_page.could_be_about(person))
    return render(request, "safety/unsafe.html", context)


def _not_saved(request: HttpRequest) -> HttpResponse:
    logger.exception("Somebody who does not feel safe could not be heard")
    return not_saved(request)


def not_saved(request: HttpRequest, status: int = 503) -> HttpResponse:
    """Nothing could be kept: whom to call, what they wrote, and a button to try again. Asks the database nothing."""
    context = {"words": _typed(request), "token": get_token(request)}
    return render(cast(HttpRequest, None), "safety/unsafe_not_saved.html", context, status=status)


def _typed(request: HttpRequest) -> str:
    try:
        return request.POST.get("body", "")
    except (OSError, SuspiciousOperation, MultiPartParserError):  # it broke off, is too big, or is no form at all
        return ""


def _young(request: HttpRequest) -> Person:
    person = person_of(request)
    if not access.young_places(person).exists():
        raise Http404
    return person


# -- a word about somebody's message -----------------------------------------------------------------------------------------


@show_or_post
def concern_raise(request: HttpRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    person = person_of(request)
    conversation = get_object_or_404(conversations.visible_conversations(person), public_id=conversation_id)
    message = access.message_of_another(person, conversation, seq)
    if message is None:
        raise Http404
    form = TellForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        actions.tell_about_message(actor=person, conversation=conversation, message=message, **said)
        messages.success(request, _("Thank you for telling us. Somebody looks at it who does not write here."))
        return redirect("conversation_show", conversation_id)
    context = {"form": form, "conversation": conversation, "author": message.author}
    return render(request, "safety/concern_raise.html", context, status=422 if form.is_bound else 200)
