"""What a programme's profile may say: strict shapes, every fact with its source and how certain it is.

Pure: it reads no file and knows no Django. A profile that breaks a rule is refused with each wrong key named.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Annotated, Literal, Self

import holidays
from pydantic import Field, StringConstraints, model_validator

from portal.programs.crosschecks import problems_of
from portal.programs.facts import (
    Age,
    Checked,
    Day,
    Fact,
    Flag,
    LanguageCode,
    Name,
    Phone,
    Problem,
    ProblemsError,
    RuleId,
    Slug,
    Strict,
    Text,
    TimeZone,
    Unit,
    Web,
    Whole,
    Word,
)
from portal.programs.joining import Joining
from portal.programs.vocabulary import SHIPPED_LANGUAGES, Event, OrganizationKind, RoleCode


class Term(Fact):
    """One of the programme's own words, explained."""

    id: Slug
    term: Name
    plain: Text


class Language(Fact):
    code: LanguageCode
    stage: Literal["ship", "later"]

    @model_validator(mode="after")
    def _can_be_shipped(self) -> Self:
        if self.stage == "ship" and self.code not in SHIPPED_LANGUAGES:
            raise ProblemsError([(("stage",), f'is "ship", but the product is not translated into "{self.code}" yet')])
        return self


class Role(Fact):
    code: RoleCode
    title: Name
    does: Text
    must_not: Text | None = None


class Contact(Fact):
    """How to reach an organization's desk."""

    desk: Name
    phone: Phone | None = None
    web: Web | None = None
    verified_on: Checked

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.phone is None and self.web is None:
            raise ProblemsError([(("phone",), "is missing, and so is web: a contact needs one of them")])
        return self


class Organization(Fact):
    id: Slug
    name: Name
    kind: OrganizationKind
    does: Text
    reports_to: Slug | None = None
    regions: tuple[Slug, ...] = ()
    statewide: Flag = False
    contact: Contact | None = None

    @model_validator(mode="after")
    def _serves_somewhere(self) -> Self:
        if self.statewide == bool(self.regions):
            raise ProblemsError(
                [(("regions",), "must list the regions served, or statewide must be true, but not both")]
            )
        return self


RegionKind = Literal["parish", "county", "region"]


class Region(Fact):
    """One parish, county or region. Made from a `RegionGroup`; its id is its name in lower case with hyphens."""

    id: Slug
    name: Name
    kind: RegionKind
    time_zone: str
    plain: Text | None = None


class RegionGroup(Fact):
    """Regions that share their kind, their time zone (the programme's, unless told) and their source."""

    kind: RegionKind
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    time_zone: TimeZone | None = None
    plain: Text | None = None

    def regions(self, time_zone: str) -> tuple[Region, ...]:
        shared = self.model_dump(include={"kind", "plain", "source", "certainty", "caution"})
        zone = self.time_zone or time_zone
        return tuple(Region(id=region_id(name), name=name, time_zone=zone, **shared) for name in self.names)


def region_id(name: str) -> str:
    """`St. John the Baptist` is `st-john-the-baptist`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


class RemovedHoliday(Fact):
    """A day the `holidays` package lists on which this state's offices are open."""

    name: Name


class AddedHoliday(Fact):
    """A closing on a fixed date that the package does not list."""

    name: Name
    month: Annotated[int, Field(strict=True, ge=1, le=12)]
    day: Annotated[int, Field(strict=True, ge=1, le=31)]

    @model_validator(mode="after")
    def _exists(self) -> Self:
        try:
            dt.date(2027, self.month, self.day)  # a common year: a closing on 29 February would be lost in most
        except ValueError as error:
            raise ProblemsError(
                [(("day",), f"is {self.day}, but month {self.month} has no such day every year")]
            ) from error
        return self


class HolidaySeed(Fact):
    """Where the programme's editable list of closings starts."""

    country: Literal["US"]
    subdivision: Name
    observed: Literal["weekday_only", "both"]
    plain: Text
    remove: tuple[RemovedHoliday, ...] = ()
    add: tuple[AddedHoliday, ...] = ()

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.subdivision not in holidays.country_holidays(self.country).subdivisions:
            why = f'names "{self.subdivision}", which the holidays package does not know'
            raise ProblemsError([(("subdivision",), why)])
        return self


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


