"""Random families and peers for matching, and the plan of whoever takes the best pair first."""

from __future__ import annotations

import random
from collections.abc import Sequence

from peer_support.matching import Ages, Helper, Placing, Seeker, Spoken, Weights, allowed, points
from peer_support.matching.limits import MUST, MUST_NOT
from peer_support.matching.people import Job, Level
from peer_support.matching.plan import MOST_DAYS
from peer_support.matching.score import PARTS, WHOLE, weighed

AGES = Ages(young_from=13, young_until=21, mentor_from=18, mentor_until=29)
JOBS: tuple[Job, ...] = ("peer_partner", "youth_mentor")
LEVELS: tuple[Level, ...] = ("basic", "good", "native")
LANGUAGES = ("en", "es", "vi", "ht", "ar")
SYSTEMS = ("child_welfare", "juvenile_justice", "mental_health", "education", "developmental", "medicaid", "courts")
RELATIONS = ("birth_parent", "adoptive", "foster", "kin", "guardian", "")
BANDS = ("0-5", "6-12", "13-17", "18+")
HOURS = ("weekday_morning", "weekday_afternoon", "weekday_evening", "weekend_day", "weekend_evening")
WAYS = ("chat", "phone", "video", "visit")
LIKES = ("music", "fishing", "cooking")
CLOSED = ("not_verified", "not_qualified", "clearance_expired", "training_expired", "not_taking", "role_ended")


def crowd(chance: random.Random, seekers: int, helpers: int) -> tuple[list[Seeker], list[Helper]]:
    """So many of each, some with musts, conflicts and past refusals, some closed or full."""
    there = [a_helper(chance, number) for number in range(helpers)]
    keys = [helper.key for helper in there]
    return [a_seeker(chance, number, keys) for number in range(seekers)], there


def a_helper(chance: random.Random, number: int) -> Helper:
    return Helper(
        key=f"h{number:05d}",
        job=chance.choices(JOBS, (4, 1))[0],
        languages=tuple(
            Spoken(code, chance.choices(LEVELS, (1, 3, 3))[0])
            for code in dict.fromkeys(chance.choices(LANGUAGES, (60, 25, 8, 4, 3), k=chance.randint(1, 3)))
        ),
        room=chance.choice((0, 1, 2, 4, 8, 12)),
        closed=(chance.choice(CLOSED),) if chance.random() < 0.1 else (),
        is_adult=chance.random() < 0.95,
        age=chance.choice((None, 17, 18, 24, 29, 30)),
        region=chance.choice(("a", "b", "c", "")),
        relation=chance.choice(RELATIONS),
        gender=chance.choice(("woman", "man", "")),
        systems=some(chance, SYSTEMS, 3),
        child_bands=some(chance, BANDS, 2),
        free_at=some(chance, HOURS, 3),
        ways=some(chance, WAYS, 3),
        interests=some(chance, LIKES, 2),
    )


def a_seeker(chance: random.Random, number: int, helpers: Sequence[str]) -> Seeker:
    job = chance.choices(JOBS, (4, 1))[0]
    return Seeker(
        key=f"s{number:05d}",
        job=job,
        languages=frozenset(chance.choices(LANGUAGES, (60, 25, 8, 4, 3), k=chance.randint(1, 2))),
        interpreter_is_fine=chance.random() < 0.2,
        age=chance.choice((None, 12, 13, 17, 21, 22)) if job == "youth_mentor" else None,
        region=chance.choice(("a", "b", "c", "")),
        relation=chance.choice(RELATIONS),
        systems=some(chance, SYSTEMS, 3),
        child_bands=some(chance, BANDS, 2),
        free_at=some(chance, HOURS, 3),
        ways=some(chance, WAYS, 2),
        interests=some(chance, LIKES, 2),
        must=some(chance, MUST, 1) if chance.random() < 0.3 else frozenset(),
        must_not=some(chance, MUST_NOT, 1) if chance.random() < 0.2 else frozenset(),
        matters=some(chance, PARTS, 2),
        apart=some(chance, helpers, 2),
        said_no=some(chance, helpers, 1),
        days=chance.randint(0, 120),
    )


def some(chance: random.Random, choices: Sequence[str], most: int) -> frozenset[str]:
    return frozenset(chance.sample(choices, min(chance.randint(0, most), len(choices))))


Worth = tuple[int, int]  # how many are placed, and the points and days of all of them together


def worth_of(plan: Sequence[Placing], weights: Weights) -> Worth:
    pairs = [(one.seeker, one.helper) for one in plan if one.helper]
    return len(pairs), sum(worth(seeker, helper, weights) for seeker, helper in pairs)


def worth(seeker: Seeker, helper: Helper, weights: Weights) -> int:
    waited = weights.waiting * WHOLE * min(seeker.days, MOST_DAYS)
    return points(seeker, helper, weighed(seeker, weights)) + waited


def greedy(seekers: Sequence[Seeker], helpers: Sequence[Helper], weights: Weights) -> Worth:
    """The best pair of all first, then the best of what is left."""
    pairs = sorted(
        (-worth(seeker, helper, weights), seeker.key, helper.key)
        for seeker in seekers
        for helper in helpers
        if allowed(seeker, helper, AGES)
    )
    room = {helper.key: helper.room for helper in helpers}
    taken: dict[str, int] = {}
    for value, seeker_key, helper_key in pairs:
        if seeker_key not in taken and room[helper_key]:
            room[helper_key] -= 1
            taken[seeker_key] = -value
    return len(taken), sum(taken.values())
