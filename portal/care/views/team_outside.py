"""Pages of a team outside its plan: an ask of the family between it and the staff, and the link that lets somebody in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import choices
from portal.access import team as access
from portal.accounts import entrance
from portal.care import actions
from portal.care.refusals import LinkGone, NotWithThisAccount, PlanRefusal
from portal.care.team_forms import AskAnswerForm, ComeInForm, WordForm
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.accounts.addresses import Address

PROOF = "team_link_proof"  # that the right word was given, while the code is fetched
RATES = {"team_link": "30/10m/ip,10/10m/key"}


@show_or_post
def team_ask_show(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """What one of the family asked for, and the answer, which staff write here."""
    person = person_of(request)
    found = access.ask_for(person, ask_id)
    if found is None:
        raise Http404
    ask, reader = found
    may_answer = access.may_answer_ask(reader, ask) and ask.answered_at is None
    if request.method == "POST" and not access.may_answer_ask(reader, ask):
        raise Http404
    form = AskAnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_ask(actor=person, ask=ask, **form.cleaned_data)
        except PlanRefusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("They are told what you answered."))
            return redirect("team_ask_show", ask.public_id)
    if request.method != "POST":
        actions.see_ask(actor=person, ask=ask)
    shown = list(choices.of_ask(person, ask))
    context = {
        "ask": ask,
        "plan": ask.seat.plan,
        "form": form,
        "may_answer": may_answer,
        "choices": shown,
        # Whoever answers shows the family whom it can have instead; that is the answer.
        "may_show": choices.is_of_facilitator(ask)
        and not shown
        and ask.answer != "stays"
        and access.may_answer_ask(reader, ask),
    }
    return render(request, "care/team_ask.html", context, status=422 if form.is_bound else 200)


@login_not_required
@show_or_post
def team_link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing and shows nothing of the family. Word first; then who comes shows that they are it."""
    try:
        if request.method != "POST":
            actions.check_link(token=token)
            return _link_page(request, token, _form(request))
        if not ratelimit.consume(request, app="portal.care", action="team_link", config=RATES, key=token):
            return _slow_down(request, token)
        return _try(request, token)
    except LinkGone:
        return render(request, "accounts/invitation_gone.html", status=404)
    except NotWithThisAccount as refusal:
        request.session.pop(PROOF, None)
        form = WordForm()
        return _link_page(request, token, form, error=str(refusal.message), status=422)


def _form(request: HttpRequest) -> WordForm:
    return (WordForm if request.user.is_authenticated else ComeInForm)(posted(request))


def _slow_down(request: HttpRequest, token: str) -> HttpResponse:
    words = _("That was many tries in a short time. Nothing is wrong and nothing is lost. Wait a few minutes.")
    return _link_page(request, token, _form(request), error=words, status=429)


def _try(request: HttpRequest, token: str) -> HttpResponse:
    proof = _proof(request, token)
    if request.user.is_authenticated and proof:
        return _in(request, token, proof)
    form = _form(request)
    if not form.is_valid():
        return _link_page(request, token, form, status=422)
    proof = actions.try_word(token=token, word=form.cleaned_data["word"]) or ""
    if not proof:
        form.refuse(
            "word", _("These are not the numbers that belong to this link. Please ask again who gave it to you.")
        )
        return _link_page(request, token, form, status=422)
    if request.user.is_authenticated:
        return _in(request, token, proof)
    return _fetch_code(request, token, proof, form)


def _fetch_code(request: HttpRequest, token: str, proof: str, form: WordForm) -> HttpResponse:
    """The code that shows that the address is theirs; it leaves for an address we know as for one we do not."""
    address: Address = form.cleaned_data["address"]
    actions.begin_account(token=token, proof=proof, name=form.cleaned_data["name"], address=address)
    if not entrance.send_code(request, address):
        return _slow_down(request, token)
    request.session[PROOF] = proof
    return redirect(f"{reverse('signin_code')}?next={reverse('team_link_open', args=[token])}")


def _in(request: HttpRequest, token: str, proof: str) -> HttpResponse:
    actions.come_in(actor=person_of(request), token=token, proof=proof)
    request.session.pop(PROOF, None)
    messages.success(request, _("You are on the team. You see what the family shows you, and nothing else."))
    return redirect("home_show")


def _proof(request: HttpRequest, token: str) -> str:
    kept = request.session.get(PROOF)
    return kept if isinstance(kept, str) and actions.is_proven(token=token, proof=kept) else ""


def _link_page(request: HttpRequest, token: str, form: WordForm, error: str = "", status: int = 200) -> HttpResponse:
    is_proven = request.user.is_authenticated and bool(_proof(request, token))
    context = {"form": form, "error": error, "is_proven": is_proven}
    return render(request, "care/team_link_open.html", context, status=status)
