"""Several `imgn serve` of one gallery: one S3 store, one table, one secret."""

import re
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import table_judges
from cloud.services import make_table, service_client
from gallery_client import Gallery
from imgn_server import ImgnServer
from store_client import StoreAccess

TABLE = "pictures"
SECRET = "a secret that all replicas know, 32+"
SWEEP_INTERVAL = "1s"


class Replicas:
    """The processes, in order; a killed one stays in the list."""

    def __init__(self, servers: list[ImgnServer]):
        self.servers = servers

    def __len__(self) -> int:
        return len(self.servers)

    def alive(self) -> list[ImgnServer]:
        """Those that run."""
        return [server for server in self.servers if server.is_running()]

    def client(self, number: int) -> Gallery:
        """A client of one that runs; numbers go round."""
        alive = self.alive()
        return Gallery(alive[number % len(alive)].url)

    def ingests(self) -> Counter:
        """How often each upload was ingested, by the logs of all processes."""
        lines = "\n".join(server.log() for server in self.servers)
        return Counter(re.findall(r"image=(\w+) .*ingested an upload", lines))


@contextmanager
def running(count: int, folder: Path, store: StoreAccess, judge: str = "ministack"):
    """Starts so many replicas on a fresh table, and stops those that still run at the end."""
    with table_judges.running(judge, folder) as endpoint:
        make_table(service_client("dynamodb", endpoint), TABLE)
        servers = [_replica(folder / f"replica-{number}", endpoint, store) for number in range(count)]
        try:
            yield Replicas([server.start() for server in servers])
        finally:
            for server in servers:
                server.stop()


def _replica(folder: Path, endpoint: str, store: StoreAccess) -> ImgnServer:
    folder.mkdir(parents=True)
    flags = ("--catalog", f"dynamodb://{TABLE}", "--sweep-interval", SWEEP_INTERVAL)
    variables = {"IMGN_CATALOG_ENDPOINT": endpoint, "IMGN_SEAL_SECRET": SECRET}
    return ImgnServer(folder / "data", folder / "log", flags, variables, store)
