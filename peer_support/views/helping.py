""" "I want to help others": what a peer does and what it takes, how far somebody is, and the liaison's page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_support import actions
from peer_support.asked import helping
from peer_support.forms.helping import HelpingForm, OfferForm
from peer_support.refusals import PeerRefusal
from portal.access import helping as access
from portal.access import peers
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.families.models import Member


@show_or_post
def helping_show(request: HttpRequest) -> HttpResponse:
    """What it is, without a promise and without a test; posted, it begins."""
    person = person_of(request)
    members = access.helping_members(person)
    if not members:
        raise Http404
    startable = [one for one in members if access.may_start(person, one)]
    form = OfferForm(posted(request), members=startable) if startable else None
    if request.method == "POST":
        if form is None:
            return redirect("helping_show")
        if form.is_valid():
            member, told = form.said()
            actions.offer_to_help(actor=person, member=member, **told)
            messages.success(request, _("Thank you. Someone talks with you about it. Your own support stays as it is."))
            return redirect("helping_show")
    context = {
        "form": form,
        "paths": helping(access.own_paths(person)),
        "takes": [_takes(one) for one in members[:1]],
        "age_from": access.age_from(members[0].family.program),
        "is_too_young": not any(access.is_old_enough(one) for one in members),
    }
    return render(request, "peer_support/helping_show.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def helping_take_back(request: HttpRequest, path_id: UUID) -> HttpResponse:
    person = person_of(request)
    path = get_object_or_404(access.own_paths(person), public_id=path_id)
    actions.take_back_helping(actor=person, path=path)
    messages.success(request, _("Taken back. You can say it again on any day."))
    return redirect("helping_show")


@show_or_post
def helping_record(request: HttpRequest, path_id: UUID) -> HttpResponse:
    """The liaison writes down the talk, what comes next and when."""
    person = person_of(request)
    path = get_object_or_404(access.paths_to_keep(person), public_id=path_id)
    is_ready = path.stage == "ready"
    form = None if is_ready else HelpingForm(posted(request), stage=path.stage)
    if request.method == "POST" and form is not None and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        try:
            actions.record_helping(actor=person, path=path, talked=actions.Talked(**told))
        except PeerRefusal as refusal:
            form.refuse(refusal.field or "next_on", refusal.message)
        else:
            messages.success(request, _("Written down. They read it, too."))
            return redirect("helping_record", path.public_id)
    context = {"form": form, "one": helping([path])[0], "path": path, "takes": _takes(path.member)}
    status = 422 if request.method == "POST" else 200
    return render(request, "peer_support/helping_record.html", context, status=status)


def _takes(member: Member) -> dict[str, Any]:
    """What the programme's profile asks of a peer: years, trainings and checks. Said, never judged here."""
    program = member.family.program
    job = access.job_for(member)
    thresholds = peers.thresholds_of(program)
    return {
        "is_mentor": job == "youth_mentor",
        "systems": thresholds.systems,
        "days": thresholds.days,
        "required": program.profile.required_of(job),
    }
