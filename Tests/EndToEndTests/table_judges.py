"""What plays DynamoDB for the tests: ministack, the first judge, and moto, the second; both from PyPI."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from imgn_server import clean_environment
from lambda_emulator import free_port

START_SECONDS = 60

# How to start each of them on a port of loopback, and what answers when it is ready.
JUDGES = {
    "ministack": ("-m hypercorn -b 127.0.0.1:{port} ministack.app:app", "/_ministack/health"),
    "moto": (f"{Path(__file__).with_name('moto_in_turn.py')} {{port}}", "/moto-api/data.json"),
}


@contextmanager
def running(name: str, folder: Path):
    """Starts one of the judges, gives its address, and stops it at the end; what it kept goes with it."""
    arguments, probe = JUDGES[name]
    port = free_port()
    command = [sys.executable, *arguments.format(port=port).split()]
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, env=clean_environment()
        )
    try:
        endpoint = f"http://127.0.0.1:{port}"
        _wait(process, endpoint + probe, log)
        yield endpoint
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def all_running(folder: Path):
    """Starts all of them, and gives their addresses by name."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(running(name, folder)) for name in JUDGES}


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer; its log ends: {log.read_text()[-2000:]}")
