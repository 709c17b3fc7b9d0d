"""`imgn upload` killed when 60 % of a file were taken, and run again: how many bytes go twice. Against `aws s3 cp`."""

import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Iterator

from faulty_store import FaultyStore
from imgn_server import ImgnServer
from pictures import write_large_png
from report import median, publish, table
from store_client import StoreAccess, store_of
from upload_commands import Command, aws_copy, imgn_upload

ROUNDS = 5
MIB = 1 << 20
SIZE = 256 * MIB
SHARE = 0.6
LATENCY_SECONDS = 0.02
"""Keeps all slots busy, as a network does."""
PART, PARALLEL = 8 * MIB, 6


@contextmanager
def counted_server(folder: Path) -> Iterator[tuple[ImgnServer, FaultyStore]]:
    """A server whose tickets name a proxy that counts."""
    nowhere = StoreAccess("http://127.0.0.1:1", "", "")
    with FaultyStore(nowhere, latency=LATENCY_SECONDS) as store:
        flags = ("--public-url", store.access.endpoint, "--upload-limit", "2GiB")
        server = ImgnServer(folder / "data", folder / "log", flags).start()
        store.store = store_of(server)
        try:
            yield server, store
        finally:
            server.kill()


def bytes_taken(store: FaultyStore) -> int:
    """The bytes of parts that have come so far."""
    return sum(exchange.received for exchange in list(store.exchanges) if exchange.method == "PUT")


def bytes_sent(store: FaultyStore, command: Command) -> int:
    """Kills the command at 60 %, runs it again to its end, and counts what both runs have sent."""
    store.exchanges.clear()
    killed = subprocess.Popen(command.arguments, stdout=DEVNULL, stderr=DEVNULL, env=command.environment)
    while bytes_taken(store) < SHARE * SIZE:
        if killed.poll() is not None:
            raise RuntimeError("the upload was over before it could be killed")
        time.sleep(0.001)
    killed.kill()
    killed.wait()
    done = subprocess.run(command.arguments, capture_output=True, text=True, env=command.environment, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return bytes_taken(store)


def row(name: str, twice: list[int]) -> list[str]:
    """One client's figures."""
    return [name, f"{median(twice) / MIB:.1f}", f"{max(twice) / MIB:.1f}", f"{max(twice) / (PART * PARALLEL):.2f}"]


def main() -> None:
    """Measures and reports."""
    imgn, aws = [], []
    with tempfile.TemporaryDirectory(prefix="imgn-resume-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as name:
        folder = Path(name)
        with counted_server(folder) as (server, store):
            for number in range(ROUNDS):
                picture = folder / f"{number}.png"
                write_large_png(picture, SIZE)
                size = picture.stat().st_size
                upload = imgn_upload(server, picture, "--parallel", str(PARALLEL))
                imgn.append(bytes_sent(store, upload) - size)
                aws.append(bytes_sent(store, aws_copy(server, picture, store.access.endpoint)) - size)
                picture.unlink()
    header = [f"{SIZE // MIB} MiB, {ROUNDS} rounds", "sent twice, MiB, median", "most, MiB", "most, of 8 MiB × 6"]
    publish("resume", table(header, [row("`imgn upload`", imgn), row("`aws s3 cp`", aws)]))


if __name__ == "__main__":
    main()
