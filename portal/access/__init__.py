"""Who may see or do what: one file per noun, asked by pages, sockets, exports, notices and commands alike.

Every answer is about a person, never about a request. When unsure: nobody. `Refused` is what an action raises when its
`may_` says no; pages show it as 404, so that an outsider cannot tell whether the thing exists.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class Refused(Exception):
    """The person may not do this."""


def require(allowed: bool) -> None:
    if not allowed:
        raise Refused


def granted(value: T | None) -> T:
    """What the policy gives, such as the job by which somebody may act. Raises Refused where it gives nothing."""
    if value is None:
        raise Refused
    return value
