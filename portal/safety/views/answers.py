"""The one way in which a form of this room is shown, tried and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.safety.refusals import SafetyRefusal

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm

show_or_post = require_http_methods(["GET", "HEAD", "POST"])


def person_of(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


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
