"""One run of an import, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.access import Refused, exchange
from portal.accounts.models import Person
from portal.care.actions.exchange.around import Around
from portal.care.actions.exchange.items import Plans
from portal.care.actions.exchange.known import COUNTED, Run, other_system
from portal.care.actions.exchange.people import People
from portal.care.fhir.brought import Brought
from portal.families.models import Family
from portal.programs.models import Program


@dataclass(frozen=True, slots=True)
class Taken:
    run: Run
    people: People

    def as_json(self) -> dict[str, Any]:
        youths: dict[str, set[str]] = {}
        for member in self.people.members.values():
            if member.role == "youth":
                family = str(member.family.public_id)
                youths.setdefault(family, set()).add(str(member.person.public_id))
        return {
            "added": {name: self.run.added[name] for name in COUNTED},
            "changed": {name: self.run.changed[name] for name in COUNTED},
            "asked": self.run.asked,
            "kept_as_here": dict(sorted(self.run.kept.items())),
            "families": [{"id": family, "youths": sorted(found)} for family, found in sorted(youths.items())],
        }


@transaction.atomic
def take_over(*, program: Program, brought: Brought, by: Person | None = None) -> Taken:
    """Write down what the files say. `by`: a liaison or facilitator of the programme, who then stands beside new families.

    Raises Unusable for what belongs to somebody else here, Refused where `by` has no such job in the programme, and NotTrained.
    """
    role = exchange.role_beside(by, program) if by is not None else None
    if by is not None and role is None:
        raise Refused
    run = Run(program, by or other_system())
    Program.objects.select_for_update(no_key=True).get(
        pk=program.pk
    )  # two runs of the same files come one after the other
    before = set(Family.objects.filter(program=program).values_list("pk", flat=True))
    people = People(run, role)
    for youth in brought.youths:
        people.youth(youth)
    for relative in brought.relatives:
        people.relative(relative)
    plans = Plans(run, people, brought.authors)
    for plan in sorted(brought.plans, key=lambda one: one.closed_for != ""):
        plans.plan(plan)
    plans.take(brought.items)
    around = Around(run, people, plans, is_new={pk for pk in run.touched if pk not in before})
    for seat in brought.seats:
        around.seat(seat)
    for meeting in brought.meetings:
        around.meeting(meeting)
    for release in brought.releases:
        around.release(release)
    plans.keep()
    return Taken(run, people)
