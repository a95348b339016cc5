"""Pairings: a liaison proposes, the family answers, their conversation opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions, reasons
from peer_support.forms.pairings import ProposalForm
from peer_support.refusals import NoPlaceLeft
from peer_support.shown import seen_of
from peer_support.views.lives import life_of
from peer_support.views.mentors import permission_of
from peer_support.waiting import families_waiting, offers_waiting
from portal.access import check_ins, families, hand_offs, pairings, people
from portal.families.actions import record_view
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person
    from portal.families.models import Family, Member


@require_safe
def pairing_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not any(role.role == role.Role.LIAISON for role in people.staff_roles(person)):
        raise Http404
    active = pairings.visible_pairings(person).filter(
        state__in=pairings.TAKES_PLACE, family__in=families.liaison_families(person)
    )
    context = {
        "families_waiting": families_waiting(person),
        "offers_waiting": offers_waiting(person),
        "active": list(active),
        "calls": list(check_ins.perhaps_a_call(person)),
    }
    return render(request, "peer_support/list.html", context)


@show_or_post
def pairing_propose(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(families.liaison_families(person).select_related("program"), public_id=family_id)
    _note_look(request, person, family)
    members = _adults(person, family)
    peers = list(pairings.proposable_peers(person, family))
    waits = pairings.asked_for_another(family).values_list("member__person__public_id", flat=True).first()
    form = ProposalForm(
        request.POST or None, members=members, peers=peers, initial={"member": str(waits)} if waits else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_with_reasons(actor=person, **form.cleaned_data)
        except actions.AlreadyPaired:
            form.refuse("peer", _("This peer partner is proposed to them already, or talks with them."))
        else:
            messages.success(request, _("It is sent. You see here when they answer."))
            return redirect("pairing_list")
    context = {"family": family, "form": form, "has_adults": bool(members), "peers": peers}
    return render(request, "peer_support/propose.html", context, status=422 if form.is_bound else 200)


@require_safe
def pairing_show(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person = person_of(request)
    pairing = _visible(person, pairing_id)
    is_mine = pairing.member.person_id == person.pk
    if not is_mine:
        _note_look(request, person, pairing.family)
    context: dict[str, Any] = {
        "pairing": pairing,
        "peer": pairing.peer,
        "is_mine": is_mine,
        "is_peer": pairing.peer.person_id == person.pk,
        "reasons": reasons.sentence(pairing.reasons),
        "label": reasons.label(pairing),
        "has_others": pairings.offered_to(person).exclude(pk=pairing.pk).exists(),
        "has_chosen": pairings.has_someone(pairing.member),
        "may_end": pairings.may_end(person, pairing),
        "languages_spoken": pairing.peer.languages,
        "seen": seen_of(pairing.peer),
        "limits": _limits(pairing.family),
        "hand_offs": list(hand_offs.about_pairing(person, pairing)),
        "may_hand_over": any(
            hand_offs.may_plan_between(person, old, pairing) for old in hand_offs.earlier_pairings(pairing)
        ),
    }
    context |= life_of(person, pairing) | permission_of(person, pairing)
    return render(request, "peer_support/offer.html" if is_mine else "peer_support/show.html", context)


@require_POST
def pairing_accept(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person = person_of(request)
    pairing = _visible(person, pairing_id)
    try:
        conversation = actions.accept_pairing(actor=person, pairing=pairing)
    except NoPlaceLeft as full:
        messages.error(request, str(full.message))
        return redirect("pairing_show", pairing.public_id)
    if conversation is None:  # a mentor: the two do not write here yet
        return redirect("pairing_show", pairing.public_id)
    return redirect("conversation_show", conversation.public_id)


@require_POST
def pairing_decline(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.decline_pairing(actor=person, pairing=_visible(person, pairing_id))
    messages.success(request, _("Thank you for telling us. Your liaison looks for someone else for you."))
    return redirect("choice_show" if pairings.offered_to(person).exists() else "home_show")


@require_POST
def pairing_end(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """An offer nobody has answered is taken back; a pairing that runs is ended."""
    person = person_of(request)
    pairing = _visible(person, pairing_id)
    if pairing.state == pairing.State.PROPOSED:
        actions.withdraw_pairing(actor=person, pairing=pairing)
        messages.success(request, _("The offer is taken back."))
    else:
        actions.end_pairing(actor=person, pairing=pairing)
        messages.success(request, _("It has ended. What was written stays with the family."))
    return redirect("home_show" if pairing.member.person_id == person.pk else "pairing_list")


# -- parts of the above -----------------------------------------------------------------------------------------------


def _visible(person: Person, pairing_id: UUID) -> Pairing:
    return get_object_or_404(pairings.visible_pairings(person), public_id=pairing_id)


def _note_look(request: HttpRequest, person: Person, family: Family) -> None:
    """These pages name people of the family: a look that the family sees in its record."""
    if request.method == "GET":
        record_view(actor=person, family=family)


def _adults(person: Person, family: Family) -> list[Member]:
    """The caregivers a peer partner can be proposed to: known to be 18 or older."""
    return [
        member
        for member in families.visible_members(person, family)
        if member.role == member.Role.CAREGIVER and not people.is_minor(member.person, family.program)
    ]


def _limits(family: Family) -> list[str]:
    """The content texts on what a peer partner must pass on, as the programme's profile lists them."""
    program = family.program
    return [f"limits.{program.slug}.{limit.id}" for limit in program.profile.confidentiality_limits]
