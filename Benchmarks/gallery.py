"""What one page of `GET /gallery` costs with 1,000 images and with 100,000: wrk asks both servers in turns."""

import os
import random
import re
import sqlite3
import subprocess
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from imgn_server import ImgnServer
from report import median, publish, table

ROUNDS = 5
SECONDS = 4
CONNECTIONS = 16
FEW, MANY = 1_000, 100_000
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def fill(catalog: Path, count: int) -> None:
    """Puts that many images into a catalog, straight into its table; their bytes do not exist."""
    source = random.Random(count)
    now = int(time.time() * 1000)
    rows = (
        (
            "".join(source.choices(ALPHABET, k=12)),
            source.randbytes(32),
            f"Picture {number}.jpg",
            "jpeg",
            source.randint(200, 6000),
            source.randint(200, 4000),
            source.randint(10_000, 8_000_000),
            now - (count - number) * 1000,
        )
        for number in range(count)
    )
    with sqlite3.connect(catalog) as connection:
        connection.executemany(
            "INSERT INTO image (id, sha256, name, format, width, height, byteCount, createdAt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    connection.close()


def filled_server(folder: Path, count: int) -> ImgnServer:
    """A server whose catalog has that many images; its first start makes the tables."""
    server = ImgnServer(folder / str(count), folder / f"{count}.log")
    server.start().stop()
    fill(server.data / "catalog.sqlite", count)
    return server.start()


def requests_per_second(url: str) -> float:
    """What wrk counts; an answer that is no success is an error."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(printed)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])


def middle_page(server: ImgnServer, count: int) -> str:
    """The address of the page that begins in the middle, by following `Link: rel="next"`."""
    connection = HTTPConnection(server.authority)
    path = "/gallery?limit=200"
    for _ in range(count // 2 // 200):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        link = re.search(r'<(?:https?://[^/>]+)?([^>]+)>; rel="next"', answer.getheader("link"))
        path = link[1]
    return server.url + re.sub(r"&?limit=200", "", path)


def main() -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory(prefix="imgn-gallery-", dir=os.environ.get("IMGN_BENCH_FOLDER")) as folder:
        servers = {count: filled_server(Path(folder), count) for count in (FEW, MANY)}
        pages = {
            "first page": {count: f"{server.url}/gallery" for count, server in servers.items()},
            "page in the middle": {count: middle_page(server, count) for count, server in servers.items()},
        }
        rates = {
            page: [{count: requests_per_second(url) for count, url in urls.items()} for _ in range(ROUNDS)]
            for page, urls in pages.items()
        }
        for server in servers.values():
            server.stop()
    rows = []
    for page, rounds in rates.items():
        few, many = (median([figures[count] for figures in rounds]) for count in (FEW, MANY))
        rows.append([page, f"{few:,.0f}", f"{many:,.0f}", f"{few / many:.2f}"])
    publish("gallery", table(["60 images a page", f"of {FEW:,}, a second", f"of {MANY:,}, a second", "cost"], rows))


if __name__ == "__main__":
    main()
