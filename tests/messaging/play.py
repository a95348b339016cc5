"""A run of whatever may happen in conversations between pages in two processes, and what has to be true when it is over."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

import httpx
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db.models import F

from messaging import watch
from messaging.actions import end_conversation
from messaging.history import messages_after
from messaging.models import Conversation
from portal import live, pool
from tests import faults
from tests.messaging.crowd import connect, until
from tests.messaging.ledger import Ledger, Reader
from tests.world import World

# Who sits where: several pages of the same person, in the same process and in the other.
SLOTS = [("caregiver", "here"), ("caregiver", "here"), ("peer", "here"), ("peer", "there"), ("caregiver", "there")]


# -- pages ------------------------------------------------------------------------------------------------------------------


class Line(Protocol):
    async def say(self, frame: dict[str, Any]) -> None: ...

    async def hear(self) -> dict[str, Any]: ...

    async def close(self) -> None: ...


class Here:
    """A socket of this process: the application gets and gives the events a server would pass on."""

    def __init__(self, line: WebsocketCommunicator) -> None:
        self.line = line

    @classmethod
    async def open(cls, cookie: str) -> Here:
        from portal.asgi import application

        headers = [(b"cookie", cookie.encode()), (b"origin", b"http://localhost"), (b"host", b"localhost")]
        line = WebsocketCommunicator(application, "/ws/", headers=headers)
        accepted, _code = await line.connect(timeout=faults.PATIENCE)
        assert accepted
        return cls(line)

    async def say(self, frame: dict[str, Any]) -> None:
        await self.line.send_to(text_data=json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        event = await self.line.output_queue.get()
        frame: dict[str, Any] = json.loads(event["text"] if event.get("text") is not None else event["bytes"])
        return frame

    async def close(self) -> None:
        await self.line.disconnect(timeout=faults.PATIENCE)


class There:
    """A socket of the other process."""

    def __init__(self, line: Any) -> None:
        self.line = line

    async def say(self, frame: dict[str, Any]) -> None:
        await self.line.send(json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await self.line.recv())
        return frame

    async def close(self) -> None:
        await self.line.close()


@dataclass
class Attempt:
    """One try to send. `may_be`: the answers it may get, by what the conversation was from then until it was answered."""

    key: str
    may_be: set[str]
    answer: str | None = None


@dataclass
class Page:
    """One slot: what it heard in each conversation, and the attempts it has no answer to."""

    name: str
    readers: dict[str, Reader]
    line: Line | None = None
    listening: asyncio.Task[None] | None = None
    unanswered: list[Attempt] = field(default_factory=list)


# -- a run ------------------------------------------------------------------------------------------------------------------


@dataclass
class Run:
    world: World
    there: faults.Site
    cookies: dict[str, str]
    talks: list[Conversation]
    ledger: Ledger = field(default_factory=Ledger)
    pages: list[Page] = field(default_factory=list)
    keys: defaultdict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    attempts: list[Attempt] = field(default_factory=list)
    posts: list[asyncio.Task[None]] = field(default_factory=list)
    unanswered: defaultdict[int, list[Attempt]] = field(default_factory=lambda: defaultdict(list))
    closed: dict[int, str] = field(default_factory=dict)
    written_there: set[int] = field(default_factory=set)  # talks the other process may have stored something in

    def seat(self, name: str) -> Page:
        readers = {(talk_id := str(talk.public_id)): Reader(f"{name} in {talk_id[:4]}", talk_id) for talk in self.talks}
        self.ledger.readers += readers.values()
        self.pages.append(Page(name, readers))
        return self.pages[-1]

    # -- steps

    async def open(self, slot: int, back: int) -> None:
        if self.pages[slot].line is None:
            await self._connect(self.pages[slot], *SLOTS[slot], back)

    async def _connect(self, page: Page, who: str, where: str, back: int = 0) -> None:
        cookie = self.cookies[who]
        page.line = await Here.open(cookie) if where == "here" else There(await connect(self.there, cookie))
        after = {name: reader.connect(back) for name, reader in page.readers.items()}
        page.listening = asyncio.create_task(self._listen(page, page.line))
        await page.line.say({"type": "hello", "after": after})

    async def close(self, slot: int) -> None:
        await self._disconnect(self.pages[slot])

    async def _disconnect(self, page: Page) -> None:
        if page.line is not None and page.listening is not None:
            line, page.line = page.line, None
            page.listening.cancel()
            results = await asyncio.gather(page.listening, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results), results
            page.unanswered.clear()  # nobody will ever know
            await line.close()

    async def send(self, slot: int, talk: int, repeat: int | None) -> None:
        page = self.pages[slot]
        if page.line is not None:
            attempt = self._attempt(slot, talk, repeat)
            page.unanswered.append(attempt)
            body = self.ledger.written[attempt.key].body
            conversation = str(self.talks[talk].public_id)
            await page.line.say({"type": "send", "conversation": conversation, "key": attempt.key, "body": body})

    async def post(self, slot: int, talk: int, repeat: int | None) -> None:
        attempt = self._attempt(slot, talk, repeat)
        self.posts.append(asyncio.create_task(self._post(*SLOTS[slot], talk, attempt)))

    def _attempt(self, slot: int, talk: int, repeat: int | None) -> Attempt:
        who, where = SLOTS[slot]
        if where == "there":
            self.written_there.add(talk)
        mine = self.keys[who, talk]
        if repeat is not None and mine:
            key = mine[repeat % len(mine)]
        else:
            key = str(uuid4())
            mine.append(key)
            self.ledger.write(key, str(self.talks[talk].public_id), who, f"{who} {len(mine)}")
        self.attempts.append(Attempt(key, {self.closed.get(talk, "stored")}))
        self.unanswered[talk].append(self.attempts[-1])
        return self.attempts[-1]

    async def _post(self, who: str, where: str, talk: int, attempt: Attempt) -> None:
        from portal.asgi import application

        csrf = "c" * 32
        headers = {
            "Cookie": f"{self.cookies[who]}; {settings.CSRF_COOKIE_NAME}={csrf}",
            "X-CSRFToken": csrf,
            "Accept": "application/json",
        }
        here: dict[str, Any] = {"transport": httpx.ASGITransport(application), "base_url": "http://localhost"}
        options = here if where == "here" else {"base_url": self.there.url}
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=faults.PATIENCE, **options) as client:
            answer = await client.post(
                f"/conversations/{self.talks[talk].public_id}/messages/",
                data={"key": attempt.key, "body": self.ledger.written[attempt.key].body},
            )
        said = answer.json()
        attempt.answer = said.get("code", "stored")
        if answer.status_code == 201:
            self.ledger.acknowledged[attempt.key].add(said["seq"])

    async def look(self) -> None:
        await pool.run(watch.look)

    async def breathe(self, milliseconds: int) -> None:
        await asyncio.sleep(milliseconds / 1_000)

    async def pause(self, talk: int) -> None:
        if talk not in self.closed:
            await self._set(talk, Conversation.State.PAUSED)
            self._close(talk, "paused")

    async def go_on(self, talk: int) -> None:
        """Whatever was sent during the pause is answered first: afterwards it could be stored after all."""
        if self.closed.get(talk) == "paused":
            await self.settle()
            await self._set(talk, Conversation.State.ACTIVE)
            del self.closed[talk]

    async def end(self, talk: int) -> None:
        if self.closed.get(talk) != "ended":
            await pool.run(end_conversation, actor=self.world.caregiver, conversation=self.talks[talk])
            self._close(talk, "ended")

    async def _set(self, talk: int, state: str) -> None:
        conversations = Conversation.objects.filter(pk=self.talks[talk].pk)
        await pool.run(conversations.update, state=state, access_version=F("access_version") + 1)

    def _close(self, talk: int, code: str) -> None:
        """From here on nothing goes in; what is on its way was before or after."""
        self.closed[talk] = code
        for attempt in self.unanswered[talk]:
            attempt.may_be.add(code)

    # -- what comes of it

    async def _listen(self, page: Page, line: Line) -> None:
        while True:
            frame = await line.hear()
            if frame["type"] in {"message", "stored"}:
                self.ledger.hear(page.readers[frame["conversation"]], frame, frame["seq"])
            if frame["type"] in {"stored", "refused"}:
                attempt = next(each for each in page.unanswered if each.key == frame["key"])
                page.unanswered.remove(attempt)
                attempt.answer = frame.get("code", "stored")

    async def settle(self) -> None:
        """Everything sent by who is still there is answered."""
        await asyncio.gather(*self.posts)
        self.posts.clear()
        await self.wait_for(lambda: not any(page.unanswered for page in self.pages), "every message is answered")
        self.unanswered.clear()

    async def wait_for(self, is_so: Callable[[], bool], what: str) -> None:
        def is_so_or_broken() -> bool:
            for page in self.pages:
                if page.listening is not None and page.listening.done() and not page.listening.cancelled():
                    page.listening.result()
            return is_so()

        await until(is_so_or_broken, what, 30)

    async def come_to_rest(self) -> None:
        """Open pages of this process get the rest by a look at the numbers; everybody else comes back with "after N"."""
        await self.settle()
        await self.wait_for(lambda: not any(page.catching_up for page in live.pages_open()), "all have caught up")
        await self._hear_what_this_process_stored()
        await self._have_a_last_word()
        self.ledger.stored = await pool.run(self._stored)
        await self.look()
        for page, (who, where) in zip(self.pages, SLOTS, strict=True):
            if page.line is None or where == "there":
                await self._disconnect(page)
                await self._connect(page, who, where)
        for who in self.cookies:
            for where in ("here", "there"):
                await self._connect(self.seat(f"a new page of the {who}, {where}"), who, where)
        for page in self.pages:
            for reader in page.readers.values():
                await self._until_read(reader, self.ledger.stored)
        for page in self.pages:
            await self._disconnect(page)

    async def _hear_what_this_process_stored(self) -> None:
        """Nobody has to look for that: it is pushed, also to pages that were catching up."""
        stored = await pool.run(self._stored)
        for slot in self._open_here():
            for n, talk in enumerate(self.talks):
                if n not in self.written_there:
                    await self._until_read(self.pages[slot].readers[str(talk.public_id)], stored)

    async def _have_a_last_word(self) -> None:
        """Who is answered gets all that lies below the answer, whoever stored it, also before anybody looks."""
        for slot in self._open_here()[:1]:
            for n, talk in enumerate(self.talks):
                if n not in self.closed:
                    await self.send(slot, n, None)
                    await self.settle()
                    await self._until_read(self.pages[slot].readers[str(talk.public_id)], await pool.run(self._stored))

    def _open_here(self) -> list[int]:
        return [slot for slot, (_who, where) in enumerate(SLOTS) if where == "here" and self.pages[slot].line]

    async def _until_read(self, reader: Reader, stored: dict[str, list[tuple[int, str]]]) -> None:
        end = len(stored[reader.conversation])
        await self.wait_for(lambda: reader.after >= end, f"{reader.name} has read to {end}")

    def _stored(self) -> dict[str, list[tuple[int, str]]]:
        """As the database has it, opened and held against what was written."""
        stored = {}
        for talk in self.talks:
            talk.refresh_from_db()
            shown = messages_after(talk, 0, limit=10_000)
            assert talk.last_seq == len(shown)
            assert all(each.body == self.ledger.written[str(each.key)].body for each in shown)
            stored[str(talk.public_id)] = [(each.seq, str(each.key)) for each in shown]
        return stored

    def check(self) -> None:
        known = {key for rows in self.ledger.stored.values() for _seq, key in rows}
        tries: defaultdict[str, list[Attempt]] = defaultdict(list)
        for attempt in self.attempts:
            tries[attempt.key].append(attempt)
        for key, attempts in tries.items():
            answers = {attempt.answer for attempt in attempts}
            allowed = set.union(*(attempt.may_be for attempt in attempts))
            assert "stored" in allowed or key not in known, f"{key} was sent to a closed conversation and stored"
            assert answers & {None, "stored"} or key not in known, f"{key} was refused and stored"
            for attempt in attempts:
                # What is stored already may be acknowledged again, whatever the conversation is now.
                may_be = attempt.may_be | {None} | ({"stored"} if key in known else set())
                assert attempt.answer in may_be, f"{attempt} of {key}"
        given_up = {key for key, attempts in tries.items() if all(attempt.answer != "stored" for attempt in attempts)}
        faults = self.ledger.faults(given_up=given_up)
        assert not faults, "\n".join(faults)
