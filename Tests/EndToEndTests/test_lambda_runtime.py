"""LambdaRuntime in AWS's own emulator: what a function does, and each way it can fail. The function is LambdaProbe."""

import json
import os
import re
import signal
import subprocess
import time

import pytest

from imgn_server import PACKAGE, clean_environment
from lambda_emulator import LambdaEmulator
from machine import tool
from runtime_api import RuntimeAPI

PROBE = PACKAGE / ".build" / "debug" / "LambdaProbe"
QUIET = {"SWIFT_BACKTRACE": "enable=no", "AWS_LAMBDA_LOG_FORMAT": "JSON"}
LIMIT = 6 * 1024 * 1024 + 100


class Probe(LambdaEmulator):
    """The probe in an emulator."""

    def ask(self, deed: str | bytes, headers: dict[str, str] | None = None):
        """Has something done, and returns the answer."""
        return self.invoke(deed if isinstance(deed, bytes) else json.dumps(deed).encode(), headers)

    def error(self, deed: str) -> tuple[str, str]:
        """Has something done that fails, and returns type and message."""
        told = json.loads(self.ask(deed).body)
        return told["errorType"], told["errorMessage"]

    def lines(self) -> list[dict]:
        """The JSON lines of the log."""
        return [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]


@pytest.fixture
def start(tmp_path):
    """Starts probes, with variables and a time limit."""
    started = []

    def one(timeout: int = 5, **variables: str) -> Probe:
        assert PROBE.exists(), "build it: swift build --product LambdaProbe"
        probe = Probe([str(PROBE)], QUIET | variables, tmp_path / f"log-{len(started)}", timeout)
        started.append(probe)
        return probe.start()

    yield one
    for probe in started:
        probe.stop()


def test_events_are_answered_and_their_context_is_known(start):
    """Client context and tenant come through; the deadline is known; without a trace header there is no trace."""
    probe = start()
    assert probe.ask("hello").body == b'"hello"'
    headers = {"X-Amz-Client-Context": "eyJhIjoxfQ==", "X-Amz-Tenant-Id": "tenant-1"}
    trace, client, tenant, left, request_id = probe.ask("context", headers).body.decode().split(" | ")
    assert (trace, client, tenant, left) == ("-", '{"a":1}', "tenant-1", "some")
    assert re.fullmatch(r"[0-9a-f-]{36}", request_id)


@pytest.mark.parametrize("event", [b"", b"{", b"\xff\x00\xfe", b"null", "no json, é".encode(), b"[" * 10_000])
def test_events_that_are_no_json_reach_the_function_as_they_are(start, event):
    """And the loop goes on."""
    probe = start()
    assert probe.ask(event).status == 200
    assert probe.ask("hello").body == b'"hello"'


def test_the_largest_event_and_one_that_the_emulator_cuts(start):
    """6 MiB arrive whole; what is above arrives cut off, which is the function's to notice."""
    probe = start()
    largest = b"size " + b"x" * (6 * 1024 * 1024 - 5)
    assert probe.ask(largest).body == str(len(largest)).encode()
    assert int(probe.ask(largest + b"x" * 1_000_000).body) <= LIMIT
    assert probe.ask("hello").body == b'"hello"'


def test_the_largest_answer_and_one_byte_more(start):
    """The answer that is too large is refused in words, and the process lives on."""
    probe = start()
    probe.ask("hello")
    before = probe.programs()
    assert len(probe.ask(f"bytes {LIMIT}").body) == LIMIT
    kind, message = probe.error(f"bytes {LIMIT + 1}")
    assert kind == "Function.ResponseSizeTooLarge"
    assert "(413)" in message and "presigned" in message
    assert probe.ask("hello").body == b'"hello"' and probe.programs() == before


def test_errors_are_valid_json_whatever_they_say(start):
    """Type, message, and a log line with the request id; the process lives on."""
    probe = start()
    assert probe.error("throw oh no") == ("Function.AsAsked", "oh no")
    kind, message = probe.error("invalid")
    assert kind == "Function.InvalidEvent" and message.endswith('\x01\n"quoted"')
    assert [line["errorType"] for line in probe.lines()] == ["Function.AsAsked", "Function.InvalidEvent"]
    assert all(line["level"] == "ERROR" and len(line["requestId"]) == 36 for line in probe.lines())


@pytest.mark.parametrize("deed", ["sleep 60000", "block 3900"])
def test_a_handler_out_of_time_is_answered_for_before_the_platform_kills_it(start, deed):
    """Whether it listens to its cancellation or blocks its thread; the same process answers the next event."""
    probe = start(timeout=4)
    probe.ask("hello")
    before = probe.programs()
    assert probe.error(deed)[0] == "Function.OutOfTime"
    assert probe.ask("hello").body == b'"hello"' and probe.programs() == before


@pytest.mark.parametrize(
    ("deed", "kind", "says"),
    [
        ("trap", "Function.Trap", "a check that fails"),
        ("index 3", "Function.Trap", "Index out of range"),
        ("badaccess", "Function.BadAccess", ""),
        ("overflow", "Function.BadAccess", ""),
        ("abort", "Function.Abort", ""),
        ("exit 3", "Function.Exit", ""),
    ],
)
def test_a_crash_is_told_to_caller_and_log(start, deed, kind, says):
    """By type and message, with the request id and the stack; then a fresh process answers."""
    probe = start()
    probe.ask("hello")
    answer = json.loads(probe.ask(deed).body)
    assert answer["errorType"] == kind and answer["errorMessage"]
    (line,) = [line for line in probe.lines() if line["level"] == "FATAL"]
    assert line["errorType"] == kind and len(line["requestId"]) == 36
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["timestamp"])
    assert kind == "Function.Exit" or line["stackTrace"]
    assert says in probe.log()
    assert probe.ask("hello").body == b'"hello"'


