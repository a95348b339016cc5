"""The coordinator's desk: what is due next, on whom it waits, and how much is late."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access import desk
from portal.access import grievances as access
from portal.home.context import frame_of
from portal.views import person_of
from rights_grievances import shown


@require_safe
def desk_show(request: HttpRequest) -> HttpResponse:
    """Soonest first; what is late is on top by that. No line holds a word of what was told."""
    person = person_of(request)
    jobs = frame_of(request).roles  # the frame of the page asks for them, too
    leads, handles = (bool(frame_of(request).works_as(*found)) for found in (access.LEADS, access.HANDLERS))
    if not (jobs and (leads or handles or access.may_have_desk(person))):
        raise Http404
    worker = access.worker_of(person, jobs)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in desk.SORTS else "all"
    counts = desk.counts_of(worker)
    page_of = Paginator(range(counts[chosen]), desk.A_PAGE).get_page(request.GET.get("page"))
    lines = access.lines_of(desk.page_of(worker, chosen, page_of.number))
    now = timezone.now()
    context = {
        "rows": [shown.row(case, now) for case in lines],
        "page_of": page_of,
        "counts": counts,
        "chosen": chosen,
        "late_for_lead": access.late_for_lead(person) if leads else 0,
        "takes_calls": handles,
        "reviews": handles or leads,
    }
    return render(request, "rights_grievances/desk/show.html", context)
