"""Notices on the screen of this phone: asked for there, tried out there, and taken away from anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access.notices import visible_phones
from portal.accounts import stay
from portal.notices import device, phones, push, words
from portal.notices.channels import CannotSend
from portal.notices.forms import PushForm
from portal.views import person_of

if TYPE_CHECKING:
    from portal.accounts.models import Person


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The same for everybody, and at the top, so that it may speak for the whole site."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def _worker() -> str:
    return (settings.BASE_DIR / "portal/static/portal/sw.js").read_text(encoding="utf-8")


@require_safe
def phone_show(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    here = device.of(request) if device.is_of(request, person) else ""
    own = list(visible_phones(person))
    context = {
        "here": next((phone for phone in own if phone.device_hash == phone.hash_of(here)), None) if here else None,
        "others": [phone for phone in own if not here or phone.device_hash != phone.hash_of(here)],
        "said": words.on_screen("message", person.language)["notification"],
        "push_key": push.public_key(),
    }
    return render(request, "notices/phone_show.html", context)


@require_POST
def phone_add(request: HttpRequest) -> HttpResponse:
    """From the page's script, with what the browser gave it."""
    person = _person(request)
    if stay.is_shared(request.session):
        raise Http404
    form = PushForm(request.POST)
    if not form.is_valid() or not ratelimit.consume(request, action="phone_add", user=person):
        return JsonResponse({"is_on": False}, status=422)
    here = device.of(request) if device.is_of(request, person) else device.new()
    phones.subscribe(person=person, device=here, where=form.cleaned_data)
    response = JsonResponse({"is_on": True}, status=201)
    device.remember(response, here, person)
    return response


@require_POST
def phone_look(request: HttpRequest) -> HttpResponse:
    """Whether what this browser holds is what we send to: else its page asks for a new one."""
    person = _person(request)
    is_wanted = device.is_of(request, person) and not stay.is_shared(request.session)
    is_known = phones.is_known(person=person, endpoint=request.POST.get("endpoint", ""))
    return JsonResponse({"is_wanted": is_wanted, "is_known": is_known, "key": push.public_key()})


@require_POST
def phone_remove(request: HttpRequest) -> HttpResponse:
    """With `phone`: that one of the person's own; without: the one in the hand."""
    person = _person(request)
    response = redirect("phone_show")
    if "phone" in request.POST:
        phones.remove(person=person, public_id=_uuid(request.POST["phone"]))
    else:
        device.forget(request, person)
        device.drop(response)
    messages.success(request, _("Done. That screen shows nothing from us any more."))
    return response


@require_POST
def phone_test(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if not ratelimit.consume(request, action="phone_test", user=person):
        messages.error(request, _("That was many tries in a short time. Wait a few minutes, then try again."))
    elif device.is_of(request, person) and _is_shown(person, device.of(request)):
        messages.success(request, _("We sent it. In a few seconds it shows on this screen."))
    else:
        messages.error(
            request, _("It did not get through. Turn it off and on again here. You still get e-mails or texts.")
        )
    return redirect("phone_show")


def _is_shown(person: Person, here: str) -> bool:
    try:
        phones.show(person, words.on_screen("message", person.language), device=here)
    except CannotSend:
        return False
    return True


def _person(request: HttpRequest) -> Person:
    """Without a key of ours there are no such pages."""
    if not push.is_on():
        raise Http404
    return person_of(request)


def _uuid(text: Any) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise Http404 from error
