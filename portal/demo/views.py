"""The demo's front page and its sign-in links; these routes exist in demo mode only."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts import entrance
from portal.demo import actions, asking, cast
from portal.views import show_or_post

LOOPBACK = {"127.0.0.1", "::1"}
PASSED_ON = ("Forwarded", "X-Forwarded-For")  # by a proxy on this machine, for somebody elsewhere


@login_not_required
@require_safe
def demo_show(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/demo_show.html", {"cast": cast.CAST, "asking": asking.TRY})


@login_not_required
@show_or_post
def demo_sign_in(request: HttpRequest, person: str) -> HttpResponse:
    """A page with one button; pressing it signs in as that invented person, second step included."""
    part = cast.BY_SLUG.get(person)
    if part is None or not _is_on_this_machine(request):
        raise Http404
    if request.method != "POST":
        return render(request, "demo/demo_sign_in.html", {"part": part})
    someone = actions.person_of(part.slug)
    if someone is None:
        raise Http404
    response = entrance.let_in(request, someone, how="demo", next_url=reverse("home_show"))
    actions.take_second_step(person=someone, session=request.session)
    return response


def _is_on_this_machine(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.headers for name in PASSED_ON)
