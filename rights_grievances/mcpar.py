"""The yearly count of complaints, appeals and hearings by the federal codes (CMS MCPAR, section D1.IV; DOMAIN.md 1.8).

Pure: what happened to each case goes in, rows of the form come out. The rows 3, 4, 7, 9, 12 and 13 ask for what no case
here tells (who uses long-term services, critical incidents, reviews outside the state's hearing) and are left to the plan.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

# As the form words them, so that who copies a number finds its box.
APPEALS_ABOUT = {
    "a": "denial of authorization or limited authorization of a service",
    "b": "reduction, suspension, or termination of a previously authorized service",
    "c": "payment denial",
    "d": "service timeliness",
    "e": "lack of timely plan response to an appeal or grievance",
    "f": "plan denial of an enrollee's right to request out-of-network care",
    "g": "denial of an enrollee's request to dispute financial liability",
}
RESULTS = {"upheld": "denied", "partly": "in partial favor of enrollee", "overturned": "in favor of enrollee"}
SERVICES = {
    "a": "general inpatient services",
    "b": "general outpatient services",
    "c": "inpatient behavioral health services",
    "d": "outpatient behavioral health services",
    "e": "coverage of outpatient prescription drugs",
    "f": "skilled nursing facility (SNF) services",
    "g": "long-term services and supports (LTSS)",
    "h": "dental services",
    "i": "non-emergency medical transportation (NEMT)",
    "k": "durable medical equipment (DME) & supplies",
    "l": "home health / hospice",
    "m": "emergency services / emergency department",
    "n": "therapies",
    "o": "other service types",
}
REASONS = {
    "a": "plan or provider customer service",
    "b": "plan or provider care management/case management",
    "c": "network adequacy or access to care/services from plan or provider",
    "d": "quality of care",
    "e": "plan communications",
    "f": "payment or billing issues",
    "g": "suspected fraud",
    "h": "abuse, neglect or exploitation",
    "i": "lack of timely plan response to a prior authorization/service authorization or appeal",
    "j": "plan denial of expedited appeal",
    "k": "other reasons",
}
OTHER_REASON, OTHER_SERVICE = "k", "o"

Turn = Literal["resolved", "ended", "reopened"]


@dataclass(frozen=True, slots=True)
class Told:
    """One case that binds a health plan, with its days where the programme is."""

    is_appeal: bool
    filed_on: dt.date
    turns: Sequence[tuple[dt.date, Turn, bool]] = ()  # in order; of an answer also whether it came in time
    reasons: frozenset[str] = frozenset()  # of a complaint: several
    services: frozenset[str] = frozenset()
    about: str = ""  # of an appeal: the one reason it has
    result: str = ""
    is_fast: bool = False
    hearing_asked_on: dt.date | None = None
    hearing_over_on: dt.date | None = None
    hearing: str = ""  # "won", "lost", "withdrawn"

    def answer_in(self, year: int) -> tuple[dt.date, Turn, bool] | None:
        """The last answer of that year; one that was opened again and answered anew in the same year is one."""
        return next((one for one in reversed(self.turns) if one[1] == "resolved" and one[0].year == year), None)

    def is_active_after(self, year: int) -> bool:
        if self.filed_on.year > year:
            return False
        before = [turn for day, turn, _timely in self.turns if day.year <= year]
        return not before or before[-1] == "reopened"


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    label: str
    count: int


def rows(cases: Iterable[Told], year: int) -> list[Row]:
    every = list(cases)
    appeals = [one for one in every if one.is_appeal]
    grievances = [one for one in every if not one.is_appeal]
    return [*_appeals(appeals, year), *_hearings(appeals, year), *_grievances(grievances, year)]


def without_reason(cases: Iterable[Told], year: int) -> int:
    """Answered appeals that nobody gave a reason: then 6a to 6g do not add up to 1, as the form wants."""
    return sum(one.is_appeal and one.about not in APPEALS_ABOUT for one in _answered(cases, year))


def _answered(cases: Iterable[Told], year: int) -> list[Told]:
    return [one for one in cases if one.answer_in(year) is not None]


def _in_time(cases: Iterable[Told], year: int) -> list[Told]:
    return [one for one in cases if (answer := one.answer_in(year)) is not None and answer[2]]


def _appeals(appeals: Sequence[Told], year: int) -> Iterator[Row]:
    answered, in_time = _answered(appeals, year), _in_time(appeals, year)
    yield Row("D1.IV.1", "Appeals resolved (at the plan level)", len(answered))
    for letter, (result, words) in zip(string.ascii_lowercase, RESULTS.items(), strict=False):
        found = sum(one.result == result for one in answered)
        yield Row(f"D1.IV.1{letter}", f"Appeals {_resolved(result)}{words}", found)
    yield Row("D1.IV.2", "Active appeals", sum(one.is_active_after(year) for one in appeals))
    standard = sum(not one.is_fast for one in in_time)
    yield Row("D1.IV.5a", "Standard appeals for which timely resolution was provided", standard)
    yield Row("D1.IV.5b", "Expedited appeals for which timely resolution was provided", len(in_time) - standard)
    for code, words in APPEALS_ABOUT.items():
        of_it = [one for one in answered if one.about == code]
        yield Row(f"D1.IV.6{code}", f"Resolved appeals related to {words}", len(of_it))
        for result, said in RESULTS.items():
            found = sum(one.result == result for one in of_it)
            yield Row(f"D1.IV.6{code}.{result}", f"Of these, {_resolved(result)}{said}", found)


def _resolved(result: str) -> str:
    return "" if result == "upheld" else "resolved "


def _hearings(appeals: Sequence[Told], year: int) -> Iterator[Row]:
    asked = sum(one.hearing_asked_on is not None and one.hearing_asked_on.year == year for one in appeals)
    yield Row("D1.IV.8a", "State Fair Hearing requests", asked)
    for letter, end, words in (
        ("b", "won", "State Fair Hearings resulting in a favorable decision for the enrollee"),
        ("c", "lost", "State Fair Hearings resulting in an adverse decision for the enrollee"),
        ("d", "withdrawn", "State Fair Hearings retracted prior to reaching a decision"),
    ):
        over = [one for one in appeals if one.hearing_over_on is not None and one.hearing_over_on.year == year]
        yield Row(f"D1.IV.8{letter}", words, sum(one.hearing == end for one in over))


def _grievances(grievances: Sequence[Told], year: int) -> Iterator[Row]:
    answered = _answered(grievances, year)
    yield Row("D1.IV.10", "Grievances resolved", len(answered))
    yield Row("D1.IV.11", "Active grievances", sum(one.is_active_after(year) for one in grievances))
    timely = len(_in_time(grievances, year))
    yield Row("D1.IV.14", "Number of grievances for which timely resolution was provided", timely)
    for code, words in SERVICES.items():
        found = sum(code in (one.services or {OTHER_SERVICE}) for one in answered)
        yield Row(f"D1.IV.15{code}", f"Resolved grievances related to {words}", found)
    for code, words in REASONS.items():
        found = sum(code in (one.reasons or {OTHER_REASON}) for one in answered)
        filed = "filed for" if code == OTHER_REASON else "related to"
        yield Row(f"D1.IV.16{code}", f"Resolved grievances {filed} {words}", found)
