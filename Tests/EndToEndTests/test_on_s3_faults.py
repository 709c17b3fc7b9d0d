"""A gallery whose store fails: clear answers, nothing lost, nothing published twice, and the log says why."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic, sleep

import pytest

import hosting
import pictures
from faults import (
    EXPIRED,
    INTERNAL_ERROR,
    CutDocument,
    EndlessDocument,
    LoseAnswer,
    ResetDownload,
    ResetUpload,
    Trickle,
    slow_down,
)
from faulty_store import FaultyStore
from gallery_client import Gallery, put
from http_client import Answer, get, post_json
from imgn_server import ImgnServer
from large_upload import LargeUpload

MIB = 1 << 20
PASSING = {
    "500": INTERNAL_ERROR,
    "503": slow_down(1),
    "lost answer": LoseAnswer(),
    "reset while sending": ResetUpload(after=0),
    "reset while reading": ResetDownload(after=0),
}


@pytest.fixture(scope="module")
def faulty(hostings) -> FaultyStore:
    """SeaweedFS, behind a proxy that fails on command."""
    with FaultyStore(hostings.place(hosting.SEAWEEDFS)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def server(tmp_path_factory, faulty) -> ImgnServer:
    """A gallery on it that takes large pictures."""
    folder = tmp_path_factory.mktemp("faults")
    flags = ("--upload-limit", "1GiB", "--log-level", "debug")
    running = ImgnServer(folder / "data", folder / "log", flags, store=faulty.access).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(autouse=True)
def whole_again(faulty, server):
    """After each test the store is well, no picture is public twice, and the server lives."""
    faulty.exchanges.clear()
    yield
    faulty.heal()
    gallery = Gallery(server.url)
    ids, public = gallery.ids(), faulty.store.keys_under("images/")
    assert len(set(ids)) == len(ids) and len(public) == len(ids), "the catalog and the store tell the same"
    assert server.is_running() and gallery.is_healthy()


def complete(gallery: Gallery, ticket: dict) -> Answer:
    """What the page says when it has sent everything."""
    return post_json(f"{gallery.url}/api/uploads/complete", {"token": ticket["token"]})


def sent(gallery: Gallery) -> dict:
    """The ticket of a picture that lies in the store, and that nobody has told of."""
    picture = pictures.png()
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    return ticket


def expect_ready(gallery: Gallery, ticket: dict) -> dict:
    """The image, ready and once in the gallery, after the sender has said that it is there."""
    assert complete(gallery, ticket).status in (200, 202)
    image = gallery.wait(ticket["id"])
    assert image["state"] == "ready" and gallery.ids().count(ticket["id"]) == 1
    return image


def unavailable(answer: Answer) -> bool:
    """Whether it says that the store is away, and when to come again."""
    return answer.refusal == (503, "storage-unavailable") and int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("method", ["HEAD", "GET", "PUT"])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_fault_that_passes_is_nobodys_business(faulty, server, gallery, method, fault):
    """Two in a row in the look, the reading or the writing of ingest: the picture comes, once."""
    ticket = sent(gallery)
    faulty.fail(fault, times=2, method=method)
    expect_ready(gallery, ticket)
    assert [exchange.fault for exchange in faulty.exchanges].count(fault) >= 1


@pytest.mark.parametrize("fault", [INTERNAL_ERROR, slow_down(1), LoseAnswer()], ids=["500", "503", "reset"])
def test_a_fault_that_stays_is_said_and_loses_nothing(faulty, server, gallery, fault):
    """503 with the time to come again, the cause in the log, and the picture once the store is well."""
    ticket = sent(gallery)
    faulty.fail(fault, times=-1)
    assert unavailable(complete(gallery, ticket))
    ready = get(f"{server.url}/readyz")
    assert (ready.status, ready.json()["status"], ready.json()["failing"]) == (503, "unavailable", ["storage"])
    assert "not ready" in server.log() and "check=storage" in server.log()
    faulty.heal()
    expect_ready(gallery, ticket)


def test_a_store_that_says_no_is_no_fault_of_the_senders(faulty, server, gallery):
    """403 to our own requests: the answer is a 5xx, the log has the store's code, and the picture comes later."""
    ticket = sent(gallery)
    faulty.fail(EXPIRED, times=-1)
    answer = complete(gallery, ticket)
    assert answer.refusal == (500, "internal"), answer
    assert "(HTTP 403)" in server.log()
    faulty.heal()
    expect_ready(gallery, ticket)


def test_a_store_that_is_away_for_a_while(faulty, server, gallery):
    """Tickets, pages and the gallery are still there; what was sent before and after comes in."""
    before = sent(gallery)
    faulty.die()
    picture = pictures.png()
    after = gallery.ticket(picture)
    assert unavailable(complete(gallery, before))
    assert get(f"{server.url}/readyz").status == 503
    for path in ("/", "/gallery", "/healthz"):
        assert get(f"{server.url}{path}").status == 200, path
    faulty.revive()
    assert put(after, picture.data).status == 200
    for ticket in (before, after):
        expect_ready(gallery, ticket)


def test_a_sweep_that_failed_is_repeated(faulty, server, gallery):
    """The store is away when the sweep comes; nobody tells of the upload, and the next sweep finds it."""
    ticket = sent(gallery)
    known = len(server.log())
    faulty.fail(INTERNAL_ERROR, times=-1)
    wait_until(lambda: "the sweep failed and will be repeated" in server.log()[known:])
    faulty.heal()
    wait_until(lambda: ticket["id"] in gallery.ids())


