"""Where another system says something else than the family wrote: they keep theirs, or take it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import care, exchange
from portal.care.actions.exchange import answer_difference
from portal.care.kinds import KINDS
from portal.care.refusals import PlanRefusal
from portal.care.shown import Moved, changed, title
from portal.care.views.answers import read

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.access.care import Reader
    from portal.care.models import Difference, Plan


@dataclass(frozen=True, slots=True)
class Asked:
    row: Difference
    label: _StrOrPromise
    title: str
    moved: list[Moved]


@require_safe
def difference_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    if reader.part in {care.Part.STAFF, care.Part.SUPPORT, care.Part.SCHOOL}:
        raise Http404
    return _page(request, plan, reader)


def _page(request: HttpRequest, plan: Plan, reader: Reader, said: str = "", status: int = 200) -> HttpResponse:
    items = care.visible_items(reader, plan)
    titles = {str(one.public_id): title(one.kind, one.data) for one in items}
    asked = [_asked(one, titles) for one in exchange.open_differences(reader, plan, items)]
    return render(request, "care/difference_list.html", {"plan": plan, "asked": asked, "said": said}, status=status)


def _asked(row: Difference, titles: dict[str, str]) -> Asked:
    item, theirs = row.item, json.loads(row.data)
    here: dict[str, Any] = item.data
    return Asked(row, KINDS[item.kind].label, title(item.kind, here), changed(item.kind, here, theirs, titles))


@require_POST
def difference_answer(request: HttpRequest, plan_id: UUID, difference_id: UUID) -> HttpResponse:
    plan, reader = read(request, plan_id)
    difference = exchange.difference_for(reader, plan, difference_id)
    answer = request.POST.get("answer", "")
    if difference is None or answer not in {"keep", "take"}:
        raise Http404
    mark = request.POST.get("mark", "")
    try:
        answer_difference(actor=reader.person, difference=difference, mark=mark, takes=answer == "take")
    except PlanRefusal as refusal:
        return _page(request, plan, reader, said=str(refusal.message), status=422)
    messages.success(request, _("It says what you chose.") if answer == "take" else _("Your words stay as they are."))
    return redirect("difference_list", plan.public_id)
