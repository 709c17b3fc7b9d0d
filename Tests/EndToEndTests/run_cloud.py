"""Runs a gallery in the cloud of this machine until it is stopped: what `make cloud` starts."""

import argparse
import os
import shlex
import signal
import sys
import tempfile
import threading
import webbrowser
from pathlib import Path

from cloud.gateway import HTTP, REST
from cloud.server import REST_TYPES, CloudServer
from hosting import CLOUD, Hostings


def main() -> int:
    """Starts everything, says where it is, and waits for Ctrl-C or SIGTERM."""
    chosen = arguments()
    if chosen.check:
        return 0
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with tempfile.TemporaryDirectory(prefix="imgn-cloud-") as folder, Hostings(Path(folder)) as hostings:
        server = hostings.server(
            CLOUD, Path(folder), chosen.flags, kind=REST if chosen.rest else HTTP, binary=chosen.types, port=chosen.port
        )
        try:
            if not stopped.is_set():
                server.start()
                announce(server, chosen.browser)
                stopped.wait()
        finally:
            server.stop()
    return 0


def arguments() -> argparse.Namespace:
    """What `Scripts/cloud --help` explains."""
    parser = argparse.ArgumentParser(prog="Scripts/cloud", add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rest", action="store_true")
    parser.add_argument("--binary-media-types", dest="types", type=listed, default=REST_TYPES)
    parser.add_argument("--flags", type=lambda text: tuple(shlex.split(text)), default=())
    parser.add_argument("--check", action="store_true")  # only looks whether the words make sense
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    return parser.parse_args()


def listed(text: str) -> tuple[str, ...]:
    """Words with commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def announce(server: CloudServer, browser: bool) -> None:
    """Says where everything is, and opens the page where there is a screen."""
    store = server.store
    print(f"imgn cloud is ready at {server.url}", flush=True)
    print(
        f"  gateway   {server.gateway.url}\n"
        f"  S3        {store.endpoint} (bucket {store.bucket}, key {store.access_key}, secret {store.secret_key})\n"
        f"  DynamoDB  {server.parts.services.endpoint} (table {server.name})\n"
        f"  logs      {server.folder}\n"
        "Ctrl-C ends all of it.",
        file=sys.stderr,
        flush=True,
    )
    if browser and (sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(server.url)


if __name__ == "__main__":
    sys.exit(main())
