"""Adding, changing and removing what a plan says, and showing single items to a natural support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import Refused, choices, growing, proposals, require
from portal.access import care as access
from portal.access.care import Reader
from portal.access.enrollment import NARROWER
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.actions.versions import Did, keep, locked, next_number
from portal.care.kinds import KINDS, Data, NotGood, check
from portal.care.models import Item, Plan, Tick
from portal.enrollment.actions.basis import end_sights
from portal.enrollment.actions.ending import take_back
from portal.enrollment.models import Enrollment
from portal.families.models import AccessBasis, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing


@transaction.atomic
def add_item(
    *,
    actor: Person,
    plan: Plan,
    kind: str,
    data: Mapping[str, Any],
    parent: Item | None = None,
    access_basis: str = AccessBasis.PARENT,
    why: str = "",
) -> Item:
    """Add one thing to the plan. Raises NotGood (portal.care.kinds), NotThere, PlanClosed."""
    plan = locked(plan)
    reader = _reader(actor, plan)
    require(access.may_add(reader, plan, kind, parent) and (parent is None or _sees(reader, plan, parent)))
    _check_place(plan, kind, parent)
    # What stands under something rests on the same: else something open could not be taken out without telling of it.
    basis = _narrowest(access_basis, parent.access_basis if parent is not None else plan.access_basis)
    if parent is not None and basis != parent.access_basis:
        raise refusals.StandsAlone
    require(basis in access.bases_in(reader, plan, basis))
    kept = _checked(reader, plan, kind, data, {})
    _check_provider(kind, None, kept, {})
    is_first = basis == AccessBasis.MINOR and not growing.agreed_alone(plan.youth)
    item = Item(plan=plan, kind=kind, parent=parent, access_basis=basis, said_by=actor, number=next_number(plan))
    item.data = kept
    _suggest(reader, item)
    item.save()
    if is_first:  # whom they let see something before was let see that, not this
        end_sights(plan.youth)
    keep(actor=actor, plan=plan, why=why, did=[Did(item, None, kept)])
    _ask_family(item)
    if kind == "goal" and item.is_active:
        hold_ending(actor, item)
    return item


def about_suggestions(plan: Plan) -> str:
    """What notices of suggestions that wait are about: one stands for all of them."""
    return f"suggestions:{plan.public_id}"


def _ask_family(item: Item) -> None:
    """Whoever decides in this matter is told that something waits for their word."""
    if item.suggested_in != item.number or not item.is_open_suggestion:
        return
    plan = item.plan
    for person in proposals.deciders(plan, item):
        notices.notify(
            person=person,
            kind=Notice.Kind.PROPOSAL,
            path=f"{plan.get_absolute_url()}#suggested",
            about=about_suggestions(plan),
        )


def _suggest(reader: Reader, item: Item) -> None:
    """What staff write into a plan is a suggestion until the family says yes (FL-15)."""
    if reader.part == access.Part.STAFF and KINDS[item.kind].agreed_on:
        item.standing, item.suggested_in = Item.Standing.SUGGESTED, item.number


@transaction.atomic
def change_item(
    *, actor: Person, item: Item, mark: str, data: Mapping[str, Any], why: str = "", access_basis: str = ""
) -> Item:
    """Say it anew. `mark`: the state of the item the writer had before them.

    Staff may close it further, with all that stands under it; its history is closed with it. What says the same as before is no
    change. Raises NotGood, NotThere, ChangedMeanwhile, PlanClosed; Refused, where it is somebody's own word.
    """
    plan = locked(item.plan)
    reader = _reader(actor, plan)
    item = _current(plan, item)
    require(_sees(reader, plan, item) and access.may_change(reader, item))
    before = item.data
    kept = _checked(reader, plan, item.kind, data, before)
    offered = _offered(reader, item, before, kept)
    _check_provider(item.kind, item, kept, before)
    basis = _narrowest(access_basis or item.access_basis, item.access_basis)
    require(basis in access.bases_in(reader, plan, item.access_basis))
    if kept == before and basis == item.access_basis and offered in (None, item.offer):
        return item
    if item.mark != mark:
        raise refusals.ChangedMeanwhile
    if basis != item.access_basis:
        narrow(plan, item, basis)
    item.number = next_number(plan)
    if kept != before:
        if _words_of(item.kind, kept) != _words_of(item.kind, before):
            _suggest(reader, item)
        item.data = kept
    if offered is not None:
        item.offer, item.suggested_in = offered, item.number
    item.save(update_fields=["sealed_data", "sealed_offer", "standing", "suggested_in", "number"])
    keep(actor=actor, plan=plan, why=why, did=[Did(item, before, kept)])
    _ask_family(item)
    if before.get("reached_on") and not kept.get("reached_on") and item.is_active:
        hold_ending(actor, item)
    return item


def _offered(reader: Reader, item: Item, before: Data, kept: Data) -> Data | None:
    """Other words of staff for what the family agreed on: taken out of what is `kept`, as they are only a suggestion (FL-15)."""
    words = _words_of(item.kind, kept)
    if reader.part != access.Part.STAFF or not item.is_active or words == _words_of(item.kind, before):
        return None
    kept.update(_words_of(item.kind, before))
    return words


def _words_of(kind: str, data: Data) -> Data:
    """The parts the family says yes to."""
    return {name: data[name] for name in KINDS[kind].agreed_on}


def hold_ending(actor: Person, item: Item) -> None:
    """What was said about ending the time in the programme was not about this open goal: it is taken back."""
    open_cases = Enrollment.objects.select_for_update(of=("self",)).filter(youth=item.plan.youth_id, ended_at=None)
    for case in open_cases.select_related("family__program"):
        if NARROWER.index(AccessBasis(item.access_basis)) <= NARROWER.index(AccessBasis(case.access_basis)):
            take_back(actor=actor, enrollment=case)


def narrow(plan: Plan, item: Item, basis: AccessBasis) -> None:
    """The item, what it said before and all that stands under it; what stands above stays, and does not hold it any more."""
    if basis == AccessBasis.MINOR and not growing.agreed_alone(plan.youth):
        end_sights(plan.youth)
    under = [one.pk for one in _with_all_under(plan, item)]
    Item.objects.filter(pk__in=under).update(access_basis=basis)
    item.access_basis, item.parent = basis, None
    item.save(update_fields=["access_basis", "parent"])


@transaction.atomic
def remove_item(*, actor: Person, item: Item, why: str) -> None:
    """Take it out of the plan, with all that stands under it, for a reason everybody reads.

    Raises ReasonMissing, OwnWordUnder, NotThere, PlanClosed.
    """
    plan = locked(item.plan)
    reader = _reader(actor, plan)
    item = _current(plan, item)
    require(_sees(reader, plan, item) and access.may_change(reader, item))
    if says_nothing(why):
        raise refusals.ReasonMissing
    gone = _with_all_under(plan, item)
    if any(KINDS[one.kind].is_own_word and one.said_by_id != actor.pk for one in gone):
        raise refusals.OwnWordUnder
    now = timezone.now()
    for one in gone:
        one.removed_at = now
        one.number = next_number(plan)
        one.save(update_fields=["removed_at", "number"])
    keep(actor=actor, plan=plan, why=why, did=[Did(one, one.data, None) for one in gone])


def set_provider(*, actor: Person, item: Item, provider: str) -> None:
    """The family chose who gives a service: the row alone, for actions that have asked who may. Raises NotThere, PlanClosed."""
    plan = locked(item.plan)
    item = _current(plan, item)
    before = item.data
    today = plan.family.program.today().isoformat()
    kept = before | {"provider": provider, "had_before": False, "chosen_on": today}
    if kept == before:
        return
    item.data, item.number = kept, next_number(plan)
    item.save(update_fields=["sealed_data", "number"])
    keep(actor=actor, plan=plan, why="", did=[Did(item, before, kept)])


def refuse_change(*, actor: Person, item: Item) -> None:
    """Staff asked to change what somebody of the family said in their own words: refused, and on record."""
    record(
        actor=actor,
        verb=Entry.Verb.REFUSED,
        subject="plan",
        subject_id=item.plan.public_id,
        family=item.plan.family if item.access_basis == AccessBasis.PARENT else None,
        kind=item.kind,
    )


@transaction.atomic
def tick(*, actor: Person, item: Item, member: Member) -> None:
    """Let a natural support see this one thing. Saying it twice changes nothing."""
    reader = access.visible_item(actor, item)
    require(reader is not None and access.may_tick(reader, item))
    require(access.may_be_shown(item.plan, member))
    held = Tick.objects.filter(item=item, member=member, ended_at=None)
    if not access.is_shown(item, member):  # somebody let them see it whose say has ended
        held.update(ended_at=timezone.now())
    held.get_or_create(item=item, member=member, ended_at=None, defaults={"by": actor})


@transaction.atomic
def untick(*, actor: Person, item: Item, member: Member) -> None:
    """They see it no more, from this moment on."""
    reader = access.visible_item(actor, item)
    require(reader is not None and reader.part in {access.Part.YOUNG, access.Part.RAISING})
    Tick.objects.filter(item=item, member=member, ended_at=None).update(ended_at=timezone.now())


def _reader(actor: Person, plan: Plan) -> Reader:
    reader = access.reader_of(actor, plan)
    if reader is None:
        raise Refused
    return reader


def _sees(reader: Reader, plan: Plan, item: Item) -> bool:
    return item.pk in {one.pk for one in access.visible_items(reader, plan)}


def _current(plan: Plan, item: Item) -> Item:
    found = Item.objects.filter(plan=plan, pk=item.pk, removed_at=None).select_related("plan", "parent").first()
    if found is None:
        raise refusals.NotThere
    return found


def _check_place(plan: Plan, kind: str, parent: Item | None) -> None:
    known = KINDS[kind]
    if parent is None:
        if known.under and not known.may_stand_alone:
            raise refusals.NotThere
    elif parent.plan_id != plan.pk or parent.removed_at is not None or parent.kind not in known.under:
        raise refusals.NotThere


def _checked(reader: Reader, plan: Plan, kind: str, data: Mapping[str, Any], before: Data) -> Data:
    """As the kind wants it; what it refers to is in the plan, where the writer sees it. What they do not see stays as it was."""
    carried = {part.name: before.get(part.name) for part in KINDS[kind].parts if part.is_carried}
    kept = check(kind, carried | dict(data))
    for part in KINDS[kind].parts:
        if part.sort != "items":
            continue
        seen = {str(one.public_id) for one in access.visible_items(reader, plan) if one.kind == part.of}
        if any(public_id not in seen for public_id in kept[part.name]):
            raise refusals.NotThere
        unseen = [public_id for public_id in before.get(part.name, []) if public_id not in seen]
        kept[part.name] = sorted({*kept[part.name], *unseen})
    return kept


def _check_provider(kind: str, item: Item | None, kept: Data, before: Data) -> None:
    """Families choose who gives a service (the Louisiana CSoC model, line 596; 42 CFR 441.301(c)(1)(vi)).

    Staff write a name of their own only for what the family had before; once it has chosen here, only what it chose. What came
    from another system stays as it is until then.
    """
    if kind != "service":
        return
    name, old = kept["provider"], before.get("provider", "")
    if item is not None and name != old and choices.has_chosen(item) and not choices.is_chosen(item, name):
        raise NotGood("provider", _("The family chose who gives this. Ask them whether they want to choose anew."))
    if not name or kept["had_before"] or (name == old and not before.get("had_before")):
        return
    if item is None or not choices.is_chosen(item, name):
        raise NotGood(
            "provider",
            _(
                "The family chooses who gives a service. Leave this open for now, and then show them who could give it. "
                "If they had it before, say so below."
            ),
        )


def _narrowest(first: str, second: str) -> AccessBasis:
    return max(AccessBasis(first), AccessBasis(second), key=NARROWER.index)


def _with_all_under(plan: Plan, item: Item) -> list[Item]:
    """The item first, then what stands under it, however deep."""
    rows = list(Item.objects.filter(plan=plan, removed_at=None).order_by("pk"))
    found = {item.pk: item}
    for row in rows:  # parents were written down first
        if row.parent_id in found:
            found[row.pk] = row
    return list(found.values())
