"""Small steps that several tests of this room take."""

from __future__ import annotations

import datetime as dt

from peer_support import actions
from peer_support.models import HandOff, Pairing
from portal.programs.models import StaffRole
from tests.world import World


def again(pairing: Pairing) -> Pairing:
    return Pairing.objects.select_related("peer__person", "member__person", "family__program").get(pk=pairing.pk)


def day(world: World, days: int = 0) -> dt.date:
    return world.program.today() + dt.timedelta(days=days)


def offered(world: World, peer: StaffRole | None = None) -> Pairing:
    """Another peer partner for the caregiver."""
    return actions.propose_pairing(
        actor=world.liaison,
        member=world.caregiver_member,
        peer=peer or world.second_peer_role,
        reason="They both know the court.",
    )


def paired(world: World) -> Pairing:
    """The caregiver has said yes to a second peer partner, too."""
    new = offered(world)
    actions.accept_pairing(actor=world.caregiver, pairing=new)
    return again(new)


def plan(world: World, days: int = 3) -> actions.Plan:
    return actions.Plan(meets_on=day(world, days), way="in_person", setting="crisis_unit", place="Room 4")


def meeting(world: World, *, present: bool = True, place: str = "Room 4", days: int = 0) -> actions.Meeting:
    return actions.Meeting(
        met_on=day(world, days), way="in_person", setting="crisis_unit", place=place, family_present=present
    )


def coordinated(world: World) -> None:
    """The facilitator answers for the family."""
    actions.start_coordination(actor=world.liaison, family=world.family, coordinator=world.facilitator_role)


def handing_over(world: World, days: int = 3) -> HandOff:
    """The facilitator is to bring in the liaison, with the caregiver."""
    return actions.plan_coordinator_hand_off(
        actor=world.liaison,
        family=world.family,
        member=world.caregiver_member,
        receiver=world.liaison_role,
        plan=plan(world, days),
    )


def confirmed(world: World, hand_off: HandOff) -> HandOff.State:
    """Both say that they met with the family."""
    actions.confirm_hand_off(actor=hand_off.giver.person, hand_off=hand_off, meeting=meeting(world))
    return actions.confirm_hand_off(actor=hand_off.receiver.person, hand_off=hand_off, meeting=meeting(world))
