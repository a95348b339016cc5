"""A network between phone and server that can fail: connections cut, or bytes that go nowhere."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType


class Network:
    """Forwards one local port to another. `cut` closes and refuses; `swallow` keeps connections and loses what they carry."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self._goes_through = threading.Event()
        self._goes_through.set()
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            self._goes_through.set()
            for end in self._open:
                _close(end)
            self._open.clear()

    def swallow(self) -> None:
        self._goes_through.clear()

    def mend(self) -> None:
        """Works again for new connections; what was swallowed before stays lost."""
        self.cut()
        with self._lock:
            self._is_cut = False

    def _accept(self) -> None:
        while True:
            try:
                phone, _address = self._listener.accept()
            except OSError:
                return
            self._connect(phone)

    def _connect(self, phone: socket.socket) -> None:
        with self._lock:
            if self._is_cut:
                return _close(phone)
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open |= {phone, server}
        for here, there in ((phone, server), (server, phone)):
            threading.Thread(target=self._pass_on, args=(here, there), daemon=True).start()
        return None

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        try:
            while part := here.recv(65_536):
                if self._goes_through.is_set():
                    there.sendall(part)
        except OSError:
            pass
        with self._lock:
            self._open -= {here, there}
        _close(here)
        _close(there)

    def __enter__(self) -> Network:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _close(self._listener)
        self.cut()


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
