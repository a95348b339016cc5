"""The one way in which a form about a case is shown, tried and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from rights_grievances.forms.cases import CaseForm


def asked(
    request: HttpRequest,
    form: CaseForm,
    act: Callable[[], object],
    *,
    back: str,
    title: _StrOrPromise,
    button: _StrOrPromise,
    lead: _StrOrPromise = "",
    done: _StrOrPromise = "",
    then: str = "",
) -> HttpResponse:
    """Show it; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except CaseRefusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect(then or back)
    context = {"form": form, "back": back, "title": title, "lead": lead, "action": button}
    return render(request, "rights_grievances/cases/form.html", context, status=422 if form.is_bound else 200)


def _refuse(form: CaseForm, refusal: CaseRefusal) -> None:
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
