"""A gallery on a store that takes no notice of conditions or digests: it says so, and is no less safe for it."""

import threading
from time import monotonic, sleep

import pytest

import hosting
import pictures
from faulty_store import FaultyStore
from gallery_client import Gallery, put
from http_client import get, post_json
from imgn_server import ImgnServer
from pictures import Picture, digest
from storage_events import SECRET, created, post

ONCE = frozenset({"if-none-match"})
DIGESTS = frozenset(
    {"x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"}
)
VERSIONS = frozenset({"if-match"})
LAX = {
    "once": (ONCE, ["The store ignores If-None-Match"]),
    "digests": (DIGESTS, ["The store checks no SHA-256"]),
    "everything": (ONCE | DIGESTS | VERSIONS, ["If-None-Match", "no SHA-256"]),
}
WAIT_SECONDS = 60


@pytest.fixture(params=LAX, scope="module")
def lax(request, hostings) -> FaultyStore:
    """SeaweedFS behind a proxy that takes headers away."""
    with FaultyStore(hostings.place(hosting.SEAWEEDFS), overlooked=set(LAX[request.param][0])) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def server(lax, tmp_path_factory) -> ImgnServer:
    """A gallery on it."""
    folder = tmp_path_factory.mktemp("lax")
    variables = {"IMGN_HOOK_SECRET": SECRET}
    running = ImgnServer(folder / "data", folder / "log", variables=variables, store=lax.access).start()
    yield running
    assert running.stop() == 0


def complete(gallery: Gallery, ticket: dict) -> None:
    """What the page says when it has sent everything."""
    answer = post_json(f"{gallery.url}/api/uploads/complete", {"token": ticket["token"]})
    assert answer.status in (200, 202), answer


def shown_as_it_is(gallery: Gallery, image_id: str) -> dict:
    """The image, whose public bytes are those that its digest and its dimensions are of."""
    image = gallery.wait(image_id)
    body = get(image["src"]).body
    assert (digest(body), len(body)) == (image["sha256"], image["size"])
    return image


def test_the_log_says_what_the_store_overlooks(lax, server):
    """A sentence for each thing, with what is done about it; nothing else is complained of.

    Of SeaweedFS's own: it checks the digests of parts, and forgets them.
    """
    sentences = next(said for overlooked, said in LAX.values() if overlooked == lax.overlooked)
    if not DIGESTS <= lax.overlooked:
        sentences = [*sentences, "The store does not tell the SHA-256 of parts"]
    warnings = [line for line in server.log().splitlines() if " warning " in line]
    assert len(warnings) == len(sentences), warnings
    assert all(any(sentence in line for line in warnings) for sentence in sentences), warnings


def test_uploads_work_all_the_same(lax, server, gallery):
    """With the right dimensions and digest, which the bytes themselves were asked for."""
    picture = pictures.noisy_png(1 << 20)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    complete(gallery, ticket)
    image = shown_as_it_is(gallery, ticket["id"])
    assert (image["sha256"], image["meta"]) == (picture.sha256, picture.meta)
    assert lax.store.waiting() == []


def test_bytes_that_come_after_publishing_change_nothing(lax, server, gallery):
    """Where the URL can be used again, what it puts is dropped; the picture is as it was."""
    first, second = pictures.png(48, 32), pictures.png(48, 32)
    ticket = gallery.ticket(first)
    assert put(ticket, first.data).status == 200
    complete(gallery, ticket)
    image = shown_as_it_is(gallery, ticket["id"])
    swap(lax, ticket, second)
    told = created(lax.store.bucket, f"{lax.store.prefix}incoming/{ticket['id']}")
    assert post(server, told).json() == {"noticed": 1}
    deadline = monotonic() + WAIT_SECONDS
    while lax.store.waiting():
        assert monotonic() < deadline, "what came late was not dropped"
        sleep(0.2)
    assert shown_as_it_is(gallery, ticket["id"]) == image


def test_bytes_swapped_while_they_are_looked_at_are_never_published_unseen(lax, server, gallery):
    """The header was read, and other bytes are there before the copy: what is public is what was looked at, or later.

    The proxy waits before each request, so that the swap falls between the reading and the publishing.
    """
    seen, unseen = pictures.png(48, 32), Picture("evil.png", "image/png", 0, 0, b"<script>alert(1)</script>" * 20)
    ticket = gallery.ticket(seen)
    assert put(ticket, seen.data).status == 200
    lax.latency = 0.4
    lax.exchanges.clear()
    swapped = threading.Event()
    swapper = threading.Thread(target=swap_after_reading, args=(lax, ticket, unseen, swapped))
    swapper.start()
    complete(gallery, ticket)
    swapper.join(WAIT_SECONDS)
    lax.latency = 0
    assert swapped.is_set(), "the bytes were never read"
    image = gallery.wait(ticket["id"])
    if image["state"] == "ready":
        assert shown_as_it_is(gallery, ticket["id"])["sha256"] == seen.sha256
    for key in lax.store.keys_under("images/"):
        stored = lax.store.client().get_object(Bucket=lax.store.bucket, Key=lax.store.prefix + key)
        assert stored["Body"].read() != unseen.data, key


def swap_after_reading(lax: FaultyStore, ticket: dict, other: Picture, swapped: threading.Event) -> None:
    """Puts other bytes in the upload's place as soon as its own were read."""
    deadline = monotonic() + WAIT_SECONDS
    while monotonic() < deadline:
        reads = [exchange for exchange in list(lax.exchanges) if exchange.method == "GET"]
        if any(f"incoming/{ticket['id']}" in exchange.target and exchange.sent for exchange in reads):
            swap(lax, ticket, other)
            swapped.set()
            return
        sleep(0.01)


def swap(lax: FaultyStore, ticket: dict, other: Picture) -> None:
    """Replaces an upload's bytes behind the gallery's back, as a second use of its URL would on a lax store."""
    key = f"{lax.store.prefix}incoming/{ticket['id']}"
    lax.store.client().put_object(Bucket=lax.store.bucket, Key=key, Body=other.data, ContentType=other.content_type)
