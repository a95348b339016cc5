"""Absent readers are told that something waits: once, not about their own words, not about what they have read."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.actions import announce_unread, mark_read, send_message
from messaging.models import Conversation
from portal import worker
from portal.notices.models import Notice
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def said(world: World, text: str = "Hello") -> int:
    send_message(author=world.peer, conversation=world.conversation, key=uuid4(), body=text)
    seq = Conversation.objects.get(pk=world.conversation.pk).last_seq
    an_hour_ago = timezone.now() - dt.timedelta(hours=1)
    Conversation.objects.filter(pk=world.conversation.pk).update(last_sent_at=an_hour_ago)
    return seq


def told() -> list[int]:
    return list(Notice.objects.filter(kind=Notice.Kind.MESSAGE).values_list("person_id", flat=True))


def test_the_reader_is_told_once_and_the_author_never(world_committed: World) -> None:
    said(world_committed)
    assert announce_unread() == 1
    assert announce_unread() == 0
    assert told() == [world_committed.caregiver.pk]


def test_more_messages_while_one_notice_is_unread_add_none(world_committed: World) -> None:
    said(world_committed)
    announce_unread()
    said(world_committed, "and another")
    announce_unread()
    assert told() == [world_committed.caregiver.pk]


def test_what_is_read_in_time_is_not_announced_and_reading_takes_the_notice_back(world_committed: World) -> None:
    world = world_committed
    seq = said(world)
    mark_read(person=world.caregiver, conversation=world.conversation, seq=seq)
    assert announce_unread() == 0
    seq = said(world, "later")
    announce_unread()
    assert Notice.objects.get(person=world.caregiver, kind=Notice.Kind.MESSAGE).read_at is None
    mark_read(person=world.caregiver, conversation=world.conversation, seq=seq)
    assert Notice.objects.get(person=world.caregiver, kind=Notice.Kind.MESSAGE).read_at is not None


def test_a_fresh_message_waits_a_moment(world_committed: World) -> None:
    world = world_committed
    send_message(author=world.peer, conversation=world.conversation, key=uuid4(), body="just now")
    assert announce_unread() == 0


def test_a_round_of_the_worker_does_all_of_it(world_committed: World) -> None:
    said(world_committed)
    done = worker.one_round()
    assert done["announced"] == 1
    assert worker.one_round()["announced"] == 0
