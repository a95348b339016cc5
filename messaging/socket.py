"""The socket `/ws/`: one per open page, a fast copy of what the database holds.

A plain ASGI endpoint: frames go straight to the writer, answers and pushes come back through `portal.live`. Database work
other than sending runs in the page threads. A frame that cannot be understood is answered and never closes the socket.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DatabaseError

from messaging import actions, history, watch
from messaging.sending import Sending, check_body, refused_frame
from messaging.writer import writer
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
TYPING_EVERY = 1.0
MOST_PAGES = 50  # open at once by one person, in this process
MOST_MARKS = 1_000  # conversations whose reading positions may wait for one page
MOST_FRAMES = 2_000  # that may wait for a page which does not read
BREATH = 50  # frames taken in one go
AT_ONCE = 20  # old messages written to a page before it is waited for: at most some 320 KB

_open: Counter[int] = Counter()  # pages by person; only the event loop touches it


async def socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """ASGI entry. Who is there, and whether they may, is one question to the database."""
    if (await receive())["type"] != "websocket.connect":
        return
    asked_at = time.monotonic()
    headers = dict(scope["headers"])
    let_in = await pool.run(door.let_in, headers.get(b"cookie", b"")) if _is_from_our_pages(headers) else None
    if let_in is None:
        await send({"type": "websocket.close", "code": live.CLOSED})
        return
    person, session = let_in
    if _open[person.pk] >= MOST_PAGES:
        await send({"type": "websocket.close", "code": live.TOO_SLOW})
        return
    await send({"type": "websocket.accept"})
    line = Line(person, session, _way_out(scope, send))
    watch.start()
    live.join(line.page, asked_at)
    _open[person.pk] += 1
    try:
        await line.listen(receive)
    except ConnectionError:  # the phone went away while its history was on its way
        pass
    finally:
        live.leave(line.page)
        _open[person.pk] -= 1
        if not _open[person.pk]:
            del _open[person.pk]


def _way_out(scope: dict[str, Any], send: Send) -> live.Out:
    """The server's own, where it has one that writes at once (portal/wire.py)."""
    own: live.Out | None = scope.get("extensions", {}).get("portal.wire")
    return own or AnyServer(send)


class AnyServer:
    """The way out that every ASGI server has: one frame after the other, in a task."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.frames: list[bytes] = []
        self.code: int | None = None
        self.sending: asyncio.Task[None] | None = None

    def push(self, frames: Sequence[bytes]) -> None:
        if self.code is not None:
            return
        self.frames += frames
        if len(self.frames) > MOST_FRAMES:
            self.close(live.TOO_SLOW)
        self._go_on()

    async def clear(self) -> None:
        if self.sending is not None:
            await asyncio.shield(self.sending)

    def close(self, code: int) -> None:
        self.code = code
        self.frames.clear()
        self._go_on()

    def _go_on(self) -> None:
        if self.sending is None:
            self.sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            while self.frames:
                frames, self.frames = self.frames, []
                for frame in frames:
                    if self.code is not None:
                        break
                    await self.send({"type": "websocket.send", "text": frame.decode()})
            if self.code is not None:
                await self.send({"type": "websocket.close", "code": self.code})
        finally:
            self.sending = None


def _is_from_our_pages(headers: dict[bytes, bytes]) -> bool:
    """The very host it is opened on: a cookie does not tell a neighbour's port or subdomain from ours, the origin does."""
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1").lower())
    is_ours = bool(origin.netloc) and origin.netloc == headers.get(b"host", b"").decode("latin-1").lower()
    return is_ours and origin.scheme in ({"http", "https"} if settings.ON_LOOPBACK else {"https"})


