"""The rota of the agency in Florida: two weeks around the clock, somebody on call now, and nobody tomorrow night."""

from __future__ import annotations

import datetime as dt

from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.demo import cast
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import Organization, StaffRole
from portal.safety.actions import add_duty_hours, cancel_shift, fill_rota, set_line
from portal.safety.gaps import DAY, moment_of
from portal.safety.models import OnCallShift

NUMBER = "(850) 555-0139"
MORNING, EVENING = dt.time(8), dt.time(20)
EVERY_DAY = range(7)
# Colleagues of Ray's: one keeps the rota, one has the nights.
KEEPER = ("imani", "Imani Cole", StaffRole.Role.LIAISON)
NIGHTS = ("tomas", "Tomás Reyes", StaffRole.Role.PEER_PARTNER)


def tell(*, people: dict[str, Person], now: dt.datetime) -> None:
    """After the agency's own story: Ray works there by then."""
    ray = StaffRole.objects.select_related("organization__program").get(person=people["ray"])
    agency = ray.organization
    keeper, nights = (_colleague(people, agency, now, *one) for one in (KEEPER, NIGHTS))
    imani = keeper.person
    today = agency.program.today()
    for role, starts, ends in ((ray, MORNING, EVENING), (nights, EVENING, MORNING)):
        fill_rota(actor=imani, role=role, weekdays=EVERY_DAY, starts=starts, ends=ends, first_on=today - DAY, weeks=2)
    gap = moment_of(today + DAY, EVENING, agency.program.zone)
    cancel_shift(actor=imani, shift=OnCallShift.objects.get(staff_role=nights, starts_at=gap))
    set_line(actor=imani, organization=agency, phone=NUMBER)
    add_duty_hours(actor=people["ray"], role=ray, weekdays=range(5), starts=dt.time(9), ends=dt.time(17))
    Notice.objects.filter(kind=Notice.Kind.ON_CALL_CHANGED).update(read_at=now)


def _colleague(
    people: dict[str, Person], agency: Organization, now: dt.datetime, slug: str, name: str, job: StaffRole.Role
) -> StaffRole:
    person = people.get(slug) or create_person(
        display_name=name,
        email=f"{slug}@example.org",
        public_id=cast.id_of(slug),
        is_adult_confirmed=True,
        is_demo=True,
    )
    return appoint(actor=None, person=person, organization=agency, role=job, started_at=now - dt.timedelta(days=400))
