"""One request, for who asked and for who answers; and the liaison's list of what is asked for, by what is due first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support import actions
from peer_support.asked import asked, by_day, helping
from peer_support.forms.requests import ArrangeForm, DeclineForm, TakeUpForm
from peer_support.refusals import PeerRefusal
from peer_support.views.answers import pressed
from portal.access import families, people
from portal.access import helping as helping_access
from portal.access import support as access
from portal.views import person_of, posted, show_or_post

if TYPE_CHECKING:
    from peer_support.models import SupportRequest
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm

SETTLED = 10


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """For liaisons: what families ask for, and who wants to help others. For the others: meetings they are asked to come to."""
    person = person_of(request)
    answers = access.answers_requests(person)
    if not people.is_staff(person):
        raise Http404
    to_answer = access.requests_to_answer(person)
    context = {
        "answers": answers,
        "requests": by_day(to_answer.filter(ended_at=None)),
        "settled": asked(to_answer.filter(ended_at__isnull=False).order_by("-ended_at")[:SETTLED]),
        "coming": by_day(access.asked_to_come(person)),
        "paths": helping(helping_access.paths_to_keep(person)),
    }
    return render(request, "peer_support/request_list.html", context)


@require_safe
def request_show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = _visible(person, request_id)
    is_own = found.member.person_id == person.pk
    may_answer = access.may_answer(person, found)
    steps = list(found.steps.select_related("by__person"))
    reads = access.may_read_words(person, found)
    context = {
        "one": asked([found])[0],
        "request_shown": found,
        "is_own": is_own,
        "is_for_other": found.for_member_id != found.member_id,
        "steps": [{"step": step, "is_last": step is steps[-1], "reads": reads} for step in steps],
        "words": found.words if reads else "",
        "may_answer": may_answer,
        "may_come": access.may_say_if_coming(person, found),
        "may_take_back": is_own and found.is_open and not found.is_by_wish,
        "sees_family": families.sees_family(person, found.family_id),
    }
    return render(request, "peer_support/request_show.html", context)


@show_or_post
def request_take_up(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = TakeUpForm(posted(request))
    page = _Page(_("I take care of it"), _("Say it"), _("They read it now. The day stands on both pages."), "next_on")
    return _answered(request, request_id, form, actions.take_up_request, page)


@show_or_post
def request_arrange(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = ArrangeForm(posted(request))
    page = _Page(_("It is arranged"), _("Write it down"), _("They read it now. The day stands on both pages."), "on")
    return _answered(request, request_id, form, actions.arrange_request, page, by_wish=False)


@show_or_post
def request_decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    form = DeclineForm(posted(request))
    page = _Page(_("It could not be done"), _("Say it"), _("They read it now, with what there is instead."), "words")
    return _answered(request, request_id, form, actions.decline_request, page)


@require_POST
def request_finish(request: HttpRequest, request_id: UUID) -> HttpResponse:
    person = person_of(request)
    found = _to_answer(person, request_id)
    return pressed(
        request,
        lambda: actions.finish_request(actor=person, request=found),
        back=reverse("request_show", args=[found.public_id]),
        done=_("It is done. They see it, too."),
    )


@require_POST
def request_come(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Whoever was asked to come along says whether they do."""
    person = person_of(request)
    found = get_object_or_404(access.asked_to_come(person), public_id=request_id)
    comes = request.POST.get("comes") == "yes"
    actions.say_if_coming(actor=person, request=found, comes=comes)
    if comes:
        messages.success(request, _("Thank you. They see that you come."))
        return redirect("request_show", found.public_id)
    messages.success(request, _("All right. Their liaison looks for someone else."))
    return redirect("request_list")


# -- parts of the above -----------------------------------------------------------------------------------------------


class _Page:
    """The words around a form, and the field a refused day stands at."""

    def __init__(self, title: str, button: str, done: str, field: str) -> None:
        self.title, self.button, self.done, self.field = title, button, done, field


def _answered(
    request: HttpRequest,
    request_id: UUID,
    form: PlainForm,
    act: Callable[..., None],
    page: _Page,
    *,
    by_wish: bool = True,
) -> HttpResponse:
    person = person_of(request)
    found = _to_answer(person, request_id)
    if not found.is_open or (found.is_by_wish and not by_wish):
        raise Http404
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        try:
            act(actor=person, request=found, **told)
        except PeerRefusal as refusal:
            form.refuse(page.field, refusal.message)
        else:
            messages.success(request, page.done)
            return redirect("request_show", found.public_id)
    context = {"form": form, "answer": page, "one": asked([found])[0]}
    status = 422 if request.method == "POST" else 200
    return render(request, "peer_support/request_answer.html", context, status=status)


def _visible(person: Person, request_id: UUID) -> SupportRequest:
    return get_object_or_404(access.visible_requests(person), public_id=request_id)


def _to_answer(person: Person, request_id: UUID) -> SupportRequest:
    return get_object_or_404(access.requests_to_answer(person), public_id=request_id)
