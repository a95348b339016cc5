"""The door: whether a session may act at all, before any page or socket asks who may see what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import UpdateError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, parse_cookie
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts import actions, entrance, stay
from portal.accounts.backends import works_here
from portal.accounts.models import Person
from portal.accounts.welcome import steps

View = Callable[..., HttpResponse]

WELCOMED = "welcomed"
# Open to a signed-in session whatever it still lacks; public pages are open anyway.
ALWAYS_OPEN = frozenset({"signout", "switch_person", "phone_share", "phone_lock"})
# Pressed by somebody who may be in danger: whatever the session still lacks, it waits for nothing.
CALLS_FOR_HELP = frozenset({"unsafe_show", "unsafe_words", "unsafe_mistake"})
# Public to who is not signed in; to who is, it shows what is theirs, so that it waits like any other page.
OWN_HOME = "home_show"
# Fields that a page fills in, not a person.
NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "key", "next", "back", "credential"})


def may_pass(person: Person, session: Any) -> str | None:
    """None when this session may act; otherwise the name of the page to go to first."""
    if not person.is_authenticated or stay.is_idle(person, session):
        return "signin_show"
    if works_here(person) and not stay.has_second_step(person, session):
        return "second_step_show" if actions.authenticator_of(person) else "second_step_setup"
    return None if _is_welcomed(person, session) else "welcome_show"


def let_in(cookies: bytes) -> tuple[Person, str] | None:
    """At a socket's handshake, where there is no page to go to: who is there and by which session, or None."""
    session_key = parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    person = _behind(session_key) if session_key else None
    return (person, str(session_key)) if person is not None else None


def session_holds(person: int, session_key: str) -> bool:
    """Asked from time to time for an open socket: whether its session is still there, theirs, and may still act."""
    now_there = _behind(session_key)
    return now_there is not None and now_there.pk == person


def _behind(session_key: str) -> Person | None:
    """The person whom this session lets act at this moment."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person: Any = get_user(request)
    return person if may_pass(person, request.session) is None else None


def note_socket_use(session_key: str) -> None:
    """What a person does through a socket counts as use of its session, too."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    if session.get(stay.SEEN_AT) is not None and stay.note_use(session):
        with suppress(UpdateError):  # it ended in this very moment, and stays ended
            session.save()


def _is_welcomed(person: Person, session: Any) -> bool:
    """Whether the steps of the first sign-in are done. A yes is kept, by person and by version of what is asked."""
    version = f"{person.pk} {steps.version(person)}"
    if session.get(WELCOMED) == version:
        return True
    if steps.open_steps(person):
        return False
    session[WELCOMED] = version
    return True


class Door:
    """Middleware, after LoginRequiredMiddleware: turns back who may not pass yet, and signs out who was away too long."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        is_public = getattr(view, "login_required", True) is False and _name(request) != OWN_HOME
        if stay.is_idle(request.user, request.session):
            if _calls_for_help(request) and _name(request) != "unsafe_mistake":  # to take it back one has to be there
                return _hear_and_end(request, view, args, kwargs)
            return _end_idle(request, is_public=is_public)
        if not wants_json(request) or request.method == "POST":  # a page that only asks for news is not a person
            stay.note_use(request.session)
        if is_public or _name(request) in ALWAYS_OPEN or _calls_for_help(request):
            return None
        goal = may_pass(request.user, request.session)
        return None if goal is None or _leads_to(_name(request), goal) else _turn_back(request, goal)


def _name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match is not None else ""


def _calls_for_help(request: HttpRequest) -> bool:
    return request.method == "POST" and _name(request) in CALLS_FOR_HELP


def _leads_to(name: str, goal: str) -> bool:
    """The pages of a step are open to whoever must take it; those of the second step know which of them it is."""
    return name.startswith("welcome_" if goal == "welcome_show" else "second_step_")


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _hear_and_end(request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse:
    """Pressed on a page that lay open for too long: it is heard first, and only then signed out."""
    try:
        page = view(request, *args, **kwargs)
    except Http404:  # nobody's who has the button
        return _end_idle(request, is_public=False) or redirect("signin_show")
    was_shared = stay.is_shared(request.session)
    entrance.leave(request, reason="idle", keeps_notices=not was_shared)
    return entrance.forget_browser(page) if was_shared else page


def _end_idle(request: HttpRequest, *, is_public: bool) -> HttpResponse | None:
    """Sign out. What was being sent is shown back to who sent it; on a shared phone not even the place is kept."""
    was_shared = stay.is_shared(request.session)
    entrance.leave(request, reason="idle", keeps_notices=not was_shared)
    if is_public:
        return None
    if wants_json(request):
        return _as_json("signin_show")
    if request.method == "POST":
        written = [text for name, text in request.POST.items() if name not in NOT_WRITTEN and str(text).strip()]
        page = render(request, "accounts/away.html", {"written": written}, status=403)
        return entrance.forget_browser(page) if was_shared else page
    messages.info(request, _("You were away for a while, so we signed you out. What you wrote is saved."))
    if was_shared:
        return entrance.forget_browser(redirect("signin_show"))
    return redirect(_with_next(request, "signin_show"))


def _turn_back(request: HttpRequest, goal: str) -> HttpResponse:
    return _as_json(goal) if wants_json(request) else redirect(_with_next(request, goal))


def _as_json(goal: str) -> HttpResponse:
    """For scripts, which would take a redirect's page for an answer."""
    return JsonResponse({"code": "signed_out", "go": reverse(goal)}, status=401)


def _with_next(request: HttpRequest, goal: str) -> str:
    is_page = request.method in {"GET", "HEAD"}
    return f"{reverse(goal)}?{urlencode({'next': request.get_full_path()})}" if is_page else reverse(goal)


def requires_recent_second_factor(view: View) -> View:
    """For acts that change how a person comes in: proved within ten minutes, by code for staff, by signing in for others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person: Any = request.user
        if stay.is_fresh(person, request.session):
            return view(request, *args, **kwargs)
        if works_here(person):
            return _turn_back(request, "second_step_show")
        if wants_json(request):
            return _as_json("signin_show")
        return render(request, "accounts/again.html", status=403)

    return guarded
