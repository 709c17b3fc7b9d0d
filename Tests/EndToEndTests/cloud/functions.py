"""Lambda functions: as many sandboxes as there are invocations at once, each under AWS's own emulator."""

import itertools
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path

from lambda_emulator import LambdaEmulator

MOST_SANDBOXES = 16


@dataclass(frozen=True)
class Function:
    """What a function is made of: its program, its configuration, its limits."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    timeout: int = 29
    """In seconds; the emulator kills what takes longer, as Lambda does."""
    memory: int = 512
    """In MiB. The function is told; nobody holds it to that here."""


@dataclass(frozen=True)
class Invoked:
    """How an invocation ended."""

    payload: bytes
    failed: bool
    """Whether the function failed, ran out of time or ended, which Lambda tells its callers by a header."""


@dataclass
class FunctionPool:
    """Sandboxes of one function, started when they are needed and used again, the last one first."""

    function: Function
    folder: Path
    most: int = MOST_SANDBOXES

    def __post_init__(self):
        self._changed = threading.Condition()
        self._idle: list[LambdaEmulator] = []
        self._all: list[LambdaEmulator] = []
        self._starting = 0
        self._serial = itertools.count(1)

    def invoke(self, event: bytes) -> Invoked:
        """Invokes the function and waits for its answer. When all sandboxes are busy, waits for one of them."""
        sandbox = self._taken()
        try:
            answer = sandbox.invoke(event)
        finally:
            with self._changed:
                self._idle.append(sandbox)
                self._changed.notify()
        return Invoked(answer.body, has_failed(answer.status, answer.body))

    def _taken(self) -> LambdaEmulator:
        with self._changed:
            while not self._idle and len(self._all) + self._starting >= self.most:
                self._changed.wait()
            if self._idle:
                return self._idle.pop()
            self._starting += 1
            log = self.folder / f"{self.function.name}-{next(self._serial)}.log"
        try:
            sandbox = self._started(log)
        finally:
            with self._changed:
                self._starting -= 1
        with self._changed:
            self._all.append(sandbox)
        return sandbox

    def _started(self, log: Path) -> LambdaEmulator:
        function = self.function
        variables = {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory)} | function.environment
        return LambdaEmulator(list(function.command), variables, log, function.timeout, function.name).start()

    def sandboxes(self) -> list[LambdaEmulator]:
        """All that were started so far."""
        with self._changed:
            return list(self._all)

    def log(self) -> str:
        """What the function wrote, in all its sandboxes."""
        return "\n".join(sandbox.log() for sandbox in self.sandboxes())

    def stop(self) -> None:
        """Ends all sandboxes, and what runs in them."""
        with self._changed:
            sandboxes, self._all, self._idle = self._all, [], []
        for sandbox in sandboxes:
            sandbox.stop()


def has_failed(status: int, body: bytes) -> bool:
    """Whether the emulator's answer tells of a failure: it answers most of them with 200 and no header."""
    if status != 200 or body.startswith(b"Task timed out after "):
        return True
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and "errorType" in answer and "statusCode" not in answer
