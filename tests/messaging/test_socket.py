"""The socket as a page uses it: through the handshake, by frames, with the answers of the contract."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.db import OperationalError

from messaging import watch
from messaging.actions import end_participation, mark_read, send_message
from messaging.models import Conversation, Message, Participant
from messaging.socket import MOST_FRAMES, AnyServer, Line
from messaging.writer import writer
from peer_support.actions import end_pairing, end_staff_role
from portal import live, pool
from portal.accounts import door, stay
from portal.accounts.actions import record_sign_out
from portal.accounts.models import Person
from tests.world import World, cookies_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
PATIENCE = 15


def site() -> Any:
    """The server's own application, made when the static files are in place."""
    from portal.asgi import application

    return application


class Phone:
    """One open page of one person."""

    def __init__(self, line: WebsocketCommunicator) -> None:
        self.line = line

    async def say(self, **frame: Any) -> None:
        await self.line.send_to(text_data=json.dumps(frame))

    async def hear(self, kind: str | None = None) -> dict[str, Any]:
        """The next frame, or the next of that kind."""
        while True:
            frame: dict[str, Any] = json.loads(await self.line.receive_from(timeout=PATIENCE))
            if kind in {None, frame["type"]}:
                return frame

    async def greet(self, **after: int) -> dict[str, Any]:
        await self.say(type="hello", after={name.replace("_", "-"): seq for name, seq in after.items()})
        return await self.hear("welcome")

    async def hears_nothing(self) -> bool:
        """Frames come in order, so a pong right after shows that nothing was on its way."""
        await asyncio.sleep(0.1)
        await self.say(type="ping")
        frame = await self.hear()
        return bool(frame["type"] == "pong")


@asynccontextmanager
async def phone(person: Person, *, origin: str = "http://localhost") -> AsyncIterator[Phone]:
    cookie = await pool.run(cookies_of, person)
    headers = [(b"cookie", cookie.encode()), (b"origin", origin.encode()), (b"host", b"localhost")]
    line = WebsocketCommunicator(site(), "/ws/", headers=headers)
    accepted, _code = await line.connect(timeout=PATIENCE)
    assert accepted
    try:
        yield Phone(line)
    finally:
        await line.disconnect(timeout=PATIENCE)


def keyed(world: World, body: str, key: str | None = None) -> dict[str, Any]:
    return {"type": "send", "conversation": str(world.conversation.public_id), "key": key or str(uuid4()), "body": body}


async def test_a_message_is_stored_then_heard_by_the_other_and_by_ones_own_other_page(world_committed: World) -> None:
    world = world_committed
    async with phone(world.caregiver) as hers, phone(world.caregiver) as hers_too, phone(world.peer) as theirs:
        for page in (hers, hers_too, theirs):
            welcome = await page.greet()
            assert welcome["conversations"] == [{"id": str(world.conversation.public_id), "last_seq": 0, "read_seq": 0}]
        frame = keyed(world, "¿Cómo está? 🌿")
        await hers.say(**frame)
        stored = await hers.hear()
        assert (stored["type"], stored["key"], stored["seq"]) == ("stored", frame["key"], 1)
        assert await pool.run(Message.objects.count) == 1
        for page in (theirs, hers_too):
            heard = await page.hear()
            assert heard == {
                "type": "message",
                "conversation": str(world.conversation.public_id),
                "seq": 1,
                "key": frame["key"],
                "author": str(world.caregiver.public_id),
                "body": "¿Cómo está? 🌿",
                "sent_at": stored["sent_at"],
            }
        assert await hers.hears_nothing()


async def test_the_same_key_again_is_stored_again_with_the_same_number(world_committed: World) -> None:
    async with phone(world_committed.caregiver) as page, phone(world_committed.peer) as other:
        await page.greet()
        await other.greet()
        frame = keyed(world_committed, "once")
        for _ in range(3):
            await page.say(**frame)
            assert (await page.hear("stored"))["seq"] == 1
        assert (await other.hear("message"))["seq"] == 1
        assert await other.hears_nothing()


