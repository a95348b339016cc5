"""The pages of a team's meetings: all of a plan, one's own, and one of them from its proposal to what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import agenda, care, preparing, priorities, pulse
from portal.access import meetings as access
from portal.access.care import Part
from portal.care import actions, ics
from portal.care.forms import ItemForm
from portal.care.kinds import Domain
from portal.care.meeting_forms import CallOffForm, HoldForm, MeetingForm, OtherForm, as_written
from portal.care.meetings_shown import GuestRow, Shown, in_order
from portal.care.refusals import ChangedMeanwhile, PlanRefusal
from portal.care.shown import Row
from portal.care.views.answers import asked, read
from portal.clocks.feed import CONTENT_TYPE
from portal.families.actions import record_view
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.access.meetings import Standing
    from portal.care.models import Plan, TeamMeeting


@require_safe
def meeting_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The meetings of one plan, of those that are for this reader."""
    plan, reader = read(request, plan_id)
    if reader.part == Part.STAFF:
        record_view(actor=reader.person, family=plan.family, subject="plan", subject_id=plan.public_id)
    meetings, may_propose = access.board_of(reader, plan)
    context = {
        "plan": plan,
        "sorted": in_order(meetings),
        "may_propose": may_propose,
        "keeps": reader.part == Part.STAFF,
        "left_out": access.left_out_of(reader.person),
        "back": reverse("plan_show", args=[plan.public_id]),
    }
    return render(request, "care/meeting_list.html", context)


@require_safe
def meeting_mine(request: HttpRequest) -> HttpResponse:
    """Every meeting this person is asked to come to, of whichever team."""
    person = person_of(request)
    meetings = list(access.own_meetings(person))
    if not meetings and not access.is_invited_anywhere(person):
        raise Http404
    context = {"sorted": in_order(meetings), "left_out": access.left_out_of(person), "names_team": True}
    return render(request, "care/meeting_list.html", context)


