"""A plan as full as a family's grows in a year, with its team, its meetings and the consents around it."""

from __future__ import annotations

import datetime as dt
import json
import random
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Person
from portal.care import actions
from portal.care.models import Difference, ForeignRecord, Guest, Item, Plan, Seat, TeamMeeting, TeamRole, Version
from portal.families import actions as families
from portal.families.models import Category, LegalAuthority, Release
from tests.care.meetings import again, confirmed, seated, teacher
from tests.care.plans import NEXT, added, goal, one_of_each, opened
from tests.families.releases import signed
from tests.world import World

GOALS, VERSIONS, MEETINGS, SEATS, RELEASES, SUGGESTED = 40, 100, 12, 10, 6, 10
WORDS = """
morning bus teacher cousin song drum kitchen quiet walk phone letter river garden story paint
window friend bench porch lunch neighbor coach library ticket jacket supper grandmother weekend
homework corner music bicycle promise notebook hallway breath bedtime blanket market church
saturday practice museum call visit answer question choir swim cook read draw plan rest talk listen
sleep wake help ask share laugh build carry borrow return begin finish
"""


def full_plan(world: World, readers: list[Person], closed: str) -> Plan:
    """40 goals about school with a step each, one of all else, some of it changed since these read it.

    Two are about drugs; one of these says `closed`.
    """
    plan, chance, today = opened(world), random.Random(7), world.program.today()
    one_of_each(world, plan)
    goals = []
    for _number in range(GOALS):
        text = f"Goal of {sentence(chance)}"
        goals.append(goal(world, plan, text, domain="school", by_on=today + dt.timedelta(days=90)))
        added(world.facilitator, plan, "strategy", goals[-1], text=sentence(chance))
    answered = [item.pk for item in goals[SUGGESTED:]]
    Item.objects.filter(Q(pk__in=answered) | Q(parent__in=answered)).update(standing=Item.Standing.AGREED)
    for who in readers:
        actions.confirm_seen(actor=who, plan=plan, number=40)
    for item in goals[:3]:
        _changed(world, item, f"Goal of {sentence(chance)}", chance)
    _team(world, plan)
    _meetings(world, plan, chance)
    _consents(world)
    for text in (closed, sentence(chance)):
        said = {"text": text, "whose": "youth", "domain": "health", "access_basis": "substance"}
        added(world.facilitator, plan, "goal", **said)
    for item in goals[3:9]:
        _difference(world, item, sentence(chance))
    while Version.objects.filter(plan=plan).count() < VERSIONS:
        task = {"text": sentence(chance), "owner": sentence(chance, 2), "agency": "School", "due_on": today}
        added(world.facilitator, plan, "task", goals[chance.randrange(GOALS)], **task)
    return plan


def another_plan(world: World) -> Plan:
    """Of the younger child: whoever raises both has a page to choose on."""
    for member, scope in (("caregiver", LegalAuthority.Scope.FULL), ("second_caregiver", LegalAuthority.Scope.SCHOOL)):
        families.record_authority(
            actor=world.liaison,
            adult=getattr(world, f"{member}_member"),
            youth=world.child_member,
            scope=scope,
            evidence="Court order seen",
            starts_on=world.program.today(),
        )
    return actions.open_plan(
        actor=world.facilitator, family=world.family, youth=world.child_member, next_on=world.program.today() + NEXT
    )


def sentence(chance: random.Random, length: int = 8) -> str:
    return " ".join(chance.choices(WORDS.split(), k=length))


def _changed(world: World, item: Item, text: str, chance: random.Random) -> None:
    now = Item.objects.select_related("plan").get(pk=item.pk)
    said = now.data | {"text": text}
    actions.change_item(actor=world.facilitator, item=now, mark=now.mark, data=said, why=sentence(chance))


def _team(world: World, plan: Plan) -> None:
    """Those who are there by themselves, and whom the family asked in: a teacher, an aunt, a neighbor and others."""
    Person.objects.filter(pk=world.natural_support.pk).update(
        language="en"
    )  # else each meeting waits for an interpreter
    teacher(world, plan)
    seated(world, plan, world.natural_support)
    for name in ("Aunt Bea", "Coach Duval", "Pastor Ames", "Nurse Okoye"):
        seated(world, plan, None, TeamRole.NEIGHBOR, name=name)
    seated(world, plan, None, TeamRole.PROVIDER, name="Gulf Breeze", asked_by=world.facilitator)


def _meetings(world: World, plan: Plan, chance: random.Random) -> None:
    """One is agreed, as the family and staff do it; of the others, with the same guests, six took place and one is called off."""
    first = confirmed(world, plan)
    guests = list(Guest.objects.filter(meeting=first))
    for number, state in enumerate(["held"] * 6 + ["confirmed"] * 2 + ["proposed"] * 2 + ["called_off"], start=1):
        is_over = state in {"held", "called_off"}
        made = again(first)
        made.pk, made.public_id, made.state = None, uuid4(), state
        made.starts_at += dt.timedelta(days=-30 * number if state == "held" else number)
        made.ended_at, made.ended_by = (timezone.now(), world.facilitator) if is_over else (None, None)
        made.place, made.about, made.notes = "The library", sentence(chance), sentence(chance) if is_over else ""
        made.save(force_insert=True)
        for one in guests:
            one.pk, one.meeting, one.came = None, made, state == "held" or None
        Guest.objects.bulk_create(guests)
    assert TeamMeeting.objects.filter(plan=plan).count() == MEETINGS
    assert Seat.objects.filter(plan=plan, state=Seat.State.IN).count() >= SEATS


def _consents(world: World) -> None:
    """Two by which the liaison reads what is about drugs, one by which the mother does, and what adults signed."""
    signed(world, world.youth, Category.SUBSTANCE, to_person=world.liaison)
    signed(world, world.youth, Category.SUBSTANCE, to_organization=world.liaison_role.organization)
    signed(world, world.youth, Category.SUBSTANCE, to_person=world.caregiver)
    signed(world, world.caregiver, Category.PLAN, Category.TEAM, to_person=world.liaison)
    signed(world, world.caregiver, Category.HEALTH, Category.SERVICES)
    signed(world, world.second_caregiver, Category.SCHOOL, to_name="Gretna Middle School")
    assert Release.objects.filter(youth=world.youth_member).count() == RELEASES


def _difference(world: World, item: Item, text: str) -> None:
    """Another system says something else."""
    record = ForeignRecord.objects.create(
        program=world.program,
        system="test",
        kind="Goal",
        foreign_id=str(item.pk),
        family=world.family,
        row_kind="item",
        row_id=item.pk,
        content_hash="",
    )
    row = Difference(item=item, record=record)
    row.data = json.dumps(item.data | {"text": text})
    row.save()