class Number(Fact):
    value: Whole
    unit: Name
    plain: Text


class Disaster(Fact):
    """What a declared disaster does. Its days are never business days; whose other clocks wait, is said here."""

    waits_for: tuple[Literal["programme", "plan", "state", "family"], ...] = ()  # whose duties stand still meanwhile
    plain: Text


class Switch(Fact):
    on: Flag
    plain: Text


class Settings(Strict):
    """Numbers a programme may change. One that is absent is one this programme's sources do not give."""

    crisis_contact_days: Number
    small_cell_minimum: Number
    rights_again_days: Number
    grievance_record_years: Number | None = None
    qualification_systems: Number | None = None
    qualification_days: Number | None = None
    fiscal_year_start_month: Number | None = None
    chat_counts_as_contact: Switch | None = None


class Profile(Fact):
    """A whole programme."""

    slug: Slug
    name: Name
    short_name: Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=40)]
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    time_zone: TimeZone
    about: Text
    fallback_organization: Slug  # shown where no local organization serves a region
    default_plan: Slug | None = None  # whose rules bind a case that names no plan; without it none do
    terms: tuple[Term, ...]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    organizations: Annotated[tuple[Organization, ...], Field(min_length=1)]
    region_groups: Annotated[tuple[RegionGroup, ...], Field(min_length=1, alias="regions")]
    holidays: HolidaySeed
    clocks: tuple[Rule, ...]
    plans: dict[Slug, Plan] = Field(default_factory=dict)
    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    target_population: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    rights: Annotated[tuple[Right, ...], Field(min_length=1)]
    crisis_contacts: Annotated[tuple[CrisisContact, ...], Field(min_length=1)]
    minor_consent: MinorConsent
    reporting: Reporting
    confidentiality_limits: Annotated[tuple[ConfidentialityLimit, ...], Field(min_length=1)]
    settings: Settings
    disaster: Disaster | None = None  # without it no clock waits
    enrollment: Joining | None = None  # without it nothing but the clocks is said about joining

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        return tuple(region for group in self.region_groups for region in group.regions(self.time_zone))

    def time_zone_of(self, region: str | None) -> str:
        """The zone of a region by its id; the programme's own where none is named or known."""
        return next((known.time_zone for known in self.regions if known.id == region), self.time_zone)

    def organizations_serving(self, region: str, kind: OrganizationKind) -> tuple[Organization, ...]:
        """Organizations of that kind for a region, local ones before statewide ones; empty where there is none."""
        serving = [one for one in self.organizations if one.kind == kind and (one.statewide or region in one.regions)]
        return tuple(sorted(serving, key=lambda one: one.statewide))

    def rules(self, *, plan: str | None = None, on: dt.date | None = None) -> dict[str, Rule]:
        """The rules that bind: the programme's, and those of the plan or of the default plan, as in force that day.

        Without `on` the newest versions. A rule nobody states is absent: no number is ever borrowed.
        Raises KeyError for a plan the profile does not have.
        """
        chosen = plan or self.default_plan
        stated = [self.clocks, *(self.plans[link].clocks for link in self.plan_chain(chosen))]
        bound: dict[str, Rule] = {}
        for clocks in stated:
            bound |= {
                rule.id: rule
                for rule in sorted(clocks, key=lambda rule: (rule.effective_from, rule.version))
                if on is None or rule.effective_from <= on
            }
        return bound

    def rule(self, rule_id: str, *, plan: str | None = None, on: dt.date | None = None) -> Rule | None:
        """One rule as `rules` gives it, or None: this programme, or this plan, makes no such promise."""
        return self.rules(plan=plan, on=on).get(rule_id)

    def plan_chain(self, plan: str | None) -> tuple[str, ...]:
        """The plan and what it is based on, the most general first."""
        chain: list[str] = []
        while plan is not None and plan not in chain:
            chain.append(plan)
            plan = self.plans[plan].based_on
        return tuple(reversed(chain))

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        found = problems_of(self)
        if found:
            raise ProblemsError(found)
        return self
