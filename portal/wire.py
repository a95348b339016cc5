"""The last inch to a phone: Daphne's WebSocket with a short way for whole text frames, and a limit for who does not read.

Daphne and autobahn speak the protocol: handshake, fragments, control frames, closing. What happens for every single message is
done here, in a quarter of the time: a whole, short text frame is unmasked at once, and frames for a page leave as one write.
Everything else, and everything odd, goes to the library.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator, Sequence
from typing import Any

import autobahn.websocket.protocol
import daphne.server  # it chooses the event loop that everything after it uses
from autobahn.websocket.protocol import WebSocketProtocol as Library
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor as _reactor
from twisted.internet.defer import inlineCallbacks
from twisted.internet.task import deferLater
from twisted.internet.threads import deferToThread

reactor: Any = _reactor  # a module, and the reactor in use, under one name
RESTARTS = 1012  # RFC 6455's registry: the service restarts, come back
# Bytes that may wait for one page in this process; who reads less than is written is closed, and comes back with "after N".
MOST_UNREAD = 1_048_576
# Above every frame the protocol has: bigger ones are refused by their header, before they are in memory.
LONGEST_FRAME = 131_072
# Frames that may wait to be answered; above that nothing more is read from that phone.
MOST_UNTAKEN = 100
LOOK_AGAIN, LONGEST_WAIT = 0.02, 60.0  # seconds
WHOLE_TEXT, MASKED, SHORT, TWO_BYTES = 0x81, 0x80, 126, 126


def unmasked(mask: bytes, data: bytes) -> bytes:
    """RFC 6455, 5.3: byte i of the data xor byte i modulo 4 of the mask, as one whole number."""
    size = len(data)
    pattern = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(pattern, "little")).to_bytes(size, "little")


def heading(size: int) -> bytes:
    """What stands before a whole text frame of `size` bytes from a server: RFC 6455, 5.2."""
    if size < SHORT:
        return bytes((WHOLE_TEXT, size))
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")


class Wire(WebSocketProtocol):  # type: ignore[misc]
    """One socket. `push`, `clear` and `close` are what `portal.live` knows of it."""

    # -- in ---------------------------------------------------------------------------------------------------------------

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Whole text frames at once; from the first that is anything else on, the library."""
        rest = 0
        if self._is_between_frames():
            while (found := _whole_frame(data, rest)) is not None:
                rest, text = found
                self.application_queue.put_nowait({"type": "websocket.receive", "text": text})
            if rest:  # whoever speaks is there
                self.last_ping = time.time()
                if self.autoPingTimeoutCall:
                    self._cancelAutoPingTimeoutCall()
        if rest < len(data):
            super().dataReceived(data[rest:] if rest else data)
        if self.state == Library.STATE_OPEN and self.application_queue.qsize() >= MOST_UNTAKEN:
            self.transport.pauseProducing()
            reactor.callLater(LOOK_AGAIN, self._read_on)

    def _read_on(self) -> None:
        """Nothing more is read from a phone that sends faster than it is answered, until that is done: TCP holds it back."""
        if self.state != Library.STATE_OPEN:
            return
        if self.application_queue.qsize() < MOST_UNTAKEN:
            self.transport.resumeProducing()
        else:
            reactor.callLater(LOOK_AGAIN, self._read_on)

    def _is_between_frames(self) -> bool:
        return (
            self.state == Library.STATE_OPEN
            and self.current_frame is None
            and not self.data
            and not self.inside_message
            and not self.muted
        )

    # -- out --------------------------------------------------------------------------------------------------------------

    def connectionMade(self) -> None:  # noqa: N802 - Twisted's name
        """The HTTP channel this began as still listens to its transport: let it go, and its memory."""
        self.transport.unregisterProducer()
        super().connectionMade()

    def push(self, frames: Sequence[bytes]) -> None:
        """Write whole text frames, in order. Where the phone reads, they are in its kernel's hands when this returns."""
        if self.state != Library.STATE_OPEN:
            return
        self.sendData(b"".join([part for frame in frames for part in (heading(len(frame)), frame)]))

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:  # noqa: N802 - autobahn's name
        """The library's own frames, and its answer to a handshake, leave the same way. Nothing here asks for `sync` or pieces."""
        unread = self._count_unread()
        if unread > MOST_UNREAD:
            self.transport.abortConnection()
            return
        if not unread:
            try:
                sent = self.transport.getHandle().send(data)
            except OSError:  # full, or gone: the transport finds out which
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
        self.transport.write(data)

    def _count_unread(self) -> int:
        """Bytes that wait in the transport."""
        transport = self.transport
        waiting: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
        return waiting

    async def clear(self) -> None:
        """Wait until all that was pushed has left this process. Raises ConnectionError when the phone is gone, or reads nothing."""
        until = time.monotonic() + LONGEST_WAIT
        while self._count_unread() and self.state == Library.STATE_OPEN:
            if time.monotonic() > until:
                self.transport.abortConnection()
                break
            await asyncio.sleep(LOOK_AGAIN)
        if self._count_unread() or self.state != Library.STATE_OPEN:
            raise ConnectionAbortedError

    def close(self, code: int) -> None:
        self.serverClose(code)


