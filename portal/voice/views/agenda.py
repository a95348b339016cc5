"""The pages of a meeting's agenda, and of what people add to its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import agenda as access
from portal.care.kinds import NotGood
from portal.care.meetings_shown import Shown
from portal.care.refusals import PlanRefusal
from portal.care.views.answers import asked
from portal.care.views.meetings import seen
from portal.families.actions import record_view
from portal.views import posted, show_or_post
from portal.voice import actions
from portal.voice.forms.agenda import AgendaItemForm, MeetingNoteForm, MoveForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.access.meetings import Standing
    from portal.care.models import TeamMeeting
    from portal.voice.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the page shows it: whose it is, and what the reader can do about it."""

    item: AgendaItem
    number: int
    is_own: bool
    may_remove: bool
    up: AgendaItem | None  # the neighbors with which it can change places
    down: AgendaItem | None


@show_or_post
def agenda_show(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    if request.method == "POST" and access.side_of(who) is None:
        raise Http404
    form = AgendaItemForm(posted(request), initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_agenda_item(actor=who.person, meeting=meeting, key=said["key"], text=said["text"])
        except NotGood as problem:
            form.refuse(problem.field, problem.message)
        except PlanRefusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("It is on the agenda. Everyone who is asked to come can read it."))
            return redirect("agenda_show", meeting.public_id)
    return _page(request, meeting, who, form)


def _page(
    request: HttpRequest, meeting: TeamMeeting, who: Standing, form: AgendaItemForm, problem: str = ""
) -> HttpResponse:
    if who.keeps:
        plan = meeting.plan
        record_view(actor=who.person, family=plan.family, subject="plan", subject_id=plan.public_id)
    items = access.agenda_of(meeting)
    lines = _lines(items, who, meeting)
    context = {
        "meeting": meeting,
        "plan": meeting.plan,
        "shown": Shown(meeting),
        "who": who,
        "ours": [line for line in lines if line.item.side == "family"],
        "others": [line for line in lines if line.item.side == "team"],
        "mark": access.mark_of(items),
        "confirmation": access.confirmation_of(meeting, items),
        "form": form,
        "may_add": access.may_add(who, meeting),
        "may_order": access.may_order(who, meeting),
        "may_confirm": access.may_confirm(who, meeting) and bool(items),
        "problem": problem,
    }
    return render(request, "voice/agenda_show.html", context, status=422 if problem or form.is_bound else 200)


def _lines(items: list[AgendaItem], who: Standing, meeting: TeamMeeting) -> list[Line]:
    may_order = access.may_order(who, meeting)
    found = []
    for place, item in enumerate(items):
        near = [items[at] if 0 <= at < len(items) else None for at in (place - 1, place + 1)]
        up, down = (one if may_order and one is not None and one.side == item.side else None for one in near)
        found.append(
            Line(
                item=item,
                number=place + 1,
                is_own=item.by_id == who.person.pk,
                may_remove=access.may_remove(who, item, meeting),
                up=up,
                down=down,
            )
        )
    return found


@require_POST
def agenda_move(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """The family moves one item past its neighbor."""
    meeting, who = seen(request, meeting_id)
    item, form = _item(meeting, item_id), MoveForm(request.POST)
    if not who.decides or not form.is_valid():
        raise Http404
    return _tried(
        request,
        meeting,
        who,
        lambda: actions.move_agenda_item(actor=who.person, item=item, past=form.cleaned_data["past"]),
        _("Moved. Nobody but your family changes this order."),
    )


@require_POST
def agenda_remove(request: HttpRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    item = _item(meeting, item_id)
    return _tried(
        request,
        meeting,
        who,
        lambda: actions.remove_agenda_item(actor=who.person, item=item),
        _("It is off the agenda."),
    )


@require_POST
def agenda_confirm(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    meeting, who = seen(request, meeting_id)
    mark = request.POST.get("mark", "")
    return _tried(
        request,
        meeting,
        who,
        lambda: actions.confirm_agenda(actor=who.person, meeting=meeting, mark=mark),
        _("The agenda stands, in the family’s order."),
    )


@show_or_post
def note_add(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One more word for the record of a meeting that took place."""
    meeting, who = seen(request, meeting_id)
    if not access.may_add_note(who, meeting):
        raise Http404
    form = MeetingNoteForm(posted(request), initial={"key": uuid4()})
    return asked(
        request,
        form,
        lambda: actions.add_meeting_note(actor=who.person, meeting=meeting, **form.cleaned_data),
        plan=meeting.plan,
        back=reverse("meeting_show", args=[meeting.public_id]),
        title=_("Add to what was written down"),
        action=_("Add it"),
        done=_("It stands in the record of this meeting."),
    )


def _item(meeting: TeamMeeting, item_id: UUID) -> AgendaItem:
    """Also one that is off the agenda meanwhile: who presses a button about it is told how it is now."""
    item = access.item_of(meeting, item_id)
    if item is None:
        raise Http404
    return item


def _tried(
    request: HttpRequest, meeting: TeamMeeting, who: Standing, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except PlanRefusal as refusal:
        return _page(request, meeting, who, AgendaItemForm(initial={"key": uuid4()}), problem=str(refusal.message))
    messages.success(request, done)
    return redirect("agenda_show", meeting.public_id)
