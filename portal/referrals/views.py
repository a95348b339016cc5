"""Asking for help on a phone without an account: begin, write, send, come back by code, see where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import people
from portal.access import referrals as access
from portal.language import formats
from portal.notices import channels
from portal.referrals import actions, codes, eligibility, holding, where, words
from portal.referrals.forms import PAGES, CodeForm, FitForm, QuestionForm, TextMeForm

if TYPE_CHECKING:
    from portal.programs.models import Program
    from portal.referrals.models import Referral

show_or_post = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[[HttpRequest, "Referral"], HttpResponse]


def with_referral(*, is_sent: bool) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """The page of the referral this browser holds; without one, the page that asks for the code.

    One that is still being written has its own pages, and one that was sent has others: each leads to the right ones.
    """

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest) -> HttpResponse:
            referral = holding.held(request)
            if referral is None:
                return redirect("referral_return")
            if (referral.sent_at is not None) != is_sent:
                return redirect("referral_write" if is_sent else "referral_where")
            return view(request, referral)

        return page

    return decorate


# -- before anything is written -----------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def referral_begin(request: HttpRequest) -> HttpResponse:
    """What this is, and where one lives; the code comes at once, so that nothing is written that could be lost."""
    programs = access.programs()
    if request.method != "POST":
        return _begin_page(request, programs)
    program = next((one for one in programs if one.slug == request.POST.get("program")), None)
    if program is None:
        return _begin_page(request, programs, error=_("Please choose one of these."), status=422)
    open_one = holding.held(request)
    if open_one is not None and open_one.sent_at is None and open_one.program_id == program.pk:
        return redirect("referral_write")  # sent twice, or come back to
    if not holding.may_try(request, "referral_begin"):
        return _begin_page(request, programs, error=_too_many(), status=429)
    referral, code = actions.begin(program=program, language=get_language() or "en")
    holding.hold(request, referral)
    holding.keep_code(request, code)
    return redirect("referral_code")


def _begin_page(request: HttpRequest, programs: list[Program], error: str = "", status: int = 200) -> HttpResponse:
    own = people.program_of(request.user) if request.user.is_authenticated else None
    chosen = request.POST.get("program") or request.GET.get("program") or (own.slug if own else "")
    context = {"programs": programs, "chosen": chosen, "error": error, "open_one": holding.held(request)}
    return render(request, "referrals/begin.html", context, status=status)


def _too_many() -> str:
    return _("That was many tries in a short time. Nothing is wrong and nothing is lost. Wait a few minutes.")


@login_not_required
@show_or_post
def referral_fit(request: HttpRequest) -> HttpResponse:
    """The plain self-check. What is answered here is kept nowhere, and it never says no."""
    programs = access.programs()
    wanted = request.POST.get("program") or request.GET.get("program")
    program = next((one for one in programs if one.slug == wanted), None)
    if program is None:
        return render(request, "referrals/fit.html", {"programs": programs})
    criteria = [(one, words.of_criterion(one)) for one in program.profile.target_population]
    form = FitForm(request.POST or None, criteria=criteria)
    context: dict[str, Any] = {"of": program, "form": form, "groups": _groups(form, criteria)}
    if request.method == "POST" and form.is_valid():
        found = eligibility.check(program.profile, form.cleaned_data)
        context |= {"outcome": found.outcome.value}
        for name in ("fits", "does_not", "unknown"):
            context[name] = [words.of_criterion(one) for one in getattr(found, name)]
    return render(request, "referrals/fit.html", context, status=422 if form.errors else 200)


def _groups(form: FitForm, criteria: list[tuple[Any, str]]) -> dict[str, list[Any]]:
    """The settings stand together: one of them is enough."""
    return {
        "settings": [form[one.id] for one, _words in criteria if one.kind == "setting"],
        "others": [form[one.id] for one, _words in criteria if one.kind != "setting"],
    }


# -- the code -----------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def referral_code(request: HttpRequest) -> HttpResponse:
    """Shown until somebody says that it is written down, then never again."""
    referral = holding.held(request)
    if referral is None:
        return redirect("referral_return")
    code = holding.kept_code(request)
    if request.method == "POST" or not code:
        holding.drop_code(request)
        return redirect("referral_write")
    return _code_page(request, code, TextMeForm())


def _code_page(request: HttpRequest, code: str, form: TextMeForm, status: int = 200) -> HttpResponse:
    context = {"code": codes.in_groups(code), "letters": list(code), "form": form}
    return render(request, "referrals/code.html", context, status=status)


@login_not_required
@require_POST
def referral_text(request: HttpRequest) -> HttpResponse:
    """The code by text, to a phone its owner has just typed."""
    referral, code = holding.held(request), holding.kept_code(request)
    if referral is None or not code:
        return redirect("referral_return")
    form = TextMeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, code, form, status=422)
    phone = form.cleaned_data["phone"]
    if not holding.may_try(request, "referral_text", phone):
        form.refuse("phone", _too_many())
        return _code_page(request, code, form, status=429)
    try:
        actions.text_code(phone=phone, code=code, language=get_language() or "en")
    except channels.CannotSend:
        form.refuse("phone", _("The text could not leave. Please write the code down."))
        return _code_page(request, code, form, status=503)
    messages.success(request, _("It is on its way. Keep this page open until it is there."))
    return redirect("referral_code")


@login_not_required
@show_or_post
def referral_return(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "referrals/return.html", {"form": CodeForm(), "open_one": holding.held(request)})
    form = CodeForm(request.POST)
    status = 422
    if not holding.may_try(request, "referral_code"):
        form.is_valid()
        form.errors.clear()
        form.refuse("code", _too_many())
        status = 429
    elif form.is_valid():
        referral = access.referral_with_key(codes.key_of(form.cleaned_data["code"]))
        if referral is not None:
            holding.hold(request, referral)
            return redirect("referral_where" if referral.sent_at is not None else "referral_write")
        form.refuse("code", _("We do not find this code. Please look at each letter again."))
    return render(request, "referrals/return.html", {"form": form}, status=status)


@login_not_required
@require_POST
def referral_close(request: HttpRequest) -> HttpResponse:
    """This phone forgets it; the code opens it again."""
    holding.let_go(request)
    messages.success(request, _("Closed on this phone. Your code opens it again, here or on another phone."))
    return redirect("referral_return")


# -- writing ------------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
@with_referral(is_sent=False)
def referral_write(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One short question a page. What is typed is kept first, also where something is not right yet."""
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
        return redirect("referral_where")
    form = form_class(typed, regions=regions)
    if not form.is_valid():
        return _write_page(request, kept, here, form, status=422)
    following = _beside(here)[1]
    return redirect(f"{reverse('referral_write')}?at={following}" if following else "referral_send")


