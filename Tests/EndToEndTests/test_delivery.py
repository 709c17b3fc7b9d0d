"""How events reach a function: the bucket's notifications, batches of a queue, retries, dead letters, schedules."""

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from cloud.bucket_events import Created, notification
from cloud.delivery import EventSourceMapping, Schedule, failures
from cloud.functions import Function, FunctionPool, Invoked
from cloud.queues import Queue

HOSTILE_KEYS = ["a b", "a+b", "100%", "%2B+ %20", "grüße/日本語", "😀.png", "a&b=c?d#e", "'quotes\""]
RECEIVES = 2


@dataclass
class Line:
    """A queue, and the function behind it."""

    queue: Queue
    function: FunctionPool
    file: Path

    def batches(self) -> list[list[str]]:
        """What the function was given so far."""
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []

    def given(self, text: str) -> int:
        """How often it was given a message."""
        return sum(batch.count(text) for batch in self.batches())


@pytest.fixture
def line(hostings, tmp_path):
    """A queue whose messages come back after a second, twice at most, before the function of this folder."""
    variables = {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BATCHES": str(tmp_path / "batches"),
    }
    command = (sys.executable, "-m", "awslambdaric", "batch_function.handler")
    function = FunctionPool(Function("batches", command, variables, timeout=1), tmp_path)
    queue = Queue.make(hostings.parts().services.client("sqs"), tmp_path.name, visibility=1, receives=RECEIVES)
    with ExitStack() as running:
        running.callback(function.stop)
        running.enter_context(EventSourceMapping(queue, function, pollers=1))
        yield Line(queue, function, tmp_path / "batches")


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Waits until it holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def test_what_was_handled_is_not_given_again(line):
    """And the queue is empty then."""
    for number in range(12):
        line.queue.send(f"message {number}")
    until(lambda: line.queue.depth() == 0)
    assert sorted(text for batch in line.batches() for text in batch) == sorted(f"message {n}" for n in range(12))
    assert max(len(batch) for batch in line.batches()) <= 5
    assert line.queue.dead() == []


def test_a_reported_failure_comes_again_alone_and_dies_in_the_end(line):
    """Its neighbours in the batch are done."""
    for text in ("good", "fail", "better"):
        line.queue.send(text)
    until(lambda: line.queue.dead() == ["fail"])
    assert [line.given(text) for text in ("good", "fail", "better")] == [1, RECEIVES, 1]


@pytest.mark.parametrize("way", ["raise", "exit", "sleep", "nonsense"])
def test_a_batch_that_fails_comes_again_whole(line, way):
    """By an error, the end of the process, too long a time, or a report that makes no sense."""
    line.queue.send(way)
    until(lambda: line.queue.dead() == [way], seconds=60)
    assert line.given(way) == RECEIVES
    line.queue.send("good")
    until(lambda: line.given("good") == 1)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"null", set()),
        (b"{}", set()),
        (b'{"batchItemFailures": []}', set()),
        (b'{"batchItemFailures": null}', set()),
        (b'{"batchItemFailures": [{"itemIdentifier": "a"}]}', {"a"}),
        (b'{"batchItemFailures": [{"itemIdentifier": ""}]}', {"a", "b"}),
        (b'{"batchItemFailures": [{"itemIdentifier": null}]}', {"a", "b"}),
        (b'{"batchItemFailures": [{"id": "a"}]}', {"a", "b"}),
        (b'{"batchItemFailures": ["a"]}', {"a", "b"}),
        (b"[1]", {"a", "b"}),
        (b"no JSON", {"a", "b"}),
    ],
)
def test_reports_are_read_as_lambda_reads_them(payload, expected):
    """What makes no sense fails the whole batch."""
    assert failures(Invoked(payload, failed=False), {"a", "b"}) == expected


def test_a_schedule_invokes_the_function(line):
    """With EventBridge's event."""
    with Schedule(line.function, seconds=0.2):
        until(lambda: line.given("Scheduled Event") >= 2)


def test_the_bucket_tells_of_objects_by_keys_as_s3_encodes_them(hostings, line):
    """Of those under the prefix, once each; a test message comes first; parts and folders are none."""
    parts = hostings.parts()
    store, prefix = parts.store, f"{parts.store.prefix}incoming/"
    parts.events.configure(store.bucket, prefix, line.queue)
    client = store.client()
    keys = [f"{prefix}{key}" for key in HOSTILE_KEYS]
    for key in [*keys, f"{store.prefix}images/other"]:
        client.put_object(Bucket=store.bucket, Key=key, Body=b"bytes")
    upload = client.create_multipart_upload(Bucket=store.bucket, Key=f"{prefix}joined")["UploadId"]
    place = {"Bucket": store.bucket, "Key": f"{prefix}joined", "UploadId": upload}
    etag = client.upload_part(**place, PartNumber=1, Body=b"part")["ETag"]
    client.complete_multipart_upload(**place, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    until(lambda: sum(map(len, line.batches())) > len(keys) + 1)
    parts.events.forget(store.bucket, prefix)
    test, *told = [json.loads(text) for batch in line.batches() for text in batch]
    assert test["Event"] == "s3:TestEvent" and "Records" not in test
    records = [record for message in told for record in message["Records"]]
    told = [unquote_plus(record["s3"]["object"]["key"]) for record in records]
    assert sorted(told) == sorted([*keys, f"{prefix}joined"])
    assert {record["s3"]["bucket"]["name"] for record in records} == {store.bucket}
    assert records[-1]["eventName"] == "ObjectCreated:CompleteMultipartUpload"
    assert {record["s3"]["object"]["size"] for record in records} == {4, 5}


def test_a_space_is_a_plus_and_a_plus_is_none():
    """In S3's messages, as in forms; slashes stay."""
    record = json.loads(notification(Created("imgn", "incoming/a b+c%.png", 1, "")))["Records"][0]
    assert record["s3"]["object"]["key"] == "incoming/a+b%2Bc%25.png"
