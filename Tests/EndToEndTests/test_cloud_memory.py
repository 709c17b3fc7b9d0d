"""Ingest whose memory is really at its end: the kernel gives it no more, and no picture is blamed for it.

The emulator holds nobody to a limit, so the function is started under one (`RLIMIT_DATA`): what it has when it is idle,
and less than a large picture takes on its way to the store.
"""

import re
import time
from pathlib import Path

import pytest

import pictures
from cloud.server import CloudServer
from gallery_client import Gallery, put
from http_client import get

RECEIVES = 2
ROOM = 8 << 20
LARGE = 15 << 20
"""Is sent in one piece, and so gathered in memory before."""


@pytest.fixture
def start(tmp_path, hostings):
    """Starts galleries, each with a place of its own."""
    running = []

    def started(name: str, **options) -> CloudServer:
        variables = {"IMGN_RENDITIONS": "off"}  # what decodes has a limit of its own
        server = CloudServer(
            hostings.parts(), tmp_path / name, variables=variables, visibility=4, receives=RECEIVES, sweep_seconds=3600,
            **options,
        )  # fmt: skip
        running.append(server.start())
        return server

    yield started
    for server in running:
        server.kill()


def idle_bytes(server: CloudServer) -> int:
    """The private memory of an ingest function that has looked at a small picture."""
    (sandbox, *_) = server.ingest.sandboxes()
    status = Path(f"/proc/{sandbox.programs()[0]}/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(r"^VmData:\s+(\d+) kB", status, re.MULTILINE)[1]) << 10


def test_ingest_without_memory_blames_no_picture(start):
    """The process ends; no try brings the picture, so there is a dead letter. With memory again the picture appears."""
    roomy = start("roomy")
    assert Gallery(roomy.url).upload(pictures.png())["state"] == "ready"
    server = start("narrow", ingest_wrapper=("prlimit", f"--data={idle_bytes(roomy) + ROOM}:", "--"))
    gallery = Gallery(server.url)
    assert gallery.upload(pictures.png())["state"] == "ready", "the limit leaves no room for a small picture"
    picture = pictures.noisy_png(LARGE)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    deadline = time.monotonic() + 60
    while not (dead := [body for body in server.queue.dead() if ticket["id"] in body]):
        assert time.monotonic() < deadline, server.log()[-4000:]
        time.sleep(0.2)
    attempts = [one for one in server.mapping.deliveries if any(ticket["id"] in body for body in one.bodies)]
    assert len(dead) == 1 and len(attempts) == RECEIVES and all(one.failed for one in attempts), attempts
    # The next attempt may find the lease of the process that is gone: it says so, and is tried again, too.
    assert attempts[0].invoked.failed and b"Function.Abort" in attempts[0].invoked.payload, attempts[0].invoked
    assert "failed to allocate" in server.log()
    seen = get(f"{server.url}/api/images/{ticket['id']}")
    assert seen.status == 404 or seen.json()["state"] == "incoming", seen
    server.stop()
    server.ingest_wrapper = ()
    server.start()
    assert sweep_until_ready(server, ticket["id"])


def sweep_until_ready(server: CloudServer, image_id: str, seconds: float = 60) -> bool:
    """Sweeps again and again: the lease of a process that is gone holds for half a minute."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        server.schedule.fire()
        if get(f"{server.url}/api/images/{image_id}").json().get("state") == "ready":
            return True
        time.sleep(2)
    return False
