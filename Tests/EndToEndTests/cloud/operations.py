"""Which operation of S3 or DynamoDB a request asks for, on what, and by whose keys."""

import json
import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote
from xml.etree import ElementTree

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
    keys: tuple[str, ...] = ()
    """The keys that one request deletes."""
    actions: tuple[str, ...] = ()
    """What a transaction does, each once: Put, Update, Delete, ConditionCheck."""
    via: str = ""
    """`presigned` when the client asked, by the function's signature."""

    def general(self) -> "Operation":
        """The operation on any object of the same folder, or on any gallery's table."""
        keys = tuple(sorted({_anywhere(key) for key in self.keys}))
        resource = "table" if self.service == "dynamodb" else _anywhere(self.resource)
        return replace(self, resource=resource, source=_anywhere(self.source), keys=keys)

    def line(self) -> str:
        """The operation as one line of JSON, without what is empty."""
        return json.dumps({name: value for name, value in vars(self).items() if value or name == "resource"})


def _anywhere(key: str) -> str:
    folder, slash, name = key.partition("/")
    return f"{folder}/…" if name else folder + slash


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
    keys = tuple(key.removeprefix(prefix) for key in deleted(call)) if name == "DeleteObjects" else ()
    return [Operation(function, "s3", name, resource.removeprefix(prefix), source.removeprefix(prefix), keys, (), via)]


def deleted(call: Call) -> list[str]:
    """The keys that a request to delete several names."""
    return [element.text or "" for element in ElementTree.fromstring(call.body).iter() if element.tag.endswith("Key")]


def dynamodb_operations(call: Call, function: str) -> list[Operation]:
    """What a request to DynamoDB asks for: one operation for each table it names."""
    name = call.header("x-amz-target").partition(".")[2]
    body = json.loads(call.body or b"{}")
    tables = {body["TableName"]} if "TableName" in body else set(body.get("RequestItems", {}))
    found = [Operation(function, "dynamodb", name, table) for table in sorted(tables)]
    items = [(each["TableName"], verb) for item in body.get("TransactItems", []) for verb, each in item.items()]
    for table in sorted({table for table, _ in items}):
        actions = tuple(sorted({verb for named, verb in items if named == table}))
        found.append(Operation(function, "dynamodb", name, table, actions=actions))
    return found
