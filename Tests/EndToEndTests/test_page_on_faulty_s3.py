"""The page while the store behind it fails: uploads wait and go on, and nobody has to help."""

import pytest
from playwright.sync_api import expect

import hosting
import pictures
from faults import EXPIRED, INTERNAL_ERROR, LoseAnswer, ResetUpload, slow_down
from faulty_store import FaultyStore
from http_client import get
from imgn_server import ImgnServer
from pictures import digest

pytestmark = pytest.mark.browser
MIB = 1 << 20
AWAY_SECONDS = 10


@pytest.fixture(scope="module")
def faulty(hostings) -> FaultyStore:
    """SeaweedFS, behind a proxy that fails on command."""
    with FaultyStore(hostings.place(hosting.SEAWEEDFS)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory, faulty) -> ImgnServer:
    """A gallery on it that takes large pictures."""
    folder = tmp_path_factory.mktemp("page-faults")
    running = ImgnServer(folder / "data", folder / "log", ("--upload-limit", "1GiB"), store=faulty.access).start()
    yield running
    running.kill()


@pytest.fixture(autouse=True)
def well_again(faulty):
    """Each test leaves the store well."""
    yield
    faulty.heal()


@pytest.mark.parametrize(
    ("fault", "times"),
    [(INTERNAL_ERROR, 2), (slow_down(1), 2), (EXPIRED, 1), (LoseAnswer(), 1), (ResetUpload(after=MIB), 2)],
    ids=["500", "503", "403 expired", "lost answer", "reset"],
)
def test_a_refused_put_needs_no_ones_help(open_page, shown, faulty, fault, times):
    """Whatever the store did to the bytes, they are sent again, and the picture is there once."""
    page = open_page()
    faulty.fail(fault, times=times, method="PUT", target="X-Amz-Signature")
    picture = pictures.noisy_png(3 * MIB, name="stubborn.png")
    page.choose(picture)
    page.expect_state("stubborn.png", "done", seconds=60)
    assert [image["sha256"] for image in shown.images()].count(picture.sha256) == 1


def test_a_large_upload_waits_while_the_store_is_away(open_page, shown, faulty, gallery_server, tmp_path):
    """The store dies in the middle of the parts and comes back: the upload goes on, the bytes are the file's."""
    path = tmp_path / "away.png"
    sha256 = pictures.write_large_png(path, 48 * MIB)
    page = open_page()
    page.limit_upload(16 * MIB)
    page.watch_progress()
    page.choose(path)
    page.wait_for_progress(0.4)
    faulty.die(AWAY_SECONDS)
    expect(page.row("away.png")).to_have_attribute("data-state", "sending")
    assert get(f"{gallery_server.url}/readyz").status == 503
    assert get(f"{gallery_server.url}/").status == 200
    page.expect_state("away.png", "done", seconds=90)
    seen = page.progress_seen()
    assert seen == sorted(seen) and max(seen) <= 1
    assert digest(get(shown.images()[0]["src"]).body) == sha256
