"""Asking the plan to look again: fast, with the service going on, and to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import appeals as access
from portal.access import grievances
from portal.programs.vocabulary import Event
from portal.views import person_of, posted, show_or_post
from rights_grievances import continuation
from rights_grievances.actions import appeals, going_on, hearings
from rights_grievances.appeal_acts import may_ask_fast, may_work
from rights_grievances.forms.appeals import AppealForm, CalledAppealForm, MakeAppealForm
from rights_grievances.views.answers import asked, done_or_said
from rights_grievances.views.appealing import appeal_of, dated, only, plan_named

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import AdverseNotice

CUTS = continuation.CUTS_A_SERVICE


@show_or_post
def appeal_start(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The family asks; or a coordinator writes down that it asked by voice."""
    person = person_of(request)
    notice = get_object_or_404(access.visible_notices(person), public_id=notice_id)
    only(appeals.knows_appeals(notice) and access.may_appeal(person, notice))
    cuts = notice.what == CUTS
    form: AppealForm | CalledAppealForm
    if access.is_own(person, notice):
        form = AppealForm(posted(request), cuts=cuts, is_young=notice.youth.person_id == person.pk)
    else:
        speakers = access.speakers_for(notice)
        form = CalledAppealForm(posted(request), cuts=cuts, speakers=speakers, program=notice.program)

    def act() -> str | None:
        said = form.kept() if isinstance(form, CalledAppealForm) else form.cleaned_data
        case = appeals.file_appeal(actor=person, notice=notice, **said)
        is_there = access.appeal_cases(person).filter(pk=case.pk).exists()
        return reverse("appeal_show", args=[case.public_id]) if is_there else None

    return asked(
        request,
        form,
        act,
        back=reverse("adverse_show", args=[notice.public_id]),
        title=_("Ask the plan to look again"),
        lead=_(
            "A few words are enough, and you may leave it empty. It counts from now. Nobody may treat you worse for it."
        ),
        button=_("Ask to look again"),
        done=_("We have it. It counts from now."),
        warning=continuation.MAY_HAVE_TO_PAY if cuts else "",
    )


@show_or_post
def appeal_make(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What came as a complaint is an appeal, from the moment it was told."""
    person = person_of(request)
    case = get_object_or_404(grievances.visible_cases(person), public_id=case_id)
    found = [one for one in access.letters_to_appeal(person, case) if appeals.knows_appeals(one)]
    only(case.is_open and bool(found))
    form = MakeAppealForm(posted(request), notices=found)

    def act() -> str:
        notice = form.known[form.cleaned_data["notice"]]
        appeals.turn_into_appeal(actor=person, case=case, notice=notice)
        return reverse("appeal_show", args=[case.public_id])

    return asked(
        request,
        form,
        act,
        back=case.get_absolute_url(),
        title=_("They want a decision looked at again"),
        lead=_("Then it is an appeal, from the moment it was told. All that was told stays."),
        button=_("Make it an appeal"),
        done=_("It is an appeal now."),
    )


@require_safe
def appeal_show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where it stands: how fast, whether the service goes on and why, the plan's answer, and the state after it."""
    person, case, appeal = appeal_of(request, case_id)
    works = may_work(person, case)
    checks = going_on.checks_of(case, appeal)
    is_about_cut = appeal.notice is not None and appeal.notice.what == CUTS
    speaks = grievances.may_speak_as_filer(person, case)
    context = {
        "case": case,
        "appeal": appeal,
        "notice": appeal.notice if appeal.notice is not None and _sees(person, appeal.notice) else None,
        "plan": plan_named(case.program, case.plan),
        "answer_by": [dated(one) for one in grievances.clocks_of(case).filter(satisfied_by=Event.APPEAL_RESOLVED)],
        "carry_by": dated(grievances.clocks_of(case).filter(satisfied_by=Event.REVERSAL_CARRIED_OUT).last()),
        "keep_by": dated(going_on.last_day_to_keep(case, appeal)) if is_about_cut else None,
        "checks": checks if is_about_cut else (),
        "stops": list(continuation.STOPS.values()),
        "cost": continuation.MAY_HAVE_TO_PAY,
        "works": works,
        "decides": grievances.may_decide(person, case),
        "may_ask_fast": speaks and case.is_open and may_ask_fast(appeal),
        "may_keep": speaks and is_about_cut and going_on.may_ask_now(case, appeal),
        "may_hear": hearings.may_request(case, appeal),
        "reads_answer": grievances.may_read_answer(person, case),
    }
    return render(request, "rights_grievances/appeals/appeal_show.html", context)


def _sees(person: Person, notice: AdverseNotice) -> bool:
    return access.visible_notices(person).filter(pk=notice.pk).exists()


@require_POST
def appeal_keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case, _appeal = appeal_of(request, case_id)
    return done_or_said(
        request,
        lambda: going_on.ask_continuing(actor=person, case=case),
        back=reverse("appeal_show", args=[case.public_id]),
        done=_("You asked to keep the service. Below you see what it rests on."),
    )


@require_POST
def appeal_carried_out(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case, _appeal = appeal_of(request, case_id)
    return done_or_said(
        request,
        lambda: appeals.carry_out(actor=person, case=case),
        back=reverse("appeal_show", args=[case.public_id]),
        done=_("It is written down that it is done."),
    )
