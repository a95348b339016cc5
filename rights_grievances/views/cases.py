"""One case, for who told us and for who works on it; all that somebody told us; and each thing that can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import appeals, watches
from portal.access import grievances as access
from portal.notices import actions as notices
from portal.views import person_of, posted, show_or_post
from rights_grievances import actions, appeal_acts, shown
from rights_grievances.acts import BY_NAME, DESK, FAMILY, acts_for
from rights_grievances.states import can_go
from rights_grievances.views.answers import asked, done_or_said

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import Case


@require_safe
def case_yours(request: HttpRequest) -> HttpResponse:
    """What this person told us, and what their family did as far as they may see it."""
    cases = [(case, shown.stands(case), shown.next_of(case)) for case in access.own_cases(person_of(request))]
    return render(request, "rights_grievances/cases/list.html", {"cases": cases})


@require_safe
def case_show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The family's side, or the desk's: by who asks."""
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    for kind in ("case", "case_fixed"):
        notices.mark_read(person=person, about=case.told_of(kind))
    is_desk = access.is_staff_of(person, case)
    side = DESK if is_desk else FAMILY
    context = shown.page(case, person) | {
        "acts": acts_for(person, case, side),
        "may_close": can_go(case.state, "closed"),
        "may_reopen": can_go(case.state, "under_review") and not case.is_open and _may_reopen(person, case),
        "is_answered": case.state in {"resolved", "closed"},
        "may_speak": access.may_speak_as_filer(person, case),
        "is_theirs": case.filed_by_id == person.pk,
        "asked_now": [] if is_desk else watches.own_watches(person).filter(case=case),
    }
    if is_desk:
        context |= {
            "against": list(case.against.select_related("person", "organization")),
            "waits_for": shown.waits_for(case),
            "may_write_letter": case.is_open and bool(appeals.young_of_case(person, case)),
            "may_make_appeal": case.is_open and bool(appeals.letters_to_appeal(person, case)),
        }
    return render(request, f"rights_grievances/cases/{side}.html", context)


def _may_reopen(person: Person, case: Case) -> bool:
    if case.state == "withdrawn":
        return access.may_withdraw(person, case)
    return access.may_speak_as_filer(person, case) or access.may_handle(person, case)


_ACTS = BY_NAME | appeal_acts.BY_NAME


@show_or_post
def case_act(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """One thing that can be done with a case, on a page of its own. There for whoever may do it, while it fits."""
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    act = _ACTS[name]
    if not act.may(person, case) or not (act.fits(case) or request.method == "POST"):
        raise Http404
    form = act.form(posted(request), case=case, **act.options(case))

    def do() -> str:
        act.do(person, case, form)
        return reverse(act.then, args=[] if act.then == "desk_show" else [case.public_id])

    return asked(
        request,
        form,
        do,
        back=reverse(act.back, args=[case.public_id]),
        title=act.title,
        lead=act.lead,
        button=act.button,
        done=act.done,
        **act.shows(case, form),
    )


@require_POST
def case_close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    return done_or_said(
        request,
        lambda: actions.close_case(actor=person, case=case),
        back=case.get_absolute_url(),
        done=_("Closed. It can be opened again at any time."),
    )


@require_POST
def case_reopen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One tap: it is not right yet."""
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    return done_or_said(
        request,
        lambda: actions.reopen_case(actor=person, case=case),
        back=case.get_absolute_url(),
        done=_("It is open again. Somebody else looks at it anew."),
    )


@require_POST
def case_fixed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Is it really fixed? One tap either way; a "no" opens it again."""
    person = person_of(request)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    is_fixed = request.POST.get("fixed") == "yes"
    return done_or_said(
        request,
        lambda: actions.say_fixed(actor=person, case=case, is_fixed=is_fixed),
        back=case.get_absolute_url(),
        done=_("We are glad. It is closed now.")
        if is_fixed
        else _("It is open again. Somebody else looks at it anew."),
    )
