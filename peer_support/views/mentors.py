"""A young person's mentor, for their guardian: who it is, when they were in touch, yes and no, a pause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.forms.mentors import BlockForm, NoteForm
from peer_support.shown import seen_of
from peer_support.views.answers import asked, pressed
from portal.access import mentors as access
from portal.access import on_call, pairings, supervision
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person


@require_safe
def mentor_show(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """Nothing of what the two write, at whatever age: a young person without an account of their own writes nothing here."""
    person = person_of(request)
    pairing = _known(person, pairing_id)
    supervisor = access.supervisor(pairing)
    context = {
        "pairing": pairing,
        "peer": pairing.peer,
        "youth": pairing.member.person,
        "seen": seen_of(pairing.peer),
        "holds": supervision.is_approved(pairing.peer),
        "is_permitted": supervision.is_permitted(pairing),
        "answer": access.answer_of(person, pairing),
        "may_decide": access.may_decide(person, pairing),
        "may_pause": access.may_pause(person, pairing),
        "may_end_pause": access.may_end_pause(person, pairing),
        "days": access.days_in_touch(person, pairing),
        "days_shown": access.DAYS_SHOWN,
        "supervisor": supervisor,
        "second": access.second_helpers(pairing),
        "team_phone": on_call.number_of(pairing.peer.organization),
        "permission_days": pairing.family.program.profile.settings.permission_days.value,
        "limits": [
            f"limits.{pairing.family.program.slug}.{one.id}"
            for one in pairing.family.program.profile.confidentiality_limits
        ],
    }
    return render(request, "peer_support/mentor_show.html", context)


@require_POST
def mentor_allow(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _known(person_of(request), pairing_id)
    act = partial(actions.give_permission, actor=person_of(request), pairing=pairing)
    return pressed(
        request, act, back=_page(pairing), done=_("Thank you. Your yes is kept. You can take it back any day.")
    )


@require_POST
def mentor_refuse(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _known(person_of(request), pairing_id)
    act = partial(actions.withdraw_permission, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("Your no is kept. They cannot write to each other now."))


@require_POST
def mentor_pause(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _known(person_of(request), pairing_id)
    act = partial(actions.pause_as_guardian, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("It is paused until you let it go on."))


@require_POST
def mentor_resume(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _known(person_of(request), pairing_id)
    act = partial(actions.end_guardians_pause, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("It goes on. Both of them were told."))


@show_or_post
def permission_note(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """The liaison writes down what a guardian said on paper or by phone."""
    person = person_of(request)
    pairing = _visible(person, pairing_id)
    guardians = [one for one in access.deciding_guardians(pairing.member) if access.may_note(person, pairing, one)]
    if not guardians:
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.note_permission(actor=person, pairing=pairing, **kept)

    return asked(
        request,
        NoteForm(posted(request), guardians=guardians),
        act,
        back=reverse("pairing_show", args=[pairing.public_id]),
        title=_("What a parent said"),
        lead=_("Write it down as they said it. The young person and the parent are told."),
        action=_("Keep this"),
        done=_("It is kept as you said."),
    )


@show_or_post
def pairing_block(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """One place, no reason asked: and beside it, who helps where somebody does not feel safe."""
    person = person_of(request)
    pairing = _visible(person, pairing_id)
    if not pairings.may_block(person, pairing):
        raise Http404
    form = BlockForm(posted(request))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            actions.block_peer(actor=person, pairing=pairing, wants_next=form.cleaned_data["next"] != "nobody")

        return pressed(
            request, act, back=reverse("home_show"), done=_("It has ended. You will not meet this person here again.")
        )
    context = {"pairing": pairing, "name": pairing.peer.person.first_name}
    return render(request, "peer_support/block.html", context, status=422 if form.is_bound else 200)


# -- parts of the above ------------------------------------------------------------------------------------------------


def permission_of(person: Person, pairing: Pairing) -> dict[str, Any]:
    """For the page of a match: whether a guardian's yes is needed and there; who said what, for the liaison alone."""
    if not (pairing.is_open and access.needs_permission(pairing)):
        return {"needs_permission": False}
    is_liaison = pairings.side_of(person, pairing) == pairings.Side.LIAISON
    return {
        "needs_permission": True,
        "is_permitted": supervision.is_permitted(pairing),
        "permissions": list(access.answers(pairing)) if is_liaison else [],
        "may_note_permission": any(
            access.may_note(person, pairing, one) for one in access.deciding_guardians(pairing.member)
        ),
        "is_liaison": is_liaison,
    }


def _known(person: Person, pairing_id: UUID) -> Pairing:
    return get_object_or_404(access.known_pairings(person), public_id=pairing_id)


def _visible(person: Person, pairing_id: UUID) -> Pairing:
    return get_object_or_404(pairings.visible_pairings(person), public_id=pairing_id)


def _page(pairing: Pairing) -> str:
    return reverse("mentor_show", args=[pairing.public_id])
