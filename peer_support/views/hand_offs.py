"""Hand-offs on the page: planned, met, confirmed by the two, answered by the family in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.forms.hand_offs import MeetingForm, PeerOverrideForm, PeerPlanForm, PlanForm, WordsForm
from peer_support.views.answers import asked, pressed
from portal.access import conversations, coordination, families, pairings
from portal.access import hand_offs as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import HandOff, Pairing
    from portal.accounts.models import Person


@show_or_post
def hand_off_plan(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """From the coordinator of now to the next one."""
    person = person_of(request)
    family = get_object_or_404(families.assigned_families(person), public_id=family_id)
    held = coordination.current(family)
    if held is None:
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        receiver, member = kept.pop("receiver"), kept.pop("member")
        actions.plan_coordinator_hand_off(
            actor=person, family=family, member=member, receiver=receiver, plan=actions.Plan(**kept)
        )

    receivers = coordination.possible_coordinators(family).exclude(person=held.coordinator.person)
    return asked(
        request,
        PlanForm(posted(request), receivers=receivers, members=access.possible_members(person, family)),
        act,
        back=reverse("coordinator_show", args=[family.public_id]),
        title=_("Plan a warm hand-off"),
        lead=_("The one the family knows brings in the next one, face to face, where the family is now."),
        action=_("Keep this"),
        done=_("It is planned. The three of you can write to each other now."),
    )


@show_or_post
def hand_off_plan_peer(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """From the peer partner before to the one of this pairing."""
    person, new, earlier = _between(request, pairing_id)

    def act(kept: dict[str, Any]) -> None:
        actions.plan_peer_hand_off(actor=person, old=kept.pop("old"), new=new, plan=actions.Plan(**kept))

    return asked(
        request,
        PeerPlanForm(posted(request), earlier=earlier),
        act,
        back=reverse("pairing_show", args=[new.public_id]),
        title=_("Plan a warm hand-off"),
        lead=_("The one the family knows brings in the next one, face to face, where the family is now."),
        action=_("Keep this"),
        done=_("It is planned. The three of you can write to each other now."),
    )


@show_or_post
def hand_off_skip(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person, new, earlier = _between(request, pairing_id)

    def act(kept: dict[str, Any]) -> None:
        actions.override_peer(actor=person, new=new, **kept)

    return asked(
        request,
        PeerOverrideForm(posted(request), earlier=earlier),
        act,
        back=reverse("pairing_show", args=[new.public_id]),
        title=_("Change without a meeting"),
        lead=_("Only in an emergency, or when the one before has left. It is written down, and the family reads why."),
        action=_("Write it down"),
        done=_("It is written down. The family is told."),
    )


@require_safe
def hand_off_show(request: HttpRequest, hand_off_id: UUID) -> HttpResponse:
    person = person_of(request)
    hand_off = _visible(request, hand_off_id)
    talk = hand_off.conversation
    context = {
        "hand_off": hand_off,
        "is_mine": hand_off.member is not None and hand_off.member.person_id == person.pk,
        "may_answer": access.may_answer(person, hand_off),
        "may_confirm": access.may_confirm(person, hand_off),
        "has_confirmed": _has_confirmed(person, hand_off),
        "shows_meeting": access.may_see_meeting(person, hand_off),
        "words": hand_off.words if access.may_read_words(person, hand_off) else "",
        "talk": talk if talk and conversations.visible_conversations(person).filter(pk=talk.pk).exists() else None,
    }
    return render(request, "peer_support/hand_off_show.html", context)


@show_or_post
def hand_off_confirm(request: HttpRequest, hand_off_id: UUID) -> HttpResponse:
    """One of the two says how it was; the form holds what is planned, or what the other one said."""
    person, hand_off = person_of(request), _visible(request, hand_off_id)
    if not access.may_confirm(person, hand_off):
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.confirm_hand_off(actor=person, hand_off=hand_off, meeting=actions.Meeting(**kept))

    said = hand_off.confirmed_by_giver_at or hand_off.confirmed_by_receiver_at
    initial = {
        "met_on": hand_off.met_on or hand_off.meets_on,
        "way": hand_off.way,
        "setting": hand_off.setting,
        "place": hand_off.place,
        "family_present": ("yes" if hand_off.family_present else "no") if said else None,
    }
    return asked(
        request,
        MeetingForm(posted(request), initial=initial),
        act,
        back=reverse("hand_off_show", args=[hand_off.public_id]),
        title=_("We met with the family"),
        lead=_("Both of you confirm the same meeting. If you change what the other one wrote, they look at it again."),
        action=_("Write it down"),
        done=_("It is written down."),
    )


@require_POST
def hand_off_answer(request: HttpRequest, hand_off_id: UUID) -> HttpResponse:
    hand_off = _visible(request, hand_off_id)
    happened = request.POST.get("happened") == "yes"

    def act() -> None:
        actions.answer_hand_off(actor=person_of(request), hand_off=hand_off, happened=happened)

    back = reverse("hand_off_show", args=[hand_off.public_id])
    return pressed(request, act, back=back, done=_("Thank you. What you say counts."))


@show_or_post
def hand_off_words(request: HttpRequest, hand_off_id: UUID) -> HttpResponse:
    person, hand_off = person_of(request), _visible(request, hand_off_id)
    if not access.may_answer(person, hand_off):
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.write_words(actor=person, hand_off=hand_off, **kept)

    return asked(
        request,
        WordsForm(posted(request), initial={"words": hand_off.words}),
        act,
        back=reverse("hand_off_show", args=[hand_off.public_id]),
        title=_("What we want you to know"),
        lead=_("So that you do not have to tell everything again."),
        action=_("Keep this"),
        done=_("It is kept as you said."),
    )


# -- parts of the above ------------------------------------------------------------------------------------------------


def _visible(request: HttpRequest, hand_off_id: UUID) -> HandOff:
    return get_object_or_404(access.visible_hand_offs(person_of(request)), public_id=hand_off_id)


def _between(request: HttpRequest, pairing_id: UUID) -> tuple[Person, Pairing, list[Pairing]]:
    """The new pairing, and those before it from which the family's liaison may hand over."""
    person = person_of(request)
    new = get_object_or_404(pairings.visible_pairings(person), public_id=pairing_id)
    earlier = [old for old in access.earlier_pairings(new) if access.may_plan_between(person, old, new)]
    if not earlier:
        raise Http404
    return person, new, earlier


def _has_confirmed(person: Person, hand_off: HandOff) -> bool:
    if access.is_giver(person, hand_off):
        return hand_off.confirmed_by_giver_at is not None
    return hand_off.receiver.person_id == person.pk and hand_off.confirmed_by_receiver_at is not None
