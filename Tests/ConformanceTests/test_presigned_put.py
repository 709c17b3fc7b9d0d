"""A PUT that our signer bound to size, type, digest and first use, sent rightly and in every wrong way."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

import pictures
from http_client import Answer, request
from judges import Judge
from pictures import Picture
from presigner import bound_put, presign
from store_client import bound_headers


@pytest.fixture
def picture() -> Picture:
    """What is sent."""
    return pictures.png()


def send(url: str, picture: Picture, body: bytes | None = None, **changes: str | None) -> Answer:
    """PUTs the picture, or another body, with the bound headers, some of them changed or left out."""
    fields = bound_headers(picture) | {name.replace("_", "-"): value for name, value in changes.items()}
    kept = {name: value for name, value in fields.items() if value is not None}
    return request("PUT", url, picture.data if body is None else body, kept)


def test_it_is_stored_and_read_back(judge: Judge, key, picture):
    """What went in by our URL comes out by our URL."""
    assert send(bound_put(judge.store, key, picture), picture).status == 200
    read = request("GET", presign(judge.store, "GET", key))
    assert (read.status, read.body, read.headers["content-type"]) == (200, picture.data, "image/png")


def test_a_replay_is_refused(judge: Judge, key, picture):
    """`If-None-Match: *` makes the URL good for once; the first object stays."""
    url = bound_put(judge.store, key, picture)
    assert [send(url, picture).status for _ in range(3)] == [200, 412, 412]
    assert request("GET", presign(judge.store, "GET", key)).body == picture.data


@pytest.mark.parametrize(
    "wrong",
    [
        lambda url, picture: send(url, picture, picture.data + b"x"),
        lambda url, picture: send(url, picture, picture.data[:-1]),
        lambda url, picture: send(url, picture, content_type="image/gif"),
        lambda url, picture: send(url, picture, content_type=None),
        lambda url, picture: send(url, picture, x_amz_checksum_sha256=pictures.png().sha256),
        lambda url, picture: send(url, picture, if_none_match=None),
        lambda url, picture: send(url.replace("Expires=300", "Expires=900"), picture),
        lambda url, picture: send(url.replace(".png", ".gif"), picture),
        lambda url, picture: request("GET", url),
    ],
    ids="longer shorter other-type no-type other-digest no-first-use longer-life other-key read".split(),
)
def test_what_the_url_did_not_bind_is_refused(judge: Judge, key, picture, wrong):
    """403, and nothing is stored."""
    answer = wrong(bound_put(judge.store, key, picture), picture)
    assert answer.status == 403, answer
    assert judge.store.keys_under("conformance/") == []


def test_other_bytes_of_the_same_length_meet_the_digest(judge: Judge, key, picture):
    """Where the server checks digests: 400, and nothing is stored. Where not, imgn's ingest has to."""
    flipped = bytes([picture.data[0] ^ 1]) + picture.data[1:]
    answer = send(bound_put(judge.store, key, picture), picture, flipped)
    if judge.checks_digests:
        assert answer.refusal == (400, "BadDigest")
        assert judge.store.keys_under("conformance/") == []
    else:
        assert answer.status == 200, "radosgw has learnt to check digests: say so in judges.py"


def test_an_unsigned_amazon_header(judge: Judge, key, picture):
    """Nobody adds metadata to somebody else's permission, where the server holds to that rule of S3."""
    answer = send(bound_put(judge.store, key, picture), picture, x_amz_meta_added="1")
    assert answer.status == (403 if judge.checks_unsigned_headers else 200), answer


def test_an_expired_url_is_refused(judge: Judge, key, picture):
    """Good for a second, used after it: the clock of the server decides."""
    url = bound_put(judge.store, key, picture, seconds=1)
    deadline = monotonic() + 20
    while (answer := send(url, picture)).status == 412 or answer.status == 200:
        assert monotonic() < deadline, "the URL does not expire"
        judge.store.client().delete_object(Bucket=judge.store.bucket, Key=key)
    assert answer.refusal == (403, "AccessDenied"), answer


def test_of_puts_that_race_one_wins(judge: Judge, key, picture):
    """Eight times the same URL at once."""
    url = bound_put(judge.store, key, picture)
    with ThreadPoolExecutor(8) as pool:
        statuses = [entry.result().status for entry in [pool.submit(send, url, picture) for _ in range(8)]]
    assert statuses.count(200) == 1 and set(statuses) <= {200, 409, 412}, statuses
