"""The page on which families have a say in the rules, open to everyone; and the desk of those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access import comments, community, policy_suggestions, taking_part
from portal.community.shown import PeriodShown, boards_of, by_day, suggestions_shown
from portal.community.views.common import program_shown, reader_of, speak_for
from portal.programs.registry import profiles
from portal.views import person_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Program

OWN = 10
NEWEST = 3
DRAFTS = 8
ROWS = 100


@login_not_required
@require_safe
def community_show(request: HttpRequest) -> HttpResponse:
    """Of the reader's own programme, else of the one asked for, else the states to choose from."""
    person = reader_of(request)
    program = program_shown(request, person)
    if program is None:
        states = sorted(profiles().values(), key=lambda one: one.name)
        return render(request, "community/choose.html", {"states": states})
    speak_for(request, program)
    context: dict[str, Any] = {
        "of": program,
        "periods": [PeriodShown(one) for one in comments.periods_of(program)[:DRAFTS]],
        "boards": boards_of(taking_part.seats_of(program), person),
        "entries": community.said_done(program)[:NEWEST],
        "is_in": person is not None,
    }
    if person is not None:
        context |= _own(person, program)
    return render(request, "community/community_show.html", context)


def _own(person: Person, program: Program) -> dict[str, Any]:
    takes_part = community.takes_part(person, program)
    interests = list(taking_part.own_interests(person).exclude(state="taken_back")[:ROWS]) if takes_part else []
    return {
        "takes_part": takes_part,
        "suggestions": suggestions_shown(policy_suggestions.own_suggestions(person)[:OWN]),
        "opportunities": taking_part.open_opportunities(program)[:ROWS],
        "interests": interests,
    }


@require_safe
def community_desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, what is late first, and the ways to everything this room can publish."""
    person = person_of(request)
    led = community.desk_programs(person)
    if not led:
        raise Http404
    waiting = policy_suggestions.suggestions_to_answer(person)
    context = {
        "programs": [program for program, _is_kept in led],
        "suggestions": by_day(waiting.filter(state__in=["waiting", "working"])[:ROWS]),
        "settled": waiting.filter(state__in=["answered", "changed"])[:OWN],
        "periods": [PeriodShown(one) for one in comments.periods_to_keep(person)[:DRAFTS]],
        "interests": taking_part.interests_to_keep(person).filter(state="registered")[:ROWS],
        "opportunities": taking_part.opportunities_to_keep(person)[:ROWS],
        "keeps": any(is_kept for _program, is_kept in led),
    }
    return render(request, "community/desk.html", context)
