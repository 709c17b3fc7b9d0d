"""Many clients at once, and a fuse that kills the server in the middle of what they do."""

import http.client
import json
import random
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pictures
from http_client import Answer
from imgn_server import ImgnServer
from pictures import Picture

PIECE = 32 * 1024
MANY = 1_000_000


class Fuse:
    """Counts the steps of all clients and kills the server at the step that was drawn beforehand."""

    def __init__(self, server: ImgnServer, steps: int):
        self.server, self.left, self.lock = server, steps, threading.Lock()

    def step(self) -> None:
        """One more thing happened: a piece was sent, an answer came."""
        with self.lock:
            self.left -= 1
            if self.left == 0:
                self.server.process.kill()

    @property
    def is_burnt(self) -> bool:
        """Whether the server was killed."""
        return self.left <= 0


@dataclass
class Ledger:
    """What was sent, and what the server said it has."""

    sent: dict[str, Picture] = field(default_factory=dict)
    acknowledged: dict[str, Picture] = field(default_factory=dict)
    surprises: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note_sent(self, picture: Picture) -> None:
        """Its bytes may be stored from now on, whatever the answer."""
        with self.lock:
            self.sent[picture.sha256] = picture

    def note_acknowledged(self, image_id: str, picture: Picture) -> None:
        """The server answered that it has the picture: it must never be lost."""
        with self.lock:
            self.acknowledged[image_id] = picture

    def note_surprise(self, what: str) -> None:
        """An answer that no crash explains."""
        with self.lock:
            self.surprises.append(what)


def upload_until_killed(server: ImgnServer, ledger: Ledger, seed: int, threads: int = 6) -> None:
    """Lets clients upload both ways until the fuse burns; returns when the server and all clients are at their end."""
    chance = random.Random(seed)
    fuse = Fuse(server, chance.randrange(5, 120))
    ways = [_by_ticket, _directly]
    clients = [
        threading.Thread(target=_client, args=(ways[number % 2], fuse, ledger, chance.randrange(MANY)))
        for number in range(threads)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join(60)
    assert fuse.is_burnt, "the clients ended before the server was killed"
    server.kill()


def _client(way, fuse: Fuse, ledger: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    while not fuse.is_burnt:
        picture = pictures.noisy_png(chance.choice([3_000, 50_000, 300_000]))
        try:
            way(fuse, ledger, picture)
        except (OSError, http.client.HTTPException):
            if not fuse.is_burnt:
                ledger.note_surprise("a connection broke before the server was killed")
            return


def _by_ticket(fuse: Fuse, ledger: Ledger, picture: Picture) -> None:
    """Ticket and PUT: acknowledged by the PUT's 200."""
    question = json.dumps(
        {"name": picture.name, "type": picture.content_type, "size": len(picture.data), "sha256": picture.sha256}
    ).encode()
    asked = exchange(fuse, "POST", f"{fuse.server.url}/api/uploads", {}, question)
    if asked.status != 201:
        return ledger.note_surprise(f"ticket: {asked}")
    ticket = asked.json()
    ledger.note_sent(picture)
    answer = exchange(fuse, "PUT", ticket["url"], ticket["headers"], picture.data)
    if answer.status != 200:
        return ledger.note_surprise(f"PUT: {answer}")
    return ledger.note_acknowledged(ticket["id"], picture)


def _directly(fuse: Fuse, ledger: Ledger, picture: Picture) -> None:
    """`POST /api/images`: acknowledged by its 201."""
    ledger.note_sent(picture)
    url = f"{fuse.server.url}/api/images?name={picture.name}"
    answer = exchange(fuse, "POST", url, {"content-type": picture.content_type}, picture.data)
    if answer.status != 201:
        return ledger.note_surprise(f"POST: {answer}")
    return ledger.note_acknowledged(answer.json()["id"], picture)


def exchange(fuse: Fuse, method: str, url: str, headers: dict, body: bytes) -> Answer:
    """Sends one request in small steps, each of which the fuse counts, and its answer as the last."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.putrequest(method, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        for name, value in (headers | {"content-length": str(len(body))}).items():
            connection.putheader(name, value)
        connection.endheaders()
        for start in range(0, len(body), PIECE):
            connection.send(body[start : start + PIECE])
            fuse.step()
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, fields, response.read())
    finally:
        connection.close()
    fuse.step()
    return answer
