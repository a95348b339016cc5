"""Receipt codes: twelve letters that can be read aloud and copied by hand, and their one-way keys."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

# No letter looks like another one or like a number, and without vowels no group spells a word.
LETTERS = "BCDFGHJKMNPRSTWXYZ"
LENGTH, GROUP = 12, 4
# The same for all: the code itself is what nobody can guess (18 ** 12 codes), and it has to be found by its key alone.
SALT = b"porchlight receipt code"
_INSIDE = re.compile(r"[\s-]+".join([rf"\b([{LETTERS}]{{{GROUP}}})\b"] * (LENGTH // GROUP)))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def in_groups(code: str) -> str:
    """ "BCDF GHJK MNPR", as it is shown and read aloud."""
    return " ".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def parsed(typed: str) -> str | None:
    """The code in what somebody typed, whatever stands between its letters; None where it cannot be one.

    The whole text message, copied, holds it as well.
    """
    text = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(char for char in text if char.isalnum())
    if len(letters) == LENGTH and set(letters) <= set(LETTERS):
        return letters
    inside = _INSIDE.search(text)
    return "".join(inside.groups()) if inside else None


def key_of(code: str) -> str:
    """What is stored instead of the code. Slow on purpose: who has the table cannot try all codes."""
    return hashlib.scrypt(code.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32).hex()
