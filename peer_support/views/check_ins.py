"""The short question: answered, changed or skipped by the one it is asked of; what was said to a liaison, for her."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_support import actions
from peer_support.forms.check_ins import CheckInForm
from peer_support.views.answers import pressed
from portal.access import check_ins as access
from portal.families.actions import record_view
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import CheckIn
    from portal.accounts.models import Person


@show_or_post
def check_in_show(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Two pages under one address: the person's own, and what a liaison was told, which she only reads."""
    person = person_of(request)
    own = access.own_check_ins(person).filter(public_id=check_in_id).first()
    if own is not None:
        return _asked(request, person, own)
    check_in = get_object_or_404(access.told_to(person), public_id=check_in_id)
    if request.method == "POST":
        raise Http404
    record_view(actor=person, family=check_in.pairing.family)
    context = {"check_in": check_in, "may_say_talked": access.may_say_talked(person, check_in)}
    return render(request, "peer_support/check_in_read.html", context)


def _asked(request: HttpRequest, person: Person, check_in: CheckIn) -> HttpResponse:
    form = CheckInForm(posted(request), initial={"answer": check_in.answer, "help": check_in.help})
    if request.method == "POST" and form.is_valid():
        actions.answer_check_in(actor=person, check_in=check_in, **form.cleaned_data)
        messages.success(request, _("Thank you. It is kept."))
        return redirect("check_in_show", check_in.public_id)
    may_answer = access.may_answer(person, check_in)
    context = {
        "form": form,
        "check_in": check_in,
        "pairing": check_in.pairing,
        "readers": access.readers_of(check_in.pairing),
        "may_answer": may_answer,
        "is_answered": check_in.answered_at is not None,
        "changes_until": access.changes_until(check_in),
        "is_open": may_answer and (form.is_bound or "change" in request.GET),
    }
    return render(request, "peer_support/check_in_show.html", context, status=422 if form.is_bound else 200)


@require_POST
def check_in_skip(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    person = person_of(request)
    check_in = get_object_or_404(access.own_check_ins(person), public_id=check_in_id)
    return pressed(
        request,
        lambda: actions.skip_check_in(actor=person, check_in=check_in),
        back="home_show",
        done=_("All right, not this time. Nobody is told."),
    )


@require_POST
def check_in_take_back(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    person = person_of(request)
    check_in = get_object_or_404(access.own_check_ins(person), public_id=check_in_id)
    return pressed(
        request,
        lambda: actions.take_back_answer(actor=person, check_in=check_in),
        back="home_show",
        done=_("Your answer is gone. You can answer again while the question stands here, or leave it."),
    )


@require_POST
def check_in_talked(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    person = person_of(request)
    check_in = get_object_or_404(access.told_to(person), public_id=check_in_id)
    return pressed(
        request,
        lambda: actions.say_talked(actor=person, check_in=check_in),
        back="pairing_list",
        done=_("Thank you. It leaves your list."),
    )
