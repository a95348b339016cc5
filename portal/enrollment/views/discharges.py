"""After a hospital: somebody for the medicine in time, or the reason on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import enrollment as access
from portal.enrollment import actions
from portal.enrollment.forms import DischargeForm, ExceptionForm, OnForm
from portal.enrollment.views.answers import asked
from portal.views import person_of, posted, show_or_post


@show_or_post
def discharge_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)

    def act(kept: dict[str, Any]) -> None:
        is_needed = kept["medicine"] == "yes"
        actions.record_discharge(actor=person, enrollment=enrollment, on=kept["on"], is_medicine_needed=is_needed)

    return asked(
        request,
        DischargeForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("They left a hospital or unit"),
        action=_("Write it down"),
        done=_("It is written down."),
    )


@show_or_post
def psychiatry_link(request: HttpRequest, discharge_id: UUID) -> HttpResponse:
    person = person_of(request)
    discharge = get_object_or_404(access.kept_discharges(person), public_id=discharge_id)

    def act(kept: dict[str, Any]) -> None:
        actions.link_psychiatry(actor=person, discharge=discharge, **kept)

    return asked(
        request,
        OnForm(posted(request)),
        act,
        family=discharge.enrollment.family,
        back=reverse("enrollment_show", args=[discharge.enrollment.public_id]),
        title=_("They have someone for the medicine"),
        action=_("Write it down"),
        done=_("It is written down."),
    )


@show_or_post
def psychiatry_excuse(request: HttpRequest, discharge_id: UUID) -> HttpResponse:
    person = person_of(request)
    discharge = get_object_or_404(access.kept_discharges(person), public_id=discharge_id)

    def act(kept: dict[str, Any]) -> None:
        actions.document_exception(actor=person, discharge=discharge, **kept)

    return asked(
        request,
        ExceptionForm(posted(request)),
        act,
        family=discharge.enrollment.family,
        back=reverse("enrollment_show", args=[discharge.enrollment.public_id]),
        title=_("Why there is nobody for the medicine yet"),
        lead=_("Without one of these two reasons on record by the date, it is late."),
        action=_("Write it down"),
        done=_("It is written down."),
    )
