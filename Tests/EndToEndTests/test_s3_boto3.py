"""boto3 with its defaults against the embedded object store."""

from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

import pictures
from store_client import at

FOLDER = "boto3/"


@pytest.fixture
def client(store):
    """A boto3 client, and a clean folder before and after."""
    yield store.client()
    assert store.client().delete_objects(
        Bucket="imgn", Delete={"Objects": [{"Key": key} for key in store.keys_under(FOLDER)] or [{"Key": "none"}]}
    )
    assert store.keys_under(FOLDER) == []


def put(client, name: str, body: bytes = b"bytes", **options) -> dict:
    """PutObject below the folder of this suite."""
    return client.put_object(Bucket="imgn", Key=FOLDER + name, Body=body, **options)


def refused(error) -> tuple[int, str]:
    """Status and code of a boto3 error."""
    return error.value.response["ResponseMetadata"]["HTTPStatusCode"], error.value.response["Error"]["Code"]


def test_put_then_get_keeps_bytes_type_and_metadata(client):
    """What goes in comes out, and the ETag of a plain PUT is the MD5."""
    picture = pictures.noisy_png(200_000)
    written = put(client, "a.png", picture.data, ContentType="image/png", Metadata={"who": "me"})
    read = client.get_object(Bucket="imgn", Key=FOLDER + "a.png")
    assert read["Body"].read() == picture.data
    assert (read["ContentType"], read["Metadata"], read["ETag"]) == ("image/png", {"who": "me"}, written["ETag"])


def test_head_tells_size_and_checksum(client):
    """The SHA-256 that came in is told when asked for."""
    picture = pictures.png()
    put(client, "sum.png", picture.data, ChecksumSHA256=picture.sha256)
    head = client.head_object(Bucket="imgn", Key=FOLDER + "sum.png", ChecksumMode="ENABLED")
    assert (head["ContentLength"], head["ChecksumSHA256"]) == (len(picture.data), picture.sha256)


@pytest.mark.parametrize(("asked", "expected"), [("bytes=2-4", b"234"), ("bytes=-3", b"789"), ("bytes=8-", b"89")])
def test_a_range_is_exact(client, asked, expected):
    """Ten digits, cut."""
    put(client, "digits", b"0123456789")
    read = client.get_object(Bucket="imgn", Key=FOLDER + "digits", Range=asked)
    assert (read["ResponseMetadata"]["HTTPStatusCode"], read["Body"].read()) == (206, expected)


def test_conditional_reads_and_writes_hold(client):
    """If-None-Match and If-Match on both sides."""
    etag = put(client, "once", IfNoneMatch="*")["ETag"]
    with pytest.raises(ClientError) as second:
        put(client, "once", b"other", IfNoneMatch="*")
    assert refused(second) == (412, "PreconditionFailed")
    with pytest.raises(ClientError) as fresh:
        client.get_object(Bucket="imgn", Key=FOLDER + "once", IfNoneMatch=etag)
    assert refused(fresh)[0] == 304
    with pytest.raises(ClientError) as stale:
        client.get_object(Bucket="imgn", Key=FOLDER + "once", IfMatch='"another"')
    assert refused(stale)[0] == 412


def test_a_listing_pages_through_every_key_in_order(client, store):
    """Pages of seven, no gap, no repeat, order of UTF-8 bytes."""
    keys = [FOLDER + f"n{number:02}" for number in range(30)] + [FOLDER + "é", FOLDER + "z z", FOLDER + "a+b"]
    for key in keys:
        client.put_object(Bucket="imgn", Key=key, Body=b"x")
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket="imgn", Prefix=FOLDER, PaginationConfig={"PageSize": 7}
    )
    counted = [[item["Key"] for item in page["Contents"]] for page in pages]
    assert [len(page) for page in counted] == [7, 7, 7, 7, 5]
    assert sum(counted, []) == sorted(keys, key=str.encode)


