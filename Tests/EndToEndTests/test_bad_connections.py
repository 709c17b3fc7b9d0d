"""Clients that vanish, crawl, lie about the length, or bury the server in headers."""

import pytest

import pictures
from gallery_client import Gallery, put
from http_client import get
from imgn_server import ImgnServer
from raw_socket import RawConnection, head


@pytest.fixture
def picture():
    """A picture that takes several packets."""
    return pictures.noisy_png(300_000)


def put_head(ticket: dict, length: str) -> bytes:
    """The head of the ticket's PUT with any content length."""
    return head("PUT", ticket["url"], ticket["headers"] | {"content-length": length})


@pytest.mark.parametrize("leave", ["vanish", "finish_sending"])
def test_a_client_that_vanishes_at_99_percent_leaves_nothing(start_server, picture, leave):
    """No object, no leftover file, and the ticket is still good."""
    server = start_server()
    gallery = Gallery(server.url)
    files = server.files()
    ticket = gallery.ticket(picture)
    with RawConnection(server.url) as connection:
        connection.send(put_head(ticket, str(len(picture.data))))
        connection.send(picture.data[: len(picture.data) * 99 // 100])
        getattr(connection, leave)()
    assert gallery.ids() == []
    server.stop()
    assert server.files() == files
    server.start()
    fresh = gallery_of(server).ticket(picture)
    assert put(fresh, picture.data).status == 200
    assert gallery_of(server).wait(fresh["id"])["state"] == "ready"


def gallery_of(server) -> Gallery:
    """A client of the server's present address."""
    return Gallery(server.url)


def test_a_ticket_survives_a_vanished_client(gallery, picture):
    """The first try ends at 99 %; the second, with the same ticket, is whole."""
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"]) as connection:
        connection.send(put_head(ticket, str(len(picture.data))) + picture.data[:-3000])
        connection.vanish()
    assert put(ticket, picture.data).status == 200
    assert gallery.wait(ticket["id"])["state"] == "ready"


def test_a_direct_upload_that_vanishes_leaves_nothing(server, unchanged, picture):
    """The same for `POST /api/images`."""
    with RawConnection(server.url) as connection:
        headers = {"content-type": "image/png", "content-length": str(len(picture.data))}
        connection.send(head("POST", f"{server.url}/api/images?name=gone.png", headers) + picture.data[:-3000])
        connection.vanish()


def test_a_body_shorter_than_declared_is_incomplete(gallery, unchanged, picture):
    """The client stops sending but still listens, and hears why it was not enough."""
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"]) as connection:
        connection.send(put_head(ticket, str(len(picture.data))) + picture.data[:-1])
        connection.finish_sending()
        answer = connection.answer()
    assert answer.status in (0, 400) and answer.code in ("", "IncompleteBody"), answer


@pytest.mark.parametrize("by", [-1, 1])
def test_another_length_than_the_ticket_s_is_refused(gallery, unchanged, picture, by):
    """The length is signed: the server need not read a byte to refuse."""
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"]) as connection:
        connection.send(put_head(ticket, str(len(picture.data) + by)))
        answer = connection.answer()
    assert answer.refusal == (403, "SignatureDoesNotMatch"), answer


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "99999999999999999999", "5, 6"])
def test_a_length_that_is_none_is_refused(gallery, unchanged, picture, length):
    """Neither guessed nor waited for."""
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"], seconds=5) as connection:
        connection.send(put_head(ticket, length) + b"x")
        answer = connection.answer()
    assert 400 <= answer.status < 500, answer


def test_a_put_without_a_length_is_refused(gallery, unchanged, picture):
    """Chunked transfer has no length to sign."""
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"]) as connection:
        connection.send(head("PUT", ticket["url"], ticket["headers"] | {"transfer-encoding": "chunked"}) + b"0\r\n\r\n")
        answer = connection.answer()
    assert answer.refusal in [(411, "MissingContentLength"), (403, "SignatureDoesNotMatch")], answer


SLOW_ROUTES = {
    "ticket": ("POST", "/api/uploads", "application/json", (408, "slow-body")),
    "raw body": ("POST", "/api/images?name=slow.png", "image/png", (408, "slow-body")),
    "form": ("POST", "/upload", "multipart/form-data; boundary=b", (408, "slow-body")),
}


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    """A server that wants one KiB every two seconds."""
    folder = tmp_path_factory.mktemp("impatient")
    running = ImgnServer(folder / "data", folder / "log", ("--slow-body-timeout", "2s")).start()
    yield running
    running.kill()


@pytest.mark.parametrize("name", SLOW_ROUTES)
def test_one_byte_a_second_is_ended(impatient, name):
    """The gallery's routes answer 408 and hang up; others are served meanwhile."""
    method, path, content_type, refusal = SLOW_ROUTES[name]
    with RawConnection(impatient.url) as connection:
        headers = {"content-type": content_type, "content-length": "5000"}
        connection.send(head(method, impatient.url + path, headers))
        assert Gallery(impatient.url).is_healthy()
        answer = connection.trickle(b"--b\r\n" + b"x" * 15)
    assert answer.refusal == refusal, answer
    assert Gallery(impatient.url).ids() == []


def test_one_byte_a_second_into_the_store_is_ended(impatient, picture):
    """S3's word for it is RequestTimeout; the ticket is still good for a quicker try."""
    gallery = Gallery(impatient.url)
    ticket = gallery.ticket(picture)
    with RawConnection(ticket["url"]) as connection:
        connection.send(put_head(ticket, str(len(picture.data))))
        answer = connection.trickle(picture.data[:20])
    assert answer.refusal == (400, "RequestTimeout"), answer
    assert put(ticket, picture.data).status == 200
    assert gallery.wait(ticket["id"])["state"] == "ready"


def test_ten_thousand_headers_are_refused(server, unchanged):
    """431, and the connection ends."""
    many = {f"x-header-{number}": "value" for number in range(10_000)}
    with RawConnection(server.url) as connection:
        try:
            connection.send(head("GET", f"{server.url}/", many))
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = connection.answer()
    assert answer.status == 431, answer
    assert answer.code in ("headers-too-large", "")


def test_one_header_of_a_megabyte_is_refused(server, unchanged):
    """The same for one that never ends."""
    assert get(f"{server.url}/", x_long="x" * (1 << 20)).status == 431


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 500, b"HELO me\r\n\r\n"])
def test_another_protocol_is_turned_away(server, unchanged, garbage):
    """TLS on the plain port, or somebody's mail."""
    with RawConnection(server.url, seconds=5) as connection:
        connection.send(garbage)
        connection.finish_sending()
        assert connection.answer().status in (0, 400)
