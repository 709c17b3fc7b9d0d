"""The rights of both functions: what they do is allowed, and what is allowed they do."""

import os
import pathlib
import re
from typing import Any

import pytest

import operations
from asked import ASKED
from operations import Place, demands
from policies import Demand, Policy
from sam_template import ROOT, Template

RECORD = pathlib.Path(os.environ.get("IMGN_RECORD_OPERATIONS") or ROOT / ".build/test-logs/operations.jsonl")
ROLES = {"api": "ApiRole", "ingest": "IngestRole"}

# What a test tries with a URL that was signed for something else, and the store refuses: no function asks for it.
MISUSE = [{"function": "api", "service": "s3", "operation": "GetObject", "resource": "incoming/…", "via": "presigned"}]

# What Lambda itself does by a function's role: it writes the log, and polls the queue.
BY_LAMBDA = {
    "api": {("WriteItsLog", "logs:CreateLogStream"), ("WriteItsLog", "logs:PutLogEvents")},
    "ingest": {
        ("WriteItsLog", "logs:CreateLogStream"), ("WriteItsLog", "logs:PutLogEvents"),
        ("TakeMessages", "sqs:ReceiveMessage"), ("TakeMessages", "sqs:DeleteMessage"),
        ("TakeMessages", "sqs:GetQueueAttributes"),
    },
}


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.read()


@pytest.fixture(scope="module")
def place(template: Template) -> Place:
    bucket, table = (template.resolve({"Fn::GetAtt": [name, "Arn"]}) for name in ("Bucket", "Table"))
    return Place(bucket, table)


@pytest.fixture(scope="module")
def policies(template: Template) -> dict[str, Policy]:
    return {function: Policy.of_role(template.properties(role)) for function, role in ROLES.items()}


@pytest.fixture(scope="module")
def asked(place: Place) -> dict[str, list[Demand]]:
    """What the table of asked.py asks of IAM, by function."""
    found = {function: [each for each in ASKED if each.function == function] for function in ROLES}
    return {name: [one for each in some for one in demands(each.record(), place)] for name, some in found.items()}


@pytest.fixture(scope="module")
def recorded() -> list[dict[str, Any]]:
    if not RECORD.exists():
        pytest.skip(f"the end-to-end test of the cloud has left no {RECORD.name} (Scripts/test whole deploy)")
    return list(operations.read(RECORD))


def seen(record: dict[str, Any]) -> tuple[object, ...]:
    """What tells an operation from another: not who sent it, the function itself or a browser by its URL."""
    names = ("function", "service", "operation", "resource", "source")
    lists = (tuple(sorted(record.get(name, ()))) for name in ("keys", "actions"))
    return (*(record.get(name, "") for name in names), *lists)


@pytest.mark.parametrize("function", ROLES)
def test_what_a_function_asks_is_allowed(function: str, asked: dict, policies: dict[str, Policy]):
    refused = [f"{one.action} on {one.resource}" for one in asked[function] if not policies[function].allows(one)]
    assert not refused


@pytest.mark.parametrize("function", ROLES)
def test_what_is_allowed_a_function_asks(function: str, asked: dict, policies: dict[str, Policy]):
    assert policies[function].unused(asked[function]) == BY_LAMBDA[function]


def test_what_was_recorded_is_allowed(recorded: list, policies: dict[str, Policy], place: Place):
    assert {record["function"] for record in recorded} == set(ROLES), "the recording does not show both functions"
    refused = [record for record in recorded for one in demands(record, place)
               if not policies[record["function"]].allows(one)]
    assert not refused


def test_what_was_recorded_is_in_the_table(recorded: list):
    known = {seen(each.record()) for each in ASKED}
    assert [record for record in recorded if seen(record) not in known and record not in MISUSE] == []


def test_what_is_in_the_table_was_recorded(recorded: list):
    found = {seen(record) for record in recorded}
    assert [each for each in ASKED if not each.unseen and seen(each.record()) not in found] == []


@pytest.mark.parametrize("function", ROLES)
@pytest.mark.parametrize("key", ["images/a.jpg", "renditions/a/320.webp", "originals/a", "credentials", "incoming"])
def test_the_api_may_write_under_incoming_only(function: str, key: str, policies: dict[str, Policy], place: Place):
    may = policies[function].allows(Demand("s3:PutObject", f"{place.bucket}/{key}"))
    assert may == (function == "ingest" and key in ("images/a.jpg", "renditions/a/320.webp"))


