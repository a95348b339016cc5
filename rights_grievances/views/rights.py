"""The rights of a programme's families: cards and a booklet open to everyone, and what each person said of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import concern_counts as counts
from portal.access import people
from portal.access import rights as access
from portal.home.context import desk_of
from portal.language import content
from portal.programs.registry import profiles
from portal.views import person_of
from rights_grievances import actions
from rights_grievances.cards import cards, pages, taglines
from rights_grievances.forms.rights import RightForm

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Program
    from portal.programs.schema import Profile

LESSONS = 5
LAST_SHOWN = 10  # times on the page of what one was shown


@login_not_required
@require_safe
def rights_show(request: HttpRequest) -> HttpResponse:
    """Those of the reader's own programme, else of the one asked for, else the states to choose from."""
    profile, own = _asked(request)
    if profile is None:
        return _choose(request)
    person, program = _in_family(request)
    if person is not None and request.method == "GET":
        actions.keep_shown(person=person, reads=_language())
    answers = access.last_answers(person, program) if person is not None and program is not None else {}
    shown = cards(profile, _language(), answers)
    context = {
        "of": profile,
        "cards": shown,
        "keys": [card.key for card in shown],
        "may_answer": person is not None,
        "lessons": counts.lessons(own)[:LESSONS] if own is not None else [],
        "has_others": own is None and len(profiles()) > 1,
    }
    return render(request, "rights_grievances/rights.html", context)


@login_not_required
@require_safe
def rights_booklet(request: HttpRequest) -> HttpResponse:
    """The same to print: a few on each page, and in every language how to get an interpreter."""
    profile, _own = _asked(request)
    if profile is None:
        return _choose(request)
    leaves = pages(profile, _language())
    phone = _phone(profile)
    context = {
        "of": profile,
        "leaves": leaves,
        "keys": [card.key for leaf in leaves for card in leaf],
        "phone": phone,
        "taglines": taglines(_language(), phone),
    }
    return render(request, "rights_grievances/booklet.html", context)


@require_POST
def right_answer(request: HttpRequest) -> HttpResponse:
    """Yes, no or not sure; it can be said anew at any time."""
    person = person_of(request)
    program = access.program_of_rights(person)
    form = RightForm(request.POST)
    if program is None or not form.is_valid():
        raise Http404
    said = form.cleaned_data
    actions.answer_right(actor=person, program=program, right=said["right"], answer=said["answer"])
    messages.success(request, _thanks(said["answer"]))
    return redirect(f"{reverse('rights_show')}#right-{said['right']}")


@require_safe
def rights_seen(request: HttpRequest) -> HttpResponse:
    """When one was shown one's rights, in which language and in which words; and what one said of them."""
    person = person_of(request)
    program = access.program_of_rights(person)
    if program is None:
        raise Http404
    rows = access.own_shown(person).filter(program=program)[: LAST_SHOWN * len(program.profile.rights)]
    times = [_time(list(shown)) for _at, shown in itertools.groupby(rows, lambda row: row.shown_at)]
    titles = {card.id: card for card in cards(program.profile, _language())}
    said = [(titles[one.right], one) for one in access.own_answers(person) if one.right in titles]
    context = {"of": program.profile, "times": times[:LAST_SHOWN], "said": said}
    return render(request, "rights_grievances/seen.html", context)


def _time(rows: list[Any]) -> dict[str, Any]:
    """One showing of several cards; the versions of all of them as one short mark that can be compared."""
    return {
        "at": rows[0].shown_at,
        "was_skipped": rows[0].was_skipped,
        "count": len(rows),
        "languages": sorted({row.language for row in rows}),
        "mark": mark_of([row.version for row in rows]),
    }


def mark_of(versions: list[str]) -> str:
    return content.version_of(*sorted(versions))[:12]


def _asked(request: HttpRequest) -> tuple[Profile | None, Program | None]:
    own = people.program_of(request.user) if request.user.is_authenticated else None
    return (own.profile if own else profiles().get(request.GET.get("program", ""))), own


def _choose(request: HttpRequest) -> HttpResponse:
    states = sorted(profiles().values(), key=lambda one: one.name)
    return render(request, "rights_grievances/choose.html", {"states": states})


def _in_family(request: HttpRequest) -> tuple[Person | None, Program | None]:
    """Who reads their own rights, and of which programme."""
    if not request.user.is_authenticated:
        return None, None
    person = request.user
    program = access.program_of_rights(person)
    return (person, program) if program is not None else (None, None)


def _phone(profile: Profile) -> str:
    """Whom to call from paper: where the programme sends everybody."""
    desk = desk_of(profile, "")
    return (desk.contact.phone or "") if desk is not None and desk.contact is not None else ""


def _thanks(answer: str) -> str:
    if answer == "yes":
        return _("Thank you. We are glad.")
    return _(
        "Thank you for saying so. If you want, tell someone: the button is on the card. You do not need to be sure."
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
