"""How the pages of this room fetch a plan and try what was asked of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.access.proposals import reads_whole
from portal.care.refusals import PlanRefusal
from portal.care.views.answers import note_look, read

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from portal.access.care import Reader
    from portal.care.models import Plan


def read_whole(request: HttpRequest, plan_id: UUID) -> tuple[Plan, Reader]:
    """Of those who read the plan as a whole; everybody else meets 404."""
    plan, reader = read(request, plan_id)
    if not reads_whole(reader):
        raise Http404
    if request.method != "POST":
        note_look(reader, plan, ())
    return plan, reader


def tried(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    back: str,
    done: _StrOrPromise,
) -> HttpResponse:
    """A button was pressed: do it and say so, or say plainly why not; back to the page in both cases."""
    try:
        act()
    except PlanRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect(back)
