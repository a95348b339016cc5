"""The socket `/ws/`: one per open page, a fast copy of what the database holds.

A plain ASGI endpoint: frames go straight to the writer, answers and pushes come back through `portal.live`. Database work
other than sending runs in the page threads. A frame that cannot be understood is answered and never closes the socket.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DatabaseError

from messaging import actions, history, watch
from messaging.writer import Sending, check_body, refused_frame, writer
from portal import live, pool
from portal.access import Refused
from portal.access import conversations as access
from portal.accounts import door

if TYPE_CHECKING:
    from messaging.models import Conversation
    from portal.accounts.models import Person

logger = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LONGEST_FRAME = 65_536  # bytes; 4,000 characters of any script, escaped, fit well within
CHECK_EVERY = 30.0  # seconds between looks at whether the session still holds
TYPING_EVERY = 1.0
MOST_PAGES = 50  # open at once by one person, in this process
MOST_MARKS = 1_000  # conversations whose reading positions may wait for one page

_open: Counter[int] = Counter()  # pages by person; only the event loop touches it


async def socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI entry; `scope` carries the session and person that Channels' own middleware resolved."""
    if (await receive())["type"] != "websocket.connect":
        return
    person, session = scope["user"], scope["session"]
    if not _is_from_our_pages(scope) or not await pool.run(door.may_pass_socket, person, session):
        await send({"type": "websocket.close", "code": live.CLOSED})
        return
    if _open[person.pk] >= MOST_PAGES:
        await send({"type": "websocket.close", "code": live.TOO_SLOW})
        return
    await send({"type": "websocket.accept"})

    async def send_text(text: str) -> None:
        await send({"type": "websocket.send", "text": text})

    async def close(code: int) -> None:
        await send({"type": "websocket.close", "code": code})

    async def fetch(conversation: int) -> None:
        await line.fetch(conversation)

    page = live.Page(person.pk, session.session_key, asyncio.get_running_loop(), send_text, close, fetch)
    line = Line(page, person)
    watch.start()
    guard = asyncio.create_task(_guard(line))
    _open[person.pk] += 1
    try:
        await line.listen(receive)
    finally:
        guard.cancel()
        live.leave(page)
        _open[person.pk] -= 1
        if not _open[person.pk]:
            del _open[person.pk]


def _is_from_our_pages(scope: dict[str, Any]) -> bool:
    """The very host it is opened on: a cookie does not tell a neighbour's port or subdomain from ours, the origin does."""
    headers = dict(scope["headers"])
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1").lower())
    is_ours = bool(origin.netloc) and origin.netloc == headers.get(b"host", b"").decode("latin-1").lower()
    return is_ours and origin.scheme in ({"http", "https"} if settings.ON_LOOPBACK else {"https"})


async def _guard(line: Line) -> None:
    """A session that ends elsewhere (idle, expired, another process) ends this page too; use of the page keeps it open.

    A question that fails, as while the database is away, is asked again: a guard that gave up would leave an ended session in.
    """
    while line.page.closing is None:
        await asyncio.sleep(CHECK_EVERY)
        try:
            await line.ask_at_the_door()
        except Exception as error:
            logger.warning("Whether a session still holds could not be asked: %s", type(error).__name__)


