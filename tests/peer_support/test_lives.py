"""A pairing's life by its actions: what may follow what, who is told, and what may have changed since it was proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from messaging.actions import open_conversation
from messaging.models import Conversation
from peer_support import actions
from peer_support.models import Pairing
from portal.access import Refused
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.families import actions as families
from portal.families.models import Family, Member, NoContact, StaffAssignment
from portal.notices.models import Notice
from portal.programs.actions import appoint, end_role
from portal.programs.models import StaffRole
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_yes_opens_one_conversation_however_often_it_is_sent(world: World) -> None:
    first = actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)
    assert actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer) == first
    assert Conversation.objects.filter(pairing=world.offer).count() == 1
    assert {notice.person for notice in Notice.objects.filter(kind=Notice.Kind.PAIRING_ACCEPTED)} >= {
        world.second_peer,
        world.liaison,
    }


def test_no_needs_no_reason_and_the_peer_never_hears_of_it(world: World) -> None:
    actions.decline_pairing(actor=world.second_caregiver, pairing=world.offer)
    told = Notice.objects.filter(kind=Notice.Kind.PAIRING_DECLINED)
    assert [notice.person for notice in told] == [world.liaison]
    with pytest.raises(Refused):
        actions.accept_pairing(actor=world.second_caregiver, pairing=world.offer)


def test_a_proposal_taken_back_can_no_longer_be_answered(world: World) -> None:
    with pytest.raises(Refused):
        actions.withdraw_pairing(actor=world.second_caregiver, pairing=world.offer)
    actions.withdraw_pairing(actor=world.liaison, pairing=world.offer)
    assert Notice.objects.get(person=world.second_caregiver, kind=Notice.Kind.PAIRING_PROPOSED).read_at
    for answer in (actions.accept_pairing, actions.decline_pairing):
        with pytest.raises(Refused):
            answer(actor=world.second_caregiver, pairing=world.offer)


def test_the_same_peer_is_not_proposed_twice_at_once(world: World) -> None:
    with pytest.raises(actions.AlreadyPaired):
        actions.propose_pairing(
            actor=world.liaison, member=world.second_caregiver_member, peer=world.second_peer_role, reason="Again"
        )


def test_a_liaison_who_has_left_the_family_is_not_told_of_the_answer(world: World) -> None:
    StaffAssignment.objects.filter(staff_role=world.liaison_role).update(ended_at=timezone.now())
    actions.decline_pairing(actor=world.second_caregiver, pairing=world.offer)
    assert not Notice.objects.filter(kind=Notice.Kind.PAIRING_DECLINED).exists()


def _joins_the_family(world: World) -> None:
    Member.objects.create(family=world.family, person=world.second_peer, role=Member.Role.NATURAL_SUPPORT)


def _is_kept_away(world: World) -> None:
    _joins_the_family(world)
    member = Member.objects.get(family=world.family, person=world.second_peer)
    NoContact.objects.create(
        protected=world.caregiver_member, hidden_from=member, reason="order", recorded_by=world.liaison
    )
    Member.objects.filter(pk=member.pk).update(left_at=timezone.now())


def _closes(world: World) -> None:
    Family.objects.filter(pk=world.family.pk).update(closed_at=timezone.now())


def _ends(world: World) -> None:
    end_role(actor=None, role=world.second_peer_role)


def _is_closed(world: World) -> None:
    world.second_peer.is_active = False
    world.second_peer.save()


@pytest.mark.parametrize("change", [_joins_the_family, _is_kept_away, _closes, _ends, _is_closed])
def test_a_yes_comes_too_late_when_things_changed_since_the_proposal(
    world: World, change: Callable[[World], None]
) -> None:
    change(world)
    world.offer.refresh_from_db()
    with pytest.raises(Refused):
        actions.accept_pairing(actor=world.second_caregiver, pairing=Pairing.objects.get(pk=world.offer.pk))
    assert Pairing.objects.get(pk=world.offer.pk).state == Pairing.State.PROPOSED


def test_when_a_job_ends_everything_that_hangs_on_it_ends_and_the_family_keeps_its_history(world: World) -> None:
    actions.end_staff_role(actor=None, role=world.peer_role)
    actions.end_staff_role(actor=None, role=world.second_peer_role)
    pairing, offer = (Pairing.objects.get(pk=one.pk) for one in (world.pairing, world.offer))
    assert (pairing.state, offer.state) == (Pairing.State.ENDED, Pairing.State.WITHDRAWN)
    conversation = Conversation.objects.get(pk=world.conversation.pk)
    assert conversation.state == Conversation.State.ENDED
    assert conversation.access_version > world.conversation.access_version
    assert list(conversation.participants.filter(left_at=None).values_list("person", flat=True)) == [world.caregiver.pk]


def test_a_conversation_opens_only_between_the_familys_people_and_staff_in_their_own_role(world: World) -> None:
    wrong: list[list[tuple[Person, StaffRole | None]]] = [
        [(world.caregiver, None), (world.peer, None)],  # staff without their role
        [(world.caregiver, None), (world.stranger_peer, world.peer_role)],  # in somebody else's
        [(world.stranger_caregiver, None), (world.peer, world.peer_role)],  # another family's
        [(world.youth, None), (world.mentor, world.mentor_role)],  # a helper and someone under 18
    ]
    for members in wrong:
        with pytest.raises(Refused):
            open_conversation(actor=world.liaison, family=world.family, members=members)


def test_staff_are_not_set_over_their_own_people_nor_into_the_family_by_themselves(world: World) -> None:
    with pytest.raises(Refused):
        families.add_member(actor=world.liaison, family=world.family, person=world.liaison, role=Member.Role.CAREGIVER)
    own = create_person(display_name="Both", is_adult_confirmed=True)
    families.add_member(
        actor=world.liaison, family=world.family, person=own, role=Member.Role.NATURAL_SUPPORT, relation="aunt"
    )
    role = appoint(
        actor=None, person=own, organization=world.liaison_role.organization, role=StaffRole.Role.FACILITATOR
    )
    with pytest.raises(Refused):
        families.assign(actor=world.liaison, family=world.family, staff_role=role)
