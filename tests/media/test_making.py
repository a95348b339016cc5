"""What is kept of a file: a new one, of a kind said by its content, with nothing in it but the picture or the voice."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import av
import pytest
from django.conf import LazySettings
from django.conf import settings as our_settings
from PIL import Image, ImageCms

from portal.media import making
from portal.media.kinds import kind_of
from portal.media.making import make
from portal.media.words import MediaRefusal
from tests.media.files import SOUNDS, TELLTALE, film, from_a_phone, moving, opened, photo, png_with_words, voice

SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def refused(data: bytes) -> str:
    with pytest.raises(MediaRefusal) as caught:
        make(data)
    assert caught.value.message
    return caught.value.code


# -- photos ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_photos_of_every_phone_become_a_jpeg(kind: str) -> None:
    made = make(photo(kind))
    image = opened(made.file)
    assert (made.kind, image.format, image.mode) == ("photo", "JPEG", "RGB")
    assert (made.width, made.height) == image.size == (640, 480)


@pytest.mark.parametrize("data", [from_a_phone(), from_a_phone("HEIF"), from_a_phone("WEBP"), png_with_words()])
def test_where_when_and_with_what_a_photo_was_made_does_not_come_through(data: bytes) -> None:
    assert TELLTALE in data
    file = make(data).file
    image = opened(file)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert TELLTALE not in file
    assert b"Exif" not in file


def test_a_photo_stands_upright_without_a_word_in_it_that_says_so() -> None:
    made = make(from_a_phone(orientation=6))
    assert (made.width, made.height) == (480, 640)


def test_a_big_photo_is_made_smaller() -> None:
    assert (make(photo(size=(4_000, 3_000))).width, make(photo("PNG", size=(900, 3_200))).height) == (1_600, 1_600)


def test_of_a_picture_that_moves_its_first_is_kept() -> None:
    image = opened(make(moving()).file)
    assert image.getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=4)
    assert getattr(image, "n_frames", 1) == 1


def test_what_can_be_seen_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(make(out.getvalue()).file).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "PNG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")]
)
def test_other_ways_to_keep_colours_are_understood(mode: str, kind: str) -> None:
    out = BytesIO()
    image = Image.new("I;16", (30, 20), 40_000) if mode == "I;16" else Image.new("L", (30, 20), 156).convert(mode)
    image.save(out, kind)
    assert opened(make(out.getvalue()).file).mode == "RGB"


def test_colours_of_another_profile_are_turned_into_those_of_every_screen() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # fits no picture of three colours
    assert "icc_profile" not in opened(make(photo(icc_profile=profile)).file).info
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(make(photo(icc_profile=own)).file).info


def test_a_second_file_behind_a_photo_stays_behind() -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("run.js", TELLTALE)
    file = make(photo() + archive.getvalue()).file
    assert b"PK\x03\x04" not in file
    assert TELLTALE not in file
    assert b"<script" not in make(photo(comment=b"<html><script>alert(1)</script>")).file


# -- what is no photo -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [SVG, b"%PDF-1.7", b"MZ\x90\x00", b"PK\x03\x04", b"<html>", b"GIF", b"RIFF0000AVI ", b"\0\0\0\x1cftypzzzz"]
)
def test_drawings_papers_and_programs_are_refused_in_a_sentence(data: bytes) -> None:
    assert refused(data) == "not_media"


def test_an_empty_file_is_one_that_was_not_chosen() -> None:
    assert refused(b"") == "missing"


def test_a_page_that_calls_itself_a_photo_is_none() -> None:
    assert refused(b"\xff\xd8\xff<html><script>alert(1)</script></html>") == "broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_half_a_photo_is_refused(kind: str) -> None:
    data = photo(kind)
    assert refused(data[: len(data) // 2]) == "broken"


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_before_it_does() -> None:
    out = BytesIO()
    Image.new("L", (9_000, 9_000)).save(out, "PNG")
    began = time.monotonic()
    assert refused(out.getvalue()) == "too_big"
    assert time.monotonic() - began < 10


def test_a_picture_that_lies_about_its_size_is_refused() -> None:
    header = struct.pack(">IIBBBBB", 7_900, 7_900, 8, 6, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
        + chunk(b"IEND", b"")
    )
    assert refused(bomb) == "broken"


def test_more_than_may_come_is_refused_before_anything_is_decoded(settings: LazySettings) -> None:
    assert refused(photo() + bytes(20 * 1_048_576)) == "too_big"
    settings.MEDIA_VOICE_BYTES = 1_000
    assert refused(voice("wav")) == "too_big"


# -- voice ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SOUNDS)
def test_voice_notes_of_every_browser_become_one_that_every_phone_plays(kind: str) -> None:
    made = make(voice(kind, 2))
    assert (made.kind, made.seconds) == ("voice", 2)
    with av.open(BytesIO(made.file)) as played:
        stream = played.streams.audio[0]
        assert (played.format.name, stream.codec.name, stream.codec_context.channels) == (
            "mov,mp4,m4a,3gp,3g2,mj2",
            "aac",
            1,
        )
        assert not {"title", "location", "encoder", "creation_time"} & {*played.metadata, *stream.metadata}
    assert TELLTALE not in made.file
    assert b"Lav" not in made.file


def test_a_voice_note_has_an_end(settings: LazySettings) -> None:
    settings.MEDIA_VOICE_SECONDS = 2
    assert make(voice("ogg", 2)).seconds == 2
    assert refused(voice("ogg", 4)) == "too_long"


def test_a_film_is_no_voice_note() -> None:
    assert refused(film()) == "not_media"


@pytest.mark.parametrize(
    "data", [b"\x1a\x45\xdf\xa3" + bytes(3_000), b"OggS" + bytes(300), voice("mp4")[:600], b"ID3\x04"]
)
def test_sound_that_is_none_is_refused(data: bytes) -> None:
    assert refused(data) == "broken"


# -- the process ----------------------------------------------------------------------------------------------------------


def test_a_decoder_that_hangs_is_ended_and_the_server_lives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hangs = tmp_path / "hangs.py"
    hangs.write_text("import time\nwhile True: time.sleep(1)\n")
    monkeypatch.setattr(making, "REMAKE", hangs)
    monkeypatch.setattr(making, "PATIENCE", 1)
    began = time.monotonic()
    assert refused(photo()) == "broken"
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("ends", ["import os; os.abort()", "raise MemoryError", "import sys; sys.exit(1)", ""])
def test_a_decoder_that_crashes_costs_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ends: str) -> None:
    crashes = tmp_path / "crashes.py"
    crashes.write_text(ends)
    monkeypatch.setattr(making, "REMAKE", crashes)
    assert refused(photo()) == "broken"


def test_a_decoder_has_no_keys_no_files_and_no_line_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Taken over, it could do this much."""
    tries = f"""
import json, os, runpy, socket, sys
remake = runpy.run_path({str(making.REMAKE)!r})
remake["rehearse"]()
remake["give_up_rights"](1 << 31, 20)
def fails(work):
    try:
        work()
    except OSError:
        return True
    return False
shut = [fails(lambda: open("/etc/hosts")), fails(socket.socket), not set(os.environ) - {{"LC_CTYPE"}}]
sys.stdout.write(json.dumps({{"width": int(all(shut)), "height": len(shut)}}) + "\\nmade")
"""
    taken_over = tmp_path / "taken_over.py"
    taken_over.write_text(tries)
    monkeypatch.setattr(making, "REMAKE", taken_over)
    made = make(photo())
    assert (made.width, made.height, made.file) == (1, 3, b"made")


def test_more_than_a_few_at_once_wait_and_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WAIT", 0.05)
    taken = [making._turns.acquire() for _turn in range(making.AT_ONCE)]
    assert all(taken)
    try:
        assert refused(photo()) == "busy"
    finally:
        making._turns.release(making.AT_ONCE)


def test_the_process_knows_nothing_of_the_site() -> None:
    text = making.REMAKE.read_text()
    assert "import portal" not in text
    assert "from portal" not in text
    assert "django" not in text
    assert our_settings.SECRET_KEY not in text


def test_its_first_bytes_say_what_a_file_is() -> None:
    kept = kind_of(photo("WEBP"))
    assert kept is not None
    assert (kept.kind, kept.format) == ("photo", "WEBP")
    assert kind_of(b"RIFF") is None
