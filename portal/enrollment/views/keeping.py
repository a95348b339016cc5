"""What staff write down about a time in the programme, and the family's wish for more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import enrollment as access
from portal.access import objectives, peers
from portal.enrollment import actions
from portal.enrollment.forms import (
    BasisForm,
    EnrollForm,
    ObjectiveForm,
    OnForm,
    OwnerForm,
    Part,
    PartsForm,
    ReasonForm,
    ReviewForm,
    WordsForm,
)
from portal.enrollment.views.answers import asked, done_or_conflict
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.enrollment.models import Decision, Enrollment


@show_or_post
def enrollment_add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(access.kept_families(person), public_id=family_id)
    care_managers = list(access.care_managers(family))
    young = list(access.young_people(person, family))
    form = EnrollForm(
        posted(request),
        young=young,
        bases=access.bases_of(young),
        care_managers=care_managers,
        untrained=peers.untrained(care_managers),
    )

    def act(kept: dict[str, Any]) -> None:
        actions.enroll(actor=person, family=family, **kept)

    return asked(
        request,
        form,
        act,
        family=family,
        back=reverse("family_show", args=[family.public_id]),
        title=_("Set the first day"),
        lead=_("From the first day on the program answers for care. Whoever may see the case sees all of these dates."),
        action=_("Set the first day"),
        done=_("The first day is set. Whoever may see the case sees what is due by when."),
    )


@show_or_post
def case_basis(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The young person agreed to it alone: from now on the case is theirs to show."""
    person = person_of(request)
    case = _kept_case(person, case_id)
    if request.method == "POST" and request.POST.get("access_basis") == case.access_basis:
        return redirect(case)  # sent twice
    bases = access.narrower_for(case)
    if not bases:
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.narrow_basis(actor=person, case=case, **kept)

    return asked(
        request,
        BasisForm(posted(request), bases=bases),
        act,
        family=case.family,
        back=case.get_absolute_url(),
        title=_("They said yes on their own"),
        lead=_(
            "From then on no parent sees this case or its dates. "
            "Only the young person can let somebody see it. Only you can take it back, for one day. After that nobody here can."
        ),
        action=_("Close it to parents"),
        done=_("Parents cannot see this case any more. The young person is told."),
    )


@require_POST
def case_basis_undo(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person = person_of(request)
    case = _kept_case(person, case_id)
    return done_or_conflict(
        request,
        lambda: actions.undo_basis(actor=person, case=case),
        back=case.get_absolute_url(),
        done=_("Parents can see this case again. The young person is told."),
    )


def _kept_case(person: Person, case_id: UUID) -> Enrollment | Decision:
    case = access.kept_case(person, case_id)
    if case is None:
        raise Http404
    return case


@show_or_post
def family_met_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    return _milestone(request, enrollment_id, "family_met", OnForm, _("You met the family"))


@show_or_post
def assessment_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    parts = [Part.CHILD, Part.FAMILY]
    return _milestone(request, enrollment_id, "assessment", PartsForm, _("The assessment is done"), parts=parts)


@show_or_post
def plan_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    parts = [Part.FAMILY, Part.COMMUNITY, Part.TEAM]
    return _milestone(request, enrollment_id, "plan", PartsForm, _("The plan is made"), parts=parts)


def _milestone(
    request: HttpRequest, enrollment_id: UUID, kind: str, form_class: type[OnForm], title: str, **options: Any
) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)
    form = form_class(posted(request), **options)

    def act(kept: dict[str, Any]) -> None:
        actions.record_milestone(actor=person, enrollment=enrollment, kind=kind, **kept)

    return asked(
        request,
        form,
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=title,
        action=_("Write it down"),
        done=_("It is written down."),
    )


@show_or_post
def review_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)

    def act(kept: dict[str, Any]) -> None:
        actions.record_review(actor=person, enrollment=enrollment, **kept)

    return asked(
        request,
        ReviewForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("The plan was looked at again"),
        action=_("Write it down"),
        done=_("It is written down, with the next date."),
    )


@show_or_post
def objective_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """In the plan, where there is one."""
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)
    plan = objectives.open_plan_of(enrollment)
    if plan is not None and request.method != "POST":
        return redirect("item_add", plan.public_id, "goal")

    def act(kept: dict[str, Any]) -> None:
        actions.add_objective(actor=person, enrollment=enrollment, **kept)

    return asked(
        request,
        ObjectiveForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("Add a goal"),
        action=_("Add this goal"),
        done=_("It is written down."),
    )


@require_POST
def objective_meet(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    person = person_of(request)
    objective = get_object_or_404(access.kept_objectives(person), public_id=objective_id)
    return done_or_conflict(
        request,
        lambda: actions.meet_objective(actor=person, objective=objective),
        back=reverse("enrollment_show", args=[objective.enrollment.public_id]),
        done=_("This goal is met. Whoever may see the case sees it."),
    )


@show_or_post
def extension_ask(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """The family's own wish. Its answer is the added time, on their page."""
    person = person_of(request)
    enrollment = get_object_or_404(access.visible_enrollments(person), public_id=enrollment_id)
    if not access.may_speak(person, enrollment):
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.ask_more_time(actor=person, enrollment=enrollment, **kept)

    return asked(
        request,
        WordsForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("Ask for more time"),
        lead=_("More time can be added once. You do not need a reason to ask."),
        action=_("Ask for more time"),
        done=_("You asked for more time. Your care manager sees it."),
    )


@show_or_post
def extension_give(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)

    def act(kept: dict[str, Any]) -> None:
        actions.give_more_time(actor=person, enrollment=enrollment, **kept)

    return asked(
        request,
        ReasonForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("Add more time"),
        lead=_("It can be added once, and is counted from the first day."),
        action=_("Add more time"),
        done=_("More time is added. Whoever may see the case sees the new date."),
    )


@show_or_post
def owner_give(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Staff of the case, or a lead who was told that it lacks somebody."""
    person = person_of(request)
    enrollment = access.enrollments_to_give(person).filter(public_id=case_id).first()
    case = enrollment or get_object_or_404(access.decisions_to_give(person), public_id=case_id)

    care_managers = list(access.care_managers(case.family))

    def act(kept: dict[str, Any]) -> None:
        actions.give_owner(actor=person, case=case, **kept)

    return asked(
        request,
        OwnerForm(posted(request), care_managers=care_managers, untrained=peers.untrained(care_managers)),
        act,
        family=case.family,
        back=reverse("case_list"),
        title=_("Give this case to someone"),
        action=_("Give it to them"),
        done=_("From now on they answer for it. Whoever may see the case sees their name."),
    )
