"""Home, help, the choices at the foot of every page, and what operators and browsers ask of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_support.weeks import glance
from portal.access import appeals, concerns, coordination, hand_offs, mentors, pairings
from portal.access.notices import unread_notices
from portal.access.telling import TAKES_CALLS
from portal.accounts.actions import update_account
from portal.accounts.door import may_pass
from portal.clocks.owed import next_few
from portal.home import health, today
from portal.home.context import THEME_COOKIE, THEMES, frame_of
from portal.home.people import newest_unread, talks_of, your_people
from portal.home.steps import next_steps
from portal.language.formats import direction
from portal.safety.views import unsafe

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.models import Family

A_YEAR = 60 * 60 * 24 * 365


@login_not_required
@require_safe
def home_show(request: HttpRequest) -> HttpResponse:
    here = frame_of(request)
    if here.person is None:
        return render(request, "home/arrival.html")
    goal = may_pass(here.person, request.session)  # open to everyone, so the door itself has not asked
    if goal is not None:
        return redirect(goal)
    talks = talks_of(here.person)
    context: dict[str, Any] = {"new_count": unread_notices(here.person).count()}
    context["repairs"] = list(concerns.own_repairs(here.person))
    if here.is_young:
        context["unsafe_seen_by"] = concerns.unsafe_seen_by(here.person)
    if here.is_staff:
        context |= today.of(here, here.person, talks)
    if here.has_family or not here.is_staff:
        offers = list(pairings.offered_to(here.person))
        context |= {
            "steps": next_steps(here, here.person, talks, offers),
            "has_offer": bool(offers),
            "unread": newest_unread(here.person, talks),
            "unread_count": sum(talk.unread for talk in talks),
            "people": your_people(here.person, talks),
            "own_families": [member.family for member in here.memberships if member.role != "natural_support"],
        }
        context |= _beside(here.person, context["own_families"], {one.role_id for one in context["people"]})
        if context["own_families"]:
            context |= next_few(here.person) | {"touch": glance(here.person, here.memberships)}
            context["mentors"] = list(mentors.known_pairings(here.person).exclude(state="ended"))
    return render(request, "home/today.html" if here.is_staff else "home/home.html", context)


def _beside(person: Person, own: list[Family], named: set[int]) -> dict[str, Any]:
    """Who answers for the person's own families, with "your people" where they are among them; who is brought in next."""
    held = list(coordination.coordinators_now(person).filter(family__in=own)) if own else []
    return {
        "answering": [one for one in held if one.coordinator_id in named],
        "coordinators": [one for one in held if one.coordinator_id not in named],
        "hand_offs": list(hand_offs.undone(person).filter(family__in=own)) if own else [],
    }


@login_not_required
@require_safe
def help_show(request: HttpRequest) -> HttpResponse:
    """Open to everyone at any moment; who is signed in and through the door also finds their own people here."""
    person = frame_of(request).person
    is_in = person is not None and may_pass(person, request.session) is None
    people = your_people(person, talks_of(person)) if person and is_in else []
    context = {
        "people": people,
        "is_in": is_in,
        "takes_calls": bool(is_in and frame_of(request).works_as(*TAKES_CALLS)),
        "has_letters": person is not None and is_in and appeals.may_have_letters(person),
    }
    return render(request, "home/help.html", context)


@login_not_required
@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """A person's choice is kept with them; without one, on this phone only."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        _keep(request, response, settings.LANGUAGE_COOKIE_NAME, language=language)
    return response


@login_not_required
@require_POST
def look_set(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in THEMES:
        _keep(request, response, THEME_COOKIE, theme=theme)
    return response


def _keep(request: HttpRequest, response: HttpResponse, cookie: str, **choice: str) -> None:
    """Nothing of a signed-in person's choice stays on the phone: the next person on it may be someone else."""
    if request.user.is_authenticated:
        update_account(person=request.user, **choice)
        return
    (value,) = choice.values()
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(cookie, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)


def _back(request: HttpRequest) -> HttpResponse:
    path = request.POST.get("back", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return HttpResponseRedirect(path if is_ours else reverse("home_show"), status=303)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The app on a phone has a neutral name and picture: a lock screen or an app list tells nobody what it is."""
    language = get_language() or settings.LANGUAGE_CODE
    return JsonResponse(
        {
            "name": "Porch",
            "short_name": "Porch",
            "lang": language,
            "dir": direction(language),
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#14253a",
            "theme_color": "#14253a",
            "icons": [
                {"src": static("portal/porch.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}
            ],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    missing = health.not_ready()
    text = f"not ready: {', '.join(missing)}\n" if missing else "ready\n"
    return HttpResponse(text, content_type="text/plain", status=503 if missing else 200)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not health.may_read_metrics(request):
        return not_found(request, None)
    return HttpResponse(health.metrics_text(), content_type="text/plain; version=0.0.4; charset=utf-8")


# -- what went wrong --------------------------------------------------------------------------------------------------


@login_not_required
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    if _calls_for_help(request):
        return unsafe.not_saved(request, status=403)
    return _problem(
        request,
        403,
        title=_("That did not go through"),
        lead=_(
            "It is not your fault. This page was open for a long time, or someone else came in on this phone since."
        ),
        advice=_("Nothing was sent. Open the page again and do it once more."),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(
        request,
        400,
        title=_("That did not go through"),
        lead=_("It came to us broken or too large. Nothing was sent, and nothing of yours was changed."),
        advice=_("Go back and try again. If it happens again, please call us."),
    )


def not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    return _problem(
        request,
        404,
        title=_("This page is not here"),
        lead=_("The link may be old, or the page belongs to someone else. Nothing of yours is lost."),
        advice=_("Go to your first page: everything that is yours starts there."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the frame's questions to the database, which may be what is broken."""
    if _calls_for_help(request):
        return unsafe.not_saved(request)
    return _problem(
        None,
        500,
        title=_("Something broke on our side"),
        lead=_("It is our fault, not yours. What was saved before is safe."),
        advice=_("Please wait a minute and try again. If it cannot wait, please call."),
        words=_words(request),
    )


def _calls_for_help(request: HttpRequest) -> bool:
    """Somebody does not feel safe: whatever broke, they read whom to call, and their words stand in the box."""
    return request.method == "POST" and request.path.startswith(reverse("unsafe_show"))


def _problem(request: HttpRequest | None, status: int, **context: Any) -> HttpResponse:
    if request is not None:
        context["words"] = _words(request)
    return render(cast(HttpRequest, request), "home/problem.html", context, status=status)


def _words(request: HttpRequest) -> str:
    """What the person had written, so that they can copy it; nothing where the request itself cannot be read."""
    if request.method != "POST":
        return ""
    try:
        return request.POST.get("body", "")
    except Exception:  # a broken upload can fail in many ways, and this page must not
        return ""
