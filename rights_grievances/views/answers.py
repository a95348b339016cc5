"""The one way in which a form of this room is shown, tried and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.families.forms import PlainForm


def asked(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[], object],
    *,
    back: str,
    title: _StrOrPromise,
    button: _StrOrPromise,
    lead: _StrOrPromise = "",
    done: _StrOrPromise = "",
    **more: Any,
) -> HttpResponse:
    """Show it; posted and in order, do it and go to the address it gives, else back. A refusal stands beside its field.

    `more`: `checks` above the form, a `warning` below it, and whether it `takes_photos`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            then = act()
        except CaseRefusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect(then if isinstance(then, str) else back)
    context = {"form": form, "back": back, "title": title, "lead": lead, "action": button, **more}
    return render(request, "rights_grievances/form.html", context, status=422 if form.is_bound else 200)


def _refuse(form: PlainForm, refusal: CaseRefusal) -> None:
    field = {"at": "on"}.get(refusal.field or "", refusal.field)
    if field in form.fields:
        form.refuse(field, refusal.message)
    else:
        form.add_error(None, str(refusal.message))


def done_or_said(request: HttpRequest, act: Callable[[], object], *, back: str, done: _StrOrPromise) -> HttpResponse:
    """A button without a form."""
    try:
        act()
    except CaseRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect(back)
