"""A whole gallery in the cloud of this machine, to be started, stopped and looked at as an `ImgnServer` is."""

import os
import secrets
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from cloud.access import API, INGEST, access_of
from cloud.bucket_events import BucketEvents
from cloud.delivery import EventSourceMapping, Schedule
from cloud.edge import Edge
from cloud.events import REGION, Setting
from cloud.functions import Function, FunctionPool
from cloud.gateway import HTTP, REST, Gateway, Kind
from cloud.http_front import Front
from cloud.media import BinaryMediaTypes
from cloud.queues import Queue
from cloud.services import Ministack, make_table
from cloud.watching import Watch
from imgn_server import PACKAGE
from lambda_emulator import free_port
from store_client import StoreAccess

DOMAIN = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"
EDGE_LIMIT = 64 << 20
MEMORY = {API: 512, INGEST: 2048}
"""What the template gives them, in MiB."""
REST_TYPES = ("multipart/form-data", "image/*", "application/octet-stream")


def program(name: str) -> Path:
    """A function's executable: in the folder `IMGN_LAMBDA_PROGRAMS` (`NAME/bootstrap`), or the debug build's."""
    folder = os.environ.get("IMGN_LAMBDA_PROGRAMS")
    return Path(folder) / name / "bootstrap" if folder else PACKAGE / ".build" / "debug" / name


@dataclass(frozen=True)
class Parts:
    """What galleries of one cloud share."""

    store: StoreAccess
    """With the keys of a visitor who may everything; its prefix is the gallery's own."""
    services: Ministack
    events: BucketEvents
    s3: Watch | None = None
    """The proxy that functions and clients see the store through, if any."""
    dynamodb: Watch | None = None


@dataclass
class CloudServer:
    """One gallery: table, queue, both functions, gateway and edge."""

    parts: Parts
    folder: Path
    flags: tuple[str, ...] = ()
    """Flags of `imgn serve`; the functions get them as variables."""
    variables: dict[str, str] = field(default_factory=dict, repr=False)
    kind: Kind = HTTP
    binary: tuple[str, ...] = REST_TYPES
    """The binary media types of a REST API."""
    visibility: int = 20
    """How long a batch that failed waits, in seconds."""
    receives: int = 5
    ingest_timeout: int = 60
    ingest_wrapper: tuple[str, ...] = ()
    """A command that starts the ingest function, with limits of its own say."""
    sweep_seconds: float = 60
    keeps: bool = False
    """Whether the gateway keeps what passes through it."""
    port: int = 0
    url: str = ""

    def __post_init__(self):
        self.name = f"gallery-{secrets.token_hex(4)}"
        self._seal = secrets.token_hex(32)
        self._running: ExitStack | None = None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.queue = Queue.make(self.parts.services.client("sqs"), self.name, self.visibility, self.receives)
        make_table(self.parts.services.client("dynamodb"), self.name)

    @property
    def store(self) -> StoreAccess:
        """The object store with everyone's keys, as clients see it."""
        return self._seen(self.parts.store)

    def _seen(self, store: StoreAccess) -> StoreAccess:
        return replace(store, endpoint=self.parts.s3.url) if self.parts.s3 else store

    def start(self) -> "CloudServer":
        """Starts everything; again after `stop` or `kill`, with the table and the pictures it had, on the same port."""
        self.port = self.port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.api = FunctionPool(self._function(API, 28), self.folder)
        self.ingest = FunctionPool(self._function(INGEST, self.ingest_timeout), self.folder)
        self.gateway = Gateway(self.kind, self.api, self._setting(), keeps=self.keeps)
        self.schedule = Schedule(self.ingest, self.sweep_seconds)
        self.mapping = EventSourceMapping(self.queue, self.ingest)
        edge = Edge(self.gateway.respond, replace(self.parts.store), DOMAIN)
        with ExitStack() as starting:
            starting.callback(self.api.stop)
            starting.callback(self.ingest.stop)
            for part in (self.gateway, self.mapping, self.schedule):
                starting.enter_context(part)
            front = Front(edge.respond, EDGE_LIMIT, self.port)
            starting.callback(front.close)
            self.parts.events.configure(self.parts.store.bucket, self._incoming, self.queue)
            starting.callback(self.parts.events.forget, self.parts.store.bucket, self._incoming)
            self._running = starting.pop_all()
        return self

    def _setting(self) -> Setting:
        return Setting("prod", binary=BinaryMediaTypes(self.binary)) if self.kind is REST else Setting()

    @property
    def _incoming(self) -> str:
        return f"{self.parts.store.prefix}incoming/"

    def _function(self, name: str, timeout: int) -> Function:
        executable = program(f"imgn-lambda-{name}")
        assert executable.exists(), f"no program at {executable}: build it with `swift build`"
        variables = self._environment(name) | {"LD_LIBRARY_PATH": f"{executable.parent / 'lib'}"}
        command = (*(self.ingest_wrapper if name == INGEST else ()), str(executable))
        return Function(name, command, variables, timeout, MEMORY[name])

    def _environment(self, name: str) -> dict[str, str]:
        store = access_of(self.store, name)
        database = self.parts.dynamodb.url if self.parts.dynamodb else self.parts.services.endpoint
        return {
            "AWS_ACCESS_KEY_ID": store.access_key,
            "AWS_SECRET_ACCESS_KEY": store.secret_key,
            "AWS_REGION": REGION,
            "IMGN_STORAGE": f"s3://{store.bucket}/{store.prefix}",
            "IMGN_STORAGE_ENDPOINT": store.endpoint,
            "IMGN_STORAGE_REGION": REGION,
            "IMGN_STORAGE_STYLE": "path",
            "IMGN_STORAGE_LACKS": "part-digests",
            "IMGN_CATALOG": f"dynamodb://{self.name}",
            "IMGN_CATALOG_ENDPOINT": database,
            "IMGN_CATALOG_REGION": REGION,
            "IMGN_SEAL_SECRET": self._seal,
            "IMGN_PUBLIC_URL": self.url,
            "IMGN_PICTURES_URL": self.url,
            "IMGN_TICKET_RATE": "off",
            **as_variables(self.flags),
            **self.variables,
        }

    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._running is not None

    def stop(self) -> int:
        """Stops functions and fronts; table, queue and pictures stay. Always well: 0."""
        if self._running:
            self._running.close()
            self._running = None
        return 0

    kill = stop

    @property
    def authority(self) -> str:
        """Host and port, as in the Host header."""
        return self.url.removeprefix("http://")

    def log(self) -> str:
        """What both functions wrote."""
        return "".join(file.read_text(errors="backslashreplace") for file in sorted(self.folder.glob("*.log")))

    def wait_until_settled(self, seconds: float = 60) -> None:
        """Waits until no message waits or is being handled."""
        deadline = time.monotonic() + seconds
        while self.queue.depth():
            assert time.monotonic() < deadline, f"messages still wait: {self.queue.depth()}; {self.log()[-2000:]}"
            time.sleep(0.1)


def as_variables(flags: tuple[str, ...]) -> dict[str, str]:
    """`--upload-limit 1GiB` as `IMGN_UPLOAD_LIMIT`; a port is the edge's own."""
    names = [flag.removeprefix("--").replace("-", "_").upper() for flag in flags[::2]]
    pairs = zip(names, flags[1::2], strict=True)
    return {f"IMGN_{name}": value for name, value in pairs if name != "PORT"}