async def test_who_was_away_gets_what_is_above_their_number_in_order_then_live(world_committed: World) -> None:
    world = world_committed
    for n in range(450):
        await pool.run(send_message, author=world.peer, conversation=world.conversation, key=uuid4(), body=f"{n + 1}")
    async with phone(world.caregiver) as page, phone(world.peer) as other:
        await other.greet()
        await page.say(type="hello", after={str(world.conversation.public_id): 40})
        await other.say(**keyed(world, "451"))
        assert (await page.hear())["type"] == "welcome"
        numbers = [(await page.hear("message"))["seq"] for _ in range(411)]
        assert numbers == list(range(41, 452))
        assert await page.hears_nothing()


async def test_a_conversation_not_named_sends_nothing_old(world_committed: World) -> None:
    world = world_committed
    await pool.run(send_message, author=world.peer, conversation=world.conversation, key=uuid4(), body="old")
    async with phone(world.caregiver) as page:
        await page.greet()
        assert await page.hears_nothing()
        await pool.run(send_message, author=world.peer, conversation=world.conversation, key=uuid4(), body="new")
        assert (await page.hear())["body"] == "new"


async def test_reading_moves_forward_only_and_the_other_sees_it(world_committed: World) -> None:
    world = world_committed
    for _ in range(3):
        await pool.run(send_message, author=world.peer, conversation=world.conversation, key=uuid4(), body="…")
    name = str(world.conversation.public_id)
    async with phone(world.caregiver) as hers, phone(world.peer) as theirs:
        await hers.greet()
        await theirs.greet()
        await hers.say(type="read", conversation=name, seq=2)
        seen = {"type": "read", "conversation": name, "person": str(world.caregiver.public_id), "seq": 2}
        assert await theirs.hear() == seen
        await hers.say(type="read", conversation=name, seq=1)
        await hers.say(type="read", conversation=name, seq=999)
        assert (await theirs.hear())["seq"] == 3
    assert await pool.run(lambda: Participant.objects.get(person=world.caregiver).read_seq) == 3


async def test_typing_is_seen_by_the_other_only_and_not_in_a_stream(world_committed: World) -> None:
    world = world_committed
    name = str(world.conversation.public_id)
    async with phone(world.caregiver) as hers, phone(world.peer) as theirs:
        await hers.greet()
        await theirs.greet()
        for _ in range(5):
            await hers.say(type="typing", conversation=name)
        assert await theirs.hear() == {
            "type": "typing",
            "conversation": name,
            "person": str(world.caregiver.public_id),
        }
        assert await theirs.hears_nothing()
        assert await hers.hears_nothing()


BAD: list[tuple[str | bytes, str]] = [
    ("{", "bad_frame"),
    ("[]", "bad_frame"),
    ('"hello"', "bad_frame"),
    ("null", "bad_frame"),
    ("7", "bad_frame"),
    ("{}", "bad_frame"),
    ('{"type": "no such thing"}', "bad_frame"),
    ('{"type": ["send"]}', "bad_frame"),
    ('{"type": "hello", "after": []}', "bad_frame"),
    ('{"type": "read", "conversation": 7, "seq": 1}', "bad_frame"),
    ('{"type": "read", "conversation": "CONVERSATION", "seq": true}', "bad_frame"),
    ('{"type": "read", "conversation": "CONVERSATION", "seq": -1}', "bad_frame"),
    ('{"type": "read", "conversation": "STRANGER", "seq": 1}', "not_found"),
    ('{"type": "typing", "conversation": "STRANGER"}', "not_found"),
    ('{"type": "typing"}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "not a key", "body": "x"}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": 7, "body": "x"}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "KEY", "body": 7}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "KEY"}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "KEY", "body": "\\ud83d"}', "bad_frame"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "KEY", "body": "  "}', "empty"),
    ('{"type": "send", "conversation": "CONVERSATION", "key": "KEY", "body": "' + "x" * 4_001 + '"}', "too_long"),
    ('{"type": "send", "conversation": "STRANGER", "key": "KEY", "body": "let me in"}', "not_found"),
    ('{"type": "send", "conversation": "' + str(UUID(int=5)) + '", "key": "KEY", "body": "x"}', "not_found"),
    ('{"type": "send", "body": "' + "x" * 100_000 + '"}', "bad_frame"),
    (b"\x00\x01binary", "bad_frame"),
]


