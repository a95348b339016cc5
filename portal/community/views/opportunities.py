"""What there is to take part in: read, registered for in two taps, kept by those who post it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import community
from portal.access import taking_part as access
from portal.community import actions
from portal.community.forms.taking_part import OpportunityForm, OutcomeForm
from portal.community.refusals import CommunityRefusal
from portal.community.shown import languages_of
from portal.community.views.common import answered_program, refuse
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.community.models import Opportunity


@require_safe
def opportunity_show(request: HttpRequest, opportunity_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = _visible(person, opportunity_id)
    context = {
        "found": found,
        "spoken": languages_of(found),
        "own": access.own_interests(person).filter(opportunity=found).first(),
        "takes_part": access.may_take_part(person, found.program),
        "keepers": community.keeping_roles(found.program),
        "may_post": access.may_post(person, found.program),
    }
    return render(request, "community/opportunity_show.html", context)


@require_POST
def opportunity_join(request: HttpRequest, opportunity_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = _visible(person, opportunity_id)
    try:
        actions.register_interest(actor=person, opportunity=found)
    except CommunityRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Thank you. You hear what comes of it on this page."))
    return redirect("opportunity_show", found.public_id)


@require_POST
def interest_leave(request: HttpRequest, interest_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.own_interests(person), public_id=interest_id)
    actions.take_back_interest(actor=person, interest=found)
    messages.success(request, _("Taken back. Nobody asks you why. You can say yes again on any day."))
    return redirect("community_show")


@show_or_post
def interest_outcome(request: HttpRequest, interest_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.interests_to_keep(person), public_id=interest_id)
    has_seat = found.seat is not None or (found.opportunity is not None and found.opportunity.kind in _WITH_SEATS)
    form = OutcomeForm(posted(request), has_seat=has_seat, is_of_seat=found.seat is not None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            actions.record_outcome(actor=person, interest=found, outcome=told["outcome"], words=told["body"])
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written down. They see it, too."))
            return redirect("community_desk")
    context = {"form": form, "interest": found}
    return render(request, "community/interest_outcome.html", context, status=422 if form.is_bound else 200)


@show_or_post
def opportunity_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    program = answered_program(request, person)
    form = OpportunityForm(posted(request), program=program)
    if form.is_bound and form.is_valid():
        try:
            made = actions.post_opportunity(
                actor=person, program=program, key=form.cleaned_data["key"], offer=form.offer()
            )
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Families can see it now."))
            return redirect("opportunity_show", made.public_id)
    context = {"form": form, "title": _("Something to take part in"), "action": _("Publish it")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@show_or_post
def opportunity_change(request: HttpRequest, opportunity_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.opportunities_to_keep(person), public_id=opportunity_id)
    names = ("kind", "title", "about", "meets", "stipend", "childcare", "mentoring", "languages", "register_by")
    initial = {name: getattr(found, name) for name in names}
    form = OpportunityForm(posted(request), program=found.program, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.change_opportunity(actor=person, opportunity=found, offer=form.offer())
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changed. Families see it so from now on."))
            return redirect("opportunity_show", found.public_id)
    context = {"form": form, "title": found.title, "action": _("Keep the change")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def opportunity_close(request: HttpRequest, opportunity_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.opportunities_to_keep(person), public_id=opportunity_id)
    actions.close_opportunity(actor=person, opportunity=found)
    messages.success(request, _("Closed. Nobody else can register; who did still waits for your word."))
    return redirect("community_desk")


_WITH_SEATS = ("board", "work_group")


def _visible(person: Person, opportunity_id: UUID) -> Opportunity:
    return get_object_or_404(access.visible_opportunities(person), public_id=opportunity_id)
