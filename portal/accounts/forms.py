"""Parsing what people type at the door and on their own page."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import Address, address_of
from portal.accounts.models import Person
from portal.language.middleware import PSEUDO
from portal.text import one_line


class SignInForm(forms.Form):
    address = forms.CharField(
        label=_("E-mail or phone number"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write your e-mail address or your phone number.")},
    )

    def clean_address(self) -> Address:
        address = address_of(self.cleaned_data["address"])
        if address is None:
            raise ValidationError(
                _("We cannot read this. Write an e-mail address, or a phone number like (504) 555-0142.")
            )
        return address


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Write the 6 numbers we sent you.")},
    )


class SecondStepForm(forms.Form):
    code = forms.CharField(
        label=_("Code from your app"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "one-time-code", "autocapitalize": "none"}),
        error_messages={"required": _("Write the 6 numbers your app shows.")},
    )


class AccountForm(forms.Form):
    display_name = forms.CharField(
        label=_("What people here call you"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Write a name. It can be a first name.")},
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        help_text=_("For example: she/her, he/him, they/them."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of these pages"))
    theme = forms.ChoiceField(
        label=_("Light or dark"), choices=Person.Theme.choices, required=False, widget=forms.RadioSelect
    )
    emails_wanted = forms.BooleanField(
        label=_("Tell me by e-mail"),
        required=False,
        help_text=_("It says that something is new here, never what it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - declared above
        language.choices = [(code, name) for code, name in settings.LANGUAGES if code != PSEUDO or settings.DEMO]

    def clean_display_name(self) -> str:
        name = one_line(self.cleaned_data["display_name"])
        if not name:
            raise ValidationError(_("Write a name. It can be a first name."))
        return name


def _understood(check: Callable[[], Any]) -> Any:
    """Run a check of what a browser's passkey answered; whatever shape it has, it is only right or not right."""
    try:
        return check()
    except (AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
        raise ValidationError(_("This passkey did not work.")) from error


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey's answer to the challenge kept in this session."""

    def clean(self) -> dict[str, Any]:
        # Always one that can sign in by itself: the phone must have asked for a finger, a face or a PIN.
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = _understood(super().clean)
        return cleaned


class PasskeySignInForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey: `credential` becomes the stored passkey whose person this is."""

    def clean_credential(self) -> Authenticator:
        return _understood(super().clean_credential)
