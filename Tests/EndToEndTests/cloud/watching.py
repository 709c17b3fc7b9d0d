"""Proxies before S3 and DynamoDB that note what functions ask for, and can make chosen requests fail."""

import http.client
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cloud.http_front import Call, Front, Reply
from cloud.operations import Operation

LARGEST_BODY = 2 << 30
HOPS = ("connection", "keep-alive", "transfer-encoding", "expect")
SECONDS = 120


@dataclass
class Record:
    """Every kind of operation that was seen, each once; written as JSON lines where `IMGN_RECORD_OPERATIONS` says."""

    seen: dict[Operation, None] = field(default_factory=dict)
    path: str = field(default_factory=lambda: os.environ.get("IMGN_RECORD_OPERATIONS", ""))

    def __post_init__(self):
        self._lock = threading.Lock()

    def note(self, operation: Operation) -> None:
        """Notes an operation, whatever the object's own name."""
        operation = operation.general()
        with self._lock:
            if operation in self.seen:
                return
            self.seen[operation] = None
            if self.path:
                with Path(self.path).open("a") as file:
                    file.write(operation.line() + "\n")


@dataclass
class _Plan:
    operation: str
    act: Callable[[Call], Reply | None]
    times: int


@dataclass
class Watch:
    """Stands before a service on a port of its own, with the Host header left as it is, so that signatures hold."""

    endpoint: str
    operations: Callable[[Call], list[Operation]]
    record: Record = field(default_factory=Record)
    counts: dict[str, int] = field(default_factory=dict)
    """How often each operation was asked for."""

    def __enter__(self) -> "Watch":
        self._plans: list[_Plan] = []
        self._lock = threading.Lock()
        self._front = Front(self._respond, LARGEST_BODY)
        return self

    def __exit__(self, *_) -> None:
        self._front.close()

    @property
    def url(self) -> str:
        """The service as its clients should see it."""
        return self._front.url

    def plan(self, operation: str, act: Callable[[Call], Reply | None], times: int = 1) -> None:
        """Lets the next so many requests for the operation (-1: all) be answered by `act`, unless that says nothing."""
        with self._lock:
            self._plans.append(_Plan(operation, act, times))

    def heal(self) -> None:
        """Forgets all plans."""
        with self._lock:
            self._plans.clear()

    def _respond(self, call: Call) -> Reply:
        asked = self.operations(call)
        for operation in asked:
            self.record.note(operation)
        plan = self._planned({operation.operation for operation in asked})
        return (plan and plan.act(call)) or forwarded(call, self.endpoint)

    def _planned(self, names: set[str]) -> _Plan | None:
        with self._lock:
            for name in names:
                self.counts[name] = self.counts.get(name, 0) + 1
            found = next((plan for plan in self._plans if plan.times and plan.operation in names | {"*"}), None)
            if found:
                found.times -= 1
            return found


def forwarded(call: Call, endpoint: str) -> Reply:
    """The service's own answer."""
    parts = urlsplit(endpoint)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    try:
        connection.putrequest(call.method, call.target, skip_host=True, skip_accept_encoding=True)
        for name, value in call.headers:
            if name.lower() not in (*HOPS, "content-length"):
                connection.putheader(name, value.encode("latin-1"))
        connection.putheader("content-length", str(len(call.body)))
        connection.endheaders(call.body)
        answer = connection.getresponse()
        headers = tuple(pair for pair in answer.getheaders() if pair[0].lower() not in HOPS)
        body = answer.read()
    finally:
        connection.close()
    return Reply(answer.status, headers, iter(()) if call.method == "HEAD" else body)


def throttled(_: Call) -> Reply:
    """DynamoDB's way to say that it is asked too often."""
    body = {
        "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        "message": "The level of configured provisioned throughput for the table was exceeded.",
    }
    return Reply(400, (("content-type", "application/x-amz-json-1.0"),), json.dumps(body).encode())


def slow(seconds: float) -> Callable[[Call], None]:
    """Passes the request on, later."""
    return lambda _: time.sleep(seconds)
