"""Receipt codes: twelve letters that can be read aloud and copied by hand, and their one-way keys."""

from __future__ import annotations

import hashlib
import secrets

# No letter looks like another one or like a number, and without vowels no group spells a word.
LETTERS = "BCDFGHJKMNPRSTWXYZ"
LENGTH, GROUP = 12, 4
# The same for all: the code itself is what nobody can guess (18 ** 12 codes), and it has to be found by its key alone.
SALT = b"porchlight receipt code"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def in_groups(code: str) -> str:
    """ "BCDF GHJK MNPR", as it is shown and read aloud."""
    return " ".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def parsed(typed: str) -> str | None:
    """The code in what somebody typed, whatever stands between its letters; None where it cannot be one."""
    letters = "".join(char for char in typed.upper() if char.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(LETTERS) else None


def key_of(code: str) -> str:
    """What is stored instead of the code. Slow on purpose: who has the table cannot try all codes."""
    return hashlib.scrypt(code.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32).hex()
