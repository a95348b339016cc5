"""The end of a time in the programme: what the team said, what the family says, and the end itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import enrollment as access
from portal.enrollment import actions
from portal.enrollment.forms import AnswerForm, RecommendationForm, WithdrawForm
from portal.enrollment.views.answers import asked, conflict, done_or_conflict
from portal.views import person_of, posted, show_or_post


@show_or_post
def recommendation_add(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)
    family = [member.person for member in access.speakers(enrollment)]

    def act(kept: dict[str, Any]) -> None:
        approves, agrees = kept.pop("approves") == "yes", kept.pop("agrees") == "yes"
        actions.recommend_ending(
            actor=person, enrollment=enrollment, is_approved=approves, family_agrees=agrees, **kept
        )

    return asked(
        request,
        RecommendationForm(posted(request), family=family),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("What the team says about ending"),
        lead=_("It ends only when all goals are met and the team says yes. The family is heard first."),
        action=_("Write it down"),
        done=_("It is written down."),
    )


@show_or_post
def ending_answer(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """In the family's own words. A "no" goes to the interagency team."""
    person = person_of(request)
    enrollment = get_object_or_404(access.visible_enrollments(person), public_id=enrollment_id)
    if not access.may_speak(person, enrollment):
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        agrees = kept.pop("agrees") == "yes"
        actions.answer_ending(actor=person, enrollment=enrollment, agrees=agrees, **kept)

    return asked(
        request,
        AnswerForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("Say if you agree"),
        lead=_("If you do not agree, it does not end now. The interagency team meets with you first."),
        action=_("Keep this"),
        done=_("It is written down."),
    )


@show_or_post
def ending_withdraw(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """What was proposed is taken back, by the team or by one of the family."""
    person = person_of(request)
    enrollment = get_object_or_404(access.visible_enrollments(person), public_id=enrollment_id)
    if not (access.may_speak(person, enrollment) or access.may_keep(person, enrollment.family)):
        raise Http404

    def act(kept: dict[str, Any]) -> None:
        actions.withdraw_ending(actor=person, enrollment=enrollment, **kept)

    return asked(
        request,
        WithdrawForm(posted(request)),
        act,
        family=enrollment.family,
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        title=_("Take back what was said about ending"),
        lead=_("Then nothing ends, and it goes on as before. What was said stays to be seen."),
        action=_("Take it back"),
        done=_("It is taken back. It goes on as before."),
    )


@require_POST
def enrollment_end(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    person = person_of(request)
    enrollment = get_object_or_404(access.kept_enrollments(person), public_id=enrollment_id)
    return done_or_conflict(
        request,
        lambda: actions.end_enrollment(actor=person, enrollment=enrollment),
        back=reverse("enrollment_show", args=[enrollment.public_id]),
        done=_("This time in the program has ended. All goals are met."),
    )


@require_POST
def enrollment_eject(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """There is no such action: nobody may send a family out."""
    enrollment = get_object_or_404(access.visible_enrollments(person_of(request)), public_id=enrollment_id)
    back = reverse("enrollment_show", args=[enrollment.public_id])
    return conflict(request, actions.refuse_sending_out(enrollment), back)
