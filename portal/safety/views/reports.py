"""Making a report of abuse or neglect: whom to call now, what to say, and what came of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import reports as access
from portal.language import formats
from portal.safety import actions, sheet
from portal.safety.forms.reports import (
    CallForm,
    FamilyForm,
    NameForm,
    ReferenceForm,
    ReportForm,
    outcome_of,
    role_of,
)
from portal.safety.refusals import SafetyRefusal
from portal.safety.routing import Answers, route
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole
    from portal.safety.models import AbuseReport


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """One's own, and for who leads others the bare fact of theirs."""
    person = person_of(request)
    _roles(person)
    own = list(access.own_reports(person))
    context = {
        "drafts": [one for one in own if one.ready_at is None],
        "open": [one for one in own if one.is_open],
        "made": [one for one in own if one.called_at],
        "told": list(access.told_reports(person)),
    }
    return render(request, "safety/report_list.html", context)


# -- writing -----------------------------------------------------------------------------------------------------------------


@show_or_post
def report_add(request: HttpRequest) -> HttpResponse:
    """One page of few questions. The number for whatever is answered stands above them: nobody has to write before they call."""
    person = person_of(request)
    roles = _roles(person)
    if request.method == "POST":
        return _finish(request, roles)
    talk = access.conversation_for(person, request.GET.get("conversation", ""))
    named = {one.person_id for one in talk.participants.all()} if talk else set()
    child = next((one for one in access.known_children(person) if one.person_id in named), None)
    initial = {
        "key": uuid4(),
        "seen": 0,
        "conversation": talk.public_id if talk else "",
        "role": roles[0].public_id,
        "child": str(child.person.public_id) if child else "",
    }
    drafts = [one for one in access.own_reports(person) if one.ready_at is None]
    return _write_page(request, roles[0], _form(request, roles[0], initial=initial), drafts=drafts)


