"""Who sees a plan of care, which of its items, and who may write what in it.

One question is asked first: in what part does this person stand to this plan? All else follows from the answer, item by item.
An item that rests on the young person's own word is closed to those who raise them, and one about alcohol or drugs to
everybody but the young person and who wrote it down, unless a consent says otherwise (42 CFR 2.13 and 2.31).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from portal.access import covering, families, moment, people, releases, ticks
from portal.access.asked import SOME_ROW, SOMEBODY, Asked
from portal.access.enrollment import NARROWER, bases_for
from portal.accounts.models import Person
from portal.care.kinds import KINDS, Domain
from portal.care.models import Difference, Item, Plan, Tick, Version
from portal.enrollment.models import Enrollment
from portal.families.models import AccessBasis, Category, Family, LegalAuthority, Member, StaffAssignment
from portal.prepared import SOME_DAY

Scope = LegalAuthority.Scope
IS_TOLD = frozenset({*ticks.DECIDES, Scope.INFORMATION})
PLACELESS = frozenset({Domain.HEALTH, Domain.FEELINGS})


class Part(StrEnum):
    YOUNG = "young"
    RAISING = "raising"  # a caregiver who decides
    TOLD = "told"  # a caregiver who may be told, and decides nothing
    SCHOOL = "school"  # a caregiver who decides about school alone
    STAFF = "staff"  # the liaison and facilitator beside the family
    SUPPORT = "support"  # a natural support: what the family ticked


@dataclass(frozen=True, slots=True)
class Reader:
    person: Person
    part: Part
    is_let: bool = (
        False  # the young person lets them see what they agreed to alone, and after the 18th birthday all of it
    )
    is_apart: bool = False  # kept away from somebody of the household: nothing may tell them where its people are


# -- plans ---------------------------------------------------------------------------------------------------------------


def visible_plans(person: Person) -> QuerySet[Plan]:
    """The newest first. Whether a caregiver sees one is a question of papers, asked once more in `reader_of`."""
    if not person.is_active:
        return Plan.objects.none()
    visible = families.visible_families(person)
    own = Q(youth__person=person, family__in=visible)
    as_caregiver = (
        Q(family__in=visible)
        & (Q(Exists(_papers(person))) | Q(Exists(families.lets_see(person))))
        & families.as_raising(person)
    )
    as_staff = Q(family__in=families.assigned_families(person))
    ticked = ticks.ticks_for(person).filter(item__plan=OuterRef("pk"))
    as_support = Q(family__closed_at=None) & (
        Q(Exists(ticks.by_youth(ticked))) | (families.youth_is_minor() & Q(Exists(ticks.by_deciders(ticked))))
    )
    return (
        Plan.objects.filter(
            own
            | as_staff
            | (
                (as_caregiver | as_support)
                & ~Q(Exists(_closed_cases()))
                & ~Q(Exists(ticks.bars_from(OuterRef("youth__person"), person)))
            ),
            Member.in_force(moment.now(), "youth__"),
        )
        .select_related("family__program", "youth__person", "youth__family__program")
        .order_by("-pk")
    )


def _closed_cases() -> QuerySet[Enrollment]:
    """The plan belongs to the case: where that rests on the young person's own word, it is theirs to show with it."""
    return Enrollment.objects.filter(youth=OuterRef("youth"), ended_at=None).exclude(access_basis=AccessBasis.PARENT)


def plans_about(youth: Member) -> QuerySet[Plan]:
    """All of that young person's, whoever asks: for what follows from a step elsewhere."""
    return Plan.objects.filter(youth=youth).select_related("family__program", "youth__person", "youth__family__program")


def may_have_plans(person: Person) -> bool:
    """Belongs to a family, or stands beside one: for them there is a page, even while there is no plan."""
    return person.is_active and (people.memberships(person).exists() or families.assigned_families(person).exists())


