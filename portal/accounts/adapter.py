"""How allauth meets this house: closed to newcomers, codes that leave by our own channels, no prompt for a lost passkey."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal.accounts import actions, stay
from portal.accounts.addresses import Address
from portal.accounts.backends import person_at
from portal.notices import channels

if TYPE_CHECKING:
    from portal.accounts.models import Person

logger = logging.getLogger(__name__)

# Codes leave beside the request: how long a mail server takes must not tell whether an address is known.
post_office = ThreadPoolExecutor(2, thread_name_prefix="codes")


def _log_failure(sent: Future[Any]) -> None:
    if (error := sent.exception()) is not None:
        # Never with its trace: what a mail server answers names the address.
        why = str(error) if isinstance(error, channels.CannotSend) else type(error).__name__
        logger.error("A sign-in code could not be sent: %s", why)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """Only the code. allauth's second stage would ask whoever has a passkey for it, and so lock out a lost phone.

        The second step of staff is the door's (door.py).
        """
        return ["allauth.account.stages.LoginByCodeStage"]

    def login(self, request: HttpRequest, user: Person) -> None:
        """Every way in ends here."""
        super().login(request, user)
        stay.begin(request.session)
        records = get_authentication_records(request, user)
        actions.record_sign_in(person=user, how=records[-1]["method"] if records else "")

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        messages.error(request, _("We could not sign you in. Please ask the person who invited you."))
        return redirect("signin_show")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own messages are not in our words; the views say what happened."""

    # -- codes --------------------------------------------------------------------------------------------------------

    def generate_login_code(self) -> str:
        return get_random_string(6, "0123456789")

    def generate_phone_verification_code(self, *, user: Person, phone: str) -> str:
        return self.generate_login_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The code is the only mail allauth may send. The caller has switched to the person's own language."""
        if template_prefix == "account/email/login_code":
            subject = _("Your code for signing in")
            post_office.submit(channels.send_email, email, subject, _text(context["code"])).add_done_callback(
                _log_failure
            )

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: Any) -> None:
        post_office.submit(channels.send_sms, phone, _text(code)).add_done_callback(_log_failure)

    # -- phones -------------------------------------------------------------------------------------------------------

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """Staff wrote it down with the person beside them; the first code that comes back proves it."""
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """allauth's own pages for changing a phone are closed; a code sent there is proof enough of the one on file."""

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """Nothing to keep: a number on file is used as it is."""

    def get_user_by_phone(self, phone: str) -> Person | None:
        return person_at(Address("phone", phone))


def _text(code: str) -> str:
    """Neutral on a lock screen: no name, no programme."""
    return _("%(code)s is your code. It works for 10 minutes.") % {"code": code}


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What a phone shows in its list of passkeys: a neutral name, never an e-mail address."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Porchlight"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.display_name}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        return _("My passkey")
