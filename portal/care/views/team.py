"""The team's page, and each thing that is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import team as access
from portal.access import team_links
from portal.access.care import Part
from portal.care import actions
from portal.care.refusals import PlanRefusal
from portal.care.team_forms import ReachForm, SeatForm, WhyForm
from portal.care.views.answers import asked, read
from portal.families.actions import record_view
from portal.views import posted, show_or_post

if TYPE_CHECKING:
    from portal.access.care import Reader
    from portal.care.models import Plan, Seat


@require_safe
def team_show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = _read(request, plan_id)
    if reader.part == Part.STAFF:
        record_view(actor=reader.person, family=plan.family, subject="plan", subject_id=plan.public_id)
    team = access.team_of(reader, plan)
    links = team_links.links_of(team, plan)
    asks = list(access.visible_asks(reader, plan))
    open_asks = {ask.seat.person_id for ask in asks if ask.answered_at is None and ask.asked_by_id == reader.person.pk}
    leaves = access.can_be_taken_off(reader, plan, team)
    context = {
        "plan": plan,
        "team": team,
        "leaves": leaves,
        "rows": [
            _row(reader, plan, team, seat, links, open_asks) | {"leaves": seat.pk in leaves} for seat in team.seats
        ],
        "proposed": team.proposed,
        "empty": team.empty,
        "asks": asks,
        "for_staff": reader.part == Part.STAFF,
    }
    return render(request, "care/team_show.html", context)


def _row(
    reader: Reader, plan: Plan, team: access.Team, seat: Seat, links: dict[int, Any], open_asks: set[int | None]
) -> dict[str, Any]:
    """One seat with what this reader sees of it and can do about it; asks nothing more of the database."""
    is_me = seat.person_id == reader.person.pk
    by_name = seat.person_id is None
    is_neighbor = seat.role == "neighbor"
    return {
        "seat": seat,
        "is_me": is_me,
        "reach": seat.reach if team.sees_reach or is_me else "",
        "may_reach": plan.is_open and (is_me or (by_name and (team.may_change or team.may_propose))),
        "may_ask": access.is_of_staff(seat) and team.may_change,
        "is_asked": seat.person_id in open_asks,
        "may_link": team.may_change and is_neighbor and by_name and seat.access_basis == plan.access_basis == "parent",
        "link": links.get(seat.pk),
    }


@show_or_post
def team_add(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = _read(request, plan_id)
    is_familys = access.has_say(reader, plan)
    if not (is_familys or access.may_propose(reader)) or (request.method != "POST" and not plan.is_open):
        raise Http404
    people, bases = access.candidates(reader, plan), access.bases_in(reader, plan)
    form = SeatForm(posted(request), roles=access.BY_HAND, people=people, bases=bases)
    return asked(
        request,
        form,
        lambda: actions.add_seat(actor=reader.person, plan=plan, **form.seat),
        plan=plan,
        back=_back(plan),
        title=_("Ask someone onto the team"),
        lead="" if is_familys else _("The family says yes or no. Until then they are not on the team."),
        action=_("Ask someone onto the team"),
        done=_("They are on the team now.") if is_familys else _("The family is asked now."),
    )


@require_POST
def team_answer(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None or not access.may_change(reader, plan):
        return _moved_on(request, reader, plan)
    yes = request.POST.get("yes") == "yes"
    done = _("They are on the team now.") if yes else _("They are not on the team. Your staff see that you said no.")
    return _do(request, plan, lambda: actions.answer_seat(actor=reader.person, seat=seat, yes=yes), done)


@show_or_post
def team_end(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    """Take somebody off the team."""
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None:
        return _moved_on(request, reader, plan)
    if not access.may_take_off(reader, plan, seat):
        raise Http404
    is_staff = reader.part == Part.STAFF
    hint = _("The family reads it.") if is_staff else _("You do not need a reason.")
    form = WhyForm(posted(request), is_needed=is_staff, help_text=hint)
    return asked(
        request,
        form,
        lambda: actions.end_seat(actor=reader.person, seat=seat, **form.cleaned_data),
        plan=plan,
        back=_back(plan),
        title=_("Take %(name)s off the team") % {"name": seat.called},
        lead=_("From then on they see nothing of the plan.") if seat.person_id is not None else "",
        action=_("Take them off"),
        done=_("They are not on the team any more."),
    )


@show_or_post
def team_reach(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None:
        return _moved_on(request, reader, plan)
    if not access.may_set_reach(reader, plan, seat):
        raise Http404
    form = ReachForm(posted(request), initial={"reach": seat.reach})
    return asked(
        request,
        form,
        lambda: actions.set_reach(actor=reader.person, seat=seat, **form.cleaned_data),
        plan=plan,
        back=_back(plan),
        title=seat.called,
        lead=_("The young person, whoever decides for them and your staff see it."),
        action=_("Keep this"),
        done=_("Saved."),
    )


@show_or_post
def team_empty(request: HttpRequest, plan_id: UUID, role: str) -> HttpResponse:
    """Why a place that the programme asks for is empty."""
    plan, reader = _read(request, plan_id)
    places = access.empty_places(plan, reader)
    place = next((one for one in places if one.value == role), None)
    if place is None or not (access.may_change(reader, plan) or access.may_propose(reader)):
        return _moved_on(request, reader, plan)
    hint = _("For example: this is no part of our life. Everyone who reads the plan sees it.")
    form = WhyForm(posted(request), is_needed=True, help_text=hint, initial={"why": places[place]})
    return asked(
        request,
        form,
        lambda: actions.explain_empty_place(actor=reader.person, plan=plan, role=place, **form.cleaned_data),
        plan=plan,
        back=_back(plan),
        title=_("Why is nobody here yet?"),
        lead=place.label,
        action=_("Keep this"),
        done=_("Saved."),
    )


@show_or_post
def team_ask(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    """Ask for somebody else of the staff."""
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None or not access.may_ask_change(reader, plan, seat):
        raise Http404
    form = WhyForm(posted(request), is_needed=False, help_text=_("You do not need a reason."))
    return asked(
        request,
        form,
        lambda: actions.ask_change(actor=reader.person, seat=seat, **form.cleaned_data),
        plan=plan,
        back=_back(plan),
        title=_("Ask for someone else"),
        lead=_("%(name)s and the other staff beside you read this. Nobody else in your family does.")
        % {"name": seat.called},
        action=_("Ask for someone else"),
        done=_("You asked for someone else. Your staff have to answer you."),
    )


@require_POST
def team_link_make(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    """The link and its word, shown this once."""
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None or not team_links.may_make_link(reader, plan, seat):
        return _moved_on(request, reader, plan)
    token, word = actions.make_link(actor=reader.person, seat=seat)
    address = request.build_absolute_uri(reverse("team_link_open", args=[token]))
    context = {"plan": plan, "seat": seat, "address": address, "word": f"{word[:3]} {word[3:]}"}
    return render(request, "care/team_link.html", context)


@require_POST
def team_link_end(request: HttpRequest, plan_id: UUID, seat_id: UUID) -> HttpResponse:
    plan, reader = _read(request, plan_id)
    seat = _seat(reader, plan, seat_id)
    if seat is None or not access.may_change(reader, plan):
        return _moved_on(request, reader, plan)
    return _do(
        request, plan, lambda: actions.end_link(actor=reader.person, seat=seat), _("That link does not work any more.")
    )


# -- what these have in common --------------------------------------------------------------------------------------------


def _read(request: HttpRequest, plan_id: UUID) -> tuple[Plan, Reader]:
    """A natural support has no page of the team: they see what is shown to them of the plan."""
    plan, reader = read(request, plan_id)
    if reader.part == Part.SUPPORT:
        raise Http404
    return plan, reader


def _seat(reader: Reader, plan: Plan, seat_id: UUID) -> Seat | None:
    seat = access.seat_of(reader, plan, seat_id)
    if seat is not None:
        seat.plan = plan
    return seat


def _moved_on(request: HttpRequest, reader: Reader, plan: Plan) -> HttpResponse:
    """From an old page, of somebody who can change the team: it is told how it is now. Nobody else learns that there is a page."""
    if not (access.may_change(reader, plan) or access.may_propose(reader)):
        raise Http404
    messages.info(request, _("This has changed in the meantime. The page shows how it is now."))
    return redirect(_back(plan))


def _do(request: HttpRequest, plan: Plan, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, done)
    return redirect(_back(plan))


def _back(plan: Plan) -> str:
    return reverse("team_show", args=[plan.public_id])
