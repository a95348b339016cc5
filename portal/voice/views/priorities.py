"""What comes first to each of the family, what they ask of everybody, and the parts of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import care as care_access
from portal.access import finals, proposals
from portal.access import priorities as access
from portal.access.care import Part
from portal.care.refusals import PlanRefusal
from portal.care.shown import title as title_of
from portal.views import posted, show_or_post
from portal.voice import actions
from portal.voice.forms.proposals import PhaseForm, PreferenceForm
from portal.voice.views.common import read_whole, tried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.care.models import Item

FIRST, LAST = 1, 999  # what somebody may write beside a line


@show_or_post
def ranking_show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Numbers beside the lines, or one step up or down by a button; each person's order side by side."""
    plan, reader = read_whole(request, plan_id)
    items = care_access.visible_items(reader, plan)
    orders = access.orders(reader, plan, items)
    own = next((one.ranking for one in orders if one.person == reader.person), None)
    mine = access.in_order(items, own)
    if request.method == "POST":
        if not proposals.is_of_family(reader):
            raise Http404
        return tried(
            request,
            lambda: actions.rank(actor=reader.person, plan=plan, order=_wanted(request, mine)),
            back=reverse("ranking_show", args=[plan.public_id]),
            done=_("Your order is kept. Your team sees it."),
        )
    context = {
        "plan": plan,
        "reader": reader,
        "may_rank": access.may_rank(reader, plan),
        "mine": [(str(one.public_id), title_of(one.kind, one.data)) for one in mine],
        "orders": [(one, [title_of(item.kind, item.data) for item in one.items]) for one in orders],
    }
    return render(request, "voice/ranking_show.html", context)


def _wanted(request: HttpRequest, mine: Sequence[Item]) -> list[str]:
    """The order after what was pressed: by the numbers that were written, then one step for the line whose button it was."""
    known = [str(one.public_id) for one in mine]
    places = {public_id: _number(request.POST.get(public_id, ""), place) for place, public_id in enumerate(known, 1)}
    order = sorted(known, key=lambda one: places[one])
    way, _space, moved = request.POST.get("move", "").partition(" ")
    if moved in order:
        place = order.index(moved)
        other = place - 1 if way == "up" else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
    return order


def _number(text: str, else_: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST)) else 0
    return number if FIRST <= number <= LAST else else_


@show_or_post
def preference_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    form = PreferenceForm(posted(request), is_young=reader.part == Part.YOUNG)
    if request.method == "POST":
        if not proposals.is_of_family(reader):
            raise Http404
        if form.is_valid():
            try:
                actions.ask_of_all(actor=reader.person, plan=plan, **form.cleaned_data)
            except PlanRefusal as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("It is on the list. Your team is told."))
                return redirect("preference_list", plan.public_id)
    context = {
        "plan": plan,
        "reader": reader,
        "form": form,
        "may_ask": access.may_ask_of_all(reader, plan),
        "preferences": list(access.visible_preferences(reader, plan)),
    }
    return render(request, "voice/preference_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def preference_end(request: HttpRequest, plan_id: UUID, preference_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    preference = get_object_or_404(access.own_preferences(reader, plan), public_id=preference_id)
    return tried(
        request,
        lambda: actions.take_back_preference(actor=reader.person, preference=preference),
        back=reverse("preference_list", args=[plan.public_id]),
        done=_("It is off the list."),
    )


@show_or_post
def phase_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    stages = finals.stages(plan)
    now = next((one.phase for one in stages if one.is_now), None)
    form = PhaseForm(posted(request), initial={"phase": now})
    may_say = finals.may_say_at_phase(reader, plan)
    if request.method == "POST":
        if not may_say:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.say_at_phase(actor=reader.person, plan=plan, phase=said["phase"], words=said["words"])
            except PlanRefusal as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("Thank you. It is written down in your words."))
                return redirect("phase_list", plan.public_id)
    context = {
        "plan": plan,
        "reader": reader,
        "stages": stages,
        "form": form,
        "may_say": may_say,
        "may_end": care_access.may_keep(reader) and plan.is_open,
    }
    return render(request, "voice/phase_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def phase_end(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Staff say that a part of the way is over, or ask the family for their word about it."""
    plan, reader = read_whole(request, plan_id)
    phase = request.POST.get("phase", "")
    if not care_access.may_keep(reader) or phase not in {one.phase.value for one in finals.stages(plan)}:
        raise Http404
    back = reverse("phase_list", args=[plan.public_id])
    if request.POST.get("ask"):
        return tried(
            request, lambda: actions.ask_at_phase(actor=reader.person, plan=plan), back=back, done=_("They are asked.")
        )
    return tried(
        request,
        lambda: actions.end_phase(actor=reader.person, plan=plan, phase=phase),
        back=back,
        done=_("This part is behind you."),
    )