def _papers(person: Person) -> QuerySet[LegalAuthority]:
    """A caregiver without any paper sees no plan: living together gives no rights."""
    now = moment.now()
    return LegalAuthority.objects.filter(
        ticks.held(),
        Member.in_force(now, "adult__"),
        adult__person=person,
        adult__role=Member.Role.CAREGIVER,
        youth=OuterRef("youth"),
    ).exclude(scope=Scope.NONE)


def asked_plans(person: Person) -> QuerySet[Plan]:
    """The same, each with how that person stands to it, in one question."""
    return _with_standing(visible_plans(person), person)


def _with_standing(plans: QuerySet[Plan], person: Person) -> QuerySet[Plan]:
    sights = families.lets_see(person)
    household = Member.objects.filter(family__members__person=OuterRef(OuterRef("youth__person"))).values("person")
    whole = Version.objects.filter(plan=OuterRef("pk")).exclude(step=Version.Step.ITEMS).order_by("-number")
    return plans.annotate(
        asked_by=Value(person.pk),
        is_beside=Exists(families.assigned_families(person).filter(pk=OuterRef("family"))),
        is_let=Exists(sights),
        is_apart=Exists(families.kept_away_from(household).filter(hidden_from__person=person)),
        has_differences=Exists(Difference.objects.filter(item__plan=OuterRef("pk"), item__removed_at=None, answer="")),
        whole_number=Coalesce(Subquery(whole.values("number")[:1]), 0),
    )


_ALL = Asked(asked_plans, person=SOMEBODY)
_OPEN = Asked(lambda person: asked_plans(person).filter(closed_at=None), person=SOMEBODY)
_ONE = Asked(lambda person, plan: asked_plans(person).filter(pk=plan), person=SOMEBODY, plan=SOME_ROW)
_OF_FAMILY = Asked(lambda person, family: asked_plans(person).filter(family=family), person=SOMEBODY, family=SOME_ROW)


def read_plans(person: Person, plans: Iterable[Plan] | None = None) -> list[tuple[Plan, Reader]]:
    """Those of these that are for that person, each with their part in it. `plans`: from `asked_plans`; all, unless told."""
    found = list(_asked(_ALL, person) if plans is None else plans)
    by_papers = [one for one in found if one.youth.person_id != person.pk and not getattr(one, "is_beside", False)]
    for day in {plan.family.program.today() for plan in by_papers}:  # of our zones nearly always one
        scopes = _SCOPES.values(person=person, day=day)
        for plan in by_papers:
            if plan.family.program.today() == day:
                plan.scopes = frozenset(scope for youth, scope in scopes if youth == plan.youth_id)
    read = ((plan, part_in(person, plan)) for plan in found)
    return [(plan, reader) for plan, reader in read if reader is not None]


def read_open_plans(person: Person) -> list[tuple[Plan, Reader]]:
    """Of the open ones alone."""
    return read_plans(person, _asked(_OPEN, person))


def _scopes_over(person: Person, day: dt.date) -> QuerySet[LegalAuthority, Any]:
    return LegalAuthority.objects.filter(
        LegalAuthority.in_force(day), Member.in_force(moment.now(), "adult__"), adult__person=person
    ).values_list("youth", "scope")


_SCOPES = Asked(_scopes_over, person=SOMEBODY, day=SOME_DAY)


def reader_of(person: Person, plan: Plan) -> Reader | None:
    """In what part that person stands to that plan now; None where it is not for them."""
    found = _asked(_ONE, person, plan=plan.pk)
    return part_in(person, found[0]) if found else None


def _asked(prepared: Asked[Plan], person: Person, **values: Any) -> list[Plan]:
    """`asked_plans` of that person, by a prepared question."""
    return prepared.rows(person=person, **values) if person.is_active else []