def wait_until(condition, seconds: float = 70) -> None:
    """Looks again and again, for at most so long."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not come"
        sleep(0.2)


@pytest.fixture
def large(gallery) -> LargeUpload:
    """A large picture whose parts are all in the store, not joined yet."""
    upload = LargeUpload.begin(gallery, pictures.noisy_png(17 * MIB, name="large.png"))
    upload.send()
    yield upload
    upload.abort()


def test_a_list_that_is_cut_is_not_taken_for_the_whole(faulty, server, gallery, large):
    """Half of the XML is no list: nothing is joined or missed because of it, and the next try is good."""
    faulty.fail(CutDocument(0.5), times=-1, method="GET", target="uploadId=")
    for answer in (large.there(), large.complete()):
        assert answer.refusal == (500, "internal"), answer
    assert "badAnswer" in server.log()
    assert gallery.ids().count(large.ticket["id"]) == 0
    faulty.heal()
    expect_ready(gallery, large.ticket)


def test_a_gigabyte_of_xml_is_not_read(faulty, server, gallery, large):
    """The answer is given up early: memory stays where it was."""
    before = server.peak_memory_mib()
    faulty.fail(EndlessDocument(), times=-1, method="GET")
    assert large.there().refusal == (500, "internal")
    assert get(f"{server.url}/readyz").status == 503
    endless = [exchange.sent for exchange in faulty.exchanges if isinstance(exchange.fault, EndlessDocument)]
    assert endless and max(endless) < 64 * MIB
    assert server.peak_memory_mib() - before < 32
    faulty.heal()
    expect_ready(gallery, large.ticket)


def test_joining_is_not_done_twice_when_its_answer_is_lost(faulty, server, gallery, large):
    """The classical doubt: the parts were joined, and nobody was told."""
    faulty.fail(LoseAnswer(), times=1, method="POST", target="uploadId=")
    answer = large.complete()
    assert answer.status == 202 or unavailable(answer), answer
    expect_ready(gallery, large.ticket)


def test_a_trickle_is_slow_and_comes(faulty, server, gallery):
    """Bytes a few at a time are bytes."""
    ticket = sent(gallery)
    faulty.fail(Trickle(interval=0.05, piece=32), times=-1, method="GET")
    expect_ready(gallery, ticket)


@pytest.mark.parametrize("after", [0, 1 * MIB, 5 * MIB])
def test_a_senders_reset_leaves_the_ticket_good(faulty, gallery, after):
    """The line breaks in the middle of the PUT: nothing is there, and the same ticket takes the whole."""
    picture = pictures.noisy_png(8 * MIB)
    ticket = gallery.ticket(picture)
    faulty.fail(ResetUpload(after=after), method="PUT")
    with pytest.raises(OSError):
        put(ticket, picture.data)
    assert faulty.store.keys_under(f"incoming/{ticket['id']}") == []
    assert put(ticket, picture.data).status == 200
    expect_ready(gallery, ticket)


def test_a_reset_of_a_part_costs_that_part(faulty, gallery):
    """The other parts stay; the one is sent again."""
    upload = LargeUpload.begin(gallery, pictures.noisy_png(17 * MIB, name="parts.png"))
    upload.send(1)
    faulty.fail(ResetUpload(after=MIB), method="PUT", target="partNumber=2")
    with pytest.raises(OSError):
        upload.put(2)
    assert [part["number"] for part in upload.there().json()["parts"]] == [1]
    upload.send(2, 3)
    expect_ready(gallery, upload.ticket)


def test_a_picture_whose_bytes_break_off_on_their_way_out_is_not_shown_as_whole(faulty, server, gallery):
    """The store's GET is reset in the middle of a public picture: the next look has every byte."""
    picture = pictures.noisy_png(3 * MIB)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    image = expect_ready(gallery, ticket)
    faulty.fail(ResetDownload(after=100_000), times=2, method="GET")
    assert get(image["src"]).body == picture.data


@pytest.mark.parametrize("minutes", [20, -20])
def test_a_clock_that_is_off_is_found_out(faulty, start_server, hostings, minutes):
    """Twenty minutes ahead or behind: requests and tickets are dated by the store's clock."""
    faulty.clock = timedelta(minutes=minutes)
    server = start_server(store=replace(faulty.access, prefix=hostings.place(hosting.SEAWEEDFS).prefix))
    gallery = Gallery(server.url)
    ticket = sent(gallery)
    expect_ready(gallery, ticket)
    answer = get(f"{server.url}/api/images/{ticket['id']}/original")
    assert get(answer.headers["location"]).status == 200


def test_a_store_that_cannot_be_used_is_named_at_the_start(faulty, tmp_path):
    """One sentence with the address and the reason, and a code; no half-started server."""
    faulty.die()
    server = ImgnServer(tmp_path / "data", tmp_path / "log", store=faulty.access)
    with pytest.raises(AssertionError):
        server.start()
    assert faulty.access.endpoint in server.log() and "Fatal" not in server.log()
    assert server.stop() not in (0, None)
    faulty.revive()
    assert faulty.store.keys_under("incoming/probe-") == []

