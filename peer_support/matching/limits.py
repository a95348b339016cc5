"""Hard limits: what no score can make up for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from peer_support.matching.people import Helper, Seeker


@dataclass(frozen=True, slots=True)
class Ages:
    """How old young people with a mentor are, and how old mentors are: both ends count. A programme's own numbers."""

    young_from: int
    young_until: int
    mentor_from: int
    mentor_until: int


# What a family may ask for as a must, or as a must not. Where we do not know, a must is not met and a must not is not broken.
WISHES: dict[str, Callable[[Seeker, Helper], bool]] = {
    "woman": lambda _seeker, helper: helper.gender == "woman",
    "man": lambda _seeker, helper: helper.gender == "man",
    "near": lambda seeker, helper: bool(seeker.region) and seeker.region == helper.region,
    "same_relation": lambda seeker, helper: bool(seeker.relation) and seeker.relation == helper.relation,
    "same_system": lambda seeker, helper: not seeker.systems.isdisjoint(helper.systems),
    "visit": lambda _seeker, helper: "visit" in helper.ways,
}
MUST = tuple(WISHES)
MUST_NOT = ("woman", "man", "near")


def limits(seeker: Seeker, helper: Helper, ages: Ages | None) -> tuple[str, ...]:
    """Every hard limit this pair breaks, in the order in which they are looked at; empty means they may be matched.

    Without ages the programme has not said who may be a young person's mentor, so nobody may.
    """
    found = ["job"] if seeker.job != helper.job else []
    found += helper.closed
    if not is_understood(seeker, helper):
        found.append("language")
    if not fits_in_age(seeker, helper, ages):
        found.append("age")
    if helper.key in seeker.said_no:
        found.append("said_no")
    if helper.key in seeker.apart:
        found.append("conflict")
    found += [f"must_{wish}" for wish in sorted(seeker.must) if not _holds(wish, seeker, helper)]
    found += [f"must_not_{wish}" for wish in sorted(seeker.must_not) if _holds(wish, seeker, helper)]
    if helper.room < 1:
        found.append("full")
    return tuple(found)


def allowed(seeker: Seeker, helper: Helper, ages: Ages | None) -> bool:
    """Whether `limits` finds nothing; what is quickest to see comes first."""
    return (
        seeker.job == helper.job
        and helper.room > 0
        and not helper.closed
        and is_understood(seeker, helper)
        and helper.key not in seeker.apart
        and helper.key not in seeker.said_no
        and keeps_wishes(seeker, helper)
        and fits_in_age(seeker, helper, ages)
    )


def is_understood(seeker: Seeker, helper: Helper) -> bool:
    """They share a language that the helper speaks well (a few words are not enough), or an interpreter is fine."""
    return seeker.interpreter_is_fine or not seeker.languages.isdisjoint(helper.spoken_well)


def fits_in_age(seeker: Seeker, helper: Helper, ages: Ages | None) -> bool:
    """A mentor is for young people of a known age, and is grown up beyond doubt.

    The upper end keeps a mentor near in age; it binds where their age is known. Staff's word that someone is 18 gives none.
    """
    if seeker.job != "youth_mentor":
        return True
    if ages is None or seeker.age is None or not helper.is_adult:
        return False
    is_young = ages.young_from <= seeker.age <= ages.young_until
    return is_young and (helper.age is None or ages.mentor_from <= helper.age <= ages.mentor_until)


def keeps_wishes(seeker: Seeker, helper: Helper) -> bool:
    """The family's own musts and must nots. Most have none, and this is asked for every pair."""
    if not seeker.must and not seeker.must_not:
        return True
    return all(_holds(wish, seeker, helper) for wish in seeker.must) and not any(
        _holds(wish, seeker, helper) for wish in seeker.must_not
    )


def _holds(wish: str, seeker: Seeker, helper: Helper) -> bool:
    return WISHES[wish](seeker, helper)
