"""Who is on the team of a plan, who sees that, who may change it, and which places are empty.

Some are on it without being asked: the young person, the caregivers for whom the plan is, and the staff beside the family. Who
they are follows from the family's own rows each time it is asked, so that whoever joins or leaves is on the team or off it at
that moment. They have a row of their own (`Seat.by_itself`) from the first time the team is written to; before that they are
given as rows that are not kept yet.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from portal.access import care as access
from portal.access import families, moment, pairings, people
from portal.access.care import Part, Reader
from portal.access.team_rows import OPEN, RAISING, Facts, caregivers, facts_of, kept, staff
from portal.accounts.models import Person
from portal.care.models import Plan, Seat, TeamAsk, TeamRole
from portal.clocks.models import Clock
from portal.families.models import AccessBasis, Member, StaffAssignment
from portal.programs.models import StaffRole

# Whom somebody can ask in; the others are there by themselves.
BY_HAND = (
    TeamRole.NEIGHBOR,
    TeamRole.PEER,
    TeamRole.PROVIDER,
    TeamRole.SCHOOL,
    TeamRole.REFERRER,
    TeamRole.COURT,
    TeamRole.OTHER,
)
# What a caregiver who decides about school alone is told of: who else the school's side is.
ABOUT_SCHOOL = (TeamRole.YOUTH, TeamRole.CARE_MANAGER, TeamRole.SCHOOL)
# The order in which a team is read: the young person first.
_ORDER = [TeamRole.YOUTH, TeamRole.CAREGIVER, TeamRole.CARE_MANAGER, *BY_HAND]
_IDS = uuid.UUID("6a3f3b1e-64ff-4c3b-9f0e-3d1f0f5f7a11")


@dataclass(frozen=True, slots=True)
class Team:
    """The team as one reader sees it."""

    seats: list[Seat]
    proposed: list[Seat]  # whom staff propose, until the family answers
    past: list[Seat]  # who was asked in and is not on it any more, the newest first
    empty: dict[TeamRole, str]  # places nobody they see is in, with the newest reason, or ""
    may_change: bool  # the family's own say: ask in, answer, take off
    may_propose: bool
    sees_reach: bool

    @property
    def everyone(self) -> list[Seat]:
        return [*self.seats, *self.proposed]


# -- who is on it --------------------------------------------------------------------------------------------------------


def seats(reader: Reader, plan: Plan) -> list[Seat]:
    """Whom that reader may see of those on the team now, in order."""
    return team_of(reader, plan).seats


def team_of(reader: Reader, plan: Plan) -> Team:
    facts = facts_of(plan, reader)
    rows = list(kept(plan))
    shown, past = (
        [seat for seat in some if is_open_to(reader, seat, is_away=facts.is_away)]
        for some in (everyone(plan, facts, rows), [seat for seat in rows if seat.state not in OPEN])
    )
    may_change = _has_say(reader, plan) and not facts.is_away
    is_staff = reader.part == Part.STAFF
    return Team(
        seats=[seat for seat in shown if seat.is_in],
        proposed=[seat for seat in shown if not seat.is_in] if may_change or is_staff else [],
        past=sorted(past, key=_ended, reverse=True) if may_change or is_staff else [],
        empty=_empty(plan, reader, facts),
        may_change=may_change and plan.is_open,
        may_propose=is_staff and plan.is_open,
        sees_reach=may_change or is_staff,
    )


def _ended(seat: Seat) -> dt.datetime:
    return seat.ended_at or seat.asked_at


def everyone(plan: Plan, facts: Facts | None = None, rows: list[Seat] | None = None) -> list[Seat]:
    """All who are on the team or proposed for it, whoever may know; in order. As it was, where the plan has ended."""
    found = [seat for seat in (kept(plan) if rows is None else rows) if seat.state in OPEN]
    if plan.is_open:
        own = (facts or facts_of(plan)).own
        found = [seat for seat in found if not seat.by_itself or seat.person_id in own]
        if own - {seat.person_id for seat in found}:  # somebody came since the team was last written to
            there = {seat.person_id for seat in found}
            found += [seat for seat in by_themselves(plan) if seat.person_id not in there]
    return sorted(found, key=lambda seat: (_ORDER.index(TeamRole(seat.role)), seat.joined_at or seat.asked_at))


def by_themselves(plan: Plan) -> list[Seat]:
    """Who is on it without being asked, as rows that are not kept yet; the same person and time give the same public id."""
    youth = plan.youth
    rows = [_seat(plan, youth.person, TeamRole.YOUTH, youth.joined_at, plan.opened_by)]
    rows += [_seat(plan, one.person, TeamRole.CAREGIVER, one.joined_at, one.added_by) for one in caregivers(plan)]
    rows += [_of_staff(plan, one) for one in staff(plan)]
    found: dict[int | None, Seat] = {}
    for row in rows:  # who has two jobs beside the family has one seat: care managers come first
        found.setdefault(row.person_id, row)
    return list(found.values())


def _seat(plan: Plan, person: Person, role: TeamRole, since: dt.datetime, by: Person | None, agency: str = "") -> Seat:
    since = max(since, plan.opened_at)
    return Seat(
        public_id=uuid.uuid5(_IDS, f"{plan.public_id} {person.public_id} {since.isoformat()}"),
        plan=plan,
        role=role,
        person=person,
        agency=agency[:120],
        by_itself=True,
        asked_by=by or plan.opened_by,
        asked_at=since,
        joined_at=since,
    )


def _of_staff(plan: Plan, beside: StaffAssignment) -> Seat:
    job = beside.staff_role
    role = TeamRole.CARE_MANAGER if job.role == StaffRole.Role.FACILITATOR else TeamRole.OTHER
    return _seat(plan, job.person, role, beside.started_at, beside.assigned_by, job.organization.name)


# -- who sees it, who may change it ------------------------------------------------------------------------------------------


def is_open_to(reader: Reader, seat: Seat, *, is_away: bool = False) -> bool:
    """A seat is as closed as the help it is there for. A natural support sees their own alone.

    Who is kept away from somebody of the household, and who decides about school alone, see the school's side.
    """
    if seat.person_id == reader.person.pk:
        return True
    if seat.access_basis == AccessBasis.SUBSTANCE:
        return reader.part == Part.YOUNG or (reader.part == Part.STAFF and seat.asked_by_id == reader.person.pk)
    if seat.access_basis == AccessBasis.MINOR and reader.part not in {Part.YOUNG, Part.STAFF}:
        return reader.is_let and not is_away
    if reader.part == Part.SUPPORT:
        return False
    if reader.part == Part.SCHOOL or is_away:
        return seat.role in ABOUT_SCHOOL or (seat.by_itself and seat.role == TeamRole.OTHER)
    return True


def _is_kept_away(reader: Reader, plan: Plan) -> bool:
    return reader.part in RAISING and families.is_kept_away(reader.person, plan.youth)


def _has_say(reader: Reader, plan: Plan) -> bool:
    """The young person, and who decides for them; who was let see what rests on their own word has no say in it."""
    return reader.part == Part.YOUNG or (reader.part == Part.RAISING and plan.access_basis == AccessBasis.PARENT)


def may_change(reader: Reader, plan: Plan) -> bool:
    """Ask somebody in, say yes or no to whom staff propose, take somebody off."""
    return plan.is_open and has_say(reader, plan)


def has_say(reader: Reader, plan: Plan) -> bool:
    """The same while there was a plan: who wrote to one that ended meanwhile is told so."""
    return _has_say(reader, plan) and not _is_kept_away(reader, plan)


def may_propose(reader: Reader) -> bool:
    return reader.part == Part.STAFF


def may_take_off(reader: Reader, plan: Plan, seat: Seat) -> bool:
    """The family takes off anyone who is not there by itself. Staff only whom staff put there, never the family's own."""
    if seat.by_itself or not is_open_to(reader, seat):
        return False
    if reader.part != Part.STAFF:
        return may_change(reader, plan)
    return seat.role != TeamRole.NEIGHBOR and not families.was_ever_in(seat.asked_by, plan.family)


