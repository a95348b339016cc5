"""An XMPP client over plain TCP, as lean as wire.py: sign in, bind, be present, send, and find the ends of messages by their bytes.

It reads no XML. What it looks for is written by ejabberd and Prosody alike: attributes in single quotes, a message's own `id` in
its first tag, and no `</message>` inside a message.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from xml.sax.saxutils import escape

from bench import wire
from bench.hosts import Host
from bench.load import BODIES
from bench.peers import PeerPage

OPENING = (
    b"<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
    b"xmlns:stream='http://etherx.jabber.org/streams'>"
)
BIND = b"<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>page</resource></bind></iq>"
KEY_LENGTH = 36
STANZAS = [f"'><body>{escape(body)}</body></message>".encode() for body in BODIES]
OnMessage = Callable[[str, bool, float], None]


class Stream(asyncio.Protocol):
    """One client's stream. `on_message(key, is_error, moment)` is called for each message once `is_talking`."""

    def __init__(self, on_message: OnMessage) -> None:
        self.on_message = on_message
        self.is_talking = False
        self.transport: asyncio.Transport
        self._buffer = b""
        self._out: list[bytes] = []
        self._is_reading = False
        self._awaited: tuple[bytes, asyncio.Future[None]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._awaited:
            self._awaited[1].set_exception(wire.Refused(f"the stream ended: {self._buffer[-500:]!r}"))
            self._awaited = None

    async def ask(self, request: bytes, answer: bytes) -> None:
        """Send `request` and wait until `answer` has come; everything up to it is dropped."""
        self._awaited = (answer, asyncio.get_running_loop().create_future())
        future = self._awaited[1]
        self.transport.write(request)
        async with asyncio.timeout(wire.HANDSHAKE_SECONDS):
            await future

    def send(self, stanza: bytes) -> None:
        """What is sent while messages are being read goes out in one write after them."""
        if self._is_reading:
            self._out.append(stanza)
        else:
            self.transport.write(stanza)

    def close(self) -> None:
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        moment = time.perf_counter()
        if self._buffer:
            data = self._buffer + data
        if not self.is_talking:
            self._buffer = self._answered(data)
            return
        self._is_reading = True
        try:
            self._buffer = self._messages(data, moment)
        finally:
            self._is_reading = False
        if self._out:
            self.transport.write(b"".join(self._out))
            self._out.clear()

    def _answered(self, data: bytes) -> bytes:
        if self._awaited is None:
            return data
        answer, future = self._awaited
        at = data.find(answer)
        if at < 0:
            return data
        self._awaited = None
        future.set_result(None)
        return data[at + len(answer) :]

    def _messages(self, data: bytes, moment: float) -> bytes:
        """Hand on each whole message and give back what is left of the last."""
        at = 0
        while (end := data.find(b"</message>", at)) >= 0:
            begin = data.find(b"<message", at, end)
            tag_end = data.find(b">", begin, end)
            key = data.find(b" id='", begin, tag_end) + 5
            is_error = data.find(b" type='error'", begin, tag_end) >= 0
            self.on_message(data[key : key + KEY_LENGTH].decode(), is_error, moment)
            at = end + 10
        return data[at:]


class XmppPage(PeerPage):
    """One person's client, signed in and present, who writes to their partner's bare address as real clients do.

    XMPP has no frame that says "stored". The permit to send the next is therefore a message that arrived: each is answered with
    one, which keeps as many on their way in both directions as there were at the beginning.
    """

    socket: Stream  # type: ignore[assignment]

    async def open(self, host: Host, path: str, after: dict[str, int] | None = None) -> None:
        self._before = f"<message to='{self.person['partner']}@localhost' type='chat' id='".encode()
        loop = asyncio.get_running_loop()
        port = int(host.url.rpartition(":")[2])
        _transport, stream = await loop.create_connection(lambda: Stream(self.arrived), "127.0.0.1", port)
        self.socket = stream
        secret = base64.b64encode(f"\0{self.person['id']}\0{self.person['password']}".encode())
        features = b"</stream:features>"
        await stream.ask(OPENING, features)
        sasl = b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + secret + b"</auth>"
        await stream.ask(sasl, b"<success")
        await stream.ask(OPENING, features)
        await stream.ask(BIND, b"</iq>")
        await stream.ask(b"<presence/>", b"<presence")
        stream.is_talking = True

    def put(self, key: str) -> None:
        self.socket.send(self._before + key.encode() + STANZAS[len(self.keys) % len(STANZAS)])

    def arrived(self, key: str, is_error: bool, moment: float) -> None:
        if is_error:
            self.run.tally.refused["error"] += 1
            return
        self.took(key, moment)
        self.run.tally.acknowledged += 1
        if self.run.is_closed_loop:
            self.write()
