"""200 uploads of 12 megapixels at once: does each become a picture, what memory is held, does the page still answer."""

import json
import os
import re
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

from gallery_client import Gallery, put
from imgn_server import ImgnServer
from photograph import photograph
from report import median, percentile, publish, table

UPLOADS = 200
AT_ONCE = 50
LOOK_SECONDS = 0.05
PATIENCE_SECONDS = 600


class Watch(threading.Thread):
    """Asks for the gallery again and again, and keeps the most memory that each worker has held."""

    def __init__(self, server: ImgnServer) -> None:
        super().__init__()
        self.server, self.answers, self.workers, self.is_over = server, [], {}, threading.Event()

    def run(self) -> None:
        """Looks until it is over."""
        connection = HTTPConnection(self.server.authority)
        while not self.is_over.wait(LOOK_SECONDS):
            start = time.perf_counter()
            connection.request("GET", "/gallery")
            answer = connection.getresponse()
            answer.read()
            self.answers.append((answer.status, 1000 * (time.perf_counter() - start)))
            self.look_at_workers()

    def look_at_workers(self) -> None:
        """The peaks of the server's children, and of theirs: a worker forks for each picture. MiB."""
        for pid in descendants(self.server.process.pid):
            with suppress(OSError, TypeError):
                status = Path(f"/proc/{pid}/status").read_text()
                self.workers[pid] = int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024


def descendants(pid: int) -> list[int]:
    """The processes below another one; those that end meanwhile may be left out."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, file.read_text().split()):
                found += [child, *descendants(child)]
    return found


def send(gallery: Gallery, _: int) -> str:
    """Uploads one picture; its id."""
    picture = photograph()
    ticket = gallery.ticket(picture)
    answer = put(ticket, picture.data)
    if answer.status != 200:
        raise RuntimeError(f"PUT: {answer.status}")
    return ticket["id"]


def until_ready(gallery: Gallery, ids: list[str]) -> None:
    """Waits for each upload's verdict, which must be a good one."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for upload in ids:
        while (image := gallery.wait(upload))["state"] == "incoming":
            if time.monotonic() > deadline:
                raise TimeoutError(f"{upload} still waits")
        if image["state"] != "ready" or len(image["renditions"]) != 4:
            raise RuntimeError(json.dumps(image))


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-crowd-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as folder:
        server = ImgnServer(Path(folder) / "data", Path(folder) / "log").start()
        gallery, watch = Gallery(server.url), Watch(server)
        watch.start()
        start = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            ids = list(crowd.map(lambda number: send(gallery, number), range(UPLOADS)))
        sent = time.perf_counter() - start
        until_ready(gallery, ids)
        took, memory = time.perf_counter() - start, server.peak_memory_mib()
        watch.is_over.set()
        watch.join()
        server.stop()
    failures = sum(status != 200 for status, _ in watch.answers)
    answers = [milliseconds for _, milliseconds in watch.answers]
    rows = [
        ["uploads that became pictures", f"{len(ids)} of {UPLOADS}"],
        ["all are sent, all are ready", f"{sent:.0f} s, {took:.0f} s"],
        ["peak memory of the server", f"{memory:.0f} MiB"],
        ["peak memory of a worker", f"{max(watch.workers.values()):.0f} MiB"],
        ["`GET /gallery` meanwhile: median, 99 %", f"{median(answers):.1f} ms, {percentile(answers, 0.99):.1f} ms"],
        ["answers that were not 200", f"{failures} of {len(answers)}"],
    ]
    publish("crowd", table([f"{UPLOADS} uploads of 12 MP, {AT_ONCE} at a time", ""], rows))


if __name__ == "__main__":
    main()
