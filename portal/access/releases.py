"""Consents to share: who may sign one and for what, who sees it, whether it holds at this moment, and what it covers.

Whoever may agree to the care lets others know of it: an adult with a paper for what a parent agreed to, the young person
alone for what they agreed to alone and for all that is about alcohol or drugs (45 CFR 164.502(g)(3), 42 CFR 2.14), from the
18th birthday on the young person for everything. A consent ends with the say of who signed it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils import timezone

from portal.access import families, growing, moment
from portal.access.enrollment import rules_for
from portal.accounts.models import ADULT_AGE, Person
from portal.care.models import Item, Plan
from portal.families.models import AccessBasis, Category, LegalAuthority, Member, Release, Released
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
    return _signing([person], youth)[person.pk]


def _signing(people: Iterable[Person], youth: Member) -> dict[int, frozenset[str]]:
    """The same of several people, by their numbers: one question for all the adults among them."""
    known = {one.pk: one for one in people}
    found: dict[int, frozenset[str]] = dict.fromkeys(known, frozenset())
    active = {pk for pk, one in known.items() if one.is_active} if is_here(youth) else set()
    if youth.person_id in active:
        found[youth.person_id] = _own(youth)
    adults = active - {youth.person_id}
    if adults:
        household = Member.objects.filter(family__members__person=youth.person_id).values("person")
        kept_away = families.kept_away_from(household).filter(hidden_from__person=OuterRef("adult__person"))
        papers = families.papers_over(youth).filter(
            ~Exists(kept_away), adult__person__in=adults, adult__role=Member.Role.CAREGIVER
        )
        only_theirs = _only_theirs(youth)
        for pk, scope in papers.values_list("adult__person", "scope"):
            found[pk] |= BY_SCOPE.get(scope, frozenset()) - only_theirs
    return found


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
    papers = families.authorities_over(person, youth).values_list("scope", flat=True)
    held = [scope for scope in papers if scope in BY_SCOPE]
    return max(held, key=lambda scope: len(wanted & BY_SCOPE[scope]), default=None)


def disclosers(youth: Member) -> list[str]:
    """Who can be let tell: all of the programme together, or one organization that works with the family now."""
    beside = families.standing_beside(moment.now()).filter(family=youth.family_id)
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
    known = _told(youth).filter(pk__in=ids - {person.pk, youth.person_id})
    return list(known.order_by("pk"))


def _told(youth: Member) -> QuerySet[Person]:
    """Who may be told here by a consent: no natural support of theirs, nobody who is barred or kept away."""
    now, today = timezone.now(), youth.family.program.today()
    support = Member.objects.filter(
        Member.in_force(now), person=OuterRef("pk"), family=youth.family_id, role=Member.Role.NATURAL_SUPPORT
    )
    barred = LegalAuthority.objects.filter(
        LegalAuthority.in_force(today), adult__person=OuterRef("pk"), youth__person=youth.person_id, scope=Scope.NONE
    )
    household = Member.objects.filter(family__members__person=youth.person_id).values("person")
    apart = families.kept_away_from(household).filter(hidden_from__person=OuterRef("pk"))
    return Person.objects.filter(~Exists(support), ~Exists(barred), ~Exists(apart), is_active=True)


def organizations_to_tell(youth: Member) -> QuerySet[Organization]:
    return Organization.objects.filter(program=youth.family.program_id).order_by("name", "pk")


# -- whether it holds ----------------------------------------------------------------------------------------------------


_BITS = {category: 1 << place for place, category in enumerate(Category.values)}


def _rows(youth: Member | None = None) -> QuerySet[Release]:
    """With all that is asked of each, so that a page asks for it once: its ticks, and whether whom it names may be told."""
    bit = Case(*(When(category=one, then=Value(number)) for one, number in _BITS.items()))
    ticked = Released.objects.filter(release=OuterRef("pk")).order_by().values("release").annotate(bits=Sum(bit))
    rows = Release.objects.annotate(bits=Subquery(ticked.values("bits"))).select_related(
        *("youth__person", "youth__family__program", "signed_by", "revoked_by", "to_person", "to_organization")
    )
    if youth is None:
        return rows
    return rows.filter(youth=youth).annotate(is_told=Exists(_told(youth).filter(pk=OuterRef("to_person"))))


def categories_of(release: Release) -> frozenset[str]:
    bits: int | None = getattr(release, "bits", None)
    if bits is None:
        return frozenset(one.category for one in release.covers.all())
    return frozenset(one for one, number in _BITS.items() if bits & number)


def recipient_of(release: Release) -> str:
    if release.to_person is not None:
        return release.to_person.display_name
    return release.to_organization.name if release.to_organization is not None else release.to_name


def state_of(release: Release) -> State:
    """Counted in days of the programme's zone: from midnight after its last day on it holds no more."""
    return _state(release, _signing([release.signed_by], release.youth))


def _state(release: Release, signing: Mapping[int, frozenset[str]]) -> State:
    """The same, where it is known already what whoever signed may sign."""
    day = release.youth.family.program.today()
    if release.revoked_at is not None and release.revoked_at <= timezone.now():
        return State.REVOKED
    if (release.ends_on is not None and release.ends_on < day) or not _is_carried(release, signing):
        return State.ENDED
    return State.AHEAD if release.starts_on > day else State.HOLDS


