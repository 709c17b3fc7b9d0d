"""The page on the cloud's hosting: where each byte of a picture went, and where it did not."""

import hashlib
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

import forms
import pictures
from byte_traces import traces
from cloud.server import CloudServer
from hosting import CLOUD, SENT_HEADERS
from http_client import get, request

pytestmark = pytest.mark.browser
# What a browser adds to each request by itself, and what needs no leave.
OWN_HEADERS = {
    "accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "host", "origin",
    "pragma", "referer", "user-agent",
}  # fmt: skip
PUBLIC = ("/images/", "/renditions/")
QUESTION_BYTES = 4096


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory, hostings) -> CloudServer:
    """A gallery behind a gateway that keeps all that passes through it."""
    running = hostings.server(CLOUD, tmp_path_factory.mktemp("cloud"), keeps=True).start()
    yield running
    running.kill()


def bodies(server: CloudServer) -> list[bytes]:
    """All that passed through the gateway, both ways."""
    kept = server.gateway.passages
    return [passage.call.body for passage in kept] + [passage.reply.body for passage in kept]


def test_no_picture_byte_passes_through_the_gateway(open_page, shown, gallery_server, tmp_path):
    """Uploaded, shown in the grid and in the lightbox, after a reload too: by store and edge alone."""
    sent = [pictures.noisy_png(150_000 + 1_000 * number, name=f"{number}.png") for number in range(5)]
    for picture in sent:
        (tmp_path / picture.name).write_bytes(picture.data)
    page = open_page()
    puts, seen = [], []
    page.page.on("request", lambda asked: puts.append(asked) if asked.method == "PUT" else None)
    page.page.on("response", lambda answer: seen.append(answer.url))
    before = len(gallery_server.gateway.passages)
    page.drop([tmp_path / picture.name for picture in sent])
    assert page.expect_all_final(len(sent)) == ["done"] * len(sent)
    asked = gallery_server.gateway.passages[before:]
    page.page.reload()
    expect(page.tiles).to_have_count(len(sent))
    page.tiles.first.locator("img").scroll_into_view_if_needed()
    page.page.wait_for_function("() => [...document.querySelectorAll('#gallery img')].some((one) => one.naturalWidth)")

    store = urlsplit(gallery_server.store.endpoint).netloc
    assert {urlsplit(put.url).netloc for put in puts} == {store} and len(puts) == len(sent)
    assert any(url.startswith(tuple(f"{gallery_server.url}{folder}" for folder in PUBLIC)) for url in seen)
    assert not [passage.call.path for passage in asked if passage.call.path.startswith(PUBLIC)]
    assert traces(sent, bodies(gallery_server)) == 0
    assert sum(len(passage.call.body) for passage in asked) < QUESTION_BYTES * len(sent)
    for image, picture in zip(sorted(shown.images(), key=lambda one: one["name"]), sent, strict=True):
        answer = get(image["src"])
        assert hashlib.sha256(answer.body).digest() == hashlib.sha256(picture.data).digest()
        assert answer.headers["content-security-policy"] == "sandbox"
    for put in puts:
        names = {name for name in put.all_headers() if not name.startswith(("sec-", ":"))}
        assert names - OWN_HEADERS <= set(SENT_HEADERS), "the bucket's CORS would stop this"
    assert page.complaints == []


def test_the_search_for_bytes_finds_what_does_pass(gallery_server):
    """A form that carries its file is the way through the gateway, and is seen to be."""
    picture = pictures.noisy_png(20_000, name="by-form.png")
    form = forms.closed(forms.part("file", picture.data, picture.name))
    answer = request("POST", f"{gallery_server.url}/api/images", form, forms.TYPE)
    assert answer.status in (201, 202), answer
    assert traces([picture], bodies(gallery_server)) > 100


def test_pictures_that_are_not_there_are_not_shown(gallery_server):
    """Neither what waits, nor what the edge does not know, nor by climbing."""
    for path in ("/images/none.png", "/images/../incoming/x", "/images/%2e%2e/incoming/x", "/images//x"):
        assert get(gallery_server.url + path).status in (403, 404), path
    assert request("PUT", f"{gallery_server.url}/images/x.png", b"x").status == 405
