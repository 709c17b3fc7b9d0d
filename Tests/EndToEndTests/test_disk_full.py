"""A full disk: 507 with a sentence, nothing half-written, and work goes on when there is room."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

import pictures
from gallery_client import Gallery, put
from http_client import request
from imgn_server import ImgnServer
from machine import skip_without, tool
from store_client import store_of

MIB = 1 << 20


def test_the_space_to_keep_free_is_kept_free(start_server):
    """With more to keep free than the disk has, every way in says 507 and the gallery still shows."""
    server = start_server("--keep-free", "1000000GiB")
    gallery = Gallery(server.url)
    picture = pictures.png()
    assert gallery.send(picture).refusal == (507, "storage-full")
    asked = gallery.ask_ticket(picture)
    assert asked.status == 507 or put(asked.json(), picture.data).status == 507
    assert gallery.images() == []


def test_the_store_says_507_too(start_server):
    """A PUT with the store's own keys meets the same limit in S3's form."""
    store = store_of(start_server("--keep-free", "1000000GiB"))
    picture = pictures.png()
    url, headers = store.bound_put("full.png", picture)
    answer = request("PUT", url, picture.data, headers)
    assert answer.status == 507 and answer.code, answer
    assert store.keys_under("") == []


@contextmanager
def small_disk(folder: Path, size: int):
    """A file system of its own with so many bytes."""
    if os.geteuid() != 0:
        skip_without("root", "to mount a small file system")
    folder.mkdir()
    command = [tool("mount", "util-linux"), "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        skip_without("a mount of one's own", done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def tight(tmp_path):
    """A server on a disk of 24 MiB that keeps none of it free."""
    with small_disk(tmp_path / "disk", 24 * MIB) as disk:
        server = ImgnServer(disk / "data", tmp_path / "log", ("--keep-free", "0")).start()
        yield server
        server.kill()


def fill(folder: Path, leave: int) -> Path:
    """Fills the disk but for so many bytes."""
    space = os.statvfs(folder)
    filler = folder.parent / "filler"
    filler.write_bytes(bytes(space.f_bavail * space.f_frsize - leave))
    return filler


def test_a_disk_that_fills_up_meanwhile_loses_nothing(tight):
    """No room for the next picture: 507; the first is still whole; with room again everything works."""
    gallery = Gallery(tight.url)
    first, large = pictures.noisy_png(2 * MIB), pictures.noisy_png(6 * MIB)
    kept = gallery.upload(first)
    ticket = gallery.ticket(large)
    filler = fill(tight.data, leave=3 * MIB)
    files = tight.files()
    answers = [put(ticket, large.data), gallery.send(large)]
    assert [answer.status for answer in answers] == [507, 507], [str(answer) for answer in answers]
    assert answers[1].code == "storage-full"
    assert tight.files() == files, "the half-written picture was not removed"
    assert gallery.images()[0]["id"] == kept["id"]
    filler.unlink()
    assert put(ticket, large.data).status == 200
    assert gallery.wait(ticket["id"])["state"] == "ready"


def test_a_server_starts_and_shows_on_a_full_disk(tight):
    """Not even the restart needs room, and what was there is shown."""
    kept = Gallery(tight.url).upload(pictures.png())
    fill(tight.data, leave=0)
    tight.kill()
    tight.start()
    gallery = Gallery(tight.url)
    assert gallery.ids() == [kept["id"]]
    assert gallery.send(pictures.noisy_png(MIB)).status == 507
    (tight.data.parent / "filler").unlink()
    assert gallery.send(pictures.png()).status == 201
