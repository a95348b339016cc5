"""Codes and numbers that this room gives out, each to be copied by hand: what opens a suggestion, and a comment's receipt.

A page has one key. What comes of that key is always the same, so that a page sent twice is one thing with one code, and the
code is kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from django.conf import settings

from portal.referrals.codes import LENGTH, LETTERS

NUMBER = 8
_SALT = "portal.community.code"


def code_of(key: UUID) -> str:
    """The code of what was sent from that page. Who has neither the page nor the site's secret cannot work it out."""
    secret = settings.SECRET_KEY.encode()
    drawn = int.from_bytes(hmac.new(secret, f"{_SALT}:{key}".encode(), hashlib.sha256).digest())
    letters = []
    for _place in range(LENGTH):
        drawn, letter = divmod(drawn, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def new_number() -> str:
    """By chance, so that no number tells how many came before."""
    return "".join(secrets.choice(LETTERS) for _letter in range(NUMBER))


def in_halves(number: str) -> str:
    """ "BCDF GHJK", as it is shown and read aloud."""
    return f"{number[:4]} {number[4:]}"
