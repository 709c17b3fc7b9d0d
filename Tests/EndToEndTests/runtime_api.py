"""A small Lambda Runtime API for what the emulator does not do: headers it never sends, a crash before any event."""

import queue
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Posted:
    """What the function told."""

    path: str
    headers: dict[str, str]
    body: bytes


class RuntimeAPI:
    """Hands out the events that a test puts in, and keeps what comes back; on a free loopback port."""

    def __init__(self):
        self.events: queue.Queue[tuple[dict[str, str], bytes] | None] = queue.Queue()
        self.posts: queue.Queue[Posted] = queue.Queue()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                event = api.events.get() if self.path.endswith("/invocation/next") else api.wait()
                if event is None:
                    self.close_connection = True
                    return
                self._answer(200, *event)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                registers = self.path.endswith("/register")
                if not registers:
                    api.posts.put(Posted(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self._answer(200 if registers else 202, {"Lambda-Extension-Identifier": "one"}, b"")

            def _answer(self, status: int, headers: dict[str, str], body: bytes):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """What the function finds in AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_port}"

    def wait(self) -> None:
        """Waits until all is over."""
        self._over.wait()

    def put(self, request_id: str, body: bytes, **headers: str) -> None:
        """Puts an event in."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.events.put(({"Lambda-Runtime-Aws-Request-Id": request_id} | named, body))

    def __enter__(self) -> "RuntimeAPI":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        for _ in range(8):
            self.events.put(None)
        self._server.shutdown()
        self._server.server_close()
