"""What stands in the way of making a plan final, whose word counts for that, and who reads what was decided.

Whoever is named here sees the plan as a whole; each sees of it only what their own reading of the plan opens to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.access import care, proposals
from portal.access.care import Part, Reader
from portal.accounts.models import Person
from portal.care.models import Change, Item, Plan, Version
from portal.families.models import AccessBasis, Member
from portal.voice.models import (
    Decision,
    GoAhead,
    GoAheadItem,
    OneOption,
    Phase,
    PhaseEnd,
    PhaseWord,
    PlanObjection,
)

OPTIONS = 2  # per need (FL-13)
Asked = tuple[int, int]  # an item and the version in which it was suggested


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in the way, by a word of the page's own, with what it is about where that has words."""

    name: str  # "unanswered", "later", "no", "one_option", "objection", "word"
    item: Item | None = None
    objection: PlanObjection | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """The newest word of one of the family that the plan can be made final."""

    by: int
    named: frozenset[Asked]
    is_outdated: bool  # others have changed something that concerns them since


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a plan is from being made final, as one of the staff beside the family sees it."""

    blocks: list[Block]
    parties: list[Person]  # of the family, whose word it is made final by


# -- suggestions -----------------------------------------------------------------------------------------------------------


def unsettled(items: Sequence[Item]) -> list[Item]:
    """Suggestions without the family's yes; a no, too, holds until it is taken out, said otherwise, or gone on without."""
    return [one for one in items if one.is_open_suggestion or (not one.is_active and one.removed_at is None)]


def may_go_ahead(reader: Reader, plan: Plan) -> bool:
    """An act of the family alone (LA-13)."""
    return plan.is_open and proposals.decides(reader, plan)


def to_go_without(reader: Reader, plan: Plan, items: Sequence[Item]) -> list[Item]:
    """The suggestions that their word to go ahead would be about."""
    return [one for one in unsettled(_of(plan, items)) if proposals.may_decide(reader, one)]


def _of(plan: Plan, items: Sequence[Item]) -> list[Item]:
    for one in items:
        one.plan = plan
    return list(items)


# -- making it final -------------------------------------------------------------------------------------------------------


def last_final(plan: Plan) -> Version | None:
    """The newest version that was made final; None: no version is."""
    return Version.objects.filter(plan=plan, step=Version.Step.FINAL).select_related("by").order_by("-number").first()


def blocks_of(reader: Reader, plan: Plan) -> list[Block]:
    """What is in the way, for a page: whether who gave their word decides today is asked when it is made final."""
    return _blocks(reader, plan, words_of(plan))


def readiness(reader: Reader, plan: Plan) -> Readiness:
    """The same at the moment it is made final, with those of the family by whose word that is."""
    words = [word for word in words_of(plan) if _still_decides(word, plan)]
    parties = Person.objects.filter(pk__in=[word.by for word in words if not word.is_outdated]).order_by("pk")
    return Readiness(_blocks(reader, plan, words), list(parties))


def _blocks(reader: Reader, plan: Plan, words: Sequence[Word]) -> list[Block]:
    """In the order in which it is best seen to, of what that reader sees."""
    items = care.visible_items(reader, plan)
    without = {asked for word in words for asked in word.named}
    held = [one for one in unsettled(items) if (one.pk, one.suggested_in) not in without]
    blocks = [Block("objection", objection=one) for one in open_objections(reader, plan)]
    blocks += [Block(name, item=one) for one, name in _why_open(reader, plan, held)]
    blocks += [Block("one_option", item=one) for one in lacking_options(items)]
    return blocks if any(not word.is_outdated for word in words) else [*blocks, Block("word")]


def _why_open(reader: Reader, plan: Plan, items: Sequence[Item]) -> list[tuple[Item, str]]:
    """Each in a word of the page's own."""
    found = proposals.answered(reader, plan, items)
    waits = {pk for pk, answered in found.items() if any(one.says == proposals.Says.LATER for one in answered.newest)}
    declined = Item.Standing.DECLINED
    return [(one, "no" if one.standing == declined else "later" if one.pk in waits else "unanswered") for one in items]


def words_of(plan: Plan) -> list[Word]:
    """Those said since the plan was last made final, the newest of each. In one question.

    Outdated is one after which others than the family changed something that its speaker may know of and that it does not name.
    """
    finals = Version.objects.filter(plan=plan, step=Version.Step.FINAL).order_by("-number").values("number")[:1]
    own = Member.objects.filter(family=plan.family_id).values("person")
    named = GoAheadItem.objects.filter(go_ahead=OuterRef(OuterRef("pk")), item=OuterRef("item"))
    since = Change.objects.filter(~Exists(named), version__plan=plan, version__number__gt=OuterRef("number"))
    since = since.exclude(version__by__in=own)
    rows = (
        GoAhead.objects.filter(plan=plan, number__gte=Coalesce(Subquery(finals), 0))
        .annotate(any_since=Exists(since), open_since=Exists(since.filter(item__access_basis=AccessBasis.PARENT)))
        .order_by("pk")
        .values_list("pk", "by", "any_since", "open_since", "items__item", "items__suggested_in")
    )
    found: dict[int, Word] = {}
    newest: dict[int, int] = {}
    for pk, by, any_since, open_since, item, suggested_in in rows:
        named_so_far = found[by].named if newest.get(by) == pk else frozenset()
        asked: frozenset[Asked] = frozenset({(item, suggested_in)} if item is not None else ())
        is_outdated = any_since if by == plan.youth.person_id else open_since
        found[by], newest[by] = Word(by, named_so_far | asked, is_outdated), pk
    return list(found.values())


