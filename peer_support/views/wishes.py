"""A family asks for a peer, compares who is offered, and chooses, asks for others, or waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions, reasons
from peer_support.forms.wishes import KnownForm, WishForm
from portal.access import families, matching, pairings, wishes
from portal.home.context import frame_of
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Wish
    from portal.accounts.models import Person
    from portal.families.models import Member

ASKED = ("languages", "interpreter_is_fine", "systems", "relation", "matters", "must", "must_not", "free_at", "ways")


def standing_of(person: Person) -> list[dict[str, Any]]:
    """Everyone a person may ask for: who stands by them, who is offered, what was wished and whether it waits."""
    offers = list(pairings.offered_to(person))
    running = [one for one in pairings.visible_pairings(person).filter(state__in=pairings.OPEN) if one not in offers]
    return [
        {
            "member": member,
            "is_me": member.person_id == person.pk,
            "is_youth": member.role == "youth",
            "offers": [one for one in offers if one.member_id == member.pk],
            "pairings": [one for one in running if one.member_id == member.pk],
            "wish": (wish := wishes.wish_of(person, member)),
            "is_waiting": wish is not None and wish.ended_at is None,
        }
        for member in wishes.askable_members(person)
    ]


@require_safe
def wish_list(request: HttpRequest) -> HttpResponse:
    """Everyone one may ask for, each with where it stands: a peer partner for me and a mentor for a youth are two things."""
    person = person_of(request)
    places = {member.role for member in frame_of(request).memberships}
    if not places & {"caregiver", "youth"}:
        raise Http404
    standing = standing_of(person)
    for one in standing:
        if one["is_waiting"] and not one["offers"] and not one["pairings"]:
            code = matching.outcome_for(cast("Member", one["member"]))
            one |= {"why": reasons.for_family(code), "may_look_again": code == "declined_all"}
    liaisons = [one for one in families.staff_beside(person) if one.staff_role.role == "liaison"]
    context = {
        "standing": standing,
        "liaisons": liaisons,
        "age_is_missing": not any(one["is_me"] for one in standing),
    }
    return render(request, "peer_support/wish_list.html", context)


@show_or_post
def wish_set(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    member = _member(person, family_id, person_id)
    wish = wishes.wish_of(person, member)
    form = WishForm(
        request.POST or None,
        initial=_told(member, wish if wish is not None and wishes.may_read_wish(person, wish) else None),
        languages=[one.code for one in member.family.program.profile.languages],
        is_young=member.role == member.Role.YOUTH,
    )
    if request.method == "POST" and form.is_valid():
        actions.ask_for_peer(actor=person, member=member, **form.cleaned_data)
        messages.success(request, _("Thank you. Your liaison sees it now. Here you see what happens next."))
        return redirect("wish_list")
    context = {"form": form, "member": member, "is_me": member.person_id == person.pk, "wish": wish}
    return render(request, "peer_support/wish_set.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def wish_end(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.end_wish(actor=person, member=_member(person, family_id, person_id))
    messages.success(request, _("All right, we stop looking. You can ask again on any day."))
    return redirect("wish_list")


@require_POST
def wish_again(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    person = person_of(request)
    actions.look_again(actor=person, member=_member(person, family_id, person_id))
    messages.success(request, _("Your liaison can offer you the people you met once more. Nobody minds."))
    return redirect("wish_list")


@require_safe
def choice_show(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    offers = list(pairings.offered_to(person))[::-1]  # the oldest first: nobody is put before another
    if not offers:
        return redirect("wish_list")
    context = {
        "offers": [{"pairing": one, "label": reasons.label(one)} for one in offers],
        "aspects": reasons.compare(offers),
        "known": KnownForm(),
    }
    return render(request, "peer_support/choice_show.html", context)


@require_POST
def choice_others(request: HttpRequest) -> HttpResponse:
    """No to everyone who is offered now. No reason is asked, and none of them is told."""
    person = person_of(request)
    for offer in pairings.offered_to(person):
        actions.decline_pairing(actor=person, pairing=offer)
    messages.success(
        request, _("Thank you for telling us. Your liaison looks for others. None of these people is told.")
    )
    return redirect("wish_list")


@require_POST
def choice_wait(request: HttpRequest) -> HttpResponse:
    actions.take_time(actor=person_of(request))
    messages.success(request, _("Take your time. These people stay here for you, and nobody is told."))
    return redirect("wish_list")


@require_POST
def pairing_known(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """Somebody offered is a relative, a neighbour or the like: they are not offered to this family again."""
    person = person_of(request)
    offer = get_object_or_404(pairings.offered_to(person), public_id=pairing_id)
    form = KnownForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say how you know each other."))
        return redirect("choice_show")
    actions.note_conflict(actor=person, family=offer.family, peer=offer.peer, kind=form.cleaned_data["kind"])
    messages.success(request, _("Thank you. We do not offer you this person again, and they are not told."))
    return redirect("choice_show")


# -- parts of the above -----------------------------------------------------------------------------------------------


def _member(person: Person, family_id: UUID, person_id: UUID) -> Member:
    for member in wishes.askable_members(person):
        if (member.family.public_id, member.person.public_id) == (family_id, person_id):
            return member
    raise Http404


def _told(member: Member, wish: Wish | None) -> dict[str, Any]:
    """What they said last time, or the language they read."""
    if wish is None:
        return {"languages": [member.person.language]}
    told = {name: getattr(wish, name) for name in (*ASKED, "words")}
    return told | {"interests": _(", ").join(wish.interests)}
