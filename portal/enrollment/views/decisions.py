"""The agencies' decision: where it stands, what each says, and the next meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import enrollment as access
from portal.clocks import shown
from portal.enrollment import actions
from portal.enrollment.forms import DecisionForm, MeetingForm, MoveForm, PositionForm, StanceForm
from portal.enrollment.standing import standing_of
from portal.enrollment.views.answers import asked, conflict
from portal.families.actions import record_view
from portal.views import person_of, posted, show_or_post


@show_or_post
def decision_open(request: HttpRequest, family_id: UUID) -> HttpResponse:
    person = person_of(request)
    family = get_object_or_404(access.kept_families(person), public_id=family_id)
    young = list(access.young_people(person, family))
    form = DecisionForm(posted(request), young=young, bases=access.bases_of(young))

    def act(kept: dict[str, Any]) -> None:
        actions.open_decision(actor=person, family=family, **kept)

    return asked(
        request,
        form,
        act,
        family=family,
        back=reverse("family_show", args=[family.public_id]),
        title=_("Ask the agencies"),
        lead=_("The agencies decide together. Nobody is turned away: as long as one does not agree, they meet again."),
        action=_("Set the first meeting"),
        done=_("The meeting is set. Whoever may see the case sees the date."),
    )


@require_safe
def decision_show(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    person = person_of(request)
    decision = get_object_or_404(access.visible_decisions(person), public_id=decision_id)
    may_keep = access.may_keep(person, decision.family)
    if may_keep:
        record_view(actor=person, family=decision.family, subject="decision", subject_id=decision.public_id)
    standing = standing_of(decision)
    context = {
        "decision": decision,
        "family": decision.family,
        "standing": standing,
        "voices": [*standing.agencies, *standing.family],
        "meetings": list(decision.meetings.order_by("pk")),
        "owed": shown.show_all(access.clocks_of(person, decision)) if decision.about == "joining" else [],
        "enrollment": access.visible_enrollments(person).filter(decision=decision).first() or decision.enrollment,
        "may_keep": may_keep,
        "basis": actions.basis_of(person, decision, may_keep=may_keep),
        "may_speak": access.may_speak(person, decision),
    }
    return render(request, "enrollment/decision_show.html", context)


@show_or_post
def position_add(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Staff write what an agency says; one of the family says their own."""
    person = person_of(request)
    decision = get_object_or_404(access.visible_decisions(person), public_id=decision_id)
    is_own = access.may_speak(person, decision)
    if not (is_own or access.may_keep(person, decision.family)):
        raise Http404
    form: StanceForm
    if is_own:
        form = StanceForm(posted(request))
    else:
        agencies = [voice.agency for voice in standing_of(decision).agencies if voice.agency is not None]
        family = [member.person for member in access.speakers(decision)]
        form = PositionForm(posted(request), agencies=agencies, family=family)

    def act(kept: dict[str, Any]) -> None:
        voice = {"person": person} if not isinstance(form, PositionForm) else form.voices[kept.pop("voice")]
        actions.say_position(actor=person, decision=decision, **kept, **voice)

    return asked(
        request,
        form,
        act,
        family=decision.family,
        back=reverse("decision_show", args=[decision.public_id]),
        title=_("What you say") if is_own else _("Write down what someone says"),
        lead=_("You can change it until it is decided. What was said before stays to be seen."),
        action=_("Keep this"),
        done=_("It is written down."),
    )


@show_or_post
def meeting_set(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    person = person_of(request)
    decision = get_object_or_404(access.kept_decisions(person), public_id=decision_id)
    form = MoveForm(posted(request), initial={"meets_on": decision.meets_on})

    def act(kept: dict[str, Any]) -> None:
        actions.set_meeting(actor=person, decision=decision, **kept)

    return asked(
        request,
        form,
        act,
        family=decision.family,
        back=reverse("decision_show", args=[decision.public_id]),
        title=_("Choose another day"),
        action=_("Set this day"),
        done=_("The meeting is set. Whoever may see the case sees the date."),
    )


@show_or_post
def meeting_close(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """After a meeting. What came out follows from what each said; nobody types it."""
    person = person_of(request)
    decision = get_object_or_404(access.kept_decisions(person), public_id=decision_id)
    form = MeetingForm(posted(request))
    if request.method == "POST" and not decision.is_pending:
        return redirect("decision_show", decision.public_id)

    def act(kept: dict[str, Any]) -> None:
        actions.close_meeting(actor=person, decision=decision, **kept)

    return asked(
        request,
        form,
        act,
        family=decision.family,
        back=reverse("decision_show", args=[decision.public_id]),
        title=_("The team has met"),
        lead=_(
            "If everyone agrees, it is decided. If one does not agree, it is not decided, and you set the next day."
        ),
        action=_("Keep this"),
        done=_("It is written down."),
    )


@require_POST
def decision_reject(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """There is no such action: nobody may turn a family away."""
    decision = get_object_or_404(access.visible_decisions(person_of(request)), public_id=decision_id)
    refusal = actions.refuse_turning_away(decision)
    if refusal is None:
        raise Http404
    return conflict(request, refusal, reverse("decision_show", args=[decision.public_id]))
