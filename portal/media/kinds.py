"""What a file is, by its first bytes alone: names and headers say what their sender likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["photo", "voice"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of file that may come, and the one decoder that is asked to read it."""

    kind: Kind
    format: str


JPEG, PNG, GIF, WEBP, HEIF = (Kept("photo", name) for name in ("JPEG", "PNG", "GIF", "WEBP", "HEIF"))
MP4, MATROSKA, OGG, MP3, WAV, AAC = (Kept("voice", name) for name in ("mp4", "matroska", "ogg", "mp3", "wav", "aac"))

STARTS: tuple[tuple[bytes, Kept], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\x1a\x45\xdf\xa3", MATROSKA),  # WebM: Chrome and Firefox record it
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf1", AAC),
    (b"\xff\xf9", AAC),
)
RIFF = {b"WEBP": WEBP, b"WAVE": WAV}
# ISO 14496-12: a file that begins with "ftyp" names its brand next. Photos of phones, and what Safari and phones record.
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
MP4_BRANDS = (b"M4A", b"M4V", b"mp4", b"isom", b"iso", b"dash", b"3gp", b"qt  ", b"MSNV", b"avc1")


def kind_of(data: bytes) -> Kept | None:
    """None for everything else, drawings (SVG), papers and programs among it."""
    if data[:4] == b"RIFF":
        return RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _by_brand(data[8:12])
    return next((kept for start, kept in STARTS if data.startswith(start)), None)


def _by_brand(brand: bytes) -> Kept | None:
    if brand in HEIF_BRANDS:
        return HEIF
    return MP4 if brand.startswith(MP4_BRANDS) else None
