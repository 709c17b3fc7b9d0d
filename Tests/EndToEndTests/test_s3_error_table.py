"""Every row of S3's error table that applies to the embedded store: status, code, message, and the extra fields."""

import re

import pytest

import error_rows_buckets
import error_rows_multipart
import error_rows_objects
import error_rows_signing
from error_rows import Row
from error_rows_objects import BODY, NEW
from error_rows_signing import KEY
from http_client import Answer
from signed_request import Signed, field

TABLES = [error_rows_signing, error_rows_objects, error_rows_multipart, error_rows_buckets]
ROWS = [row for table in TABLES for row in table.ROWS]


@pytest.fixture
def signed(store) -> Signed:
    """The shared server's store with one object of ten bytes; nothing that was refused may be there afterwards."""
    client = store.client()
    client.put_object(Bucket=store.bucket, Key=KEY, Body=BODY)
    yield Signed(store)
    stored, kept = store.keys_under(NEW), client.get_object(Bucket=store.bucket, Key=KEY)["Body"].read()
    for key in [KEY, *stored]:
        client.delete_object(Bucket=store.bucket, Key=key)
    assert (stored, kept) == ([], BODY)


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_is_answered_as_s3_answers_it(signed, row: Row):
    """What clients switch on, and what people need to find their mistake."""
    answer = row.ask(signed)
    assert answer.refusal == (row.status, row.code), answer
    assert row.message in (field(answer, "Message") or ""), answer
    for name, expected in row.fields.items():
        said = field(answer, name)
        assert said if expected is None else said == expected, (name, said, str(answer))
    judge_document(answer)


def judge_document(answer: Answer) -> None:
    """One XML document without a name space, whose ids are those of the headers."""
    assert answer.headers["content-type"] == "application/xml"
    assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>'), answer
    assert field(answer, "RequestId") == answer.headers["x-amz-request-id"] != ""
    assert field(answer, "HostId") == answer.headers["x-amz-id-2"] != ""


def test_every_row_has_another_name():
    """Two rows of one name would be one test."""
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"\w+-\w+", name) for name in names)
