"""S3 event notifications: what SeaweedFS's filer tells by its webhook, as the messages S3 sends to queues."""

import base64
import json
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote_plus

from cloud.events import REGION
from cloud.http_front import Call, Front, Reply
from cloud.queues import Queue

BUCKETS = "/buckets/"
LARGEST_EVENT = 8 << 20


@dataclass(frozen=True)
class Created:
    """An object that was stored."""

    bucket: str
    key: str
    size: int
    etag: str

    @classmethod
    def of(cls, event: dict) -> "Created | None":
        """The object that the filer's event tells of, if it is one; parts and folders are none."""
        entry = event.get("message", {}).get("new_entry") or {}
        bucket, _, key = event.get("key", "").removeprefix(BUCKETS).partition("/")
        if event.get("event_type") not in ("create", "update") or entry.get("is_directory") or not key:
            return None
        if bucket.startswith(".") or key.startswith(".uploads/"):
            return None
        etag = base64.b64decode(entry.get("extended", {}).get("Seaweed-X-Amz-ETag", "")).decode()
        return cls(bucket, key, entry.get("attributes", {}).get("file_size", 0), etag)


def notification(*objects: Created) -> str:
    """S3's message that objects were created, its keys encoded as S3 does: as in a form, but for slashes."""
    return json.dumps({"Records": [_record(each) for each in objects]})


def _record(created: Created) -> dict:
    joined = "-" in created.etag
    place = {"name": created.bucket, "ownerIdentity": {"principalId": "A3"}, "arn": f"arn:aws:s3:::{created.bucket}"}
    found = {"size": created.size, "eTag": created.etag, "sequencer": f"{time.time_ns():018X}"}
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "eventName": "ObjectCreated:CompleteMultipartUpload" if joined else "ObjectCreated:Put",
        "userIdentity": {"principalId": "AWS:AIDA"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": uuid.uuid4().hex[:16].upper(), "x-amz-id-2": uuid.uuid4().hex},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "incoming",
            "bucket": place,
            "object": {"key": quote_plus(created.key, safe="/"), **found},
        },
    }


class BucketEvents:
    """Hears the filer, and tells the queues that were configured, by the prefix of the key."""

    def __init__(self):
        self._front = Front(self._heard, LARGEST_EVENT)
        self._lock = threading.Lock()
        self._queues: dict[tuple[str, str], Queue] = {}

    @property
    def url(self) -> str:
        """Where the filer must post its events to."""
        return f"{self._front.url}/"

    def configure(self, bucket: str, prefix: str, queue: Queue) -> None:
        """Sends events of keys that begin with the prefix to the queue; first of all S3's test message."""
        test = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": bucket, "RequestId": uuid.uuid4().hex}
        queue.send(json.dumps(test))
        with self._lock:
            self._queues[bucket, prefix] = queue

    def forget(self, bucket: str, prefix: str) -> None:
        """Sends no more events of this prefix."""
        with self._lock:
            self._queues.pop((bucket, prefix), None)

    def close(self) -> None:
        """Hears nothing any more."""
        self._front.close()

    def _heard(self, call: Call) -> Reply:
        created = Created.of(json.loads(call.body))
        with self._lock:
            queues = list(self._queues.items()) if created else []
        for (bucket, prefix), queue in queues:
            if bucket == created.bucket and created.key.startswith(prefix):
                queue.send(notification(created))
        return Reply(200)
