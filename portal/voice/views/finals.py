"""Where a plan stands on its way to being final, the family's word for it, objections, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import care as care_access
from portal.access import finals as access
from portal.care.refusals import PlanRefusal
from portal.care.shown import Row
from portal.care.shown import title as title_of
from portal.care.views.answers import asked
from portal.views import posted, show_or_post
from portal.voice import actions
from portal.voice.forms.proposals import WordsForm
from portal.voice.refusals import Unsettled
from portal.voice.views.common import read_whole, tried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.access.care import Reader
    from portal.care.models import Item, Plan


@require_safe
def deciding_show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    may_go_ahead = access.may_go_ahead(reader, plan)
    items = care_access.visible_items(reader, plan)
    without = access.to_go_without(reader, plan, items) if may_go_ahead else []
    context = {
        "plan": plan,
        "reader": reader,
        "final": access.last_final(plan),
        "may_finish": care_access.may_keep(reader) and plan.is_open,
        "may_go_ahead": may_go_ahead,
        "without": [Row(one, one.data) for one in without],
        "said_number": access.go_ahead_number(plan, reader.person) if may_go_ahead else None,
        "reasons": [(title_of(one.need.kind, one.need.data), one) for one in access.reasons_of(items)],
        "objections": list(access.visible_objections(reader, plan)),
        "may_object": access.may_object(reader, plan),
    }
    return render(request, "voice/deciding_show.html", context)


def _shown(block: access.Block) -> dict[str, object]:
    """What is in the way, with its words (LA-13: named)."""
    item = block.item
    words = title_of(item.kind, item.data | (item.offer or {})) if item is not None else ""
    return {"name": block.name, "words": words, "item": item, "objection": block.objection}


@require_POST
def go_ahead_say(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    if not access.may_go_ahead(reader, plan) and plan.is_open:
        raise Http404
    named = (one.partition(" ") for one in request.POST.getlist("without"))
    return tried(
        request,
        lambda: actions.say_go_ahead(
            actor=reader.person, plan=plan, without={public_id: mark for public_id, _space, mark in named}
        ),
        back=_back(plan),
        done=_("Thank you. Your team can make the plan final now."),
    )


@show_or_post
def plan_finish(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What is in the way of making the plan final, each by its name; and the button that does it."""
    plan, reader = read_whole(request, plan_id)
    if not care_access.may_keep(reader) or (request.method != "POST" and not plan.is_open):
        raise Http404
    if request.method != "POST":
        return _finish_page(request, plan, access.blocks_of(reader, plan))
    try:
        actions.make_final(actor=reader.person, plan=plan)
    except Unsettled as refusal:
        return _finish_page(request, plan, refusal.blocks, str(refusal.message))
    except PlanRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The plan is final. Everyone who reads it is told."))
    return redirect(_back(plan))


def _finish_page(request: HttpRequest, plan: Plan, blocks: Sequence[access.Block], problem: str = "") -> HttpResponse:
    context = {"plan": plan, "blocks": [_shown(one) for one in blocks], "problem": problem}
    return render(request, "voice/plan_finish.html", context, status=422 if problem else 200)


@show_or_post
def need_explain(request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
    """Why there is one way only for a need."""
    plan, reader = read_whole(request, plan_id)
    need = _need(reader, plan, care_access.visible_items(reader, plan), item_id)
    form = WordsForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.explain_one_option(actor=reader.person, need=need, why=form.cleaned_data["words"]),
        plan=plan,
        back=_back(plan),
        title=_("Why is there one way only?"),
        lead=title_of(need.kind, need.data),
        action=_("Keep this"),
        done=_("It is written down."),
    )


def _need(reader: Reader, plan: Plan, items: Sequence[Item], item_id: UUID) -> Item:
    for item in items:
        item.plan = plan
        if item.public_id == item_id and access.may_explain(reader, item):
            return item
    raise Http404


@show_or_post
def objection_add(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    if not access.may_object(reader, plan):
        raise Http404
    form = WordsForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.object_to_plan(actor=reader.person, plan=plan, words=form.cleaned_data["words"]),
        plan=plan,
        back=_back(plan),
        title=_("I object to something in the plan"),
        lead=_("The plan stays as it is until your team has answered you. Only you and the staff read this."),
        action=_("Say this"),
        done=_("Your team is told. It has to answer you before there is a next version."),
    )


@show_or_post
def objection_answer(request: HttpRequest, plan_id: UUID, objection_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    objection = access.objection_for(reader, plan, objection_id)
    if objection is None or not care_access.may_keep(reader):
        raise Http404
    form = WordsForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.answer_objection(actor=reader.person, objection=objection, words=form.cleaned_data["words"]),
        plan=plan,
        back=_back(plan),
        title=_("Answer an objection"),
        lead=objection.text,
        action=_("Send this answer"),
        done=_("They are told."),
    )


@require_safe
def decision_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    items = care_access.visible_items(reader, plan, with_removed=True)
    context = {"plan": plan, "reader": reader, "decisions": access.decisions_of(reader, plan, items)}
    return render(request, "voice/decision_list.html", context)


def _back(plan: Plan) -> str:
    return reverse("deciding_show", args=[plan.public_id])
