"""A young person and a mentor, as far as a test needs them."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from django.utils import timezone

from messaging.models import Conversation, Message, Participant, data_key_context
from peer_support import actions
from peer_support.models import Pairing
from portal import crypto
from portal.families import actions as families
from portal.families.models import LegalAuthority
from portal.families.models import Member as FamilyMember
from portal.programs.models import StaffRole
from tests.peer_support.helping import again
from tests.world import World


def offered_mentor(world: World) -> Pairing:
    """The liaison thought of a mentor for the young person of 15."""
    known = Pairing.objects.filter(member=world.youth_member, peer=world.mentor_role, state__in=Pairing.OPEN).first()
    return known or actions.propose_pairing(
        actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="Both like to draw."
    )


def mentored(world: World, state: str = "active") -> Pairing:
    """The young person said yes, there is a conversation, and the match is in that state."""
    pairing = offered_mentor(world)
    if pairing.state == Pairing.State.PROPOSED:
        actions.accept_pairing(actor=world.youth, pairing=pairing)
        pairing = again(pairing)
    if pairing.conversation_id is None:
        pairing.conversation = talk(world, world.mentor_role)
    pairing.state = state
    if state == "paused":
        pairing.paused_by = "guardian"
    pairing.save()
    return again(pairing)


def talk(world: World, role: StaffRole) -> Conversation:
    public_id = uuid4()
    conversation = Conversation.objects.create(
        public_id=public_id, family=world.family, data_key=crypto.new_data_key(data_key_context(public_id))
    )
    Participant.objects.create(conversation=conversation, person=world.youth)
    Participant.objects.create(conversation=conversation, person=role.person, staff_role=role)
    return conversation


def wrote(pairing: Pairing, at: dt.datetime, body: str = "I drew a heron") -> None:
    """Straight into the table: the writer has a connection of its own."""
    conversation = pairing.conversation
    assert conversation is not None
    key = uuid4()
    seq = Message.objects.filter(conversation=conversation).count() + 1
    sealed = conversation.cipher().seal(body, conversation.public_id.bytes + key.bytes)
    Message.objects.create(
        conversation=conversation, seq=seq, key=key, author=pairing.member.person, body=sealed, sent_at=at
    )
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq, last_sent_at=at)


def says(world: World, adult: FamilyMember, scope: str, youth: FamilyMember | None = None) -> LegalAuthority:
    """A paper was seen, by which this adult has that say over the young person from today on, and no other."""
    youth = youth or world.youth_member
    LegalAuthority.objects.filter(adult=adult, youth=youth).update(
        ends_on=youth.family.program.today() - dt.timedelta(days=1)
    )
    return families.record_authority(
        actor=world.liaison,
        adult=adult,
        youth=youth,
        scope=LegalAuthority.Scope(scope),
        evidence="Court order seen",
        starts_on=youth.family.program.today() - dt.timedelta(days=1),
    )


def says_nothing(adult: FamilyMember) -> None:
    LegalAuthority.objects.filter(adult=adult).update(ends_on=timezone.now().date() - dt.timedelta(days=3))
