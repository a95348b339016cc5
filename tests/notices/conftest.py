"""A mailbox that is a folder, and a server of this machine that takes what our channels post."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from portal.notices import decide


@dataclass
class Mailbox:
    """What went out by e-mail and by text, oldest first."""

    folder: Path

    def messages(self, channel: str) -> list[dict[str, Any]]:
        paths = sorted((self.folder / channel).glob("*.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths]

    @property
    def mails(self) -> list[dict[str, Any]]:
        return self.messages("email")

    @property
    def texts(self) -> list[dict[str, Any]]:
        return self.messages("sms")


@pytest.fixture
def mailbox(tmp_path: Path, settings: Settings) -> Mailbox:
    settings.EMAIL_URL = f"file://{tmp_path}/email"
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return Mailbox(tmp_path)


@pytest.fixture
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts may go out, whatever hour the tests run at."""
    monkeypatch.setattr(decide, "is_quiet", lambda _local: False)


@dataclass
class Service:
    """A message service: keeps what it was posted, answers `status`."""

    url: str = ""
    status: int = 200
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.posts.append((self.path, dict(self.headers.items()), body))
            self.send_response(found.status)
            if found.status in {301, 302, 307}:
                self.send_header("Location", f"{found.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        found.url = f"http://127.0.0.1:{server.server_port}"
        yield found
        server.shutdown()
        thread.join()
