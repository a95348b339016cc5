"""The one way in which a form of this room is shown, tried and answered, and a button pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from peer_support.refusals import PeerRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.families.forms import PlainForm


def asked(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[dict[str, Any]], object],
    *,
    back: str,
    title: _StrOrPromise,
    action: _StrOrPromise,
    done: _StrOrPromise,
    lead: _StrOrPromise = "",
) -> HttpResponse:
    """Show the form; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except PeerRefusal as refusal:
            form.refuse(refusal.field if refusal.field in form.fields else next(iter(form.fields)), refusal.message)
        else:
            messages.success(request, str(done))
            return redirect(back)
    context = {"form": form, "back": back, "title": title, "lead": lead, "action": action}
    return render(request, "peer_support/form.html", context, status=422 if form.is_bound else 200)


def pressed(
    request: HttpRequest, act: Callable[[], object], *, back: str | Callable[[], str], done: _StrOrPromise
) -> HttpResponse:
    """A button without a form. `back` may be asked afterward, where what was done decides it."""
    try:
        act()
    except PeerRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect(back() if callable(back) else back)
