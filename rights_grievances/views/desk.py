"""The coordinator's desk: what is due next, on whom it waits, and how much is late."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access import grievances as access
from portal.home.context import frame_of
from portal.views import person_of
from rights_grievances import shown

A_PAGE = 25
ANSWERED = Q(state="resolved")
# Of what is shown here at all (open, or with something still to do, or answered): all but what is answered and done.
WAITING = ~ANSWERED | Q(next_due_at__isnull=False)
WAITS_FOR_PLAN = Q(forwarded_at__isnull=False, received_by_plan_at=None)


@require_safe
def desk_show(request: HttpRequest) -> HttpResponse:
    """Soonest first; what is late is on top by that. No line holds a word of what was told."""
    person = person_of(request)
    jobs = frame_of(request).roles  # the frame of the page asks for them, too
    leads, handles = (bool(frame_of(request).works_as(*found)) for found in (access.LEADS, access.HANDLERS))
    if not (jobs and (leads or handles or access.may_have_desk(person))):
        raise Http404
    which = _filters([role.pk for role in jobs])
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in which else "all"
    cases = access.desk_cases(person, jobs).filter(access.AT_THE_DESK | ANSWERED)
    counts = cases.order_by().aggregate(**{name: Count("pk", filter=one) for name, one in which.items()})
    order = ("-resolved_at", "-pk") if chosen == "answered" else ("next_due_at", "pk")
    found = cases.filter(which[chosen]).order_by(*order)
    pages = Paginator(found, A_PAGE)
    pages.count = counts[chosen]
    page_of = pages.get_page(request.GET.get("page"))
    first = (page_of.number - 1) * A_PAGE
    lines = access.lines_of(found[first : first + A_PAGE]).order_by(*order)
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


def _filters(jobs: list[int]) -> dict[str, Q]:
    return {
        "all": WAITING,
        "late": Q(next_due_at__lt=timezone.now()),
        "unsorted": WAITING & Q(kind="unsorted"),
        "plan": WAITING & WAITS_FOR_PLAN,
        "undecided": WAITING & Q(decider=None, is_outside=False) & ~Q(kind__in=["unsorted", "question"]),
        "mine": WAITING & (Q(handler__in=jobs) | Q(decider__in=jobs)),
        "appeals": WAITING & Q(kind="appeal"),
        "answered": ANSWERED,
    }
