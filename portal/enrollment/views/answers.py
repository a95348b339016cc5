"""The one way in which a form of this room is shown, tried and answered, and how a promise says no: 409 with its id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from portal.enrollment.forms import CaseForm
from portal.enrollment.refusals import ByRule, CaseRefusal
from portal.families.actions import NotChosen, NotTrained

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.families.models import Family


def conflict(request: HttpRequest, refusal: ByRule, back: str) -> HttpResponse:
    """What was asked for does not exist: which promise stands against it, and what can be done instead."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"rule": refusal.rule, "message": str(refusal.message)}, status=409)
    context = {"rule": refusal.rule, "message": refusal.message, "back": back}
    return render(request, "enrollment/conflict.html", context, status=409)


def asked(
    request: HttpRequest,
    form: CaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    family: Family,
    back: str,
    title: _StrOrPromise,
    action: _StrOrPromise,
    lead: _StrOrPromise = "",
    done: _StrOrPromise = "",
) -> HttpResponse:
    """Show the form; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ByRule as refusal:
            return conflict(request, refusal, back)
        except (CaseRefusal, NotTrained, NotChosen) as refusal:
            field = refusal.field if refusal.field in form.fields else next(iter(form.fields))
            form.refuse(field, refusal.message)
        else:
            if done:
                messages.success(request, str(done))
            return redirect(back)
    context = {"family": family, "form": form, "back": back, "title": title, "lead": lead, "action": action}
    return render(request, "enrollment/form.html", context, status=422 if form.is_bound else 200)


def done_or_conflict(
    request: HttpRequest, act: Callable[[], object], *, back: str, done: _StrOrPromise
) -> HttpResponse:
    """A button without a form."""
    try:
        act()
    except ByRule as refusal:
        return conflict(request, refusal, back)
    except CaseRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect(back)
