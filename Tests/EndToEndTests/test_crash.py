"""Fifty power cuts in the middle of uploads: nothing acknowledged is lost, nothing is torn, nothing is stuck."""

import pytest

from gallery_client import Gallery
from http_client import get
from imgn_server import ImgnServer
from pictures import digest
from store_client import store_of
from uploaders import Ledger, upload_until_killed

CRASHES = 50


@pytest.mark.slow
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path):
    """SIGKILL at a drawn step of six clients, restart, judge; fifty times over one data folder."""
    server = ImgnServer(tmp_path / "data", tmp_path / "log")
    everything = Ledger()
    for number in range(CRASHES):
        ledger = Ledger()
        upload_until_killed(server.start(), ledger, seed=number)
        assert ledger.surprises == [], f"crash {number}"
        judge(server.start(), ledger, number)
        server.kill()
        everything.sent |= ledger.sent
        everything.acknowledged |= ledger.acknowledged
    judge_everything(server.start(), everything)
    server.stop()
    print(f"{len(everything.acknowledged)} acknowledged of {len(everything.sent)} sent, {CRASHES} kills")
    assert len(everything.acknowledged) > CRASHES, "the clients were killed too early to prove anything"


def judge(server: ImgnServer, ledger: Ledger, number: int) -> None:
    """After a restart each acknowledged picture of the last round is ready and whole, and no upload is stuck."""
    gallery = Gallery(server.url)
    for image_id, picture in ledger.acknowledged.items():
        image = gallery.wait(image_id)
        assert image["state"] == "ready", (number, image)
        assert digest(get(image["src"]).body) == picture.sha256, (number, image)
    store = store_of(server)
    for key in store.waiting():
        gallery.wait(key.removeprefix("incoming/"))
    assert store.waiting() == [], f"stuck after crash {number}"


def judge_everything(server: ImgnServer, ledger: Ledger) -> None:
    """In the end the gallery holds every acknowledged picture and nothing that was not sent, each one whole."""
    shown = {image["sha256"]: image for image in Gallery(server.url).images()}
    assert {picture.sha256 for picture in ledger.acknowledged.values()} <= set(shown)
    assert set(shown) <= set(ledger.sent)
    for image in shown.values():
        assert digest(get(image["src"]).body) == image["sha256"], image
    assert [name for name in server.files() if name.startswith("store/tmp/")] == [], "a crash left something behind"
