"""Who may stand beside a family as a peer: pure judgement of the years lived, the word given and the papers held.

The definition: a family member of a child or youth "served by multiple, public child-serving systems for at least one
year" (Jefferson family support organization page, line 84). How many systems and days that is, stands in the profile.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]  # the first and the last day, both counted, as ordinals

TOO_FEW_SYSTEMS = "too_few_systems"
TOO_FEW_DAYS = "too_few_days"
NOT_ATTESTED = "not_attested"
NOT_VERIFIED = "not_verified"

OLDEST = 100  # years


@dataclass(frozen=True, slots=True)
class Lived:
    """A public system the child was served by. Both days count; `until_on` None means that it still goes on."""

    system: str
    from_on: dt.date
    until_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a profile asks for; 0 where its sources give no number."""

    systems: int = 0
    days: int = 0
    must_overlap: bool = False  # only days count on which that many systems were there at once


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, who stands for it and since when. `problems` is empty for a peer who qualifies."""

    systems: int
    days: int
    problems: tuple[str, ...]
    verified_by: object | None
    verified_on: dt.date | None

    @property
    def passes(self) -> bool:
        return not self.problems

    @property
    def has_lived_enough(self) -> bool:
        """The years alone, whoever has or has not looked at them yet."""
        return not {TOO_FEW_SYSTEMS, TOO_FEW_DAYS} & set(self.problems)


def judge(
    systems: Iterable[Lived],
    attested: bool,
    verified_by: object | None,
    verified_on: dt.date | None,
    thresholds: Thresholds,
    today: dt.date,
) -> Verdict:
    """Whether somebody qualifies on that day, and everything that is missing."""
    lived = [one for one in systems if one.from_on <= today]
    named = len({one.system for one in lived})
    days = days_lived(lived, today, at_least=thresholds.systems if thresholds.must_overlap else 1)
    problems = {
        TOO_FEW_SYSTEMS: named < thresholds.systems,
        TOO_FEW_DAYS: days < thresholds.days,
        NOT_ATTESTED: not attested,
        NOT_VERIFIED: verified_by is None or verified_on is None or verified_on > today,
    }
    return Verdict(named, days, tuple(code for code, is_so in problems.items() if is_so), verified_by, verified_on)


def days_lived(systems: Iterable[Lived], today: dt.date, *, at_least: int = 1) -> int:
    """The days up to today on which `at_least` of the systems were there, first and last day included.

    A day on which several were there is one day, and a day between two of them on which none was there is none: the span
    of the union, without its gaps.
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in systems:
        last = min(one.until_on or today, today)
        if one.from_on <= last:
            spans[one.system].append((one.from_on.toordinal(), last.toordinal()))
    changes: dict[int, int] = defaultdict(int)
    for of_one in spans.values():
        for first, last_day in _joined(of_one):
            changes[first] += 1
            changes[last_day + 1] -= 1
    return _days_with(changes, max(at_least, 1))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same days as spans that neither overlap nor touch."""
    first, last = None, 0
    for start, end in sorted(spans):
        if first is not None and start <= last + 1:
            last = max(last, end)
            continue
        if first is not None:
            yield first, last
        first, last = start, end
    if first is not None:
        yield first, last


def _days_with(changes: dict[int, int], at_least: int) -> int:
    there, counted, since = 0, 0, 0
    for day in sorted(changes):
        if there >= at_least:
            counted += day - since
        there, since = there + changes[day], day
    return counted


def problem_with_days(from_on: dt.date, until_on: dt.date | None, today: dt.date) -> str:
    """Why two days cannot be: "ahead" or "too_old" of the first, "until_ahead" or "reversed" of the last; "" if they can."""
    if from_on > today:
        return "ahead"
    if from_on.year < today.year - OLDEST:
        return "too_old"
    if until_on is not None and until_on > today:
        return "until_ahead"
    return "reversed" if until_on is not None and until_on < from_on else ""


# -- papers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A check of the record ("clearance") or a training somebody has. `expires_on` is the last day on which it holds."""

    kind: str
    requirement: str  # the id of what the profile asks for; "" for anything else
    title: str
    issued_on: dt.date
    expires_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return self.issued_on <= day and (self.expires_on is None or day <= self.expires_on)

    @property
    def about(self) -> tuple[str, str]:
        """What a renewal renews: the same requirement, else the same title."""
        return self.kind, self.requirement or " ".join(self.title.casefold().split())


@dataclass(frozen=True, slots=True)
class Needed:
    kind: str
    requirement: str


def problems_with_papers(held: Iterable[Held], needed: Iterable[Needed], today: dt.date) -> tuple[str, ...]:
    """`<kind>_missing` for what the profile asks for and was never there, `<kind>_expired` for all that ran out unrenewed.

    What no profile asks for but was written down counts when it runs out, too: somebody thought that it was needed.
    """
    papers: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        if one.issued_on <= today:
            papers[one.about].append(one)
    found = {f"{kind}_expired" for (kind, _), ones in papers.items() if not any(one.holds_on(today) for one in ones)}
    found |= {f"{one.kind}_missing" for one in needed if (one.kind, one.requirement) not in papers}
    return tuple(sorted(found))
