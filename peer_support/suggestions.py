"""The joint plan as a liaison reads it: who waits, whom the plan names, who else could fit, and who cannot and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peer_support.matching import Placing, allowed, assign, limits, outcome, score
from peer_support.models import Wish
from peer_support.reasons import for_staff, sentence, why_not
from peer_support.waiting import days_since
from portal.access import matching

if TYPE_CHECKING:
    from django.db.models import TextChoices

    from peer_support.matching import Ages, Fit, Weights
    from portal.access.matching import Candidate, Waiting
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole

MOST = 4  # shown to choose from
TICKED = 2  # offered unless the liaison changes it: a family that has a choice sees two


@dataclass(frozen=True, slots=True)
class Choice:
    role: StaffRole
    is_planned: bool
    is_ticked: bool
    reasons: str
    shares_experience: bool | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    role: StaffRole
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    waiting: Waiting
    days: int
    choices: list[Choice]
    why_nobody: str  # only where the plan names nobody
    left_out: list[LeftOut]

    @property
    def must(self) -> list[str]:
        return _labels(self.waiting.wish.must if self.waiting.wish else (), Wish.Must)

    @property
    def must_not(self) -> list[str]:
        return _labels(self.waiting.wish.must_not if self.waiting.wish else (), Wish.MustNot)


def plan_for(person: Person) -> list[Suggestion]:
    """One for each who waits, the longest wait first; the plan is made for all of them together, programme by programme."""
    by_program: dict[int, list[Waiting]] = defaultdict(list)
    for one in matching.waiting_for(person):
        by_program[one.member.family.program_id].append(one)
    found = [suggestion for waiting in by_program.values() for suggestion in _plan(person, waiting)]
    return sorted(found, key=lambda one: (one.waiting.since, one.waiting.member.pk))


def choices_for(person: Person, member_id: int) -> list[StaffRole]:
    """Everybody the liaison may offer to this person today; what came between is found when it is done."""
    for one in matching.waiting_for(person):
        if one.member.pk == member_id:
            ages = matching.ages_of(one.member.family.program)
            there = matching.helpers_for([one.member.family], person)
            return [candidate.role for candidate in there if allowed(one.seeker, candidate.helper, ages)]
    return []


def _plan(person: Person, waiting: Sequence[Waiting]) -> list[Suggestion]:
    program = waiting[0].member.family.program
    weights, ages = matching.weights_of(program), matching.ages_of(program)
    there = matching.helpers_for({one.member.family for one in waiting}, person)
    plan = assign([one.seeker for one in waiting], [one.helper for one in there], weights, ages)
    placed = {one.seeker.key: one for one in plan}
    return [_suggestion(one, placed[one.seeker.key], there, weights, ages) for one in waiting]


def _suggestion(
    one: Waiting, placing: Placing, there: Sequence[Candidate], weights: Weights, ages: Ages | None
) -> Suggestion:
    fits = [
        (score(one.seeker, candidate.helper, weights), candidate)
        for candidate in there
        if allowed(one.seeker, candidate.helper, ages)
    ]
    planned = placing.helper.key if placing.helper else None
    fits.sort(key=lambda pair: (pair[1].helper.key != planned, -pair[0].points, pair[1].helper.key))
    return Suggestion(
        waiting=one,
        days=days_since(one.since, one.member.family.program.zone),
        choices=[_choice(fit, candidate, planned, number) for number, (fit, candidate) in enumerate(fits[:MOST])],
        why_nobody="" if planned else for_staff(outcome(one.seeker, [each.helper for each in there], ages)),
        left_out=_left_out(one, there, ages),
    )


def _choice(fit: Fit, candidate: Candidate, planned: str | None, number: int) -> Choice:
    """Where the plan has nobody, nobody is ticked: others need the place more, and the liaison decides."""
    return Choice(
        role=candidate.role,
        is_planned=candidate.helper.key == planned,
        is_ticked=planned is not None and number < TICKED,
        reasons=sentence(fit.reasons),
        shares_experience=fit.shares_experience,
    )


def _left_out(one: Waiting, there: Sequence[Candidate], ages: Ages | None) -> list[LeftOut]:
    """Those of the same job who may not be offered, and the first thing that stands against it."""
    same_job = [each for each in there if each.helper.job == one.seeker.job]
    against = [(each, limits(one.seeker, each.helper, ages)) for each in same_job]
    return [LeftOut(each.role, why_not(codes)) for each, codes in against if codes]


def _labels(codes: Sequence[str], choices: type[TextChoices]) -> list[str]:
    return [str(label) for code, label in choices.choices if code in codes]
