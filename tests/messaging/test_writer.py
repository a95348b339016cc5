"""The writer, from its two ways in: what is acknowledged is stored once, numbered without gaps, readable to the byte."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging import storing
from messaging import writer as writing
from messaging.actions import end_conversation, end_participation, send_message
from messaging.history import messages_after, messages_before
from messaging.models import Conversation, Message
from messaging.sending import Allowance, Refusal, Sending, Stored, check_body
from messaging.writer import send_and_wait, writer
from peer_support.actions import end_pairing, end_staff_role
from portal.accounts.models import Person
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def say(world: World, body: str = "Hello", *, author: Person | None = None, key: UUID | None = None) -> Stored:
    sent = send_message(
        author=author or world.caregiver, conversation=world.conversation, key=key or uuid4(), body=body
    )
    assert isinstance(sent, Stored)
    return sent


def test_numbers_start_at_one_and_have_no_gaps(world_committed: World) -> None:
    world = world_committed
    authors = [world.caregiver, world.peer, world.caregiver, world.peer]
    assert [say(world, f"{n}", author=author).seq for n, author in enumerate(authors)] == [1, 2, 3, 4]
    assert [shown.body for shown in messages_after(world.conversation, 1)] == ["1", "2", "3"]
    assert [shown.seq for shown in messages_before(world.conversation, 4, limit=2)] == [2, 3]


def test_the_same_key_is_the_same_message(world_committed: World) -> None:
    key = uuid4()
    first = say(world_committed, "once", key=key)
    assert say(world_committed, "once", key=key) == first
    writer._known.clear()  # as after a restart: only the database remembers
    assert say(world_committed, "once, again", key=key).seq == first.seq
    assert Message.objects.count() == 1
    assert say(world_committed, "next").seq == 2


def test_a_repeat_that_came_with_what_is_refused_is_answered_too(world_committed: World) -> None:
    """Without its answer a plain request would hold one of the few page threads until its patience ends."""
    world, key = world_committed, uuid4()
    author = world.stranger_caregiver
    sendings = [
        Sending(world.conversation.public_id, key, author.pk, str(author.public_id), "in?", waiting=Future())
        for _ in range(3)
    ]
    writer._store(sendings)
    for sending in sendings:
        assert sending.waiting is not None
        refusal = sending.waiting.exception(timeout=0)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "not_found"


def test_another_persons_key_is_never_answered_as_ones_own(world_committed: World) -> None:
    key = uuid4()
    say(world_committed, "mine", key=key)
    for is_forgotten in (False, True):
        if is_forgotten:
            writer._known.clear()
        with pytest.raises(Refusal) as refused:
            say(world_committed, "theirs", author=world_committed.peer, key=key)
        assert refused.value.code == "bad_frame"
    assert Message.objects.count() == 1


def test_many_senders_at_once_get_one_gapless_history(world_committed: World) -> None:
    world = world_committed
    keys = [uuid4() for _ in range(120)]

    def send(n: int) -> int:
        author = world.caregiver if n % 2 else world.peer
        return say(world, f"text {n // 2}", author=author, key=keys[n // 2 * 2 + n % 2]).seq

    with ThreadPoolExecutor(12) as pool:
        numbers = list(pool.map(send, [*range(120), *range(0, 120, 3)]))
    assert sorted(set(numbers)) == list(range(1, 121))
    assert [shown.seq for shown in messages_after(world.conversation, 0, limit=120)] == list(range(1, 121))


def test_what_arrives_while_a_commit_runs_is_committed_together(world_committed: World) -> None:
    world = world_committed
    say(world, "warm")
    before = writer.commits
    gate, started = threading.Event(), threading.Event()
    real = storing.store

    def slowly(*args: object) -> object:
        started.set()
        gate.wait(5)
        return real(*args)  # type: ignore[arg-type]

    def wait_for(there: Callable[[], bool]) -> None:
        while not there():
            threading.Event().wait(0.005)

    with patch.object(writing, "store", slowly), ThreadPoolExecutor(20) as pool:
        sent = [pool.submit(say, world, "first")]
        wait_for(started.is_set)
        sent += [pool.submit(say, world, f"{n}") for n in range(19)]
        wait_for(lambda: len(writer._queue) == 19)
        gate.set()
        assert sorted(each.result(10).seq for each in sent) == list(range(2, 22))
    assert writer.commits - before == 2


def test_one_bad_row_costs_only_itself(world_committed: World) -> None:
    """A row the database itself refuses, in the middle of a batch."""
    world = world_committed
    say(world, "warm")
    real = Sending.sealed

    def sealed(sending: Sending) -> bytes:
        return None if sending.body == "poison" else real(sending)  # type: ignore[return-value]

    bodies = ["a", "b", "poison", "c", "d"]
    sendings = [
        Sending(world.conversation.public_id, uuid4(), world.caregiver.pk, str(world.caregiver.public_id), body)
        for body in bodies
    ]

    def outcome(sending: Sending) -> str:
        try:
            send_and_wait(sending)
        except Refusal as refusal:
            return refusal.code
        return "stored"

    with patch.object(Sending, "sealed", sealed), ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(outcome, sendings))
    assert outcomes == ["stored", "stored", "unavailable", "stored", "stored"]
    assert sorted(shown.body for shown in messages_after(world.conversation, 1)) == ["a", "b", "c", "d"]
    assert [shown.seq for shown in messages_after(world.conversation, 0)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("end", ["conversation", "participation", "role", "pairing"])
def test_who_was_let_out_can_no_longer_write_though_the_writer_remembers_them(world_committed: World, end: str) -> None:
    world = world_committed
    say(world, "before", author=world.peer)
    ends: dict[str, tuple[Callable[[], None], str]] = {
        "conversation": (lambda: end_conversation(actor=world.caregiver, conversation=world.conversation), "ended"),
        "participation": (
            lambda: end_participation(conversation=world.conversation, person=world.peer),
            "not_found",
        ),
        "role": (lambda: end_staff_role(actor=None, role=world.peer_role), "not_found"),
        "pairing": (lambda: end_pairing(actor=world.caregiver, pairing=world.pairing), "not_found"),
    }
    act, code = ends[end]
    act()
    with pytest.raises(Refusal) as refused:
        say(world, "after", author=world.peer)
    assert refused.value.code == code
    assert [shown.body for shown in messages_after(world.conversation, 0)] == ["before"]


def test_what_one_batch_needs_is_never_forgotten_in_its_middle(world_committed: World) -> None:
    """Memory full, and a stranger in the batch, who is looked up once more: everybody else is still known."""
    world = world_committed
    say(world, "warm")
    hers, theirs = world.caregiver, world.stranger_caregiver
    sendings = [
        Sending(world.conversation.public_id, uuid4(), author.pk, str(author.public_id), "x", waiting=Future())
        for author in (hers, theirs, hers)
    ]
    with patch.object(writing, "KEPT_MEMBERSHIPS", 1):
        writer._store(sendings)
    outcomes = [sending.waiting.exception(timeout=0) for sending in sendings if sending.waiting]
    assert [str(outcome) for outcome in outcomes] == ["None", "not_found", "None"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans anew for every table as it stands")
def test_a_new_connection_keeps_how_it_plans_though_its_first_batch_is_rolled_back(world_committed: World) -> None:
    """As after a lost database: what comes first are repeats, and they roll the quick way back."""
    world, key = world_committed, uuid4()
    say(world, "once", key=key)
    writer._known.clear()
    connection.close()
    for _ in range(2):
        repeat = Sending(
            world.conversation.public_id,
            key,
            world.caregiver.pk,
            str(world.caregiver.public_id),
            "once",
            waiting=Future(),
        )
        with patch.object(writer, "_known", writer._known.__class__()):
            writer._store([repeat])
        assert repeat.waiting is not None
        answer = repeat.waiting.result(timeout=0)
        assert isinstance(answer, Stored)
        assert answer.seq == 1
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_seqscan")
            assert cursor.fetchone() == ("off",)
    connection.close()


def test_strangers_find_nothing_to_write_to(world_committed: World) -> None:
    world = world_committed
    for stranger in (
        world.second_caregiver,
        world.stranger_caregiver,
        world.faraway_peer,
        world.supervisor,
        world.youth,
    ):
        with pytest.raises(Refusal) as refused:
            say(world, "let me in", author=stranger)
        assert refused.value.code == "not_found"
    with pytest.raises(Refusal) as refused:
        send_and_wait(Sending(uuid4(), uuid4(), world.caregiver.pk, "", "nowhere"))
    assert refused.value.code == "not_found"
    assert not Message.objects.exists()


def test_a_helper_and_someone_under_18_cannot_talk_whatever_the_rows_say(world_committed: World) -> None:
    """Adult-youth messaging is switched off: even a conversation that was forced into the database takes no message."""
    world = world_committed
    Conversation.objects.filter(pk=world.conversation.pk).update(access_version=7)
    for born_on, confirmed in ((world.youth.born_on, None), (None, None)):  # fifteen, and of unknown age
        Person.objects.filter(pk=world.caregiver.pk).update(born_on=born_on, adult_confirmed_at=confirmed)
        writer._memberships.clear()
        for author in (world.peer, world.caregiver):
            with pytest.raises(Refusal) as refused:
                say(world, "hello", author=author)
            assert refused.value.code == "paused"
    assert not Message.objects.exists()


def test_a_database_that_is_away_is_said_at_once_and_nothing_is_half_stored(world_committed: World) -> None:
    world = world_committed
    say(world, "before")
    with patch.object(writing, "store", side_effect=OperationalError("database or disk is full")):
        with pytest.raises(Refusal) as refused:
            say(world, "during")
        assert refused.value.code == "unavailable"
    assert say(world, "after").seq == 2
    assert Conversation.objects.get(pk=world.conversation.pk).last_seq == 2


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="fills a SQLite file; PostgreSQL's own full disk cannot be made here"
)
def test_a_disk_that_is_full_is_said_and_when_there_is_room_again_it_goes_on(world_committed: World) -> None:
    world = world_committed
    real = storing.store
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no page is free that another test's rows left

    def with_no_room(rows: Sequence[Any], now: Any) -> object:
        with connection.cursor() as cursor:  # the writer's own connection: SQLite itself now finds no room
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        return real(rows, now)

    long = "x" * 4_000

    def fill() -> None:
        for _ in range(50):
            say(world, long)

    with patch.object(writing, "store", with_no_room), pytest.raises(Refusal) as refused:
        fill()
    assert refused.value.code == "unavailable"
    count = Message.objects.count()
    assert Conversation.objects.get(pk=world.conversation.pk).last_seq == count
    assert say(world, long).seq == count + 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not the whole database")
def test_a_locked_database_is_waited_for_and_the_same_key_is_stored_once(world_committed: World) -> None:
    world, key = world_committed, uuid4()
    say(world, "before")
    with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        sending = Sending(world.conversation.public_id, key, world.caregiver.pk, "", "while it is locked")
        with pytest.raises(Refusal) as refused:
            send_and_wait(sending, patience=0.5)
        assert refused.value.code == "unavailable"
        other.execute("ROLLBACK")
    other.close()
    assert say(world, "while it is locked", key=key).seq == 2
    assert [shown.body for shown in messages_after(world.conversation, 0)] == ["before", "while it is locked"]


def test_a_full_queue_answers_at_once(world_committed: World, settings: Any) -> None:
    settings.WRITER_QUEUE = 0
    with pytest.raises(Refusal) as refused:
        say(world_committed, "no room")
    assert refused.value.code == "unavailable"


def test_a_flood_from_one_person_is_held_back_and_their_neighbour_is_not(world_committed: World) -> None:
    world = world_committed
    allowance = Allowance(5)
    with patch.object(writer, "allowance", allowance):
        outcomes: list[int | str] = []
        for n in range(15):
            try:
                outcomes.append(say(world, f"{n}").seq)
            except Refusal as refusal:
                outcomes.append(refusal.code)
        assert outcomes.count("rate_limited") >= 2
        assert outcomes[:10] == list(range(1, 11))
        assert say(world, "mine goes through", author=world.peer).seq


def test_sending_refuses_to_run_inside_a_transaction(world_committed: World) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        say(world_committed, "would be rolled back")


def test_bodies_are_not_readable_in_the_database(world_committed: World) -> None:
    say(world_committed, "a secret said by a mother")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM messaging_message")
        (raw,) = cursor.fetchone()
    assert b"secret" not in bytes(raw)


EVERY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda text: text.strip()
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(EVERY_TEXT)
def test_any_accepted_text_comes_back_to_the_byte(world_committed: World, text: str) -> None:
    stored = say(world_committed, text)
    (shown,) = messages_after(world_committed.conversation, stored.seq - 1)
    assert shown.body.encode() == text.encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n\t\u2003 ", "empty"),
        ("x" * 4_000, None),
        ("x" * 4_001, "too_long"),
        ("😞" * 4_000, None),
        ("y\r\n" * 2_000, None),  # 4,000 characters as they were typed, 6,000 as a form sends them
        ("half a pair \ud83d", "bad_frame"),
        ("\x00 control \x1b[31m", None),
        ("\u202eright to left\u2066", None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_what_a_message_may_be(body: str, code: str | None) -> None:
    assert check_body(body) == code
