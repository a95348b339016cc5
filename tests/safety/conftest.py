"""Time that tests set, and a programme in Florida, where somebody on call is promised day and night."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.clocks.actions import keep_program_clocks
from portal.clocks.models import Clock
from portal.programs.actions import appoint
from portal.programs.models import Organization, StaffRole
from portal.safety import actions
from portal.safety.actions import Local
from portal.safety.models import OnCallShift
from tests.clocks.conftest import SetTime, at
from tests.peer_support.florida import Florida

__all__ = ["Rota", "at", "rota"]

ZONE = ZoneInfo("America/New_York")
NUMBER = "(850) 555-0139"


def local(text: str) -> Local:
    moment = dt.datetime.fromisoformat(text)
    return Local(moment.date(), moment.time())


@dataclass
class Rota:
    """An agency whose coordinator and peer stand beside the Batista family; a lead above it."""

    florida: Florida = field(default_factory=Florida)
    lead: Person = field(init=False)

    def __post_init__(self) -> None:
        self.lead = create_person(display_name="Lena Ortiz", is_adult_confirmed=True)
        entity = Organization.objects.get(program=self.florida.program, slug="managing-entity")
        appoint(actor=None, person=self.lead, organization=entity, role=StaffRole.Role.PROGRAMME_LEAD)
        StaffRole.objects.update(started_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
        for role in self.florida.roles.values():
            role.refresh_from_db()
        keep_program_clocks()

    @property
    def organization(self) -> Organization:
        return self.florida.roles["coordinator"].organization

    @property
    def liaison(self) -> Person:
        return self.florida.people["liaison"]

    @property
    def mother(self) -> Person:
        return self.florida.people["mother"]

    def role(self, slug: str = "coordinator") -> StaffRole:
        return StaffRole.objects.select_related("person", "organization__program").get(pk=self.florida.roles[slug].pk)

    def shift(self, starts: str, ends: str, who: str = "coordinator") -> OnCallShift:
        return actions.add_shift(actor=self.liaison, role=self.role(who), starts=local(starts), ends=local(ends))

    def fill(self, starts: str, ends: str, who: str, first_on: str, weeks: int = 1) -> list[OnCallShift]:
        return actions.fill_rota(
            actor=self.liaison,
            role=self.role(who),
            weekdays=range(7),
            starts=dt.time.fromisoformat(starts),
            ends=dt.time.fromisoformat(ends),
            first_on=dt.date.fromisoformat(first_on),
            weeks=weeks,
        )

    def promise(self) -> list[tuple[int, str]]:
        clocks = Clock.objects.filter(rule_id="FL-ONCALL").order_by("period")
        return [(clock.period, clock.state) for clock in clocks]

    def set_number(self) -> None:
        actions.set_line(actor=self.liaison, organization=self.organization, phone=NUMBER)


@pytest.fixture
def rota(db: None, at: SetTime) -> Rota:
    """Monday 1 March 2027, 8 in the morning there."""
    at("2027-03-01T08:00-05:00")
    return Rota()
