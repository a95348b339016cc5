"""The first sign-in, one step a page; the same page later shows and changes an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.welcome import actions, steps
from portal.accounts.welcome.forms import AnswerForm
from portal.accounts.welcome.steps import Answer, Kind, Step
from portal.language import content
from portal.views import person_of, show_or_post
from rights_grievances import actions as rights

if TYPE_CHECKING:
    pass

# In the session: the steps answered in this run, so that "Step 2 of 4" and the way back hold.
RUN = "welcome_run"

TITLES = {
    Kind.CONFIDENTIALITY: _("What cannot stay private"),
    Kind.PRIVACY: _("Your privacy"),
    Kind.NONDISCRIMINATION: _("Everyone is treated fairly"),
    Kind.TEXTS: _("Text messages"),
    Kind.GUARDIAN_PERMISSION: _("A parent's or guardian's permission"),
    Kind.OWN_CONSENT: _("Your own consent"),
    Kind.RIGHTS: _("Your rights"),
}


@show_or_post
def welcome_show(request: HttpRequest) -> HttpResponse:
    """The first open step, or the one named by `?step=`; when nothing is open, on to where the person was going."""
    every = steps.all_steps(person_of(request))
    if request.method == "POST":
        return _answer(request, _named(every, request.POST.get("step", "")), every)
    if name := request.GET.get("step", ""):
        return _page(request, _named(every, name), every)
    step = next((step for step in every if step.is_open), None)
    if step is None:
        request.session.pop(RUN, None)
        return redirect(_goal(request))
    return _page(request, step, every)


def _named(every: list[Step], name: str) -> Step:
    for step in every:
        if step.name == name and step.answers:
            return step
    raise Http404


def _answer(request: HttpRequest, step: Step, every: list[Step]) -> HttpResponse:
    form = AnswerForm(step, request.POST)
    if not form.is_valid():
        return _page(request, step, every, form, status=422)
    if form.cleaned_data["version"] != step.version:
        messages.warning(request, _("These words have just changed. Please look at them once more."))
        return redirect(_here(request, step=step.name))
    _keep(request, step, form.cleaned_data["answer"])
    request.session[RUN] = [*request.session.get(RUN, []), step.name]
    if step.kind == Kind.OWN_CONSENT and form.cleaned_data["answer"] != Answer.YES:
        messages.info(request, _("Nothing is decided. You can come back to this at any time."))
    return redirect(_here(request))


def _keep(request: HttpRequest, step: Step, answer: str) -> None:
    person, language = person_of(request), _language_shown(step)
    if step.kind == Kind.RIGHTS:  # right by right, in which words
        reads = get_language() or content.SOURCE
        rights.answer_step(person=person, answer=answer, language=language, version=step.version, reads=reads)
        return
    actions.acknowledge(
        person=person,
        kind=step.kind,
        answer=answer,
        language=language,
        version=step.version,
        about=step.about,
        basis=step.basis,
    )


def _page(
    request: HttpRequest, step: Step, every: list[Step], form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    if step.missing:
        return render(request, "welcome/waiting.html", {"step": step})
    answered = request.session.get(RUN, [])
    run = [one for one in every if one.is_open or one.name in answered or one.name == step.name]
    place = [one.name for one in run].index(step.name)
    context: dict[str, Any] = {
        "step": step,
        "form": form or AnswerForm(step),
        "title": TITLES[step.kind],
        "number": place + 1,
        "total": len(run),
        "back": _here(request, step=run[place - 1].name) if place else "",
        "goal": _goal(request),
        "kept": [{"title": TITLES[one.kind], "step": one} for one in run if one.name in answered and one.kept],
        "is_choice": Answer.YES in step.answers,
        "may_skip": Answer.SKIPPED in step.answers,
        "is_rights": step.kind == Kind.RIGHTS,
        "is_for_another": step.about is not None and step.about != request.user,
    }
    return render(request, "welcome/show.html", context, status=status)


def _language_shown(step: Step) -> str:
    """The reader's language only if every text on the page was in it."""
    language = get_language() or content.SOURCE
    shown = [content.show(key, language) for key in step.keys]
    return content.SOURCE if any(one.is_fallback for one in shown) else shown[0].language


def _goal(request: HttpRequest) -> str:
    goal = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return goal if is_ours and goal.startswith("/") else reverse("home_show")


def _here(request: HttpRequest, **query: str) -> str:
    goal = _goal(request)
    if goal != reverse("home_show"):
        query["next"] = goal
    return reverse("welcome_show") + (f"?{urlencode(query)}" if query else "")
