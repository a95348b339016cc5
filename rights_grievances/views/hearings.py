"""The state's fair hearing: until when, where and how. And the file to take there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.access import appeals as appeals_access
from portal.access import grievances as access
from portal.views import person_of, posted, show_or_post
from rights_grievances import continuation, pack
from rights_grievances.actions import going_on, hearings
from rights_grievances.actions.packing import make_pack
from rights_grievances.forms.appeals import PackForm
from rights_grievances.views.appealing import appeal_of, dated, office_of, only, plan_named


@require_safe
def hearing_show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The last day and how it was counted, the office, the ways to ask, keeping the service, and help with the form."""
    person, case, appeal = appeal_of(request, case_id)
    context = {
        "case": case,
        "appeal": appeal,
        "plan": plan_named(case.program, case.plan),
        "ask_by": dated(hearings.last_day(case)),
        "keep_by": dated(going_on.last_day_to_keep(case, appeal)) if appeal.result else None,
        "decided_by": dated(access.clocks_of(case).filter(satisfied_by="hearing_decided").last()),
        "office": office_of(case.program, case.plan),
        "may_ask": hearings.may_request(case, appeal)
        and (access.may_speak_as_filer(person, case) or access.may_handle(person, case)),
        "may_decide": access.may_handle(person, case) and appeal.hearing == "requested",
        "keeps": going_on.may_ask_now(case, appeal),
        "stops": list(continuation.STOPS.values()),
        "cost": continuation.MAY_HAVE_TO_PAY,
    }
    return render(request, "rights_grievances/appeals/hearing_show.html", context)


@require_safe
def hearing_form(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The request, filled in as far as we know it, to print and sign."""
    person, case, appeal = appeal_of(request, case_id)
    only(hearings.may_request(case, appeal))
    notice = appeal.notice
    context = {
        "case": case,
        "appeal": appeal,
        "notice": notice if notice and appeals_access.is_own(person, notice) else None,
        "plan": plan_named(case.program, case.plan),
        "office": office_of(case.program, case.plan),
        "keeps": going_on.may_ask_now(case, appeal),
        "today": case.program.today(),
    }
    return render(request, "rights_grievances/appeals/hearing_form.html", context)


@show_or_post
def pack_make(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole file of a case, free, at any time; with the messages and plans that are ticked."""
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    talks = [(str(one.public_id), names) for one, names in pack.conversations_for(person)]
    plans = [(str(one.public_id), one.youth.person.display_name) for one in pack.plans_for(person, case)]
    form = PackForm(posted(request), talks=talks, plans=plans)
    if request.method == "POST" and form.is_valid():
        chosen = {name: {UUID(one) for one in form.cleaned_data[name]} for name in form.fields}
        made = make_pack(actor=person, case=case, **chosen)
        answer = HttpResponse(made.data, content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return answer
    context = {"case": case, "form": form}
    return render(request, "rights_grievances/appeals/pack.html", context, status=422 if form.is_bound else 200)
