"""What a plan says, taken over: new things added, staff's things changed, the family's own never."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal.access import exchange
from portal.access.enrollment import NARROWER, basis_of_cases
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.exchange.known import ITEM_COUNTS, Run
from portal.care.actions.exchange.people import People
from portal.care.actions.items import narrow
from portal.care.actions.versions import Did, keep, locked, next_number
from portal.care.fhir.brought import ORDER, STANDINGS, SaidItem, SaidPlan
from portal.care.fhir.reading import Key
from portal.care.kinds import KINDS, Data
from portal.care.models import Difference, ForeignRecord, Item, Plan
from portal.families.models import AccessBasis, Member
from portal.notices import actions as notices
from portal.notices.models import Notice

LOOK_WITHIN = dt.timedelta(days=30)  # our own: what came in has a first date on which somebody looks at it together
FARTHEST = dt.timedelta(days=366)  # 42 CFR 441.301(c)(3)


class Plans:
    def __init__(self, run: Run, people: People, authors: dict[Key, str]) -> None:
        self.run = run
        self.people = people
        self.authors = authors
        self.of_youth: dict[int, Plan] = {}
        self.items: dict[Key, Item] = {}
        self._held: dict[int, Plan] = {}  # those of items that are known
        self._did: dict[int, list[Did]] = {}
        self._ends: dict[int, SaidPlan] = {}

    # -- the plan itself --

    def plan(self, said: SaidPlan) -> None:
        youth = self.people.members[said.youth]
        known = self.run.find(said.key)
        if known is not None:
            self.run.check_youth(known, youth, "plan", said.where)
        found = self._known_plan(said, known, youth)
        if youth.pk in self.of_youth and (found is None or found.pk != self.of_youth[youth.pk].pk):
            self.run.refuse(said.where, "a young person has one plan here, and another one came before it")
            return
        plan = found or self._opened(youth, said)
        self.of_youth[youth.pk] = plan
        if found is None and said.closed_for:
            self._ends[plan.pk] = said
        self.run.remember(said.key, youth.family, plan, "plan", said.digest)

    def _known_plan(self, said: SaidPlan, known: ForeignRecord | None, youth: Member) -> Plan | None:
        rows = Plan.objects.select_for_update().filter(youth=youth)
        if known is not None:
            return rows.filter(pk=known.row_id).first()
        own = self.run.own_id(said.key)
        return (rows.filter(public_id=own).first() if own else None) or rows.filter(closed_at=None).first()

    def newest(self, youth: Member) -> Plan | None:
        """The plan of this run, else the open one, else the one that ended last."""
        rows = Plan.objects.filter(youth=youth).order_by(F("closed_at").desc(nulls_first=True), "-pk")
        return self.of_youth.get(youth.pk) or rows.first()

    def plan_of(self, youth: Member) -> Plan:
        """The open plan; opened where there is none: something has come in that belongs to one."""
        if youth.pk not in self.of_youth:
            found = Plan.objects.select_for_update().filter(youth=youth, closed_at=None).first()
            self.of_youth[youth.pk] = found or self._opened(youth, None)
        return self.of_youth[youth.pk]

    def _opened(self, youth: Member, said: SaidPlan | None) -> Plan:
        today, zone = self.run.program.today(), self.run.program.zone
        next_on = said.next_on if said is not None else None
        is_usable = next_on is not None and today < next_on <= today + FARTHEST
        basis = max((said.basis if said is not None else AccessBasis.PARENT, basis_of_cases(youth)), key=_narrowness)
        plan = Plan.objects.create(
            family=youth.family,
            youth=youth,
            access_basis=basis,
            next_review_on=next_on if next_on is not None and is_usable else today + LOOK_WITHIN,
            opened_by=self.run.actor,
        )
        if said is not None and said.opened_on is not None and said.opened_on <= today:
            plan.opened_at = dt.datetime.combine(said.opened_on, dt.time(12), zone)
            plan.save(update_fields=["opened_at"])
        self.run.added["plans"] += 1
        record(
            actor=self.run.actor,
            verb=Entry.Verb.CREATED,
            subject="plan",
            subject_id=plan.public_id,
            family=youth.family if basis == AccessBasis.PARENT else None,
        )
        return plan

    # -- what it says --

    def take(self, items: Iterable[SaidItem]) -> None:
        for said in sorted(items, key=lambda one: ORDER.index(one.kind)):
            self._item(said)

    def _item(self, said: SaidItem) -> None:
        youth = self.people.members[said.youth]
        known = self.run.find(said.key)
        if known is not None:
            self.run.check_youth(known, youth, "item", said.where)
        item = self._known_item(said, known, youth)
        if item is None:  # only what is new needs an open plan: what is known stays in its own, ended or not
            self._add(said, self.plan_of(youth))
            return
        self.items[said.key] = item
        if known is not None and known.content_hash == said.digest:
            return
        self._meet(said, item)

    def _known_item(self, said: SaidItem, known: ForeignRecord | None, youth: Member) -> Item | None:
        rows = Item.objects.select_related("plan", "parent")
        if known is not None:
            return rows.filter(pk=known.row_id).first()
        own = self.run.own_id(said.key)
        return rows.filter(plan__youth=youth, public_id=own).first() if own else None

    def _add(self, said: SaidItem, plan: Plan) -> None:
        parent = self._parent(said, plan)
        if parent is None and KINDS[said.kind].under and not KINDS[said.kind].may_stand_alone:
            self.run.refuse(said.where, "what it belongs to was not taken")
            return
        if not plan.is_open:
            self.run.refuse(said.where, "the plan it belongs to has ended")
            return
        basis = max((said.basis, plan.access_basis), key=_narrowness)
        if parent is not None and basis != parent.access_basis:
            if _narrowness(basis) > _narrowness(parent.access_basis) and not KINDS[said.kind].may_stand_alone:
                self.run.refuse(said.where, "fewer people may see it than what it belongs to")
                return
            parent, basis = _beside(parent, basis)
        item = Item(plan=plan, kind=said.kind, parent=parent, access_basis=basis, number=next_number(plan))
        item.said_by = self.people.author(said.by, self.authors, plan.family)
        item.data = self._whole(said, plan)
        if said.standing in STANDINGS:  # from a system like ours: another one's goals are agreed on there
            item.standing, item.suggested_in = said.standing, item.number
        item.save()
        self.items[said.key] = item
        self.run.remember(said.key, plan.family, item, "item", said.digest)
        self.run.added[ITEM_COUNTS.get(said.kind, "other_items")] += 1
        self._did.setdefault(plan.pk, []).append(Did(item, None, item.data))

    def _parent(self, said: SaidItem, plan: Plan) -> Item | None:
        found = self.items.get(said.parent) if said.parent is not None else None
        fits = found is not None and found.plan_id == plan.pk and found.kind in KINDS[said.kind].under
        return found if fits and found is not None and found.removed_at is None else None

    def _whole(self, said: SaidItem, plan: Plan) -> Data:
        """With what it refers to, as ids of ours."""
        data = dict(said.data)
        for part in KINDS[said.kind].parts:
            if part.sort == "items":
                linked = [self.items[key] for key in said.refers.get(part.name, []) if key in self.items]
                data[part.name] = sorted(
                    str(one.public_id) for one in linked if one.plan_id == plan.pk and one.kind == part.of
                )
        return data

    # -- what is here already --

    def _meet(self, said: SaidItem, item: Item) -> None:
        plan = self._held_of(item)
        record_ = self.run.remember(said.key, item.plan.family, item, "item", said.digest)
        self._close_further(said, item)
        data = self._whole(said, item.plan)
        if self.run.own_id(said.key) == item.public_id:  # who wrote it out may not have seen all that it refers to
            data |= {part.name: item.data[part.name] for part in KINDS[item.kind].parts if part.sort == "items"}
        if data == item.data:
            return
        if item.removed_at is not None or not plan.is_open:
            self.run.kept["taken out here"] += 1
        elif exchange.is_the_familys(item):
            self._ask(record_, item, data)
        else:
            self._change(item, data)

    def _held_of(self, item: Item) -> Plan:
        """The plan it stands in, held to the end of the run."""
        if item.plan_id not in self._held:
            self._held[item.plan_id] = Plan.objects.select_for_update().get(pk=item.plan_id)
        return self._held[item.plan_id]

    def _close_further(self, said: SaidItem, item: Item) -> None:
        """Labelled more narrowly elsewhere, it is closed here too; nothing opens it again."""
        if _narrowness(said.basis) > _narrowness(item.access_basis):
            narrow(item.plan, item, AccessBasis(said.basis))
            self.run.changed[ITEM_COUNTS.get(item.kind, "other_items")] += 1

    def _change(self, item: Item, data: Data) -> None:
        before, plan = item.data, self._held_of(item)
        item.data, item.number = data, next_number(plan)
        if not item.is_active and item.data != before:  # other words than those the family was asked about
            item.standing, item.suggested_in = Item.Standing.SUGGESTED, item.number
        item.save(update_fields=["sealed_data", "number", "standing", "suggested_in"])
        self.run.changed[ITEM_COUNTS.get(item.kind, "other_items")] += 1
        self._did.setdefault(plan.pk, []).append(Did(item, before, data))

    def _ask(self, found: ForeignRecord, item: Item, data: Data) -> None:
        """Theirs stays. They are asked, and until then nothing of it moves."""
        difference = Difference.objects.filter(item=item, record=found, answer="").first()
        difference = difference or Difference(item=item, record=found)
        difference.data, difference.at = json.dumps(data, ensure_ascii=False, sort_keys=True), timezone.now()
        difference.save()
        self.run.asked += 1
        for person in exchange.asked_about(item):
            notices.notify(
                person=person,
                kind=Notice.Kind.PLAN,
                path=reverse("difference_list", args=[item.plan.public_id]),
                about=f"difference:{difference.public_id}",
            )

    # -- the end --

    def keep(self) -> None:
        """One version for each plan that says something else now."""
        plans = {plan.pk: plan for plan in (*self._held.values(), *self.of_youth.values())}
        for _pk, plan in sorted(plans.items()):
            did = self._did.get(plan.pk)
            if did:
                now = locked(plan)
                keep(actor=self.run.actor, plan=now, why="", did=did)
            end = self._ends.get(plan.pk)
            if end is not None:
                closed_on = end.closed_on or self.run.program.today()
                plan.refresh_from_db()
                plan.closed_at = dt.datetime.combine(closed_on, dt.time(12), self.run.program.zone)
                plan.closed_for = end.closed_for
                plan.save(update_fields=["closed_at", "closed_for"])


def _narrowness(basis: str) -> int:
    return NARROWER.index(AccessBasis(basis))


def _beside(parent: Item, basis: str) -> tuple[Item | None, str]:
    """Narrower than what it stood under: it stands alone. Wider: it is as closed as that."""
    wider = _narrowness(basis) < _narrowness(parent.access_basis)
    return (parent, parent.access_basis) if wider else (None, basis)
