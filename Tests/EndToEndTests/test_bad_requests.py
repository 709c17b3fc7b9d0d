"""Requests that make no sense: each gets its status and its sentence, costs little, and leaves the server well."""

import json

import pytest

import pictures
from http_client import request
from raw_socket import RawConnection

QUESTION = {"name": "a.png", "type": "image/png", "size": 5, "sha256": pictures.digest(b"x")}


def question(**changes) -> bytes:
    """A ticket's question as JSON, with some fields changed."""
    return json.dumps(QUESTION | changes).encode()


NO_QUESTIONS = {
    "deep arrays": b"[" * 60_000,
    "deep objects": b'{"a":' * 12_000,
    "null": b"null",
    "an array": b"[]",
    "half a surrogate pair": question(name="\ud800.png"),
    "broken UTF-8": question(name="NAME").replace(b"NAME", b"\xff\xfe"),
    "an enormous number": question(size=0).replace(b'"size": 0', b'"size": 1e300'),
    "a fraction": question(size=5.5),
    "a digest without its padding": question(sha256=QUESTION["sha256"].rstrip("=")),
    "a digest of another alphabet": question(sha256="-_" * 21 + "8="),
    "a compressed body": b"\x1f\x8b\x08\0",
}


@pytest.mark.parametrize("kind", NO_QUESTIONS)
def test_json_that_makes_no_sense_is_refused(server, unchanged, kind):
    """400 with a sentence, whatever a JSON reader may stumble over."""
    answer = request("POST", f"{server.url}/api/uploads", NO_QUESTIONS[kind], {"content-type": "application/json"})
    assert answer.refusal == (400, "bad-request"), answer
    assert len(answer.json()["detail"]) > 20


@pytest.mark.parametrize("kind", ["image/png\r\nx-injected: 1", "a" * 60_000, "ïmage/png", "\0"])
def test_a_type_that_is_none_cannot_break_the_ticket(gallery, kind):
    """It becomes a header of the upload, so it is replaced by one that fits."""
    ticket = gallery.ticket(pictures.png(), type=kind)
    assert ticket["headers"]["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("way", ["ticket", "direct"])
def test_a_name_of_sixty_kilobytes_costs_next_to_nothing(server, way):
    """A long name is cut, in time that grows with its length and no faster."""
    name = "ü" * 30_000 + ".png"
    with RawConnection(server.url, seconds=3) as connection:
        if way == "ticket":
            body = json.dumps(QUESTION | {"name": name}, ensure_ascii=False).encode()
            path, kind = "/api/uploads", "application/json"
        else:
            body = pictures.png().data
            path, kind = "/api/images?name=" + "x" * 60_000, "image/png"
        lines = [f"POST {path} HTTP/1.1", "host: localhost", f"content-type: {kind}", f"content-length: {len(body)}"]
        connection.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        assert connection.answer().status == 201


HOSTS = ['evil"><script>alert(1)</script>', "a b", "user@evil.example", "evil.example/path", "exa\tmple", "é", ""]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_none_is_refused(server, host):
    """The host ends up in links: only what can be one is taken."""
    assert with_hosts(server, host).refusal == (400, "bad-request")


def with_hosts(server, *hosts: str):
    """GETs the gallery with these Host headers."""
    lines = ["GET /gallery HTTP/1.1", *(f"Host: {host}" for host in hosts), "Connection: close"]
    with RawConnection(server.url) as connection:
        connection.send("\r\n".join(lines).encode() + b"\r\n\r\n")
        return connection.answer()


@pytest.mark.parametrize(
    "headers", ["content-length: 5\r\ntransfer-encoding: chunked", "content-length: 2\r\ncontent-length: 3"]
)
def test_a_length_said_twice_is_refused(server, unchanged, headers):
    """Request smuggling begins with two readings of one length."""
    with RawConnection(server.url) as connection:
        connection.send(f"POST /api/uploads HTTP/1.1\r\nhost: x\r\n{headers}\r\n\r\n0\r\n\r\n".encode())
        assert connection.answer().status == 400


QUERIES = ["limit=0", "limit=201", "limit=abc", "limit=99999999999999999999", "after=%27%20OR%201=1", "after=%00"]


@pytest.mark.parametrize("path", ["/gallery", "/api/images"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_page_that_cannot_be_is_refused(server, path, query):
    """Numbers out of bounds and cursors that no page gave."""
    assert request("GET", f"{server.url}{path}?{query}").refusal == (400, "bad-request")


@pytest.mark.parametrize("wait", ["abc", "-1", "21", "1e9"])
def test_a_wait_that_cannot_be_is_refused(server, wait):
    """The longest wait is 20 seconds."""
    assert request("GET", f"{server.url}/api/images/zzzzzzzzzzzz?wait={wait}").refusal == (400, "bad-request")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/"), ("POST", "/gallery"), ("PUT", "/api/uploads"), ("GET", "/api/uploads")]
)
def test_a_method_that_an_address_does_not_take_is_named(server, unchanged, method, path):
    """405, not 404: the address is right."""
    assert request(method, server.url + path, b"").refusal == (405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/", "/gallery", "/healthz", "/ui/app.js"])
def test_head_is_answered_wherever_get_is(server, path):
    """`curl -I` shows the same headers without the body."""
    answer = request("HEAD", server.url + path)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == request("GET", server.url + path).headers["content-type"]


TRAVERSALS = [
    "/../credentials",
    "/ui/..%2f..%2fcredentials",
    "/ui/%2e%2e/%2e%2e/credentials",
    "/i/..%2f..%2fcredentials",
    "/images/..%2f..%2f..%2fcredentials",
    "/images/%252e%252e%252fcredentials",
    "//etc/passwd",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_the_gallery(server, path):
    """Encoded, doubled or plain: nothing but what is published is shown."""
    answer = request("GET", server.url + path)
    assert answer.status in (400, 404)
    assert server.keys()[1] not in answer.text and "root:" not in answer.text
