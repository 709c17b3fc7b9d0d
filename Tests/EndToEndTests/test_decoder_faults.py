"""A decoder that crashes, hangs or eats memory costs one picture: neither the server nor the next one."""

import subprocess

import pytest

import pictures
from gallery_client import Gallery
from imgn_server import ImgnServer

FAULTS = {"crash": 1001, "hang": 1002, "memory": 1003}
DECODE_SECONDS = 3
LIMITS = {"IMGN_DECODE_TIMEOUT": f"{DECODE_SECONDS}s", "IMGN_DECODE_MEMORY": "256MiB"}


@pytest.fixture
def server(tmp_path):
    """A server whose decoder fails at pictures of certain widths."""
    faults = ",".join(f"{fault}@{width}" for fault, width in FAULTS.items())
    running = ImgnServer(tmp_path / "data", tmp_path / "log", variables={"IMGN_WORKER_FAULT": faults} | LIMITS).start()
    yield running
    running.stop()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_decoder_that_fails_costs_its_picture_and_no_other(server, fault):
    gallery = Gallery(server.url)
    refused = gallery.send(pictures.png(FAULTS[fault], 40))
    assert refused.refusal == (422, "unreadable"), refused
    taken = gallery.send(pictures.png(1000, 40))
    assert taken.status == 201, taken
    assert server.process.poll() is None


@pytest.mark.parametrize("end", [ImgnServer.stop, ImgnServer.kill], ids=["stopped", "killed"])
def test_a_server_that_ends_leaves_no_worker(server, end):
    assert Gallery(server.url).send(pictures.png(300, 40)).status == 201
    left = workers(server)
    assert left, "no worker was started"
    end(server)
    for process in left:  # `tail` ends when the process does
        subprocess.run(["tail", f"--pid={process}", "-f", "/dev/null"], timeout=10, check=True)


def workers(server: ImgnServer) -> list[int]:
    """The server's processes that decode."""
    found = subprocess.run(
        ["pgrep", "--parent", str(server.process.pid), "--full", "thumbnail-worker"], capture_output=True, text=True,
    )  # fmt: skip
    return [int(line) for line in found.stdout.split()]
