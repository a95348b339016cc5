"""Receipt codes of what was told: fifteen letters that can be read aloud and copied by hand; only their keyed hash is kept."""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

# No letter looks like another one or like a number, and without vowels no group spells a word: 18 ** 15 is 62 bits.
LETTERS = "BCDFGHJKMNPRSTWXYZ"
LENGTH, GROUP = 15, 5
_SALT = "rights_grievances.receipts"
_INSIDE = re.compile(r"[\s-]+".join([rf"\b([{LETTERS}]{{{GROUP}}})\b"] * (LENGTH // GROUP)))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def in_groups(code: str) -> str:
    """ "BCDFG HJKMN PRSTW", as it is shown and read aloud."""
    return " ".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def parsed(typed: str) -> str | None:
    """The code in what somebody typed, whatever stands between its letters; None where it cannot be one."""
    text = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(char for char in text if char.isalnum())
    if len(letters) == LENGTH and set(letters) <= set(LETTERS):
        return letters
    inside = _INSIDE.search(text)
    return "".join(inside.groups()) if inside else None


def hash_of(code: str) -> str:
    """What is stored instead of the code. Who has the table but not the site's secret cannot try codes against it."""
    return _hashed(code, settings.SECRET_KEY)


def hashes_of(code: str) -> list[str]:
    """The same under earlier secrets of the site, too: a code written down last year still opens what it opened."""
    return [_hashed(code, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hashed(code: str, secret: str | bytes) -> str:
    return salted_hmac(_SALT, code, secret=secret, algorithm="sha256").hexdigest()
