"""A family in Florida, where a rhythm of contacts is promised, and those who are in touch with it. Today is 1 March 2027."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from peer_support import actions
from peer_support.models import Contact, Pairing
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.families import actions as families
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.actions import appoint, sync_profiles
from portal.programs.models import Organization, Program, StaffRole

ZONE = ZoneInfo("America/New_York")
FIRST = dt.date(2027, 3, 1)
START = "2027-03-01T08:00-05:00"


def moment(day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """So many days into the rhythm, counted from 1, where the family is."""
    return dt.datetime.combine(FIRST + dt.timedelta(days=day - 1), dt.time(hour, minute), tzinfo=ZONE)


@dataclass
class Florida:
    program: Program = field(init=False)
    family: Family = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, StaffRole] = field(default_factory=dict)
    mother: Member = field(init=False)
    father: Member = field(init=False)

    def __post_init__(self) -> None:
        sync_profiles()
        self.program = Program.objects.get(slug="florida-care-coordination")
        for slug, job in (("liaison", "liaison"), ("coordinator", "facilitator"), ("peer", "peer_partner")):
            self._appoint(slug, job)
        liaison, role = self.people["liaison"], self.roles["liaison"]
        self.family = families.open_family(actor=liaison, role=role, name="Batista")
        families.assign(actor=liaison, family=self.family, staff_role=self.roles["coordinator"])
        self.mother = self._member("mother", "")
        self.father = self._member("father", "Birth certificate seen")
        self.pairing = actions.propose_pairing(
            actor=liaison, member=self.mother, peer=self.roles["peer"], reason="She knows the crisis unit."
        )
        actions.accept_pairing(actor=self.people["mother"], pairing=self.pairing)
        self._came_on(moment(1, 8))

    def _came_on(self, start: dt.datetime) -> None:
        """What a row's own default wrote down is the real time."""
        Family.objects.update(created_at=start)
        StaffRole.objects.update(started_at=start)
        StaffAssignment.objects.update(started_at=start)
        Member.objects.update(joined_at=start)
        for role in self.roles.values():
            role.refresh_from_db()

    def _appoint(self, slug: str, job: str) -> None:
        self.people[slug] = create_person(display_name=slug.capitalize(), is_adult_confirmed=True)
        self.roles[slug] = appoint(
            actor=None,
            person=self.people[slug],
            organization=Organization.objects.get(program=self.program, slug="network-service-provider"),
            role=StaffRole.Role(job),
        )

    def _member(self, slug: str, evidence: str) -> Member:
        self.people[slug] = create_person(display_name=slug.capitalize(), is_adult_confirmed=True)
        return families.add_member(
            actor=self.people["liaison"],
            family=self.family,
            person=self.people[slug],
            role=Member.Role.CAREGIVER,
            evidence=evidence,
        )

    def begin(self, on: dt.date = FIRST) -> None:
        actions.begin_rhythm(
            actor=self.people["coordinator"], role=self.roles["coordinator"], member=self.mother, agreed_on=on
        )

    def log(
        self, at: dt.datetime, way: str = "call", outcome: str = "reached", by: str = "coordinator", **more: Any
    ) -> Contact:
        """A two-way contact with the mother at home, unless it says otherwise."""
        told: dict[str, Any] = {"is_two_way": True, "setting": "home", "key": uuid4()} | more
        said = actions.Said(way=way, outcome=outcome, happened_at=at, **told)
        return actions.log_contact(actor=self.people[by], role=self.roles[by], member=self.mother, said=said)

    def weeks(self) -> list[tuple[int, str, dt.date | None]]:
        clocks = Clock.objects.filter(rule_id="FL-CONTACT").order_by("period")
        return [(clock.period, clock.state, clock.due_on) for clock in clocks]

    def end_pairing(self) -> None:
        actions.end_pairing(actor=self.people["mother"], pairing=Pairing.objects.get(pk=self.pairing.pk))
