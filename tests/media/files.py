"""Photos and sounds made for tests, of every kind that phones send, with things in them that must not come through."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import numpy as np
import pillow_heif
from PIL import Image, PngImagePlugin

pillow_heif.register_heif_opener()

PLACE = "29.9511 N 90.0715 W"
TELLTALE = b"TheosPhone"


def picture(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(size, 40).convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: where it was, what it is called, which way up it was held."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = TELLTALE.decode()
    place = data.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (29.0, 57.0, 4.0), "W", (90.0, 4.0, 17.0)
    data[0x8825] = place
    return data


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    picture(size, mode).save(out, kind, **options)
    return out.getvalue()


def from_a_phone(kind: str = "JPEG", orientation: int = 1, **options: Any) -> bytes:
    return photo(kind, exif=exif(orientation), **options)


def png_with_words() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", TELLTALE.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x>{PLACE}</x>")
    return photo("PNG", pnginfo=info)


def moving(kind: str = "GIF") -> bytes:
    out = BytesIO()
    sheets = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    sheets[0].save(out, kind, save_all=True, append_images=sheets[1:])
    return out.getvalue()


SOUNDS = {"webm": "libopus", "ogg": "libopus", "mp4": "aac", "mp3": "libmp3lame", "wav": "pcm_s16le", "adts": "aac"}


def voice(kind: str = "webm", seconds: float = 1.0) -> bytes:
    """A tone, as that recorder would keep it."""
    out, rate = BytesIO(), 48_000
    with av.open(out, "w", format=kind) as target:
        target.metadata["title"] = TELLTALE.decode()
        target.metadata["location"] = PLACE
        stream: Any = target.add_stream(SOUNDS[kind], rate=rate, layout="mono")
        for start in range(0, int(seconds * rate), 960):
            times = np.arange(start, start + 960) / rate
            tone = (0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)[None]
            frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def film() -> bytes:
    out = BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream: Any = target.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _number in range(5):
            target.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        target.mux(stream.encode(None))
    return out.getvalue()


def opened(file: bytes) -> Image.Image:
    image = Image.open(BytesIO(file))
    image.load()
    return image
