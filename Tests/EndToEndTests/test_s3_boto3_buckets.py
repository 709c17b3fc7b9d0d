"""boto3 against the embedded object store: buckets, their CORS rules, older listings, form uploads."""

from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

import forms
from http_client import get, request
from store_client import store_of
from test_s3_boto3 import refused

RULE = {
    "AllowedOrigins": ["https://here.example", "https://*.there.example"],
    "AllowedMethods": ["PUT", "GET"],
    "AllowedHeaders": ["content-type", "x-amz-*"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 600,
}


@pytest.fixture
def client(store):
    """A boto3 client."""
    return store.client()


@pytest.fixture
def bucket(client) -> str:
    """A bucket of the test's own."""
    name = f"boto3-{uuid4()}"
    client.create_bucket(Bucket=name)
    yield name
    keys = [{"Key": item["Key"]} for item in client.list_objects_v2(Bucket=name).get("Contents", [])]
    if keys:
        client.delete_objects(Bucket=name, Delete={"Objects": keys})
    client.delete_bucket(Bucket=name)


def preflight(store, bucket: str, origin: str, method: str = "PUT", headers: str = "content-type"):
    """What a browser asks before a request of a page of that origin."""
    asked = {"access-control-request-method": method, "access-control-request-headers": headers}
    return request("OPTIONS", f"{store.endpoint}/{bucket}/key", headers={"origin": origin} | asked)


def test_a_bucket_is_made_listed_and_removed(client, bucket):
    """Made again by its owner it stays; not empty it cannot go; gone it is not there."""
    assert bucket in [found["Name"] for found in client.list_buckets()["Buckets"]]
    assert client.create_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPStatusCode"] == 200
    client.put_object(Bucket=bucket, Key="a", Body=b"x")
    with pytest.raises(ClientError) as full:
        client.delete_bucket(Bucket=bucket)
    assert refused(full) == (409, "BucketNotEmpty")
    other = f"boto3-{uuid4()}"
    client.create_bucket(Bucket=other)
    client.delete_bucket(Bucket=other)
    with pytest.raises(ClientError) as gone:
        client.list_objects_v2(Bucket=other)
    assert refused(gone) == (404, "NoSuchBucket")


def test_the_gallerys_own_bucket_cannot_be_removed(client):
    """Nobody pulls the floor from under a running gallery."""
    with pytest.raises(ClientError) as kept:
        client.delete_bucket(Bucket="imgn")
    assert refused(kept) == (403, "AccessDenied")
    assert client.head_bucket(Bucket="imgn")["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_buckets_and_their_objects_survive_a_kill(start_server):
    """Bucket, object and CORS rules are there after SIGKILL."""
    server = start_server()
    client = store_of(server).client()
    client.create_bucket(Bucket="durable")
    client.put_object(Bucket="durable", Key="a", Body=b"kept")
    client.put_bucket_cors(Bucket="durable", CORSConfiguration={"CORSRules": [RULE]})
    server.kill()
    client = store_of(server.start()).client()
    assert client.get_object(Bucket="durable", Key="a")["Body"].read() == b"kept"
    assert client.get_bucket_cors(Bucket="durable")["CORSRules"] == [RULE]


def test_cors_rules_are_kept_and_followed(client, store, bucket):
    """Put, got, obeyed by preflights and answers, errors too; deleted they are gone."""
    client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [RULE]})
    assert client.get_bucket_cors(Bucket=bucket)["CORSRules"] == [RULE]
    for origin in ("https://here.example", "https://www.there.example"):
        allowed = preflight(store, bucket, origin)
        assert (allowed.status, allowed.headers["access-control-allow-origin"]) == (200, origin)
        assert allowed.headers["access-control-max-age"] == "600"
    refusals = [
        preflight(store, bucket, "https://elsewhere.example"),
        preflight(store, bucket, "https://here.example", "DELETE"),
        preflight(store, bucket, "https://here.example", "PUT", "x-other"),
    ]
    assert [answer.refusal for answer in refusals] == [(403, "AccessForbidden")] * 3
    unsigned = get(f"{store.endpoint}/{bucket}/key", origin="https://here.example")
    assert unsigned.refusal == (403, "AccessDenied")
    assert unsigned.headers["access-control-allow-origin"] == "https://here.example"
    client.delete_bucket_cors(Bucket=bucket)
    with pytest.raises(ClientError) as gone:
        client.get_bucket_cors(Bucket=bucket)
    assert refused(gone) == (404, "NoSuchCORSConfiguration")


