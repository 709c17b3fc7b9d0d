"""AWS's own Lambda runtime interface emulator (RIE), started around a function's program on loopback.

One emulator is one sandbox: it runs the program once, lazily, and again after a crash or a timeout. Concurrent
invocations end it (aws-lambda-runtime-interface-emulator#97), so `invoke` lets one through at a time.
"""

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from imgn_server import clean_environment
from machine import tool

PATH = "/2015-03-31/functions/function/invocations"
START_SECONDS = 20
EXTRA_SECONDS = 30
"""How much longer than the function's own time an invocation may take before the emulator itself is taken for dead."""


@dataclass(frozen=True)
class EmulatorAnswer:
    """What the emulator answered. It says 200 to most failures too: look at the body."""

    status: int
    body: bytes


@dataclass
class LambdaEmulator:
    """One sandbox around a program, with an environment of its own."""

    command: list[str]
    environment: dict[str, str] = field(repr=False)
    log_path: Path
    timeout: int = 30
    """The function's time for one invocation, in seconds."""
    name: str = "imgn"
    process: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> "LambdaEmulator":
        """Starts the emulator and waits until it listens; the program itself starts with the first invocation."""
        program = tool("aws-lambda-rie", "from PyPI's aws-sam-cli, by Scripts/bootstrap test")
        self.port, runtime = free_port(), free_port()
        listen = ["--runtime-interface-emulator-address", f"127.0.0.1:{self.port}"]
        listen += ["--runtime-api-address", f"127.0.0.1:{runtime}", "--log-level", "error"]
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [program, *listen, *self.command],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._variables(), start_new_session=True,
            )  # fmt: skip
        self._turn = threading.Lock()
        self._wait_until_it_listens()
        return self

    def _variables(self) -> dict[str, str]:
        told = {
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_TIMEOUT": str(self.timeout),
            "AWS_REGION": "us-east-1",
            "_HANDLER": "bootstrap",
        }
        return clean_environment(**told | self.environment)

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.stop()
        raise AssertionError(f"the emulator does not listen: {self.log()[-2000:]}")

    def invoke(self, event: bytes, headers: dict[str, str] | None = None) -> EmulatorAnswer:
        """Invokes the function and waits for its answer."""
        with self._turn:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout + EXTRA_SECONDS)
            try:
                connection.request("POST", PATH, event, headers or {})
                answer = connection.getresponse()
                return EmulatorAnswer(answer.status, answer.read())
            finally:
                connection.close()

    def programs(self) -> list[int]:
        """The process ids of what runs in the sandbox now."""
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(line) for line in found.stdout.split()]

    def stop(self) -> None:
        """Ends the emulator, and the program in it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            pass
        self._kill_what_is_left()
        self.process.wait(5)
        self.process = None

    def _kill_what_is_left(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def log(self) -> str:
        """What emulator and program wrote."""
        return self.log_path.read_bytes().decode(errors="backslashreplace") if self.log_path.exists() else ""


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
