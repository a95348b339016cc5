"""What a consent to share covers of a plan: by which tick each thing is shared, and whose word it must rest on."""

from __future__ import annotations

from collections.abc import Iterator

from portal.access.enrollment import NARROWER, basis_of_cases
from portal.access.releases import OWN, categories_of, holds
from portal.care.kinds import Domain
from portal.care.models import Item, Plan
from portal.families.models import AccessBasis, Category, Release

KIND_IS_ABOUT: dict[str, str] = {
    "support": Category.TEAM,
    "service": Category.SERVICES,
    "crisis": Category.CRISIS,
    "level": Category.HEALTH,
    "view": Category.HEALTH,
}
PART_OF_LIFE: dict[str, str] = {Domain.SCHOOL: Category.SCHOOL, Domain.HEALTH: Category.HEALTH}  # areas as well


def category_of(item: Item) -> str | None:
    """What a release has to cover for this to be shared; None: no release shares it, as how a caregiver is."""
    if item.kind == "wellbeing" or (item.parent is not None and item.parent.kind == "wellbeing"):
        return None
    if item.access_basis == AccessBasis.SUBSTANCE:
        return Category.SUBSTANCE
    return next((found for one in _upward(item) if (found := _about(one))), Category.PLAN)


def _upward(item: Item) -> Iterator[Item]:
    """It, and each it stands under: what it does not say itself, the nearest above says."""
    above: Item | None = item
    while above is not None:
        yield above
        above = above.parent


def _about(item: Item) -> str:
    """Empty where it does not say. What is about school or health is shared by a tick for that alone."""
    if item.kind in KIND_IS_ABOUT:
        return KIND_IS_ABOUT[item.kind]
    said = item.data.get("domain") or item.data.get("area") or ""
    return PART_OF_LIFE.get(said, Category.PLAN) if said else ""


def bases_under(release: Release) -> frozenset[str]:
    """An adult's consent covers what a parent agreed to; a minor's what they agreed to alone; a young adult's all of it."""
    if release.authority != OWN:
        return frozenset({AccessBasis.PARENT})
    signed_on = release.signed_at.astimezone(release.youth.family.program.zone).date()
    if release.youth.person.is_minor_on(signed_on):
        return frozenset({AccessBasis.MINOR, AccessBasis.SUBSTANCE})
    return frozenset(AccessBasis)


def covered_items(release: Release, plan: Plan) -> list[Item]:
    """In the order in which they were written down; none where the release does not hold or is another young person's."""
    return [item for item, _category in covered(release, plan)]


def covered(release: Release, plan: Plan) -> list[tuple[Item, str]]:
    """The same, each with the category by which it is covered.

    A plan made for a case that rests on the young person's own word is as closed as that case.
    """
    if plan.youth_id != release.youth_id or not holds(release):
        return []
    wanted, bases = categories_of(release), bases_under(release)
    least = max(AccessBasis(plan.access_basis), basis_of_cases(plan.youth), key=NARROWER.index)
    rows = Item.objects.filter(plan=plan, removed_at=None).order_by("pk")
    rows = rows.select_related("said_by", "parent__parent", "plan")
    found = []
    for item in rows:
        basis = max(AccessBasis(item.access_basis), least, key=NARROWER.index)
        category = category_of(item)
        if category is not None and basis == AccessBasis.SUBSTANCE:
            category = Category.SUBSTANCE
        if category in wanted and basis in bases:
            found.append((item, category))
    return found
