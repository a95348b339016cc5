"""A letter by which a plan says no, or less: written down, read with its last days, and what one can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import appeals as access
from portal.access import granted, grievances
from portal.families.actions import record_view
from portal.notices import actions as notices
from portal.programs.vocabulary import Event
from portal.views import person_of, posted, show_or_post
from rights_grievances.actions import adverse, appeals
from rights_grievances.forms.appeals import LetterForm, StaffLetterForm
from rights_grievances.views.answers import asked
from rights_grievances.views.appealing import dated, office_of, only, plan_named
from rights_grievances.views.files import add_files, file_shown

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Member
    from rights_grievances.models import AdverseNotice


def _young(person: Person) -> tuple[list[Member], bool]:
    """For whom, and whether as one of the family."""
    own = access.young_decided_by(person)
    return (own, True) if own else (access.young_beside(person), False)


@require_safe
def adverse_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    young, is_own = _young(person)
    letters = list(access.visible_notices(person))
    only(bool(young or letters))
    context = {"letters": letters, "may_add": bool(young), "is_own": is_own}
    return render(request, "rights_grievances/appeals/adverse_list.html", context)


@show_or_post
def adverse_add(request: HttpRequest) -> HttpResponse:
    """What the letter says; for staff also that the weekly review changed a service."""
    young, is_own = _young(person_of(request))
    only(bool(young))
    form = (LetterForm if is_own else StaffLetterForm)(posted(request), young=young)
    return _written_down(request, form, reverse("adverse_list"))


@show_or_post
def case_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Somebody tells of a letter by phone: who handles the case writes down what it says."""
    person = person_of(request)
    case = get_object_or_404(grievances.visible_cases(person), public_id=case_id)
    young = access.young_of_case(person, case)
    only(bool(young))
    return _written_down(request, StaffLetterForm(posted(request), young=young), case.get_absolute_url())


def _written_down(request: HttpRequest, form: LetterForm, back: str) -> HttpResponse:
    person = person_of(request)

    def act() -> str:
        notice = adverse.record_adverse_notice(actor=person, **form.kept())
        _add_photos(request, notice)
        return reverse("adverse_show", args=[notice.public_id])

    return asked(
        request,
        form,
        act,
        back=back,
        title=_("A letter that says no"),
        lead=_("Write down what the letter says. Then we show you what you can do, and until when."),
        button=_("Keep this"),
        done=_("It is written down."),
        takes_photos=True,
    )


def _add_photos(request: HttpRequest, notice: AdverseNotice) -> None:
    """What the letter says is written down by then, whatever becomes of its pictures."""
    person, key = person_of(request), str(notice.public_id)
    for refused in add_files(request, key, lambda data: adverse.add_photo(actor=person, notice=notice, data=data)):
        messages.error(request, refused)


@require_POST
def adverse_photos(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    person = person_of(request)
    notice = get_object_or_404(access.visible_notices(person), public_id=notice_id)
    only(access.may_record(person, notice.youth))
    _add_photos(request, notice)
    return redirect("adverse_show", notice_id)


@show_or_post
def adverse_photo(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """One picture, for whoever sees the letter; by POST the family takes it out."""
    person = person_of(request)
    file = get_object_or_404(access.visible_photos(person), public_id=file_id)
    if request.method != "POST":
        return file_shown(file)
    adverse.remove_photo(actor=person, file=file)
    messages.success(request, _("It is taken out."))
    return redirect("adverse_show", granted(file.notice).public_id)


@require_safe
def adverse_show(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """What it says, until when what can be done, and how. Nothing of Medicaid where no plan is bound."""
    person = person_of(request)
    notice = get_object_or_404(access.visible_notices(person), public_id=notice_id)
    notices.mark_read(person=person, about=notice.told_as)
    is_own, is_desk = access.is_own(person, notice), access.coordinating_role(person, notice) is not None
    if not is_own:
        record_view(actor=person, family=notice.family, subject="adverse", subject_id=notice.public_id)
    sees_dates = is_own or is_desk  # who stands beside the family does not learn what became of it
    found = {event: adverse.last_day(notice, event) if sees_dates else None for event in _DAYS}
    days = {event: dated(access.as_known(person, notice, clock)) for event, clock in found.items()}
    context = {
        "notice": notice,
        "plan": plan_named(notice.program, notice.plan),
        "is_own": is_own,
        "photos": list(access.photos_of(notice)),
        "may_add": access.may_record(person, notice.youth),
        "came_late": adverse.came_late(notice),
        "knows_appeals": appeals.knows_appeals(notice),
        "may_appeal": appeals.knows_appeals(notice) and access.may_appeal(person, notice),
        "appeals": list(access.cases_of(person, notice)) if sees_dates else [],
        "to_appeal": days[Event.APPEAL_RECEIVED_BY_PLAN],
        "to_keep": days[Event.CONTINUATION_REQUESTED],
        "to_hearing": days[Event.HEARING_REQUESTED],
        "office": office_of(notice.program, notice.plan),
    }
    return render(request, "rights_grievances/appeals/adverse_show.html", context)


_DAYS = (Event.APPEAL_RECEIVED_BY_PLAN, Event.CONTINUATION_REQUESTED, Event.HEARING_REQUESTED)
