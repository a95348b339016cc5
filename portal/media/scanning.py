"""Asking a scanner (ClamAV's clamd) whether a file carries something that harms. Which one, if any, says MEDIA_SCANNER_URL.

clamd's INSTREAM: the file goes over in pieces, each with its length before it, and the answer is one line. The scanner never
gets a name, a person or a conversation.
"""

from __future__ import annotations

import logging
import socket
import struct
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds
SHORT_PATIENCE = 2.0  # of who only asks whether it is there
PIECE = 65_536  # bytes


class Answer(Enum):
    CLEAN = "clean"
    FOUND = "found"
    SILENT = "silent"  # it is away, or could not say
    NONE = "none"  # none is set up


def scan(data: bytes) -> Answer:
    if not settings.MEDIA_SCANNER_URL:
        return Answer.NONE
    try:
        said = _ask(b"zINSTREAM\0", data)
    except OSError as error:
        logger.warning("The scanner did not answer: %s", type(error).__name__)
        return Answer.SILENT
    if said.endswith(b"FOUND"):
        return Answer.FOUND
    if said.endswith(b"OK"):
        return Answer.CLEAN
    logger.warning("The scanner could not say whether a file is safe")
    return Answer.SILENT


def is_there() -> bool | None:
    """Whether it answers now; None where none is set up, so that what is sent is made anew but not scanned."""
    if not settings.MEDIA_SCANNER_URL:
        return None
    try:
        return _ask(b"zPING\0", patience=SHORT_PATIENCE).endswith(b"PONG")
    except OSError:
        return False


def is_address(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return bool(parts.path)
    try:
        return parts.scheme == "tcp" and bool(parts.hostname and parts.port)
    except ValueError:
        return False


def _ask(command: bytes, data: bytes | None = None, patience: float = PATIENCE) -> bytes:
    """One question, one answer, without the zero at its end. Raises OSError."""
    with _line(patience) as line:
        line.sendall(command)
        if data is not None:
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4_096)):
            said += more
    return said.rstrip(b"\0").strip()


def _line(patience: float) -> socket.socket:
    parts = urlsplit(settings.MEDIA_SCANNER_URL)
    if parts.scheme != "unix":
        return socket.create_connection((parts.hostname or "", parts.port or 0), patience)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(patience)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line
