"""A young person and a mentor who talk, somebody who watches over it, and a clock that tests turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.models import Conversation, Flag, Message, Participant, body_context, data_key_context
from peer_support.models import Pairing, Permission
from portal import crypto
from portal.access import on_call
from portal.accounts.models import Person
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety import actions
from portal.safety.models import Concern, DutyHours, Supervision
from tests.world import World


@dataclass
class Talk:
    """Theo and Dana, with Ruth watching; nobody is on call until a test says so."""

    world: World
    patch: pytest.MonkeyPatch
    start: dt.datetime = field(init=False)
    now: dt.datetime = field(init=False)
    on_shift: list[StaffRole] = field(default_factory=list)
    conversation: Conversation = field(init=False)
    pairing: Pairing = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = talk_of(self.world)
        self.start = self.now = timezone.now()
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.patch.setattr(on_call, "on_call_now", self._on_call)
        self.pairing = Pairing.objects.get(conversation=self.conversation)

    def _on_call(self, organization: object, _now: dt.datetime) -> list[StaffRole]:
        return [role for role in self.on_shift if role.organization == organization]

    def said(self, author: Person, text: str = "I cannot go on.", level: str = "crisis", *kinds: str) -> Flag:
        """A message as the writer stores it, with what the screener found in it."""
        conversation = self.conversation
        conversation.refresh_from_db()
        key, seq = uuid4(), conversation.last_seq + 1
        body = conversation.cipher().seal(text, body_context(conversation.public_id, key))
        Message.objects.create(conversation=conversation, seq=seq, key=key, author=author, body=body, sent_at=self.now)
        Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq, last_sent_at=self.now)
        conversation.refresh_from_db()
        return Flag.objects.create(
            conversation=conversation,
            key=key,
            author=author,
            level=level,
            kinds=list(kinds or ["suicide"]),
            at=self.now,
        )

    def after(self, **wait: float) -> int:
        """So long after the start the worker comes round, twice: gives how many steps were taken."""
        self.now = self.start + dt.timedelta(**wait)
        actions.take_flags()
        taken = actions.climb_concerns()
        assert actions.climb_concerns() == 0, "a step was taken twice"
        return taken

    @property
    def concern(self) -> Concern:
        return Concern.objects.get()


def talk_of(world: World) -> Conversation:
    """Their conversation as an approved match has it, without the steps that lead there."""
    public_id = uuid4()
    conversation = Conversation.objects.create(
        public_id=public_id, family=world.family, data_key=crypto.new_data_key(data_key_context(public_id))
    )
    pairing = Pairing.objects.create(
        family=world.family, member=world.youth_member, peer=world.mentor_role, reason="Both draw.",
        state=Pairing.State.ACTIVE, conversation=conversation, proposed_by=world.liaison,
        answered_at=timezone.now(), began_at=timezone.now(),
    )  # fmt: skip
    Participant.objects.create(conversation=conversation, person=world.youth)
    Participant.objects.create(conversation=conversation, person=world.mentor, staff_role=world.mentor_role)
    Permission.objects.create(
        pairing=pairing, given_by=world.caregiver, ends_on=world.program.today() + dt.timedelta(days=300)
    )
    Supervision.objects.create(conversation=conversation, staff_role=world.supervisor_role)
    for role in (world.supervisor_role, world.liaison_role):
        DutyHours.objects.bulk_create(
            DutyHours(staff_role=role, weekday=day, starts=dt.time(0), ends=dt.time(23, 59)) for day in range(7)
        )
    return conversation


def told(kind: str = Notice.Kind.SAFETY) -> set[Person]:
    return {one.person for one in Notice.objects.filter(kind=kind, read_at=None).select_related("person")}


def steps(concern: Concern) -> list[tuple[str, list[str]]]:
    """Those that were taken, in order, and whom each told."""
    return [
        (one.step, sorted(role.person.first_name for role in one.told.select_related("person")))
        for one in concern.steps.order_by("pk")
    ]
