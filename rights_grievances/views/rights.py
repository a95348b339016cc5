"""The rights of a programme's families, open to everyone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access import people
from portal.programs.registry import profiles


@login_not_required
@require_safe
def rights_show(request: HttpRequest) -> HttpResponse:
    """Those of the reader's own programme, else of the one asked for, else the states to choose from."""
    known = profiles()
    program = people.program_of(request.user) if request.user.is_authenticated else None
    profile = program.profile if program else known.get(request.GET.get("program", ""))
    if profile is None:
        states = sorted(known.values(), key=lambda one: one.name)
        return render(request, "rights_grievances/choose.html", {"states": states})
    context = {
        "of": profile,
        "keys": [f"rights.{profile.slug}.{right.id}" for right in profile.rights],
        "has_others": program is None and len(known) > 1,
    }
    return render(request, "rights_grievances/rights.html", context)
