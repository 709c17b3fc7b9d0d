"""A small threaded HTTP/1.1 server before a function from calls to replies, and nothing else."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE = 256 * 1024
DRAINED = 64 << 20
"""How much of a refused body is read away, so that the client gets to see the refusal."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Call:
    """A request: the target as it stood in the request line, header names as they were sent."""

    method: str
    target: str
    headers: Headers
    body: bytes
    source: str
    """The client's address."""

    def header(self, name: str) -> str:
        """The last value of a header, by its lower-case name, or nothing."""
        return next((value for other, value in reversed(self.headers) if other.lower() == name), "")

    @property
    def path(self) -> str:
        """The target without its query, still encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query, still encoded."""
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class Reply:
    """An answer. A body in pieces should say its own `content-length`; else it ends with the connection."""

    status: int
    headers: Headers = ()
    body: bytes | Iterable[bytes] = b""


class Front:
    """Serves calls on a loopback port, each in a thread of its own, until it is closed."""

    def __init__(self, respond: Callable[[Call], Reply], body_limit: int, port: int = 0):
        """A body longer than the limit is cut one byte behind it, so that `respond` can tell."""
        handler = type("Handler", (_Handler,), {"respond": staticmethod(respond), "body_limit": body_limit})
        self._server = _Server(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stops listening; calls under way are left to their threads."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address) -> None:
        """A client that has gone is no one's business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    respond: Callable[[Call], Reply]
    body_limit: int

    def __getattr__(self, name: str):
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, *_) -> None:
        """Says nothing: what passes is noted by those it passes to."""

    def _answer(self) -> None:
        target = self.requestline.split(" ")[1]
        call = Call(self.command, target, tuple(self.headers.items()), self._body(), self.client_address[0])
        self._send(self.respond(call))

    def _body(self) -> bytes:
        chunked = "chunked" in self.headers.get("transfer-encoding", "").lower()
        pieces, size, seen = [], 0, 0
        for piece in self._chunks() if chunked else self._pieces(int(self.headers.get("content-length") or 0)):
            seen += len(piece)
            if size <= self.body_limit:
                pieces.append(piece)
                size += len(piece)
            elif seen > self.body_limit + DRAINED:
                break
        self.close_connection |= seen > self.body_limit
        return b"".join(pieces)[: self.body_limit + 1]

    def _pieces(self, count: int) -> Iterable[bytes]:
        while count > 0:
            piece = self.rfile.read(min(count, PIECE))
            if not piece:
                raise ConnectionResetError("the body was cut off")
            count -= len(piece)
            yield piece

    def _chunks(self) -> Iterable[bytes]:
        while size := int(self.rfile.readline(1024).split(b";")[0], 16):
            yield from self._pieces(size)
            self.rfile.readline(8)
        while self.rfile.readline(65536).strip():
            pass

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status, _phrase(reply.status))
        whole = isinstance(reply.body, bytes)
        self.close_connection |= not whole and not any(name.lower() == "content-length" for name, _ in reply.headers)
        for name, value in reply.headers:
            if not whole or name.lower() != "content-length":
                self.send_header(name, value)
        if whole and reply.status not in (204, 304):
            self.send_header("content-length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD" and reply.status not in (204, 304):
            for piece in [reply.body] if whole else reply.body:
                self.wfile.write(piece)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
