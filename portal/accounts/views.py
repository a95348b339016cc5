"""Pages of the door: signing in and out, invitations, the second step; and a person's own page."""

from __future__ import annotations

import datetime as dt
import math
from base64 import b32encode
from binascii import unhexlify
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_otp.util import random_hex

from portal.access import people
from portal.accounts import actions, entrance, qr, stay
from portal.accounts.backends import works_here
from portal.accounts.door import requires_recent_second_factor, wants_json
from portal.accounts.entrance import Check
from portal.accounts.forms import (
    AccountForm,
    CodeForm,
    PasskeyForm,
    PasskeySignInForm,
    SecondStepForm,
    SignInForm,
)
from portal.notices import device, push
from portal.views import person_of, show_or_post

if TYPE_CHECKING:
    pass

CAME_BY_LINK = "came_by_link"  # told on the account page, which the first-time pages come before
AUTHENTICATOR_KEY = "authenticator_key"  # the secret offered on the set-up page, until a code of it comes back


def _next(request: HttpRequest, default: str = "home_show") -> str:
    """Where to go on to: a path of this site, or the default page."""
    wanted = request.POST.get("next") or request.POST.get("back") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else reverse(default)


def _given_next(request: HttpRequest) -> str:
    """The same, or "" where none was asked for, to hand on to the following page."""
    asked_for = _next(request)
    return asked_for if asked_for != reverse("home_show") else ""


# -- signing in -------------------------------------------------------------------------------------------------------


