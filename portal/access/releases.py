"""Consents to share: who may sign one and for what, who sees it, whether it holds at this moment, and what it covers.

Whoever may agree to the care lets others know of it: an adult with a paper for what a parent agreed to, the young person
alone for what they agreed to alone and for all that is about alcohol or drugs (45 CFR 164.502(g)(3), 42 CFR 2.14), from the
18th birthday on the young person for everything. A consent ends with the say of who signed it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, Q, QuerySet
from django.utils import timezone

from portal.access import families, growing
from portal.access.enrollment import NARROWER, basis_of_cases, rules_for
from portal.accounts.models import ADULT_AGE, Person
from portal.care.kinds import Domain
from portal.care.models import Item, Plan
from portal.families.models import AccessBasis, Category, LegalAuthority, Member, Release
from portal.programs.models import Organization, StaffRole
from portal.programs.schema import ConsentRule

Scope = LegalAuthority.Scope

OWN = "self"  # in `Release.authority`: the young person
# Each stands in a consent of its own: what is ticked beside it must not hide it, nor end with it.
APART = frozenset({Category.SUBSTANCE, Category.HIV})
BY_SCOPE: dict[str, frozenset[str]] = {
    Scope.FULL: frozenset(Category) - {Category.SUBSTANCE},
    Scope.HEALTH: frozenset({Category.SERVICES, Category.HEALTH, Category.CRISIS, Category.HIV}),
    Scope.SCHOOL: frozenset({Category.SCHOOL}),  # 34 CFR 99.30: a parent, until the 18th birthday
}
AGREED_ALONE = frozenset({Category.PLAN, Category.SERVICES, Category.HEALTH, Category.CRISIS})


class State(StrEnum):
    AHEAD = "ahead"
    HOLDS = "holds"
    ENDED = "ended"
    REVOKED = "revoked"


# -- signing -------------------------------------------------------------------------------------------------------------


def may_sign(person: Person, youth: Member) -> frozenset[str]:
    """The categories that person may let others know of, for that young person, today. Staff none: nobody signs for ease.

    Nobody who is kept away from somebody of the household: a list of who meets when tells where.
    """
    if not (person.is_active and is_here(youth)):
        return frozenset()
    if person.pk == youth.person_id:
        return _own(youth)
    papers = families.authorities_over(person, youth).filter(adult__role=Member.Role.CAREGIVER)
    found: frozenset[str] = frozenset().union(*(BY_SCOPE.get(one, frozenset()) for one in _scopes(papers)))
    if not found or families.is_kept_away(person, youth):
        return frozenset()
    return found - _only_theirs(youth)


def _scopes(papers: QuerySet[LegalAuthority]) -> list[str]:
    return list(papers.values_list("scope", flat=True))


def is_here(youth: Member) -> bool:
    return youth.role == Member.Role.YOUTH and youth.left_at is None and youth.family.closed_at is None


def _own(youth: Member) -> frozenset[str]:
    """All of it from the 18th birthday on; before it what the state's law lets them agree to alone."""
    if growing.is_grown_up(youth):
        return frozenset(Category)
    subjects = {rule.subject for rule in rules_for(youth)}
    found = _only_theirs(youth)
    if subjects - {"substance_use"}:
        found |= AGREED_ALONE
    return found


def _only_theirs(youth: Member) -> frozenset[str]:
    """42 CFR 2.14: where a minor may agree to the care alone, only the minor lets others know of it.

    Where none may, both would have to sign, which is done on paper.
    """
    subjects = {rule.subject for rule in rules_for(youth)}
    found = {Category.SUBSTANCE} if "substance_use" in subjects else set()
    return frozenset(found | ({Category.HIV} if "medical" in subjects else set()))


def together(signs: frozenset[str], about: str = "") -> frozenset[str]:
    """Of what somebody may sign, what can stand on one page: what stands apart alone, or all the rest."""
    return signs & {about} if about in APART else signs - APART


def authority_for(person: Person, youth: Member, categories: Iterable[str]) -> str | None:
    """As what they sign all of these: `self`, or the scope of a paper. None: they may not."""
    wanted = frozenset(categories)
    if not wanted or not wanted <= may_sign(person, youth):
        return None
    if person.pk == youth.person_id:
        return OWN
    held = [scope for scope in _scopes(families.authorities_over(person, youth)) if scope in BY_SCOPE]
    return max(held, key=lambda scope: len(wanted & BY_SCOPE[scope]), default=None)


