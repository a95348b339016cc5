"""Asking for help on a phone without an account: begin, write, send, come back by code, see where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import people
from portal.access import referrals as access
from portal.home.context import desk_of, frame_of
from portal.notices import channels
from portal.referrals import actions, carrying, codes, eligibility, holding, where, words
from portal.referrals.forms import PAGES, CodeForm, FitForm, QuestionForm, TextMeForm
from portal.views import show_or_post

if TYPE_CHECKING:
    from portal.programs.models import Program
    from portal.referrals.models import Referral

View = Callable[[HttpRequest, "Referral"], HttpResponse]


def with_referral(
    *, is_sent: bool, otherwise: View | None = None
) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """The page of the referral this browser holds; without one, the page that asks for the code.

    One that is still being written has its own pages, and one that was sent has others: each leads to the right ones, or
    `otherwise` answers.
    """

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest) -> HttpResponse:
            was_held = holding.was_held(request)
            referral = holding.held(request)
            if referral is None:
                return _ask_for_code(request, was_held=was_held)
            _speak_for(request, referral)
            if (referral.sent_at is not None) == is_sent:
                return view(request, referral)
            if otherwise is not None:
                return otherwise(request, referral)
            return redirect("referral_write" if is_sent else "referral_where")

        return page

    return decorate


def _speak_for(request: HttpRequest, referral: Referral) -> None:
    """The page is its programme's: times by the clock where they live, and below them whom to call."""
    frame = frame_of(request)
    frame.program = referral.program
    frame.region = str(referral.answers.get("region", ""))
    frame.zone = ZoneInfo(referral.program.profile.time_zone_of(frame.region))


def _ask_for_code(request: HttpRequest, *, was_held: bool) -> HttpResponse:
    """What was written on a page that was open for too long goes along."""
    carried = carrying.of_page(request)
    if carried:
        return _return_page(request, CodeForm(), carried=carried, status=409)
    if was_held:
        messages.info(
            request, _("This was closed, as nobody used it for a while. Nothing is lost: your code opens it.")
        )
    return redirect("referral_return")


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
        return redirect("referral_code")  # sent twice, or come back to; shown only while nobody has written it down
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
    context = {"code": codes.in_groups(code), "form": form}
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
        return _return_page(request, CodeForm())
    carried = carrying.of_return(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _return_page(request, form, carried=carried, status=422)
    try:
        referral = holding.with_code(request, "referral_code", form.cleaned_data["code"])
    except holding.TooMany:
        form.refuse("code", _too_many())
        return _return_page(request, form, carried=carried, status=429)
    if referral is None:
        form.refuse("code", _("We do not find this code. Please look at each letter again."))
        return _return_page(request, form, carried=carried, status=422)
    holding.hold(request, referral)
    return _go_on(request, referral, carried)


def _return_page(
    request: HttpRequest, form: CodeForm, *, carried: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    desks = [(one, desk_of(one.profile, "")) for one in access.programs()]
    context = {
        "form": form,
        "open_one": holding.held(request),
        "carried": carried or {},
        "texts": carrying.texts(carried) if carried else [],
        "desks": [{"of": one, "desk": desk} for one, desk in desks if desk is not None],
    }
    return render(request, "referrals/return.html", context, status=status)


def _go_on(request: HttpRequest, referral: Referral, carried: dict[str, str]) -> HttpResponse:
    """Where the code leads; what was carried along is put in its place first."""
    _speak_for(request, referral)
    to, is_sent = carried.get("to"), referral.sent_at is not None
    if to == carrying.WRITE and is_sent:
        return sent_already(request, referral)
    if to == carrying.WRITE:
        at = carrying.page_of(carried)
        actions.save_answers(referral=referral, answers=PAGES[at].typed(carried), seen=0)
        return redirect(f"{reverse('referral_write')}?at={at}")
    if to == carrying.ASK and is_sent:
        return _ask(request, referral)
    return redirect("referral_where" if is_sent else "referral_write")


@login_not_required
@require_POST
def referral_close(request: HttpRequest) -> HttpResponse:
    """This phone forgets it; the code opens it again. Who leaves fast leaves no word of it behind either."""
    holding.let_go(request)
    if "fast" not in request.POST:
        messages.success(request, _("Closed on this phone. Your code opens it again, here or on another phone."))
    return redirect("referral_return")


# -- where it is --------------------------------------------------------------------------------------------------------


@login_not_required
@require_safe
@with_referral(is_sent=True)
def referral_where(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _where_page(request, referral, QuestionForm(initial={"key": uuid4()}))


def sent_already(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Another phone has sent it meanwhile. What is written here since is not dropped: it can be sent as a word to us."""
    words = carrying.not_sent(carrying.of_page(request) or carrying.of_return(request), referral.answers)
    if not words:
        return redirect("referral_where")
    messages.info(request, _("This was sent before. What you wrote since is in the last box: you can send it, too."))
    return _where_page(request, referral, QuestionForm(initial={"key": uuid4(), "words": words}), status=409)


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
        person = request.user if request.user.is_authenticated else None
        actions.answer_for_family(referral=referral, willing=answer == "yes", actor=person)
        messages.success(request, _("We wrote down what you said. You can change it."))
    return redirect("referral_where")


@login_not_required
@require_POST
@with_referral(is_sent=True)
def referral_ask(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Question what was found, or ask anything."""
    return _ask(request, referral)


def _ask(request: HttpRequest, referral: Referral) -> HttpResponse:
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