class Line:
    """One page's conversation with the server."""

    def __init__(self, person: Person, session: str, out: live.Out) -> None:
        self.person = person
        self.pk, self.language, self.author_id = person.pk, person.language, str(person.public_id)
        self.page = live.Page(person.pk, session, asyncio.get_running_loop(), out, self.fetch)
        self.greeted = False
        self.typed_at = 0.0
        self.own: dict[
            UUID, None
        ] = {}  # keys sent on this page, the latest: answered by `stored`, never sent back as `message`
        self.names: dict[str, UUID] = {}  # conversations named on this page, read once
        self.marks: dict[UUID, int] = {}
        self.marking: asyncio.Task[None] | None = None

    async def listen(self, receive: Receive) -> None:
        for number in count(1):
            if not number % BREATH:  # frames that lie ready are taken without a pause, and others have their turn, too
                await asyncio.sleep(0)
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
        handler = HANDLERS.get(kind) if isinstance(kind, str) else None
        if handler is None or (kind not in {"hello", "ping"} and not self.greeted):
            return self.refuse("bad_frame", None)
        try:
            await handler(self, frame)
        except _BadFrame:
            self.refuse("bad_frame", None)
        except Refused:
            self.refuse("not_found", None)
        return None

    def refuse(self, code: str, key: str | None) -> None:
        self.page.put(refused_frame(code, key, self.language))

    # -- frames -------------------------------------------------------------------------------------------------------

    async def ping(self, _frame: dict[str, Any]) -> None:
        self.page.put(b'{"type":"pong"}')

    def send(self, frame: dict[str, Any]) -> None:
        """Check the shape here, hand it to the writer, which answers after the commit."""
        key = frame.get("key")
        body = frame.get("body")
        name = key if isinstance(key, str) else None
        try:
            conversation, key_id = self._name(frame.get("conversation")), _uuid(key)
        except _BadFrame:
            return self.refuse("bad_frame", name)
        if not self.greeted or not isinstance(body, str):
            return self.refuse("bad_frame", name)
        code = check_body(body)
        if code is None and not writer.allowance.take(self.pk):
            code = "rate_limited"
        if code is not None:
            return self.refuse(code, name)
        self.page.is_used = True
        if len(self.own) >= MOST_MARKS:
            del self.own[next(iter(self.own))]
        self.own[key_id] = None
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

    def _name(self, value: object) -> UUID:
        known = self.names.get(value) if isinstance(value, str) else None
        if known is None:
            known = _uuid(value)
            if len(self.names) < MOST_MARKS:
                self.names[str(value)] = known
        return known

    async def hello(self, frame: dict[str, Any]) -> None:
        """Answer with where every conversation stands, then what is above the numbers named, then what is live."""
        after = _after(frame.get("after", {}))
        if self.greeted:
            raise _BadFrame
        self.greeted = True
        welcome, standing, wanted, unknown = await pool.run(self._welcome, after)
        self.page.floor.update(standing)
        self.page.put(welcome)
        for _name in unknown:
            self.refuse("not_found", None)
        for conversation, seq in wanted:
            self.page.floor[conversation.pk] = seq
            await self.fetch(conversation.pk)
        held = {frame.conversation for frame in self.page.held_back}
        self.page.caught_up(await pool.run(self._ended, held) if held else ())

    def _welcome(
        self, after: dict[UUID, int]
    ) -> tuple[bytes, dict[int, int], list[tuple[Conversation, int]], list[UUID]]:
        rows = access.standing(self.pk)
        text = orjson.dumps(
            {
                "type": "welcome",
                "person": self.author_id,
                "conversations": [
                    {"id": public_id, "last_seq": last_seq, "read_seq": read_seq, "revisions": revisions}
                    for _pk, public_id, last_seq, read_seq, revisions in rows
                ],
            }
        )
        named = access.visible_conversations(self.person).filter(public_id__in=after) if after else ()
        wanted = [(conversation, after[conversation.public_id]) for conversation in named]
        known = {public_id for _pk, public_id, *_numbers in rows}
        standing = {pk: last_seq for pk, _public_id, last_seq, *_numbers in rows}
        return text, standing, wanted, [name for name in after if name not in known]

    async def fetch(self, pk: int) -> None:
        """What the database holds above the page's floor, in order, for who may still read there; the floor rises with it."""
        while self.page.closing is None:
            conversation, shown = await pool.run(self._above, pk, self.page.floor.get(pk, 0))
            if conversation is None:
                return
            # Nobody waits for numbers that the programme's rule has removed, or that came before them.
            self.page.floor[pk] = max(conversation.floor, self.page.floor.get(pk, 0))
            for start in range(0, len(shown), AT_ONCE):
                for message in shown[start : start + AT_ONCE]:
                    self._put_next(conversation, message)
                await self.page.drained()
            if len(shown) < history.MOST:
                return

    def _put_next(self, conversation: Conversation, message: history.Shown) -> None:
        if message.seq == self.page.floor.get(conversation.pk, 0) + 1:
            self.page.floor[conversation.pk] = message.seq
            if message.key not in self.own:
                self.page.put(message.as_json(conversation.public_id))

    def _above(self, pk: int, seq: int) -> tuple[Conversation | None, list[history.Shown]]:
        conversation = self._still_visible(pk)
        return conversation, history.messages_after(conversation, seq) if conversation else []

    def _still_visible(self, pk: int) -> Conversation | None:
        return access.visible_conversations(self.person).filter(pk=pk).first()

    def _ended(self, pks: set[int]) -> set[int]:
        """Which of these the person may not read, or not any more."""
        return pks - set(access.visible_conversations(self.person).filter(pk__in=pks).values_list("pk", flat=True))

    async def read(self, frame: dict[str, Any]) -> None:
        """Only the highest number counts: while one is being kept the next ones gather, so a flood of them costs little."""
        seq = frame.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 2**53:
            raise _BadFrame
        name = _uuid(frame.get("conversation"))
        if name not in self.marks and (len(self.marks) >= MOST_MARKS or not writer.allowance.take(self.pk)):
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
        self.page.is_used = True
        try:
            await pool.run(self._typing, public_id)
        except DatabaseError as error:  # nothing is stored of it
            logger.warning("That somebody is typing could not be told: %s", type(error).__name__)

    def _typing(self, public_id: UUID) -> None:
        actions.show_typing(person=self.person, conversation=self._visible(public_id))

    def _visible(self, public_id: UUID) -> Conversation:
        conversation = access.visible_conversations(self.person).filter(public_id=public_id).first()
        if conversation is None:
            raise Refused
        return conversation


HANDLERS: dict[str, Callable[[Line, dict[str, Any]], Awaitable[None]]] = {
    "hello": Line.hello,
    "read": Line.read,
    "typing": Line.typing,
    "ping": Line.ping,
}


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