def disclosers(youth: Member) -> list[str]:
    """Who can be let tell: all of the programme together, or one organization that works with the family now."""
    beside = families.standing_beside(timezone.now()).filter(family=youth.family_id)
    names = beside.values_list("staff_role__organization__name", flat=True)
    return [youth.family.program.name, *sorted(set(names))]


def people_to_tell(person: Person, youth: Member) -> list[Person]:
    """Caregivers of the family and the staff beside it. Not the natural supports, whom the family shows single things;
    and nobody whom a court bars or who is kept away.
    """
    now = timezone.now()
    caregivers = Member.objects.filter(Member.in_force(now), family=youth.family_id, role=Member.Role.CAREGIVER)
    beside = families.standing_beside(now).filter(family=youth.family_id)
    ids = {*caregivers.values_list("person", flat=True), *beside.values_list("staff_role__person", flat=True)}
    known = Person.objects.filter(pk__in=ids - {person.pk, youth.person_id}, is_active=True).order_by("pk")
    return [one for one in known if _may_be_told(one, youth)]


def _may_be_told(person: Person, youth: Member) -> bool:
    """In one question, since a page of a plan asks it: no natural support of theirs, not barred, not kept away."""
    now, today = timezone.now(), youth.family.program.today()
    support = Member.objects.filter(
        Member.in_force(now), person=person, family=youth.family_id, role=Member.Role.NATURAL_SUPPORT
    )
    barred = LegalAuthority.objects.filter(
        LegalAuthority.in_force(today), adult__person=person, youth__person=youth.person_id, scope=Scope.NONE
    )
    household = Member.objects.filter(family__members__person=youth.person_id).values("person")
    apart = families.kept_away_from(household).filter(hidden_from__person=person)
    known = Person.objects.filter(~Exists(support), ~Exists(barred), ~Exists(apart), pk=person.pk, is_active=True)
    return known.exists()


def organizations_to_tell(youth: Member) -> QuerySet[Organization]:
    return Organization.objects.filter(program=youth.family.program_id).order_by("name", "pk")


# -- whether it holds ----------------------------------------------------------------------------------------------------


def _rows() -> QuerySet[Release]:
    return Release.objects.select_related(
        *("youth__person", "youth__family__program", "signed_by", "revoked_by", "to_person", "to_organization")
    ).prefetch_related("covers")


def categories_of(release: Release) -> frozenset[str]:
    return frozenset(one.category for one in release.covers.all())


def recipient_of(release: Release) -> str:
    if release.to_person is not None:
        return release.to_person.display_name
    return release.to_organization.name if release.to_organization is not None else release.to_name


def state_of(release: Release) -> State:
    """Counted in days of the programme's zone: from midnight after its last day on it holds no more."""
    day = release.youth.family.program.today()
    if release.revoked_at is not None and release.revoked_at <= timezone.now():
        return State.REVOKED
    if (release.ends_on is not None and release.ends_on < day) or not _is_carried(release):
        return State.ENDED
    return State.AHEAD if release.starts_on > day else State.HOLDS


def _is_carried(release: Release) -> bool:
    """Whoever signed may still decide all of it, and whom it names may still be told."""
    if not categories_of(release) <= may_sign(release.signed_by, release.youth):
        return False
    return release.to_person is None or _may_be_told(release.to_person, release.youth)


def holds(release: Release) -> bool:
    return state_of(release) == State.HOLDS


def release_in_force(public_id: UUID) -> Release | None:
    release = _rows().filter(public_id=public_id).first()
    return release if release is not None and holds(release) else None


def last_day_with_a_parent(release: Release) -> dt.date | None:
    """Of one an adult signed: it ends at midnight before the 18th birthday, whatever day it names."""
    born_on = release.youth.person.born_on
    if release.authority == OWN or born_on is None:
        return None
    return growing.birthday(born_on, ADULT_AGE) - dt.timedelta(days=1)


# -- what it opens -------------------------------------------------------------------------------------------------------


def releases_to(person: Person, youth: Member) -> list[Release]:
    """Those in force that let that person, or where they work, know something here.

    Only where all of the programme may tell: a plan is written by more than one organization.
    """
    now, program = timezone.now(), youth.family.program
    works_at = StaffRole.objects.filter(StaffRole.in_force(now), person=person).values("organization")
    own = Member.objects.filter(
        family=youth.family_id, person=person
    )  # whoever works there and is of the family is not meant
    rows = _rows().filter(
        Q(to_person=person) | Q(~Exists(own), to_organization__in=works_at),
        Release.in_force(program.today(), now),
        youth=youth,
        discloser=program.name,
    )
    found = [one for one in rows if holds(one)]
    by_name = [one for one in found if one.to_person_id == person.pk]  # asked already whether they may be told
    return found if len(by_name) == len(found) or _may_be_told(person, youth) else by_name