def _whole_frame(data: bytes, at: int) -> tuple[int, str] | None:
    """Where the frame beginning `at` ends, and its text; None where it is not a whole, masked, well-formed text frame."""
    left = len(data) - at
    if left < 6 or data[at] != WHOLE_TEXT:
        return None
    size, start = data[at + 1] - MASKED, at + 2
    if size == TWO_BYTES:
        size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
        if size < SHORT:
            return None
    elif not 0 <= size < SHORT:
        return None
    end = start + 4 + size
    if end > at + left:
        return None
    try:
        return end, unmasked(data[start : start + 4], data[start + 4 : end]).decode()
    except UnicodeDecodeError:
        return None


class Server(daphne.server.Server):  # type: ignore[misc]
    """Daphne, whose sockets are wires; the application finds its own under the name of this module.

    At a polite end (SIGTERM) nobody new is let in, `finish` stores what was accepted, the answers to sockets go out, and each
    phone is told that the service restarts, so that it comes back at once to another process. Daphne ends its applications
    meanwhile: what else was on its way (a page half made, a push to a reader) is asked for again, there.
    """

    def __init__(self, *args: Any, finish: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finish = finish
        self.ports: list[Any] = []

    def run(self) -> None:
        reactor.addSystemEventTrigger("before", "shutdown", self._end)
        reactor.callWhenRunning(self._set_options)
        super().run()

    def _set_options(self) -> None:
        """Once for all sockets: the library would copy each of them from the factory onto each socket.

        One is a function, which decides on what a browser offers: on a class it must not become a method.
        """
        for name in Wire.CONFIG_ATTRS:
            option = getattr(self.ws_factory, name)
            setattr(Wire, name, staticmethod(option) if callable(option) else option)

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, Wire):
            scope["extensions"] = {__name__: protocol}
        return super().create_application(protocol, scope)

    @inlineCallbacks
    def _end(self) -> Generator[Any, Any, None]:
        for port in self.ports:
            yield port.stopListening()
        yield deferToThread(self.finish)
        yield deferLater(reactor, LOOK_AGAIN)  # the answers go out in the next turns of the loop
        for protocol in list(self.connections):
            if isinstance(protocol, Wire) and protocol.state == Library.STATE_OPEN:
                protocol.sendCloseFrame(code=RESTARTS)
        yield deferLater(reactor, LOOK_AGAIN)


daphne.server.WebSocketFactory.protocol = Wire
# At every connection autobahn lays out all its options for a log that nobody reads: a third of what a handshake costs.
autobahn.websocket.protocol.pformat = len  # type: ignore[attr-defined,assignment]
