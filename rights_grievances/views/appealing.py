"""What the pages of letters, appeals and hearings share: a form that is shown, tried and answered; how dates and offices read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation

from portal.access import appeals as access
from portal.access import grievances
from portal.clocks.shown import show
from portal.clocks.words import sentences
from portal.views import person_of
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person
    from portal.clocks.models import Clock
    from portal.families.forms import PlainForm
    from portal.programs.models import Program
    from portal.programs.schema import Organization
    from rights_grievances.models import Appeal, Case


def appeal_of(request: HttpRequest, case_id: UUID) -> tuple[Person, Case, Appeal]:
    """Not there for whom the case is not there, nor where no plan is bound."""
    person = person_of(request)
    case = get_object_or_404(access.appeal_cases(person), public_id=case_id)
    return person, case, case.appeal


def only(may: bool) -> None:
    if not may:
        raise Http404


def may_work(person: Person, case: Case) -> bool:
    return grievances.may_handle(person, case) or grievances.may_decide(person, case)


def asked(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[], str | None],
    *,
    back: str,
    title: _StrOrPromise,
    button: _StrOrPromise,
    lead: _StrOrPromise = "",
    done: _StrOrPromise = "",
    **more: Any,
) -> HttpResponse:
    """Show it; posted and in order, do it and go to where it leads, else back. A refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            then = act()
        except CaseRefusal as refusal:
            if refusal.field in form.fields:
                form.refuse(refusal.field, refusal.message)
            else:
                form.add_error(None, str(refusal.message))
        else:
            messages.success(request, str(done))
            return redirect(then or back)
    context = {"form": form, "back": back, "title": title, "lead": lead, "action": button, **more}
    return render(request, "rights_grievances/appeals/form.html", context, status=422 if form.is_bound else 200)


def done_or_said(request: HttpRequest, act: Callable[[], object], *, back: str, done: _StrOrPromise) -> HttpResponse:
    """A button without a form."""
    try:
        act()
    except CaseRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect(back)


def dated(clock: Clock | None) -> dict[str, Any] | None:
    """How a date reads, with how one gets there."""
    if clock is None:
        return None
    language = translation.get_language() or "en"
    return {"shown": show(clock), "clock": clock, "working": sentences(clock.steps, language)}


def office_of(program: Program, plan: str) -> Organization | None:
    """Who holds the hearing after that plan's answer, as the profile says; None where it does not."""
    bound = program.profile.plans.get(plan)
    slug = bound.hearing_office if bound is not None else None
    return next((one for one in program.profile.organizations if one.id == slug), None)


def plan_named(program: Program, plan: str) -> str:
    bound = program.profile.plans.get(plan)
    return bound.name if bound is not None else ""