def test_a_delimiter_folds_folders(client):
    """Keys below a slash become one common prefix, which counts in the page."""
    for name in ("top", "one/a", "one/b", "two/c"):
        put(client, name)
    page = client.list_objects_v2(Bucket="imgn", Prefix=FOLDER, Delimiter="/")
    assert [item["Key"] for item in page["Contents"]] == [FOLDER + "top"]
    assert [item["Prefix"] for item in page["CommonPrefixes"]] == [FOLDER + "one/", FOLDER + "two/"]
    assert page["KeyCount"] == 3
    after = client.list_objects_v2(Bucket="imgn", Prefix=FOLDER, StartAfter=FOLDER + "one/b")
    assert [item["Key"] for item in after["Contents"]] == [FOLDER + "top", FOLDER + "two/c"]


def test_copy_keeps_or_replaces_metadata(client):
    """CopyObject within the bucket."""
    source = FOLDER + "from ü"
    put(client, "from ü", b"copied", Metadata={"a": "1"})
    for name, options in (("kept", {}), ("new", {"MetadataDirective": "REPLACE", "Metadata": {"b": "2"}})):
        client.copy_object(Bucket="imgn", Key=FOLDER + name, CopySource={"Bucket": "imgn", "Key": source}, **options)
    read = {name: client.get_object(Bucket="imgn", Key=FOLDER + name) for name in ("kept", "new")}
    assert [answer["Body"].read() for answer in read.values()] == [b"copied", b"copied"]
    assert [answer["Metadata"] for answer in read.values()] == [{"a": "1"}, {"b": "2"}]


def test_delete_is_final_and_repeatable(client):
    """204 even when nothing was there; several at once; gone is gone."""
    put(client, "one")
    for _ in range(2):
        assert client.delete_object(Bucket="imgn", Key=FOLDER + "one")["ResponseMetadata"]["HTTPStatusCode"] == 204
    with pytest.raises(ClientError) as gone:
        client.get_object(Bucket="imgn", Key=FOLDER + "one")
    assert refused(gone) == (404, "NoSuchKey")
    for name in ("two", "three & <four>"):
        put(client, name)
    doomed = {"Objects": [{"Key": FOLDER + name} for name in ("two", "three & <four>", "never-was")]}
    assert len(client.delete_objects(Bucket="imgn", Delete=doomed)["Deleted"]) == 3


def test_buckets_are_listed_and_looked_for(client):
    """ListBuckets, HeadBucket, GetBucketLocation."""
    assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["imgn"]
    assert client.head_bucket(Bucket="imgn")["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert client.get_bucket_location(Bucket="imgn")["LocationConstraint"] in (None, "us-east-1")
    with pytest.raises(ClientError) as missing:
        client.head_bucket(Bucket="not-there")
    assert refused(missing)[0] == 404


HOSTILE_KEYS = ["../../escape", "/absolute", "a//b", "./dot", "tail/", "ключ 🔑", "%2e%2e", "a" * 900]


@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_hostile_keys_are_plain_keys_inside_the_folder(client, server, key):
    """Keys are bytes; none of them leaves the data folder."""
    outside = set(server.data.parent.iterdir())
    put(client, key, b"inside")
    assert client.get_object(Bucket="imgn", Key=FOLDER + key)["Body"].read() == b"inside"
    assert FOLDER + key in [item["Key"] for item in client.list_objects_v2(Bucket="imgn", Prefix=FOLDER)["Contents"]]
    assert set(server.data.parent.iterdir()) == outside


def test_wrong_keys_are_refused(store):
    """Another secret does not sign, another id is unknown."""
    with pytest.raises(ClientError) as forged:
        replace(store, secret_key="x" * 40).client().list_buckets()
    assert refused(forged) == (403, "SignatureDoesNotMatch")
    with pytest.raises(ClientError) as unknown:
        replace(store, access_key="AKIAUNKNOWN000000000").client().list_buckets()
    assert refused(unknown) == (403, "InvalidAccessKeyId")


def test_a_clock_that_is_off_is_told_so(store):
    """RequestTimeTooSkewed, so that people look at their clock."""
    with at(timedelta(hours=-1)), pytest.raises(ClientError) as skewed:
        store.client().list_buckets()
    assert refused(skewed) == (403, "RequestTimeTooSkewed")