@show_or_post
def report_write(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The same questions again, as they were answered, until somebody has taken the report."""
    report = _own(request, report_id)
    if report.called_at is not None:
        messages.info(request, _("You have called about this already. What you read out stays as it was."))
        return redirect("report_show", report.public_id)
    if request.method == "POST":
        return _finish(request, [report.staff_role])
    kept = {"key": report.public_id, "seen": report.revision, "role": report.staff_role.public_id}
    return _write_page(
        request, report.staff_role, _form(request, report.staff_role, initial=report.said | kept), report=report
    )


@require_POST
def report_save(request: HttpRequest) -> HttpResponse:
    """What stands in the boxes, while it is typed. 409: somebody has taken this report, so nothing of it changes any more."""
    role = role_of(_roles(person_of(request)), request.POST.get("role", ""))
    form = _form(request, role, request.POST)
    try:
        report = _kept(request, role, form)
    except SafetyRefusal:
        return JsonResponse({}, status=409)
    at = formats.clock_time(report.saved_at, get_language() or "en", sheet.program_of(report).zone)
    saved = _("Saved at %(time)s. Nobody but you sees it.") % {"time": at}
    joined = {name: report.said.get(name, "") for name in ("what", "who")}
    return JsonResponse({"saved": saved, "seen": report.revision, "joined": joined})


def _finish(request: HttpRequest, roles: list[StaffRole]) -> HttpResponse:
    """Kept first, also where something does not fit; then the page with the number."""
    role = role_of(roles, request.POST.get("role", ""))
    form = _form(request, role, request.POST)
    try:
        report = _kept(request, role, form)
    except SafetyRefusal as refusal:
        messages.info(request, refusal.message)
        return redirect("report_list")
    if not form.is_valid():
        return _write_page(request, role, form, report=report, status=422)
    actions.finish_report(actor=person_of(request), report=report)
    return redirect("report_show", report.public_id)


def _kept(request: HttpRequest, role: StaffRole | None, form: ReportForm) -> AbuseReport:
    """Kept as it was typed, also what does not fit. Without its key the form is not one of ours."""
    key, seen = _uuid(request.POST.get("key", "")), request.POST.get("seen", "")
    if role is None or key is None:
        raise Http404
    return actions.save_report(
        actor=person_of(request),
        role=role,
        key=key,
        said=form.typed(),
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        conversation=request.POST.get("conversation", ""),
    )


@require_POST
def report_drop(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    try:
        actions.drop_draft(actor=person_of(request), report=report)
    except SafetyRefusal as refusal:
        messages.info(request, refusal.message)
        return redirect("report_show", report.public_id)
    messages.success(request, _("The draft is gone, with all that was in it."))
    return redirect("report_list")


def _form(request: HttpRequest, role: StaffRole | None, posted: Any = None, **more: Any) -> ReportForm:
    person = person_of(request)
    if role is None:
        raise Http404
    return ReportForm(
        posted,
        profile=role.organization.program.profile,
        children=access.known_children(person),
        people=access.known_people(person),
        **more,
    )


def _write_page(
    request: HttpRequest, role: StaffRole | None, form: ReportForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    if role is None:
        raise Http404
    program = role.organization.program
    context = {"form": form, "at_once": route(program.profile, Answers(), program.today()), **more}
    return render(request, "safety/report_write.html", context, status=status)


# -- calling -----------------------------------------------------------------------------------------------------------------


@require_safe
def report_show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    if report.ready_at is None:
        return redirect("report_write", report.public_id)
    return _show_page(request, report)


def _show_page(request: HttpRequest, report: AbuseReport, *, status: int = 200, **forms: Any) -> HttpResponse:
    person = person_of(request)
    advice = sheet.advice_of(report)
    first = advice.calls[0].contact.service if advice.calls else ""
    calls = list(report.calls.all())
    context = {
        "report": report,
        "advice": advice,
        "sheet": sheet.sheet(report, person),
        "calls": calls,
        "has_reference": any(one.facts.get("reference") for one in calls),
        "could_not": bool(calls) and report.called_at is None,
        "is_safe": report.said.get("safe") == "yes",
        "call_form": CallForm(zone=sheet.program_of(report).zone, initial={"key": uuid4(), "whom": first}),
        "family_form": FamilyForm(auto_id="family_%s"),
        "name_form": NameForm(people=access.known_people(person), auto_id="name_%s"),
        "reference_form": ReferenceForm(auto_id="reference_%s"),
    }
    return render(request, "safety/report_show.html", context | forms, status=status)


@require_POST
def report_call(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    form = CallForm(request.POST, zone=sheet.program_of(report).zone)
    outcome = outcome_of(request.POST)
    if form.is_valid():
        try:
            actions.note_call(actor=person_of(request), report=report, outcome=outcome, **form.call())
        except SafetyRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, _("Written down."))
            return redirect("report_show", report.public_id)
    return _show_page(request, report, status=422, call_form=form)


@require_POST
def report_reference(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The number of the report, for the call in which it was taken."""
    report = _own(request, report_id)
    call = next((one for one in report.calls.all() if one.outcome == "taken"), None)
    form = ReferenceForm(request.POST, auto_id="reference_%s")
    if call is None:
        raise Http404
    if not form.is_valid():
        return _show_page(request, report, status=422, reference_form=form)
    actions.add_reference(actor=person_of(request), call=call, reference=form.cleaned_data["reference"])
    messages.success(request, _("Written down."))
    return redirect("report_show", report.public_id)


@require_POST
def report_family(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    form = FamilyForm(request.POST, auto_id="family_%s")
    if not form.is_valid():
        return _show_page(request, report, status=422, family_form=form)
    said = form.cleaned_data
    actions.say_family(actor=person_of(request), report=report, is_told=said["told"] == "yes", words=said["words"])
    messages.success(request, _("Written down."))
    return redirect("report_show", report.public_id)


@require_POST
def report_name(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    form = NameForm(request.POST, people=access.known_people(person_of(request)), auto_id="name_%s")
    if not form.is_valid():
        return _show_page(request, report, status=422, name_form=form)
    actions.name_more(actor=person_of(request), report=report, **form.cleaned_data)
    messages.success(request, _("From now on they find nothing of it."))
    return redirect("report_show", report.public_id)


@require_POST
def report_share(request: HttpRequest, report_id: UUID) -> HttpResponse:
    report = _own(request, report_id)
    is_shared = request.POST.get("shared") == "yes"
    actions.share_words(actor=person_of(request), report=report, is_shared=is_shared)
    messages.success(
        request, _("They can read your words now.") if is_shared else _("They cannot read your words any more.")
    )
    return redirect("report_show", report.public_id)


# -- who leads the reporter --------------------------------------------------------------------------------------------------


@require_safe
def report_facts(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """That somebody made a report, when they called and with which number. There is nothing to approve here."""
    person = person_of(request)
    report = get_object_or_404(access.told_reports(person), public_id=report_id)
    actions.read_report(actor=person, report=report)
    context = {
        "report": report,
        "calls": list(report.calls.all()),
        "sheet": sheet.sheet(report, person) if report.shared_at else [],
    }
    return render(request, "safety/report_facts.html", context)


# -- parts of the above ------------------------------------------------------------------------------------------------------


def _roles(person: Person) -> list[StaffRole]:
    roles = list(access.reporting_roles(person))
    if not roles:
        raise Http404
    return roles


def _own(request: HttpRequest, report_id: UUID) -> AbuseReport:
    return get_object_or_404(access.own_reports(person_of(request)), public_id=report_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
