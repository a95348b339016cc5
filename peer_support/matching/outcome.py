"""Why nobody is there for someone, so that they are told the truth and what can be done: never a dead end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from peer_support.matching.limits import Ages, fits_in_age, is_understood, keeps_wishes
from peer_support.matching.people import Helper, Seeker

Outcome = Literal[
    "some", "nobody_here", "nobody_qualified", "no_language", "age", "declined_all", "only_known", "wishes", "full"
]
Check = Callable[[Seeker, Helper, Ages | None], bool]

# The question after which nobody is left is the reason. Room is asked last: a full helper who would fit is worth waiting for.
QUESTIONS: tuple[tuple[Outcome, Check], ...] = (
    ("nobody_here", lambda seeker, helper, _ages: seeker.job == helper.job),
    ("nobody_qualified", lambda _seeker, helper, _ages: not helper.closed),
    ("no_language", lambda seeker, helper, _ages: is_understood(seeker, helper)),
    ("age", fits_in_age),
    ("only_known", lambda seeker, helper, _ages: helper.key not in seeker.apart),
    ("declined_all", lambda seeker, helper, _ages: helper.key not in seeker.said_no),
    ("wishes", lambda seeker, helper, _ages: keeps_wishes(seeker, helper)),
    ("full", lambda _seeker, helper, _ages: helper.room > 0),
)


def outcome(seeker: Seeker, helpers: Iterable[Helper], ages: Ages | None) -> Outcome:
    """`some` where at least one person may be matched, else the first question that leaves nobody."""
    left = list(helpers)
    for name, check in QUESTIONS:
        left = [helper for helper in left if check(seeker, helper, ages)]
        if not left:
            return name
    return "some"