def categories_for(person: Person, youth: Member) -> frozenset[str]:
    """What releases in force let that person see now."""
    return frozenset().union(*(categories_of(one) for one in releases_to(person, youth)))


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


# -- who sees it ---------------------------------------------------------------------------------------------------------


def young_people(person: Person) -> list[Member]:
    """Those about whom this person signs, keeps or reads a consent."""
    young = Member.objects.filter(
        Member.in_force(timezone.now()), role=Member.Role.YOUTH, family__in=families.visible_families(person)
    ).select_related("person", "family__program")
    beside = set(families.assigned_families(person).values_list("pk", flat=True))
    return [
        one
        for one in young.order_by("family__name", "pk")
        if one.family_id in beside or may_sign(person, one) or visible_releases(person, one)
    ]


def youth_for(person: Person, public_id: UUID) -> Member | None:
    return next((one for one in young_people(person) if one.person.public_id == public_id), None)


def is_beside(person: Person, youth: Member) -> bool:
    return families.assigned_families(person).filter(pk=youth.family_id).exists()


def visible_releases(person: Person, youth: Member) -> list[Release]:
    """The newest first. The young person sees all; an adult those they could have signed; staff those they have to keep to;
    and whom one names, while it holds.
    """
    rows = list(_rows().filter(youth=youth).order_by("-pk"))
    if not rows or not person.is_active or not is_here(youth):
        return []
    if person.pk == youth.person_id:
        return rows
    mine = {one.pk for one in rows if one.to_person_id == person.pk and holds(one)}
    if is_beside(person, youth):
        knows = _wrote_about_substances(person, youth)
        return [one for one in rows if one.pk in mine or knows or Category.SUBSTANCE not in categories_of(one)]
    signs = may_sign(person, youth)
    return [one for one in rows if one.pk in mine or (one.authority != OWN and categories_of(one) <= signs)]


def _wrote_about_substances(person: Person, youth: Member) -> bool:
    """Part of it already: to anybody else the consent itself would tell (42 CFR 2.13)."""
    written = Item.objects.filter(plan__youth=youth, access_basis=AccessBasis.SUBSTANCE, said_by=person)
    return written.exists()


def release_for(person: Person, public_id: UUID) -> Release | None:
    found = _rows().filter(public_id=public_id).first()
    if found is None or not families.visible_families(person).filter(pk=found.youth.family_id).exists():
        return None
    return next((one for one in visible_releases(person, found.youth) if one.pk == found.pk), None)


def may_revoke(person: Person, release: Release) -> bool:
    """Whoever signed it; of one an adult signed, another who may decide the same. Staff only write down that the event it
    names has come.
    """
    if state_of(release) not in {State.AHEAD, State.HOLDS}:
        return False
    if person.pk == release.signed_by_id:
        return True
    if release.authority != OWN and _decides(person, release):
        return True
    return may_end_by_event(person, release)


def _decides(person: Person, release: Release) -> bool:
    """As an adult: what a parent decided for them a minor does not undo."""
    return authority_for(person, release.youth, categories_of(release)) not in {None, OWN}


def may_end_by_event(person: Person, release: Release) -> bool:
    if not release.terms.get("event") or not is_beside(person, release.youth):
        return False
    return release_for(person, release.public_id) is not None


def plan_of(youth: Member) -> Plan | None:
    """The open one, else the newest."""
    plans = Plan.objects.filter(youth=youth).select_related(
        "family__program", "youth__person", "youth__family__program"
    )
    return plans.order_by(F("closed_at").asc(nulls_first=True), "-pk").first()


def release_named(youth: Member, to_name: str) -> Release | None:
    """The newest one to whom that name belongs, ended or not: what is refused is as closed as that consent."""
    name = to_name.strip().casefold()
    rows = _rows().filter(youth=youth).order_by("-pk")
    return next((one for one in rows if is_called(one, name)), None)


def is_called(release: Release, name: str) -> bool:
    return recipient_of(release).strip().casefold() == name


# -- for staff ---------------------------------------------------------------------------------------------------------


def unsure_rules(youth: Member) -> list[ConsentRule]:
    """What the state's law says of a minor's own consent, where we are not sure of it."""
    rules = youth.family.program.profile.minor_consent.rules
    return [rule for rule in rules if rule.caution or str(rule.certainty).startswith("memory")]
