"""A picture of 200 MB on the page: reloaded half-way, without a network later on, and in the gallery in the end."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

import pictures
from gallery_page import GalleryPage
from http_client import get
from pictures import digest
from store_client import store_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MIB = 1 << 20
LARGE = 200 * MIB
PART = 8 * MIB
IN_FLIGHT = 6
SPEED = 24 * MIB


@pytest.fixture(scope="module")
def gallery_flags() -> tuple[str, ...]:
    """The server takes large pictures."""
    return ("--upload-limit", "1GiB")


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> tuple[Path, str]:
    """The picture and its SHA-256; a file on disk, since it must be there again after a reload."""
    path = tmp_path_factory.mktemp("picture") / "large.png"
    return path, pictures.write_large_png(path, LARGE)


@dataclass
class SentParts:
    """The parts whose PUT the page saw answered with 200, as often as it saw it."""

    counts: Counter = field(default_factory=Counter)

    @classmethod
    def of(cls, page: Page) -> "SentParts":
        """Watches the page from now on, over reloads."""
        sent = cls()
        page.on("response", sent.note)
        return sent

    def note(self, response: Response) -> None:
        """Notes one answer."""
        number = parse_qs(urlsplit(response.url).query).get("partNumber")
        if response.request.method == "PUT" and number and response.status == 200:
            self.counts[int(number[0])] += 1


def begin(page: GalleryPage, file: Path) -> None:
    """Chooses the file at the speed of a network, with its progress noted."""
    page.limit_upload(SPEED)
    page.watch_progress()
    page.choose(file)


def test_200_megabytes_survive_a_reload_and_a_lost_network(open_page, shown, large):
    """Goes on where it was after both; no stored part is sent again; the public bytes are those of the file."""
    path, sha256 = large
    page = open_page()
    sent = SentParts.of(page.page)
    begin(page, path)
    page.wait_for_progress(0.5)
    before, seen = dict(sent.counts), page.progress_seen()
    assert seen == sorted(seen) and max(seen) <= 1
    page.page.reload()

    row = page.expect_state("large.png", "waiting")
    expect(row.locator(".upload-message")).to_contain_text("% is there")
    there = re.search(r"Choose the file again .* (\d+) % is there", row.locator(".upload-message").inner_text())
    assert there and int(there[1]) >= 50 - 100 * (IN_FLIGHT + 1) * PART // LARGE, "what was stored is known"
    begin(page, path)
    page.wait_for_progress(0.7)
    page.page.context.set_offline(True)
    expect(row.locator(".upload-message")).to_contain_text("network", ignore_case=True)
    page.page.context.set_offline(False)

    page.expect_state("large.png", "done", seconds=60)
    seen = page.progress_seen()
    assert seen == sorted(seen) and max(seen) <= 1, "the bar went back, or beyond the end"
    assert min(seen) >= int(there[1]) / 100 - 0.02, "the bar began anew"
    unseen = set(range(1, -(-path.stat().st_size // PART) + 1)) - set(sent.counts)
    assert len(unseen) <= IN_FLIGHT, "only answers that the reload or the lost line swallowed may be missing"
    assert {number for number in before if sent.counts[number] > 1} == set(), "a stored part was sent again"
    image = shown.images()[0]
    assert (image["name"], image["width"], image["size"]) == ("large.png", 4096, path.stat().st_size)
    assert digest(get(image["src"]).body) == sha256


def test_a_large_upload_survives_a_restart_of_the_server(open_page, shown, gallery_server, tmp_path):
    """SIGKILL in the middle and a start on the same port: the page waits, and goes on by itself."""
    path = tmp_path / "restarted.png"
    sha256 = pictures.write_large_png(path, 60 * MIB)
    page = open_page()
    begin(page, path)
    page.wait_for_progress(0.4)
    gallery_server.flags += ("--port", str(gallery_server.port))
    gallery_server.kill()
    gallery_server.start()
    page.expect_state("restarted.png", "done", seconds=90)
    assert digest(get(shown.images()[0]["src"]).body) == sha256


def test_a_large_upload_that_is_cancelled_leaves_nothing(open_page, shown, gallery_server, tmp_path):
    """Cancel ends the requests, then the upload: no part stays in the store, and a reload brings nothing back."""
    path, before = tmp_path / "cancelled.png", shown.ids()
    pictures.write_large_png(path, 60 * MIB)
    page = open_page()
    begin(page, path)
    page.wait_for_progress(0.3)
    with page.page.expect_response(lambda answer: answer.request.method == "DELETE") as called_off:
        page.button("Cancel cancelled.png").click()
    assert (urlsplit(called_off.value.url).path, called_off.value.status) == ("/api/uploads", 204)
    page.expect_state("cancelled.png", "cancelled")
    assert store_of(gallery_server).unfinished() == []
    page.page.reload()
    expect(page.page.locator("#tray [data-upload]")).to_have_count(0)
    assert shown.ids() == before
