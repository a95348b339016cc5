"""What somebody wants to get better at, and the steps they took: their own page, and that of the peer they share it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions, skills
from peer_support.forms.skills import ShareForm, SkillForm, StepForm
from peer_support.refusals import PeerRefusal
from portal.access import people
from portal.access import skills as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import ChosenSkill
    from portal.accounts.models import Person


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    """One's own; for a peer partner or mentor what families share with them."""
    person = person_of(request)
    is_peer = any(role.role in {"peer_partner", "youth_mentor"} for role in people.staff_roles(person))
    members = access.choosing_members(person)
    if not members and not is_peer:
        raise Http404
    own = [_shown(one) for one in access.own_skills(person)]
    context = {
        "chooses": bool(members),
        "working": [one for one in own if one["chosen"].state == "working"],
        "got": [one for one in own if one["chosen"].state == "got_it"],
        "is_peer": is_peer,
        "shared": [_shown(one) for one in access.shared_skills(person)],
    }
    return render(request, "peer_support/skill_list.html", context)


@show_or_post
def skill_choose(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    members = access.choosing_members(person)
    if not members:
        raise Http404
    form = SkillForm(
        posted(request),
        members=members,
        pairings=access.pairings_to_share(person),
        initial={"skill": request.GET.get("skill", "")},
    )
    if request.method == "POST" and form.is_valid():
        member, told = form.said()
        try:
            chosen = actions.choose_skill(actor=person, member=member, **told)
        except PeerRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, _("You chose it. Any small step counts."))
            return redirect("skill_show", chosen.public_id)
    hints = [one for member in members for one in skills.offered_to(member.role).values()]
    context = {"form": form, "hints": list(dict.fromkeys(hints))}
    return render(request, "peer_support/skill_choose.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def skill_show(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    person = person_of(request)
    chosen = _visible(person, skill_id)
    is_own = access.may_keep(person, chosen)
    offered = list(access.pairings_to_share(person).filter(member=chosen.member)) if is_own else []
    undoable = set(access.undoable_steps(person).filter(chosen=chosen).values_list("pk", flat=True))
    shared = chosen.shared_with if chosen.shared_with is not None and chosen.shared_with.state == "active" else None
    context = _shown(chosen) | {
        "is_own": is_own,
        "shared": shared,
        "share_form": ShareForm(pairings=offered, initial={"share_with": str(shared.public_id) if shared else ""})
        if offered
        else None,
        "steps": [
            {"step": step, "is_mine": step.by_id == person.pk, "may_undo": step.pk in undoable}
            for step in access.visible_steps(person, chosen)
        ],
    }
    return render(request, "peer_support/skill_show.html", context)


@show_or_post
def step_mark(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    person = person_of(request)
    chosen = _visible(person, skill_id)
    is_own = access.may_keep(person, chosen)
    form = StepForm(
        posted(request),
        with_words=access.may_write_with_it(person, chosen),
        initial={"on": chosen.member.family.program.today()},
    )
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        try:
            actions.mark_step(actor=person, chosen=chosen, **told)
        except PeerRefusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            name = chosen.member.person.first_name
            messages.success(
                request,
                _("You took a step. That took courage, and it is yours.")
                if is_own
                else _("%(name)s reads that you saw this step. That means a lot.") % {"name": name},
            )
            return redirect("skill_show", chosen.public_id)
    context = _shown(chosen) | {"form": form, "is_own": is_own}
    return render(request, "peer_support/step_mark.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def step_undo(request: HttpRequest, step_id: UUID) -> HttpResponse:
    person = person_of(request)
    step = get_object_or_404(access.undoable_steps(person), public_id=step_id)
    actions.undo_step(actor=person, step=step)
    messages.success(request, _("The step is gone from the page."))
    return redirect("skill_show", step.chosen.public_id)


@require_POST
def skill_got(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    person = person_of(request)
    chosen = _own(person, skill_id)
    has_got_it = request.POST.get("got") == "yes"
    actions.set_got_it(actor=person, chosen=chosen, has_got_it=has_got_it)
    messages.success(
        request,
        _("You have got it. You know how to do this now.") if has_got_it else _("All right, you go on with it."),
    )
    return redirect("skill_show", chosen.public_id)


@require_POST
def skill_share(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    person = person_of(request)
    chosen = _own(person, skill_id)
    form = ShareForm(request.POST, pairings=access.pairings_to_share(person).filter(member=chosen.member))
    if not form.is_valid():
        raise Http404
    pairing = form.cleaned_data["share_with"]
    actions.share_skill(actor=person, chosen=chosen, share_with=pairing)
    if pairing is None:
        messages.success(request, _("Nobody sees it but you."))
    else:
        messages.success(request, _("%(name)s sees it now.") % {"name": pairing.peer.person.first_name})
    return redirect("skill_show", chosen.public_id)


@require_POST
def skill_put_away(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.put_away(actor=person, chosen=_own(person, skill_id))
    messages.success(request, _("It is off your page. You can choose it again on any day."))
    return redirect("skill_list")


# -- parts of the above -----------------------------------------------------------------------------------------------


def _shown(chosen: ChosenSkill) -> dict[str, Any]:
    return {"chosen": chosen, "title": skills.title(chosen), "how": skills.how(chosen)}


def _visible(person: Person, skill_id: UUID) -> ChosenSkill:
    return get_object_or_404(access.visible_skills(person), public_id=skill_id)


def _own(person: Person, skill_id: UUID) -> ChosenSkill:
    return get_object_or_404(access.own_skills(person), public_id=skill_id)
