"""Referrals as staff see them: the list by next date, one of them with what the family wrote, and each thing done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import peers
from portal.access import referrals as access
from portal.families.actions import NotTrained
from portal.referrals import actions, codes, holding, where, words
from portal.referrals.actions.staff import record_view
from portal.referrals.forms import (
    AnswerForm,
    CodeForm,
    ConsentForm,
    FindingForm,
    JoinForm,
    NextForm,
    PartnerForm,
    StepForm,
)
from portal.referrals.write_views import parts_of
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    from portal.families.forms import PlainForm
    from portal.programs.models import StaffRole
    from portal.referrals.models import Question, Referral

A_PAGE = 50


def _receiving(request: HttpRequest) -> list[StaffRole]:
    roles = list(access.receiving_roles(person_of(request)))
    if not roles:
        raise Http404
    return roles


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    """Late ones first, then by next date. A lead sees that each has an owner and a date, never what it says."""
    person = person_of(request)
    if not (access.receiving_roles(person).exists() or access.leading_roles(person).exists()):
        raise Http404
    return _list_page(request, CodeForm())


def _list_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    seen = access.visible_referrals(person).filter(state__in=access.OPEN)
    led = access.led_referrals(person).exclude(pk__in=seen.order_by().values("pk"))
    rows = [(True, one) for one in where.at_a_glance(seen)] + [(False, one) for one in where.at_a_glance(led)]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(one, may_open=may_open) for may_open, one in page.object_list],
        "page_of": page,
        "may_open": access.receiving_roles(person).exists(),
        "form": form,
    }
    return render(request, "referrals/list.html", context, status=status)


def _row(seen: where.Glance, *, may_open: bool) -> dict[str, Any]:
    called = seen.referral.answers.get("first_name", "") if may_open else ""
    return {"seen": seen, "referral": seen.referral, "may_open": may_open, "called": called}


@require_POST
def referral_find(request: HttpRequest) -> HttpResponse:
    """A family reads its code out: whoever it gave the code to has the referral from now on."""
    _receiving(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        referral = holding.with_code(request, "referral_find", form.cleaned_data["code"])
    except holding.TooMany:
        form.refuse("code", _("That was many tries in a short time. Please wait a few minutes."))
        return _list_page(request, form, status=429)
    if referral is None or not access.may_receive(person_of(request), referral):
        form.refuse("code", _("We do not find this code. Please look at each letter again."))
        return _list_page(request, form, status=422)
    actions.receive_by_code(actor=person_of(request), referral=referral)
    return redirect("referral_show", referral.public_id)


@show_or_post
def referral_add(request: HttpRequest) -> HttpResponse:
    """What an agency, a provider, a court or a school asked for."""
    roles = _receiving(request)
    today = roles[0].organization.program.today()
    initial = {"language": "en", "consent": "unknown", "key": uuid4()}
    form = PartnerForm(request.POST or None, roles=roles, today=today, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "referrals/add.html", {"form": form}, status=422 if form.is_bound else 200)
    kept, person = form.cleaned_data, person_of(request)
    try:
        referral, code = actions.record_partner_referral(
            actor=person,
            role=next(one for one in roles if str(one.public_id) == kept["role"]),
            answers=form.answers,
            **{name: kept[name] for name in ("source", "consent", "language", "next_on", "key")},
        )
    except actions.AlreadyWritten:
        messages.info(request, _("This is written down already. If you did not see the code, make a new one below."))
        return redirect("referral_show", kept["key"])
    is_to_be_told = kept["tell"] and referral.state == "waiting"
    told = actions.tell_guardian(actor=person, referral=referral, code=code) if is_to_be_told else None
    return _show_code(request, referral, code, told=told)


def _show_code(request: HttpRequest, referral: Referral, code: str, told: bool | None = None) -> HttpResponse:
    """In the answer itself and nowhere else: whoever asks again makes a new one. `told`: whether the guardian was written to."""
    context = {
        "referral": referral,
        "code": codes.in_groups(code),
        "is_waiting": referral.state == "waiting",
        "told": told,
    }
    return render(request, "referrals/staff_code.html", context)


@require_safe
def referral_show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    role = access.role_in(person_of(request), referral)
    record_view(actor=person_of(request), referral=referral, role=role.role if role else "")
    return _show_page(request, referral)


def _visible(request: HttpRequest, referral_id: UUID) -> Referral:
    found: Referral = get_object_or_404(access.visible_referrals(person_of(request)), public_id=referral_id)
    return found


def _show_page(
    request: HttpRequest, referral: Referral, about: Question | None = None, unsent: str = "", **forms: PlainForm
) -> HttpResponse:
    """The page, with a form that needs another look in the place of its empty one.

    `about`: the question that an answer was meant for. `unsent`: an answer that came after a colleague's.
    """
    person, profile = person_of(request), referral.program.profile
    roles = [one for one in access.receiving_roles(person) if one.organization.program_id == referral.program_id]
    today = referral.program.today()
    answers = referral.answers
    initial = {"next_step": referral.next_step, "next_on": referral.next_on}
    context = where.of(referral) | {
        "parts": parts_of(referral),
        "partner": answers.get("partner", ""),
        "called": answers.get("first_name", ""),
        "is_mine": referral.owner_id in {one.pk for one in roles},
        "take_form": NextForm(today=today, initial=initial, prefix="take"),
        "step_form": StepForm(today=today, initial=initial | {"key": uuid4()}, has_teams=where.has_teams(profile)),
        "consent_form": ConsentForm(initial={"consent": referral.consent}),
        "finding_form": FindingForm(criteria=words.to_be_found(profile)),
        "answer_form": AnswerForm(),
        "join_form": JoinForm(
            regions=profile.regions,
            needs_reason=any(map(peers.needs_override, roles[:1])),
            initial={"region": answers.get("region", "")},
        ),
        "asked": list(access.questions_of(referral)),
        "answer_to": about.pk if about is not None else None,
        "unsent": unsent,
    }
    status = 409 if unsent else 422 if forms else 200
    return render(request, "referrals/show.html", context | forms, status=status)


@require_POST
def referral_take(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    form = NextForm(request.POST, today=referral.program.today(), prefix="take")
    if not form.is_valid():
        return _show_page(request, referral, take_form=form)
    actions.take(actor=person_of(request), role=_own_role(request, referral), referral=referral, **form.cleaned_data)
    messages.success(request, _("It is yours now. The family sees your name and the day."))
    return redirect("referral_show", referral.public_id)


def _own_role(request: HttpRequest, referral: Referral) -> StaffRole:
    return next(one for one in _receiving(request) if one.organization.program_id == referral.program_id)


@require_POST
def referral_step(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    has_teams = where.has_teams(referral.program.profile)
    form = StepForm(request.POST, today=referral.program.today(), has_teams=has_teams)
    if not form.is_valid():
        return _show_page(request, referral, step_form=form)
    actions.note_step(actor=person_of(request), referral=referral, **form.cleaned_data)
    messages.success(request, _("Written down. The family sees it."))
    return redirect("referral_show", referral.public_id)


@require_POST
def referral_consent(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _show_page(request, referral, consent_form=form)
    if referral.is_open:
        actions.record_consent(actor=person_of(request), referral=referral, **form.cleaned_data)
        messages.success(request, _("Written down. The family sees it."))
    return redirect("referral_show", referral.public_id)


@require_POST
def referral_finding(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    form = FindingForm(request.POST, criteria=words.to_be_found(referral.program.profile))
    if not form.is_valid():
        return _show_page(request, referral, finding_form=form)
    actions.record_finding(actor=person_of(request), referral=referral, **form.cleaned_data)
    messages.success(request, _("Written down. The family sees it."))
    return redirect("referral_show", referral.public_id)


@require_POST
def referral_reply(request: HttpRequest, referral_id: UUID, question_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    question = get_object_or_404(access.questions_of(referral), public_id=question_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show_page(request, referral, about=question, answer_form=form)
    answer = form.cleaned_data["words"]
    if actions.answer_question(actor=person_of(request), question=question, words=answer).answer != answer:
        return _show_page(request, referral, unsent=answer)
    messages.success(request, _("Your answer is on the family’s page."))
    return redirect("referral_show", referral.public_id)


@require_POST
def referral_recode(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = _visible(request, referral_id)
    return _show_code(request, referral, actions.renew_code(actor=person_of(request), referral=referral))


@require_POST
def referral_join(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The family gets its page; before the guardian's yes it waits."""
    referral = _visible(request, referral_id)
    role = _own_role(request, referral)
    form = JoinForm(request.POST, regions=referral.program.profile.regions, needs_reason=peers.needs_override(role))
    if not form.is_valid():
        return _show_page(request, referral, join_form=form)
    try:
        family = actions.join(actor=person_of(request), role=role, referral=referral, **form.cleaned_data)
    except actions.NotYetAgreed:
        form.refuse("name", _("The guardian has not said yes yet. Ask them first: until then it waits."))
        return _show_page(request, referral, join_form=form)
    except NotTrained as refusal:
        form.refuse(refusal.field, refusal.message)
        return _show_page(request, referral, join_form=form)
    if not access.may_open_family_page(person_of(request), family):
        return redirect("referral_show", referral.public_id)  # a colleague has opened it before
    messages.success(request, _("The family has its page. Now add the people."))
    return redirect("family_show", family.public_id)
