"""Which body the law binds in a case, what its rules are, and to whom a case goes that nobody in the house may decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from portal.programs.vocabulary import Event, OrganizationKind

if TYPE_CHECKING:
    from portal.programs.models import Program
    from portal.programs.schema import Organization, Plan, Profile, Rule
    from rights_grievances.models import Case

EXPEDITED_UNIT = "hours"
# Where a case goes that nobody here may decide, after the plan's own organization.
OUTSIDE_KINDS = (
    OrganizationKind.DEPARTMENT,
    OrganizationKind.OMBUDSMAN,
    OrganizationKind.PURCHASER,
    OrganizationKind.GOVERNANCE,
)


def plan_for(program: Program, plan: str = "") -> str:
    """The plan that binds a case which names none; blank where the programme knows of none."""
    return plan or program.profile.default_plan or ""


def plan_of(case: Case) -> Plan | None:
    return case.program.profile.plans.get(case.plan) if case.plan else None


def rules_of(case: Case, on: dt.date | None = None) -> dict[str, Rule]:
    """The rules of the bound body alone; empty where none is bound. What it does not state is absent."""
    if not case.plan:
        return {}
    own = {rule.id for rule in case.program.profile.clocks}
    return {key: rule for key, rule in case.program.profile.rules(plan=case.plan, on=on).items() if key not in own}


def opens_appeals(case: Case) -> bool:
    """Whether the law that binds it knows appeals at all: only then is there a word of them on its pages."""
    return any(rule.trigger == Event.APPEAL_RECEIVED_BY_PLAN for rule in rules_of(case).values())


def may_take_longer(case: Case) -> bool:
    ends = {Event.GRIEVANCE_RESOLVED, Event.APPEAL_RESOLVED}
    return any(rule.extension is not None and rule.satisfied_by in ends for rule in rules_of(case).values())


def starts_for(case: Case, *, is_fast: bool) -> set[str]:
    """Of the rules that the plan's receipt of an appeal starts: the one of its speed, and those for both."""
    found = [rule for rule in rules_of(case).values() if rule.trigger == Event.APPEAL_RECEIVED_BY_PLAN]
    decided = [rule for rule in found if rule.satisfied_by == Event.APPEAL_RESOLVED]
    wrong = {rule.id for rule in decided if (rule.unit == EXPEDITED_UNIT) != is_fast}
    return {rule.id for rule in found} - wrong


def outside_for(case: Case, named: Collection[str] = ()) -> str:
    """The id of the organization it goes to: the plan's, for an appeal the hearing office, else the state. Never a named one."""
    profile = case.program.profile
    return next((one for one in _outside(case, profile) if one not in named), profile.fallback_organization)


def _outside(case: Case, profile: Profile) -> Iterator[str]:
    plan = profile.plans.get(case.plan) if case.plan else None
    if plan is not None and plan.organization:
        yield plan.organization
    if plan is not None and plan.hearing_office and case.kind == "appeal":
        yield plan.hearing_office
    for kind in OUTSIDE_KINDS:
        known = [one for one in profile.organizations if one.kind == kind]
        yield from (one.id for one in sorted(known, key=lambda one: one.contact is None))
    yield from (one.id for one in profile.organizations if one.kind == OrganizationKind.HEARING_OFFICE)
    yield profile.fallback_organization


def organization(case: Case, slug: str) -> Organization | None:
    return next((one for one in case.program.profile.organizations if one.id == slug), None)
