"""What is owed by when: the family's page, the staff's list of work, one clock with its working, and the calendar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.access import clocks as access
from portal.access import families, meetings
from portal.care import ics
from portal.clocks import actions, feed, told
from portal.clocks.acts import ACTS, choices_for
from portal.clocks.forms import ClosureForm
from portal.clocks.owed import RECENT, UNMET, gone_by, overview
from portal.clocks.refusals import AlreadyOver, ClockRefusal
from portal.clocks.shown import show, show_all
from portal.clocks.words import sentences
from portal.families.actions import record_view
from portal.home.context import frame_of
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.clocks.models import Clock

A_PAGE = 25
A_WEEK = dt.timedelta(days=7)
TIMELINE = 20


# -- the family's page ----------------------------------------------------------------------------------------------------


@require_safe
def owed_list(request: HttpRequest) -> HttpResponse:
    """All that is open and what was settled lately. Staff without a family here have the list of work instead."""
    person = person_of(request)
    if not access.own_families(person).exists():
        if frame_of(request).is_staff:
            return redirect("work_list")
        raise Http404
    context = overview(person)
    happened = access.history_of(access.own_clocks(person)).exclude(kind="near")[:TIMELINE]
    context["happened"] = told.lines_of(happened, translation.get_language() or "en")
    return render(request, "clocks/owed_list.html", context)


@require_safe
def owed_show(request: HttpRequest, clock_id: UUID) -> HttpResponse:
    """One clock: how its date was found, what happened to it, who has to act, and what the reader can do."""
    person = person_of(request)
    clock = _visible(person, clock_id)
    language = translation.get_language() or "en"
    shown = show(clock)
    may_act = access.may_act(person, clock)
    family = _family_shown(person, clock) if may_act else None
    if family is not None and clock.matter_of_id is None:
        record_view(actor=person, family=family, subject="clock", role=_acting_role(request))
    context: dict[str, Any] = {
        "shown": shown,
        "clock": clock,
        "working": sentences(clock.steps, language),
        "happened": told.lines_of(clock.events.select_related("clock__program").order_by("at", "pk"), language),
        "may_act": may_act,
        "choices": choices_for(clock, is_family=not may_act),
        "family": family,
    }
    return render(request, "clocks/owed_show.html", context)


# -- the list of work -----------------------------------------------------------------------------------------------------


@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """What staff have a part in, by what is due next, what is late first."""
    if not frame_of(request).is_staff:
        raise Http404
    person = person_of(request)
    now = timezone.now()
    unmet = access.work_clocks(person).filter(~gone_by(RECENT), state__in=UNMET)
    which = {
        "late": (Q(state="missed") | Q(state="open", due_at__lt=now)) & ~Q(duty_of="family"),
        "week": Q(state="open", due_at__gte=now, due_at__lt=now + A_WEEK),
        "all": Q(due_at__isnull=False) | Q(state="missed"),
    }
    counts = unmet.aggregate(**{f"n_{name}": Count("pk", filter=one) for name, one in which.items()})
    chosen = request.GET.get("show", "all")
    chosen = chosen if chosen in which else "all"
    pages = Paginator(unmet.filter(which[chosen]).order_by("due_at", "pk"), A_PAGE)
    pages.count = counts[f"n_{chosen}"]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "rows": _rows(person, list(page.object_list)),
        "page_of": page,
        "chosen": chosen,
        "counts": {name: counts[f"n_{name}"] for name in which},
        "leads": access.led_programs(person).exists(),
    }
    return render(request, "clocks/work_list.html", context)


def _rows(person: Person, clocks: list[Clock]) -> list[dict[str, Any]]:
    """A family is named where its page is open to the reader, and nowhere else."""
    open_to = set(families.assigned_families(person).values_list("pk", flat=True)) if clocks else set()
    return [
        {"shown": shown, "family": shown.clock.family if shown.clock.family_id in open_to else None}
        for shown in show_all(clocks)
    ]


@show_or_post
def closure_list(request: HttpRequest) -> HttpResponse:
    """Those who lead a programme write down that its offices close; the dates that count those days move at once."""
    person = person_of(request)
    programs = list(access.led_programs(person).order_by("pk"))
    if not programs:
        raise Http404
    program = next((one for one in programs if one.slug == request.GET.get("program")), programs[0])
    places = [(region.id, region.name) for region in program.profile.regions]
    form = ClosureForm(request.POST or None, regions=places)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        close = actions.declare_disaster if said.pop("kind") == "disaster" else actions.add_closure
        try:
            moved = len(close(actor=person, program=program, **said))
        except ClockRefusal as refusal:
            form.refuse("last_on", refusal.message)
        else:
            kept = ngettext("Written down. %(count)s date moved.", "Written down. %(count)s dates moved.", moved)
            messages.success(request, kept % {"count": moved})
            return redirect(request.get_full_path())
    names = dict(places)
    closures = [
        {"closure": one, "places": [names.get(place, place) for place in one.regions]}
        for one in access.known_closures(person).filter(program=program)
    ]
    context = {"form": form, "of": program, "programs": programs, "closures": closures}
    return render(request, "clocks/closure_list.html", context, status=422 if form.errors else 200)


@show_or_post
def owed_act(request: HttpRequest, clock_id: UUID, act: str) -> HttpResponse:
    """What staff do with one clock, and what its family does. What does not fit it any more is said in a sentence on its page."""
    person = person_of(request)
    clock = _visible(person, clock_id)
    doing = ACTS[act]
    if access.may_act(person, clock) == doing.is_familys:  # each side has its own
        raise Http404
    if not doing.fits(clock):
        messages.error(request, str(AlreadyOver.message))
        return redirect("owed_show", clock_id)
    is_post = request.method == "POST"
    form = doing.form(request.POST if is_post else None, clock=clock)
    if is_post and form.is_valid():
        try:
            after = doing.do(actor=person, clock=clock, **form.cleaned_data)
        except ClockRefusal as refusal:
            form.refuse(next(iter(form.fields), ""), str(refusal.message))
        else:
            is_short = act == "done" and after.is_unmet
            messages.success(
                request, _("Written down. For this date it is not enough yet.") if is_short else doing.said
            )
            return redirect("owed_show", clock_id)
    context = {"form": form, "act": doing, "shown": show(clock), "clock": clock}
    return render(request, "clocks/owed_act.html", context, status=422 if is_post else 200)


# -- the calendar -------------------------------------------------------------------------------------------------------


@show_or_post
def calendar_show(request: HttpRequest) -> HttpResponse:
    """POST makes a new address, shown this once; an earlier one stops working."""
    person = person_of(request)
    if not access.may_have_calendar(person):
        raise Http404
    address = ""
    if request.method == "POST":
        token = actions.make_calendar(actor=person)
        address = settings.SITE_URL.rstrip("/") + reverse("calendar_feed", args=[token])
    return render(request, "clocks/calendar.html", {"address": address, "has_feed": access.has_feed(person)})


@require_POST
def calendar_end(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not access.may_have_calendar(person):
        raise Http404
    actions.end_calendar(actor=person)
    messages.success(request, _("The calendar is off. The old address finds nothing any more."))
    return redirect("calendar_show")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read by a calendar, not by a browser: the secret in the address is all it brings. No session is asked."""
    if not ratelimit.consume(request, app="allauth.account", action="calendar_feed", key=token, limit_get=True):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    found = access.open_feed(token)
    if found is None or not access.may_have_calendar(found.person):
        raise Http404
    dated = access.visible_clocks(found.person).filter(state__in=UNMET, due_at__isnull=False)
    salt = str(found.person.public_id)
    with translation.override(found.person.language):
        others = [ics.entry_of(meeting, salt) for meeting in meetings.in_calendar(found.person)]
        text = feed.calendar_text(dated, salt, others)
    return HttpResponse(text, content_type=feed.CONTENT_TYPE, headers={"Referrer-Policy": "no-referrer"})


def _visible(person: Person, clock_id: UUID) -> Clock:
    return get_object_or_404(access.visible_clocks(person).select_related("responsible__person"), public_id=clock_id)


def _family_shown(person: Person, clock: Clock) -> Any:
    return families.assigned_families(person).filter(pk=clock.family_id).first() if clock.family_id else None


def _acting_role(request: HttpRequest) -> str:
    """The job that the family's record names for a look at one of its dates."""
    return next((role.role for role in frame_of(request).works_as(*families.SEES_THE_FAMILY)), "")