def _is_carried(release: Release, signing: Mapping[int, frozenset[str]]) -> bool:
    """Whoever signed may still decide all of it, and whom it names may still be told."""
    if not categories_of(release) <= signing[release.signed_by_id]:
        return False
    if release.to_person_id is None:
        return True
    is_told: bool | None = getattr(release, "is_told", None)
    return _told(release.youth).filter(pk=release.to_person_id).exists() if is_told is None else is_told


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


def releases_to(person: Person, youth: Member, about: Category | None = None) -> list[Release]:
    """Those in force that let that person, or where they work, know something here; where it is meant, `about` that alone.

    Only where all of the programme may tell: a plan is written by more than one organization. One question; one more where
    an adult signed.
    """
    now, program = timezone.now(), youth.family.program
    works_at = StaffRole.objects.filter(StaffRole.in_force(now), person=person).values("organization")
    own = Member.objects.filter(
        family=youth.family_id, person=person
    )  # whoever works there and is of the family is not meant
    rows = _rows(youth).filter(
        Q(to_person=person) | Q(~Exists(own), to_organization__in=works_at),
        Exists(_told(youth).filter(pk=person.pk)),
        Release.in_force(program.today(), now),
        discloser=program.name,
    )
    found = list(rows if about is None else rows.filter(covers__category=about))
    signing = _signing((one.signed_by for one in found), youth)
    return [one for one in found if _state(one, signing) == State.HOLDS]


def categories_for(person: Person, youth: Member) -> frozenset[str]:
    """What releases in force let that person see now."""
    return frozenset().union(*(categories_of(one) for one in releases_to(person, youth)))


# -- who sees it ---------------------------------------------------------------------------------------------------------


def young_people(person: Person) -> list[Member]:
    """Those about whom this person signs, keeps or reads a consent."""
    return [one for one in _young_around(person) if _has_a_page(person, one)]


def youth_for(person: Person, public_id: UUID) -> Member | None:
    found = _young_around(person).filter(person__public_id=public_id)
    return next((one for one in found if _has_a_page(person, one)), None)


def _young_around(person: Person) -> QuerySet[Member]:
    """Each with whether that person stands beside their family."""
    beside = families.assigned_families(person).filter(pk=OuterRef("family"))
    young = Member.objects.filter(
        Member.in_force(timezone.now()), role=Member.Role.YOUTH, family__in=families.visible_families(person)
    ).annotate(asked_by=Value(person.pk), is_beside=Exists(beside))
    return young.select_related("person", "family__program").order_by("family__name", "pk")


def _has_a_page(person: Person, youth: Member) -> bool:
    return is_beside(person, youth) or bool(may_sign(person, youth) or visible_releases(person, youth))


def is_beside(person: Person, youth: Member) -> bool:
    if getattr(youth, "asked_by", None) == person.pk:  # never what was asked for somebody else
        return bool(youth.is_beside)  # type: ignore[attr-defined]
    return families.stands_beside(person, youth.family_id)


@dataclass(frozen=True, slots=True)
class Known:
    """What one person knows of the consents about one young person, and may sign."""

    releases: list[tuple[Release, State]]  # the newest first
    is_beside: bool
    signs: frozenset[str]


def visible_releases(person: Person, youth: Member) -> list[Release]:
    """The newest first. The young person sees all; an adult those they could have signed; staff those they have to keep to;
    and whom one names, while it holds.
    """
    return [release for release, _state_now in known_to(person, youth).releases]


def known_to(person: Person, youth: Member) -> Known:
    """The same, each with whether it holds, and what else its page asks: few questions, however many there are."""
    rows = list(_rows(youth).order_by("-pk"))
    beside = is_beside(person, youth)
    signing = _signing([person, *(one.signed_by for one in rows)], youth)
    states = [(one, _state(one, signing)) for one in rows]
    seen = states if person.is_active and is_here(youth) else []
    if seen and person.pk != youth.person_id:
        knows = beside and _wrote_about_substances(person, youth)
        seen = [
            (one, state)
            for one, state in seen
            if (one.to_person_id == person.pk and state == State.HOLDS)
            or (beside and (knows or Category.SUBSTANCE not in categories_of(one)))
            or (not beside and one.authority != OWN and categories_of(one) <= signing[person.pk])
        ]
    return Known(seen, beside, signing[person.pk])


def _wrote_about_substances(person: Person, youth: Member) -> bool:
    """Part of it already: to anybody else the consent itself would tell (42 CFR 2.13)."""
    written = Item.objects.filter(plan__youth=youth, access_basis=AccessBasis.SUBSTANCE, said_by=person)
    return written.exists()


def release_for(person: Person, public_id: UUID) -> Release | None:
    found = _rows().filter(public_id=public_id).first()
    if found is None or not families.sees_family(person, found.youth.family_id):
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
    rows = _rows(youth).order_by("-pk")
    return next((one for one in rows if is_called(one, name)), None)


def is_called(release: Release, name: str) -> bool:
    return recipient_of(release).strip().casefold() == name


# -- for staff ---------------------------------------------------------------------------------------------------------


def unsure_rules(youth: Member) -> list[ConsentRule]:
    """What the state's law says of a minor's own consent, where we are not sure of it."""
    rules = youth.family.program.profile.minor_consent.rules
    return [rule for rule in rules if rule.caution or str(rule.certainty).startswith("memory")]
