"""The ingest function's own libvips decodes pictures with nothing of this machine there."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from empty_root import EmptyRoot, can_change_root
from package import INGEST, Package
from decoder_worker import Worker

pytestmark = pytest.mark.skipif(not can_change_root(), reason="this machine lets nobody change the root folder")
BUDGET = ("thumbnail-worker", str(1 << 30), "30")
PICTURES = Path(os.environ.get("IMGN_PICTURES", Path(__file__).resolve().parents[3] / "shared" / "pictures"))
REAL = [
    ("jpeg", "recurser-Portrait_6.jpg", 1200, 1800),
    ("heic", "fastimage-heic-single.heic", 1440, 960),
    ("heic", "fastimage-inverted.heic", 3024, 4032),
    ("avif", "fastimage-fox.avif", 1204, 799),
    ("webp", "fastimage-webp_animated.webp", 400, 400),
    ("gif", "fastimage-animated.gif", 400, 400),
]


@pytest.fixture
def worker(tmp_path):
    """A worker of the zip, alone."""
    root = EmptyRoot(tmp_path / "root", Package(INGEST))
    with root.running(*BUDGET, LD_LIBRARY_PATH="/var/task/lib") as process:
        yield Worker(process)


def png(width: int, height: int) -> bytes:
    """A gradient."""
    rows = b"".join(b"\0" + bytes((x * y) % 251 for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    whole = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        whole += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return whole


def test_a_png_gets_its_renditions_and_stays_as_it_is(worker):
    picture = png(700, 350)
    answer = worker.make("png", picture)
    assert answer.refusal is None
    assert [(file.format, file.width, file.height) for file in answer.files] == [
        ("webp", 640, 320), ("webp", 320, 160), ("png", 700, 350),
    ]  # fmt: skip
    assert answer.files[-1].content == picture
    assert all(len(file.content) == file.size and file.content[8:12] == b"WEBP" for file in answer.files[:-1])


def test_a_damaged_picture_is_refused_and_the_next_one_works(worker):
    assert worker.make("png", png(700, 350)[:-500]).refusal is not None
    assert worker.make("png", png(300, 100)).refusal is None


def test_the_worker_is_confined(worker):
    assert worker.is_confined


@pytest.mark.skipif(not PICTURES.is_dir(), reason="no pictures beside this checkout, and none in IMGN_PICTURES")
@pytest.mark.parametrize("picture_format, name, width, height", REAL, ids=[name for _, name, _, _ in REAL])
def test_real_pictures_of_each_format_get_renditions(worker, picture_format, name, width, height):
    answer = worker.make(picture_format, (PICTURES / name).read_bytes())
    assert answer.refusal is None
    *renditions, picture = answer.files
    assert renditions and all(file.format == "webp" and len(file.content) == file.size for file in renditions)
    assert (picture.width, picture.height) == (width, height)
    assert picture.format == ("jpeg" if picture_format == "heic" else picture_format)