def can_be_taken_off(reader: Reader, plan: Plan, team: Team) -> set[int]:
    """By their numbers, which seats of the team this reader may take off; the same as above, in one question."""
    by_hand = [seat for seat in team.everyone if not seat.by_itself]
    if team.may_change:
        return {seat.pk for seat in by_hand}
    if not team.may_propose:
        return set()
    asked_by = {seat.asked_by_id for seat in by_hand}
    own = set(Member.objects.filter(family=plan.family_id, person__in=asked_by).values_list("person", flat=True))
    return {seat.pk for seat in by_hand if seat.role != TeamRole.NEIGHBOR and seat.asked_by_id not in own}


def may_ask_change(reader: Reader, plan: Plan, seat: Seat) -> bool:
    """Ask for somebody else: of the staff beside the family, whom the family cannot take off by itself."""
    return is_of_staff(seat) and may_change(reader, plan)


def is_of_staff(seat: Seat) -> bool:
    return seat.by_itself and seat.role in {TeamRole.CARE_MANAGER, TeamRole.OTHER}


def may_set_reach(reader: Reader, plan: Plan, seat: Seat) -> bool:
    """How somebody wants to be reached: their own word. For who has no account, whoever may change the team and the staff."""
    if seat.person_id is not None:
        return seat.person_id == reader.person.pk and plan.is_open
    return is_open_to(reader, seat) and (may_change(reader, plan) or (may_propose(reader) and plan.is_open))