async def test_every_bad_frame_gets_its_code_and_the_line_stays_open(world_committed: World) -> None:
    world = world_committed
    async with phone(world.caregiver) as page, phone(world.peer) as other:
        await page.greet()
        await other.greet()
        for bad, code in BAD:
            if isinstance(bad, bytes):
                await page.line.send_to(bytes_data=bad)
            else:
                text = bad.replace("CONVERSATION", str(world.conversation.public_id)).replace("KEY", str(uuid4()))
                await page.line.send_to(text_data=text.replace("STRANGER", str(world.stranger_conversation.public_id)))
            refused = await page.hear()
            assert (refused["type"], refused["code"]) == ("refused", code), bad
            assert refused["message"]
        await page.say(**keyed(world, "and still it works"))
        assert (await page.hear())["type"] == "stored"
        assert (await other.hear("message"))["body"] == "and still it works"
    assert await pool.run(Message.objects.count) == 1


async def test_before_hello_nothing_but_a_ping_is_understood(world_committed: World) -> None:
    async with phone(world_committed.caregiver) as page:
        await page.say(**keyed(world_committed, "too early"))
        assert (await page.hear())["code"] == "bad_frame"
        await page.say(type="ping")
        assert await page.hear() == {"type": "pong"}
        await page.greet()
        await page.say(type="hello", after={})
        assert (await page.hear())["code"] == "bad_frame"


async def test_naming_a_strangers_conversation_in_hello_tells_nothing(world_committed: World) -> None:
    world = world_committed
    await pool.run(
        send_message, author=world.stranger_peer, conversation=world.stranger_conversation, key=uuid4(), body="private"
    )
    async with phone(world.caregiver) as page:
        await page.say(type="hello", after={str(world.stranger_conversation.public_id): 0})
        welcome = await page.hear()
        assert str(world.stranger_conversation.public_id) not in json.dumps(welcome)
        assert (await page.hear())["code"] == "not_found"
        assert await page.hears_nothing()


async def test_refusals_speak_the_readers_language(world_committed: World) -> None:
    world = world_committed
    await pool.run(lambda: Person.objects.filter(pk=world.caregiver.pk).update(language="en-xa"))
    async with phone(world.caregiver) as page:
        await page.greet()
        await page.say(**keyed(world, " "))
        assert "[" in (await page.hear())["message"]


async def connects(headers: list[tuple[bytes, bytes]]) -> bool:
    line = WebsocketCommunicator(site(), "/ws/", headers=[(b"host", b"localhost"), *headers])
    accepted, _code = await line.connect(timeout=PATIENCE)
    await line.disconnect(timeout=PATIENCE)
    return bool(accepted)


async def test_the_handshake_lets_in_only_a_session_that_may_act_from_our_own_pages(world_committed: World) -> None:
    world = world_committed
    own = (b"origin", b"http://localhost")
    good = (await pool.run(cookies_of, world.caregiver)).encode()
    assert await connects([own, (b"cookie", good)])
    assert not await connects([own])
    assert not await connects([own, (b"cookie", b"porch=made-up")])
    assert not await connects([(b"origin", b"https://elsewhere.example"), (b"cookie", good)])
    assert not await connects([(b"cookie", good)])


@pytest.mark.parametrize("origin", ["http://localhost:9999", "http://127.0.0.1", "ftp://localhost", "null", "http://"])
async def test_a_page_of_another_port_or_name_is_not_ours_though_the_cookie_goes_there(
    world_committed: World, origin: str
) -> None:
    good = (await pool.run(cookies_of, world_committed.caregiver)).encode()
    assert not await connects([(b"origin", origin.encode()), (b"cookie", good)])


async def test_beyond_this_machine_only_pages_that_came_by_https_are_ours(
    world_committed: World, settings: Any
) -> None:
    good = (await pool.run(cookies_of, world_committed.caregiver)).encode()
    settings.ON_LOOPBACK = False
    assert not await connects([(b"origin", b"http://localhost"), (b"cookie", good)])
    assert await connects([(b"origin", b"https://localhost"), (b"cookie", good)])


async def test_a_page_that_had_not_said_hello_when_its_session_ended_is_told_nothing(world_committed: World) -> None:
    world = world_committed
    await pool.run(say_as_caregiver, world)
    cookie = await pool.run(cookies_of, world.peer)
    headers = [(b"cookie", cookie.encode()), (b"origin", b"http://localhost"), (b"host", b"localhost")]
    line = WebsocketCommunicator(site(), "/ws/", headers=headers)
    assert (await line.connect(timeout=PATIENCE))[0]
    await pool.run(live.end_session, cookie.partition("=")[2])
    await line.send_to(text_data=json.dumps({"type": "hello", "after": {str(world.conversation.public_id): 0}}))
    assert await line.receive_output(timeout=PATIENCE) == {"type": "websocket.close", "code": live.CLOSED}
    await line.send_to(text_data=json.dumps(keyed(world, "still here")))
    assert await line.receive_nothing(timeout=0.3)
    assert await pool.run(Message.objects.count) == 1
    await line.disconnect(timeout=PATIENCE)


