"""The rota of those on call, and the hours in which one answers oneself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.access import on_call as access
from portal.safety import actions, rota, words
from portal.safety.forms.rota import FillForm, HoursForm, LineForm, ShiftForm
from portal.safety.gaps import DAY
from portal.safety.views.answers import asked
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.programs.models import Organization

FARTHEST = dt.timedelta(days=400)


@require_safe
def rota_show(request: HttpRequest) -> HttpResponse:
    """A week of one rota; who sees several chooses which."""
    person = person_of(request)
    every = list(access.visible_rotas(person))
    organization = _chosen(request, access.visible_rotas(person))
    first = _first_day(request, organization)
    context = rota.week(person, organization, first) | {
        "organization": organization,
        "every": every,
        "first": first,
        "before": first - DAY * rota.A_WEEK,
        "after": first + DAY * rota.A_WEEK,
        "line": access.line_of(organization),
        "phone": access.number_of(organization),
        "may_change": access.may_change_rota(person, organization),
        "is_promised": bool(access.promise_of(organization.program)),
        "has_hours": access.own_roles(person).exists(),
    }
    return render(request, "safety/rota_show.html", context)


@show_or_post
def shift_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    organization = _chosen(request, access.changed_rotas(person))
    form = ShiftForm(posted(request), roles=access.possible_roles(organization), initial=_asked_for(request))

    def add(said: dict[str, Any]) -> str:
        actions.add_shift(actor=person, role=said["role"], **form.span())
        return _("Added. They are told.")

    return asked(request, form, add, back=_rota(organization), title=_("Put somebody on call"), button=_("Add this"))


@show_or_post
def shift_fill(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    organization = _chosen(request, access.changed_rotas(person))
    today = timezone.now().astimezone(access.zone_of(organization)).date()
    roles = access.possible_roles(organization)
    form = FillForm(posted(request), roles=roles, initial={"first_on": today, "weeks": 4})

    def fill(said: dict[str, Any]) -> str:
        made = len(actions.fill_rota(actor=person, **said))
        return ngettext("%(count)s shift was added.", "%(count)s shifts were added.", made) % {"count": made}

    return asked(
        request,
        form,
        fill,
        back=_rota(organization),
        title=_("The same every week"),
        lead=_("The times stay the same by the clock, also when clocks change. What is there already stays."),
        button=_("Add these"),
    )


@require_POST
def shift_cancel(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    person = person_of(request)
    shift = get_object_or_404(access.changed_shifts(person), public_id=shift_id)
    actions.cancel_shift(actor=person, shift=shift)
    messages.success(request, _("Called off. They are told."))
    return redirect(_rota(shift.organization))


@show_or_post
def line_set(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    organization = _chosen(request, access.changed_rotas(person))
    line = access.line_of(organization)
    form = LineForm(posted(request), initial={"phone": line.phone if line else access.number_of(organization)})

    def keep(said: dict[str, Any]) -> str:
        actions.set_line(actor=person, organization=organization, phone=said["phone"])
        return _("Saved as checked today.")

    title = _("The number for whoever is on call")
    return asked(request, form, keep, back=_rota(organization), title=title, button=_("I called it, and it works"))


@show_or_post
def duty_hours_set(request: HttpRequest) -> HttpResponse:
    """One's own hours in a usual week."""
    person = person_of(request)
    roles = list(access.own_roles(person))
    if not roles:
        raise Http404
    form = HoursForm(posted(request), roles=roles)

    def add(said: dict[str, Any]) -> str:
        actions.add_duty_hours(actor=person, **said)
        return _("Saved. Families read it above your conversation.")

    hours = [(one, words.weekday(one.weekday), words.times(one.starts, one.ends)) for one in access.own_hours(person)]
    return asked(
        request,
        form,
        add,
        back=reverse("duty_hours_set"),
        title=_("When you answer"),
        button=_("Add these hours"),
        template="safety/duty_hours_set.html",
        hours=hours,
        has_jobs=len(roles) > 1,
    )


@require_POST
def duty_hours_remove(request: HttpRequest, hours_id: UUID) -> HttpResponse:
    person = person_of(request)
    hours = get_object_or_404(access.own_hours(person), public_id=hours_id)
    actions.remove_duty_hours(actor=person, hours=hours)
    messages.success(request, _("Removed."))
    return redirect("duty_hours_set")


# -- parts of the above --------------------------------------------------------------------------------------------------


def _chosen(request: HttpRequest, rotas: QuerySet[Organization]) -> Organization:
    """The rota the address names, of those the person may open; without a name the first."""
    named = request.GET.get("of", "")
    found = rotas.filter(pk=int(named)) if named.isdecimal() and len(named) < 10 else rotas.none() if named else rotas
    organization = found.first()
    if organization is None:
        raise Http404
    return organization


def _first_day(request: HttpRequest, organization: Organization) -> dt.date:
    """The first of the seven days shown; today where the address names none, or one too far away."""
    today = timezone.now().astimezone(access.zone_of(organization)).date()
    asked = _day(request.GET.get("from", ""))
    return asked if asked is not None and abs(asked - today) < FARTHEST else today


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The day and times of a gap somebody wants to fill, as its link names them."""
    return {name: request.GET[name] for name in ("on", "starts", "ends", "ends_on") if name in request.GET}


def _rota(organization: Organization) -> str:
    return f"{reverse('rota_show')}?of={organization.pk}"