def test_the_stack_of_a_crash_can_be_named(start):
    """The offsets are those of the binary."""
    symbolizer = tool("llvm-symbolizer", "comes with the Swift toolchain")
    probe = start()
    frames = json.loads(probe.ask("trap").body)["stackTrace"]
    offsets = [frame.removeprefix("bootstrap+") for frame in frames if frame.startswith("bootstrap+")]
    named = subprocess.run([symbolizer, f"--obj={PROBE}", *offsets], capture_output=True, text=True, check=True)
    assert "Deed.swift" in named.stdout


@pytest.mark.parametrize(("way", "kind"), [("wrong", "Runtime.BadConfiguration"), ("crash", "Function.Trap")])
def test_a_function_that_cannot_start_says_why(start, way, kind):
    """Whether it says so itself or crashes: the first caller gets the type."""
    probe = start(PROBE_START=way)
    assert json.loads(probe.ask("hello").body)["errorType"] == kind
    assert any(line["level"] == "FATAL" for line in probe.lines())


def test_streams_have_a_head(start):
    """The emulator hands on what a gateway would take apart."""
    probe = start()
    head, body = probe.ask("stream 3").body.split(b"\0" * 8)
    assert json.loads(head) == {"statusCode": 200, "headers": {"content-type": "text/plain"}}
    assert body == b"piece 0\npiece 1\npiece 2\n"
    probe.ask("stream fail")
    assert probe.lines()[-1]["errorType"] == "Function.MidStream"
    assert probe.ask("hello").body == b'"hello"'


def test_a_frozen_function_thaws(start):
    """Lambda stops the process between events, for minutes or hours."""
    probe = start()
    probe.ask("hello")
    (pid,) = probe.programs()
    os.kill(pid, signal.SIGSTOP)
    time.sleep(1)
    os.kill(pid, signal.SIGCONT)
    assert probe.ask("hello").body == b'"hello"' and probe.programs() == [pid]


def test_a_function_is_warned_before_its_end(start):
    """The extension is registered, so the emulator sends SIGTERM and waits; `run` returns and the program goes on."""
    probe = start()
    probe.ask("hello")
    probe.stop()
    assert probe.lines()[-1]["message"] == "stopped in good order"


def test_log_lines_carry_the_request_id(start):
    """The id of the invocation that wrote them."""
    probe = start()
    probe.ask("log twice\nas\tlong")
    (line,) = [line for line in probe.lines() if line["message"] == "said as asked"]
    assert line["level"] == "ERROR" and len(line["requestId"]) == 36 and "timestamp" in line


class TestWithoutEmulator:
    """What the emulator never does."""

    @pytest.fixture
    def api(self):
        """The Runtime API."""
        with RuntimeAPI() as api:
            yield api

    @pytest.fixture
    def run(self, api, tmp_path):
        """Starts the probe against it."""
        started = []

        def one(**variables: str) -> subprocess.Popen:
            environment = clean_environment(**QUIET, AWS_LAMBDA_RUNTIME_API=api.address, **variables)
            started.append(subprocess.Popen([str(PROBE)], env=environment, stderr=(tmp_path / "log").open("ab")))
            return started[-1]

        yield one
        for process in started:
            process.kill()
            process.wait()

    def test_the_trace_is_in_the_environment_where_one_invocation_runs_at_a_time(self, api, run):
        """And goes away with it."""
        run()
        api.put("one", b"context", Lambda_Runtime_Trace_Id="Root=1-abc")
        assert api.posts.get(timeout=10).body.startswith(b"Root=1-abc | ")
        api.put("two", b"context")
        assert api.posts.get(timeout=10).body.startswith(b"- | ")

    def test_the_trace_is_not_in_the_environment_where_several_run(self, api, run):
        """There it would be somebody else's."""
        run(AWS_LAMBDA_MAX_CONCURRENCY="2")
        api.put("one", b"context", Lambda_Runtime_Trace_Id="Root=1-abc")
        assert api.posts.get(timeout=10).body.startswith(b"- | ")

    def test_a_crash_is_told_to_every_invocation_it_takes_with_it(self, api, run):
        """On a managed instance several run in one process."""
        process = run(AWS_LAMBDA_MAX_CONCURRENCY="3")
        for number in range(2):
            api.put(f"sleeper-{number}", b"sleep 60000")
        time.sleep(0.5)
        api.put("crasher", b"trap")
        posts = [api.posts.get(timeout=10) for _ in range(3)]
        told = {post.path.split("/")[-2] for post in posts}
        assert told == {"sleeper-0", "sleeper-1", "crasher"}
        assert {post.headers["lambda-runtime-function-error-type"] for post in posts} == {"Function.Trap"}
        assert process.wait(10) == -signal.SIGILL or os.uname().machine == "aarch64"

    def test_a_crash_before_the_first_event_is_a_failed_initialization(self, api, run):
        """Told where Lambda looks for it."""
        run(PROBE_START="crash")
        assert api.posts.get(timeout=10).path == "/2018-06-01/runtime/init/error"

    def test_sigterm_lets_the_handler_answer(self, api, run):
        """It is cancelled, its failure is told, and the program ends well."""
        process = run()
        api.put("one", b"sleep 60000")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        post = api.posts.get(timeout=10)
        assert post.headers["lambda-runtime-function-error-type"] == "Runtime.ShuttingDown"
        assert process.wait(10) == 0
