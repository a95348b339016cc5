"""What has to agree between the parts of one profile: names that point somewhere, and nothing said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.programs.facts import Path, Problem
    from portal.programs.schema import Profile, Rule


def problems_of(profile: Profile) -> list[Problem]:
    """Every disagreement, each with the path of its key."""
    checks = (
        _twice,
        _organizations,
        _places,
        _languages,
        _plans,
        _extensions,
        _rules,
        _contacts,
        _enrollment,
        _partner,
    )
    return [problem for check in checks for problem in check(profile)]


def _twice(profile: Profile) -> Iterator[Problem]:
    lists: dict[Path, Sequence[str]] = {
        ("terms",): [one.id for one in profile.terms],
        ("languages",): [one.code for one in profile.languages],
        ("roles",): [one.code for one in profile.roles],
        ("organizations",): [one.id for one in profile.organizations],
        ("regions",): [one.id for one in profile.regions],
        ("services",): [one.id for one in profile.services],
        ("target_population",): [one.id for one in profile.target_population],
        ("requirements",): [one.id for one in profile.requirements],
        ("rights",): [one.id for one in profile.rights],
        ("crisis_contacts",): [one.id for one in profile.crisis_contacts],
        ("minor_consent", "ages"): [one.id for one in profile.minor_consent.ages],
        ("minor_consent", "rules"): [one.id for one in profile.minor_consent.rules],
        ("reporting", "routes"): [one.id for one in profile.reporting.routes],
        ("confidentiality_limits",): [one.id for one in profile.confidentiality_limits],
    }
    for path, rules in _rule_lists(profile):
        lists[path] = [f"{rule.id} version {rule.version}" for rule in rules]
    for path, ids in lists.items():
        for repeated in _repeated(ids):
            yield path, f'has "{repeated}" more than once'


def _repeated(ids: Iterable[str]) -> list[str]:
    return [one for one, times in Counter(ids).items() if times > 1]


def _rule_lists(profile: Profile) -> Iterator[tuple[Path, tuple[Rule, ...]]]:
    yield ("clocks",), profile.clocks
    for slug, plan in profile.plans.items():
        yield ("plans", slug, "clocks"), plan.clocks


def _organizations(profile: Profile) -> Iterator[Problem]:
    above = {one.id: one.reports_to for one in profile.organizations}
    if profile.fallback_organization not in above:
        yield ("fallback_organization",), _nowhere(profile.fallback_organization, "an organization")
    for index, one in enumerate(profile.organizations):
        path: Path = ("organizations", index, "reports_to")
        if one.reports_to is not None and one.reports_to not in above:
            yield path, _nowhere(one.reports_to, "an organization")
        elif _comes_back(one.id, above):
            yield path, f'leads back to "{one.id}" itself'


def _partner(profile: Profile) -> Iterator[Problem]:
    partner = profile.lead_partner
    if partner is None:
        return
    if partner.organization not in {one.id for one in profile.organizations}:
        yield ("lead_partner", "organization"), _nowhere(partner.organization, "an organization")
    if partner.role not in {one.code for one in profile.roles}:
        yield ("lead_partner", "role"), _nowhere(partner.role, "a role")


def _comes_back(start: str, above: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    step = above.get(start)
    while step is not None and step not in seen:
        if step == start:
            return True
        seen.add(step)
        step = above.get(step)
    return False


def _enrollment(profile: Profile) -> Iterator[Problem]:
    joining = profile.enrollment
    if joining is None:
        return
    known = {one.id for one in profile.organizations}
    named: list[tuple[Path, str | None]] = [(("enrollment", "responsible"), joining.responsible)]
    named += [(("enrollment", "agencies", index), slug) for index, slug in enumerate(joining.agencies)]
    named += [
        (("enrollment", "excluded", index, "organization"), one.organization)
        for index, one in enumerate(joining.excluded)
    ]
    for path, slug in named:
        if slug is not None and slug not in known:
            yield path, _nowhere(slug, "an organization")
    for slug in _repeated(joining.agencies):
        yield ("enrollment", "agencies"), f'has "{slug}" more than once'


def _places(profile: Profile) -> Iterator[Problem]:
    known = {region.id for region in profile.regions}
    served: list[tuple[Path, tuple[str, ...]]] = [
        (("organizations", index, "regions"), one.regions) for index, one in enumerate(profile.organizations)
    ]
    served += [
        (("crisis_contacts", place, "regions"), one.regions) for place, one in enumerate(profile.crisis_contacts)
    ]
    served += [(("neighbors", place), (one.region, *one.next_to)) for place, one in enumerate(profile.neighbors)]
    served += [(("areas", place, "regions"), one.regions) for place, one in enumerate(profile.areas)]
    for path, regions in served:
        for region in regions:
            if region not in known:
                yield path, _nowhere(region, "a region")


def _languages(profile: Profile) -> Iterator[Problem]:
    if not any(one.code == "en" and one.stage == "ship" for one in profile.languages):
        yield ("languages",), 'must ship "en": it is shown where a text has no reviewed translation'


def _plans(profile: Profile) -> Iterator[Problem]:
    organizations = {one.id for one in profile.organizations}
    if profile.default_plan is not None and profile.default_plan not in profile.plans:
        yield ("default_plan",), _nowhere(profile.default_plan, "a plan")
    bases = {slug: plan.based_on for slug, plan in profile.plans.items()}
    for slug, plan in profile.plans.items():
        for key in ("organization", "hearing_office"):
            named = getattr(plan, key)
            if named is not None and named not in organizations:
                yield ("plans", slug, key), _nowhere(named, "an organization")
        if plan.based_on is not None and plan.based_on not in profile.plans:
            yield ("plans", slug, "based_on"), _nowhere(plan.based_on, "a plan")
        elif _comes_back(slug, bases):
            yield ("plans", slug, "based_on"), f'leads back to "{slug}" itself'
        else:
            yield from _overrides(profile, slug)


def _overrides(profile: Profile, slug: str) -> Iterator[Problem]:
    plan = profile.plans[slug]
    stated = {rule.id for rule in profile.clocks}
    for link in profile.plan_chain(plan.based_on) if _chain_is_whole(profile, slug) else ():
        stated |= {rule.id for rule in profile.plans[link].clocks}
    shadowed = {rule.id for rule in plan.clocks} & stated
    for rule_id in sorted(shadowed - set(plan.overrides)):
        yield ("plans", slug, "clocks"), f'changes "{rule_id}", so overrides must name it'
    for rule_id in sorted(set(plan.overrides) - shadowed):
        yield ("plans", slug, "overrides"), f'names "{rule_id}", which this plan does not change'


def _chain_is_whole(profile: Profile, slug: str) -> bool:
    seen: set[str] = set()
    step: str | None = slug
    while step is not None and step in profile.plans and step not in seen:
        seen.add(step)
        step = profile.plans[step].based_on
    return step is None


def _extensions(profile: Profile) -> Iterator[Problem]:
    for path, rules in _rule_lists(profile):
        known = {rule.id: rule for rule in (*profile.clocks, *rules)}
        for index, rule in enumerate(rules):
            yield from (((*path, index, "extension", "rule"), why) for why in _extension_problems(rule, known))


def _rules(profile: Profile) -> Iterator[Problem]:
    for path, rules in _rule_lists(profile):
        for index, rule in enumerate(rules):
            yield from (((*path, index, key), why) for key, why in _contradictions(rule))


def _contradictions(rule: Rule) -> Iterator[tuple[str, str]]:
    """What would stand in a profile and do nothing, or something else than it says. Running clocks keep what they have."""
    if rule.period and not rule.window_count:
        yield "period", "needs window_count beside it: how many windows it holds"
    elif rule.period and rule.period < (rule.length or 0) * (rule.window_count or 0):
        yield "period", f"is {rule.period}, shorter than {rule.window_count} windows of {rule.length}"
    if rule.later_of and rule.anchor not in {None, rule.trigger}:
        yield "later_of", "does not go with an anchor: one other date is all a clock waits for"
    if rule.if_missed and rule.duty_of == "family":
        yield "if_missed", "does not go with a duty of the family: nobody gains a right by their own delay"
    if rule.pause and rule.kind in {"backward", "standing"}:
        yield "pause", f"does not belong in a {rule.kind} rule: nothing is counted that could stand still"


def _extension_problems(rule: Rule, known: dict[str, Rule]) -> Iterator[str]:
    more = rule.extension
    if more is None or more.rule is None:
        return
    if more.rule not in known:
        yield _nowhere(more.rule, "a rule")
    elif more.anchor == "trigger" and (rule.length or 0) + more.length != known[more.rule].length:
        yield f"names {more.rule}, whose length is not {rule.length} and {more.length} {more.unit} together"


def _contacts(profile: Profile) -> Iterator[Problem]:
    if not any(one.always for one in profile.crisis_contacts):
        yield ("crisis_contacts",), "must have at least one that is always shown"
    known = {one.id for one in profile.crisis_contacts}
    yield from _report_routes(profile, known)


def _report_routes(profile: Profile, contacts: set[str]) -> Iterator[Problem]:
    """Whatever is answered leads somewhere: a table with a hole would leave somebody without a number."""
    if not any(route.is_for_the_rest for route in profile.reporting.routes):
        yield ("reporting", "routes"), "must have one without conditions, for whatever no other line is about"
    regions = {region.id for region in profile.regions}
    for index, route in enumerate(profile.reporting.routes):
        path: Path = ("reporting", "routes", index)
        for slug in (*route.contacts, *route.local.values()):
            if slug not in contacts:
                yield (*path, "contacts"), _nowhere(slug, "a crisis contact")
        for region in route.local:
            if region not in regions:
                yield (*path, "local"), _nowhere(region, "a region")


def _nowhere(name: str, what: str) -> str:
    return f'names "{name}", which is not {what} of this profile'
