"""The picture of progress: what happened around a plan, how the numbers go, and how those who raise the young person are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import care as access
from portal.access import enrollment, objectives, progress
from portal.care import picture
from portal.care.shown import Sheet
from portal.care.timeline import Timeline
from portal.care.views.answers import note_look, read
from portal.clocks.shown import show_all

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.care.models import Plan
    from portal.enrollment.models import Enrollment


@require_safe
def plan_timeline(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Home, school, services, dates, meetings and goals on one line of days, and the same as a list."""
    plan, reader = read(request, plan_id)
    if reader.part == access.Part.SUPPORT:
        raise Http404
    items = access.visible_items(reader, plan)
    note_look(reader, plan, items)
    sheet = Sheet(items, plan.family.program.today(), plan.next_review_on)
    for row in sheet.every:
        row.audience = access.audience_of(row.item)
    basics = objectives.basics_beside(reader.person, plan)
    cases = [one.enrollment for one in basics] or _open_cases(reader, plan)
    context = {
        "plan": plan,
        "reader": reader,
        "sheet": sheet,
        "guarded": next((item for item in items if item.let_by), None),
        "counted": [row for row in sheet.all_needs if row.trend.latest is not None],
        "adds": {"reading"} if plan.is_open and access.may_add(reader, plan, "reading") else set(),
        "basics": basics,
        "cases": cases,
    }
    return render(request, "care/plan_timeline.html", context | around(reader, plan, sheet))


def _open_cases(reader: Reader, plan: Plan) -> list[Enrollment]:
    return list(enrollment.visible_enrollments(reader.person).filter(youth=plan.youth_id, ended_at=None))


def around(reader: Reader, plan: Plan, sheet: Sheet) -> dict[str, Any]:
    """The timeline and its picture, for the page and for paper."""
    timeline = Timeline(
        sheet,
        show_all(progress.clocks_around(reader, plan)),
        progress.meetings_around(reader, plan),
        counts=progress.sees_whole(reader),
    )
    is_mirrored = (get_language() or "en").partition("-")[0] in settings.LANGUAGES_BIDI
    return {"timeline": timeline, "lanes": picture.lanes(timeline, _("Today"), is_mirrored=is_mirrored)}
