"""Chunked uploads with and without signatures and trailers, as SDKs send them over https."""

import pytest

from aws_chunked import SIGNED, SIGNED_TRAILER, UNSIGNED_TRAILER, ChunkedPut, crc32_trailer
from http_client import Answer, request

KEY = "streaming/object"
CHUNKS = [b"a" * 65536, b"b" * 8192, b"the rest"]
DATA = b"".join(CHUNKS)
CRC = crc32_trailer(DATA)


@pytest.fixture(autouse=True)
def _clean(store):
    yield
    store.client().delete_object(Bucket="imgn", Key=KEY)


def send(put: ChunkedPut, change=lambda body: body) -> Answer:
    """Sends the PUT with its body changed on the way."""
    headers, body = put.message()
    changed = change(body)
    return request("PUT", put.url, changed, headers | {"content-length": str(len(changed))})


@pytest.mark.parametrize(("word", "trailer"), [(SIGNED, None), (SIGNED_TRAILER, CRC), (UNSIGNED_TRAILER, CRC)])
def test_every_form_is_stored_without_its_framing(store, word, trailer):
    """The object is the chunks' content; `aws-chunked` is no content encoding of it."""
    assert send(ChunkedPut(store, KEY, word, CHUNKS, trailer)).status == 200
    read = store.client().get_object(Bucket="imgn", Key=KEY)
    assert read["Body"].read() == DATA
    assert "ContentEncoding" not in read


@pytest.mark.parametrize("word", [SIGNED, SIGNED_TRAILER])
def test_a_changed_chunk_breaks_its_signature(store, word):
    """One bit on the way, and nothing is stored."""
    put = ChunkedPut(store, KEY, word, CHUNKS, CRC if word == SIGNED_TRAILER else None)
    answer = send(put, lambda body: body.replace(b"aaaa", b"aaab", 1))
    assert answer.refusal == (403, "SignatureDoesNotMatch")
    assert store.keys_under(KEY) == []


@pytest.mark.parametrize("word", [SIGNED_TRAILER, UNSIGNED_TRAILER])
def test_a_wrong_checksum_in_the_trailer_is_a_bad_digest(store, word):
    """The trailer is signed rightly here, but says something else than the bytes."""
    answer = send(ChunkedPut(store, KEY, word, CHUNKS, crc32_trailer(b"something else")))
    assert answer.refusal == (400, "BadDigest")
    assert store.keys_under(KEY) == []


def test_a_changed_trailer_breaks_its_signature(store):
    """The trailer's own signature covers the checksum."""
    answer = send(ChunkedPut(store, KEY, SIGNED_TRAILER, CHUNKS, CRC), lambda body: body.replace(CRC[1], b"AAAAAA=="))
    assert answer.refusal == (403, "SignatureDoesNotMatch")
    assert store.keys_under(KEY) == []


@pytest.mark.parametrize("word", [SIGNED, UNSIGNED_TRAILER])
def test_a_length_that_the_chunks_do_not_add_up_to_is_refused(store, word):
    """`x-amz-decoded-content-length` is the object's size, exactly."""
    for wrong in (len(DATA) - 1, len(DATA) + 1):
        trailer = CRC if word == UNSIGNED_TRAILER else None
        answer = send(ChunkedPut(store, KEY, word, CHUNKS, trailer, decoded_length=wrong))
        assert answer.refusal == (400, "IncompleteBody")
    assert store.keys_under(KEY) == []


def test_a_body_that_ends_before_its_last_chunk_is_incomplete(store):
    """Without the closing zero chunk the object is not whole."""
    answer = send(ChunkedPut(store, KEY, SIGNED, CHUNKS), lambda body: body[: body.rindex(b"0;chunk-signature")])
    assert answer.refusal == (400, "IncompleteBody")
    assert store.keys_under(KEY) == []
