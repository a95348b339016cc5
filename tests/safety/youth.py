"""A young person and a mentor who may write to each other: matched, permitted, and watched over by somebody on the rota."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from messaging.actions import send_message
from messaging.models import Conversation
from messaging.sending import Held, Stored
from peer_support import actions as peer_support
from peer_support.models import Pairing, Permission
from portal.accounts.models import Person
from portal.programs.models import StaffRole
from portal.safety import actions
from tests.world import World


def answers_all_week(role: StaffRole) -> None:
    actions.add_duty_hours(actor=role.person, role=role, weekdays=range(7), starts=dt.time(8), ends=dt.time(18))


@dataclass
class Youth:
    """Theo and his mentor Dana; Ruth, who leads her, watches over what they write."""

    world: World
    pairing: Pairing
    conversation: Conversation

    @property
    def person(self) -> Person:
        return self.world.youth

    @property
    def mentor(self) -> Person:
        return self.world.mentor

    @property
    def supervisor(self) -> Person:
        return self.world.supervisor

    def say(self, body: str, author: Person | None = None, key: UUID | None = None) -> Stored | Held:
        return send_message(author=author or self.person, conversation=self.conversation, key=key or uuid4(), body=body)

    def now(self) -> Conversation:
        return Conversation.objects.select_related("family__program").get(pk=self.conversation.pk)


def permit(pairing: Pairing, by: Person, days: int = 365) -> Permission:
    """As a guardian gives it."""
    permission = Permission.objects.create(
        pairing=pairing, given_by=by, ends_on=pairing.today + dt.timedelta(days=days)
    )
    assert pairing.conversation is not None
    Conversation.objects.filter(pk=pairing.conversation.pk).update(
        access_version=Conversation.objects.get(pk=pairing.conversation.pk).access_version + 1
    )
    return permission


def matched(world: World) -> Youth:
    """The match alone: the mentor leads, nobody permitted it and nobody is on a rota."""
    offer = peer_support.propose_pairing(
        actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="They both draw."
    )
    conversation = peer_support.accept_pairing(actor=world.youth, pairing=offer)
    assert conversation is not None
    offer.refresh_from_db()
    return Youth(world, offer, conversation)


def talking(world: World) -> Youth:
    """All four parts of the door: they may write."""
    for role in (world.supervisor_role, world.liaison_role):
        answers_all_week(role)
    youth = matched(world)
    permit(youth.pairing, world.caregiver)
    return youth