def part_in(person: Person, plan: Plan) -> Reader | None:
    """The same, of a plan that came from `visible_plans`; with no more question, where it came from `asked_plans`."""
    if plan.youth.person_id == person.pk:
        return Reader(person, Part.YOUNG)
    if getattr(plan, "asked_by", None) != person.pk:  # never what was asked for somebody else
        rows = Plan.objects.select_related("family__program", "youth__person", "youth__family__program")
        plan = _with_standing(rows, person).get(pk=plan.pk)
    is_beside, is_let, is_apart = (bool(getattr(plan, name)) for name in ("is_beside", "is_let", "is_apart"))
    if is_beside:
        return Reader(person, Part.STAFF)
    part = _by_papers(person, plan, is_let=is_let)
    if part is not None:
        return Reader(person, part, is_let=is_let, is_apart=is_apart)
    return Reader(person, Part.SUPPORT) if _ticked_items(person, plan) else None


def _ticked_items(person: Person, plan: Plan) -> set[int]:
    """What a natural support sees of this plan. Nobody who is kept away from somebody of the household sees any of it."""
    found = {item for (item,) in _TICKED_BY_YOUTH.values(person=person, plan=plan.pk)}
    if people.is_minor(plan.youth.person, plan.family.program):
        today = plan.family.program.today()
        found |= {item for (item,) in _TICKED_BY_DECIDERS.values(person=person, plan=plan.pk, day=today)}
    return set() if found and families.is_kept_away(person, plan.youth) else found


def _ticked_by_youth(person: Person, plan: int) -> QuerySet[Tick, Any]:
    return ticks.by_youth(ticks.ticks_for(person).filter(item__plan=plan)).values_list("item")


def _ticked_by_deciders(person: Person, plan: int, day: dt.date) -> QuerySet[Tick, Any]:
    ticked = ticks.ticks_for(person).filter(item__plan=plan)
    return ticks.by_deciders(ticked, LegalAuthority.in_force(day)).values_list("item")


_TICKED_BY_YOUTH = Asked(_ticked_by_youth, person=SOMEBODY, plan=SOME_ROW)
_TICKED_BY_DECIDERS = Asked(_ticked_by_deciders, person=SOMEBODY, plan=SOME_ROW, day=SOME_DAY)


def _by_papers(person: Person, plan: Plan, *, is_let: bool) -> Part | None:
    if is_let and not people.is_minor(plan.youth.person, plan.family.program):
        return Part.TOLD
    if not people.is_minor(plan.youth.person, plan.family.program):
        return None
    scopes = plan.scopes
    if scopes is None:
        held = _SCOPES.values(person=person, day=plan.family.program.today())
        scopes = frozenset(scope for youth, scope in held if youth == plan.youth_id)
    if scopes & ticks.DECIDES:
        return Part.RAISING
    return Part.TOLD if Scope.INFORMATION in scopes else Part.SCHOOL if Scope.SCHOOL in scopes else None


# -- items ---------------------------------------------------------------------------------------------------------------


def visible_items(reader: Reader, plan: Plan, *, with_removed: bool = False) -> list[Item]:
    """What that reader sees of the plan, in the order in which it was written down."""
    rows = Item.objects.filter(plan=plan).select_related("said_by", "parent").order_by("pk")
    if not with_removed:
        rows = rows.filter(removed_at=None)
    if reader.part == Part.SUPPORT:
        rows = rows.filter(pk__in=_ticked_items(reader.person, plan))
    found = list(rows)
    let_by = _let_by(reader, plan, found)
    items = [item for item in found if _is_open_to(reader, item, let_by)]
    if reader.part == Part.SCHOOL:
        items = _about_school(reader, items)
    if reader.is_apart:
        return _without_whereabouts(reader, items)
    if reader.part == Part.SCHOOL:
        return items
    known = {item.pk for item in items}
    # What stands under something closed is closed with it.
    return [item for item in items if item.parent_id is None or item.parent_id in known or reader.part == Part.SUPPORT]


def _let_by(reader: Reader, plan: Plan, items: Iterable[Item]) -> tuple[str, ...]:
    """The consents by which they see what is about alcohol or drugs (42 CFR 2.31). Asked where that is the question for any."""
    is_needed = any(one.access_basis == AccessBasis.SUBSTANCE and not _wrote_down(reader, one) for one in items)
    if reader.part in {Part.YOUNG, Part.SUPPORT} or not is_needed:
        return ()
    found = releases.releases_to(reader.person, plan.youth, Category.SUBSTANCE)
    return tuple(str(one.public_id) for one in found)