def candidates(reader: Reader, plan: Plan) -> list[Person]:
    """Whom that reader can ask in by account: people of the family's own life, and a peer partner of one's own."""
    found = {
        member.person_id: member.person
        for member in access.supports_of(plan)
        if not families.is_kept_away(member.person, plan.youth)
    }
    if reader.part != Part.STAFF:
        mine = pairings.visible_pairings(reader.person).filter(
            member__person=reader.person, family=plan.family_id, state__in=pairings.TAKES_PLACE
        )
        found |= {pairing.peer.person_id: pairing.peer.person for pairing in mine}
    taken = {seat.person_id for seat in everyone(plan)}
    return [person for pk, person in found.items() if pk not in taken]


def bases_in(reader: Reader, plan: Plan) -> list[AccessBasis]:
    """What a seat may rest on: staff say so where the help it is there for is closed."""
    return access.bases_in(reader, plan)


def seat_of(reader: Reader, plan: Plan, public_id: uuid.UUID) -> Seat | None:
    """One of those this reader sees."""
    return next((seat for seat in team_of(reader, plan).everyone if seat.public_id == public_id), None)


def told_of(plan: Plan, seat: Seat) -> list[Reader]:
    """Who hears that it changed: the staff beside the family, the young person and who decides, where they see it."""
    parts = {Part.STAFF, Part.YOUNG, Part.RAISING}
    return [
        reader
        for reader in access.readers_of(plan)
        if reader.part in parts and is_open_to(reader, seat, is_away=_is_kept_away(reader, plan))
    ]


# -- empty places --------------------------------------------------------------------------------------------------------


def missing_roles(plan: Plan, reader: Reader | None = None) -> list[TeamRole]:
    """The places the programme asks for where nobody is. For a reader: nobody they see, as a gap would tell of who is there."""
    return list(empty_places(plan, reader))


def empty_places(plan: Plan, reader: Reader | None = None) -> dict[TeamRole, str]:
    """By empty place the newest reason somebody gave, or "". Asked in one question: plan pages show it.

    Without a reader, as the family knows it: a seat that rests on the young person's own word fills no place.
    """
    return _empty(plan, reader, facts_of(plan, reader))


