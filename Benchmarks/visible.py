"""How long after its last byte was sent a picture can be seen in `GET /gallery`, over 200 uploads by ticket.

The gallery is asked again and again from the moment the last byte went to the kernel: exact to one request.
"""

import json
import os
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from imgn_server import ImgnServer
from pictures import Picture, noisy_png
from report import median, percentile, publish, table

UPLOADS = 200
BYTES = 300_000
PATIENCE_SECONDS = 10


def ticket(connection: HTTPConnection, picture: Picture) -> dict:
    """Asks where to send the picture."""
    asked = {"name": picture.name, "type": picture.content_type, "size": len(picture.data), "sha256": picture.sha256}
    connection.request("POST", "/api/uploads", json.dumps(asked), {"content-type": "application/json"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"no ticket: {answer.status} {body!r}")
    return json.loads(body)


def newest(connection: HTTPConnection) -> str | None:
    """The id of the gallery's first image."""
    connection.request("GET", "/gallery?limit=1")
    images = json.loads(connection.getresponse().read())
    return images[0]["id"] if images else None


def seconds_until_visible(api: HTTPConnection, storage: HTTPConnection, picture: Picture) -> float:
    """Uploads one picture and watches the gallery until it is there."""
    granted = ticket(api, picture)
    url = urlsplit(granted["url"])
    storage.request("PUT", f"{url.path}?{url.query}", picture.data, granted["headers"])
    start = time.perf_counter()
    while newest(api) != granted["id"]:
        if time.perf_counter() - start > PATIENCE_SECONDS:
            raise TimeoutError(f"{granted['id']} is not in the gallery")
    took = time.perf_counter() - start
    answer = storage.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"PUT: {answer.status}")
    return took


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-visible-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as folder:
        server = ImgnServer(Path(folder) / "data", Path(folder) / "log").start()
        api, storage = HTTPConnection(server.authority), HTTPConnection(server.authority)
        pictures = (noisy_png(BYTES) for _ in range(UPLOADS))
        took = [1000 * seconds_until_visible(api, storage, picture) for picture in pictures]
        server.stop()
    header = [f"{UPLOADS} uploads of {BYTES // 1000} kB", "median, ms", "95 %, ms", "worst, ms"]
    figures = [median(took), percentile(took, 0.95), max(took)]
    publish("visible", table(header, [["last byte sent to visible", *(f"{value:.1f}" for value in figures)]]))


if __name__ == "__main__":
    main()
