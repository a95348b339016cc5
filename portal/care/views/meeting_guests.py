"""One guest of a meeting: comes or not, help with the language, and out of the room for once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import meetings as access
from portal.care import actions
from portal.care.meeting_forms import HelperForm, LanguageForm
from portal.care.meetings_shown import GuestRow, Shown
from portal.care.refusals import PlanRefusal
from portal.care.views.meetings import seen, tried
from portal.views import posted, show_or_post

if TYPE_CHECKING:
    from portal.access.meetings import Standing
    from portal.care.models import Guest, TeamMeeting


@require_POST
def meeting_answer(request: HttpRequest, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    guest = _guest(who, meeting, seat_id)
    says = request.POST.get("says", "")
    return tried(
        request,
        who,
        meeting,
        lambda: actions.answer_meeting(actor=who.person, guest=guest, says=says),
        _("Thank you. Your answer is kept."),
    )


@require_POST
def meeting_room(request: HttpRequest, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """The family: not in the room for this, or in it again."""
    meeting, who = seen(request, meeting_id)
    guest = _guest(who, meeting, seat_id)
    if request.POST.get("room") == "in":
        act, done = actions.let_in, _("They are asked to come again.")
    else:
        act, done = actions.keep_out, _("They are not in the room for this. Nobody asks you why.")
    return tried(request, who, meeting, lambda: act(actor=who.person, guest=guest), done)


@require_POST
def meeting_want(request: HttpRequest, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """The family asks its liaison to come."""
    meeting, who = seen(request, meeting_id)
    guest = _guest(who, meeting, seat_id)
    return tried(
        request,
        who,
        meeting,
        lambda: actions.ask_to_come(actor=who.person, guest=guest),
        _("They are told that you would like them to come. Their answer stands on this page."),
    )


@show_or_post
def meeting_language(request: HttpRequest, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """Who needs help with the language, who gives it, and the person's own word to do without."""
    meeting, who = seen(request, meeting_id)
    guest = _guest(who, meeting, seat_id)
    if not access.may_see_to_interpreter(who, guest):
        raise Http404
    step = request.POST.get("do", "")
    profile = meeting.plan.family.program.profile
    ask = LanguageForm(
        posted(request) if step == "ask" else None,
        spoken=[one.code for one in profile.languages],
        initial={"language": guest.language or "es"},
    )
    helper = HelperForm(posted(request) if step == "assign" else None, initial={"helper": guest.helper})
    problem = ""
    if request.method == "POST":
        try:
            if _did(who, guest, step, ask, helper):
                messages.success(request, _("It is written down."))
                return redirect("meeting_show", meeting.public_id)
        except PlanRefusal as refusal:
            problem = str(refusal.message)
    is_own = who.guest is not None and guest.pk == who.guest.pk
    context = {
        "meeting": meeting,
        "shown": Shown(meeting),
        "row": GuestRow(guest, is_own=is_own, may_answer=False, may_see_to_language=True, may_keep_out=False),
        "ask": ask,
        "helper": helper,
        "who": who,
        "may_take_back": guest.seat.person_id is None and guest.interpreter != "not_needed",
        "problem": problem,
        "back": reverse("meeting_show", args=[meeting.public_id]),
    }
    return render(request, "care/meeting_language.html", context, status=422 if request.method == "POST" else 200)


def _did(who: Standing, guest: Guest, step: str, ask: LanguageForm, helper: HelperForm) -> bool:
    """Whether what was sent could be done; a form that lacks something says so itself."""
    if step == "ask" and ask.is_valid():
        actions.ask_for_interpreter(actor=who.person, guest=guest, language=ask.cleaned_data["language"])
    elif step == "assign" and helper.is_valid():
        actions.assign_interpreter(actor=who.person, guest=guest, helper=helper.cleaned_data["helper"])
    elif step == "waive":
        actions.waive_interpreter(actor=who.person, guest=guest, read_in=get_language() or "")
    elif step == "none":
        actions.take_back_need(actor=who.person, guest=guest)
    else:
        return False
    return True


def _guest(who: Standing, meeting: TeamMeeting, seat_id: UUID) -> Guest:
    for guest in access.guests_of(who, meeting):
        if guest.seat.public_id == seat_id:
            guest.meeting = meeting
            return guest
    raise Http404
