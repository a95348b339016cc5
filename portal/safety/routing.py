"""Whom to call about a child who may be hurt: the state's decision table, asked with what somebody answered. Pure.

The tool says whom to call. The duty to call stays with the person who read the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.programs.vocabulary import Certainty, Suspect, Work

if TYPE_CHECKING:
    from portal.programs.schema import CrisisContact, Profile, ReportRoute

EMERGENCY = "911"
# Read by one of us in a founding document or on a public page; all else is marked as not checked.
CHECKED = (Certainty.SEED, Certainty.PUBLIC)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; None is "I am not sure", which holds on both sides."""

    suspect: Suspect = Suspect.UNKNOWN
    is_danger: bool | None = None
    is_trafficking: bool | None = None
    is_in_care: bool | None = None
    work: Work | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call. `is_old`: nobody has checked it for longer than the programme trusts a number."""

    contact: CrisisContact
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """Whom to call, in order; and the lines of the table that say so. `calls` is empty only where the law names an office
    whose number nobody has written down: then the lines say how to find it.
    """

    calls: tuple[Call, ...]
    lines: tuple[ReportRoute, ...]
    is_duty: bool
    is_danger: bool

    @property
    def cautions(self) -> tuple[str, ...]:
        """What about these lines nobody has checked yet."""
        return tuple(line.caution for line in self.lines if line.caution)

    @property
    def is_checked(self) -> bool:
        return not self.cautions and all(line.certainty in CHECKED for line in self.lines)


def route(profile: Profile, answers: Answers, today: dt.date) -> Advice:
    """Whom to call now. Never empty: a profile has a line for whatever no other line is about."""
    lines = tuple(_lines(profile, answers))
    slugs = [slug for line in lines for slug in _contacts(line, answers.region)]
    known = {one.id: one for one in profile.crisis_contacts}
    found = [known[slug] for slug in dict.fromkeys(slugs)]
    if answers.is_danger:  # the first call saves the child; the report is a call of its own, and follows
        first = next(one for one in profile.crisis_contacts if one.to == EMERGENCY)
        found = [first, *(one for one in found if one != first)]
    days = profile.settings.crisis_contact_days.value
    calls = tuple(Call(one, is_old=not one.is_shown(today, days)) for one in found)
    return Advice(calls, lines, is_duty(profile, answers.work), bool(answers.is_danger))


def is_duty(profile: Profile, work: Work | None) -> bool:
    """Whether the law makes it a duty for who does that work; who did not say is told that it is."""
    reporting = profile.reporting
    return reporting.any_person or work is None or work in reporting.listed


def _lines(profile: Profile, answers: Answers) -> Iterator[ReportRoute]:
    """Every line that holds: where two do, both are called. The line for the rest holds only alone."""
    routes = profile.reporting.routes
    holding = [one for one in routes if not one.is_for_the_rest and _holds(one, answers)]
    if not any(one.suspects for one in holding):  # a line about trafficking says nothing of who did it
        holding += [one for one in routes if one.is_for_the_rest]
    yield from holding


def _holds(line: ReportRoute, answers: Answers) -> bool:
    return (
        (not line.suspects or answers.suspect in line.suspects)
        and (line.trafficking is None or answers.is_trafficking is not False)
        and (line.in_care is None or answers.is_in_care in {None, line.in_care})
    )


def _contacts(line: ReportRoute, region: str) -> tuple[str, ...]:
    """The office of the region where its number is known, then what holds in the whole state."""
    local = line.local.get(region)
    return (local, *line.contacts) if local else line.contacts
