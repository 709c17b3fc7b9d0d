"""What the functions do with events, under AWS's own emulator; times are those that they write into their logs."""

import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterator

from faulty_store import FaultyStore
from function_events import BODY_BYTES, arrived_event, heavy_event, ticket_event
from function_program import Program, process_seconds
from http_client import request
from lambda_emulator import LambdaEmulator
from measured import peak_mib
from photograph import photograph
from pictures import Picture
from report import median, percentile, table

TICKETS = 200
BODIES = 20
COLD, WARM = 3, 20
"""How many processes get a picture as their first event, and how many pictures the last of them gets after it."""


@dataclass
class Sandbox:
    """A function in an emulator of its own, which starts it with the first event."""

    emulator: LambdaEmulator

    def invoke(self, event: bytes) -> dict:
        """The function's answer; the log line of every invocation has come when the next one is made."""
        answer = self.emulator.invoke(event)
        told = json.loads(answer.body)
        if answer.status != 200 or "errorType" in told:
            raise RuntimeError(f"{answer.status}: {answer.body[:2000]!r}")
        return told

    @property
    def process(self) -> int:
        """The function's process."""
        return self.emulator.programs()[0]

    def figures(self, field: str) -> list[float]:
        """A number of each line of the log that has it."""
        lines = (line for line in self.emulator.log().splitlines() if line.startswith("{"))
        return [float(fields[field]) for fields in map(json.loads, lines) if field in fields]


@contextmanager
def sandbox(program: Program, folder: Path, name: str) -> Iterator[Sandbox]:
    """A sandbox that goes with the block."""
    variables = {"AWS_LAMBDA_LOG_FORMAT": "JSON"} | program.variables
    emulator = LambdaEmulator([str(program.path)], variables, folder / f"{name}.log").start()
    try:
        yield Sandbox(emulator)
    finally:
        emulator.stop()


def ticket(api: Sandbox, picture: Picture) -> dict:
    """A ticket for a picture."""
    answer = api.invoke(ticket_event(picture))
    if answer["statusCode"] != 201:
        raise RuntimeError(f"no ticket: {answer}")
    return json.loads(answer["body"])


def tickets(program: Program, folder: Path) -> str:
    """Time, CPU time and memory of many tickets, the first aside."""
    some = Picture("p.png", "image/png", 1, 1, b"")
    with sandbox(program, folder, "tickets") as api:
        ticket(api, replace(some, data=os.urandom(32)))
        before = process_seconds(api.process)
        for _ in range(TICKETS):
            ticket(api, replace(some, data=os.urandom(32)))
        used, peak = process_seconds(api.process) - before, peak_mib(api.process)
        first, *took = api.figures("ms")
    figures = [f"{first:.1f}", f"{median(took):.1f}", f"{percentile(took, 0.99):.1f}"]
    header = [f"{TICKETS} × `POST /api/uploads`", "first, ms", "50 %, ms", "99 %, ms", "CPU each, ms"]
    header.append("peak memory, MiB")
    return table(header, [["in the handler", *figures, f"{1000 * used / TICKETS:.1f}", f"{peak:.0f}"]])


def bodies(program: Program, folder: Path) -> str:
    """What it costs to read the largest events: JSON, and base64 in it."""
    event = heavy_event()
    with sandbox(program, folder, "bodies") as api:
        api.invoke(event)
        before = process_seconds(api.process)
        for _ in range(BODIES):
            if (answer := api.invoke(event))["statusCode"] != 405:
                raise RuntimeError(f"{answer}")
        used, peak = process_seconds(api.process) - before, peak_mib(api.process)
    each = used / BODIES
    row = [f"{len(event) / 1e6:.1f} MB", f"{1000 * each:.0f}", f"{len(event) / 1e6 / each:.0f}", f"{peak:.0f}"]
    header = [f"event with {BODY_BYTES / 1e6:.1f} MB as base64", "CPU each, ms", "MB a second", "peak memory, MiB"]
    return table(header, [row])


def upload(api: Sandbox, picture: Picture) -> str:
    """Uploads a picture by ticket; tells its id."""
    granted = ticket(api, picture)
    sent = request("PUT", granted["url"], picture.data, granted["headers"])
    if sent.status != 200:
        raise RuntimeError(f"PUT: {sent.status} {sent.body!r}")
    return granted["id"]


@dataclass
class Ingested:
    """What ingest took, a picture each but for memory."""

    cold: list[float]
    """From the event to the answer, the start of the process between them."""
    first: list[float]
    warm: list[float]
    peaks: list[float]


def ingest(program: Program, ids: list[str], store: FaultyStore, folder: Path, name: str, into: Ingested) -> None:
    """Has pictures looked at by one process, one after the other."""
    with sandbox(program, folder, name) as function:
        begun = time.perf_counter()
        for number, key in enumerate(ids):
            event = arrived_event(store.access.bucket, f"{store.access.prefix}incoming/{key}")
            if (answer := function.invoke(event)) != {"batchItemFailures": []}:
                raise RuntimeError(f"{key}: {answer}")
            if not number:
                into.cold.append(1000 * (time.perf_counter() - begun))
        into.peaks.append(peak_mib(function.process))
        first, *warm = function.figures("Duration")
        into.first.append(first)
        into.warm += warm


def ingests(api_program: Program, ingest_program: Program, store: FaultyStore, folder: Path) -> str:
    """Time and memory of ingest, and what it reads."""
    found = Ingested([], [], [], [])
    with sandbox(api_program, folder, "uploads") as api:
        pictures = [photograph() for _ in range(COLD + WARM)]
        ids = [upload(api, picture) for picture in pictures]
    seen = len(store.exchanges)
    for number in range(COLD):
        own = ids[number : number + 1] if number < COLD - 1 else ids[number:]
        ingest(ingest_program, own, store, folder, f"ingest-{number}", found)
    gets = [each for each in store.exchanges[seen:] if each.method == "GET" and each.status in (200, 206)]
    header = ["JPEG of 12 MP", "cold, with the start, ms", "cold, ms", "warm, 50 %, ms", "warm, 99 %, ms"]
    header += ["peak memory of the function, MiB", "GETs", "kB read"]
    figures = [median(found.cold), median(found.first), median(found.warm), percentile(found.warm, 0.99)]
    read = [f"{len(gets) / len(ids):.2f}", f"{sum(each.sent for each in gets) / len(ids) / 1000:.0f}"]
    row = [f"{one:.0f}" for one in (*figures, max(found.peaks))]
    return table(header, [[f"{len(pictures[0].data) / 1e6:.1f} MB each", *row, *read]])
