"""Running Daphne with this site, from the commands that serve."""

from __future__ import annotations

import gc
import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from portal import wire  # first: with Daphne it chooses the event loop that everything after it uses

# isort: split
from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from messaging import watch
from messaging.writer import writer
from portal import live, worker
from portal.language import content
from portal.language.catalogs import PSEUDO, path_of

# A page that does not answer a ping within this many seconds is gone; its phone comes back by itself.
PING_EVERY, PING_PATIENCE = 25, 30
TURN = 0.0005  # seconds
GARBAGE = 20_000


def prepare() -> None:
    """Bring the database up to date, the programmes in, and the static files in place."""
    from portal.programs.actions import sync_profiles

    _keep_database_private()
    call_command("migrate", verbosity=0)
    if not _is_stamped():
        call_command("compile_catalogs")
        call_command("collectstatic", interactive=False, verbosity=0)
        _stamp()
    sync_profiles()


def _keep_database_private() -> None:
    """Made before SQLite makes it, for its owner only: names, sessions and the record lie in it readable."""
    if connection.vendor == "sqlite":
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)


def _sources() -> Iterator[Path]:
    yield from (settings.BASE_DIR / "portal" / "static").rglob("*.*")
    yield from (settings.BASE_DIR / "locale").rglob("*.po")
    yield from (settings.BASE_DIR / "templates").rglob("*.html")


def _key() -> str:
    """Changes with any file that static files and catalogs are made from."""
    return hashlib.sha256(
        "".join(f"{path}{path.stat().st_mtime_ns}" for path in sorted(_sources())).encode()
    ).hexdigest()


def _is_stamped() -> bool:
    stamp = Path(settings.STATIC_ROOT) / "prepared"
    compiled = path_of(PSEUDO).with_suffix(".mo")
    return stamp.exists() and compiled.exists() and stamp.read_text() == _key()


def _stamp() -> None:
    (Path(settings.STATIC_ROOT) / "prepared").write_text(_key())


def serve(host: str, port: int, *, with_worker: bool, ready: Callable[[], None], descriptor: int | None = None) -> None:
    """Serve until stopped. With `with_worker` the worker's loop runs as a thread inside, for a machine that has one process.

    With `descriptor` it serves on a socket that listens already, handed over by who started it, instead of host and port.
    """
    from portal.asgi import application

    # Two threads at work, the loop and the writer: 5 ms, Python's own, is long for a page that waits its turn.
    sys.setswitchinterval(TURN)
    content.edition()  # read the profiles now, not while the first phones wait at the door
    gc.freeze()  # what is loaded now stays: never look through it again
    gc.set_threshold(GARBAGE, 10, 10)  # a socket's handshake alone makes hundreds of objects that stay
    stop = threading.Event()
    if with_worker:
        threading.Thread(target=worker.run, args=(stop,), name="worker", daemon=True).start()
    server = wire.Server(
        finish=writer.close,
        application=application,
        endpoints=(
            build_endpoint_description_strings(host=host, port=port)
            if descriptor is None
            else build_endpoint_description_strings(file_descriptor=descriptor)
        ),
        ping_interval=PING_EVERY,
        ping_timeout=PING_PATIENCE,
        websocket_connect_timeout=20,
        websocket_handshake_timeout=20,  # many phones coming back at once are let in one after the other, not dropped
        websocket_max_message_size=wire.LONGEST_FRAME,
        websocket_max_frame_size=wire.LONGEST_FRAME,
        application_close_timeout=5,
        server_name="porchlight",
        ready_callable=ready,
        verbosity=0,
    )
    try:
        server.run()
    finally:
        stop.set()
        watch.stop()
        writer.close()  # for what still came in while the sockets were closed
        live.line.close()
