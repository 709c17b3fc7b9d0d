"""1 GiB by presigned PUT with its digest checked, against nginx's WebDAV PUT without one; and imgn's peak memory.

The two take turns on the same disk, with the same client (curl) and the same file; the disk is synced before each turn.
imgn answers after fsync, nginx does not sync at all: its third row adds the fsync that imgn's figure includes.
"""

import hashlib
import os
import subprocess
import tempfile
import time
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from imgn_server import ImgnServer
from nginx import Nginx
from report import median, publish, table
from store_client import BUCKET, store_of

ROUNDS = 5
MIB = 1 << 20
BIG, SMALL = 1024 * MIB, 20 * MIB
AT_ONCE = 50


class Upload:
    """A file to send and the headers that bind a URL to it."""

    def __init__(self, path: Path, byte_count: int):
        self.path, self.byte_count = path, byte_count
        block = os.urandom(MIB)
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for _ in range(byte_count // MIB):
                file.write(block)
                digest.update(block)
        self.checksum = b64encode(digest.digest()).decode()
        self.headers = {"content-type": "image/png", "x-amz-checksum-sha256": self.checksum, "if-none-match": "*"}

    def presigned(self, client, key: str) -> str:
        """A URL that binds key, length, type, digest and first use, made by botocore with the store's keys."""
        bound = {"ContentLength": self.byte_count, "ContentType": "image/png", "ChecksumSHA256": self.checksum}
        parameters = {"Bucket": BUCKET, "Key": key, "IfNoneMatch": "*"} | bound
        return client.generate_presigned_url("put_object", Params=parameters, ExpiresIn=300)


def curl(upload: Upload, url: str, headers: dict[str, str]) -> subprocess.Popen:
    """A curl that sends the file and prints how many seconds that took."""
    command = ["curl", "-sS", "--fail", "-o", os.devnull, "-w", "%{time_total}", "-T", str(upload.path), url]
    for name, value in (headers | {"Expect": ""}).items():
        command += ["-H", f"{name}: {value}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def seconds(process: subprocess.Popen) -> float:
    """How long a finished curl took; a refused upload is an error."""
    output, _ = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"curl ended with {process.returncode}")
    return float(output)


@contextmanager
def imgn(folder: Path, name: str) -> Iterator[ImgnServer]:
    """A fresh server, so that its peak memory is that of one benchmark."""
    server = ImgnServer(folder / name, folder / f"{name}.log").start()
    try:
        yield server
    finally:
        server.stop()


def put_to_imgn(server: ImgnServer, client, upload: Upload, number: int) -> float:
    """One timed PUT; the object is removed again."""
    key = f"benchmark/{number}"
    url = upload.presigned(client, key)
    os.sync()
    took = seconds(curl(upload, url, upload.headers))
    client.delete_object(Bucket=BUCKET, Key=key)
    return took


def put_to_nginx(server: Nginx, upload: Upload, number: int) -> tuple[float, float]:
    """One timed PUT, and the same with the fsync that nginx leaves out; the file is removed again."""
    os.sync()
    took = seconds(curl(upload, f"{server.url}/{number}", {}))
    path = server.folder / "files" / str(number)
    start = time.perf_counter()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    synced = took + time.perf_counter() - start
    path.unlink()
    return took, synced


def throughput(folder: Path, upload: Upload) -> tuple[list[list[float]], float]:
    """Seconds of each round (imgn, nginx, nginx with fsync), and imgn's peak memory in MiB."""
    with imgn(folder, "one") as server, Nginx(folder / "nginx") as nginx:
        client = store_of(server).client()
        rounds = [
            [put_to_imgn(server, client, upload, number), *put_to_nginx(nginx, upload, number)]
            for number in range(ROUNDS)
        ]
        return rounds, server.peak_memory_mib()


def many_at_once(folder: Path, upload: Upload) -> float:
    """imgn's peak memory in MiB with many uploads at once."""
    with imgn(folder, "many") as server:
        client = store_of(server).client()
        urls = [upload.presigned(client, f"benchmark/{number}") for number in range(AT_ONCE)]
        for process in [curl(upload, url, upload.headers) for url in urls]:
            seconds(process)
        return server.peak_memory_mib()


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-put-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as name:
        folder = Path(name)
        rounds, memory = throughput(folder, Upload(folder / "big", BIG))
        memory_of_many = many_at_once(folder, Upload(folder / "small", SMALL))
    rates = [[BIG / MIB / took for took in column] for column in zip(*rounds)]
    names = ["imgn, SHA-256 and fsync", "nginx, neither", "nginx, fsync after it"]
    shares = [median(column) / median(rates[1]) for column in rates]
    rows = [
        [name, f"{median(column):.0f}", f"{min(column):.0f} to {max(column):.0f}", f"{share:.2f}"]
        for name, column, share in zip(names, rates, shares)
    ]
    memory_rows = [
        ["one of 1 GiB, one after the other", f"{memory:.0f}"],
        [f"{AT_ONCE} of {SMALL // MIB} MiB at once", f"{memory_of_many:.0f}"],
    ]
    figures = table([f"1 GiB PUT, {ROUNDS} rounds", "MiB/s, median", "range", "of nginx"], rows)
    publish("put", figures + "\n\n" + table(["uploads to imgn", "peak memory, MiB (VmHWM)"], memory_rows))


if __name__ == "__main__":
    main()
