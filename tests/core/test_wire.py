"""The short way for whole text frames says exactly what the library says, whatever arrives and however it is cut."""

from __future__ import annotations

import asyncio
import itertools
import struct
from types import SimpleNamespace
from typing import Any

import pytest
from autobahn.websocket.protocol import WebSocketProtocol
from daphne.ws_protocol import WebSocketFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twisted.internet.testing import StringTransport

from portal import wire

HANDSHAKE = (
    b"GET /ws/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT, BINARY, GO_ON, PING, PONG, CLOSE = 0x81, 0x82, 0x80, 0x89, 0x8A, 0x88


def frame(kind: int, data: bytes, mask: bytes | None = b"\x01\x02\x03\x04", *, length_bytes: int = 0) -> bytes:
    """As a browser sends it; with `length_bytes` 2 or 8, a length written longer than it needs to be."""
    masked = 0x80 if mask is not None else 0
    if length_bytes == 8 or len(data) > 65_535:
        head = struct.pack("!BBQ", kind, masked | 127, len(data))
    elif length_bytes == 2 or len(data) > 125:
        head = struct.pack("!BBH", kind, masked | 126, len(data))
    else:
        head = struct.pack("!BB", kind, masked | len(data))
    if mask is None:
        return head + data
    return head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


class Transport(StringTransport):
    """As the transports of real connections, with nothing waiting, and a phone that takes everything."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.dataBuffer, self.offset, self._tempDataLen = b"", 0, 0

    def getHandle(self) -> Transport:
        return self

    def send(self, data: bytes) -> int:
        self.write(data)  # type: ignore[no-untyped-call]
        return len(data)

    def unregisterProducer(self) -> None:
        """Nothing registered is nothing wrong."""
        self.producer = None


def an_open_socket(*, has_short_way: bool) -> tuple[Any, asyncio.Queue[dict[str, Any]]]:
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    server = SimpleNamespace(
        root_path="",
        proxy_forwarded_address_header=None,
        protocol_connected=lambda _protocol: None,
        protocol_disconnected=lambda _protocol: None,
        create_application=lambda _protocol, _scope: queue,
        log_action=lambda *_what: None,
    )
    factory = WebSocketFactory(server)
    factory.protocol = wire.Wire
    factory.setProtocolOptions(
        maxFramePayloadSize=wire.LONGEST_FRAME,
        maxMessagePayloadSize=wire.LONGEST_FRAME,
        openHandshakeTimeout=0,
        closeHandshakeTimeout=0,
    )
    socket = factory.buildProtocol(None)
    socket._raw_query_string = b""
    if not has_short_way:
        socket._is_between_frames = lambda: False
    socket.makeConnection(Transport())
    socket.dataReceived(HANDSHAKE)
    socket.serverAccept()
    assert queue.get_nowait() == {"type": "websocket.connect"}
    socket.transport.clear()
    return socket, queue


def heard(chunks: list[bytes], *, has_short_way: bool) -> tuple[list[dict[str, Any]], int, bytes]:
    """What the application is given, how the socket stands, and what was answered."""
    socket, queue = an_open_socket(has_short_way=has_short_way)
    for chunk in chunks:
        socket.dataReceived(chunk)
    events = [queue.get_nowait() for _ in range(queue.qsize())]
    return events, socket.state, socket.transport.value()


masks = st.binary(min_size=4, max_size=4)
texts = st.one_of(st.text(max_size=200), st.text(min_size=1, max_size=3).map(lambda text: text * 300)).map(str.encode)
frames = st.one_of(
    st.builds(frame, st.just(TEXT), texts, masks),
    st.builds(frame, st.just(TEXT), texts, masks),
    st.builds(frame, st.sampled_from([TEXT, BINARY]), st.binary(max_size=300), masks),  # often no text
    st.builds(frame, st.sampled_from([0x01, 0x00, GO_ON]), texts, masks),  # parts of a message
    st.builds(frame, st.sampled_from([PING, PONG]), st.binary(max_size=125), masks),
    st.builds(frame, st.integers(0, 255), st.binary(max_size=20), masks),  # reserved bits and kinds
    st.builds(frame, st.just(TEXT), texts, st.none()),  # not masked
    st.builds(frame, st.just(TEXT), texts, masks, length_bytes=st.sampled_from([2, 8])),
    st.just(frame(CLOSE, b"\x03\xe8")),
    st.binary(max_size=20),
)


@given(sent=st.lists(frames, max_size=8), cuts=st.lists(st.integers(0, 3_000), max_size=6))
@settings(max_examples=400, deadline=None)
@example(sent=[frame(TEXT, b"x" * 125), frame(TEXT, b"x" * 126), frame(TEXT, b"x" * 65_536)], cuts=[])
@example(sent=[frame(0x01, b"be"), frame(PING, b"?"), frame(GO_ON, b"gun"), frame(TEXT, b"next")], cuts=[])
@example(sent=[frame(TEXT, b"\xed\xa0\x80")], cuts=[])  # half a character pair
def test_whatever_arrives_is_understood_as_the_library_does(sent: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(sent)
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    chunks = [stream[start:end] for start, end in itertools.pairwise(places) if end > start]
    assert heard(chunks, has_short_way=True) == heard(chunks, has_short_way=False)


def test_a_frame_too_long_is_refused_by_its_heading() -> None:
    """Before it is in memory: nothing of it reaches the application, and the socket is closing."""
    events, state, _answer = heard([frame(TEXT, b"x" * (wire.LONGEST_FRAME + 1))[:100]], has_short_way=True)
    assert not events
    assert state != WebSocketProtocol.STATE_OPEN


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_headings_are_those_of_the_protocol(size: int) -> None:
    assert wire.heading(size) + b"x" * size == frame(TEXT, b"x" * size, None)


class Pipe:
    """A connection whose other side takes `room` bytes and then no more."""

    def __init__(self, room: int) -> None:
        self.room, self.took, self.aborted = room, b"", False
        self.dataBuffer, self.offset, self._tempDataLen = b"", 0, 0

    def getHandle(self) -> Pipe:
        return self

    def send(self, data: bytes) -> int:
        if not self.room:
            raise BlockingIOError
        taken = data[: self.room]
        self.room -= len(taken)
        self.took += taken
        return len(taken)

    def write(self, data: bytes) -> None:
        self.dataBuffer += data

    def abortConnection(self) -> None:
        self.aborted = True


@pytest.mark.parametrize("room", [0, 1, 5, 11, 12, 13, 100])
def test_frames_leave_whole_and_in_order_however_much_the_phone_takes(room: int) -> None:
    socket, _queue = an_open_socket(has_short_way=True)
    socket.transport = pipe = Pipe(room)
    socket.push([b"one", b"two"])
    pipe.room = 1_000  # it reads again, but what waits goes first
    socket.push([b"three"])
    assert pipe.took + pipe.dataBuffer == b"\x81\x03one\x81\x03two\x81\x05three"
    assert not pipe.aborted


def test_who_never_reads_is_cut_off_before_a_mebibyte_and_a_bit() -> None:
    socket, _queue = an_open_socket(has_short_way=True)
    socket.transport = pipe = Pipe(0)
    pushed = 0
    while not pipe.aborted:
        socket.push([b"x" * 4_000])
        pushed += 4_000
    assert wire.MOST_UNREAD < pushed <= wire.MOST_UNREAD + 8_000
