"""How was the meeting? Three short questions, answered, changed or skipped by the one they are asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import preparing
from portal.access import pulse as access
from portal.care.kinds import NotGood
from portal.care.refusals import PlanRefusal
from portal.safety.screened import is_hard
from portal.views import person_of, posted, show_or_post
from portal.voice import actions, pulse_words, who_sees
from portal.voice.forms.pulse import PulseForm

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.voice.models import Pulse, PulseAnswer


@show_or_post
def pulse_show(request: HttpRequest, pulse_id: UUID) -> HttpResponse:
    person = person_of(request)
    pulse = get_object_or_404(access.own_pulses(person), public_id=pulse_id)
    answer = access.answer_of(pulse)
    form = _form(request, person, pulse, answer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_pulse(actor=person, pulse=pulse, **form.said)
        except NotGood as problem:
            form.refuse(problem.field, problem.message)
        except PlanRefusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Thank you. It is kept."))
            return redirect("pulse_show", pulse.public_id)
    may_answer = access.may_answer(person, pulse)
    context = {
        "form": form,
        "pulse": pulse,
        "answer": answer,
        "may_answer": may_answer,
        "is_hard": (answer is not None and answer.is_hard) or (form.is_bound and _is_hard(form)),
        "limits": who_sees.limits(is_young=pulse.side == "young"),
        "is_open": form.is_bound or (may_answer and (answer is None or "change" in request.GET)),
        "survey": pulse.meeting.plan.family.program.profile.settings.meeting_survey,
    }
    return render(request, "voice/pulse_show.html", context, status=422 if form.is_bound else 200)


def _is_hard(form: PulseForm) -> bool:
    """Words of danger in what was typed and could not be kept yet: help is there all the same."""
    return is_hard(str(form["words"].value() or ""), get_language() or "en")


def _form(request: HttpRequest, person: Person, pulse: Pulse, answer: PulseAnswer | None) -> PulseForm:
    pairing = preparing.peer_beside(person, pulse.meeting)
    peer = pairing.peer.person.first_name if pairing is not None else ""
    readers = access.readers_for(person, pulse.meeting)
    survey = pulse.meeting.plan.family.program.profile.settings.meeting_survey
    initial: dict[str, Any] = {"reader": "nobody"}
    if answer is not None:
        initial = {name: getattr(answer, name) for name in ("heard", "changed", "words", "reader")}
        initial |= {f"survey_{place}": str(one) for place, one in enumerate(answer.survey)}
    return PulseForm(
        posted(request),
        answers=pulse_words.answers(readers, peer),
        survey=survey.questions if survey is not None else (),
        scale=survey.answers if survey is not None else (),
        initial=initial,
    )


@require_POST
def pulse_skip(request: HttpRequest, pulse_id: UUID) -> HttpResponse:
    person = person_of(request)
    pulse = get_object_or_404(access.own_pulses(person), public_id=pulse_id)
    try:
        actions.skip_pulse(actor=person, pulse=pulse)
    except PlanRefusal as refusal:
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, _("All right, not this time. Nobody is told."))
    return redirect("home_show")
