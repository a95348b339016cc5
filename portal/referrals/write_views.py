"""Writing a request for help: one short question a page, what is typed kept first, then all of it once more and the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.language import formats
from portal.referrals import actions, carrying, holding
from portal.referrals.forms import PAGES
from portal.referrals.views import referral_close, sent_already, with_referral
from portal.views import show_or_post

if TYPE_CHECKING:
    from portal.referrals.models import Referral


@login_not_required
@show_or_post
@with_referral(is_sent=False, otherwise=sent_already)
def referral_write(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One short question a page. What is typed is kept first, also where something is not right yet, or where one goes back."""
    here = _page(request)
    form_class = PAGES[here]
    regions = referral.program.profile.regions
    if request.method != "POST":
        form = form_class(initial={"speaks": get_language()} | referral.answers, regions=regions)
        return _write_page(request, referral, here, form)
    typed = form_class.typed(request.POST)
    try:
        kept = actions.save_answers(referral=referral, answers=typed, seen=_seen(request))
    except actions.AlreadySent:
        return sent_already(request, referral)
    if "close" in request.POST:
        return referral_close(request)
    if request.POST.get("to") in PAGES:
        return _to(request.POST["to"])
    form = form_class(typed, regions=regions)
    if not form.is_valid():
        return _write_page(request, kept, here, form, status=422)
    following = _beside(here)[1]
    return _to(following) if following else redirect("referral_send")


def _to(page: str) -> HttpResponse:
    return redirect(f"{reverse('referral_write')}?at={page}")


def _page(request: HttpRequest) -> str:
    return carrying.page_of(request.POST if "at" in request.POST else request.GET)


def _beside(here: str) -> tuple[str, str]:
    """The pages before and after; blank where there is none."""
    names = ["", *PAGES, ""]
    place = names.index(here, 1)
    return names[place - 1], names[place + 1]


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _write_page(request: HttpRequest, referral: Referral, here: str, form: Any, status: int = 200) -> HttpResponse:
    before, _after = _beside(here)
    context = {
        "referral": referral,
        "form": form,
        "here": here,
        "before": before,
        "number": list(PAGES).index(here) + 1,
        "total": len(PAGES),
    }
    return render(request, "referrals/write.html", context, status=status)


@login_not_required
@require_POST
def referral_save(request: HttpRequest) -> HttpResponse:
    """What stands in the boxes at this moment, from the page's script: seconds after it was typed."""
    referral = holding.held(request)
    if referral is None or referral.sent_at is not None:
        return JsonResponse({"saved": ""}, status=409)
    typed = PAGES[_page(request)].typed(request.POST)
    try:
        kept = actions.save_answers(referral=referral, answers=typed, seen=_seen(request))
    except actions.AlreadySent:
        return JsonResponse({"saved": ""}, status=409)
    time = formats.clock_time(timezone.now(), get_language() or "en", referral.program.zone)
    answers = kept.answers
    return JsonResponse(
        {
            "saved": _("Saved at %(time)s") % {"time": time},
            "seen": kept.revision,
            # Where another open page has written something else, both are here now.
            "joined": {name: answers[name] for name in typed if answers.get(name) != typed[name]},
        }
    )


@login_not_required
@show_or_post
@with_referral(is_sent=False)
def referral_send(request: HttpRequest, referral: Referral) -> HttpResponse:
    """All of it once more, and the button that sends it."""
    status = 200
    if request.method == "POST":
        try:
            actions.send(referral=referral)
        except actions.NothingWritten as nothing:
            messages.error(request, str(nothing.message))
            status = 422
        else:
            messages.success(request, _("It is with us now. This page shows where it is."))
            return redirect("referral_where")
    context = {"referral": referral, "parts": parts_of(referral)}
    return render(request, "referrals/send.html", context, status=status)


def parts_of(referral: Referral) -> list[dict[str, Any]]:
    """What was written, question by question, in words."""
    answers, regions = referral.answers, referral.program.profile.regions
    parts = []
    for at, form_class in PAGES.items():
        form = form_class(initial=answers, regions=regions)
        lines = [
            {"label": field.label, "text": _said(field, answers[field.name])}
            for field in form
            if answers.get(field.name) not in {None, "", "False"}
        ]
        parts.append({"at": at, "title": form_class.title, "lines": lines})
    return parts


def _said(field: Any, value: str) -> str:
    if field.widget_type == "checkbox":
        return _("Yes")
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value))
