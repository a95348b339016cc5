"""The one way in which a form of a plan is shown, tried and answered, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.access import care as access
from portal.care.kinds import NotGood
from portal.care.refusals import ChangedMeanwhile, PlanRefusal
from portal.families.actions import record_views
from portal.families.forms import PlainForm
from portal.views import person_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.access.care import Reader
    from portal.care.models import Item, Plan


def read(request: HttpRequest, plan_id: UUID) -> tuple[Plan, Reader]:
    """The plan and in what part the reader stands to it; 404 where it is not for them."""
    person = person_of(request)
    plan = get_object_or_404(access.asked_plans(person), public_id=plan_id)
    reader = access.part_in(person, plan)
    if reader is None:
        raise Http404
    return plan, reader


def note_look(reader: Reader, plan: Plan, items: Iterable[Item], *, at_plan: bool = True) -> None:
    """Staff who look at a plan are on its record; what they read by a signed consent alone, on the record of that consent."""
    if reader.part != access.Part.STAFF:
        return
    looks = [("plan", str(plan.public_id))] if at_plan else []
    looks += [("release", one) for one in sorted({one for item in items for one in item.let_by})]
    record_views(actor=reader.person, family=plan.family, subjects=looks)


def asked(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[], object],
    *,
    plan: Plan | None,
    back: str,
    title: _StrOrPromise,
    action: _StrOrPromise,
    lead: _StrOrPromise = "",
    done: _StrOrPromise = "",
    template: str = "care/form.html",
    **more: Any,
) -> HttpResponse:
    """Show the form; posted and in order, do it and go back. A refusal stands beside the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal.message))
            more["was_changed"] = True
        except NotGood as problem:
            form.refuse(problem.field if problem.field in form.fields else next(iter(form.fields)), problem.message)
        except PlanRefusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal.message))
        else:
            if done:
                messages.success(request, str(done))
            return redirect(back)
    context = {"plan": plan, "form": form, "back": back, "title": title, "lead": lead, "action": action, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)
