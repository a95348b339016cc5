"""How meetings went: for who leads the programme, the year's result to publish, and what everybody may read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import pulse as access
from portal.care.views.answers import asked
from portal.language import formats
from portal.views import person_of, posted, show_or_post
from portal.voice import actions, pulse_words, yearly
from portal.voice.forms.pulse import ResultForm
from portal.voice.refusals import PublishedAlready
from portal.voice.results import from_numbers

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import Program
    from portal.voice.models import MeetingResult
    from portal.voice.results import Year


@require_safe
def result_list(request: HttpRequest) -> HttpResponse:
    """The last quarters of one programme, and whether this year's result is out."""
    programs, program = _led(request)
    counted = yearly.count_lately(program)
    survey = program.profile.settings.meeting_survey
    context = {
        "of": program,
        "programs": programs,
        "least": program.profile.settings.small_cell_minimum.value,
        "days": program.profile.settings.pulse_days.value,
        "pulse": pulse_words.show(counted.pulse, survey),
        "presence": pulse_words.show(counted.presence),
        "survey": survey,
        **_dates(program, {one.first_on for one in access.published(program)}),
    }
    return render(request, "voice/result_list.html", context)


@show_or_post
def result_publish(request: HttpRequest) -> HttpResponse:
    _programs, program = _led(request)
    done = {one.first_on for one in access.published(program)}
    years = {str(one.first): one for one in yearly.open_years(program) if one.first not in done}
    if not years and request.method != "POST":
        messages.info(request, str(PublishedAlready.message))
        return redirect(_page(program))
    every = {str(one.first): one for one in yearly.open_years(program)}
    offered = (
        every if request.method == "POST" else years
    )  # one that is out meanwhile is said to be, with the words kept
    form = ResultForm(posted(request), years=[(key, _span(one)) for key, one in offered.items()])
    return asked(
        request,
        form,
        lambda: actions.publish_result(
            actor=person_of(request),
            program=program,
            year=every[form.cleaned_data["year"]],
            words=form.cleaned_data["words"],
        ),
        plan=None,
        back=_page(program),
        title=_("Publish how meetings went"),
        lead=_("The numbers stand as they are on that day. Once it is out, it cannot be changed."),
        action=_("Publish it"),
        done=_("It is out. Everybody can read it."),
    )


@login_not_required
@require_safe
def result_show(request: HttpRequest) -> HttpResponse:
    """For everybody: what was published of a programme, the newest year first, and what is late."""
    person: Person | None = person_of(request) if request.user.is_authenticated else None
    program = access.any_program(request.GET.get("of", "")) or access.program_of(person)
    if program is None:
        return render(request, "voice/result_choose.html", {"programs": access.every_program()})
    survey = program.profile.settings.meeting_survey
    published = list(access.published(program))
    context = {
        "of": program,
        "results": [_published(one, survey) for one in published],
        "least": program.profile.settings.small_cell_minimum.value,
        **_dates(program, {one.first_on for one in published}),
    }
    return render(request, "voice/result_show.html", context)


def _published(result: MeetingResult, survey: object) -> dict[str, object]:
    numbers = result.numbers
    return {
        "result": result,
        "pulse": pulse_words.show([from_numbers(one) for one in numbers["pulse"]], survey),  # type: ignore[arg-type]
        "presence": pulse_words.show([from_numbers(one) for one in numbers["presence"]]),
    }


def _dates(program: Program, done: set[dt.date]) -> dict[str, object]:
    """What is owed by when, where the programme promises it: the years without a result, and the date that runs."""
    year, promised = yearly.year_now(program), access.result_clocks(program)
    return {
        "overdue": access.overdue(promised, done),
        "owed": next((one for one in promised if one.state == "open"), None),
        "year": year,
        "is_out": year.first in done,
    }


def _led(request: HttpRequest) -> tuple[list[Program], Program]:
    """By the address; what it does not name, or names wrongly, is the first programme this person leads."""
    programs = list(access.led_programs(person_of(request)))
    if not programs:
        raise Http404
    of = request.GET.get("of", "")
    return programs, next((one for one in programs if one.slug == of), programs[0])


def _page(program: Program) -> str:
    return f"{reverse('result_list')}?of={program.slug}"


def _span(year: Year) -> str:
    language = get_language() or "en"
    words = {"first": formats.day(year.first, language), "last": formats.day(year.last, language)}
    return _("From %(first)s to %(last)s") % words
