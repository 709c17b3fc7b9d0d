"""`imgn renditions --rebuild`: what was published without a decoder gets renditions, also after a kill."""

import json
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

import pictures
from gallery_client import Gallery
from http_client import get
from imgn_server import ImgnServer, binary, clean_environment

COUNT = 24


def renditions(data: Path, *flags: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs the command on a data folder."""
    command = [str(binary()), "renditions", "--data", str(data), *flags]
    return subprocess.run(
        command, env=clean_environment(**variables), capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def old(tmp_path) -> ImgnServer:
    """A gallery, stopped, whose pictures have no renditions."""
    server = ImgnServer(tmp_path / "data", tmp_path / "log", variables={"IMGN_RENDITIONS": "off"}).start()
    gallery = Gallery(server.url)
    for number in range(COUNT):
        assert gallery.upload(pictures.png(width=700, height=40 + number))["renditions"] == []
    assert server.stop() == 0
    forget_revisions(server)
    server.variables = {}
    return server


def forget_revisions(server: ImgnServer) -> None:
    """As an imgn wrote it that made no renditions at all."""
    with sqlite3.connect(server.data / "catalog.sqlite") as catalog:
        catalog.execute("UPDATE image SET details = '{}'")
    catalog.close()


def widths(server: ImgnServer) -> list[list[int]]:
    """What each picture has, after a start of the server."""
    server.start()
    try:
        images = Gallery(server.url).images()
        for image in images:
            for one in image["renditions"]:
                assert get(one["src"]).headers["content-type"] == "image/webp"
        return [[one["width"] for one in image["renditions"]] for image in images]
    finally:
        assert server.stop() == 0


def test_pictures_of_an_older_imgn_get_renditions(old):
    """Counted first, then made; a second time there is nothing left to do."""
    counted = renditions(old.data)
    assert counted.returncode == 0 and f"{COUNT} pictures" in counted.stderr, counted.stderr
    made = renditions(old.data, "--rebuild")
    assert made.returncode == 0 and f"{COUNT} made anew" in made.stderr, made.stderr
    assert widths(old) == [[320, 640]] * COUNT
    assert "up to date" in renditions(old.data, "--rebuild").stderr
    again = renditions(old.data, "--rebuild", "--made-before", "now")
    assert again.returncode == 0 and "made anew" in again.stderr, again.stderr


def test_an_interrupted_run_goes_on_with_what_is_left(old):
    """Killed in the middle: what was made stays, and the next run makes the rest."""
    process = subprocess.Popen(
        [str(binary()), "renditions", "--data", str(old.data), "--rebuild"], env=clean_environment(),
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while made_so_far(old) < 4:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = COUNT - made_so_far(old)
    assert left > 0, "it was killed too late to prove anything"
    rest = renditions(old.data, "--rebuild")
    assert f"{left} picture" in rest.stderr and rest.returncode == 0, rest.stderr
    assert widths(old) == [[320, 640]] * COUNT


def made_so_far(server: ImgnServer) -> int:
    """How many pictures have renditions, by the catalog."""
    catalog = sqlite3.connect(f"file:{server.data / 'catalog.sqlite'}?mode=ro", uri=True)
    try:
        rows = catalog.execute("SELECT details FROM image").fetchall()
    finally:
        catalog.close()
    return sum(bool(json.loads(text).get("renditions")) for (text,) in rows)


@pytest.mark.parametrize(
    ("flags", "variables", "code", "said"),
    [
        (("--rebuild", "--made-before", "yesterday"), {}, 64, "yesterday"),
        (("--rebuild",), {"IMGN_RENDITIONS": "off"}, 78, "IMGN_RENDITIONS"),
        (("--rebuild",), {"IMGN_RENDITIONS": "maybe"}, 78, "on or off"),
    ],
)
def test_what_cannot_be_done_says_the_way_out(tmp_path, flags, variables, code, said):
    """One sentence and an exit code of sysexits."""
    ended = renditions(tmp_path / "data", *flags, **variables)
    assert ended.returncode == code and said in ended.stderr, ended


def test_a_folder_in_use_is_left_alone(tmp_path):
    """A running server has it."""
    server = ImgnServer(tmp_path / "data", tmp_path / "log").start()
    ended = renditions(server.data, "--rebuild")
    assert ended.returncode == 75 and "another imgn" in ended.stderr, ended
    assert server.stop() == 0
