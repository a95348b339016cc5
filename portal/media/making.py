"""What is kept of a file that came: a new one, made in a process of its own (remake.py) which no file can make harm us.

Nothing that was sent is ever stored or shown as it came, so what hides in it (a place, a program, a second file behind the first)
stays behind. A decoder that crashes, hangs or is taken over ends with its process: it has no keys, no files and no line out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.media.kinds import Kept, Kind, kind_of
from portal.media.words import MediaRefusal

REMAKE = Path(__file__).with_name("remake.py")
PATIENCE = 20  # seconds
MEMORY = 1_536 * 1024 * 1024  # bytes: a photo of 64 million points in the format that needs most
POINTS = 64_000_000
# Decoding takes a whole processor: more at once would keep every page waiting.
AT_ONCE = 2
WAIT = 10.0  # seconds for one's turn

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Made:
    kind: Kind
    file: bytes
    seconds: int | None = None
    width: int | None = None
    height: int | None = None


def check(data: bytes) -> Kept:
    """What it is by its content, and not too large for that. Raises MediaRefusal."""
    kept = kind_of(data)
    if kept is None:
        raise MediaRefusal("not_media" if data else "missing")
    most = settings.MEDIA_PHOTO_BYTES if kept.kind == "photo" else settings.MEDIA_VOICE_BYTES
    if len(data) > most:
        raise MediaRefusal("too_big")
    return kept


def make(data: bytes) -> Made:
    """Raises MediaRefusal."""
    kept = check(data)
    if not _turns.acquire(timeout=WAIT):
        raise MediaRefusal("busy")
    try:
        head, _, file = _remade(data, kept).partition(b"\n")
    finally:
        _turns.release()
    facts = json.loads(head) if head else {"refused": "broken"}
    if "refused" in facts:
        raise MediaRefusal(facts["refused"])
    return Made(kept.kind, file, **facts)


def _remade(data: bytes, kept: Kept) -> bytes:
    """What the process says; nothing where it crashed, or was ended because it took too long."""
    given = {
        "kind": kept.kind,
        "format": kept.format,
        "memory": MEMORY,
        "patience": PATIENCE,
        "points": POINTS,
        "seconds": settings.MEDIA_VOICE_SECONDS,
    }
    try:
        ended = subprocess.run(  # noqa: S603 - our own file, by our own Python
            [sys.executable, "-I", str(REMAKE), json.dumps(given)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:  # it was killed
        return b""
    return ended.stdout if ended.returncode == 0 else b""
