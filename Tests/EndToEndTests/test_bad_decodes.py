"""Pictures made to do harm, before the process that decodes: shown right or refused, and the next one works."""

import io
import os
import struct
import subprocess
import time
import zlib

import pillow_heif
import pytest
from PIL import Image

from decoder_worker import Worker
from imgn_server import binary

MEMORY = 512 << 20
SECONDS = 20
UNREADABLE, TOO_MANY_PIXELS, TOO_MANY_FRAMES = 1, 2, 3
pillow_heif.register_heif_opener()


@pytest.fixture(scope="module")
def worker():
    """One worker for all of them: it must survive each."""
    process = subprocess.Popen(
        [binary(), "thumbnail-worker", str(MEMORY), str(SECONDS)], env={"PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    yield Worker(process)
    process.stdin.close()
    assert process.wait(10) == 0


@pytest.fixture(autouse=True)
def _next_works(worker):
    """Whatever a test does, a good picture is made after it."""
    yield
    assert worker.make("png", png(40, 30)).refusal is None


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *before: bytes) -> bytes:
    """A PNG of zeros, with chunks before its pixels."""
    compressor = zlib.compressobj(9)
    pixels = b"".join(compressor.compress(bytes(1 + width)) for _ in range(height)) + compressor.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(before) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def saved(picture_format: str, **options) -> bytes:
    """A picture with something to see in it."""
    file = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(file, picture_format, **options)
    return file.getvalue()


def scans(count: int) -> bytes:
    """A progressive JPEG that goes over its pixels again and again, so many times."""
    file = io.BytesIO()
    Image.new("L", (4000, 4000)).save(file, "jpeg", progressive=True)
    content = file.getvalue()
    first = content.index(b"\xff\xda")
    second = content.index(b"\xff\xda", first + 2)
    refinement = b"\xff\xda" + struct.pack(">HBBB", 8, 1, 1, 0) + bytes([1, 5, 0x00]) + b"\x00"
    return content[:second] + refinement * count + content[second:]


@pytest.mark.parametrize("picture_format", ["jpeg", "png", "gif", "webp", "tiff", "avif", "heif"])
def test_a_picture_that_is_cut_off_is_refused(worker, picture_format):
    whole, name = saved(picture_format), "heic" if picture_format == "heif" else picture_format
    assert worker.make(name, whole).refusal is None
    for tenth in range(1, 10):
        answer = worker.make(name, whole[: len(whole) * tenth // 10])
        assert answer.refusal is not None and answer.refusal[0] == UNREADABLE, f"{tenth}/10"


@pytest.mark.parametrize("size", [(65_000, 65_000), (32_768, 1), (1, 40_000)])
def test_more_pixels_than_are_taken_are_refused_before_any_is_decoded(worker, size):
    width, height = size
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0"))
    answer = worker.make("png", b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b""))
    assert answer.refusal[0] == TOO_MANY_PIXELS
    assert struct.unpack("<II", answer.refusal[2:10]) == size


def test_a_hundred_thousand_frames_are_refused_in_little_time(worker):
    frame = b"\x2c" + struct.pack("<4HB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    gif = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + frame * 100_000 + b"\x3b"
    control = chunk(b"acTL", struct.pack(">II", 100_000, 0))
    for name, content in (("gif", gif), ("png", png(40, 30, control))):
        start = time.monotonic()
        answer = worker.make(name, content)
        assert answer.refusal[0] == TOO_MANY_FRAMES
        assert struct.unpack("<I", answer.refusal[2:6])[0] > 1000
        assert time.monotonic() - start < SECONDS


def test_a_picture_of_ten_thousand_scans_ends_in_time(worker):
    start = time.monotonic()
    assert worker.make("jpeg", scans(10_000)).refusal is not None
    assert time.monotonic() - start < 2 * SECONDS


def test_texts_that_would_fill_the_memory_are_not_inflated(worker):
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(400 << 20), 9))
    profile = chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(400 << 20), 9))
    assert worker.make("png", png(40, 30, bomb)).refusal is None
    worker.make("png", png(40, 30, profile))


def test_a_tiff_whose_directories_lead_in_a_circle_comes_to_an_end(worker):
    content = bytearray(saved("tiff"))
    (first,) = struct.unpack("<I", content[4:8])
    (count,) = struct.unpack("<H", content[first : first + 2])
    link = first + 2 + 12 * count
    content[link : link + 4] = struct.pack("<I", first)
    worker.make("tiff", bytes(content))


@pytest.mark.parametrize("picture_format", ["gif", "png", "jpeg", "webp"])
def test_what_stands_behind_a_picture_is_not_published(worker, picture_format):
    tail = b"PK\x03\x04 a program in an archive" * 50
    answer = worker.make(picture_format, saved(picture_format) + tail)
    assert answer.refusal is None
    assert all(b"a program" not in file.content for file in answer.files)


def test_noise_behind_a_true_header_harms_nobody(worker):
    for picture_format in ("jpeg", "png", "gif", "webp", "avif"):
        whole = saved(picture_format)
        noise = whole[: len(whole) // 3] + os.urandom(len(whole) - len(whole) // 3)
        worker.make(picture_format, noise)
