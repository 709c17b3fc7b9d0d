"""What brings messages and schedules to a function: Lambda's event source mapping, and EventBridge's rules."""

import json
import threading
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from cloud.events import ACCOUNT, REGION
from cloud.functions import FunctionPool, Invoked
from cloud.queues import Queue


@dataclass(frozen=True)
class Delivery:
    """One batch as the function got it, and what came of it."""

    bodies: list[str]
    invoked: Invoked
    failed: list[str]
    """The ids of messages that stay in the queue."""


@dataclass
class EventSourceMapping:
    """Takes batches out of a queue and invokes the function with them, several at once.

    What the function reports in `batchItemFailures` stays in the queue, and shows up again after the visibility
    timeout; so does the whole batch when the function fails, or reports something that makes no sense.
    """

    queue: Queue
    function: FunctionPool
    batch: int = 5
    pollers: int = 2
    deliveries: list[Delivery] = field(default_factory=list, repr=False)

    def __enter__(self) -> "EventSourceMapping":
        self._ended, self._paused, self._busy = threading.Event(), False, 0
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._poll, daemon=True) for _ in range(self.pollers)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()

    @contextmanager
    def paused(self):
        """Nothing is taken out of the queue meanwhile; what is under way is brought to its end before."""
        with self._changed:
            self._paused = True
            self._changed.wait_for(lambda: not self._busy)
        try:
            yield
        finally:
            with self._changed:
                self._paused = False
                self._changed.notify_all()

    def _poll(self) -> None:
        while not self._ended.is_set():
            with self._turn():
                try:
                    messages = self.queue.receive(self.batch, seconds=1)
                except (BotoCoreError, ClientError):
                    self._ended.wait(1)
                    continue
                with suppress(OSError, BotoCoreError, ClientError):
                    self._handle(messages)

    @contextmanager
    def _turn(self):
        """One look into the queue, which a pause waits for, and which waits for the end of a pause."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused)
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _handle(self, messages: list[dict]) -> None:
        if self._ended.is_set():
            for message in messages:
                self.queue.release(message)
        elif messages:
            self._deliver(messages)

    def _deliver(self, messages: list[dict]) -> None:
        invoked = self.function.invoke(self._event(messages))
        failed = failures(invoked, {message["MessageId"] for message in messages})
        for message in messages:
            if message["MessageId"] not in failed:
                self.queue.delete(message)
        self.deliveries.append(Delivery([message["Body"] for message in messages], invoked, sorted(failed)))

    def _event(self, messages: list[dict]) -> bytes:
        return json.dumps({"Records": [self._record(message) for message in messages]}).encode()

    def _record(self, message: dict) -> dict:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {},
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self.queue.arn,
            "awsRegion": REGION,
        }


def failures(invoked: Invoked, ids: set[str]) -> set[str]:
    """The messages of a batch that count as not handled, by `ReportBatchItemFailures`."""
    if invoked.failed:
        return ids
    try:
        answer = json.loads(invoked.payload)
        reported = (answer or {}).get("batchItemFailures") or []
        named = {item["itemIdentifier"] for item in reported}
    except (ValueError, TypeError, KeyError, AttributeError):
        return ids
    return named if named <= ids else ids


@dataclass
class Schedule:
    """Invokes a function with EventBridge's event every so many seconds."""

    function: FunctionPool
    seconds: float

    def __enter__(self) -> "Schedule":
        self._ended = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()

    def fire(self) -> Invoked:
        """Invokes the function now."""
        return self.function.invoke(json.dumps(scheduled_event()).encode())

    def _run(self) -> None:
        while not self._ended.wait(self.seconds):
            with suppress(OSError):
                self.fire()


def scheduled_event() -> dict:
    """What a rule with a schedule sends."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/imgn-sweep"],
        "detail": {},
    }
