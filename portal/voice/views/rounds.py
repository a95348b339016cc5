"""Deciding together: the proposal to the team, what is asked and said about it, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import rounds as access
from portal.care.kinds import TEXT
from portal.care.refusals import PlanRefusal
from portal.care.views.answers import asked
from portal.families.actions import record_view
from portal.views import person_of, posted, show_or_post
from portal.voice import actions
from portal.voice.forms.rounds import AmendForm, RoundForm
from portal.voice.views.common import read_whole

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.access.rounds import Standing
    from portal.accounts.models import Person
    from portal.voice.models import Position, Round


@require_safe
def round_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    rounds = [(one, _text_of(one)) for one in access.rounds_of(reader, plan)]
    context = {"plan": plan, "reader": reader, "rounds": rounds, "may_open": access.may_open(reader, plan)}
    return render(request, "voice/round_list.html", context)


def _text_of(one: Round) -> str:
    return next((text.text for text in one.texts.all() if text.number == one.wording), "")


@show_or_post
def round_open(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan, reader = read_whole(request, plan_id)
    if not access.may_open(reader, plan):
        raise Http404
    form = RoundForm(posted(request))
    return asked(
        request,
        form,
        lambda: actions.open_round(
            actor=reader.person,
            plan=plan,
            text=form.cleaned_data["words"],
            answer_by_on=form.cleaned_data["answer_by_on"],
        ),
        plan=plan,
        back=reverse("round_list", args=[plan.public_id]),
        title=_("Propose something to the whole team"),
        lead=_("Each agency, each caregiver and the young person have one voice. It is decided when nobody objects."),
        action=_("Ask the team"),
        done=_("Everyone on the team is asked."),
    )


def _seen(request: HttpRequest, round_id: UUID) -> tuple[Round, Standing]:
    found = access.round_for(person_of(request), round_id)
    if found is None:
        raise Http404
    return found


@require_safe
def round_show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    return _page(request, one, who)


def _page(request: HttpRequest, one: Round, who: Standing, problem: str = "") -> HttpResponse:
    if who.keeps:
        family = one.plan.family
        record_view(actor=who.person, family=family, subject="plan", subject_id=one.plan.public_id)
    positions = list(one.positions.all())
    last = access.newest(positions, one.wording)
    voices = who.voices
    texts = list(one.texts.select_related("by").order_by("number"))
    may_act = one.is_open and one.plan.is_open
    own = last.get(who.voice.key) if who.voice is not None else None
    context = {
        "one": one,
        "plan": one.plan,
        "who": who,
        "text": texts[-1],
        "earlier": texts[:-1],
        "questions": list(one.questions.select_related("by", "answered_by").order_by("pk"))
        if access.may_ask(who)
        else [],
        "voices": [(voice, last.get(voice.key)) for voice in voices] if who.keeps else [],
        "by_mouth": access.without_account(voices) if who.keeps and may_act else [],
        "objections": [_shown(who, row, one) for row in _objections(positions, who)],
        "told": [row for row in positions if row.told_to_id == who.person.pk and row.wording == one.wording],
        "own": own if own is not None and access.may_read(who, own) else None,
        "has_spoken": len([voice for voice in voices if voice.key in last]),
        "of_all": len(voices),
        "confidants": access.confidants(one.plan) if who.voice is not None and who.voice.is_young and may_act else [],
        "totals": one.totals or {},
        "may_act": may_act,
        "may_speak": may_act and who.voice is not None,
        "may_ask": may_act and access.may_ask(who),
        "may_amend": may_act and access.may_amend(who, one),
        "problem": problem,
        "typed": request.POST if problem else {},
        "typed_at": _beside(request) if problem else None,
        "told_before": _told_before(request, one, who, problem=bool(problem)),
        "max_text": TEXT,
    }
    return render(request, "voice/round_show.html", context, status=422 if problem else 200)


def _beside(request: HttpRequest) -> UUID | None:
    """The objection or the question beside which something was typed: it comes back there and nowhere else."""
    known = request.resolver_match.kwargs if request.resolver_match is not None else {}
    beside: UUID | None = known.get("position_id") or known.get("question_id")
    return beside


def _told_before(request: HttpRequest, one: Round, who: Standing, *, problem: bool) -> Person | None:
    """Whom somebody chose to tell alone stays chosen: after a refusal, and when they are asked anew."""
    told = request.POST.get("told_to") if problem else None
    if told is not None:
        return next((known for known in access.confidants(one.plan) if str(known.public_id) == told), None)
    own = [row for row in one.positions.all() if row.by_id == who.person.pk]  # the oldest first
    return own[-1].told_to if own else None


def _objections(positions: list[Position], who: Standing) -> list[Position]:
    """Said openly, to each wording: also what was answered by a change stays to be read."""
    return [row for row in positions if row.says == "object" and not row.is_private and access.may_read(who, row)]


def _shown(who: Standing, row: Position, one: Round) -> dict[str, object]:
    return {
        "row": row,
        "is_now": row.wording == one.wording,
        "may_answer": one.is_open and row.reason_at is None and access.may_give_reason(who, row),
    }


def _tried(
    request: HttpRequest, one: Round, who: Standing, act: Callable[[], object], done: _StrOrPromise
) -> HttpResponse:
    """A refusal stands on the page of the round, with what was typed."""
    if any(len(words) > TEXT for words in request.POST.values() if isinstance(words, str)):
        return _page(request, one, who, _("This is too long. Please say it shorter."))
    try:
        act()
    except PlanRefusal as refusal:
        fresh = access.round_for(who.person, one.public_id)
        return _page(request, *(fresh or (one, who)), str(refusal.message))
    messages.success(request, str(done))
    return redirect("round_show", one.public_id)


def _wording(request: HttpRequest) -> int:
    text = request.POST.get("wording", "") or request.POST.get("mark", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


@require_POST
def round_position(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    says, voice = request.POST.get("says", ""), request.POST.get("voice", "")
    told = request.POST.get("told_to", "")
    told_to = next((known for known in access.confidants(one.plan) if str(known.public_id) == told), None)
    if says not in {"agree", "aside", "object"} or bool(told) != (told_to is not None):
        raise Http404
    return _tried(
        request,
        one,
        who,
        lambda: actions.take_position(
            actor=who.person,
            one=one,
            wording=_wording(request),
            says=says,
            words=request.POST.get("words", ""),
            told_to=told_to,
            voice=voice,
        ),
        _("Thank you. What you say counts as one voice.") if not voice else _("It is written down."),
    )


@require_POST
def round_ask(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    return _tried(
        request,
        one,
        who,
        lambda: actions.ask_in_round(actor=who.person, one=one, text=request.POST.get("question", "")),
        _("Your question is there. Somebody answers it here."),
    )


@require_POST
def round_answer(request: HttpRequest, round_id: UUID, question_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    question = one.questions.select_related("by", "round__plan").filter(public_id=question_id).first()
    if question is None or not access.may_amend(who, one):
        raise Http404
    return _tried(
        request,
        one,
        who,
        lambda: actions.answer_in_round(actor=who.person, question=question, text=request.POST.get("answer", "")),
        _("They are told."),
    )


@show_or_post
def round_amend(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    if not access.may_amend(who, one) or (request.method != "POST" and not one.is_open):
        raise Http404
    text = one.texts.get(number=one.wording).text
    form = AmendForm(posted(request), initial={"words": text})
    return asked(
        request,
        form,
        lambda: actions.amend_round(
            actor=who.person,
            one=one,
            wording=_wording(request),
            text=form.cleaned_data["words"],
        ),
        plan=one.plan,
        back=reverse("round_show", args=[one.public_id]),
        title=_("Change what is proposed"),
        lead=text,
        action=_("Ask the team again"),
        done=_("It is changed, and everyone is asked again."),
        mark=str(one.wording),
    )


@require_POST
def round_reason(request: HttpRequest, round_id: UUID, position_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    position = one.positions.select_related("round__plan", "by").filter(public_id=position_id).first()
    if position is None or not access.may_give_reason(who, position):
        raise Http404
    return _tried(
        request,
        one,
        who,
        lambda: actions.give_reason(actor=who.person, position=position, text=request.POST.get("reason", "")),
        _("It is written down. Whoever objects is told."),
    )


@require_POST
def round_close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, who = _seen(request, round_id)
    outcome = request.POST.get("outcome", "")
    if not who.keeps or outcome not in {"agreed", "not_agreed"}:
        raise Http404
    return _tried(
        request,
        one,
        who,
        lambda: actions.close_round(
            actor=who.person,
            one=one,
            wording=_wording(request),
            is_agreed=outcome == "agreed",
            why=request.POST.get("why", ""),
        ),
        _("It is decided, and everyone is told."),
    )
