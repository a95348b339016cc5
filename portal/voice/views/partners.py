"""The lead family partner: who that is, asking them for help, and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import clocks
from portal.access import partners as access
from portal.care.refusals import PlanRefusal
from portal.clocks.shown import show_all
from portal.views import person_of, posted, show_or_post
from portal.voice.actions import partners as actions
from portal.voice.forms.partners import PartnerAnswerForm, PartnerAskForm

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.voice.models import PartnerRequest

RECENT = 10


@require_safe
def partner_show(request: HttpRequest) -> HttpResponse:
    """Who they are, how to reach their organization, and what this person asked them."""
    person = person_of(request)
    program = access.partner_program(person)
    if program is None:
        raise Http404
    profile = program.profile
    named = profile.lead_partner
    own = access.own_partner_role(person)
    context = {
        "named": named,
        "job": next(one for one in profile.roles if named is not None and one.code == named.role),
        "organization": next(
            one for one in profile.organizations if named is not None and one.id == named.organization
        ),
        "partners": access.named_partners(program),
        "may_ask": access.asking_member(person) is not None,
        "asked": list(access.own_requests(person)[:RECENT]),
        "own": own,
        "shows_name": own is not None and access.shows_name(own),
    }
    return render(request, "voice/partner_show.html", context)


@show_or_post
def partner_ask(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    member = access.asking_member(person)
    if member is None:
        raise Http404
    form = PartnerAskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_partner(actor=person, member=member, **form.cleaned_data)
        except PlanRefusal as refusal:
            form.refuse("words", str(refusal.message))
        else:
            messages.success(
                request, _("Thank you. It is with the lead family partner now. Here you see what happens next.")
            )
            return redirect("partner_request_show", made.public_id)
    return render(request, "voice/partner_ask.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def partner_request_list(request: HttpRequest) -> HttpResponse:
    """For whoever answers: what is open, the oldest first, and what was answered lately."""
    person = person_of(request)
    found = access.requests_to_answer(person)
    if access.own_partner_role(person) is None and not found.exists():
        raise Http404
    context = {
        "open": list(found.filter(ended_at=None).order_by("asked_at", "pk")),
        "settled": list(found.filter(ended_at__isnull=False)[:RECENT]),
    }
    return render(request, "voice/partner_request_list.html", context)


@show_or_post
def partner_request_show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, for who asked and for who answers: asked, taken, answered, each with its day."""
    person = person_of(request)
    found = _visible(person, request_id)
    may_answer = access.may_answer(person, found)
    form = PartnerAnswerForm(posted(request))
    if request.method == "POST":
        if not may_answer:
            raise Http404
        if form.is_valid():
            try:
                actions.answer_request(actor=person, request=found, **form.cleaned_data)
            except PlanRefusal as refusal:
                form.add_error(None, str(refusal.message))
                found = _visible(person, request_id)
            else:
                messages.success(request, _("They read your answer now."))
                return redirect("partner_request_show", found.public_id)
    actions.see_partner_request(actor=person, request=found)
    due = clocks.visible_clocks(person).filter(subject="partner_request", subject_id=str(found.public_id))
    context = {
        "one": found,
        "is_own": found.member.person_id == person.pk,
        "may_answer": may_answer,
        "promise": next(iter(show_all(due)), None),
        "form": form,
    }
    return render(request, "voice/partner_request_show.html", context, status=422 if form.is_bound else 200)


@require_POST
def partner_request_take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.requests_to_answer(person), public_id=request_id)
    try:
        actions.take_request(actor=person, request=found)
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, _("They see now that you take care of it."))
    return redirect("partner_request_show", found.public_id)


@require_POST
def partner_request_end(request: HttpRequest, request_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.own_requests(person), public_id=request_id)
    try:
        actions.take_back_partner_request(actor=person, request=found)
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. You can ask again on any day."))
    return redirect("partner_show")


@require_POST
def partner_name(request: HttpRequest) -> HttpResponse:
    """A lead family partner's own word on whether families read their name."""
    person = person_of(request)
    if access.own_partner_role(person) is None:
        raise Http404
    shows = request.POST.get("shows") == "yes"
    actions.show_name(actor=person, shows=shows)
    messages.success(
        request, _("Families read your name now.") if shows else _("Your name does not stand there any more.")
    )
    return redirect("partner_show")


def _visible(person: Person, request_id: UUID) -> PartnerRequest:
    return get_object_or_404(access.visible_requests(person), public_id=request_id)
