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
    """Where a worry about abuse goes, by what happened. `contact` is a crisis contact's id."""

    id: Slug
    when: Text
    contact: Slug | None = None
    plain: Text


class Reporting(Fact):
    who: Text
    any_person: Flag
    routes: Annotated[tuple[ReportRoute, ...], Field(min_length=1)]


class ConfidentialityLimit(Fact):
    id: Slug
    title: Name
    plain: Text
