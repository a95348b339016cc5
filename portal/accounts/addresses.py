"""Where a person can be reached: one spelling for each e-mail address and phone number, however it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# North American numbers: neither the area code nor the exchange starts with 0 or 1.
_AMERICAN = re.compile(r"1?([2-9]\d{2}[2-9]\d{6})")
_ABROAD = re.compile(r"[1-9]\d{7,14}")
_PUNCTUATION = re.compile(r"[\s().\-/\u2010-\u2015]+")


@dataclass(frozen=True, slots=True)
class Address:
    kind: Literal["email", "phone"]
    text: str

    @property
    def ending(self) -> str:
        """What a page may show of it: the last two digits of a phone, an e-mail address as it was typed."""
        return self.text[-2:] if self.kind == "phone" else self.text


def phone_of(text: str) -> str | None:
    """The number in E.164 ("+15045550142"), or None where it cannot be one. Without a plus it is taken as American."""
    plain = _plain(text)
    if plain.lower().startswith("tel:"):
        plain = plain[4:]
    is_abroad = plain.startswith("+") and not plain.startswith("+1")
    digits = _PUNCTUATION.sub("", plain.removeprefix("+"))
    if is_abroad:
        return f"+{digits}" if _ABROAD.fullmatch(digits) else None
    american = _AMERICAN.fullmatch(digits)
    return f"+1{american[1]}" if american else None


def email_of(text: str) -> str | None:
    plain = _plain(text).lower().removeprefix("mailto:")
    try:
        validate_email(plain)
    except ValidationError:
        return None
    return plain if len(plain) <= 254 else None


def address_of(text: str) -> Address | None:
    """An e-mail address where there is an @, a phone number otherwise."""
    if "@" in text or "\uff20" in text:
        email = email_of(text)
        return Address("email", email) if email else None
    phone = phone_of(text)
    return Address("phone", phone) if phone else None


def digits_of(text: str) -> str:
    """A typed code in plain digits and small letters: spaces, hyphens and invisible characters do not matter."""
    return "".join(char for char in _plain(text).lower() if char.isalnum())


def _plain(text: str) -> str:
    """Full-width and Arabic digits as ASCII; nothing invisible, which phones like to add when a number is copied."""
    shown = "".join(
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in {"Cf", "Cc"}
    )
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in shown).strip()
