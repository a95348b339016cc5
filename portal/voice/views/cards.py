"""A child's own view, inside a caregiver's session: first who sees it, then cards, one tap each, then the phone goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import statements as access
from portal.views import person_of, show_or_post, uuid_of
from portal.voice import cards
from portal.voice.actions import statements as actions
from portal.voice.statement_refusals import REFUSALS, VoiceRefusal

if TYPE_CHECKING:
    from portal.families.models import Member


@require_safe
def say_cards_list(request: HttpRequest) -> HttpResponse:
    """For the caregiver: which child, and what they can do so that the child speaks freely."""
    children = access.children_with_cards(person_of(request))
    if not children:
        raise Http404
    return render(request, "voice/cards_list.html", {"children": children})


@require_safe
def say_cards_start(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """For the child, before anything is picked: what the grown-up whose phone this is can see."""
    person = person_of(request)
    child = _child(request, person_id)
    staff = access.staff_of_team(child.family)
    context = {
        "child": child,
        "grown_up": person.first_name,
        "staff": ", ".join(role.person.first_name for role in staff),
    }
    return render(request, "voice/cards_start.html", context)


@show_or_post
def say_cards_pick(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The cards; then what they say, read back; then it is sent. Going back keeps what was picked."""
    person, child = person_of(request), _child(request, person_id)
    picked = [card.id for card in cards.picked(request.POST.getlist("card"))]
    key = uuid_of(request.POST.get("key")) or uuid4()
    if request.method != "POST" or "change" in request.POST:
        return _cards(request, child, picked, key)
    if not picked or len(picked) > cards.MOST:
        text = str(REFUSALS["no_cards"]) if not picked else _("That is a lot! Please pick 8 at most.")
        return _cards(request, child, picked, key, error=text)
    if "send" not in request.POST:
        return _read_back(request, child, picked, key)
    with_family = request.POST.get("who") == "family"
    try:
        actions.say_with_cards(
            actor=person,
            child=child,
            key=key,
            picked=picked,
            language=get_language() or "en",
            with_family=with_family,
        )
    except VoiceRefusal as refusal:
        return _cards(request, child, picked, key, error=refusal.message)
    return redirect("say_cards_done", child.person.public_id)


@require_safe
def say_cards_done(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Nothing of what was picked stands here: the phone goes back to the grown-up."""
    child = _child(request, person_id)
    return render(request, "voice/cards_done.html", {"child": child, "grown_up": person_of(request).first_name})


def _cards(request: HttpRequest, child: Member, picked: list[str], key: UUID, *, error: str = "") -> HttpResponse:
    context = {"child": child, "piles": cards.PILES, "picked": picked, "key": key, "error": error}
    return render(request, "voice/cards_pick.html", context, status=422 if error else 200)


def _read_back(request: HttpRequest, child: Member, picked: list[str], key: UUID) -> HttpResponse:
    person = person_of(request)
    found = cards.picked(picked)
    context = {
        "child": child,
        "found": found,
        "sentence": cards.sentence(found),
        "key": key,
        "grown_up": person.first_name,
        "is_scared": any(card.is_unsafe for card in found),
        "language": get_language() or "en",
    }
    return render(request, "voice/cards_read.html", context)


def _child(request: HttpRequest, person_id: UUID) -> Member:
    child = access.child_with_cards(person_of(request), person_id)
    if child is None:
        raise Http404
    return child
