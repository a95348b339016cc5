"""What families are offered and told: services, rights, help in a crisis, ages of consent, and what cannot stay private."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from portal.programs.facts import (
    Age,
    Checked,
    Fact,
    Flag,
    LanguageCode,
    Name,
    Phone,
    ProblemsError,
    Slug,
    Strict,
    Text,
    Web,
    Whole,
)
from portal.programs.vocabulary import Suspect, Work


class Service(Fact):
    id: Slug
    name: Name
    plain: Text
    free_text: Flag = False  # "other": the family says in its own words what is needed


class Criterion(Fact):
    """One part of who the programme is for."""

    id: Slug
    kind: Literal["need", "setting", "age", "residence", "placement", "instrument", "agreement"]
    plain: Text
    minimum_age: Age | None = None
    maximum_age: Age | None = None

    @model_validator(mode="after")
    def _ages_fit(self) -> Self:
        low, high = self.minimum_age, self.maximum_age
        if (self.kind == "age") != (low is not None or high is not None):
            raise ProblemsError(
                [(("minimum_age",), "and maximum_age belong in a criterion of kind age, and only there")]
            )
        if low is not None and high is not None and low > high:
            raise ProblemsError([(("minimum_age",), f"is {low}, above maximum_age {high}")])
        return self


class Right(Fact):
    id: Slug
    title: Name
    plain: Text


class CrisisContact(Fact):
    """One way to reach help now. Nobody sees it once it is too old, unless it is `always` shown."""

    id: Slug
    service: Name
    way: Literal["call", "text", "chat"]
    to: Phone | Web
    word: Name | None = None  # what to text
    press: Annotated[str, StringConstraints(pattern=r"^\d$")] | None = None  # what to press after calling
    tty: Phone | None = None
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    hours: Text
    plain: Text
    regions: tuple[Slug, ...] = ()  # none: the whole state
    always: Flag = False
    verified_on: Checked

    def is_shown(self, on: dt.date, days: int) -> bool:
        """Whether a reader may still see it on that day, when contacts are trusted for `days`."""
        return self.always or (on - self.verified_on).days <= days


class AgeMark(Fact):
    """A birthday on which who may see or decide something changes."""

    id: Slug
    age: Age
    plain: Text


class ConsentRule(Fact):
    """What a minor may agree to alone. Without `minimum_age` the law names none."""

    id: Slug
    subject: Literal["medical", "mental_health", "crisis_visits", "substance_use"]
    minimum_age: Age | None = None
    visits: Whole | None = None
    visit_window_days: Whole | None = None
    plain: Text


class MinorConsent(Strict):
    ages: Annotated[tuple[AgeMark, ...], Field(min_length=1)]
    rules: tuple[ConsentRule, ...] = ()


class ReportRoute(Fact):
    """Where a worry about abuse goes, by what happened: a line of the state's decision table.

    It holds where each condition it names does; one without any holds where no other does. `contacts` are ids of crisis
    contacts, called in that order. `local` names that of a region, where the call goes to an office of the region.
    """

    id: Slug
    when: Text
    suspects: tuple[Suspect, ...] = ()  # none: whoever it was
    trafficking: Literal[True] | None = None  # a child may be sold or used for sex or work
    in_care: Flag | None = None  # it happened where the child is looked after, or not there
    contacts: tuple[Slug, ...] = ()
    local: dict[Slug, Slug] = Field(default_factory=dict)
    plain: Text  # whom to call, and how to find them where no number is given
    by: Text
    law: Text

    @property
    def is_for_the_rest(self) -> bool:
        return not self.suspects and self.trafficking is None and self.in_care is None


class Reporting(Fact):
    who: Text
    any_person: Flag
    listed: tuple[Work, ...] = ()  # the work that makes it a duty, where not everybody has it
    routes: Annotated[tuple[ReportRoute, ...], Field(min_length=1)]


class ConfidentialityLimit(Fact):
    id: Slug
    title: Name
    plain: Text