def test_the_first_version_of_listings_pages_through_every_key(client, bucket):
    """ListObjects with markers, and common prefixes that count."""
    keys = [f"n{number:02}" for number in range(10)] + ["deep/a", "deep/b", "é", "z z"]
    for key in keys:
        client.put_object(Bucket=bucket, Key=key, Body=b"x")
    pages = list(client.get_paginator("list_objects").paginate(Bucket=bucket, PaginationConfig={"PageSize": 4}))
    assert [item["Key"] for page in pages for item in page["Contents"]] == sorted(keys, key=str.encode)
    assert [len(page["Contents"]) for page in pages] == [4, 4, 4, 2]
    folded = list(
        client.get_paginator("list_objects").paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 3})
    )
    assert [item["Prefix"] for page in folded for item in page.get("CommonPrefixes", [])] == ["deep/"]
    assert sum(len(page.get("Contents", [])) for page in folded) == len(keys) - 2


def test_every_object_is_its_only_version(client, bucket):
    """ListObjectVersions tells the version `null`, which reads and deletes as itself; no other version exists."""
    client.put_object(Bucket=bucket, Key="a", Body=b"x")
    versions = client.list_object_versions(Bucket=bucket)["Versions"]
    assert [(item["Key"], item["VersionId"], item["IsLatest"]) for item in versions] == [("a", "null", True)]
    assert client.get_object(Bucket=bucket, Key="a", VersionId="null")["Body"].read() == b"x"
    with pytest.raises(ClientError) as other:
        client.get_object(Bucket=bucket, Key="a", VersionId="3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH")
    assert refused(other) == (404, "NoSuchVersion")
    assert "Status" not in client.get_bucket_versioning(Bucket=bucket)
    client.delete_object(Bucket=bucket, Key="a", VersionId="null")
    assert "Versions" not in client.list_object_versions(Bucket=bucket)


UNSET = {
    "policy": "NoSuchBucketPolicy",
    "lifecycle_configuration": "NoSuchLifecycleConfiguration",
    "tagging": "NoSuchTagSet",
    "website": "NoSuchWebsiteConfiguration",
    "replication": "ReplicationConfigurationNotFoundError",
}


@pytest.mark.parametrize("name", UNSET)
def test_what_a_bucket_has_not_is_said_as_s3_says_it(client, bucket, name):
    """Tools look before they work, and take these codes for `not set`."""
    with pytest.raises(ClientError) as unset:
        getattr(client, f"get_bucket_{name}")(Bucket=bucket)
    assert refused(unset) == (404, UNSET[name])


@pytest.mark.parametrize(("status", "location"), [("201", None), ("204", None), (None, "https://here.example/done")])
def test_a_form_with_a_policy_uploads_at_most_so_many_bytes(client, store, bucket, status, location):
    """`generate_presigned_post` with a range of sizes; the answer is the one that was asked for."""
    extra = {"success_action_status": status} if status else {"success_action_redirect": location}
    conditions = [["content-length-range", 1, 100], *({name: value} for name, value in extra.items())]
    asked = client.generate_presigned_post(bucket, "forms/${filename}", Fields=dict(extra), Conditions=conditions)
    fields = [forms.part(name, value.encode()) for name, value in asked["fields"].items()]

    def post(data: bytes):
        form = forms.closed(*fields, forms.part("file", data, "my picture.png"))
        return request("POST", asked["url"], form, forms.TYPE)

    answer = post(b"x" * 100)
    assert answer.status == int(status or 303), answer
    if location:
        assert answer.headers["location"].startswith(f"{location}?bucket={bucket}&key=")
    assert client.get_object(Bucket=bucket, Key="forms/my picture.png")["Body"].read() == b"x" * 100
    assert post(b"x" * 101).refusal == (400, "EntityTooLarge")
    assert post(b"").refusal == (400, "EntityTooSmall")
    assert client.get_object(Bucket=bucket, Key="forms/my picture.png")["ContentLength"] == 100
