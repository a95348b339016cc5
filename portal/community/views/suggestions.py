"""Saying that a rule made it hard, seeing what became of it, with or without a trace; and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import community
from portal.access import policy_suggestions as access
from portal.community import actions, tries
from portal.community.codes import code_of
from portal.community.forms.suggestions import AnswerForm, CodeForm, SuggestionForm
from portal.community.refusals import CommunityRefusal
from portal.community.shown import suggestions_shown
from portal.community.views.common import refuse, speak_for
from portal.home.context import frame_of
from portal.referrals import codes as receipts
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.community.models import Suggestion
    from portal.programs.models import Program


@show_or_post
def policy_suggestion_add(request: HttpRequest) -> HttpResponse:
    """One box. Who wants no trace reads the code here and nowhere else: the session must not know it."""
    person = person_of(request)
    program = _program_of(request)
    form = SuggestionForm(posted(request))
    if not form.is_bound or not form.is_valid():
        return _add_page(request, program, form, status=422 if form.is_bound else 200)
    if not tries.may_try(request, "suggestion", tries.key_of(person)):
        form.refuse("body", _too_many())
        return _add_page(request, program, form, status=429)
    told = form.cleaned_data
    key = told["key"]
    leaves_trace = told["trace"] == "page"
    try:
        made = actions.make_suggestion(
            actor=person,
            program=program,
            key=key,
            words=told["body"],
            leaves_trace=leaves_trace,
            may_quote=told["may_quote"],
        )
    except CommunityRefusal as refusal:
        refuse(form, refusal)
        return _add_page(request, program, form, status=422)
    if not leaves_trace:
        code = receipts.in_groups(code_of(key))
        return render(request, "community/suggestion_code.html", {"code": code, "one": suggestions_shown([made])[0]})
    messages.success(request, _("Thank you. It is read now, without your name. Here you see what becomes of it."))
    return redirect("policy_suggestion_show", made.public_id)


def _program_of(request: HttpRequest) -> Program:
    """The programme of the person's family first, as on every page of theirs."""
    programs = list(community.taking_part_in(person_of(request)))
    if not programs:
        raise Http404
    own = frame_of(request).program
    return own if own in programs else programs[0]


def _add_page(request: HttpRequest, program: Program, form: SuggestionForm, *, status: int) -> HttpResponse:
    context = {"form": form, "readers": community.answering_roles(program)}
    return render(request, "community/suggestion_add.html", context, status=status)


def _too_many() -> str:
    return _("That was many tries in a short time. Nothing is wrong and nothing is lost. Wait a few minutes.")


@require_safe
def policy_suggestion_show(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.visible_suggestions(person), public_id=suggestion_id)
    return render(request, "community/suggestion_show.html", _page_of(found, person))


@login_not_required
@show_or_post
def policy_suggestion_open(request: HttpRequest) -> HttpResponse:
    """By its code alone, whoever is signed in on this phone. It is shown once and not held: the code is asked for again."""
    form = CodeForm(posted(request))
    if not form.is_bound or not form.is_valid():
        return render(request, "community/suggestion_open.html", {"form": form}, status=422 if form.is_bound else 200)
    counted = tries.counted(request, "suggestion_code")
    if counted is None:
        form.refuse("code", _too_many())
        return render(request, "community/suggestion_open.html", {"form": form}, status=429)
    code = receipts.parsed(form.cleaned_data["code"])
    found = access.with_code(receipts.key_of(code)) if code is not None else None
    if found is None:
        form.refuse("code", _("We do not find this code. Please look at each letter again."))
        return render(request, "community/suggestion_open.html", {"form": form}, status=422)
    counted.rollback()
    speak_for(request, found.program)
    return render(request, "community/suggestion_show.html", _page_of(found, None))


def _page_of(found: Suggestion, person: Person | None) -> dict[str, Any]:
    """`person`: who is signed in; None: who holds the code. No page says whose it is, but to its own writer that it is theirs."""
    may_answer = person is not None and access.may_answer(person, found)
    steps = list(found.steps.select_related("by__person", "by__organization"))
    return {
        "one": suggestions_shown([found])[0],
        "found": found,
        "steps": steps,
        "may_answer": may_answer and found.state != "changed",
        "is_own": not may_answer,
        "readers": community.answering_roles(found.program),
        "by_code": person is None,
    }


@show_or_post
def policy_suggestion_answer(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(access.suggestions_to_answer(person), public_id=suggestion_id)
    kinds = ["working", "answered", "changed"] if found.is_open else ["changed"]
    if found.state == "changed":
        kinds = ["working", "answered", "changed"]  # a page that was open before: it is told so
    form = AnswerForm(posted(request), seen=found.steps.count(), kinds=kinds)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            actions.answer_suggestion(
                actor=person,
                suggestion=found,
                key=told["key"],
                kind=told["kind"],
                words=told["body"],
                seen=told["seen"],
            )
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Sent. Whoever wrote it can read it now."))
            return redirect("policy_suggestion_show", found.public_id)
    context = {"form": form, "one": suggestions_shown([found])[0], "found": found}
    return render(request, "community/suggestion_answer.html", context, status=422 if form.is_bound else 200)
