"""You said, we did: read by everyone, written by those who answer for a programme."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import community as access
from portal.community import actions
from portal.community.forms.said_done import SaidDoneForm
from portal.community.refusals import CommunityRefusal
from portal.community.views.common import answered_program, program_shown, reader_of, refuse, speak_for
from portal.views import person_of, posted, show_or_post

SHOWN = 100
SOURCES = ("suggestion", "comments", "pulse", "other")


@login_not_required
@require_safe
def said_done_list(request: HttpRequest) -> HttpResponse:
    person = reader_of(request)
    program = program_shown(request, person)
    if program is None:
        return redirect("community_show")
    speak_for(request, program)
    context = {
        "of": program,
        "entries": access.said_done(program)[:SHOWN],
        "may_publish": person is not None and access.answers_for(person, program),
        "is_in": person is not None,
    }
    return render(request, "community/said_done_list.html", context)


@show_or_post
def said_done_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    program = answered_program(request, person)
    source = request.GET.get("from", "")
    form = SaidDoneForm(posted(request), source=source if source in SOURCES else "suggestion")
    if form.is_bound and form.is_valid():
        try:
            actions.publish_said_done(actor=person, program=program, **form.cleaned_data)
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Everyone can read it now."))
            return redirect(f"{reverse('said_done_list')}?program={program.slug}")
    context = {"form": form, "title": _("You said, we did"), "action": _("Publish it")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def said_done_withdraw(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    person = person_of(request)
    entry = get_object_or_404(access.own_said_done(person), public_id=entry_id)
    actions.withdraw_said_done(actor=person, entry=entry)
    messages.success(request, _("Taken back. Nobody reads it here any more."))
    return redirect(f"{reverse('said_done_list')}?program={entry.program.slug}")
