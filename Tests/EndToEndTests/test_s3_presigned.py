"""Presigned URLs made by botocore's signer, used by anyone."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

import pictures
from http_client import get, request
from store_client import at, bound_headers


@pytest.fixture
def picture():
    """What is sent in these tests."""
    return pictures.png()


@pytest.fixture
def key(store):
    """A key that exists in no other test."""
    name = f"presigned/{uuid4()}"
    yield name
    store.client().delete_object(Bucket="imgn", Key=name)


def test_a_bound_put_and_a_get_are_accepted(store, key, picture):
    """Size, type, digest and first use are signed by botocore and verified by us."""
    url, headers = store.bound_put(key, picture)
    assert request("PUT", url, picture.data, headers).status == 200
    get_url = store.client().generate_presigned_url("get_object", Params={"Bucket": "imgn", "Key": key})
    answer = get(get_url)
    assert (answer.status, answer.body) == (200, picture.data)


def test_a_get_may_rename_the_download(store, key, picture):
    """`response-content-disposition` is part of the signature and of the answer."""
    store.client().put_object(Bucket="imgn", Key=key, Body=picture.data)
    asked = {"Bucket": "imgn", "Key": key, "ResponseContentDisposition": 'attachment; filename="my.png"'}
    answer = get(store.client().generate_presigned_url("get_object", Params=asked))
    assert answer.headers["content-disposition"] == 'attachment; filename="my.png"'


def test_other_size_type_digest_and_use_are_refused(store, key, picture):
    """Each bound header is enforced, and nothing is stored."""
    other = pictures.png()
    url, headers = store.bound_put(key, picture)
    longer, retyped = picture.data + b"x", headers | {"content-type": "image/gif"}
    redigested = headers | {"x-amz-checksum-sha256": other.sha256}
    flipped = bytes([picture.data[0] ^ 1]) + picture.data[1:]
    tries = [(longer, headers), (picture.data, retyped), (picture.data, redigested), (flipped, headers)]
    refusals = [request("PUT", url, body, fields).refusal for body, fields in tries]
    assert refusals == [(403, "SignatureDoesNotMatch")] * 3 + [(400, "BadDigest")]
    assert store.keys_under(key) == []


def test_a_signed_header_left_out_is_refused(store, key, picture):
    """What was promised must be said."""
    url, headers = store.bound_put(key, picture)
    for name in headers:
        fewer = {other: value for other, value in headers.items() if other != name}
        assert request("PUT", url, picture.data, fewer).refusal == (403, "SignatureDoesNotMatch"), name
    assert store.keys_under(key) == []


def test_an_amazon_header_that_was_not_signed_is_refused(store, key, picture):
    """Nobody adds metadata to somebody else's permission."""
    url, headers = store.bound_put(key, picture)
    answer = request("PUT", url, picture.data, headers | {"x-amz-meta-added": "1"})
    assert answer.refusal == (403, "AccessDenied")
    assert b"<HeadersNotSigned>x-amz-meta-added</HeadersNotSigned>" in answer.body


def test_a_second_use_is_refused_and_changes_nothing(store, key, picture):
    """`if-none-match: *` makes the URL good for once."""
    url, headers = store.bound_put(key, picture)
    assert request("PUT", url, picture.data, headers).status == 200
    assert request("PUT", url, picture.data, headers).refusal == (412, "PreconditionFailed")
    assert store.client().get_object(Bucket="imgn", Key=key)["Body"].read() == picture.data


@pytest.mark.parametrize(
    ("offset", "message"),
    [(timedelta(seconds=-301), "Request has expired"), (timedelta(minutes=20), "Request is not valid yet")],
)
def test_a_url_is_good_only_in_its_time(store, key, picture, offset, message):
    """Neither after its end nor long before its beginning."""
    with at(offset):
        url, headers = store.bound_put(key, picture)
    answer = request("PUT", url, picture.data, headers)
    assert answer.refusal == (403, "AccessDenied")
    assert message in answer.text
    assert store.keys_under(key) == []


def test_a_tampered_url_is_refused(store, key, picture):
    """Another key, another life, another signature: none of them is what was signed."""
    url, headers = store.bound_put(key, picture)
    changes = {key: f"{key}-other", "X-Amz-Expires=300": "X-Amz-Expires=301", "X-Amz-Signature=": "X-Amz-Signature=0"}
    for old, new in changes.items():
        changed = url.replace(old, new, 1)
        assert changed != url
        assert request("PUT", changed, picture.data, headers).refusal == (403, "SignatureDoesNotMatch"), new
    assert request("GET", url).refusal == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X-Amz-Expires=300", "X-Amz-Expires=soon"),
        ("X-Amz-Expires=300", "X-Amz-Expires=-1"),
        ("X-Amz-Expires=300", "X-Amz-Expires=604801"),
        ("&X-Amz-Expires=300", ""),
        ("us-east-1", "mars-north-1"),
        ("AWS4-HMAC-SHA256", "AWS4-ROT13"),
    ],
)
def test_a_malformed_url_is_told_what_is_wrong(store, key, picture, old, new):
    """400 AuthorizationQueryParametersError, before any signature is compared."""
    url, headers = store.bound_put(key, picture)
    answer = request("PUT", url.replace(old, new, 1), picture.data, headers)
    assert answer.refusal == (400, "AuthorizationQueryParametersError")


def test_a_url_of_the_old_signature_is_told_the_new_one(store, key):
    """Without `signature_version`, botocore still presigns with version 2 in `us-east-1`."""
    asked = {"Bucket": "imgn", "Key": key}
    old = store.client(signature_version="s3").generate_presigned_url("get_object", Params=asked)
    assert "AWSAccessKeyId" in old
    answer = get(old)
    assert answer.refusal == (400, "InvalidRequest")
    assert "AWS4-HMAC-SHA256" in answer.text


def test_a_url_of_unknown_keys_is_refused(store, key, picture):
    """Keys that this store never made."""
    url, headers = replace(store, access_key="AKIAUNKNOWN000000000").bound_put(key, picture)
    assert request("PUT", url, picture.data, headers).refusal == (403, "InvalidAccessKeyId")


def test_a_page_of_another_origin_may_use_a_url_and_read_its_refusal(store, key, picture):
    """CORS: the preflight passes, and errors carry the headers too, or the browser could not show them."""
    origin = {"origin": "https://elsewhere.example"}
    url, headers = store.bound_put(key, picture)
    asked = {"access-control-request-method": "PUT", "access-control-request-headers": ",".join(bound_headers(picture))}
    preflight = request("OPTIONS", url, headers=origin | asked)
    assert preflight.status == 200
    assert preflight.headers["access-control-allow-origin"] in ("*", origin["origin"])
    refused = request("PUT", url, picture.data + b"x", headers | origin)
    assert refused.refusal == (403, "SignatureDoesNotMatch")
    assert refused.headers["access-control-allow-origin"] in ("*", origin["origin"])
