"""Which operation of S3 or DynamoDB a request asks for, on what, and by whose keys."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from cloud.http_front import Call

SIGNED_BY = re.compile(r"Credential=([^/,\s]+)/")
# The first query parameter that is there decides; method and parameter say what is asked of an object or a bucket.
OBJECT_OPERATIONS = {
    ("PUT", "partNumber"): "UploadPart",
    ("PUT", ""): "PutObject",
    ("GET", "uploadId"): "ListParts",
    ("GET", ""): "GetObject",
    ("HEAD", ""): "HeadObject",
    ("DELETE", "uploadId"): "AbortMultipartUpload",
    ("DELETE", ""): "DeleteObject",
    ("POST", "uploads"): "CreateMultipartUpload",
    ("POST", "uploadId"): "CompleteMultipartUpload",
}
BUCKET_OPERATIONS = {
    ("GET", "uploads"): "ListMultipartUploads",
    ("GET", "lifecycle"): "GetBucketLifecycleConfiguration",
    ("GET", "list-type"): "ListObjectsV2",
    ("HEAD", ""): "HeadBucket",
    ("POST", "delete"): "DeleteObjects",
}


@dataclass(frozen=True)
class Operation:
    """One operation, as IAM would look at it."""

    function: str
    service: str
    operation: str
    resource: str
    """A key below the gallery's prefix, a listing's prefix, or a table."""
    source: str = ""
    """The key that a copy reads."""
    via: str = ""
    """`presigned` when the client asked, by the function's signature."""

    def line(self) -> str:
        """The operation as one line of JSON, without what is empty."""
        return json.dumps({name: value for name, value in vars(self).items() if value or name == "resource"})


def access_key(call: Call) -> tuple[str, bool]:
    """Whose keys signed the request, and whether by its URL."""
    credential = parse_qs(call.query).get("X-Amz-Credential", [""])[0]
    if credential:
        return credential.split("/")[0], True
    found = SIGNED_BY.search(call.header("authorization"))
    return (found[1] if found else ""), False


def s3_operations(call: Call, function: str, prefix: str) -> list[Operation]:
    """What a request to S3 asks for, path style; what is unknown goes by its method and parameters."""
    key = unquote(call.path).lstrip("/").partition("/")[2]
    query = parse_qs(call.query, keep_blank_values=True)
    via = "presigned" if access_key(call)[1] else ""
    table = OBJECT_OPERATIONS if key else BUCKET_OPERATIONS
    asked = next((name for method, name in table if method == call.method and name and name in query), "")
    name = table.get((call.method, asked)) or ("GetObject" if key else "ListObjects")
    resource = key or query.get("prefix", [""])[0]
    source = unquote(call.header("x-amz-copy-source")).lstrip("/").partition("/")[2]
    if source:
        name = "UploadPartCopy" if asked == "partNumber" else "CopyObject"
    return [Operation(function, "s3", name, resource.removeprefix(prefix), source.removeprefix(prefix), via)]


def dynamodb_operations(call: Call, function: str) -> list[Operation]:
    """What a request to DynamoDB asks for: one operation for each table it names, transactions item by item."""
    name = call.header("x-amz-target").partition(".")[2]
    body = json.loads(call.body or b"{}")
    tables = {body["TableName"]} if "TableName" in body else set(body.get("RequestItems", {}))
    found = [Operation(function, "dynamodb", name, table) for table in sorted(tables)]
    for item in body.get("TransactItems", []):
        found += [Operation(function, "dynamodb", _permission(verb), each["TableName"]) for verb, each in item.items()]
    return found


def _permission(verb: str) -> str:
    """The permission that one item of a transaction needs."""
    return {"ConditionCheck": "ConditionCheckItem", "Get": "GetItem"}.get(verb, f"{verb}Item")
