"""Runs a command to its end and says how long it took, how much memory it held, and when a server answered what."""

import re
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from upload_commands import Command

LOOK_SECONDS = 0.002


@dataclass
class AccessLog:
    """A server's log, read on as it grows: each answer with the moment in which it was seen."""

    path: Path
    answers: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._file = self.path.open(encoding="utf-8", errors="replace")
        self._file.seek(0, 2)
        self._rest = ""

    def look(self) -> None:
        """Takes in what is new."""
        *lines, self._rest = (self._rest + self._file.read()).split("\n")
        now = time.perf_counter()
        self.answers += ((now, line.rpartition("] ")[2]) for line in lines if re.search(r" status=2\d\d ", line))

    def moments(self, what: str) -> list[float]:
        """When answers of that method and route were seen."""
        return [moment for moment, line in self.answers if line == what]


@dataclass(frozen=True)
class Finished:
    """A command that went well."""

    seconds: float
    peak_mib: float
    out: str
    log: AccessLog

    def sending_seconds(self, begun: str, sent: str) -> float:
        """From the answer that allowed the sending to the answer to the last part."""
        return self.log.moments(sent)[-1] - self.log.moments(begun)[0]


def run(command: Command, log: Path) -> Finished:
    """Runs a command, and fails when it does.

    Memory is VmHWM, looked at until the end: `ru_maxrss` of a child begins with its parent's own.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        seen, peak = AccessLog(log), 0.0
        start = time.perf_counter()
        process = subprocess.Popen(command.arguments, stdout=out, stderr=err, env=command.environment)
        while process.poll() is None:
            peak = peak_mib(process.pid) or peak
            seen.look()
            time.sleep(LOOK_SECONDS)
        took = time.perf_counter() - start
        seen.look()
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            raise RuntimeError(f"{command.arguments} ended with {process.returncode}: {out.read()} {err.read()}")
        return Finished(took, peak, out.read(), seen)


def peak_mib(process: int) -> float | None:
    """The most memory a process has held so far, in MiB; nothing once it has none any more."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else None
