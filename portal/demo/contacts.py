"""A family in Florida in the second week of its rhythm: the first week was too few, the next visit is planned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peer_support.actions import Said, begin_rhythm, log_contact, plan_contact
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.demo import cast
from portal.families.actions import add_member, open_family
from portal.families.models import Family, Member
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import Organization, Program, StaffRole

DAYS_AGO = 9  # the day of the yes, which is day 1


@dataclass(frozen=True)
class _Made:
    days_ago: int
    time: str
    way: str
    outcome: str
    setting: str = ""
    place: str = ""
    note: str = ""


MADE = (
    _Made(
        9,
        "10:30",
        "visit",
        "reached",
        "csu",
        "Crisis unit, second floor",
        "We sat by the window and made a first list.",
    ),
    _Made(7, "16:00", "call", "attempt"),
    _Made(6, "17:15", "call", "reached", note="Gloria is home again. Rafael eats better."),
    _Made(1, "18:05", "video", "reached", note="We looked at the school papers together."),
)


def tell(*, gloria: Person, ray: Person, now: dt.datetime) -> None:
    program = Program.objects.get(slug=cast.FLORIDA)
    role = _appoint(program, ray, now)
    family = open_family(actor=ray, role=role, name="Batista")
    Family.objects.filter(pk=family.pk).update(created_at=now - dt.timedelta(days=DAYS_AGO + 1))
    family.refresh_from_db()
    member = add_member(actor=ray, family=family, person=gloria, role=Member.Role.CAREGIVER, relation="mother")
    first = program.today() - dt.timedelta(days=DAYS_AGO)
    begin_rhythm(actor=ray, role=role, member=member, agreed_on=first)
    for place, one in enumerate(MADE):
        said = Said(
            key=cast.id_of(f"contact-{place}"),
            way=one.way,
            outcome=one.outcome,
            happened_at=_moment(program, one.days_ago, one.time),
            is_two_way=True,
            setting=one.setting,
            place=one.place,
            note=one.note,
        )
        log_contact(actor=ray, role=role, member=member, said=said)
    tomorrow = _moment(program, -1, "15:00")
    plan_contact(actor=ray, role=role, member=member, way="visit", planned_at=tomorrow, place="Gloria’s porch")
    fire_due()
    Notice.objects.filter(person__in=[gloria, ray]).exclude(kind=Notice.Kind.CLOCK_MISSED).update(read_at=now)


def _appoint(program: Program, person: Person, now: dt.datetime) -> StaffRole:
    part = cast.BY_SLUG["ray"]
    organization, _is_new = Organization.objects.get_or_create(
        program=program, slug=cast.COAST[0], defaults={"name": cast.COAST[1], "kind": "provider"}
    )
    return appoint(
        actor=None,
        person=person,
        organization=organization,
        role=StaffRole.Role(part.role),
        about=part.about,
        languages=list(part.speaks),
        answers_from=dt.time(9),
        answers_until=dt.time(20),
        answers_within_hours=2,
        started_at=now - dt.timedelta(days=400),
    )


def _moment(program: Program, days_ago: int, time: str) -> dt.datetime:
    day = program.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=program.zone)