def _empty(plan: Plan, reader: Reader | None, facts: Facts) -> dict[TeamRole, str]:
    is_part = reader is not None and (reader.part in {Part.SCHOOL, Part.SUPPORT} or facts.is_away)
    if is_part or not plan.is_open:  # who sees a part of the team alone cannot tell what is empty
        return {}
    filled = {role for role, basis, by in facts.seats if _fills(reader, basis, by)}
    return {role: facts.reasons.get(role, "") for role in _wanted(plan) if role not in filled}


def _wanted(plan: Plan) -> list[TeamRole]:
    """The places its programme asks for. Where it is a young person's own, no parent is missing."""
    shape = plan.family.program.profile.team
    roles = [TeamRole(one) for one in shape.roles] if shape is not None else []
    is_parents = plan.access_basis == AccessBasis.PARENT and people.is_minor(plan.youth.person, plan.family.program)
    return [role for role in roles if role != TeamRole.YOUTH and (is_parents or role != TeamRole.CAREGIVER)]


def _fills(reader: Reader | None, basis: str, by: int) -> bool:
    if basis == AccessBasis.PARENT:
        return True
    return reader is not None and is_open_to(reader, Seat(access_basis=basis, asked_by_id=by))


# -- asking for somebody else ------------------------------------------------------------------------------------------------


def visible_asks(reader: Reader, plan: Plan) -> QuerySet[TeamAsk]:
    """One's own, and for the staff beside the family all: what one of the family says to staff is told to no other of it."""
    rows = TeamAsk.objects.filter(seat__plan=plan).select_related("seat__person", "asked_by", "answered_by")
    if reader.part != Part.STAFF:
        rows = rows.filter(asked_by=reader.person)
    return rows.order_by("-pk")


def ask_for(person: Person, public_id: uuid.UUID) -> tuple[TeamAsk, Reader] | None:
    """One that this person may read, with their part in its plan."""
    rows = TeamAsk.objects.select_related(
        "seat__person", "seat__plan__family__program", "seat__plan__youth__person", "asked_by", "answered_by"
    )
    ask = rows.filter(public_id=public_id).first()
    reader = access.reader_of(person, ask.seat.plan) if ask is not None else None
    if ask is None or reader is None or not visible_asks(reader, ask.seat.plan).filter(pk=ask.pk).exists():
        return None
    return ask, reader


def late_asks() -> list[Clock]:
    """The dates of asks that nobody answered in time and nobody above the staff knows of yet."""
    missed = Clock.objects.filter(subject="team_ask", state=Clock.State.MISSED, responsible=None)
    return list(missed.select_related("family__program").order_by("pk"))


def above_staff(ask: TeamAsk) -> StaffRole | None:
    """Who leads the staff beside the family; else who leads the programme. Never whom it is about, nor anybody close to it."""
    family = ask.seat.plan.family
    beside = families.standing_beside(moment.now()).filter(family=family).values("staff_role")
    roles = StaffRole.objects.filter(StaffRole.in_force(timezone.now()), person__is_active=True)
    roles = families.without_ties(roles, family).exclude(person=ask.seat.person_id).exclude(pk__in=beside)
    supervisors = roles.filter(supervises__in=beside)
    leads = roles.filter(role=StaffRole.Role.PROGRAMME_LEAD, organization__program=family.program_id)
    return supervisors.order_by("pk").first() or leads.order_by("pk").first()


def may_answer_ask(reader: Reader, ask: TeamAsk) -> bool:
    """Staff beside the family; about oneself only where nobody else is there who could."""
    if reader.part != Part.STAFF:
        return False
    others = families.standing_beside(moment.now()).filter(family=ask.seat.plan.family_id)
    is_about_me = ask.seat.person_id == reader.person.pk
    return not is_about_me or not others.exclude(staff_role__person=reader.person).exists()
