"""Who sees what a family chooses between, who decides it, who may show options, and what counts as chosen.

Whoever decides in a plan decides here: the young person, and a caregiver with the papers for it. A caregiver who may only be
told sees it and can say a wish. Options tell where somebody will be, so who is kept away from one of the household sees none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from portal.access import care, enrollment, families, moment, offered, people, proposals, ticks
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.models import Item, Plan, TeamAsk, TeamRole
from portal.families.models import AccessBasis, Family, LegalAuthority, Member, StaffAssignment
from portal.programs.models import StaffRole
from portal.voice.models import Choice, ChoiceWord

About, State = Choice.About, Choice.State
Job = StaffRole.Role
Read = list[tuple[Plan, Reader]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to one choice."""

    person: Person
    part: Part
    decides: bool

    @property
    def keeps(self) -> bool:
        return self.part == Part.STAFF


# -- who sees a choice ---------------------------------------------------------------------------------------------------


def visible_choices(person: Person, read: Read | None = None) -> QuerySet[Choice]:
    """Those of the plans somebody reads as a whole, and of families they stand beside; the newest first.

    What one of the family asked for is between them and the staff until there is something to choose from. `read`: the plans
    of the person, where they were asked for already.
    """
    if not person.is_active:
        return Choice.objects.none()
    if read is None:
        read = own_plans(person)
    shown = Q(offered_at__isnull=False) | Q(asked_by=person)
    return _with_all(_based().filter(_beside(person) | (_own(person, read) & shown)))


def _based() -> QuerySet[Choice]:
    """A choice is as closed as the service it is about, else as its plan, also where that was closed further since.

    45 CFR 164.502(g)(3): what a minor agreed to alone is theirs to show.
    """
    return Choice.objects.annotate(basis=Coalesce("item__access_basis", "plan__access_basis", "access_basis"))


def _beside(person: Person) -> Q:
    """About alcohol or drugs: of the staff only who wrote the service down or showed the options (42 CFR 2.13)."""
    wrote = Q(offered_by=person) | Q(item__said_by=person)
    return Q(family__in=families.assigned_families(person)) & (~Q(basis=AccessBasis.SUBSTANCE) | wrote)


def _own(person: Person, read: Read) -> Q:
    told = [(plan, reader) for plan, reader in read if reader.part in {Part.RAISING, Part.TOLD} and not reader.is_apart]
    let = [plan.pk for plan, reader in told if reader.is_let]
    visible = families.visible_families(person)
    young = Q(youth__person=person, family__in=visible) & Member.in_force(moment.now(), "youth__")
    raising = Q(plan__in=[plan.pk for plan, _reader in told], basis=AccessBasis.PARENT)
    before = Q(plan=None, basis=AccessBasis.PARENT, family__in=visible) & _raises_now(person)
    return young | raising | Q(plan__in=let, basis=AccessBasis.MINOR) | before


def _raises_now(person: Person) -> Q:
    """Before there is a plan: the choices of the young people this person decides for; asked once more of each in `_standing`,
    on the day it is where the family lives.
    """
    deciding = LegalAuthority.objects.filter(
        ticks.held(),
        Member.in_force(moment.now(), "adult__"),
        adult__person=person,
        youth=OuterRef("youth"),
        scope__in=ticks.DECIDES,
    )
    household = Member.objects.filter(family__members__person=OuterRef(OuterRef("youth__person"))).values("person")
    return (
        Q(Exists(deciding))
        & families.youth_is_minor()
        & ~Q(Exists(ticks.bars_from(OuterRef("youth__person"), person)))
        & ~Q(Exists(families.kept_away_from(household).filter(hidden_from__person=person)))
    )


def _raises(person: Person, youth: Member) -> bool:
    scopes = {one.scope for one in families.authorities_over(person, youth)}
    return bool(scopes & ticks.DECIDES) and not families.is_kept_away(person, youth)


