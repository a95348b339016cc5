"""What the pages of letters, appeals and hearings share: who has one, and how dates and offices read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import translation

from portal.access import appeals as access
from portal.clocks.shown import show
from portal.clocks.words import sentences
from portal.views import person_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.clocks.models import Clock
    from portal.programs.models import Program
    from portal.programs.schema import Organization
    from rights_grievances.models import Appeal, Case


def appeal_of(request: HttpRequest, case_id: UUID) -> tuple[Person, Case, Appeal]:
    """Not there for whom the case is not there, nor where no plan is bound."""
    person = person_of(request)
    case = get_object_or_404(access.appeal_cases(person), public_id=case_id)
    return person, case, case.appeal


def only(may: bool) -> None:
    if not may:
        raise Http404


def dated(clock: Clock | None) -> dict[str, Any] | None:
    """How a date reads, with how one gets there."""
    if clock is None:
        return None
    language = translation.get_language() or "en"
    return {"shown": show(clock), "clock": clock, "working": sentences(clock.steps, language)}


def office_of(program: Program, plan: str) -> Organization | None:
    """Who holds the hearing after that plan's answer, as the profile says; None where it does not."""
    bound = program.profile.plans.get(plan)
    slug = bound.hearing_office if bound is not None else None
    return next((one for one in program.profile.organizations if one.id == slug), None)


def plan_named(program: Program, plan: str) -> str:
    bound = program.profile.plans.get(plan)
    return bound.name if bound is not None else ""
