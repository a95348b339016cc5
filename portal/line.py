"""Between processes: what one pushes the others hear, once each, encrypted. The only user of the channel layer."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import orjson
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings

from portal import crypto

logger = logging.getLogger(__name__)

CONTEXT = b"live"
BEAT_EVERY = 1.0
SILENT_AFTER = 4.0
MOST_WAITING = 16 * 1_048_576  # bytes that may wait for Redis; what is more is dropped, and its readers are polled for


class Line:
    """One thread with a loop of its own that sends this process's batches and hears the others'.

    It is up while it hears its own heartbeat come back; while it is down the pages are kept right by polling
    (messaging/watch.py). Frames for a line that is down are dropped: they are in the database.
    """

    def __init__(self, heard: Callable[[dict[str, Any]], None]) -> None:
        """`heard` is called with what the others published."""
        self._heard = heard
        self._name = uuid.uuid4().hex
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outgoing: asyncio.Queue[bytes] | None = None
        self._waiting = 0  # bytes in `_outgoing`; only the line's loop touches it
        self._ready = threading.Event()
        self._opening = threading.Lock()
        self._heard_at = 0.0

    def is_up(self) -> bool:
        return time.monotonic() - self._heard_at < SILENT_AFTER

    def open(self) -> None:
        """Begin to listen, once a process, where there is a Redis."""
        if not settings.REDIS_URL or self._thread is not None:
            return
        with self._opening:
            if self._thread is None:
                self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="line", daemon=True)
                self._thread.start()
        self._ready.wait(5)

    def publish(self, what: dict[str, Any]) -> None:
        self.open()
        if self._loop is not None:
            sealed = crypto.wrap(orjson.dumps({"from": self._name, **what}), CONTEXT)
            self._loop.call_soon_threadsafe(self._enqueue, sealed, "frames" in what)

    def close(self, patience: float = 2.0) -> None:
        """Let what was published go out, as long as Redis takes it."""
        if self._loop is not None and self._outgoing is not None:
            try:
                asyncio.run_coroutine_threadsafe(self._outgoing.join(), self._loop).result(patience)
            except (TimeoutError, RuntimeError) as error:
                logger.debug("The line was closed early: %s", error)

    def _enqueue(self, sealed: bytes, may_be_dropped: bool) -> None:
        """Frames are in the database. That a session has ended is said nowhere else, and is short."""
        if self._outgoing is not None and (not may_be_dropped or self._waiting + len(sealed) <= MOST_WAITING):
            self._waiting += len(sealed)
            self._outgoing.put_nowait(sealed)

    async def _run(self) -> None:
        # The library says at every try that Redis is away; `line_is_up` says it once.
        logging.getLogger("channels_redis.pubsub").setLevel(logging.CRITICAL)
        self._loop, self._outgoing = asyncio.get_running_loop(), asyncio.Queue()
        self._ready.set()
        while True:
            layer = RedisPubSubChannelLayer(hosts=[settings.REDIS_URL], prefix="porch")
            tasks: list[asyncio.Task[None]] = []
            try:
                channel = await layer.new_channel()
                await layer.group_add("live", channel)
                tasks = [
                    asyncio.create_task(part)
                    for part in (self._hear(layer, channel), self._tell(layer), self._beat(layer))
                ]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            except OSError:
                pass
            except Exception as error:  # whatever a driver raises for a lost connection: begin again
                logger.debug("The line between processes broke: %s", error)
            await self._hang_up(layer, tasks)
            await asyncio.sleep(BEAT_EVERY)

    async def _hang_up(self, layer: RedisPubSubChannelLayer, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        logger.debug("The line ended with %s", results)
        try:
            await layer.flush()
        except Exception as error:
            logger.debug("The line could not be closed: %s", error)

    async def _beat(self, layer: RedisPubSubChannelLayer) -> None:
        """Say something to oneself; when it does not come back, break off and connect anew."""
        started = time.monotonic()
        while True:
            sealed = crypto.wrap(orjson.dumps({"from": self._name, "beat": True}), CONTEXT)
            await layer.group_send("live", {"data": sealed})
            await asyncio.sleep(BEAT_EVERY)
            if not self.is_up() and time.monotonic() - started > SILENT_AFTER:
                raise ConnectionError("no heartbeat came back")

    async def _tell(self, layer: RedisPubSubChannelLayer) -> None:
        assert self._outgoing is not None  # noqa: S101 - set before the tasks start
        while True:
            sealed = await self._outgoing.get()
            self._waiting -= len(sealed)
            try:
                await layer.group_send("live", {"data": sealed})
            finally:
                self._outgoing.task_done()

    async def _hear(self, layer: RedisPubSubChannelLayer, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            try:
                what = orjson.loads(crypto.unwrap(message["data"], CONTEXT))
            except (crypto.CannotDecrypt, orjson.JSONDecodeError, KeyError):
                continue  # not ours: whoever can reach Redis cannot push to anyone's page
            if what["from"] == self._name:
                self._heard_at = time.monotonic()
            else:
                self._heard(what)
