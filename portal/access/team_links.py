"""Links by which somebody of the family's own life joins a team: who makes one, while it holds, and whom it lets in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from portal.access import apart, families, people
from portal.access import care as access
from portal.access.care import Reader
from portal.access.team import Team, may_change
from portal.access.team_rows import OPEN
from portal.accounts.models import Person
from portal.care.models import Plan, Seat, TeamLink, TeamRole
from portal.families.models import AccessBasis, Member, StaffAssignment


def may_make_link(reader: Reader, plan: Plan, seat: Seat) -> bool:
    """For somebody of the family's own life who is there by name. What rests on another consent than a parent's is not shown to
    anybody by a tick, so that a link would lead to nothing.
    """
    is_for_one = seat.role == TeamRole.NEIGHBOR and seat.person_id is None and seat.is_in
    is_shown = seat.access_basis == plan.access_basis == AccessBasis.PARENT
    return is_for_one and is_shown and may_change(reader, plan)


def links_of(team: Team, plan: Plan) -> dict[int, TeamLink]:
    """By seat, its newest link: for those who may change the team."""
    if not team.may_change:
        return {}
    return {link.seat_id: link for link in TeamLink.objects.filter(seat__plan=plan).order_by("pk")}


def link_with(token: str) -> TeamLink | None:
    """The link behind an address, used or not. Who made it must still have a say: a link does not outlive that."""
    rows = TeamLink.objects.select_related("seat__plan__family__program", "seat__plan__youth__person", "made_by")
    link = rows.filter(token_hash=TeamLink.digest(token)).first()
    return link if link is not None and _still_holds(link) else None


def _still_holds(link: TeamLink) -> bool:
    seat, reader = link.seat, access.reader_of(link.made_by, link.seat.plan)
    return reader is not None and seat.is_in and may_change(reader, seat.plan)


def may_come_in(person: Person, plan: Plan) -> bool:
    """By a link: a grown-up who is kept apart from nobody of the family, does not work beside it, and is not of the household."""
    if not person.is_active or people.is_minor(person, plan.family.program):
        return False
    placed = Member.objects.filter(family=plan.family_id, person=person).exclude(role=Member.Role.NATURAL_SUPPORT)
    beside = StaffAssignment.objects.filter(
        StaffAssignment.in_force(timezone.now()), family=plan.family_id, staff_role__person=person
    )
    return not (placed.exists() or beside.exists() or _is_apart(person, plan) or _has_seat(person, plan))


def _is_apart(person: Person, plan: Plan) -> bool:
    household: Iterable[int] = Member.objects.filter(family=plan.family_id).values_list("person", flat=True)
    pairs = apart.kept_apart({person.pk, *household}, plan.family.program.today())
    is_new = not families.was_ever_in(person, plan.family)
    return any(person.pk == away or (is_new and person.pk == protected) for away, protected in pairs)


def _has_seat(person: Person, plan: Plan) -> bool:
    return Seat.objects.filter(plan=plan, person=person, state__in=OPEN).exists()
