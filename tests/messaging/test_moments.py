"""What happens between one moment and the next: a clock that jumps, and a conversation that ends before the commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from messaging.actions import end_conversation, end_participation, open_conversation, send_message
from messaging.history import messages_after, messages_before
from messaging.models import Conversation, Message
from messaging.sending import Refusal, Sending, Stored
from messaging.writer import writer
from portal.access.conversations import LONGEST_KEPT
from portal.accounts.models import Person
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

MINUTE, DAY = 60, 86_400
seconds = st.one_of(st.integers(-10 * MINUTE, 10 * MINUTE), st.integers(-9 * DAY, 30 * DAY))
some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def clock() -> Iterator[Callable[[int], dt.datetime]]:
    """Sets the clock to so many seconds from ten days after the cast was made, whatever it said before."""
    base = timezone.now() + dt.timedelta(days=10)
    moment = base

    def set_to(offset: int) -> dt.datetime:
        nonlocal moment
        moment = base + dt.timedelta(seconds=offset)
        return moment

    with patch.object(timezone, "now", lambda: moment):
        yield set_to


def new_talk(world: World) -> Conversation:
    members = [(world.caregiver, None), (world.peer, world.peer_role)]
    return open_conversation(actor=world.liaison, family=world.family, members=[*members])


def outcome(author: Person, conversation: Conversation, body: str = "…") -> Stored | str:
    try:
        sent = send_message(author=author, conversation=conversation, key=uuid4(), body=body)
    except Refusal as refusal:
        return refusal.code
    assert isinstance(sent, Stored)
    return sent


@some
@given(st.lists(seconds, min_size=2, max_size=12))
@example([0, 3 * DAY, -2 * DAY, 60, -9 * DAY, 30 * DAY, 0])
def test_whatever_the_clock_says_messages_stand_in_the_order_they_were_stored(
    world_committed: World, jumps: list[int]
) -> None:
    world, talk = world_committed, new_talk(world_committed)
    with clock() as set_to:
        moments = []
        for n, jump in enumerate(jumps, 1):
            moments.append(set_to(jump))
            stored = outcome((world.caregiver, world.peer)[n % 2], talk, f"{n}")
            assert isinstance(stored, Stored)
            assert (stored.seq, stored.sent_at) == (n, moments[-1])
    count = len(jumps)
    shown = messages_after(talk, 0)
    assert [(each.seq, each.body, each.sent_at) for each in shown] == [
        (n, f"{n}", moment) for n, moment in enumerate(moments, 1)
    ]
    assert [each.seq for each in messages_after(talk, 1)] == list(range(2, count + 1))
    assert [each.seq for each in messages_before(talk, count)] == list(range(1, count))


@some
@given(st.lists(seconds, max_size=4), st.lists(seconds, max_size=8))
@example([20 * DAY], [0])
@example([0], [5 * MINUTE])
@example([0, 60], [-1, 30, 200])
def test_an_account_closed_meanwhile_stops_however_the_clock_jumps(
    world_committed: World, before: list[int], after: list[int]
) -> None:
    """Closing raises no version: it counts within five minutes by the clock at the latest, and once it counted it stays."""
    world, talk = world_committed, new_talk(world_committed)
    try:
        with clock() as set_to:
            for jump in before:
                set_to(jump)
                assert isinstance(outcome(world.caregiver, talk), Stored)
            closed_at = set_to(0)
            assert isinstance(outcome(world.caregiver, talk), Stored)
            Person.objects.filter(pk=world.caregiver.pk).update(is_active=False)
            may_still = True
            for jump in [*after, LONGEST_KEPT.seconds]:
                may_still = may_still and abs(set_to(jump) - closed_at) < LONGEST_KEPT
                said = outcome(world.caregiver, talk)
                assert said == "not_found" or (may_still and isinstance(said, Stored)), jump
                may_still = may_still and said != "not_found"
                assert isinstance(outcome(world.peer, talk), Stored)
    finally:
        Person.objects.filter(pk=world.caregiver.pk).update(is_active=True)


def end(world: World) -> None:
    end_conversation(actor=world.caregiver, conversation=world.conversation)


def pause(world: World) -> None:
    state, version = Conversation.State.PAUSED, F("access_version") + 1
    Conversation.objects.filter(pk=world.conversation.pk).update(state=state, access_version=version)


def let_the_peer_go(world: World) -> None:
    end_participation(conversation=world.conversation, person=world.peer)


@pytest.mark.parametrize(
    ("happens", "caregiver", "peer"),
    [(end, "ended", "ended"), (pause, "paused", "paused"), (let_the_peer_go, "stored", "not_found")],
)
def test_what_ends_between_admission_and_commit_is_said_and_never_stored(
    world_committed: World, happens: Callable[[World], None], caregiver: str, peer: str
) -> None:
    """All in one batch, with a repeat among them; who writes elsewhere is stored as if nothing had happened."""
    world, repeated = world_committed, uuid4()
    senders = [
        (world.conversation, world.caregiver, uuid4(), caregiver),
        (world.conversation, world.peer, repeated, peer),
        (world.stranger_conversation, world.stranger_caregiver, uuid4(), "stored"),
        (world.conversation, world.peer, repeated, peer),
    ]
    sendings = [
        Sending(talk.public_id, key, author.pk, str(author.public_id), "just now", waiting=Future())
        for talk, author, key, _expected in senders
    ]
    real = writer._write
    happened: list[int] = []

    def write(batch: Sequence[Sending]) -> list[Stored]:
        if not happened:
            happens(world)
        happened.append(len(batch))
        return real([*batch])

    with patch.object(writer, "_write", write):
        writer._store(sendings)
    assert happened[0] == 3, "it was to happen after all were let in"
    for sending, (*_who, expected) in zip(sendings, senders, strict=True):
        assert said(sending) == expected
    for talk, stored in ((world.conversation, caregiver == "stored"), (world.stranger_conversation, True)):
        talk.refresh_from_db()
        assert talk.last_seq == Message.objects.filter(conversation=talk).count() == int(stored)


def said(sending: Sending) -> str:
    assert sending.waiting is not None
    try:
        sending.waiting.result(timeout=0)
    except Refusal as refusal:
        return refusal.code
    return "stored"