def _wrote_down(reader: Reader, item: Item) -> bool:
    return reader.part == Part.STAFF and item.said_by_id == reader.person.pk


def _is_open_to(reader: Reader, item: Item, let_by: tuple[str, ...]) -> bool:
    if item.access_basis == AccessBasis.SUBSTANCE:
        if reader.part == Part.YOUNG or _wrote_down(reader, item):
            return True
        item.let_by = let_by if covering.category_of(item) is not None else ()
        return bool(item.let_by)
    if item.access_basis == AccessBasis.MINOR and reader.part not in {Part.YOUNG, Part.STAFF}:
        return reader.is_let
    whose = _counted_by(item)  # how a caregiver is, is theirs; the staff beside the family see it
    return whose is None or whose == reader.person.pk or reader.part == Part.STAFF


def _counted_by(item: Item) -> int | None:
    """Of a count of one's own, and of its numbers: whose it is."""
    if item.kind == "reading" and item.parent is not None:
        item = item.parent
    return item.said_by_id if item.kind == "wellbeing" else None


def _about_school(reader: Reader, items: list[Item]) -> list[Item]:
    """What is about school, with all that stands under it, and what they said themselves."""
    shown: set[int] = set()
    for item in items:  # parents were written down before what stands under them
        about = item.data.get("domain") if "domain" in {part.name for part in KINDS[item.kind].parts} else None
        if about == Domain.SCHOOL or item.parent_id in shown or item.said_by_id == reader.person.pk:
            shown.add(item.pk)
    return [item for item in items if item.pk in shown]


def _without_whereabouts(reader: Reader, items: list[Item]) -> list[Item]:
    """What they said themselves; of the rest the needs and goals about body, health and feelings, and the tools' advice.

    A service, a task, a school, a helper, a phone, a note beside a number: each can tell where somebody is, and when.
    """
    return [item for item in items if item.said_by_id == reader.person.pk or _tells_no_place(item)]


def _tells_no_place(item: Item) -> bool:
    return item.kind == "level" or (item.kind in {"need", "goal"} and item.data["domain"] in PLACELESS)


def audience_of(item: Item) -> str:
    """In one word who sees what not everybody who reads the plan sees; blank: all of them."""
    if item.access_basis != AccessBasis.PARENT:
        return "drugs" if item.access_basis == AccessBasis.SUBSTANCE else "alone"
    return "" if _counted_by(item) is None else "own"


def visible_item(person: Person, item: Item) -> Reader | None:
    """The reader, where the item is among what they see."""
    reader = reader_of(person, item.plan)
    if reader is None or item.pk not in {one.pk for one in visible_items(reader, item.plan)}:
        return None
    return reader


# -- writing -------------------------------------------------------------------------------------------------------------


def may_add(reader: Reader, plan: Plan, kind: str, parent: Item | None = None) -> bool:
    """Staff write all but other people's own words. A family writes its own things; who may only be told, their own words.

    Who was let see what the young person agreed to alone has no say in it.
    """
    known = KINDS[kind]
    if parent is not None and (parent.kind == "wellbeing" or _is_only_shown(reader, parent)):
        return parent.said_by_id == reader.person.pk
    if reader.part == Part.STAFF:
        return known.by_staff
    if reader.part == Part.YOUNG:
        return known.by_family and kind != "wellbeing"
    if {plan.access_basis, parent.access_basis if parent is not None else plan.access_basis} != {AccessBasis.PARENT}:
        return False
    if reader.part == Part.RAISING:
        return known.by_family
    return reader.part == Part.TOLD and known.is_own_word and known.by_family


def _is_only_shown(reader: Reader, item: Item) -> bool:
    """A signed consent lets staff read what is about alcohol or drugs and was written down by somebody else, no more."""
    is_closed = item.access_basis == AccessBasis.SUBSTANCE and item.said_by_id != reader.person.pk
    return is_closed and reader.part == Part.STAFF


