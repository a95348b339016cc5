"""The liaison's plan for everybody who waits: with its reasons, confirmed or changed one by one; and who must not be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions, reasons, suggestions
from peer_support.forms.wishes import ConflictForm, SuggestionForm
from portal.access import families, peers, people, wishes
from portal.families.actions import record_view
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    pass


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not any(role.role == role.Role.LIAISON for role in people.staff_roles(person)):
        raise Http404
    plan = suggestions.plan_for(person)
    for family in {one.waiting.member.family for one in plan}:
        record_view(actor=person, family=family)  # the page names people of the family
    placed = sum(any(choice.is_planned for choice in one.choices) for one in plan)
    return render(request, "peer_support/suggestion_list.html", {"plan": plan, "placed": placed})


@require_POST
def suggestion_confirm(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(families.liaison_families(person), public_id=family_id)
    member = get_object_or_404(families.visible_members(person, family), person__public_id=person_id)
    form = SuggestionForm(request.POST, roles=suggestions.choices_for(person, member.pk))
    if not form.is_valid():
        messages.error(request, _("Nothing was sent. Please tick whom you offer; someone may not be free any more."))
        return redirect("suggestion_list")
    chosen = form.cleaned_data
    try:
        actions.suggest_peers(actor=person, member=member, peers=chosen["peers"], reason=chosen["reason"])
    except actions.NoLongerFits as problem:
        text = _("Nothing was sent: %(name)s %(why)s. Please choose again.")
        messages.error(
            request, text % {"name": problem.peer.person.display_name, "why": reasons.why_not(problem.codes)}
        )
        return redirect("suggestion_list")
    messages.success(request, _("It is sent. You see here when they answer."))
    return redirect("suggestion_list")


@show_or_post
def conflict_list(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(families.liaison_families(person).select_related("program"), public_id=family_id)
    if request.method == "GET":
        record_view(actor=person, family=family)
    noted = list(wishes.visible_conflicts(person).filter(family=family))
    known = {one.peer_id for one in noted}
    there = [one for one in peers.visible_peers(person) if one.pk not in known and one.person_id != person.pk]
    form = ConflictForm(request.POST or None, peers=there)
    if request.method == "POST" and form.is_valid():
        actions.note_conflict(actor=person, family=family, **form.cleaned_data)
        messages.success(request, _("It is written down. The two are not matched."))
        return redirect("conflict_list", family.public_id)
    context = {
        "family": family,
        "form": form,
        "peers": there,
        "conflicts": noted,
    }
    return render(request, "peer_support/conflict_list.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def conflict_end(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    person = person_of(request)
    conflict = get_object_or_404(wishes.visible_conflicts(person), public_id=conflict_id)
    actions.end_conflict(actor=person, conflict=conflict)
    messages.success(request, _("It is ended. The two can be matched again."))
    return redirect("conflict_list", conflict.family.public_id)