@show_or_post
def meeting_propose(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    if not access.may_propose(reader, plan) and (request.method != "POST" or plan.is_open):
        raise Http404
    form = MeetingForm(posted(request), zone=_zone(plan), is_staff=reader.part == Part.STAFF)
    return asked(
        request,
        form,
        lambda: actions.propose_meeting(actor=reader.person, plan=plan, **form.said),
        plan=plan,
        back=reverse("meeting_list", args=[plan.public_id]),
        title=_("Propose a meeting"),
        action=_("Propose it"),
        done=_("It is proposed. Everyone on the team is told."),
    )


@require_safe
def meeting_show(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    actions.see_meeting(actor=who.person, meeting=meeting)
    return _page(request, meeting, who)


def _page(request: HttpRequest, meeting: TeamMeeting, who: Standing, problem: str = "") -> HttpResponse:
    if who.keeps:
        family = meeting.plan.family
        record_view(actor=who.person, family=family, subject="plan", subject_id=meeting.plan.public_id)
    guests = access.guests_of(who, meeting)
    family_ids = access.family_ids(meeting.plan) if who.decides else set()
    liaisons = access.liaison_ids(meeting) if who.decides and meeting.is_planned else set()
    rows = [
        GuestRow(
            guest,
            is_own=who.guest is not None and guest.pk == who.guest.pk,
            may_answer=meeting.is_planned and access.may_answer_for(who, guest),
            may_see_to_language=meeting.is_planned and access.may_see_to_interpreter(who, guest),
            may_keep_out=who.decides and guest.seat.person_id not in family_ids,
            may_want=guest.wanted_at is None and access.may_want(who, guest, meeting, liaisons),
        )
        for guest in guests
    ]
    context = {
        "meeting": meeting,
        "plan": meeting.plan,
        "shown": Shown(meeting),
        "who": who,
        "rows": rows,
        "own": next((row for row in rows if row.is_own), None),
        "wishes": access.wishes_of(who, meeting),
        "tasks": [Row(item, item.data) for item in access.tasks_of(who, meeting)],
        "matters": _matters(who, meeting),
        "preferences": [] if who.reader is None else priorities.visible_preferences(who.reader, meeting.plan),
        "may_add_task": meeting.state == "held" and _may_add_task(who, meeting),
        "agenda": agenda.agenda_of(meeting),
        "may_add_item": agenda.may_add(who, meeting),
        "may_prepare": agenda.may_prepare(who, meeting),
        "leave_out": preparing.to_leave_out(who, meeting),
        "added": agenda.notes_of(who, meeting),
        "may_add_note": agenda.may_add_note(who, meeting),
        "team_answers": pulse.read_by_team(who, meeting),
        "problem": problem,
    }
    return render(request, "care/meeting_show.html", context, status=422 if problem else 200)


def _matters(who: Standing, meeting: TeamMeeting) -> list[Row]:
    """What the family wrote about culture and faith, before the team sits down with them."""
    reader = who.reader if who.keeps and meeting.is_planned else None
    if reader is None:
        return []
    rows = [Row(item, item.data) for item in care.visible_items(reader, meeting.plan)]
    return [row for row in rows if row.data.get("domain") == Domain.CULTURE]


def _may_add_task(who: Standing, meeting: TeamMeeting) -> bool:
    reader = who.reader
    return reader is not None and meeting.plan.is_open and care.may_add(reader, meeting.plan, "task")


@show_or_post
def meeting_change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    _only(request, meeting, who.keeps or who.decides)
    initial = as_written(meeting)
    form = MeetingForm(posted(request), zone=_zone(meeting.plan), is_staff=not who.decides, initial=initial)
    return _asked(
        request,
        form,
        lambda: actions.change_meeting(actor=who.person, meeting=meeting, mark=_mark(request, meeting), **form.said),
        meeting=meeting,
        title=_("Another time or place"),
        lead=_("A new time or place is a new proposal. Everyone is asked again."),
        action=_("Keep this"),
        done=_("It is changed, and everyone is told."),
    )


@show_or_post
def meeting_other(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The family would rather meet elsewhere or at another time."""
    meeting, who = seen(request, meeting_id)
    _only(request, meeting, who.decides)
    form = OtherForm(posted(request))
    return _asked(
        request,
        form,
        lambda: actions.ask_for_other(
            actor=who.person, meeting=meeting, mark=_mark(request, meeting), text=form.cleaned_data["text"]
        ),
        meeting=meeting,
        title=_("Ask for another time or place"),
        lead=_("Say it in your own words. Your team reads it and proposes something new."),
        action=_("Send it"),
        done=_("Your team is told."),
    )


@require_POST
def meeting_agree(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    return tried(
        request,
        who,
        meeting,
        lambda: actions.agree_to_meeting(actor=who.person, meeting=meeting, mark=_mark(request, meeting)),
        _("Thank you. Your team is told that this works for you."),
    )


@require_POST
def meeting_confirm(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    return tried(
        request,
        who,
        meeting,
        lambda: actions.confirm_meeting(actor=who.person, meeting=meeting, mark=_mark(request, meeting)),
        _("It is confirmed, and everyone is told."),
    )


@show_or_post
def meeting_hold(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    _only(request, meeting, who.keeps)
    form = HoldForm(posted(request), guests=access.guests_of(who, meeting))
    return _asked(
        request,
        form,
        lambda: actions.hold_meeting(
            actor=who.person,
            meeting=meeting,
            came=form.who_came,
            notes=form.cleaned_data["notes"],
            without=form.cleaned_data["without"],
        ),
        meeting=meeting,
        title=_("What came of it"),
        action=_("Keep this"),
        done=_("It is written down. Now add who does what."),
    )


@show_or_post
def meeting_call_off(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    _only(request, meeting, who.keeps or who.decides)
    form = CallOffForm(posted(request))
    return _asked(
        request,
        form,
        lambda: actions.call_off_meeting(actor=who.person, meeting=meeting, why=form.cleaned_data["why"]),
        meeting=meeting,
        title=_("Call this meeting off"),
        action=_("Call it off"),
        done=_("It is called off, and everyone is told."),
    )


@show_or_post
def meeting_task(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    reader = who.reader
    if meeting.state != "held" or reader is None or not _may_add_task(who, meeting):
        raise Http404
    form = ItemForm(posted(request), kind="task", known={}, bases=care.bases_in(reader, meeting.plan))
    return _asked(
        request,
        form,
        lambda: actions.add_meeting_task(
            actor=who.person,
            meeting=meeting,
            data=form.said,
            access_basis=form.cleaned_data.get("access_basis") or "parent",
        ),
        meeting=meeting,
        title=_("Task"),
        action=_("Add it to the plan"),
        done=_("It is in the plan."),
    )


@require_safe
def meeting_file(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """For the reader's own calendar: the time, and the place only where they tick it."""
    meeting, who = seen(request, meeting_id)
    text = ics.file_of(meeting, str(who.person.public_id), with_place=request.GET.get("place") == "yes")
    return HttpResponse(
        text, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'attachment; filename="date.ics"'}
    )


# -- what these views begin and end with -----------------------------------------------------------------------------------


def seen(request: HttpRequest, meeting_id: UUID) -> tuple[TeamMeeting, Standing]:
    person = person_of(request)
    meeting = get_object_or_404(access.visible_meetings(person), public_id=meeting_id)
    return meeting, access.standing_in(person, meeting)


def _only(request: HttpRequest, meeting: TeamMeeting, allowed: bool) -> None:
    """What is over meanwhile is said to who sends something, with what they typed; nobody begins it anew."""
    if not allowed or (request.method != "POST" and not meeting.is_planned):
        raise Http404


def _mark(request: HttpRequest, meeting: TeamMeeting) -> str:
    return request.POST.get("mark", str(meeting.sequence))


def _zone(plan: Plan) -> str:
    return plan.family.program.profile.time_zone_of(plan.family.region or None)


def _asked(
    request: HttpRequest, form: Any, act: Callable[[], object], *, meeting: TeamMeeting, **words: Any
) -> HttpResponse:
    back = reverse("meeting_show", args=[meeting.public_id])
    shown = Shown(meeting)
    return asked(request, form, act, plan=meeting.plan, back=back, mark=str(meeting.sequence), now=shown.parts, **words)


def tried(
    request: HttpRequest, who: Standing, meeting: TeamMeeting, act: Callable[[], object], done: str
) -> HttpResponse:
    """One button: done, or the page as it is now with why not."""
    try:
        act()
    except PlanRefusal as refusal:
        meeting.refresh_from_db()
        if isinstance(refusal, ChangedMeanwhile):
            return _page(request, meeting, who, problem=_("Somebody changed this meanwhile. Please look at it again."))
        return _page(request, meeting, who, problem=str(refusal.message))
    messages.success(request, done)
    return redirect("meeting_show", meeting.public_id)
