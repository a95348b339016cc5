"""A WebSocket and HTTP client light enough not to be what is measured: framing by hand over asyncio protocols.

It offers no compression and expects whole text frames, which is what Daphne sends. Its masking key is zero, which the
protocol allows a client to choose (RFC 6455, 5.3) and which leaves the payload as it is; a server unmasks it all the same.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
HANDSHAKE_SECONDS = 60
KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # any sixteen bytes; nothing here depends on the answer to it
OnText = Callable[[bytes, float], None]


class Refused(Exception):
    """The server answered the handshake with something other than 101."""


def text_frame(payload: bytes) -> bytes:
    return _header(TEXT, len(payload)) + payload


def _header(opcode: int, length: int) -> bytes:
    first = 0x80 | opcode
    if length < 126:
        return bytes((first, 0x80 | length)) + b"\0\0\0\0"
    if length < 65_536:
        return bytes((first, 0x80 | 126)) + length.to_bytes(2, "big") + b"\0\0\0\0"
    return bytes((first, 0x80 | 127)) + length.to_bytes(8, "big") + b"\0\0\0\0"


class Socket(asyncio.Protocol):
    """One WebSocket. `on_text(payload, moment)` is called for each text frame; `moment` is when its bytes were read."""

    def __init__(self, request: bytes, on_text: OnText) -> None:
        self.request = request
        self.on_text = on_text
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        # Read here, so that a refusal nobody waits for any more is not told of at the end.
        self.opened.add_done_callback(lambda opened: opened.cancelled() or opened.exception())
        self.transport: asyncio.Transport
        self._buffer = b""
        self._out: list[bytes] = []
        self._is_reading = False
        self._is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(Refused("the connection ended during the handshake"))
        if not self.closed.done():
            self.closed.set_result(1006)

    def send(self, frame: bytes) -> None:
        """Send a frame made by `text_frame`. What is sent while frames are being read goes out in one write after them."""
        if self._is_reading:
            self._out.append(frame)
        else:
            self.transport.write(frame)

    def close(self) -> None:
        """Gone at once, as a phone that loses its network."""
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        moment = time.perf_counter()
        if self._buffer:
            data = self._buffer + data
        if not self._is_open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = data
                return
            self._handshake(data[:end])
            data = data[end + 4 :]
        self._is_reading = True
        try:
            self._buffer = self._frames(data, moment)
        finally:
            self._is_reading = False
        if self._out:
            self.transport.write(b"".join(self._out))
            self._out.clear()

    def _handshake(self, head: bytes) -> None:
        line = head.split(b"\r\n", 1)[0]
        if b" 101 " in line:
            self._is_open = True
            self.opened.set_result(None)
        else:
            self.opened.set_exception(Refused(line.decode("latin-1")))
            self.transport.abort()

    def _frames(self, data: bytes, moment: float) -> bytes:
        """Hand on each whole frame and give back what is left of the last."""
        at, size, on_text = 0, len(data), self.on_text
        while size - at >= 2:
            length, begin = data[at + 1], at + 2
            if length == 126:
                length, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                length, begin = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            end = begin + length
            if end > size:
                break
            if data[at] == 0x81:
                on_text(data[begin:end], moment)
            else:
                self._control(data[at], data[begin:end])
            at = end
        return data[at:]

    def _control(self, first: int, payload: bytes) -> None:
        opcode = first & 0x0F
        if opcode == PING:
            self.send(_header(PONG, len(payload)) + payload)
        elif opcode == CLOSE:
            if not self.closed.done():
                self.closed.set_result(int.from_bytes(payload[:2], "big") or 1005)
            self.transport.close()
        elif opcode != PONG:
            raise ValueError(f"a frame this client does not read begins with {first:#x}")


def upgrade(url: str, path: str, cookie: str = "") -> bytes:
    """The bytes that ask for a WebSocket at `path` on the site `url`."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {urlsplit(url).netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {KEY}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {url}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def connect(url: str, request: bytes, on_text: OnText) -> Socket:
    """Open one socket and wait for its handshake. Raises Refused, OSError or TimeoutError."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    _transport, socket = await loop.create_connection(lambda: Socket(request, on_text), "127.0.0.1", parts.port)
    async with asyncio.timeout(HANDSHAKE_SECONDS):
        await socket.opened
    return socket


class Getter:
    """One kept-alive HTTP connection that asks for a page and waits for the whole of it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
        self.reader = reader
        self.writer = writer
        self.request = request

    @classmethod
    async def open(cls, url: str, path: str, cookie: str) -> Getter:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection("127.0.0.1", parts.port, limit=1 << 20)
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept: text/html", "Accept-Encoding: gzip"]
        return cls(reader, writer, ("\r\n".join([*lines, f"Cookie: {cookie}"]) + "\r\n\r\n").encode())

    async def get(self) -> tuple[int, int]:
        """Status and bytes of the body as sent."""
        self.writer.write(self.request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            size = await self._chunks()
        else:
            begin = lower.index(b"content-length:") + 15
            size = int(lower[begin : lower.index(b"\r", begin)])
            await self.reader.readexactly(size)
        return int(head[9:12]), size

    async def _chunks(self) -> int:
        total = 0
        while size := int((await self.reader.readline()).split(b";")[0], 16):
            await self.reader.readexactly(size + 2)
            total += size
        await self.reader.readline()
        return total

    def close(self) -> None:
        self.writer.close()
