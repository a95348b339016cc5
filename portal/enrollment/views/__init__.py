"""Where a case stands, for the family and for staff, and the list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.access import enrollment as access
from portal.access import objectives
from portal.clocks import shown
from portal.enrollment import actions, closing
from portal.families.actions import record_view
from portal.views import person_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.enrollment.models import Enrollment


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The family's own, or those one keeps; for a lead the cases that lack somebody or a date, without any name."""
    person = person_of(request)
    led = list(access.led_programs(person))
    context = {
        "decisions": list(access.open_decisions(person)),
        "enrollments": list(access.visible_enrollments(person)),
        "leads": bool(led),
        "gaps": [
            gap
            for program in led
            for gap in actions.without_owner_or_date(program)
            if access.may_give_owner(person, gap.case.family)
        ],
        "keeps": access.kept_families(person).exists(),
    }
    return render(request, "enrollment/case_list.html", context)


@require_safe
def enrollment_show(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Where we are: the first day, who answers for what, what is owed by when, what is left until it ends."""
    person = person_of(request)
    enrollment = get_object_or_404(access.visible_enrollments(person), public_id=enrollment_id)
    may_keep = access.may_keep(person, enrollment.family)
    if may_keep:
        record_view(actor=person, family=enrollment.family, subject="enrollment", subject_id=enrollment.public_id)
    return render(request, "enrollment/enrollment_show.html", _shown(person, enrollment, may_keep))


def _shown(person: Person, enrollment: Enrollment, may_keep: bool) -> dict[str, Any]:
    joining = enrollment.family.program.profile.enrollment
    term = actions.term_of(enrollment)
    goals, has_more_goals = objectives.goals_shown(person, enrollment)
    recommendation = enrollment.recommendation()
    return {
        "enrollment": enrollment,
        "family": enrollment.family,
        "joining": joining,
        "responsible": _organization(enrollment, joining.responsible if joining else None),
        "owed": shown.show_all(access.clocks_of(person, enrollment).exclude(state="cancelled")),
        "term": term,
        "is_extendable": term is not None and term.rule.extension is not None and enrollment.is_open,
        "may_grow": actions.may_have_more_time(enrollment),
        "milestones": list(enrollment.milestones.order_by("on", "pk")),
        "goals": goals,
        "has_more_goals": has_more_goals,
        "basics": objectives.basics_of(access.visible_enrollments(person).filter(pk=enrollment.pk)),
        "recommendation": recommendation,
        "words": closing.words_of(enrollment),
        "may_end": actions.may_end(enrollment),
        "withdrawals": list(enrollment.withdrawals.select_related("by").order_by("pk")),
        "decisions": list(access.visible_decisions(person).filter(enrollment=enrollment)),
        "discharges": list(enrollment.discharges.order_by("-on", "-pk")),
        "follows_discharges": any(
            rule.trigger == "discharged" for rule in enrollment.family.program.profile.rules().values()
        ),
        "may_keep": may_keep,
        "basis": actions.basis_of(person, enrollment, may_keep=may_keep),
        "may_speak": access.may_speak(person, enrollment),
    }


def _organization(enrollment: Enrollment, slug: str | None) -> Any:
    known = enrollment.family.program.profile.organizations
    return next((one for one in known if one.id == slug), None)
