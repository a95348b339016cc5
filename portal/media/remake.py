"""Makes a photo or a voice note anew from what came, in a process of its own that can do nothing else.

Run by `portal.media.making` as a file, with nothing of the site loaded: no settings, no keys, no environment. It reads the file
from standard input and writes one line of JSON and then what it made. Before a decoder sees the first byte the process gives up
the right to open files and lines, to use more memory and time than it was given, and to leave a trace when it crashes.
"""

from __future__ import annotations

import json
import resource
import sys
import wave
from contextlib import suppress
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import pillow_heif
from av.stream import Disposition
from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE = 1_600
QUALITY = 82
RATE = 44_100  # what every phone plays
BITS = 64_000
WHITE = (255, 255, 255)


class Refuse(Exception):
    """`code` is one of portal.media.words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# -- photos ---------------------------------------------------------------------------------------------------------------


def photo(data: bytes, given: dict[str, Any]) -> tuple[dict[str, int], bytes]:
    """JPEG, upright, at most 1600 points long, with nothing in it but the picture. Of one that moves, its first."""
    with Image.open(BytesIO(data), formats=[given["format"]]) as picture:
        if picture.width * picture.height > given["points"]:
            raise Refuse("too_big")
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a big JPEG is read at half its size or less
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        colours = _in_srgb(_flat(upright), upright.info.get("icc_profile"))
    colours.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # Onto a new sheet: what a picture carries beside its points (place, time, words, other profiles) stays behind.
    sheet = Image.new("RGB", colours.size)
    sheet.paste(colours)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return {"width": sheet.width, "height": sheet.height}, out.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """Without see-through parts, which a JPEG cannot have: they are white."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        sheet = Image.new("RGB", seen.size, WHITE)
        sheet.paste(seen, mask=seen.getchannel("A"))
        return sheet
    return picture if picture.mode in {"RGB", "CMYK", "L"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant, on a screen that knows no profile."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
    return picture.convert("RGB")


# -- voice ----------------------------------------------------------------------------------------------------------------


def voice(data: bytes, given: dict[str, Any]) -> tuple[dict[str, int], bytes]:
    """AAC in MP4, one channel: what old iPhones and old Androids both play. Nothing in it says who, where or with what."""
    out = BytesIO()
    with av.open(BytesIO(data), format=given["format"], metadata_errors="ignore") as source:
        _require_sound(source)
        with av.open(out, "w", format="mp4", options={"fflags": "+bitexact"}) as target:
            options = {"flags": "+bitexact", "aac_coder": "fast"}
            stream = target.add_stream("aac", rate=RATE, layout="mono", options=options)
            stream.bit_rate = BITS
            samples = _pour(source, target, stream, given["seconds"] * RATE)
    if not samples:
        raise Refuse("broken")
    return {"seconds": max(1, round(samples / RATE))}, out.getvalue()


def _require_sound(source: Any) -> None:
    """A film is not a voice note, though there is a voice in it. A picture of a cover is no film."""
    if any(not stream.disposition & Disposition.attached_pic for stream in source.streams.video):
        raise Refuse("not_media")
    if not source.streams.audio:
        raise Refuse("broken")


def _pour(source: Any, target: Any, stream: Any, longest: int) -> int:
    """All the sound there is, from one to the other; gives the number of samples."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    samples = 0
    for frame in _frames(source, resampler):
        frame.pts, frame.time_base = samples, Fraction(1, RATE)  # holes in what came are closed
        samples += frame.samples
        if samples > longest + RATE:
            raise Refuse("too_long")
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))
    return samples


def _frames(source: Any, resampler: av.AudioResampler) -> Any:
    for frame in source.decode(source.streams.audio[0]):
        frame.pts = None
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


# -- the process ----------------------------------------------------------------------------------------------------------


def give_up_rights(memory: int, seconds: int) -> None:
    """From here on no file, folder, line or program can be opened, by whoever takes a decoder over."""
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 0,
    }
    for name, value in limits.items():
        with suppress(ValueError, OSError):  # a system that has no such limit
            resource.setrlimit(getattr(resource, name), (value, value))


def rehearse() -> None:
    """The libraries load parts of themselves when these are first used, which is too late once no file can be opened."""
    Image.init()
    pillow_heif.register_heif_opener(thumbnails=False)
    silence = BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(RATE // 5))
    voice(silence.getvalue(), {"format": "wav", "seconds": 1})


def main() -> None:
    given = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    rehearse()
    Image.MAX_IMAGE_PIXELS = None  # counted in `photo`, before anything is unpacked
    give_up_rights(given["memory"], given["patience"])
    facts: dict[str, Any]
    try:
        facts, made = photo(data, given) if given["kind"] == "photo" else voice(data, given)
    except Refuse as refusal:
        facts, made = {"refused": refusal.code}, b""
    except Exception:  # decoders fail in as many ways as there are broken files
        facts, made = {"refused": "broken"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
