"""Bayou Lantern asks how it goes: Renée has a question waiting, Marisol has answered hers, and last quarter is counted.

The families of last quarter have left; they are rows for the report, and nobody signs in as one of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import cycle

from peer_support.actions import answer_check_in, ask_check_ins
from peer_support.models import CheckIn, Contact, Pairing, Wish
from peer_support.reach import quarters_before
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.notices.models import Notice
from portal.programs.models import Program, StaffRole

DAYS_AGO = 15
HELP = "Alguien que me lleve al tribunal el martes. Sola no me atrevo."


@dataclass(frozen=True)
class _Group:
    count: int
    language: str
    region: str
    systems: tuple[str, ...]
    has_peer: bool


# So many that most can be shown, and three who must not be.
GROUPS = (
    _Group(22, "en", "jefferson", ("child_welfare", "medicaid"), has_peer=True),
    _Group(12, "en", "jefferson", ("child_welfare",), has_peer=False),
    _Group(13, "es", "orleans", ("courts", "juvenile_justice"), has_peer=True),
    _Group(11, "es", "orleans", ("juvenile_justice",), has_peer=False),
    _Group(3, "vi", "jefferson", ("developmental",), has_peer=False),
)
SAID = ("a_lot", "a_little", "not_yet")  # in turn, so that each is said often enough to be shown


def tell(people: dict[str, Person], roles: dict[str, StaffRole], *, now: dt.datetime) -> None:
    _ask(people, now)
    _last_quarter(roles, roles["alma"].organization.program)


def _ask(people: dict[str, Person], now: dt.datetime) -> None:
    began = now - dt.timedelta(days=DAYS_AGO)
    own = Pairing.objects.filter(member__person__in=[people["renee"], people["marisol"]], state=Pairing.State.ACTIVE)
    own.update(proposed_at=began - dt.timedelta(days=1), answered_at=began, began_at=began)
    ask_check_ins()
    check_in = CheckIn.objects.get(pairing__member__person=people["marisol"])
    answer_check_in(actor=people["marisol"], check_in=check_in, answer="not_yet", help=HELP)
    Notice.objects.filter(kind=Notice.Kind.CHECK_IN_CALL).update(read_at=now)  # it stands on Alma's first page


def _last_quarter(roles: dict[str, StaffRole], program: Program) -> None:
    quarter = quarters_before(program.today(), 1)[0]
    asked = dt.datetime.combine(quarter.first, dt.time(15), program.zone) + dt.timedelta(days=5)
    gone = asked + dt.timedelta(days=70)
    peers = cycle((roles["denise"], roles["lucia"]))
    for group in GROUPS:
        members = _members(group, program, roles["alma"], asked, gone)
        if group.has_peer:
            _stood_by(members, peers, roles["alma"].person, asked, gone)


def _members(
    group: _Group, program: Program, liaison: StaffRole, asked: dt.datetime, gone: dt.datetime
) -> list[Member]:
    people = Person.objects.bulk_create(
        Person(display_name="Someone who left", language=group.language, is_demo=True, is_active=False)
        for _number in range(group.count)
    )
    families = Family.objects.bulk_create(
        Family(program=program, name="Left", region=group.region, created_at=asked, closed_at=gone) for _one in people
    )
    members = Member.objects.bulk_create(
        Member(family=family, person=person, role=Member.Role.CAREGIVER, joined_at=asked)
        for family, person in zip(families, people, strict=True)
    )
    StaffAssignment.objects.bulk_create(
        StaffAssignment(family=family, staff_role=liaison, started_at=asked, ended_at=gone) for family in families
    )
    Wish.objects.bulk_create(
        Wish(
            member=member,
            languages=[group.language],
            systems=list(group.systems),
            asked_by=member.person,
            asked_at=asked,
            ended_at=gone,
        )
        for member in members
    )
    return members


def _stood_by(
    members: list[Member], peers: cycle[StaffRole], liaison: Person, asked: dt.datetime, gone: dt.datetime
) -> None:
    """Each said yes after some days, was called, and was asked two weeks later."""
    found = Pairing.objects.bulk_create(
        Pairing(
            family=member.family,
            member=member,
            peer=next(peers),
            state=Pairing.State.ENDED,
            proposed_by=liaison,
            proposed_at=asked + dt.timedelta(days=2),
            answered_at=asked + dt.timedelta(days=4 + number % 5),
            began_at=asked + dt.timedelta(days=10),
            ended_at=gone,
        )
        for number, member in enumerate(members)
    )
    Contact.objects.bulk_create(
        Contact(
            family=pairing.family,
            member=pairing.member,
            by=pairing.peer,
            way="call",
            outcome=Contact.Outcome.REACHED,
            is_two_way=True,
            happened_at=asked + dt.timedelta(days=12),
            recorded_at=asked + dt.timedelta(days=12),
        )
        for pairing in found
    )
    CheckIn.objects.bulk_create(
        CheckIn(
            pairing=pairing,
            number=1,
            asked_at=asked + dt.timedelta(days=24),
            answer=SAID[number % len(SAID)],
            answered_at=asked + dt.timedelta(days=25),
            talked_at=asked + dt.timedelta(days=26),
            talked_by=liaison,
        )
        for number, pairing in enumerate(found)
    )
