"""What the proxy passes on, refuses and says by itself, with an echo behind it instead of the site."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests import servers
from tests.deploy import proxy
from tests.faults import free_port

pytestmark = pytest.mark.skipif(
    not servers.find_nginx(), reason="no nginx here: install it, or set NGINX to the path of one"
)
SECRET = "b5a3c1f0-1111-4222-8333-444455556666"


class Echo(BaseHTTPRequestHandler):
    """Says which server was asked what, with which headers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, EchoServer)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): self.headers.get_all(name) for name in self.headers}
        body = json.dumps({"port": self.server.server_port, "path": self.path, "headers": headers}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - named by the library

    def log_message(self, *_words: object) -> None:
        """A test's output is its own."""


class EchoServer(ThreadingHTTPServer):
    """Gone with all its connections, as a process that ended."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Echo)
        self.lines: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self.lines.append(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for line in self.lines:
            with suppress(OSError):  # closed already
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def echo(port: int) -> Iterator[None]:
    server = EchoServer(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def echoed(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Door:
    folder: Path
    ports: proxy.Ports
    var: Path
    trusted: ssl.SSLContext

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """One request over TLS. Header names are written with underscores for hyphens."""
        line = Https(self)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body, {"Host": proxy.NAME, **names})
            answer = line.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            line.close()


class Https(http.client.HTTPConnection):
    def __init__(self, door: Door) -> None:
        super().__init__("127.0.0.1", door.ports.https, timeout=10)
        self.door = door

    def connect(self) -> None:
        super().connect()
        self.sock = self.door.trusted.wrap_socket(self.sock, server_hostname=proxy.NAME)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with servers._short_folder("portal-nginx-") as folder:
        ports = proxy.Ports(free_port(), free_port(), free_port(), (free_port(), free_port()))
        certificate = proxy.lay_out(folder, ports, folder / "var")
        static = folder / "var" / "static"
        static.mkdir()
        (static / "page.js").write_text("plain")
        (static / "page.0123456789ab.js").write_text("plain")
        (static / "page.0123456789ab.js.gz").write_bytes(gzip.compress(b"packed"))
        with servers.nginx(folder, ports.https):
            yield Door(folder, ports, folder / "var", ssl.create_default_context(cafile=certificate))


def test_what_a_caller_says_about_itself_is_replaced_by_what_is_so(door: Door) -> None:
    with echo(door.ports.pages):
        said = door.ask(
            "/",
            X_Forwarded_For="203.0.113.9, 198.51.100.7",
            X_Forwarded_Proto="http",
            X_Forwarded_Host="elsewhere.example",
            Forwarded="for=203.0.113.9",
            X_Forwarded_For_="203.0.113.9",
            Upgrade="h2c",
        ).echoed["headers"]
    assert said["x-forwarded-for"] == ["127.0.0.1"]
    assert said["x-forwarded-proto"] == ["https"]
    assert said["host"] == [proxy.NAME]
    assert not {"forwarded", "x-forwarded-host", "upgrade"} & set(said)


def test_pages_go_to_gunicorn_and_to_the_socket_processes_only_while_it_is_away(door: Door) -> None:
    with echo(door.ports.sockets[0]), echo(door.ports.sockets[1]):
        with echo(door.ports.pages):
            assert {door.ask("/messages/").echoed["port"] for _ in range(4)} == {door.ports.pages}
        away = {door.ask("/messages/", "POST", b"{}").echoed["port"] for _ in range(4)}
        assert away == set(door.ports.sockets)


def test_sockets_go_to_the_socket_processes_whichever_is_there(door: Door) -> None:
    with echo(door.ports.pages), echo(door.ports.sockets[1]):
        said = [door.ask("/ws/", Connection="Upgrade", Upgrade="websocket").echoed for _ in range(4)]
    assert {each["port"] for each in said} == {door.ports.sockets[1]}
    assert said[0]["headers"]["upgrade"] == ["websocket"]
    assert said[0]["headers"]["x-forwarded-for"] == ["127.0.0.1"]


@pytest.mark.parametrize(
    "path", ["/metrics", "/metrics?all=1", "//metrics", "/%6detrics", "/me/../metrics", "/./metrics"]
)
def test_nobody_outside_reads_the_counts_not_even_with_the_token(door: Door, path: str) -> None:
    with echo(door.ports.pages):
        answer = door.ask(path, Authorization="Bearer token")
    assert answer.status == 404
    assert b"headers" not in answer.body


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_while_nothing_answers_the_proxy_says_so_in_words_and_keeps_the_status(door: Door, method: str) -> None:
    answer = door.ask("/messages/", method, b"{}" if method == "POST" else None)
    assert answer.status == 502
    assert "It is our fault, not yours" in answer.body.decode()
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "nginx/" not in answer.headers["server"]


def test_static_files_come_from_the_disk_packed_and_for_ever(door: Door) -> None:
    packed = door.ask("/static/page.0123456789ab.js", Accept_Encoding="gzip")
    assert (packed.status, gzip.decompress(packed.body)) == (200, b"packed")
    assert packed.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert packed.headers["vary"] == "Accept-Encoding"
    plain = door.ask("/static/page.js")
    assert (plain.body, plain.headers["cache-control"]) == (b"plain", "max-age=3600, public")
    assert plain.headers["x-content-type-options"] == "nosniff"


def test_a_static_file_this_machine_does_not_have_is_asked_of_the_site(door: Door) -> None:
    with echo(door.ports.pages):
        answer = door.ask("/static/old.ba9876543210.js")
    assert answer.echoed["path"] == "/static/old.ba9876543210.js"
    assert "cache-control" not in answer.headers


@pytest.mark.parametrize("path", ["/static/../secrets.json", "/static/%2e%2e/secrets.json", "/static../secrets.json"])
def test_no_path_leads_out_of_the_static_files(door: Door, path: str) -> None:
    (door.var / "secrets.json").write_text("keys")
    with echo(door.ports.pages):
        assert b"keys" not in door.ask(path).body


def test_a_body_above_one_megabyte_is_refused_before_it_reaches_the_site(door: Door) -> None:
    with echo(door.ports.pages):
        assert door.ask("/messages/", "POST", b"x" * 1_000_000).status == 200
        assert door.ask("/messages/", "POST", b"x" * 1_100_000).status == 413


def test_http_leads_to_https_and_names_that_are_not_ours_to_nothing(door: Door) -> None:
    line = http.client.HTTPConnection("127.0.0.1", door.ports.http, timeout=10)
    line.request("GET", "/help/?a=1", headers={"Host": proxy.NAME})
    answer = line.getresponse()
    assert (answer.status, answer.getheader("location")) == (301, f"https://{proxy.NAME}/help/?a=1")
    line.close()
    line.request("GET", "/", headers={"Host": "elsewhere.example"})
    with pytest.raises(ConnectionResetError):
        line.getresponse()
    line.close()
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", door.ports.https), timeout=10) as raw,
        pytest.raises(ssl.SSLError),
    ):
        anyone.wrap_socket(raw, server_hostname="elsewhere.example")


def test_the_logs_say_what_was_asked_of_which_room_and_never_who_or_what(door: Door) -> None:
    before = len((door.folder / "access.log").read_text().splitlines())
    path = f"/conversations/{SECRET}/?before=77&person=rosa"
    door.ask(path, Referer=f"https://{proxy.NAME}{path}", User_Agent="a phone of rosa's")  # nothing answers: an error
    with echo(door.ports.pages):
        door.ask(f"/{SECRET}/{SECRET}")
        door.ask("/static/nothing.js")
    lines = (door.folder / "access.log").read_text().splitlines()[before:]
    assert [line.split()[1:4] for line in lines] == [
        ["conversations", "GET", "502"],
        ["other", "GET", "200"],
        ["static", "GET", "200"],
    ]
    everything = "".join(log.read_text() for log in door.folder.glob("*.log"))
    for word in (SECRET, "before=77", "rosa", "127.0.0.1", "nothing.js"):
        assert word not in everything
