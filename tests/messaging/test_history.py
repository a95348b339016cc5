"""What a long history costs: pages, lists and catching up find their rows by an index, sort none, and read a bounded number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.actions import open_conversation
from messaging.history import MOST, messages_after
from messaging.models import Conversation, Participant
from portal.access import conversations as access
from tests.messaging.filling import fill
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TABLES = ("messaging_message", "messaging_conversation", "messaging_participant")
MOST_ROWS = access.MOST_LOOKED_AT  # what one query may read of one table
# Of so many PostgreSQL expects to find one's own by the index for a third of what reading them all would cost it (73 to 206);
# of a few hundred both cost it the same, and it takes now the one, now the other.
MANY = 3_000


@pytest.fixture
def long_talk(world: World) -> Conversation:
    """3,000 messages nobody has read, between other conversations of the same two and many of others."""
    others = Conversation.objects.bulk_create(
        Conversation(family=world.stranger_family, data_key=b"") for _ in range(MANY)
    )
    strangers = ((world.stranger_caregiver, None), (world.stranger_peer, world.stranger_peer_role))
    Participant.objects.bulk_create(
        Participant(conversation=talk, person=person, staff_role=role) for talk in others for person, role in strangers
    )
    for _each in range(10):
        other = open_conversation(
            actor=world.liaison, family=world.family, members=[(world.caregiver, None), (world.peer, world.peer_role)]
        )
        fill(other, [world.peer], ["hello"] * 100)
    fill(world.conversation, [world.peer, world.peer, world.caregiver], ["hello"] * 3_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # so small a database it would rather read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
    return world.conversation


Ask = Callable[[Client, World, Conversation], object]
ASKS: dict[str, Ask] = {
    "the page": lambda client, _world, talk: client.get(f"/conversations/{talk.public_id}/"),
    "an older page": lambda client, _world, talk: client.get(f"/conversations/{talk.public_id}/?before=1500"),
    "the list": lambda client, _world, _talk: client.get("/messages/"),
    "Home": lambda client, _world, _talk: client.get("/"),
    "after a number": lambda client, _world, talk: client.get(
        f"/conversations/{talk.public_id}/messages/?after=2950", headers={"accept": "application/json"}
    ),
    "the socket's greeting": lambda _client, world, talk: (
        [row.conversation for row in access.participations(world.caregiver)],
        messages_after(talk, 2950),
        access.standings([world.caregiver.pk]),
    ),
    "who is behind": lambda _client, _world, talk: list(access.behind(talk)),
    "finding words": lambda client, _world, talk: client.post(
        f"/conversations/{talk.public_id}/search/", {"query": "hello"}
    ),
}


@pytest.mark.parametrize("what", ASKS)
def test_rows_are_found_by_an_index_in_order_and_few_are_read(world: World, long_talk: Conversation, what: str) -> None:
    client = signed_in(None, world.caregiver)
    with CaptureQueriesContext(connection) as asked:
        ASKS[what](client, world, long_talk)
    queries = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and 'FROM "messaging_' in one["sql"]]
    assert queries
    problems_of = _problems_on_postgresql if connection.vendor == "postgresql" else _problems_on_sqlite
    assert [(query, problem) for query in queries for problem in problems_of(query)] == []


def _problems_on_sqlite(query: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        steps = [row[3] for row in cursor.fetchall()]
    sorts_messages = 'FROM "messaging_message"' in query.partition("WHERE")[0].partition("(SELECT")[0]
    for step in steps:
        # What a query inside gave is gone through again; a table is not.
        if step.startswith("SCAN") and not step.startswith(("SCAN few", "SCAN (", "SCAN CONSTANT")):
            yield step
        if step.startswith("SEARCH messaging_message") and "conversation_id=?" not in step:
            yield step
        if sorts_messages and "TEMP B-TREE" in step:
            yield step


def _problems_on_postgresql(query: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
        (found,) = cursor.fetchone()
    (plan,) = json.loads(found) if isinstance(found, str) else found
    for node in _nodes(plan["Plan"]):
        if node["Node Type"] == "Sort" and node["Actual Rows"] > MOST:  # a page of rows may be put in order
            yield f"sorts {node['Actual Rows']} rows by {node['Sort Key']}"
        if node.get("Relation Name") in TABLES:
            yield from _problems_of_node(node)


def _problems_of_node(node: dict[str, Any]) -> Iterator[str]:
    table, condition = node["Relation Name"], node.get("Index Cond") or node.get("Recheck Cond") or ""
    if not condition:
        yield f"{node['Node Type']} of {table}"
    if table == TABLES[0] and not ("conversation_id" in condition and "seq" in condition):
        yield f"messages by {condition}"
    if (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) > MOST_ROWS:
        yield f"{node['Actual Rows']} rows of {table}"


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", []):
        yield from _nodes(inner)


# -- unread ---------------------------------------------------------------------------------------------------------------


def unread(world: World) -> dict[UUID, int]:
    return {row.conversation.public_id: row.unread for row in access.inbox(world.caregiver)}  # type: ignore[attr-defined]


def test_fifty_thousand_unread_cost_what_a_hundred_cost(world: World) -> None:
    """Nobody needs the number: above 99 a list says "99+"."""
    talk = world.conversation
    Conversation.objects.filter(pk=talk.pk).update(last_seq=47_000)
    talk.refresh_from_db()
    fill(talk, [world.peer], ["hello"] * 3_000)
    Participant.objects.filter(conversation=talk, person=world.caregiver).update(read_seq=47_000)
    client = signed_in(None, world.caregiver)
    assert unread(world)[talk.public_id] == access.MOST_UNREAD
    assert "99+\u00a0new messages" in client.get("/messages/").content.decode()
    assert "99+\u00a0new messages" in client.get("/").content.decode()
    assert list(access.behind(talk).values_list("person", flat=True)) == [world.caregiver.pk]


def test_what_one_wrote_between_is_not_new_and_what_others_wrote_before_it_still_is(world: World) -> None:
    """Writing is not reading: the other side is not told "seen" for what nobody has looked at."""
    talk = world.conversation
    fill(talk, [world.peer], ["did you get there?"])
    fill(talk, [world.caregiver], ["I am late"] * 150)
    assert unread(world)[talk.public_id] == 1
    assert list(access.behind(talk).values_list("person", flat=True)) == [world.caregiver.pk, world.peer.pk]
    fill(talk, [world.peer], ["no hurry", "drive safely"])
    assert unread(world)[talk.public_id] == 3


def test_what_was_removed_is_neither_new_nor_waited_for(world: World) -> None:
    talk = world.conversation
    fill(talk, [world.peer], ["old"] * 1_200 + ["new"] * 2)
    talk.messages.filter(seq__lte=1_200).delete()
    Conversation.objects.filter(pk=talk.pk).update(trimmed_seq=1_200)
    talk.refresh_from_db()
    assert unread(world)[talk.public_id] == 2
    assert access.behind(talk).exists()
    assert [message.seq for message in messages_after(talk, 5)] == [1_201, 1_202]


# -- growth ---------------------------------------------------------------------------------------------------------------


SESSION = 60  # steps: from time to time a page also notes that its reader is still there


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite's machine")
@pytest.mark.parametrize("what", [what for what in ASKS if what != "finding words"])
def test_thirty_times_the_messages_take_as_many_steps(world: World, what: str) -> None:
    client = signed_in(None, world.caregiver)
    fill(world.conversation, [world.peer, world.peer, world.caregiver], ["hello"] * 300)

    def steps() -> int:
        Participant.objects.filter(conversation=world.conversation).update(read_seq=world.conversation.last_seq - 150)
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        handle: Any = connection.connection
        handle.set_progress_handler(step, 10)
        ASKS[what](client, world, world.conversation)
        handle.set_progress_handler(None, 0)
        return count

    steps()
    few = steps()
    fill(world.conversation, [world.peer, world.peer, world.caregiver], ["hello"] * 8_700)
    world.conversation.refresh_from_db()
    more_after = (
        MOST if "number" in what or "greeting" in what else 0
    )  # there is more to send now, a page of it at most
    assert steps() <= few * 1.2 + more_after * 2 + SESSION