def _page(request: HttpRequest) -> str:
    wanted = request.POST.get("at") or request.GET.get("at") or ""
    return wanted if wanted in PAGES else next(iter(PAGES))


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


# -- where it is --------------------------------------------------------------------------------------------------------


@login_not_required
@require_safe
@with_referral(is_sent=True)
def referral_where(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _where_page(request, referral, QuestionForm(initial={"key": uuid4()}))


def _where_page(request: HttpRequest, referral: Referral, form: QuestionForm, status: int = 200) -> HttpResponse:
    about = form["about"].value() or request.GET.get("about", "")
    context = where.of(referral) | {
        "form": form,
        "about": about,
        "about_words": words.criterion_called(referral.program.profile, about),
        "is_from_partner": referral.source != "family",
        "of": referral.program,
        "partner": referral.answers.get("partner", ""),
    }
    form.initial["about"] = about if context["about_words"] else ""
    return render(request, "referrals/where.html", context, status=status)


@login_not_required
@require_POST
@with_referral(is_sent=True)
def referral_answer(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The guardian's yes or not now to what somebody else asked for."""
    answer = request.POST.get("answer")
    if answer in {"yes", "not_now"} and referral.source != "family" and referral.is_open:
        actions.answer_for_family(referral=referral, willing=answer == "yes")
        messages.success(request, _("We wrote down what you said. You can change it."))
    return redirect("referral_where")


@login_not_required
@require_POST
@with_referral(is_sent=True)
def referral_ask(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Question what was found, or ask anything."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _where_page(request, referral, form, status=422)
    if not holding.may_try(request, "referral_ask", str(referral.public_id)):
        form.refuse("words", _too_many())
        return _where_page(request, referral, form, status=429)
    kept = form.cleaned_data
    about = kept["about"] if words.criterion_called(referral.program.profile, kept["about"]) else ""
    actions.ask(referral=referral, about=about, words=kept["words"], key=kept["key"])
    messages.success(request, _("We have your words. A person here reads them and answers on this page."))
    return redirect("referral_where")