def test_originals_are_written_by_ingest_where_they_are_kept_only(place: Place):
    for keeps in ("yes", "no"):
        template = Template.read(KeepOriginals=keeps)
        assert template.resolve({"Ref": "KeepOriginals"}) == keeps
        for function, role in ROLES.items():
            policy = Policy.of_role(template.properties(role))
            may = {action for action in ("s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject")
                   if policy.allows(Demand(action, f"{place.bucket}/originals/a"))}
            written = {"s3:PutObject", "s3:AbortMultipartUpload"}
            assert may == (written if function == "ingest" and keeps == "yes" else set())


@pytest.mark.parametrize("function", ROLES)
def test_nothing_else_of_the_bucket_can_be_read(function: str, policies: dict[str, Policy], place: Place):
    assert not policies[function].allows(Demand("s3:GetObject", f"{place.bucket}/secret"))
    assert not policies[function].allows(Demand("s3:ListBucket", place.bucket, {"s3:prefix": ("",)}))
    assert not policies[function].allows(Demand("s3:GetObject", "arn:aws:s3:::another/images/a.jpg"))


@pytest.mark.parametrize("function", ROLES)
def test_no_right_is_a_wildcard(function: str, policies: dict[str, Policy]):
    for statement in policies[function].statements:
        assert not [action for action in statement.actions if "*" in action], statement.name
        assert "*" not in statement.resources, statement.name


def test_traces_are_the_one_right_without_a_resource():
    traced = Template.read(Tracing="Active")
    for role in ROLES.values():
        everywhere = [rule for rule in Policy.of_role(traced.properties(role)).statements if "*" in rule.resources]
        assert [rule.actions for rule in everywhere] == [("xray:PutTraceSegments", "xray:PutTelemetryRecords")]


def test_an_operation_without_known_rights_is_an_error(place: Place):
    for service, operation in [("s3", "PutBucketAcl"), ("dynamodb", "DeleteTable"), ("sns", "Publish")]:
        with pytest.raises(operations.UnknownOperation):
            demands({"service": service, "operation": operation, "resource": "x"}, place)


# The S3 client's functions, and what they send.
CLIENT_CALLS = {
    "putObject": {"PutObject"},
    "headObject": {"HeadObject"},
    "readObject": {"GetObject"},
    "copyObject": {"CopyObject"},
    "deleteObject": {"DeleteObject"},
    "deleteObjects": {"DeleteObjects"},
    "listObjects": {"ListObjectsV2"},
    "createMultipart": {"CreateMultipartUpload"},
    "uploadPart": {"UploadPart"},
    "completeMultipart": {"CompleteMultipartUpload"},
    "abortMultipart": {"AbortMultipartUpload"},
    "parts": {"ListParts"},
    "listParts": {"ListParts"},
    "listMultiparts": {"ListMultipartUploads"},
    "presignPut": {"PutObject"},
    "presignPart": {"UploadPart"},
    "presignGet": {"GetObject"},
    "presignPost": {"PostObject"},
    # Of our own, upon readObject.
    "read": {"GetObject"},
}


def test_every_call_of_the_storage_has_known_rights(place: Place):
    folder = ROOT / "Sources/GalleryAWS/Storage"
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.swift")))
    called = set(re.findall(r"\bclient\.(\w+)\(", text)) | set(re.findall(r"\bclient\.(\w+)\b(?! ?[(:.\w])", text))
    assert called - {"endpoint", "region"} <= set(CLIENT_CALLS), "a call whose rights nobody wrote down"
    for name in called & set(CLIENT_CALLS):
        for operation in CLIENT_CALLS[name]:
            record = {"service": "s3", "operation": operation, "resource": "incoming/a", "source": "incoming/a"}
            assert demands(record | {"keys": ["incoming/a"]}, place)


# The same for DynamoDB's.
TABLE_CALLS = {
    "item": {"GetItem"},
    "items": {"BatchGetItem"},
    "page": {"Query"},
    "put": {"PutItem"},
    "update": {"UpdateItem"},
    "delete": {"DeleteItem"},
    "transact": {"TransactWriteItems"},
    "write": {"BatchWriteItem"},
}
# For setting a table up, which no function does: the template makes it.
SETTING_UP = {"create", "expireItems", "describe"}


def test_every_call_of_the_catalog_has_known_rights(place: Place):
    files = sorted((ROOT / "Sources/GalleryAWS").glob("**/*.swift"))
    text = "\n".join(text for text in (path.read_text(encoding="utf-8") for path in files) if "import DynamoDB" in text)
    called = set(re.findall(r"\bclient\.(\w+)\(", text)) - SETTING_UP
    assert called and called <= set(TABLE_CALLS), "a call whose rights nobody wrote down"
    for operation in {operation for name in called for operation in TABLE_CALLS[name]}:
        record = {"service": "dynamodb", "operation": operation, "actions": ["Put", "Delete", "ConditionCheck"]}
        assert demands(record, place)
