"""A function's program as it comes out of its zip, run beside a Go program that does the same."""

import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Tests" / "FunctionTests"))

from imgn_server import clean_environment
from package import Package, dotted, wanted
from report import table
from runtime_api import RuntimeAPI


@dataclass(frozen=True)
class Start:
    """What one start took."""

    seconds: float
    """From the start of the process to its first call for an event."""
    cpu_seconds: float
    """Of all threads, user and system, until then; it hardly depends on what else the machine does."""


@dataclass(frozen=True)
class Program:
    """What is started, with its variables."""

    name: str
    path: Path
    variables: dict[str, str]

    @contextmanager
    def running(self, api: RuntimeAPI) -> Iterator[subprocess.Popen]:
        """Runs it, as Lambda would."""
        environment = clean_environment(AWS_LAMBDA_RUNTIME_API=api.address, **self.variables)
        process = subprocess.Popen([self.path], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def start(self) -> Start:
        """Starts it once, with nothing to do."""
        before = children_seconds()
        with RuntimeAPI() as api:
            begun = time.perf_counter()
            with self.running(api):
                seconds = api.hear().moment - begun
        return Start(seconds, children_seconds() - before)


def children_seconds() -> float:
    """The CPU time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def process_seconds(process: int) -> float:
    """The CPU time of a process that runs, in steps of 10 ms."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sizes(packages: list[tuple[Package, Path]]) -> str:
    """What is sent to Lambda, and what it unpacks."""
    rows = []
    for package, program in packages:
        count = [f"{size:,}" for size in (package.path.stat().st_size, program.stat().st_size)]
        rows.append([f"`{package.name}`", *count, dotted(wanted(program, "GLIBC"))])
    return table(["function", "zip, bytes", "unpacked, bytes", "highest glibc version wanted"], rows)


def go_program(folder: Path) -> Program | None:
    """A Go program that does the same, where Debian's `golang-go` is at hand."""
    source = Path(__file__).resolve().parent / "GoBootstrap" / "main.go"
    program = folder / "go-bootstrap"
    try:
        subprocess.run(
            ["go", "build", "-ldflags=-s -w", "-o", program, source], check=True,
            env=dict(os.environ, GOCACHE=str(folder / "go"), GO111MODULE="off", CGO_ENABLED="0"),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    return Program("Go", program, {})
