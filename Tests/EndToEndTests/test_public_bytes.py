"""What anyone gets from `/images/…`: the exact bytes, cached for ever, harmless in a browser."""

import pytest

import pictures
from http_client import get, request


@pytest.fixture(scope="module")
def picture():
    """A picture large enough to be cut into ranges."""
    return pictures.noisy_png(100_000, name="ranges.png")


@pytest.fixture
def src(gallery, picture) -> str:
    """The public address of the picture."""
    return gallery.send(picture).json()["src"]


def test_public_bytes_are_immutable_typed_and_sandboxed(src, picture):
    """A year in every cache; no sniffing; no script, whatever the bytes contain."""
    answer = get(src)
    assert (answer.status, answer.body) == (200, picture.data)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-length"] == str(len(picture.data))
    assert answer.headers["accept-ranges"] == "bytes"


def test_head_says_the_same_without_the_bytes(src):
    """HEAD and GET differ in the body alone."""
    get_answer, head_answer = get(src), request("HEAD", src)
    assert (head_answer.status, head_answer.body) == (200, b"")
    names = ("content-type", "content-length", "etag", "cache-control", "x-content-type-options")
    assert [head_answer.headers[name] for name in names] == [get_answer.headers[name] for name in names]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=-5", -5, -1), ("bytes=99000-", 99000, -1)],
)
def test_a_range_is_cut_exactly(src, picture, asked, first, last):
    """206 with the bytes asked for, and where they lie."""
    size = len(picture.data)
    first, last = first % size, last % size
    answer = get(src, range=asked)
    assert (answer.status, answer.body) == (206, picture.data[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{size}"


def test_a_range_past_the_end_is_refused_with_the_size(src, picture):
    """416 tells the client where the end is."""
    answer = get(src, range="bytes=9999999-")
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{len(picture.data)}"


def test_a_known_etag_costs_no_bytes(src):
    """304 when nothing changed, the whole picture when the tag is another."""
    etag = get(src).headers["etag"]
    assert etag.startswith('"') and etag.endswith('"')
    fresh = get(src, if_none_match=etag)
    assert (fresh.status, fresh.body) == (304, b"")
    assert fresh.headers["etag"] == etag
    assert get(src, if_none_match='"another"').status == 200


@pytest.mark.parametrize(
    "path",
    ["/images/zzzzzzzzzzzz.png", "/images/%2e%2e%2fcredentials", "/images/..%2f..%2fcredentials", "/images/"],
)
def test_what_is_no_public_picture_is_not_found(server, path):
    """No path leads out of the published pictures."""
    assert get(server.url + path).status == 404


def test_the_extension_belongs_to_the_address(src):
    """A picture has one address; a made-up extension does not turn it into another type."""
    assert get(src.removesuffix(".png") + ".html").status == 404


def test_what_was_uploaded_is_not_public_before_it_was_looked_at(server, store):
    """`incoming/` answers only to who holds the keys."""
    store.client().put_object(Bucket="imgn", Key="unseen/picture", Body=b"bytes")
    answer = get(f"{server.url}/imgn/unseen/picture")
    store.client().delete_object(Bucket="imgn", Key="unseen/picture")
    assert answer.refusal == (403, "AccessDenied")
