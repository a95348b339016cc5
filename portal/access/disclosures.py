"""Who hands something over by a consent to share, what that covers, and who reads afterwards that it was shared or refused."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from portal.access import families, moment
from portal.access.covering import covered
from portal.access.releases import (
    Known,
    State,
    categories_of,
    is_beside,
    is_called,
    is_here,
    known_to,
    plan_of,
    visible_releases,
    youth_for,
)
from portal.accounts.models import Person
from portal.care.models import Item
from portal.families.models import Category, Disclosure, Family, Member, Release


def may_share(person: Person, youth: Member) -> bool:
    """Hand something over: the staff beside the family."""
    return person.is_active and is_here(youth) and is_beside(person, youth)


def releases_to_share_by(person: Person, youth: Member) -> list[Release]:
    """Those that hold, that this person sees, and that let them or where they work tell."""
    beside = families.standing_beside(moment.now()).filter(family=youth.family_id, staff_role__person=person)
    names = {youth.family.program.name, *beside.values_list("staff_role__organization__name", flat=True)}
    known = known_to(person, youth).releases
    return [one for one, state in known if one.discloser in names and state == State.HOLDS]


def release_to_share_by(
    person: Person, youth: Member, to_name: str, categories: Iterable[str], only: Release | None = None
) -> Release | None:
    """The one that covers this, for them; where one is meant, no other."""
    wanted, name = frozenset(categories), to_name.strip().casefold()
    for release in releases_to_share_by(person, youth):
        is_meant = only is None or only.pk == release.pk
        if wanted and is_meant and wanted <= categories_of(release) and is_called(release, name):
            return release
    return None


def visible_disclosures(person: Person, youth: Member) -> list[Disclosure]:
    """What was shared and what was refused, the newest first (45 CFR 164.528). With a consent goes what was done by it."""
    rows = list(
        Disclosure.objects.filter(youth=youth)
        .select_related("by", "release", "youth__person", "youth__family__program")
        .order_by("-at", "-pk")
    )
    if person.pk == youth.person_id:
        return rows
    known = known_to(person, youth)
    seen = {one.pk for one, _state in known.releases}
    says = frozenset(Category) - {Category.SUBSTANCE} if known.is_beside else known.signs
    return [one for one in rows if _is_told_of(person, one, known, seen, says)]


def _is_told_of(person: Person, one: Disclosure, known: Known, seen: set[int], says: frozenset[str]) -> bool:
    if one.by_id == person.pk and known.is_beside:
        return True
    if one.release_id is not None:
        return one.release_id in seen
    return bool(says) and frozenset(one.categories.split()) <= says


def disclosure_for(person: Person, public_id: UUID) -> Disclosure | None:
    found = Disclosure.objects.filter(public_id=public_id).select_related("youth__family").first()
    if found is None or youth_for(person, found.youth.person.public_id) is None:
        return None
    return next((one for one in visible_disclosures(person, found.youth) if one.pk == found.pk), None)


def items_to_hand_over(person: Person, release: Release, ticked: Iterable[str]) -> list[Item]:
    """What staff print for whom it is shared with: what the consent covers, of what was ticked. None once it has ended.

    The caller leaves out what they do not see themselves (portal.access.care).
    """
    plan = plan_of(release.youth)
    if plan is None or release.pk not in {one.pk for one in releases_to_share_by(person, release.youth)}:
        return []
    return [item for item, category in covered(release, plan) if category in set(ticked)]


def readable_ids(person: Person, family: Family) -> list[str]:
    """The public ids of the family's consents, and of what was shared by them, that this person may know of."""
    found: list[str] = []
    young = Member.objects.filter(family=family, role=Member.Role.YOUTH).select_related("person", "family__program")
    for youth in young:
        found += [str(one.public_id) for one in visible_releases(person, youth)]
        found += [str(one.public_id) for one in visible_disclosures(person, youth)]
    return found
