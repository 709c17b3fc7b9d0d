"""From an operation of S3 or DynamoDB, as the emulated cloud records them, to what IAM asks for it.

A record is a line of JSON: {"function": "api", "service": "s3", "operation": "PutObject", "resource": "incoming/…"}.
`resource` is an object's key, a listing's prefix, or a table's name. A copy also has `source`, several deletions
`keys`, a transaction `actions` (Put, Update, Delete, ConditionCheck), and what a browser sent by a URL `via`:
"presigned". Sources: the tables of AWS's Service Authorization Reference.
"""

import json
import pathlib
from dataclasses import dataclass
from typing import Any, Iterator

from policies import Demand

# What each operation on one object asks for.
ON_OBJECTS = {
    "PutObject": "s3:PutObject",
    "PostObject": "s3:PutObject",
    "CreateMultipartUpload": "s3:PutObject",
    "UploadPart": "s3:PutObject",
    "CompleteMultipartUpload": "s3:PutObject",
    "AbortMultipartUpload": "s3:AbortMultipartUpload",
    "ListParts": "s3:ListMultipartUploadParts",
    "GetObject": "s3:GetObject",
    "HeadObject": "s3:GetObject",
    "DeleteObject": "s3:DeleteObject",
}
# Operations that ask for a right of their own name; a transaction asks for those of its parts.
ON_TABLES = {
    "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem", "DescribeTable",
}
IN_TRANSACTIONS = {
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "ConditionCheck": "dynamodb:ConditionCheckItem",
}


class UnknownOperation(Exception):
    """An operation that nobody wrote the rights of."""


@dataclass(frozen=True)
class Place:
    """Where the functions work, by ARN."""

    bucket: str
    table: str


def read(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The records of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def demands(record: dict[str, Any], place: Place) -> list[Demand]:
    """What IAM asks for one recorded operation."""
    if record["service"] == "s3":
        return _of_store(record, place.bucket)
    if record["service"] == "dynamodb":
        return _of_table(record, place.table)
    raise UnknownOperation(f"{record}")


def _of_store(record: dict[str, Any], bucket: str) -> list[Demand]:
    operation, resource = record["operation"], record.get("resource", "")
    if operation in ON_OBJECTS:
        asked = [Demand(ON_OBJECTS[operation], f"{bucket}/{resource}")]
        # What is not there is answered 404 only to whoever may list; the request has no prefix.
        return asked + [Demand("s3:ListBucket", bucket)] if operation in ("HeadObject", "GetObject") else asked
    if operation == "CopyObject":
        return [Demand("s3:GetObject", f"{bucket}/{record['source']}"), Demand("s3:PutObject", f"{bucket}/{resource}")]
    if operation == "DeleteObjects":
        return [Demand("s3:DeleteObject", f"{bucket}/{key}") for key in record["keys"]]
    if operation in ("ListObjectsV2", "ListObjects"):
        return [Demand("s3:ListBucket", bucket, {"s3:prefix": (resource,)})]
    if operation == "ListMultipartUploads":
        return [Demand("s3:ListBucketMultipartUploads", bucket)]
    raise UnknownOperation(f"s3:{operation}")


def _of_table(record: dict[str, Any], table: str) -> list[Demand]:
    operation = record["operation"]
    if operation in ("TransactWriteItems", "TransactGetItems"):
        return [Demand(IN_TRANSACTIONS[action], table) for action in sorted(set(record["actions"]))]
    if operation in ON_TABLES:
        return [Demand(f"dynamodb:{operation}", table)]
    raise UnknownOperation(f"dynamodb:{operation}")
