"""What the two of a pairing, and the liaison, do in its life: begin, pause, come back, say goodbye, choose what is next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peer_support import actions
from peer_support.forms.lives import PauseForm, SummaryForm
from peer_support.views.answers import asked, pressed
from portal.access import pairings as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person


@require_POST
def pairing_begin(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _visible(request, pairing_id)
    act = partial(actions.begin_pairing, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("They see now that you are here."))


@show_or_post
def pairing_pause(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person, pairing = person_of(request), _visible(request, pairing_id)
    _let(access.may_pause(person, pairing))

    def act(kept: dict[str, Any]) -> None:
        actions.pause_pairing(actor=person, pairing=pairing, **kept)

    return asked(
        request,
        PauseForm(posted(request), initial={"until": pairing.paused_until}),
        act,
        back=_page(pairing),
        title=_("Take a break"),
        lead=_("Until that day nobody writes. Nothing is lost, and you do not have to say why."),
        action=_("Pause until then"),
        done=_("It is paused. You both see the day."),
    )


@require_POST
def pairing_resume(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _visible(request, pairing_id)
    act = partial(actions.resume_pairing, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("You can both write again."))


@require_POST
def pairing_goodbye(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _visible(request, pairing_id)

    def act() -> None:
        wants_next = request.POST.get("next") != "nobody"
        actions.say_goodbye(actor=person_of(request), pairing=pairing, wants_next=wants_next)

    return pressed(
        request, act, back=_page(pairing), done=_("There is time to say goodbye. The last day is named here.")
    )


@require_POST
def pairing_stay(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    pairing = _visible(request, pairing_id)
    act = partial(actions.stay_paired, actor=person_of(request), pairing=pairing)
    return pressed(request, act, back=_page(pairing), done=_("It goes on as before."))


@require_POST
def pairing_next(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """Someone new, or nobody for now."""
    pairing = _visible(request, pairing_id)
    wants_next = request.POST.get("next") != "nobody"

    def act() -> None:
        actions.choose_next(actor=person_of(request), pairing=pairing, wants_next=wants_next)

    return pressed(request, act, back=_page(pairing), done=_("It is kept as you said."))


@show_or_post
def pairing_share(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    person, pairing = person_of(request), _visible(request, pairing_id)
    _let(access.may_choose_next(person, pairing))

    def act(kept: dict[str, Any]) -> None:
        actions.share_history(actor=person, pairing=pairing, **kept)

    return asked(
        request,
        SummaryForm(posted(request), initial={"summary": pairing.summary, "shares_history": pairing.shares_history}),
        act,
        back=_page(pairing),
        title=_("What the next person may know"),
        lead=_(
            "Your messages stay yours: nobody new reads them. If you like, write what you do not want to tell twice."
        ),
        action=_("Keep this"),
        done=_("It is kept as you said."),
    )


# -- parts of the above ------------------------------------------------------------------------------------------------


def life_of(person: Person, pairing: Pairing) -> dict[str, Any]:
    """What this person can do with a pairing now, and what is next."""
    return {
        "may_begin": access.may_begin_talk(person, pairing),
        "may_pause": access.may_pause(person, pairing),
        "may_resume": access.may_resume(person, pairing),
        "may_say_goodbye": access.may_say_goodbye(person, pairing),
        "may_stay": access.may_stay(person, pairing),
        "may_block": access.may_block(person, pairing),
        "may_choose_next": access.may_choose_next(person, pairing),
        "next_pairing": access.next_of(pairing) if access.may_choose_next(person, pairing) else None,
        "handed_down": access.handed_down(pairing) if access.may_read_handed_down(person, pairing) else [],
    }


def _visible(request: HttpRequest, pairing_id: UUID) -> Pairing:
    return get_object_or_404(access.visible_pairings(person_of(request)), public_id=pairing_id)


def _let(allowed: bool) -> None:
    if not allowed:
        raise Http404


def _page(pairing: Pairing) -> str:
    return reverse("pairing_show", args=[pairing.public_id])
