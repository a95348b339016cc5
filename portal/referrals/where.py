"""Where a referral is: what happened and when, what is promised by when, who has it. The same for the family and for staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language

from portal.access import referrals as access
from portal.clocks.words import sentences
from portal.programs.vocabulary import OrganizationKind
from portal.referrals import words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.clocks.models import Clock
    from portal.programs.models import StaffRole
    from portal.programs.schema import Profile
    from portal.referrals.models import Finding, Question, Referral, ReferralStep

# What the agencies' own way looks like, step by step; data, so that a programme with another way has another list.
OF_TEAMS = ("referred", "scheduled", "decided")
_STARTS = {"sent", "referred"}


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing owed because of the referral."""

    text: str
    due_on: dt.date | None
    state: str  # "done", "late", "still" or "ahead"
    done_at: dt.datetime | None
    was_late: bool  # done, but after its day: that stays to be seen
    working: list[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the agencies' steps: reached at `at`, and the day that was set, if any."""

    name: str
    at: dt.datetime | None
    day: dt.date | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """One criterion, or the place in line, as it was last looked at, with what the family asked about it."""

    about: str
    is_criterion: bool
    title: str
    finding: Finding | None
    questions: list[Question]


@dataclass(frozen=True, slots=True)
class Glance:
    """One line of the list: whether something is late, and whether nobody has it or no day is ahead."""

    referral: Referral
    is_late: bool
    is_lost: bool
    owner: StaffRole | None
    asks: bool


def has_teams(profile: Profile) -> bool:
    """Whether agencies decide together about who gets in."""
    return any(one.kind == OrganizationKind.INTERAGENCY_TEAM for one in profile.organizations)


def of(referral: Referral) -> dict[str, Any]:
    """What both sides see."""
    profile = referral.program.profile
    steps = list(referral.steps.select_related("by__person"))
    questions = list(access.questions_of(referral))
    promises = [_promise(clock) for clock in _clocks(referral, questions)]
    is_past = _is_past(referral)
    return {
        "referral": referral,
        "steps": steps,
        "promises": promises,
        "stages": _stages(steps) if has_teams(profile) else [],
        "looked": _looked(referral, profile, questions),
        "questions": [one for one in questions if not one.about],
        "next_is_past": is_past,
        "is_late": is_past or any(one.state == "late" for one in promises),
        "owner": referral.owner if access.is_owner_there(referral) else None,
    }


def _is_past(referral: Referral) -> bool:
    return referral.is_open and referral.next_on is not None and referral.next_on < referral.program.today()


def at_a_glance(referrals: QuerySet[Referral]) -> list[Glance]:
    """Many at once, in a few questions: late ones first, and otherwise in the order they came in."""
    found = list(referrals)
    late = {one.subject_id for one in access.overdue_clocks(list({one.program for one in found})) if _is_over(one)}
    asked: dict[int, set[str]] = {}
    for question in access.open_questions(referrals):
        asked.setdefault(question.referral_id, set()).add(str(question.public_id))
    glances = [_glance(one, late, asked.get(one.pk, set())) for one in found]
    return sorted(glances, key=lambda one: not one.is_late)


def _glance(referral: Referral, late: set[str], asked: set[str]) -> Glance:
    is_past, is_there = _is_past(referral), access.is_owner_there(referral)
    return Glance(
        referral=referral,
        is_late=is_past or bool({str(referral.public_id), *asked} & late),
        is_lost=not is_there or referral.next_on is None or is_past,
        owner=referral.owner if is_there else None,
        asks=bool(asked),
    )


def _clocks(referral: Referral, questions: Iterable[Question]) -> list[Clock]:
    found = list(access.clocks_of(referral))
    for question in questions:
        found += access.clocks_of_question(question)
    return found


def _promise(clock: Clock) -> Promise:
    return Promise(
        text=words.of_rule(clock.rule),
        due_on=clock.due_on,
        state=state_of(clock),
        done_at=clock.met_at,
        was_late=clock.met_at is not None and clock.is_late,
        working=sentences(clock.steps, get_language() or "en"),
    )


def state_of(clock: Clock) -> str:
    """By the time it is now: nobody waits for a worker to read that something is late."""
    if clock.met_at is not None:
        return "done"
    if clock.state in {"paused", "excused"}:
        return "still"
    return "late" if _is_over(clock) else "ahead"


def _is_over(clock: Clock) -> bool:
    return clock.is_late or (clock.ends_at is not None and clock.ends_at <= timezone.now())


def _stages(steps: list[ReferralStep]) -> list[Stage]:
    reached: dict[str, ReferralStep] = {}
    for step in steps:
        name = "referred" if step.kind in _STARTS else step.kind
        if name != "referred" or name not in reached:  # the first word of it; of the others the latest
            reached[name] = step
    upcoming = next((name for name in OF_TEAMS if name not in reached), "")
    return [
        Stage(name, reached[name].at if name in reached else None, _day(reached.get(name)), name == upcoming)
        for name in OF_TEAMS
    ]


def _day(step: ReferralStep | None) -> dt.date | None:
    return step.day if step is not None else None


def _looked(referral: Referral, profile: Profile, questions: list[Question]) -> list[Looked]:
    """Each criterion that was looked at, and each that was questioned; the place in line and the source as well."""
    findings = access.findings_of(referral)
    asked = {one.about for one in questions if one.about}
    criteria = {one.id for one in profile.target_population}
    every = dict.fromkeys([*(one.id for one in profile.target_population), "priority", "source"])
    return [
        Looked(
            about=name,
            is_criterion=name in criteria,
            title=words.criterion_called(profile, name),
            finding=findings.get(name),
            questions=[one for one in questions if one.about == name],
        )
        for name in every
        if name in findings or name in asked
    ]