def may_change(reader: Reader, item: Item) -> bool:
    """What somebody said in their own words only they change."""
    if _is_only_shown(reader, item) or not may_add(reader, item.plan, item.kind, item.parent):
        return False
    if item.access_basis != AccessBasis.PARENT and reader.part not in {Part.YOUNG, Part.STAFF}:
        return False
    if not item.is_active and item.removed_at is None and reader.part != Part.STAFF:
        return False  # the family answers a suggestion, in its own words if it likes (access/proposals.py)
    return not KINDS[item.kind].is_own_word or item.said_by_id == reader.person.pk


def may_keep(reader: Reader) -> bool:
    """Open, review and close a plan: the staff beside the family."""
    return reader.part == Part.STAFF


def may_open_plan(person: Person, family: Family) -> bool:
    return families.may_change_family(person, family)


def young_without_plan(person: Person, family: Family) -> list[Member]:
    """The young people of a family one keeps plans for who have none."""
    young = families.visible_members(person, family).filter(
        role=Member.Role.YOUTH, family__in=families.assigned_families(person)
    )
    planned = set(Plan.objects.filter(family=family, closed_at=None).values_list("youth", flat=True))
    return [one for one in young if one.pk not in planned]


def may_tick(reader: Reader, item: Item) -> bool:
    """Show it to a natural support: the young person and whoever decides for them; never what rests on another consent."""
    is_theirs = item.access_basis == item.plan.access_basis == AccessBasis.PARENT and _counted_by(item) is None
    return reader.part in {Part.YOUNG, Part.RAISING} and is_theirs and not reader.is_apart


def readable_ids(person: Person, family: Family) -> list[str]:
    """The public ids of the family's plans that are for this person."""
    plans = _asked(_OF_FAMILY, person, family=family.pk)
    return [str(plan.public_id) for plan, _reader in read_plans(person, plans)]


def may_be_shown(plan: Plan, member: Member) -> bool:
    return supports_of(plan).filter(pk=member.pk).exists() and not families.is_kept_away(member.person, plan.youth)


def supports_of(plan: Plan) -> QuerySet[Member]:
    members = Member.objects.filter(
        Member.in_force(moment.now()), family=plan.family_id, role=Member.Role.NATURAL_SUPPORT
    )
    return members.filter(person__is_active=True).select_related("person").order_by("pk")


def bases_in(reader: Reader, plan: Plan, least: str = AccessBasis.PARENT) -> list[AccessBasis]:
    """What something in the plan may rest on, at `least` as narrow as it is: staff write down whose consent it was."""
    least = max(AccessBasis(plan.access_basis), AccessBasis(least), key=NARROWER.index)
    if reader.part != Part.STAFF:
        return [least]
    known = [basis for basis in bases_for(plan.youth) if NARROWER.index(basis) > NARROWER.index(least)]
    return [least, *known]


# -- who is told ---------------------------------------------------------------------------------------------------------


def readers_of(plan: Plan) -> list[Reader]:
    """Everybody for whom the plan is, each in their part."""
    now = moment.now()
    members = Member.objects.filter(Member.in_force(now), family=plan.family_id, person__is_active=True)
    beside = StaffAssignment.objects.filter(StaffAssignment.in_force(now), family=plan.family_id)
    ids: Iterable[int] = {
        *members.values_list("person", flat=True),
        *beside.values_list("staff_role__person", flat=True),
    }
    found = (reader_of(person, plan) for person in Person.objects.filter(pk__in=ids).order_by("pk"))
    return [reader for reader in found if reader is not None]


def ticked_people(plan: Plan, item: Item) -> list[tuple[Member, bool]]:
    """The natural supports of the family, each with whether they see that item."""
    return [(member, is_shown(item, member)) for member in supports_of(plan)]


def is_shown(item: Item, member: Member) -> bool:
    """Whether that natural support sees it by a tick that holds: of somebody whose say it is today."""
    return item.pk in _ticked_items(member.person, item.plan)
