"""What is owed by when: the rules of a programme, and those of the health plans in it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from portal.programs.facts import Day, Fact, Name, Problem, ProblemsError, RuleId, Slug, Text, Unit, Whole, Word
from portal.programs.vocabulary import Event


class Extension(Fact):
    """More time: added to the due date, or counted from the start together with the first length."""

    length: Whole
    unit: Unit
    anchor: Literal["due_date", "trigger"]
    at_most: Whole
    rule: RuleId | None = None  # the clock that then runs, where it has an id of its own


class Rule(Fact):
    """One clock, as a programme or a plan promises it. Changed numbers are a new version; old clocks keep theirs."""

    id: RuleId
    version: Whole
    effective_from: Day  # the first day on which a new clock uses this version
    kind: Literal["deadline", "backward", "window", "recurring", "standing"]
    trigger: Event
    anchor: Event | None = None  # counted from here, where that is not the trigger itself
    length: Whole | None = None
    unit: Unit | None = None
    count: Whole | None = None  # how many times in each window
    window_count: Whole | None = None  # how many windows; without it they go on
    period: Whole | None = None  # how long a window rule runs, in its unit; a shorter last window has no minimum
    later_of: Event | None = None  # due on this event's date, if that is later
    satisfied_by: Event | None = None
    exceptions: tuple[Word, ...] = ()
    pause: tuple[Word, ...] = ()
    extension: Extension | None = None
    warn_days: tuple[Whole, ...] = ()  # how many days before it is due both sides are told; without it the house's way
    if_missed: Literal["appeal", "fair_hearing"] | None = None  # the right a family gains by the delay
    owner: Literal["family", "programme"]  # whose page the clock stands on
    duty_of: Literal["programme", "plan", "state", "family"]  # who has to act
    plain: Text

    @property
    def counted_from(self) -> Event:
        return self.anchor or self.trigger

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        needed, allowed = _PARTS[self.kind]
        given = {key for key in _ALL_PARTS if getattr(self, key) is not None}
        found: list[Problem] = [((key,), f"is missing: a {self.kind} rule needs it") for key in sorted(needed - given)]
        found += [((key,), f"does not belong in a {self.kind} rule") for key in sorted(given - needed - allowed)]
        if self.period and self.length and self.period < self.length:
            found.append((("period",), f"is {self.period}, shorter than one window of {self.length}"))
        if found:
            raise ProblemsError(found)
        return self


_ALL_PARTS = frozenset(
    {"anchor", "length", "unit", "count", "window_count", "period", "later_of", "extension", "if_missed"}
)
_LENGTH = frozenset({"length", "unit"})
_PARTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "deadline": (_LENGTH, frozenset({"anchor", "later_of", "extension", "if_missed"})),
    "backward": (_LENGTH | {"anchor"}, frozenset()),
    "window": (_LENGTH | {"count"}, frozenset({"anchor", "window_count", "period"})),
    "recurring": (_LENGTH, frozenset({"anchor"})),
    "standing": (frozenset(), frozenset()),
}


class Plan(Fact):
    """A health plan, or another body whose own rules bind it. It has what it states and what it is based on."""

    name: Name
    plain: Text
    organization: Slug | None = None
    hearing_office: Slug | None = None
    based_on: Slug | None = None
    overrides: tuple[RuleId, ...] = ()  # said out loud, so that nobody shadows a rule by accident
    clocks: tuple[Rule, ...] = ()
