"""The seats of those who decide: a picture of the share that families hold, open ones to apply for, and a holder's own yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import community
from portal.access import taking_part as access
from portal.community import actions
from portal.community.forms.taking_part import SeatForm
from portal.community.refusals import CommunityRefusal
from portal.community.shown import boards_of
from portal.community.views.common import answered_program, program_shown, reader_of, refuse, speak_for
from portal.views import person_of, posted, show_or_post


@login_not_required
@require_safe
def seat_list(request: HttpRequest) -> HttpResponse:
    person = reader_of(request)
    program = program_shown(request, person)
    if program is None:
        return redirect("community_show")
    speak_for(request, program)
    takes_part = person is not None and access.may_take_part(person, program)
    applied = access.own_interests(person).filter(seat__isnull=False, state="registered") if person is not None else ()
    context = {
        "of": program,
        "boards": boards_of(access.seats_of(program), person),
        "takes_part": takes_part,
        "keepers": community.keeping_roles(program) if takes_part else (),
        "applied": {one.seat_id: one for one in applied},
        "may_keep": person is not None and access.may_post(person, program),
        "is_in": person is not None,
    }
    return render(request, "community/seat_list.html", context)


@require_POST
def seat_apply(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    person = person_of(request)
    seat = get_object_or_404(access.visible_seats(person), public_id=seat_id)
    try:
        actions.apply_for_seat(actor=person, seat=seat)
    except CommunityRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Thank you. You hear what comes of it on the page “Have a say”."))
    return redirect("seat_list")


@require_POST
def seat_name(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """The holder's own word: whether their name stands beside it."""
    person = person_of(request)
    seat = get_object_or_404(access.held_seats(person), public_id=seat_id)
    is_named = request.POST.get("named") == "yes"
    actions.name_holder(actor=person, seat=seat, is_named=is_named)
    said = _("Everyone can read your name there now.") if is_named else _("Your name is not shown.")
    messages.success(request, said)
    return redirect("seat_list")


@show_or_post
def seat_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    program = answered_program(request, person)
    form = SeatForm(posted(request), organizations=community.deciding_bodies(program))
    if form.is_bound and form.is_valid():
        try:
            actions.add_seat(actor=person, **form.told())
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The seat stands on the page of seats now."))
            return redirect("seat_list")
    context = {"form": form, "title": _("Add a seat"), "action": _("Add the seat")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def seat_set(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Somebody has it, it is open again, or there is no such seat any more."""
    person = person_of(request)
    seat = get_object_or_404(access.seats_to_keep(person), public_id=seat_id)
    said = request.POST.get("state")
    if said == "gone":
        actions.end_seat(actor=person, seat=seat)
    elif said in {"held", "open"}:
        actions.set_seat(actor=person, seat=seat, is_held=said == "held")
    messages.success(request, _("Written down."))
    return redirect("seat_list")