def _still_decides(word: Word, plan: Plan) -> bool:
    reader = care.reader_of(Person.objects.get(pk=word.by), plan)
    return reader is not None and proposals.decides(reader, plan)


def go_ahead_number(plan: Plan, person: Person) -> int | None:
    """The version about which that person last said that it can go ahead."""
    found = GoAhead.objects.filter(plan=plan, by=person).aggregate(last=Max("number"))["last"]
    return int(found) if found is not None else None


def named_in(word: GoAhead) -> set[Asked]:
    """What that word to go ahead says the plan may be made final without."""
    return set(GoAheadItem.objects.filter(go_ahead=word).values_list("item", "suggested_in"))


# -- options ---------------------------------------------------------------------------------------------------------------


def lacking_options(items: Sequence[Item]) -> list[Item]:
    """Needs with fewer than two ways that were thought of, and no reason why."""
    needs = [one for one in items if one.kind == "need"]
    short = [need for need in needs if options_of(need, items) < OPTIONS]
    explained = set(OneOption.objects.filter(need__in=short).values_list("need", flat=True)) if short else set()
    return [need for need in short if need.pk not in explained]


def options_of(need: Item, items: Sequence[Item]) -> int:
    """Steps and services for the goals that stand under it or are about the same part of life; a declined one was an option."""
    domain = need.data["domain"]
    goals = [
        one
        for one in items
        if one.kind == "goal" and (one.parent_id == need.pk or (one.parent_id is None and one.data["domain"] == domain))
    ]
    pks, ids = {one.pk for one in goals}, {str(one.public_id) for one in goals}
    steps = sum(one.kind == "strategy" and one.parent_id in pks for one in items)
    return steps + sum(one.kind == "service" and bool(ids & set(one.data["goals"])) for one in items)


def reasons_of(items: Sequence[Item]) -> list[OneOption]:
    """Why there is one way only for some of these needs, the newest reason for each (FL-13); not of one that has two by now."""
    short = [one for one in items if one.kind == "need" and options_of(one, items) < OPTIONS]
    rows = OneOption.objects.filter(need__in=short).select_related("by", "need").order_by("pk")
    return list({one.need_id: one for one in rows}.values())


def may_explain(reader: Reader, need: Item) -> bool:
    """Staff, who have to look for more; and of the family who decides."""
    return need.kind == "need" and need.plan.is_open and (care.may_keep(reader) or proposals.may_decide(reader, need))


# -- an objection after it was made final ------------------------------------------------------------------------------------


def may_object(reader: Reader, plan: Plan) -> bool:
    """Whoever of the family reads the plan as a whole: who does not decide can object, too."""
    return plan.is_open and proposals.is_of_family(reader)


def visible_objections(reader: Reader, plan: Plan) -> QuerySet[PlanObjection]:
    """One's own, and for the staff beside the family all: what one of the family says to staff is told to no other of it."""
    rows = PlanObjection.objects.filter(plan=plan).select_related("by", "answered_by").order_by("pk")
    return rows if reader.part == Part.STAFF else rows.filter(by=reader.person)


def objection_for(reader: Reader, plan: Plan, public_id: UUID) -> PlanObjection | None:
    return visible_objections(reader, plan).filter(public_id=public_id).first()


def open_objections(reader: Reader, plan: Plan) -> list[PlanObjection]:
    return list(visible_objections(reader, plan).filter(answered_at=None))


# -- what was decided --------------------------------------------------------------------------------------------------------


def decisions_of(reader: Reader, plan: Plan, items: Sequence[Item]) -> list[Decision]:
    """The newest first. About one thing of the plan: for who sees that."""
    seen = {one.pk for one in items}
    rows = Decision.objects.filter(plan=plan).select_related("proposed_by").prefetch_related("agreed_by")
    return [
        one
        for one in rows.order_by("-pk")
        if (one.item_id in seen if one.item_id is not None else _reads(reader, plan, one))
    ]


def _reads(reader: Reader, plan: Plan, one: Decision) -> bool:
    return one.access_basis in {plan.access_basis, AccessBasis.PARENT} or reader.part in {Part.YOUNG, Part.STAFF}


# -- the parts of the way ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the way, with what the family said at it."""

    phase: Phase
    words: list[PhaseWord]
    end: PhaseEnd | None
    is_now: bool


def stages(plan: Plan) -> list[Stage]:
    """All parts of the way in their order, with what was said at each; the first that is not over is the one of now."""
    words: defaultdict[str, list[PhaseWord]] = defaultdict(list)
    for one in PhaseWord.objects.filter(plan=plan).select_related("by").order_by("pk"):
        words[one.phase].append(one)
    ends = {one.phase: one for one in PhaseEnd.objects.filter(plan=plan).select_related("by")}
    now = next((one for one in Phase if one not in ends), None)
    return [Stage(one, words[one], ends.get(one), one == now) for one in Phase]


def may_say_at_phase(reader: Reader, plan: Plan) -> bool:
    """Whoever of the family decides: it is their word without which no part is over (FL-12)."""
    return plan.is_open and proposals.decides(reader, plan)
