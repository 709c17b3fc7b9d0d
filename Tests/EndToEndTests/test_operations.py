"""What is recorded of a request to S3 or DynamoDB, as the functions' rights are judged by it."""

import json

import pytest

from cloud.http_front import Call
from cloud.operations import access_key, dynamodb_operations, s3_operations
from cloud.watching import Record

PREFIX = "gallery-1/imgn/"
SIGNED = ("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAAPI/20260101/us-east-1/s3/aws4_request, SignedHeaders=host")


def call(method: str, target: str, body: bytes = b"", **headers: str) -> Call:
    """A request; header names are written with underscores."""
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Call(method, target, (SIGNED, *fields), body, "127.0.0.1")


KEY = f"/imgn/{PREFIX}incoming/a"


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("PUT", KEY, ("PutObject", "incoming/a")),
        ("PUT", f"{KEY}?partNumber=1&uploadId=x", ("UploadPart", "incoming/a")),
        ("GET", f"{KEY}?uploadId=x", ("ListParts", "incoming/a")),
        ("GET", f"{KEY}?x-id=GetObject", ("GetObject", "incoming/a")),
        ("HEAD", KEY, ("HeadObject", "incoming/a")),
        ("DELETE", KEY, ("DeleteObject", "incoming/a")),
        ("DELETE", f"{KEY}?uploadId=x", ("AbortMultipartUpload", "incoming/a")),
        ("POST", f"{KEY}?uploads", ("CreateMultipartUpload", "incoming/a")),
        ("POST", f"{KEY}?uploadId=x", ("CompleteMultipartUpload", "incoming/a")),
        ("GET", f"/imgn?list-type=2&prefix={PREFIX}incoming%2F", ("ListObjectsV2", "incoming/")),
        ("GET", f"/imgn?uploads&prefix={PREFIX}incoming/", ("ListMultipartUploads", "incoming/")),
        ("HEAD", "/imgn", ("HeadBucket", "")),
        ("GET", f"/imgn/{PREFIX}incoming/a%20b", ("GetObject", "incoming/a b")),
    ],
)
def test_an_operation_is_told_by_method_and_parameters(method, target, expected):
    """And its resource is below the gallery's prefix."""
    (found,) = s3_operations(call(method, target), "api", PREFIX)
    assert (found.operation, found.resource) == expected and found.via == ""


def test_a_copy_says_what_it_reads_and_a_deletion_all_it_deletes():
    """Each needs a right of its own."""
    copy = call("PUT", f"/imgn/{PREFIX}images/a.png", x_amz_copy_source=f"/imgn/{PREFIX}incoming/a")
    (found,) = s3_operations(copy, "ingest", PREFIX)
    assert (found.operation, found.resource, found.source) == ("CopyObject", "images/a.png", "incoming/a")
    named = "".join(f"<Object><Key>{PREFIX}incoming/{name}</Key></Object>" for name in "ab")
    (found,) = s3_operations(call("POST", "/imgn?delete", f"<Delete>{named}</Delete>".encode()), "api", PREFIX)
    assert (found.operation, found.keys) == ("DeleteObjects", ("incoming/a", "incoming/b"))


def test_whoever_signed_is_known_by_header_and_by_url():
    """A URL's signature says that a client asked."""
    assert access_key(call("GET", "/imgn")) == ("AKIAAPI", False)
    presigned = Call("PUT", f"{KEY}?X-Amz-Credential=AKIAAPI%2F20260101%2Fus-east-1", (), b"", "127.0.0.1")
    assert access_key(presigned) == ("AKIAAPI", True)
    (found,) = s3_operations(presigned, "api", PREFIX)
    assert (found.operation, found.via) == ("PutObject", "presigned")


def test_the_tables_operations_are_told_by_their_header():
    """A batch names several tables, a transaction several things it does."""
    def asked(name: str, body: dict) -> list[tuple]:
        request = call("POST", "/", json.dumps(body).encode(), x_amz_target=f"DynamoDB_20120810.{name}")
        found = dynamodb_operations(request, "api")
        return [(each.operation, each.resource, each.actions) for each in found]

    assert asked("GetItem", {"TableName": "t"}) == [("GetItem", "t", ())]
    assert asked("BatchGetItem", {"RequestItems": {"t": {}}}) == [("BatchGetItem", "t", ())]
    items = [{"Put": {"TableName": "t"}}, {"ConditionCheck": {"TableName": "t"}}, {"Put": {"TableName": "t"}}]
    assert asked("TransactWriteItems", {"TransactItems": items}) == [
        ("TransactWriteItems", "t", ("ConditionCheck", "Put"))
    ]


def test_each_operation_is_written_once_and_without_what_is_empty(tmp_path):
    """As lines of JSON."""
    record = Record(path=str(tmp_path / "operations.jsonl"))
    for asked in [call("HEAD", "/imgn"), call("HEAD", KEY), call("HEAD", f"{KEY}b")]:
        for operation in s3_operations(asked, "api", PREFIX):
            record.note(operation)
    bucket, key = map(json.loads, (tmp_path / "operations.jsonl").read_text().splitlines())
    assert bucket == {"function": "api", "service": "s3", "operation": "HeadBucket", "resource": ""}
    assert key == {"function": "api", "service": "s3", "operation": "HeadObject", "resource": "incoming/…"}
