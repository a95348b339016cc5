"""Whom a family organization reaches: a page to read or print, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from peer_support import reach, reach_table
from portal.access import reach as access
from portal.views import person_of

if TYPE_CHECKING:
    from portal.programs.models import Organization


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page is about: one organization, and a period that is over."""

    organizations: list[Organization]
    organization: Organization
    periods: list[reach.Period]
    period: reach.Period
    least: int
    report: reach.Report
    told: list[reach.Told]


@require_safe
def reach_show(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    line = asked.report.total
    context = {
        "asked": asked,
        "periods": [(one, reach_table.quarter_name(one)) for one in asked.periods],
        "period_name": reach_table.quarter_name(asked.period),
        "sentence": reach_table.sentence(line),
        "total": line,
        "parts": reach_table.parts(asked.report, asked.organization, _language()),
        "told": [(one, reach_table.quarter_name(one.period)) for one in asked.told],
    }
    return render(request, "peer_support/reach_show.html", context)


@require_safe
def reach_file(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    text = reach_table.as_csv(asked.report, asked.told, asked.organization, asked.period, _language())
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reach-{asked.period.code}.csv"'
    return response


def _asked(request: HttpRequest) -> _Asked:
    """By the address; whatever it does not name, or names wrongly, is the newest quarter of the first organization."""
    organizations = list(access.visible_organizations(person_of(request)))
    if not organizations:
        raise Http404
    of, when = request.GET.get("of", ""), request.GET.get("period", "")
    organization = next((one for one in organizations if one.slug == of), organizations[0])
    periods = reach.periods(organization.program.today())
    period = next((one for one in periods if one.code == when), periods[0])
    least = organization.program.profile.settings.small_cell_minimum.value
    quarters = [one for one in periods if one.quarter]
    return _Asked(
        organizations=organizations,
        organization=organization,
        periods=periods,
        period=period,
        least=least,
        report=reach.report(access.reached(organization, period), least),
        told=reach.trend(access.check_in_answers(organization, quarters), quarters[::-1], least),
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