async def test_a_session_that_ends_while_its_page_is_being_let_in_ends_the_page(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up as holding, ended, and only then known to the registry: nobody could tell the page."""
    let_in = door.let_in

    def let_in_and_end(cookies: bytes) -> tuple[Person, str] | None:
        answer = let_in(cookies)
        live.end_person(world_committed.peer.pk)
        return answer

    monkeypatch.setattr(door, "let_in", let_in_and_end)
    async with phone(world_committed.peer) as page:
        closed = await page.line.receive_output(timeout=PATIENCE)
        assert closed == {"type": "websocket.close", "code": live.CLOSED}


async def test_the_door_is_asked_again_after_the_database_was_away(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that failed must not be the last one: the session would never end on this page."""
    asked: list[str] = []

    def holds(_person: int, _session: str) -> bool:
        asked.append("")
        if len(asked) == 1:
            raise OperationalError("away")
        return False

    monkeypatch.setattr(door, "session_holds", holds)
    monkeypatch.setattr(watch, "EVERY", 0.05)
    monkeypatch.setattr(watch, "CHECK_EVERY", 0.05)
    watch.stop()
    async with phone(world_committed.peer) as page:
        await page.greet()
        closed = await page.line.receive_output(timeout=PATIENCE)
        assert closed == {"type": "websocket.close", "code": live.CLOSED}
    assert len(asked) >= 2


async def test_use_of_a_page_never_brings_an_ended_session_back(world_committed: World) -> None:
    key = (await pool.run(cookies_of, world_committed.peer)).partition("=")[2]

    def use_as_it_ends() -> None:
        Session.objects.filter(session_key=key).delete()

    def note() -> None:
        with in_between(use_as_it_ends):
            door.note_socket_use(key)

    await pool.run(note)
    assert not await pool.run(Session.objects.filter(session_key=key).exists)


@contextmanager
def in_between(then: Callable[[], None]) -> Iterator[None]:
    """`then` happens between the reading of the session and its writing, an hour after its last use."""
    with pytest.MonkeyPatch.context() as patch:

        def note(session: Any) -> bool:
            session[stay.SEEN_AT] = 0
            then()
            return True

        patch.setattr(stay, "note_use", note)
        yield


async def test_one_person_opens_so_many_pages_and_no_more(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("messaging.socket.MOST_PAGES", 2)
    good = (await pool.run(cookies_of, world_committed.caregiver)).encode()
    own = [(b"origin", b"http://localhost"), (b"cookie", good)]
    async with phone(world_committed.caregiver), phone(world_committed.peer):
        assert await connects(own)
        async with phone(world_committed.caregiver):
            assert not await connects(own)
        assert await connects(own)


async def test_a_flood_of_reading_positions_costs_a_few_looks_at_the_database(
    world_committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_committed
    await pool.run(say_as_caregiver, world)
    kept: list[int] = []

    def slowly(*, person: Person, conversation: Conversation, seq: int) -> None:
        time.sleep(0.1)
        kept.append(seq)

    monkeypatch.setattr("messaging.actions.mark_read", slowly)
    async with phone(world.peer) as page:
        await page.greet()
        for n in range(500):
            await page.say(type="read", conversation=str(world.conversation.public_id), seq=n)
        assert await page.hears_nothing()
    assert kept[-1] == 499
    assert len(kept) < 20


@pytest.mark.parametrize("what", ["session", "role"])
async def test_what_ends_a_session_or_a_role_ends_its_open_pages_at_once(world_committed: World, what: str) -> None:
    world = world_committed
    async with phone(world.peer) as page:
        await page.greet()
        if what == "session":
            cookie = await pool.run(cookies_of, world.peer)
            session = next(iter(live._pages[world.peer.pk])).session
            assert cookie
            await pool.run(record_sign_out, person=world.peer, session_key=session, reason="test")
        else:
            await pool.run(end_staff_role, actor=None, role=world.peer_role)
        closed = await page.line.receive_output(timeout=PATIENCE)
        assert closed == {"type": "websocket.close", "code": live.CLOSED}
        await pool.run(say_as_caregiver, world)
        assert await page.line.receive_nothing(timeout=0.3)


def say_as_caregiver(world: World) -> None:
    if Conversation.objects.get(pk=world.conversation.pk).state == Conversation.State.ACTIVE:
        send_message(author=world.caregiver, conversation=world.conversation, key=uuid4(), body="after")


async def test_an_ended_pairing_sends_the_peer_nothing_more(world_committed: World) -> None:
    world = world_committed
    async with phone(world.peer) as theirs, phone(world.caregiver) as hers:
        await theirs.greet()
        await hers.greet()
        await hers.say(**keyed(world, "before"))
        assert (await theirs.hear())["body"] == "before"
        await pool.run(end_pairing, actor=world.caregiver, pairing=world.pairing)
        await theirs.say(**keyed(world, "still there?"))
        assert (await theirs.hear())["code"] == "not_found"
        await pool.run(mark_read_as_caregiver, world)
        assert await theirs.hears_nothing()
        await hers.hear("stored")
        await hers.say(**keyed(world, "after"))
        assert (await hers.hear("refused"))["code"] == "ended"


@pytest.mark.parametrize("is_let_out", [False, True], ids=["stays", "let out"])
async def test_what_was_held_back_for_a_page_is_not_sent_after_its_person_was_let_out(
    world_committed: World, is_let_out: bool
) -> None:
    """A page may catch up for long, on a slow phone; what is pushed meanwhile waits for it."""
    world, go_on, real = world_committed, threading.Event(), Line._welcome

    def slowly(*given: Any) -> Any:
        found = real(*given)
        go_on.wait(PATIENCE)
        return found

    async with phone(world.peer) as theirs:
        (page,) = live.pages_open()
        with patch.object(Line, "_welcome", slowly):
            await theirs.say(type="hello", after={})
            await asyncio.sleep(0.2)
            await pool.run(say_as_caregiver, world)
            await pool.run(mark_read_as_caregiver, world)
            async with asyncio.timeout(PATIENCE):
                while len(page.held_back) < 2:
                    await asyncio.sleep(0.01)
            if is_let_out:
                await pool.run(let_peer_out, world)
            go_on.set()
            await theirs.hear("welcome")
        if is_let_out:
            assert await theirs.hears_nothing()
        else:
            assert [(await theirs.hear())["type"] for _ in range(2)] == ["message", "read"]


def let_peer_out(world: World) -> None:
    end_participation(conversation=world.conversation, person=world.peer)


def mark_read_as_caregiver(world: World) -> None:
    mark_read(person=world.caregiver, conversation=world.conversation, seq=1)


async def test_a_page_that_never_reads_is_let_go_and_the_others_go_on(world_committed: World) -> None:
    """Frames waiting for one page are bounded; it may come back and ask for what it missed."""
    stuck: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    sent: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)
        await stuck

    out = AnyServer(send)
    out.push([b"first"])
    await asyncio.sleep(0)
    out.push([b"x"] * (MOST_FRAMES + 1))
    assert not out.frames
    stuck.set_result(None)
    await out.clear()
    assert [event.get("code") for event in sent] == [None, live.TOO_SLOW]


async def test_a_page_that_never_ends_catching_up_is_let_go(world_committed: World) -> None:
    async with phone(world_committed.peer) as page:  # no hello: everything is held back for it
        (open_page,) = live.pages_open()
        for n in range(live.MOST_HELD_BACK + 10):
            open_page.offer(live.Frame(b"x", 1, n + 1))
        assert not open_page.held_back
        assert await page.line.receive_output(timeout=PATIENCE) == {"type": "websocket.close", "code": live.TOO_SLOW}


async def test_a_thousand_frames_in_a_burst_are_each_answered(world_committed: World) -> None:
    world = world_committed
    async with phone(world.caregiver) as page:
        await page.greet()
        for n in range(1_000):
            await page.say(**keyed(world, f"{n}"))
        kinds: list[str] = [(await page.hear())["type"] for _ in range(1_000)]
        assert kinds.count("stored") + kinds.count("refused") == 1_000
        assert kinds.count("stored") >= writer.allowance.rate
    stored = await pool.run(Message.objects.filter(conversation=world.conversation).count)
    assert stored == kinds.count("stored")
