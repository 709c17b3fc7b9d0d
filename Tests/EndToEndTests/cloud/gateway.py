"""An API gateway: HTTP on one side, a function's events and answers on the other, with AWS's limits between them.

Four kinds: a REST API (payload 1.0), an HTTP API (payload 2.0), a function URL and a load balancer. What they refuse
themselves, and how they report a function that failed, is what AWS does, statuses and words included.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass, field, replace

from cloud import answers, events
from cloud.answers import MalformedAnswer, message
from cloud.events import Setting
from cloud.functions import FunctionPool, Invoked
from cloud.http_front import Call, Front, Reply

MIB = 1 << 20
PAYLOAD = 6 * MIB
"""The most a function may be invoked with: the whole event as JSON."""


@dataclass(frozen=True)
class Kind:
    """One kind of gateway: its payloads, its limits, and its own words."""

    event: Callable[[Call, Setting], dict]
    reply: Callable[[bytes, Call, Setting], Reply]
    body_limit: int
    seconds: float
    too_large: Reply
    failed: Reply
    out_of_time: Reply
    head_limit: int = 0
    """The most bytes of request line and headers; none where it is 0."""


REST = Kind(
    event=events.rest_event,
    reply=lambda payload, call, setting: answers.rest_reply(payload, call, setting.binary),
    body_limit=10 * MIB,
    seconds=29,
    too_large=message(413, f"HTTP content length exceeded {10 * MIB} bytes."),
    failed=message(502, "Internal server error"),
    out_of_time=message(504, "Endpoint request timed out"),
)
HTTP = Kind(
    event=events.http_event,
    reply=lambda payload, call, setting: answers.http_reply(payload),
    body_limit=10 * MIB,
    seconds=30,
    too_large=message(413, "Request Entity Too Large"),
    failed=message(500, "Internal Server Error"),
    out_of_time=message(503, "Service Unavailable"),
    head_limit=10_240,
)
URL = Kind(
    event=events.url_event,
    reply=lambda payload, call, setting: answers.http_reply(payload),
    body_limit=PAYLOAD,
    seconds=900,
    too_large=message(413, "Request Entity Too Large"),
    failed=message(502, "Internal Server Error"),
    out_of_time=message(504, "Gateway Timeout"),
)
BALANCER = Kind(
    event=events.balancer_event,
    reply=lambda payload, call, setting: answers.balancer_reply(payload, setting.multi_value),
    body_limit=MIB,
    seconds=60,
    too_large=Reply(413, (("content-type", "text/html"),), b"413 Request Entity Too Large"),
    failed=Reply(502, (("content-type", "text/html"),), b"502 Bad Gateway"),
    out_of_time=Reply(504, (("content-type", "text/html"),), b"504 Gateway Time-out"),
)
KINDS = {"rest": REST, "http": HTTP, "url": URL, "balancer": BALANCER}


@dataclass(frozen=True)
class Passage:
    """One request and its answer, as they passed through."""

    call: Call
    reply: Reply


@dataclass
class Gateway:
    """A gateway before a function. It can be asked directly (`respond`), and listens once it is entered."""

    kind: Kind
    function: FunctionPool
    setting: Setting = Setting()
    port: int = 0
    keeps: bool = False
    """Whether `passages` are kept."""
    passages: list[Passage] = field(default_factory=list, repr=False)

    def __enter__(self) -> "Gateway":
        self.front = Front(self.respond, self.kind.body_limit, self.port)
        return self

    def __exit__(self, *_) -> None:
        self.front.close()

    @property
    def url(self) -> str:
        """The address clients use, with the stage where they must say it."""
        return self.front.url + (f"/{self.setting.stage}" if self.setting.stage_in_path else "")

    def respond(self, call: Call) -> Reply:
        """Answers a call by the function, or refuses it."""
        reply = self._refusal(call) or self._asked(call)
        if self.keeps:
            self.passages.append(Passage(call, reply))
        return reply

    def _refusal(self, call: Call) -> Reply | None:
        if len(call.body) > self.kind.body_limit:
            return self.kind.too_large
        head = len(call.method + call.target) + sum(len(name + value) for name, value in call.headers)
        if self.kind.head_limit and head > self.kind.head_limit:
            return message(431, "Request Header Fields Too Large")
        if self.setting.stage_in_path and call.path.split("/")[1] != self.setting.stage:
            return message(403, "Missing Authentication Token") if self.kind is REST else message(404, "Not Found")
        return None

    def _asked(self, call: Call) -> Reply:
        if self.setting.stage_in_path:
            call = replace(call, target=call.target.removeprefix(f"/{self.setting.stage}") or "/")
        event = json.dumps(self.kind.event(call, self.setting), ensure_ascii=False, separators=(",", ":")).encode()
        if len(event) > PAYLOAD:
            return message(413, "Request Entity Too Large")
        try:
            invoked = _in_time(lambda: self.function.invoke(event), self.kind.seconds)
            return self.kind.failed if invoked.failed else self.kind.reply(invoked.payload, call, self.setting)
        except OutOfTime:
            return self.kind.out_of_time
        except MalformedAnswer:
            return self.kind.failed


def _in_time(work: Callable[[], Invoked], seconds: float) -> Invoked:
    """The result, or `OutOfTime`: the function then goes on for itself, and nobody hears its answer."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="invocation")
    try:
        return pool.submit(work).result(seconds)
    finally:
        pool.shutdown(wait=False)