def _with_all(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    return choices.select_related(
        *("family__program", "youth__person", "plan", "item", "offered_by", "asked_by", "made", "answers__seat"),
        *("replaces__staff_role__person", "follows"),
    ).order_by("-pk")


def before(person: Person) -> list[Choice]:
    """What waits for this person's own word. Asked in one question of who has nothing to choose: first pages show it."""
    own = Member.objects.filter(Member.in_force(moment.now()), person=person, role__in=people.AT_HOME)
    if not Choice.objects.filter(family__in=own.values("family"), state=State.OPEN).exists():
        return []
    found = visible_choices(person, own_plans(person)).filter(is_still_there(), state=State.OPEN)
    said = ChoiceWord.objects.filter(choice=OuterRef("pk"), by=person)
    return list(found.filter(~Exists(said), family__in=own.values("family")))


def is_still_there() -> Q:
    """Not of a service that was taken out, nor of a plan that has ended."""
    return (Q(item=None) | Q(item__removed_at=None)) & (Q(plan=None) | Q(plan__closed_at=None))


def choice_of(person: Person, public_id: UUID) -> tuple[Choice, Standing] | None:
    """One that is for this person, with how they stand to it now."""
    read = own_plans(person)
    beside = Exists(families.assigned_families(person).filter(pk=OuterRef("family")))
    found = visible_choices(person, read).annotate(is_beside=beside).filter(public_id=public_id).first()
    how = _standing(person, found, read) if found is not None else None
    return (found, how) if found is not None and how is not None else None


def readable_ids(person: Person, family: Family) -> list[str]:
    """The public ids of the family's choices that are for this person."""
    return [str(one) for one in visible_choices(person).filter(family=family).values_list("public_id", flat=True)]


def standing(person: Person, choice: Choice) -> Standing | None:
    """How that person stands to it now; None where it is not for them."""
    found = choice_of(person, choice.public_id)
    return found[1] if found is not None else None


def _standing(person: Person, choice: Choice, read: Read) -> Standing | None:
    """`choice`: as `choice_of` annotates it."""
    if choice.is_beside:  # type: ignore[attr-defined]
        return Standing(person, Part.STAFF, decides=False)
    if choice.youth.person_id == person.pk:
        return Standing(person, Part.YOUNG, decides=True)
    if choice.plan_id is None:
        return Standing(person, Part.RAISING, decides=True) if _raises(person, choice.youth) else None
    part = next((reader.part for plan, reader in read if plan.pk == choice.plan_id), Part.TOLD)
    is_parents = AccessBasis(choice.basis) == AccessBasis.PARENT  # type: ignore[attr-defined]
    return Standing(person, part, decides=part == Part.RAISING and is_parents)


def deciders(choice: Choice) -> list[Person]:
    """Who of the family can settle it now: the young person first."""
    members = Member.objects.filter(
        Member.in_force(moment.now()), family=choice.family_id, role__in=people.AT_HOME, person__is_active=True
    ).select_related("person")
    found = [one.person for one in members.order_by("-role", "pk")]
    standings = ((one, standing(one, choice)) for one in found)
    return [one for one, how in standings if how is not None and how.decides]


def staff_of(choice: Choice) -> list[Person]:
    """The staff beside the family who see it."""
    beside = families.standing_beside(moment.now()).filter(family=choice.family_id)
    found = Person.objects.filter(pk__in=beside.values("staff_role__person")).order_by("pk")
    return [one for one in found if visible_choices(one).filter(pk=choice.pk).exists()]


# -- who may ask to choose, and who may show options ----------------------------------------------------------------------


def has_say(reader: Reader, plan: Plan, item: Item | None = None) -> bool:
    """Choose, or ask to choose: the young person, and who decides for them where it rests on a parent's yes."""
    if reader.is_apart:
        return False
    bases = {plan.access_basis, item.access_basis if item is not None else plan.access_basis}
    return reader.part == Part.YOUNG or (reader.part == Part.RAISING and bases == {AccessBasis.PARENT})


def may_ask_before_plan(person: Person, youth: Member) -> bool:
    """Ask for another facilitator while there is no plan: the young person, and who decides for them."""
    if not families.visible_members(person, youth.family).filter(pk=youth.pk).exists():
        return False
    is_parents = enrollment.basis_of_cases(youth) == AccessBasis.PARENT
    return youth.person_id == person.pk or (is_parents and _raises(person, youth))


def may_offer(person: Person, family: Family) -> bool:
    """Show a family who or what there is: the staff beside it."""
    return families.may_change_family(person, family)


def offered_service(person: Person, item: Item) -> Reader | None:
    """The staff member's part, where they may show who could give this service."""
    reader = care.visible_item(person, item)
    is_theirs = reader is not None and reader.part == Part.STAFF and care.may_change(reader, item)
    return reader if is_theirs and item.kind == "service" else None


# -- what counts as chosen ---------------------------------------------------------------------------------------------------


def has_chosen(item: Item) -> bool:
    """Whether the family has chosen anybody for this service."""
    return Choice.objects.filter(item=item, state=State.MADE).exists()


def is_chosen(item: Item, provider: str) -> bool:
    """Whether the family chose this name for this service (Louisiana CSoC, choice of providers)."""
    made = Choice.objects.filter(item=item, state=State.MADE).select_related("made")
    return any(one.made is not None and one.made.name == provider for one in made)


def may_begin(actor: Person, family: Family, role: StaffRole) -> bool:
    """Whether somebody may be put beside the family as its facilitator: chosen, or the only one there is, on record.

    Before anybody of the family is here who could choose, whoever opens its record is there. And where nobody stands beside it
    any more, a lead who was told so may put somebody there: the family reads that it has not chosen them yet.
    """
    if role.role != Job.FACILITATOR:
        return True
    if not Member.objects.filter(Member.in_force(moment.now()), family=family, role__in=people.AT_HOME).exists():
        return True
    rows = Choice.objects.filter(family=family, about=About.FACILITATOR)
    made = Q(state=State.MADE, made__staff_role=role)
    only = Q(is_only_one=True, state__in=Choice.WAITING, options__staff_role=role)
    if rows.filter(made | only).exists():
        return True
    return not may_offer(actor, family) and not offered.facilitators_beside(family).exists()


# -- in answer to who asked for somebody else -----------------------------------------------------------------------------------


def of_ask(person: Person, ask: TeamAsk) -> QuerySet[Choice]:
    """What was shown to the family in answer to it, where this person sees that."""
    return visible_choices(person).filter(answers=ask)


def is_of_facilitator(ask: TeamAsk) -> bool:
    return ask.seat.role == TeamRole.CARE_MANAGER


def answering_role(family: Family) -> StaffRole | None:
    """Who shows the family whom it can choose: its liaison before its facilitator, who may be the one asked about."""
    beside = families.standing_beside(moment.now()).filter(family=family).select_related("staff_role")
    roles = [one.staff_role for one in beside.order_by("pk")]
    return min(roles, key=lambda role: role.role != Job.LIAISON, default=None)


# -- a family's own page -----------------------------------------------------------------------------------------------------


def may_choose(read: Read, places: Iterable[Member]) -> bool:
    """Has a page of choices, also while nothing waits on it: a caregiver or young person, and who reads a plan as a whole."""
    parts = {reader.part for _plan, reader in read}
    return bool(parts & proposals.FAMILY) or any(one.role in people.AT_HOME for one in places)


@dataclass(frozen=True, slots=True)
class Given:
    """A service of the plan somebody gives, and whether this reader has a say in who."""

    item: Item
    may_ask: bool


def own_plans(person: Person) -> Read:
    """The plans this person reads as one of the family."""
    return care.read_plans(person, care.asked_plans(person).exclude(family__in=families.assigned_families(person)))


def given_now(read: Read) -> list[Given]:
    """Who gives services in these plans now, where the reader sees that."""
    found = []
    for plan, reader in read:
        if not (plan.is_open and proposals.is_of_family(reader)):
            continue
        items = (one for one in care.visible_items(reader, plan) if one.kind == "service" and one.data["provider"])
        for item in items:
            item.plan = plan
            found.append(Given(item, has_say(reader, plan, item)))
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """A facilitator beside the family: whether it chose them, and by which way this person can ask for another."""

    assignment: StaffAssignment
    is_chosen: bool
    plan: Plan | None  # its team is asked
    youth: Member | None  # there is no plan yet: asked here


def own_facilitators(person: Person, read: Read, places: Iterable[Member]) -> list[Beside]:
    """Those beside the families of a caregiver or young person. `places`: theirs in families now."""
    by_family = {plan.family_id: plan for plan, reader in read if plan.is_open and has_say(reader, plan)}
    own = [one.family_id for one in places if one.role in people.AT_HOME]
    found = list(
        offered.facilitators_of(own).select_related("staff_role__person", "staff_role__organization", "family__program")
    )
    made = set(
        Choice.objects.filter(
            about=About.FACILITATOR, state=State.MADE, family__in=[one.family_id for one in found]
        ).values_list("family", "made__staff_role")
    )
    return [
        Beside(
            one,
            is_chosen=(one.family_id, one.staff_role_id) in made,
            plan=by_family.get(one.family_id),
            youth=None if one.family_id in by_family else _asked_for(person, one.family),
        )
        for one in found
    ]


def _asked_for(person: Person, family: Family) -> Member | None:
    """The young person for whom this person may ask, where no plan has begun."""
    if Plan.objects.filter(family=family, closed_at=None).exists():
        return None
    young = families.visible_members(person, family).filter(role=Member.Role.YOUTH).select_related("family__program")
    return next((one for one in young if may_ask_before_plan(person, one)), None)


def askable_youth(person: Person, public_id: UUID) -> Member | None:
    """A young person of one's own family for whom one may ask for another facilitator."""
    own = Member.objects.filter(
        Member.in_force(moment.now()),
        role=Member.Role.YOUTH,
        person__public_id=public_id,
        family__in=families.visible_families(person),
    ).select_related("person", "family__program")
    return next((one for one in own if may_ask_before_plan(person, one)), None)


def askable_item(person: Person, public_id: UUID) -> Item | None:
    """A service of the plan about which this person may ask to choose."""
    item = (
        Item.objects.filter(public_id=public_id, kind="service", removed_at=None)
        .select_related("plan__family__program", "plan__youth__person", "plan__youth__family__program", "parent")
        .first()
    )
    reader = care.visible_item(person, item) if item is not None else None
    return item if item is not None and reader is not None and has_say(reader, item.plan, item) else None
