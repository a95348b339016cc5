"""What changes on which birthday, for a young person and for those who raise them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import growing as access
from portal.growing import actions
from portal.views import person_of


@require_safe
def growing_show(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    birthdays, adults = access.visible_birthdays(person), access.adults_to_let(person)
    if not (birthdays or adults):
        raise Http404
    context = {
        "birthdays": birthdays,
        "adults": adults,
        "agreed_alone": any(access.agreed_alone(place) for place in access.own_places(person)),
    }
    return render(request, "growing/growing_show.html", context)


@require_POST
def growing_let(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let one caregiver go on seeing, or not any more."""
    person = person_of(request)
    adult = get_object_or_404(access.caregivers_of(person), person__public_id=member_id)
    if request.POST.get("let") == "yes":
        actions.let_see(actor=person, adult=adult)
        messages.success(request, _("They may see where you are. You can end it at any time."))
    else:
        actions.stop_seeing(actor=person, adult=adult)
        messages.success(request, _("They do not see it any more."))
    return redirect("growing_show")
