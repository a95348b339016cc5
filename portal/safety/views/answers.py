"""The one way in which a form of this room is shown, tried and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.middleware import allow_media
from portal.safety import board
from portal.safety.refusals import SafetyRefusal

if TYPE_CHECKING:
    from messaging.history import Shown
    from messaging.models import Conversation
    from portal.families.forms import PlainForm


def asked(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[dict[str, Any]], str],
    *,
    back: str,
    title: str,
    button: str,
    lead: str = "",
    template: str = "safety/form.html",
    **more: Any,
) -> HttpResponse:
    """Show the form; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except SafetyRefusal as refusal:
            form.refuse(refusal.field if refusal.field in form.fields else next(iter(form.fields)), refusal.message)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "back": back, "title": title, "lead": lead, "button": button, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


def words(
    request: HttpRequest, conversation: Conversation | None, shown: list[Shown], *, back: str, title: str
) -> HttpResponse:
    """What a look gave, photos and voice notes in this very answer: there is no address under which to ask for one again."""
    context = {"lines": board.lines(conversation, shown), "back": back, "title": title}
    return allow_media(render(request, "safety/words_read.html", context), "data:")
