"""Coming in and going out, on allauth's flows: send a code, check it, let a person in, sign them out wholly."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.accounts import actions, stay
from portal.accounts.addresses import Address, digits_of
from portal.accounts.backends import person_at
from portal.notices import device

if TYPE_CHECKING:
    from portal.accounts.models import Person

ASKED = "sign_in_address"  # what was typed on the sign-in page, and where its code went


class Check(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    TOO_OLD = "too old"
    TOO_MANY = "too many"


def send_code(request: HttpRequest, address: Address, *, to_other: bool = False) -> bool:
    """Begin a sign-in by code; False when too many were asked for. Known or not, the same happens, save that a code leaves.

    `to_other` sends it to the person's e-mail instead of their phone or the other way round, where there is one.
    """
    # Keyed by what was typed, so that the limit tells nothing about whose it is.
    if not ratelimit.consume(request, action="request_login_code", key=address.text):
        return False
    person = person_at(address)
    target = address
    if to_other and person is not None:
        other = _other(person, address)
        target, person = (other, person) if other else (address, None)
    with translation.override(person.language if person is not None else translation.get_language()):
        LoginCodeVerificationProcess.initiate(request=request, user=person, **{target.kind: target.text})
    request.session[ASKED] = {"kind": address.kind, "text": address.text, "to_other": to_other}
    return True


def _other(person: Person, address: Address) -> Address | None:
    if address.kind == "phone":
        return Address("email", person.email) if person.email else None
    return Address("phone", person.phone) if person.phone else None


def asked(request: HttpRequest) -> tuple[Address, bool] | None:
    """The address typed on the sign-in page of this session, and whether the code went to the other one."""
    kept = request.session.get(ASKED)
    return (Address(kept["kind"], kept["text"]), kept["to_other"]) if isinstance(kept, dict) else None


def is_waiting_for_code(request: HttpRequest) -> bool:
    return LoginStageController.enter(request, LoginByCodeStage.key) is not None


def check_code(request: HttpRequest, typed: str) -> Check:
    """Compare, and count the try. RIGHT leaves the sign-in for `finish` to complete."""
    process = _process(request)
    if process is None:
        return Check.TOO_OLD
    # The session's own count loses when tries come at the same moment; this one is kept under a lock.
    key = f"code:{request.session.session_key}:{process.state['at']}"
    if not ratelimit.consume(request, action="code_check", key=key):
        return _give_up(process)
    if compare_user_code(actual=digits_of(typed), expected=process.code):
        return Check.RIGHT
    return Check.WRONG if process.record_invalid_attempt() else _give_up(process)


def _give_up(process: LoginCodeVerificationProcess) -> Check:
    process.abort()
    actions.record_refusal(person=process.user, subject="sign_in")
    return Check.TOO_MANY


def _process(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return LoginCodeVerificationProcess.resume(stage) if stage is not None else None


def finish(request: HttpRequest, *, next_url: str, shared: bool) -> HttpResponse:
    """The code was right: let the person in and go on to `next_url`, a path of this site."""
    process = _process(request)
    assert process is not None  # noqa: S101 - check_code has just found it
    person: Any = process.user
    how = {"email": process.state.get("email"), "phone": process.state.get("phone")}
    clear_login(request)
    return let_in(request, person, how="code", next_url=next_url, shared=shared, **how)


def let_in(
    request: HttpRequest, person: Person, *, how: str, next_url: str, shared: bool = False, **proof: Any
) -> HttpResponse:
    """Sign `person` in by `how` they proved who they are. Whoever was signed in on this browser is signed out first."""
    is_strange = shared or not device.is_of(request, person)
    has_left = leave(request, reason="switched", keeps_notices=not is_strange)
    request.session.pop(ASKED, None)
    record_authentication(request, person, method=how, **proof)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=next_url))
    if request.user.is_authenticated:
        stay.set_shared(request.session, shared=shared)
    if is_strange:
        device.drop(response)
    return forget_browser(response) if has_left and is_strange else response


def share(request: HttpRequest, person: Person, *, shared: bool) -> None:
    """From now on others use this device, too, or nobody else does. A shared one shows nobody's notices (`drop` its cookie)."""
    stay.set_shared(request.session, shared=shared)
    if shared:
        device.forget(request, person)


def leave(request: HttpRequest, *, reason: str, keeps_notices: bool = False) -> bool:
    """Sign out wholly: a new empty session, open pages of the old one ended, both or neither. False if nobody was in.

    The device shows no notices any more, whosever they were: also of somebody whom time alone had signed out before.
    """
    person, key = request.user, request.session.session_key
    with transaction.atomic():
        if not keeps_notices:
            device.forget(request, person if person.is_authenticated else None)
        if not person.is_authenticated:
            return False
        actions.record_sign_out(person=person, session_key=key or "", reason=reason)
        logout(request, show_message=False)
    return True


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Ask the browser to drop the pages it kept, and nothing else."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def forget_browser(response: HttpResponse, *, in_haste: bool = False) -> HttpResponse:
    """Ask the browser to drop what it kept of the one who left; browsers heed it over https and on localhost.

    Who left in haste was not asked about unsent words: these stay, encrypted, until they come back.
    """
    response.headers["Clear-Site-Data"] = '"cache"' if in_haste else '"cache", "storage"'
    device.drop(response)
    return response
