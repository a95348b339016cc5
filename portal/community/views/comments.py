"""A draft that everybody may comment on for a while: read, commented, its comments read, and its answer published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import comments as access
from portal.community import actions, tries
from portal.community.actions.comments import Closed
from portal.community.codes import in_halves
from portal.community.forms.comments import CommentForm, PeriodAnswerForm, PeriodForm
from portal.community.refusals import CommunityRefusal
from portal.community.shown import PeriodShown, day_words
from portal.community.views.common import answered_program, reader_of, refuse, speak_for
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from portal.community.models import CommentPeriod


@login_not_required
@show_or_post
def comment_period_show(request: HttpRequest, period_id: UUID) -> HttpResponse:
    """The draft, and the box below it while it is open. What was sent is answered by its receipt, the same if sent again."""
    period = get_object_or_404(access.public_periods(), public_id=period_id)
    speak_for(request, period.program)
    form = CommentForm(posted(request))
    if not form.is_bound:
        return _period_page(request, period, form)
    if not form.is_valid():
        return _period_page(request, period, form, status=422)
    person = reader_of(request)
    if not tries.may_try(request, "comment" if person is None else "comment_own"):
        form.refuse(
            "body", _("That was many in a short time. Your words are still here. Wait a little, and send again.")
        )
        return _period_page(request, period, form, status=429)
    told = dict(form.cleaned_data)
    words = told.pop("body")
    try:
        comment = actions.leave_comment(person=person, period=period, words=words, **told)
    except Closed as refusal:
        refuse(form, refusal, day=day_words(refusal.closes_on, period.program))
        return _period_page(request, period, form, status=422)
    except CommunityRefusal as refusal:
        refuse(form, refusal)
        return _period_page(request, period, form, status=422)
    return render(
        request,
        "community/comment_receipt.html",
        {"period": period, "comment": comment, "number": in_halves(comment.number)},
    )


def _period_page(request: HttpRequest, period: CommentPeriod, form: CommentForm, status: int = 200) -> HttpResponse:
    person = reader_of(request)
    context: dict[str, Any] = {
        "period": period,
        "state": PeriodShown(period).state,
        "form": form,
        "own": [(in_halves(one.number), one) for one in access.own_comments(person, period)] if person else [],
        "may_keep": person is not None and access.may_keep(person, period),
    }
    if period.is_closed:
        context |= {"count": access.count_of(period), "least": period.program.profile.settings.small_cell_minimum.value}
    return render(request, "community/period_show.html", context, status=status)


@show_or_post
def comment_period_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    program = answered_program(request, person)
    form = PeriodForm(posted(request), initial={"opens_on": program.today()})
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_period(actor=person, program=program, key=form.cleaned_data["key"], draft=form.draft())
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Everyone can read it now."))
            return redirect("comment_period_show", made.public_id)
    context = {"form": form, "title": _("Ask for comments"), "action": _("Publish it")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@show_or_post
def comment_period_change(request: HttpRequest, period_id: UUID) -> HttpResponse:
    person = person_of(request)
    period = get_object_or_404(access.periods_to_keep(person), public_id=period_id)
    names = ("title", "summary", "text", "link", "opens_on", "closes_on")
    form = PeriodForm(posted(request), initial={name: getattr(period, name) for name in names})
    if form.is_bound and form.is_valid():
        try:
            actions.change_period(actor=person, period=period, draft=form.draft())
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changed. Everyone reads it so from now on."))
            return redirect("comment_period_show", period.public_id)
    lead = "" if period.is_ahead else _("People have read it, so only the last day can change: it can get later.")
    context = {"form": form, "title": _("Change the draft"), "lead": lead, "action": _("Keep the change")}
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def comment_period_withdraw(request: HttpRequest, period_id: UUID) -> HttpResponse:
    person = person_of(request)
    period = get_object_or_404(access.periods_to_keep(person), public_id=period_id)
    try:
        actions.withdraw_period(actor=person, period=period)
    except CommunityRefusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. Nobody reads it here any more."))
    return redirect("community_desk")


@require_safe
def comment_period_read(request: HttpRequest, period_id: UUID) -> HttpResponse:
    person = person_of(request)
    period = get_object_or_404(access.periods_to_keep(person), public_id=period_id)
    comments = [(in_halves(one.number), one) for one in access.comments_to_read(person, period)]
    context = {"period": period, "state": PeriodShown(period).state, "comments": comments}
    return render(request, "community/period_read.html", context)


@show_or_post
def comment_period_answer(request: HttpRequest, period_id: UUID) -> HttpResponse:
    person = person_of(request)
    period = get_object_or_404(access.periods_to_keep(person), public_id=period_id)
    form = PeriodAnswerForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            actions.answer_period(actor=person, period=period, **form.cleaned_data)
        except CommunityRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Everyone can read the answer now."))
            return redirect("comment_period_show", period.public_id)
    context = {
        "form": form,
        "title": _("What we heard, what we changed"),
        "lead": period.title,
        "action": _("Publish it"),
    }
    return render(request, "community/form.html", context, status=422 if form.is_bound else 200)
