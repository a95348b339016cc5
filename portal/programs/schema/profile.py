"""A whole programme, and what is asked of it."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from portal.programs.crosschecks import problems_of
from portal.programs.facts import Fact, Name, ProblemsError, Slug, Text, TimeZone
from portal.programs.joining import Joining
from portal.programs.schema.clocks import Plan, Rule
from portal.programs.schema.organizations import Language, Organization, Role, Term
from portal.programs.schema.places import Area, HolidaySeed, Neighbors, Region, RegionGroup
from portal.programs.schema.requirements import Requirement
from portal.programs.schema.rights import (
    ConfidentialityLimit,
    CrisisContact,
    Criterion,
    MinorConsent,
    Reporting,
    Right,
    Service,
)
from portal.programs.schema.settings import Disaster, Settings
from portal.programs.schema.team import LeadPartner, TeamShape
from portal.programs.vocabulary import OrganizationKind


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
    neighbors: tuple[Neighbors, ...] = ()  # which regions touch; where nothing is said, none is nearer than another
    areas: tuple[Area, ...] = ()  # which belong together
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
    team: TeamShape | None = None  # without it no place is called empty
    lead_partner: LeadPartner | None = None  # without it nobody has a page of theirs
    requirements: tuple[Requirement, ...] = ()  # checks and trainings that jobs ask for

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        return tuple(region for group in self.region_groups for region in group.regions(self.time_zone))

    def time_zone_of(self, region: str | None) -> str:
        """The zone of a region by its id; the programme's own where none is named or known."""
        return next((known.time_zone for known in self.regions if known.id == region), self.time_zone)

    def next_to(self, region: str) -> frozenset[str]:
        """The regions that touch this one, as far as the profile says."""
        said = {other for one in self.neighbors if one.region == region for other in one.next_to}
        return frozenset(said | {one.region for one in self.neighbors if region in one.next_to})

    def in_area_with(self, region: str) -> frozenset[str]:
        """The other regions of its areas."""
        return frozenset(other for one in self.areas if region in one.regions for other in one.regions) - {region}

    def required_of(self, role: str, kind: str | None = None) -> tuple[Requirement, ...]:
        """The checks and trainings that a job asks for, of one kind or of both."""
        return tuple(one for one in self.requirements if role in one.roles and kind in {None, one.kind})

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
