"""150 ms added to each request to the store: `imgn upload` with its parts at once, against one after another."""

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from imgn_server import ImgnServer
from measured import Finished, run
from pictures import write_large_png
from report import median, publish, table
from slow_road import SlowRoad
from upload_commands import imgn_upload, remove_from_gallery

ROUNDS = 3
MIB = 1 << 20
SIZE = 256 * MIB
SECONDS = 0.15
PARALLEL = 6
"""What `imgn upload` does when it is told nothing."""


@contextmanager
def slow_server(folder: Path) -> Iterator[ImgnServer]:
    """A server whose store is far away: its tickets name the slow road, while its own API stays near."""
    with SlowRoad(SECONDS) as road:
        flags = ("--public-url", road.url, "--upload-limit", "2GiB")
        server = ImgnServer(folder / "data", folder / "log", flags).start()
        road.server_port = server.port
        try:
            yield server
        finally:
            server.kill()


def upload(server: ImgnServer, picture: Path, parallel: int) -> Finished:
    """One upload; the picture is removed again."""
    finished = run(imgn_upload(server, picture, "--parallel", str(parallel)), server.log_path)
    remove_from_gallery(server, json.loads(finished.out))
    return finished


def whole(finished: Finished) -> float:
    """From the command's start to its end."""
    return finished.seconds


def sending(finished: Finished) -> float:
    """From the ticket to the answer to the last part."""
    return finished.sending_seconds("POST /api/uploads", "PUT object store")


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-latency-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as name:
        folder = Path(name)
        write_large_png(folder / "large.png", SIZE)
        with slow_server(folder) as server:
            rounds = [
                [upload(server, folder / "large.png", parallel) for parallel in (1, PARALLEL)] for _ in range(ROUNDS)
            ]
    one, many = zip(*rounds)
    rows = []
    for name, measure in {"whole, until it is published": whole, "sending alone": sending}.items():
        slow, fast = (median([measure(finished) for finished in column]) for column in (one, many))
        rows.append([name, f"{slow:.1f}", f"{fast:.1f}", f"{slow / fast:.1f}"])
    header = [f"{SIZE // MIB} MiB, median of {ROUNDS}", "part after part, s", f"{PARALLEL} at once, s", "times faster"]
    publish("latency", table(header, rows))


if __name__ == "__main__":
    main()