@login_not_required
@show_or_post
def signin_show(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _sign_in_page(request, SignInForm())
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    if not entrance.send_code(request, form.cleaned_data["address"]):
        form.add_error("address", _too_many())
        return _sign_in_page(request, form, status=429)
    return _to_code_page(request)


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    return render(
        request,
        "accounts/signin.html",
        {"form": form, "next": _given_next(request), "is_switch": "who" in request.GET},
        status=status,
    )


def _too_many() -> str:
    return _("That was many codes in a short time. Nothing is wrong. Wait a few minutes, then ask for a new one.")


def _to_code_page(request: HttpRequest) -> HttpResponse:
    wanted = _given_next(request)
    return redirect(reverse("signin_code") + (f"?next={quote(wanted, safe='')}" if wanted else ""))


@login_not_required
@show_or_post
def signin_code(request: HttpRequest) -> HttpResponse:
    asked = entrance.asked(request)
    if asked is None or not entrance.is_waiting_for_code(request):
        return redirect("signin_show")
    if request.method != "POST":
        return _code_page(request, CodeForm())
    if wanted := request.POST.get("again"):
        address, to_other = asked
        if entrance.send_code(request, address, to_other={"same": to_other, "other": True}.get(wanted, False)):
            messages.success(request, _("We sent a new code. Only the newest one works."))
            return _to_code_page(request)
        messages.error(request, _too_many())
        return _code_page(request, CodeForm(), status=429)
    return _try_code(request)


def _try_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    match entrance.check_code(request, form.cleaned_data["code"]):
        case Check.RIGHT:
            return entrance.finish(request, next_url=_next(request), shared="shared" in request.POST)
        case Check.WRONG:
            form.add_error("code", _("This code does not match the one we sent."))
            return _code_page(request, form, status=422)
        case Check.TOO_OLD:
            messages.error(request, _("That code is too old now. Ask for a new one here."))
        case Check.TOO_MANY:
            messages.error(request, _("That code did not match too many times. Ask for a new one here."))
    return redirect("signin_show")


def _code_page(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    asked = entrance.asked(request)
    assert asked is not None  # noqa: S101 - signin_code has looked
    address, to_other = asked
    context = {
        "form": form,
        "address": address,
        "to_other": to_other,
        "shared": "shared" in request.POST,
        "next": _given_next(request),
    }
    return render(request, "accounts/code.html", context, status=status)


@login_not_required
@show_or_post
def signin_passkey(request: HttpRequest) -> HttpResponse:
    """GET hands the browser a challenge, POST takes its answer. Any passkey of this site may answer."""
    if not ratelimit.consume(request, app="allauth.mfa", action="webauthn_login", limit_get=True):
        return JsonResponse({"message": _too_many()}, status=429)
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication(user=None))
    form = PasskeySignInForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This passkey did not work. You can use a code instead."))
        return redirect("signin_show")
    passkey = form.cleaned_data["credential"]
    passkey.record_usage()
    return entrance.let_in(request, passkey.user, how="passkey", next_url=_next(request))


@login_not_required
@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    entrance.leave(request, reason="signed out")
    messages.success(request, _("You are signed out."))
    wanted = _given_next(request)
    return entrance.forget_browser(
        redirect(reverse("signin_show") + (f"?next={quote(wanted, safe='')}" if wanted else "")),
        in_haste="fast" in request.POST,
    )


@login_not_required
@require_POST
def phone_lock(request: HttpRequest) -> HttpResponse:
    """Closed at once, and open again the quick way. One's own phone leads back to where one was and still shows notices; words
    that were not sent wait there, unreadable, for who wrote them. Of a shared phone's nothing is known any more.
    """
    was_shared = stay.is_shared(request.session)
    wanted = "" if was_shared else _given_next(request)
    entrance.leave(request, reason="locked", keeps_notices=not was_shared)
    messages.info(request, _("Locked. Sign in to go on."))
    page = redirect(reverse("signin_show") + (f"?next={quote(wanted, safe='')}" if wanted else ""))
    return entrance.forget_pages(page)


@login_not_required
@require_POST
def switch_person(request: HttpRequest) -> HttpResponse:
    entrance.leave(request, reason="switched")
    return entrance.forget_browser(redirect(reverse("signin_show") + "?who"))


@require_POST
def phone_share(request: HttpRequest) -> HttpResponse:
    shared = request.POST.get("shared", "yes") == "yes"
    entrance.share(request, person_of(request), shared=shared)
    if shared:
        text = _(
            "This is now a shared phone: we sign you out when nobody has used it for 5 minutes, and keep nothing on it."
        )
    else:
        text = _("This is now your own phone.")
    messages.success(request, text)
    response = redirect(_next(request, "account_show"))
    if shared:
        device.drop(response)
    return response


@login_not_required
@show_or_post
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, however often and by whatever program; the button lets the person in, once."""
    invitation = actions.open_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    if request.method != "POST":
        context = {"invited": invitation.person, "invited_to": people.program_of(invitation.person)}
        return render(request, "accounts/invitation.html", context)
    person = actions.use_invitation(token=token)
    if person is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    response = entrance.let_in(
        request, person, how="invitation", next_url=reverse("account_show"), shared="shared" in request.POST
    )
    request.session[CAME_BY_LINK] = True
    return response


# -- the second step --------------------------------------------------------------------------------------------------


@show_or_post
def second_step_show(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not works_here(person):
        return redirect("home_show")
    if actions.authenticator_of(person) is None:
        return redirect("second_step_setup")
    form = SecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        match actions.check_second_step(person=person, code=form.cleaned_data["code"]):
            case None:
                form.add_error("code", _("This code does not match. Wait for the next one in your app and write that."))
            case dt.datetime() as until:
                form.add_error("code", _wait(until))
            case device:
                _through_second_step(request, device)
                return redirect(_next(request))
    context = {"form": form, "next": _given_next(request)}
    return render(request, "accounts/second_step.html", context, status=422 if form.errors else 200)


def _wait(until: dt.datetime) -> str:
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    if seconds < 90:
        text = ngettext("Wait %(n)s second, then try again.", "Wait %(n)s seconds, then try again.", seconds)
        return text % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("Wait %(n)s minute, then try again.", "Wait %(n)s minutes, then try again.", minutes) % {
        "n": minutes
    }


def _through_second_step(request: HttpRequest, device: Any) -> None:
    """The session may do more from now on, so it gets a new key."""
    request.session.cycle_key()
    stay.note_second_step(request.session, device)


@show_or_post
def second_step_setup(request: HttpRequest) -> HttpResponse:
    """The first authenticator app, or a new one by who has just proved the old: nobody else may put theirs in its place."""
    person = person_of(request)
    if not works_here(person):
        return redirect("home_show")
    if actions.authenticator_of(person) is not None and not _has_fresh_second_step(request):
        return redirect(f"{reverse('second_step_show')}?next={reverse('second_step_setup')}")
    form = SecondStepForm(request.POST or None)
    if request.method == "POST" and AUTHENTICATOR_KEY in request.session and form.is_valid():
        key = request.session[AUTHENTICATOR_KEY]
        made = actions.set_up_authenticator(person=person, key=key, code=form.cleaned_data["code"])
        if made is not None:
            device, codes = made
            del request.session[AUTHENTICATOR_KEY]
            _through_second_step(request, device)
            return _codes_page(request, codes)
        form.add_error("code", _("This code does not match. Wait for the next one in your app and write that."))
    return _setup_page(request, form)


def _has_fresh_second_step(request: HttpRequest) -> bool:
    person = person_of(request)
    return stay.has_second_step(person, request.session) and stay.is_fresh(person, request.session)


def _setup_page(request: HttpRequest, form: SecondStepForm) -> HttpResponse:
    key = request.session.setdefault(AUTHENTICATOR_KEY, random_hex(20))
    secret = b32encode(unhexlify(key)).decode()
    issuer = quote(settings.OTP_TOTP_ISSUER)
    url = f"otpauth://totp/{issuer}:{quote(person_of(request).display_name)}?secret={secret}&issuer={issuer}"
    context = {
        "form": form,
        "qr": qr.svg(url, _("A square code for your authenticator app. You can type the letters below instead.")),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "next": _given_next(request),
    }
    return render(request, "accounts/second_step_setup.html", context, status=422 if form.errors else 200)


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": [f"{code[:4]} {code[4:]}" for code in codes], "next": _next(request)}
    return render(request, "accounts/recovery_codes.html", context)


@requires_recent_second_factor
@require_POST
def recovery_codes_renew(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if actions.authenticator_of(person) is None:
        return redirect("account_show")
    return _codes_page(request, actions.renew_recovery_codes(person=person))


# -- my own page ------------------------------------------------------------------------------------------------------


@show_or_post
def account_show(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method == "POST":
        form = AccountForm(request.POST)
        if form.is_valid():
            actions.update_account(person=person, **form.cleaned_data)
            with translation.override(person.language):
                messages.success(request, _("Saved."))
                if not (person.emails_wanted or person.texts_wanted):
                    messages.success(request, _("We will not tell you of new messages. Look in here now and then."))
            return redirect("account_show")
    else:
        form = AccountForm(initial={name: getattr(person, name) for name in AccountForm.base_fields})
        if request.session.pop(CAME_BY_LINK, False):
            messages.success(
                request, _("Welcome. You will not need this link again. Below is how you come back next time.")
            )
    context = {
        "form": form,
        "passkeys": actions.passkeys_of(person),
        "has_push": push.is_on(),
        "authenticator": actions.authenticator_of(person) if works_here(person) else None,
        "codes_left": actions.recovery_codes_left(person) if works_here(person) else 0,
    }
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@require_safe
def passkey_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {
        "passkeys": actions.passkeys_of(person),
        "is_fresh": stay.is_fresh(person, request.session),
        "works_here": works_here(person),
    }
    return render(request, "accounts/passkeys.html", context)


@show_or_post
def passkey_add(request: HttpRequest) -> HttpResponse:
    """GET hands the page's script what it needs to make a passkey, POST keeps the passkey it made."""
    if request.method != "POST" and not wants_json(request):
        return redirect("passkey_list")
    return _add_passkey(request)


@requires_recent_second_factor
def _add_passkey(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method != "POST":
        return JsonResponse(webauthn.begin_registration(person, passwordless=True))
    form = PasskeyForm(request.POST, user=person)
    if form.is_valid():
        fields = form.cleaned_data
        actions.keep_passkey(person=person, name=fields["name"], credential=fields["credential"])
        messages.success(request, _("Your passkey is kept. Next time you can sign in with it."))
    else:
        messages.error(request, _("This passkey did not work. Nothing was changed. You can try again."))
    return redirect("passkey_list")


@requires_recent_second_factor
@require_POST
def passkey_remove(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("passkey", "")
    if number.isdecimal() and actions.remove_passkey(person=person_of(request), number=int(number)):
        messages.success(request, _("That passkey does not work here any more."))
    return redirect("passkey_list")