class Line:
    """One page's conversation with the server."""

    def __init__(self, page: live.Page, person: Person) -> None:
        self.page = page
        self.person = person
        # The session's person is a lazy object: what every frame needs is taken out of it once.
        self.pk, self.language, self.author_id = person.pk, person.language, str(person.public_id)
        self.greeted = False
        self.is_used = False
        self.typed_at = 0.0
        self.own: set[UUID] = set()  # keys sent on this page: answered by `stored`, never sent back as `message`
        self.marks: dict[UUID, int] = {}
        self.marking: asyncio.Task[None] | None = None
        self.handlers: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "hello": self.hello,
            "read": self.read,
            "typing": self.typing,
            "ping": self.ping,
        }

    async def listen(self, receive: Receive) -> None:
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                if self.marking is not None:
                    await asyncio.wait([self.marking])
                return
            if self.page.closing is None:
                await self.take(event.get("text"))

    async def take(self, text: str | None) -> None:
        """One frame in. Binary frames have no text."""
        if text is None or len(text) > LONGEST_FRAME:
            return self.refuse("bad_frame", None)
        try:
            frame = orjson.loads(text)
        except orjson.JSONDecodeError:
            return self.refuse("bad_frame", None)
        if not isinstance(frame, dict):
            return self.refuse("bad_frame", None)
        kind = frame.get("type")
        if kind == "send":
            return self.send(frame)
        handler = self.handlers.get(kind) if isinstance(kind, str) else None
        if handler is None or (kind not in {"hello", "ping"} and not self.greeted):
            return self.refuse("bad_frame", None)
        try:
            await handler(frame)
        except _BadFrame:
            self.refuse("bad_frame", None)
        except Refused:
            self.refuse("not_found", None)
        return None

    def refuse(self, code: str, key: str | None) -> None:
        self.page.put(refused_frame(code, key, self.language))

    async def ask_at_the_door(self) -> bool:
        """Whether the session may still act; where not, this page is over."""
        if self.is_used:
            self.is_used = False
            await pool.run(door.note_socket_use, self.page.session)
        holds = await pool.run(door.session_holds, self.person, self.page.session)
        if not holds:
            self.page.end(live.CLOSED)
        return holds

    # -- frames -------------------------------------------------------------------------------------------------------

    async def ping(self, _frame: dict[str, Any]) -> None:
        self.page.put('{"type":"pong"}')

    def send(self, frame: dict[str, Any]) -> None:
        """Check the shape here, hand it to the writer, which answers after the commit."""
        key = frame.get("key")
        body = frame.get("body")
        name = key if isinstance(key, str) else None
        try:
            conversation, key_id = _uuid(frame.get("conversation")), _uuid(key)
        except _BadFrame:
            return self.refuse("bad_frame", name)
        if not self.greeted or not isinstance(body, str):
            return self.refuse("bad_frame", name)
        code = check_body(body)
        if code is None and not writer.allowance.take(self.pk):
            code = "rate_limited"
        if code is not None:
            return self.refuse(code, name)
        self.is_used = True
        if len(self.own) >= MOST_MARKS:
            self.own.clear()
        self.own.add(key_id)
        writer.submit(
            Sending(
                conversation,
                key_id,
                self.pk,
                self.author_id,
                body,
                page=self.page,
                language=self.language,
            )
        )
        return None

    async def hello(self, frame: dict[str, Any]) -> None:
        """Answer with where every conversation stands, then what is above the numbers named, then what is live."""
        after = _after(frame.get("after", {}))
        if self.greeted:
            raise _BadFrame
        self.greeted = True
        live.join(self.page)
        # Between the handshake and here nobody could tell this page that its session has ended.
        if not await self.ask_at_the_door():
            return
        welcome, standing, wanted, unknown = await pool.run(self._welcome, after)
        self.page.floor.update(standing)
        self.page.put(welcome)
        for _name in unknown:
            self.refuse("not_found", None)
        for conversation, seq in wanted:
            self.page.floor[conversation.pk] = seq
            await self._send_above(conversation)
        self.page.caught_up()

    def _welcome(
        self, after: dict[UUID, int]
    ) -> tuple[str, dict[int, int], list[tuple[Conversation, int]], list[UUID]]:
        rows = [(row.conversation, row.read_seq) for row in access.participations(self.person)]
        text = orjson.dumps(
            {
                "type": "welcome",
                "person": self.author_id,
                "conversations": [
                    {"id": str(conversation.public_id), "last_seq": conversation.last_seq, "read_seq": read_seq}
                    for conversation, read_seq in rows
                ],
            }
        ).decode()
        by_id = {conversation.public_id: conversation for conversation, _read in rows}
        wanted = [(by_id[name], seq) for name, seq in after.items() if name in by_id]
        standing = {conversation.pk: conversation.last_seq for conversation, _read in rows}
        return text, standing, wanted, [name for name in after if name not in by_id]

    async def _send_above(self, conversation: Conversation) -> None:
        """What the database holds above the page's floor, in order; the floor rises with it."""
        while self.page.closing is None:
            shown = await pool.run(self._above, conversation, self.page.floor.get(conversation.pk, 0))
            for message in shown:
                if message.seq == self.page.floor.get(conversation.pk, 0) + 1:
                    self.page.floor[conversation.pk] = message.seq
                    if message.key not in self.own:
                        self.page.put(message.as_text(conversation.public_id))
            if len(shown) < history.MOST:
                return
            await self.page.drained()

    def _above(self, conversation: Conversation, seq: int) -> list[history.Shown]:
        """A page of history, for who may still read there."""
        if self._still_visible(conversation.pk) is None:
            return []
        return history.messages_after(conversation, seq)

    async def fetch(self, conversation_pk: int) -> None:
        """Mend a hole: only for who may still read there."""
        conversation = await pool.run(self._still_visible, conversation_pk)
        if conversation is not None:
            await self._send_above(conversation)

    def _still_visible(self, pk: int) -> Conversation | None:
        return access.visible_conversations(self.person).filter(pk=pk).first()

    async def read(self, frame: dict[str, Any]) -> None:
        """Only the highest number counts: while one is being kept the next ones gather, so a flood of them costs little."""
        seq = frame.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 2**53:
            raise _BadFrame
        name = _uuid(frame.get("conversation"))
        if name not in self.marks and len(self.marks) >= MOST_MARKS:
            return self.refuse("rate_limited", None)
        self.marks[name] = max(seq, self.marks.get(name, 0))
        if self.marking is None:
            self.marking = asyncio.create_task(self._mark())
        return None

    async def _mark(self) -> None:
        try:
            while self.marks and self.page.closing is None:
                name = next(iter(self.marks))
                await self._keep_mark(name, self.marks.pop(name))
        finally:
            self.marking = None

    async def _keep_mark(self, name: UUID, seq: int) -> None:
        try:
            await pool.run(self._read, name, seq)
        except Refused:
            self.refuse("not_found", None)
        except DatabaseError as error:  # the next message read says it again
            logger.warning("A reading position could not be kept: %s", type(error).__name__)

    def _read(self, public_id: UUID, seq: int) -> None:
        actions.mark_read(person=self.person, conversation=self._visible(public_id), seq=seq)

    async def typing(self, frame: dict[str, Any]) -> None:
        public_id = _uuid(frame.get("conversation"))
        if time.monotonic() - self.typed_at < TYPING_EVERY:
            return
        self.typed_at = time.monotonic()
        self.is_used = True
        await pool.run(self._typing, public_id)

    def _typing(self, public_id: UUID) -> None:
        actions.show_typing(person=self.person, conversation=self._visible(public_id))

    def _visible(self, public_id: UUID) -> Conversation:
        conversation = access.visible_conversations(self.person).filter(public_id=public_id).first()
        if conversation is None:
            raise Refused
        return conversation


class _BadFrame(Exception):
    pass


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise _BadFrame
    try:
        return UUID(value)
    except ValueError as error:
        raise _BadFrame from error


def _after(value: object) -> dict[UUID, int]:
    if not isinstance(value, dict):
        raise _BadFrame
    after = {}
    for name, seq in value.items():
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 2**53:
            raise _BadFrame
        after[_uuid(name)] = seq
    return after
