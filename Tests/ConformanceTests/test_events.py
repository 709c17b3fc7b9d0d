"""Events that a server posts to an HTTP endpoint when something was stored; of our judges only radosgw does."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config

import pictures
from http_client import request
from judges import Judge
from multipart_client import MultipartUpload
from presigner import bound_put
from signed_request import Signed
from store_client import REGION, bound_headers

SECONDS = 20
pytestmark = pytest.mark.parametrize("judge", ["radosgw"], indirect=True)


@pytest.fixture
def posted():
    """An endpoint on loopback: its address, and the records that were posted to it."""
    records: queue.Queue[dict] = queue.Queue()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            for record in json.loads(self.rfile.read(int(self.headers["content-length"])))["Records"]:
                records.put(record)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/s3", records
    server.shutdown()
    server.server_close()


@pytest.fixture
def events(judge: Judge, posted) -> queue.Queue:
    """The records that the bucket's notifications bring."""
    address, records = posted
    sns = boto3.client(
        "sns", endpoint_url=judge.store.endpoint, region_name=REGION, config=Config(signature_version="v4"),
        aws_access_key_id=judge.store.access_key, aws_secret_access_key=judge.store.secret_key,
    )  # fmt: skip
    topic = sns.create_topic(Name="imgn", Attributes={"push-endpoint": address})["TopicArn"]
    client, wanted = judge.store.client(), {"Id": "imgn", "TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}
    configuration = {"TopicConfigurations": [wanted]}
    client.put_bucket_notification_configuration(Bucket=judge.store.bucket, NotificationConfiguration=configuration)
    yield records
    signed = Signed(judge.store)
    assert signed.send("DELETE", signed.url(notification="")).status in (200, 204)  # Ceph's own way to remove them


def judge_record(record: dict, judge: Judge, key: str, size: int) -> None:
    """The fields that imgn reads; the key comes as it is, not encoded as AWS would."""
    assert record["s3"]["bucket"]["name"] == judge.store.bucket
    assert (record["s3"]["object"]["key"], record["s3"]["object"]["size"]) == (key, size)
    assert record["eventVersion"].startswith("2.") and record["s3"]["object"]["sequencer"]


def test_a_presigned_put_is_told(judge: Judge, key, events):
    """At once, with bucket, key, size and ETag."""
    picture = pictures.png()
    answer = request("PUT", bound_put(judge.store, key, picture), picture.data, bound_headers(picture))
    assert answer.status == 200, answer
    record = events.get(timeout=SECONDS)
    judge_record(record, judge, key, len(picture.data))
    assert record["eventName"].removeprefix("s3:") == "ObjectCreated:Put"
    assert record["s3"]["object"]["eTag"] == answer.headers["etag"].strip('"')


def test_a_completed_upload_is_told_once_it_is_whole(judge: Judge, key, events):
    """Not by its parts, but by Complete."""
    upload = MultipartUpload.begin(Signed(judge.store), key)
    assert upload.complete([upload.stored(1, b"one part")]).status == 200
    record = events.get(timeout=SECONDS)
    judge_record(record, judge, key, len(b"one part"))
    assert record["eventName"].removeprefix("s3:") == "ObjectCreated:CompleteMultipartUpload"
