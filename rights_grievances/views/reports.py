"""What families told a programme, as numbers with the small ones hidden; and what was learned from it, for everyone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import concern_counts as access
from portal.access import rights as rights_access
from portal.views import person_of, posted, show_or_post
from rights_grievances import actions, trends
from rights_grievances.cards import cards
from rights_grievances.codes import REASONS
from rights_grievances.forms.watches import LessonForm
from rights_grievances.refusals import CaseRefusal

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Program

YEAR = dt.timedelta(days=365)


@show_or_post
def concern_report(request: HttpRequest) -> HttpResponse:
    """The page, and the form below it by which a lesson is published."""
    person = person_of(request)
    programs = list(access.counted_programs(person))
    if not programs:
        raise Http404
    program = next((one for one in programs if one.slug == request.GET.get("of", "")), programs[0])
    form = LessonForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            actions.publish_lesson(actor=person, program=program, text=form.cleaned_data["text"])
        except CaseRefusal as refusal:
            form.refuse("text", str(refusal.message))
        else:
            messages.success(request, _("Everyone can read it now."))
            return redirect(request.get_full_path())
    context = {"program_of": program, "programs": programs, "form": form, **_numbers(person, program)}
    return render(request, "rights_grievances/concern_report.html", context, status=422 if form.is_bound else 200)


@require_POST
def lesson_withdraw(request: HttpRequest, lesson_id: UUID) -> HttpResponse:
    person = person_of(request)
    lesson = get_object_or_404(access.own_lessons(person), public_id=lesson_id)
    actions.withdraw_lesson(actor=person, lesson=lesson)
    messages.success(request, _("Taken back. Nobody reads it here any more."))
    return redirect("concern_report")


def _numbers(person: Person, program: Program) -> dict[str, object]:
    today = program.today()
    least = program.profile.settings.small_cell_minimum.value
    first = dt.datetime.combine(trends.first_month(today), dt.time(), program.zone)
    found = trends.trend(access.trend_cases(person, program, first), today, least)
    last_year = timezone.now() - YEAR
    seen = rights_access.people_shown(program, last_year)
    every = cards(program.profile, get_language() or settings.LANGUAGE_CODE)
    said = trends.respected(access.last_words(program, last_year), [card.id for card in every], least)
    return {
        "least": least,
        "trend": found,
        "reasons": [(REASONS[code], count) for code, count in found.reasons.items() if code in REASONS],
        "seen": seen if seen == 0 or seen >= least else None,
        "said": [(card, said[card.id]) for card in every if said[card.id] is not None],
        "hides_rights": any(parts is None for parts in said.values()),
        "lessons": access.lessons(program),
    }
