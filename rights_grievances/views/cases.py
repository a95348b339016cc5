"""One case, for who told us and for who works on it; and all that somebody told us."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.access import grievances as access

if TYPE_CHECKING:
    from portal.accounts.models import Person


@require_safe
def case_show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person = cast("Person", request.user)
    case = get_object_or_404(access.visible_cases(person), public_id=case_id)
    return render(request, "rights_grievances/cases/show.html", {"case": case})


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    person = cast("Person", request.user)
    return render(request, "rights_grievances/cases/list.html", {"cases": access.own_cases(person)})
